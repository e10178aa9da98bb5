"""The roster that a careful team leader writes by hand: the seats that are hardest to fill first, the least burdened person each."""

from collections import Counter, defaultdict

from aoxanh.staffing.rostering.problem import POLICE, SATURDAY, Member, Problem, Shift, Taken
from aoxanh.staffing.rostering.rules import bears, fits, guarded


class Hand:
    """Fills seats one by one and never breaks a rule."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.own: dict[str, list[Shift]] = defaultdict(list)
        self.here: dict[str, list[Taken]] = defaultdict(list)
        for pin in problem.pins:
            self.take(pin)

    def take(self, taken: Taken) -> None:
        self.own[taken.member].append(self.problem.shift[taken.shift])
        self.here[taken.shift].append(taken)

    def drop(self, taken: Taken) -> None:
        self.own[taken.member].remove(self.problem.shift[taken.shift])
        self.here[taken.shift].remove(taken)

    def candidates(self, shift: Shift, seat: str) -> list[Member]:
        """Return who may take the seat now, the most welcome first."""
        able = [member for member in self.problem.members if self._may(member, shift, seat)]
        return sorted(able, key=lambda member: (*self._burden(member, shift), member.id))

    def _may(self, member: Member, shift: Shift, seat: str) -> bool:
        if fits(self.problem, member, shift, seat):
            return False
        own = [*self.own[member.id], shift]
        if bears(
            self.problem.settings, member, [each for each in own if abs(each.number - shift.number) < 8]
        ):
            return False
        return member.adult or guarded(self.problem, self.here[shift.id], seat) is None

    def _burden(self, member: Member, shift: Shift) -> tuple[int, int, int]:
        own = self.own[member.id]
        week = sum(each.week == shift.week for each in own)
        saturdays = sum(each.weekday == SATURDAY for each in own) if shift.weekday == SATURDAY else 0
        settings, wish = self.problem.settings, self.problem.wish.get((member.id, shift.id), 0)
        above = settings.above * max(0, week + 1 - member.wished)
        return (wish + above + settings.saturday * saturdays, week - member.wished, len(own))


def by_hand(problem: Problem) -> tuple[Taken, ...]:
    """Return a roster that keeps every rule, in one pass over the seats."""
    hand = Hand(problem)
    able = Counter(
        (shift.id, seat)
        for shift in problem.shifts
        for seat in shift.seats
        for member in problem.members
        if not fits(problem, member, shift, seat)
    )
    for shift in sorted(problem.shifts, key=lambda each: (each.slot, each.id)):
        for seat in sorted(shift.seats, key=lambda name: (able[shift.id, name], name)):
            _fill(hand, shift, seat)
        _nobody_alone(hand, shift)
    return tuple(sorted(taken for here in hand.here.values() for taken in here))


def _fill(hand: Hand, shift: Shift, seat: str) -> None:
    held = sum(taken.seat == seat for taken in hand.here[shift.id])
    for _ in range(shift.seats[seat] - held):
        able = hand.candidates(shift, seat)
        if not able:
            return
        hand.take(Taken(shift.id, _wanted(hand, shift, able).id, seat))


def _wanted(hand: Hand, shift: Shift, able: list[Member]) -> Member:
    """Take a leader or a speaker while the shift still lacks one, else the least burdened."""
    here = [hand.problem.member[taken.member] for taken in hand.here[shift.id]]
    if shift.language and not any(shift.language in member.languages for member in here):
        speakers = [member for member in able if shift.language in member.languages]
        if speakers:
            return speakers[0]
    if shift.leader and not any(member.leads or member.experienced for member in here):
        leaders = [member for member in able if member.leads or member.experienced]
        if leaders:
            return leaders[0]
    return able[0]


def _nobody_alone(hand: Hand, shift: Shift) -> None:
    here = hand.here[shift.id]
    if shift.outdoors and not shift.seats.get(POLICE) and len(here) == 1 and here[0] not in hand.problem.pins:
        hand.drop(here[0])
