"""The hard rules of a roster, one by one, with the sentence that somebody reads who may not take a seat."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from aoxanh.staffing.rostering.problem import ASKS, DOSSIERS, POLICE, Member, Problem, Settings, Shift, Taken

RULES = {
    "member_unknown": "this person is not in the team",
    "shift_unknown": "this shift is not on the roster",
    "seat_unknown": "this shift has no such seat",
    "seat_full": "all seats of this kind are taken",
    "certificate": "the seat asks for a valid certificate",
    "adult_with_police": "only an adult pairs with the police",
    "away": "an absence lies on this half day",
    "half_day": "this is not one of the half days somebody can come",
    "reach": "the place is farther than somebody travels",
    "consent": "a minor needs a guardian's consent",
    "minor_far": "the place is too far from home for a minor",
    "minor_heat": "minors do not work outdoors on an afternoon with a heat warning",
    "taken": "somebody is on another shift in this half day",
    "week": "the half days of the week are used up",
    "days_a_week": "one day of the week stays free",
    "days_in_row": "too many days in a row",
    "heat": "too much work outdoors in the heat",
    "week_km": "the kilometres of the week are used up",
    "between": "the two places of this day are too far apart",
    "rest": "the morning after a far trip is free",
    "minor_alone": "a minor needs an adult on the shift",
    "minor_dossiers": "a minor enters dossiers beside an adult only",
}


@dataclass(frozen=True, slots=True)
class Broken:
    """The rule that forbids a seat."""

    rule: str

    def __str__(self) -> str:
        return RULES[self.rule]


def fits(problem: Problem, member: Member, shift: Shift, seat: str) -> str | None:
    """Return the rule that keeps somebody from a seat whatever else they do, or None."""
    if member.is_barred(shift.day):
        return "consent"
    if ASKS[seat] and ASKS[seat] not in member.certificates:
        return "certificate"
    if seat == POLICE and not member.adult:
        return "adult_with_police"
    if (member.id, shift.id) in problem.away:
        return "away"
    if not member.halves & shift.bit:
        return "half_day"
    return _reaches(problem.settings, member, shift)


def _reaches(settings: Settings, member: Member, shift: Shift) -> str | None:
    if shift.km > member.reach:
        return "reach"
    if member.adult:
        return None
    if shift.km > settings.minor_km:
        return "minor_far"
    return "minor_heat" if shift.hot and shift.outdoors and shift.half == "pm" else None


def bears(settings: Settings, member: Member, own: list[Shift]) -> str | None:
    """Return the rule that a person's shifts break together, or None."""
    if max(Counter(shift.slot for shift in own).values(), default=0) > 1:
        return "taken"
    weeks: dict[int, list[Shift]] = defaultdict(list)
    for shift in own:
        weeks[shift.week].append(shift)
    for week in weeks.values():
        broken = _bears_week(settings, member, week)
        if broken:
            return broken
    days = {shift.number for shift in own}
    if any(all(day + more in days for more in range(settings.days_in_row + 1)) for day in days):
        return "days_in_row"
    for first in own:
        for second in own:
            if clash(settings, first, second):
                return "between" if first.number == second.number else "rest"
    return None


def _bears_week(settings: Settings, member: Member, week: list[Shift]) -> str | None:
    if len(week) > member.most:
        return "week"
    if len({shift.number for shift in week}) > settings.days_a_week:
        return "days_a_week"
    if sum(shift.km for shift in week) > member.week_km:
        return "week_km"
    hot = Counter(shift.number for shift in week if shift.hot and shift.outdoors)
    if sum(hot.values()) > settings.hot_a_week or max(hot.values(), default=0) > settings.hot_a_day:
        return "heat"
    return None


def clash(settings: Settings, first: Shift, second: Shift) -> bool:
    """Tell whether nobody can hold both: places too far apart on one day, or the morning after a far trip."""
    if first.number == second.number:
        apart = first.place != second.place or first.km != second.km
        return apart and first.half < second.half and first.km + second.km > settings.between_km
    return second.number == first.number + 1 and second.half == "am" and first.km >= settings.far_km


def may_take(problem: Problem, roster: Iterable[Taken], member: str, shift: str, seat: str) -> Broken | None:
    """Answer whether somebody may sign up for a seat beside what the roster already holds; name the first rule it breaks.

    That nobody goes out alone is not asked here: the second person comes after the first. The roster's shortages tell of it.
    """
    rule = _names(problem, member, shift, seat)
    if rule:
        return Broken(rule)
    held = list(roster)
    here = [taken for taken in held if taken.shift == shift]
    person, place = problem.member[member], problem.shift[shift]
    if sum(taken.seat == seat for taken in here) >= place.seats[seat]:
        return Broken("seat_full")
    own = [problem.shift[taken.shift] for taken in held if taken.member == member]
    rule = fits(problem, person, place, seat) or bears(problem.settings, person, [*own, place])
    if not rule and not person.adult:
        rule = guarded(problem, here, seat)
    return Broken(rule) if rule else None


def _names(problem: Problem, member: str, shift: str, seat: str) -> str | None:
    if member not in problem.member:
        return "member_unknown"
    if shift not in problem.shift:
        return "shift_unknown"
    return None if problem.shift[shift].seats.get(seat, 0) > 0 else "seat_unknown"


def guarded(problem: Problem, here: list[Taken], seat: str) -> str | None:
    """Return the rule that a minor on this seat would break beside the people on the shift."""
    adults = [taken for taken in here if problem.member[taken.member].adult]
    if not adults:
        return "minor_alone"
    if seat == DOSSIERS and not any(taken.seat == DOSSIERS for taken in adults):
        return "minor_dossiers"
    return None


def may_leave(problem: Problem, roster: Iterable[Taken], gone: Taken) -> Broken | None:
    """Answer whether a seat may be given back: an adult does not leave a minor behind without another adult."""
    here = [taken for taken in roster if taken.shift == gone.shift and taken != gone]
    for taken in here:
        if not problem.member[taken.member].adult:
            rule = guarded(problem, [each for each in here if each != taken], taken.seat)
            if rule:
                return Broken(rule)
    return None


def may_swap(problem: Problem, roster: Iterable[Taken], first: Taken, second: Taken) -> Broken | None:
    """Answer whether two people may change seats with each other."""
    rest = [taken for taken in roster if taken not in {first, second}]
    changed = (
        Taken(second.shift, first.member, second.seat),
        Taken(first.shift, second.member, first.seat),
    )
    # The adult goes first, so that a minor finds them there.
    for taken in sorted(changed, key=lambda each: not problem.member[each.member].adult):
        broken = may_take(problem, rest, taken.member, taken.shift, taken.seat)
        if broken:
            return broken
        rest.append(taken)
    for taken in (first, second):
        broken = may_leave(problem, rest, taken)
        if broken:
            return broken
    return None
