"""What a roster costs in points, item by item, counted from the roster alone and not from the solver's variables."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from aoxanh.staffing.rostering.problem import POLICE, SATURDAY, Member, Problem, Shift, Taken
from aoxanh.staffing.rostering.rules import fits

ITEMS = (
    "empty", "missing", "leader", "language", "alone", "idle", "above", "saturday", "wishes", "change",
)  # fmt: skip


def price(problem: Problem, roster: Iterable[Taken], before: Iterable[Taken] | None = None) -> dict[str, int]:
    """Return the points of each item; a good roster costs little. Changes count only against a roster from before."""
    held = list(roster)
    found = dict.fromkeys(ITEMS, 0)
    here: dict[str, list[Taken]] = defaultdict(list)
    own: dict[str, list[Shift]] = defaultdict(list)
    for taken in held:
        here[taken.shift].append(taken)
        own[taken.member].append(problem.shift[taken.shift])
        found["wishes"] += problem.wish.get((taken.member, taken.shift), 0)
    for shift in problem.shifts:
        _shift(problem, shift, here[shift.id], found)
    for member in problem.members:
        _member(problem, member, own[member.id], found)
    if before is not None:
        published = set(before)
        now = {(taken.member, taken.shift) for taken in held}
        then = {(taken.member, taken.shift) for taken in published}
        reseated = [taken for taken in held if (taken.member, taken.shift) in then and taken not in published]
        found["change"] = problem.settings.change * len(now ^ then) + problem.settings.reseat * len(reseated)
    return found


def _shift(problem: Problem, shift: Shift, here: list[Taken], found: dict[str, int]) -> None:
    settings = problem.settings
    people = [problem.member[taken.member] for taken in here]
    holders = Counter(taken.seat for taken in here)
    for seat, wanted in shift.seats.items():
        if wanted and not holders[seat]:
            found["empty"] += settings.empty
            found["missing"] += settings.missing * (wanted - 1)
        else:
            found["missing"] += settings.missing * (wanted - holders[seat])
    if shift.leader and not any(member.leads or member.experienced for member in people):
        found["leader"] += settings.leader
    if shift.language and not any(shift.language in member.languages for member in people):
        found["language"] += settings.language
    if shift.outdoors and not shift.seats.get(POLICE) and len(people) == 1:
        found["alone"] += settings.alone


def _member(problem: Problem, member: Member, own: list[Shift], found: dict[str, int]) -> None:
    settings = problem.settings
    for held in Counter(shift.week for shift in own).values():
        found["above"] += settings.above * steps(held - member.wished)
    found["saturday"] += settings.saturday * steps(sum(shift.weekday == SATURDAY for shift in own) - 1)
    if not own and could_come(problem, member):
        found["idle"] += settings.idle


def steps(above: int) -> int:
    """Return 1 + 2 + ... up to what is above, 0 if nothing is."""
    return above * (above + 1) // 2 if above > 0 else 0


def could_come(problem: Problem, member: Member) -> bool:
    """Tell whether there is any seat at all that somebody may hold."""
    return any(
        wanted and not fits(problem, member, shift, seat)
        for shift in problem.shifts
        for seat, wanted in shift.seats.items()
    )
