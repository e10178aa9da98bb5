"""Reads of rosters: what a leader or officer sees of them, filtered here first and always."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from aoxanh.kernel import clock
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.models import Role, Team
from aoxanh.people.permissions import TABLE, Permission, may, places_reached
from aoxanh.staffing.models import Absence, CheckIn, Roster, RosterRun, Shift, ShiftAssignment
from aoxanh.staffing.roster_errors import DoubleBooked
from aoxanh.staffing.roster_problem import Prepared, prepare, seats_of, shifts_of
from aoxanh.staffing.rostering.greedy import Hand
from aoxanh.staffing.rostering.rules import may_take

LIVE = (Roster.State.WAITING, Roster.State.DRAFTING, Roster.State.DRAFT, Roster.State.PUBLISHED)


@dataclass(frozen=True)
class Candidate:
    """Somebody of the team, a seat, and the rule that keeps them from it ("" for none)."""

    volunteer_id: UUID
    name: str
    seat: str
    rule: str


def rosters_visible_to(actor: Actor) -> "QuerySet[Roster]":
    """Return the rosters the actor may see: those of the teams they lead and of the places they reach."""
    codes = places_reached(actor, Permission.ROSTER_READ)
    condition = ~Q(pk__in=[]) if codes is None else Q(commune__in=codes) | Q(commune__parent__in=codes)
    led = any(
        grant.role == Role.TEAM_LEADER and TABLE.get((Permission.ROSTER_READ, grant.role)) == "team"
        for grant in actor.grants
    )
    if led:
        condition |= Q(team__in=actor.leads)
    return (
        Roster.objects.filter(condition)
        .select_related("team__commune__parent", "mends")
        .order_by("-first_day", "-made_at")
    )


def roster_for(actor: Actor, roster_id: UUID) -> Roster:
    """Return one roster the actor may see. Raises NotAllowed."""
    roster = rosters_visible_to(actor).filter(id=roster_id).first()
    if roster is None:
        raise NotAllowed
    return roster


def may_edit(actor: Actor, team: Team) -> bool:
    """Tell whether the actor may make and change the team's rosters."""
    return may(actor, Permission.ROSTER_EDIT, team.commune, team_id=team.id)


def may_read(actor: Actor, team: Team) -> bool:
    """Tell whether the actor may see the team's rosters."""
    return may(actor, Permission.ROSTER_READ, team.commune, team_id=team.id)


def live_rosters_of(actor: Actor, team: Team) -> list[Roster]:
    """Return the team's rosters that are published, drafted or given up and not yet over, the earliest first."""
    rows = rosters_visible_to(actor).filter(
        team=team, state__in=(*LIVE, Roster.State.FAILED), last_day__gte=clock.today()
    )
    return list(rows.order_by("first_day", "made_at"))


def past_rosters_of(actor: Actor, team: Team, limit: int = 8) -> list[Roster]:
    """Return the team's last published rosters that are over."""
    rows = rosters_visible_to(actor).filter(
        team=team, state=Roster.State.PUBLISHED, last_day__lt=clock.today()
    )
    return list(rows[:limit])


def states_of(actor: Actor, team_ids: Collection[UUID], monday: date) -> dict[UUID, str]:
    """Return for each team how its roster of a week stands: published, a draft, or nothing (left out)."""
    rows = rosters_visible_to(actor).filter(
        team__in=team_ids, state__in=LIVE, first_day__lte=monday, last_day__gte=monday
    )
    found: dict[UUID, str] = {}
    for team_id, state in rows.order_by().values_list("team_id", "state"):
        if found.get(team_id) != Roster.State.PUBLISHED:
            found[team_id] = state
    return found


def seats_by_shift(roster: Roster) -> dict[UUID, list[ShiftAssignment]]:
    """Return everybody on each shift of a roster, those who cannot come last."""
    found: dict[UUID, list[ShiftAssignment]] = defaultdict(list)
    rows = ShiftAssignment.objects.filter(roster=roster).select_related("volunteer")
    for row in rows.order_by("volunteer__sort_key", "id"):
        found[row.shift_id].append(row)
    for seats in found.values():
        seats.sort(key=lambda row: row.state == ShiftAssignment.State.AWAY)
    return found


def shifts_between(roster: Roster, first: date, last: date) -> list[Shift]:
    """Return the shifts of some days of a roster, in order."""
    return list(shifts_of(roster).filter(day__range=(first, last)))


def shift_in(roster: Roster, shift_id: UUID) -> Shift:
    """Return one shift of a roster. Raises NotAllowed."""
    shift = shifts_of(roster).filter(id=shift_id).first()
    if shift is None:
        raise NotAllowed
    return shift


def candidates(roster: Roster, shift: Shift) -> tuple[Prepared, list[Candidate]]:
    """Return who of the team may take which seat of a shift now, the least burdened first, and for the others the first rule against it."""
    prepared = prepare(roster)
    on_it = {taken.member for taken in prepared.held if taken.shift == str(shift.id)}
    place = prepared.problem.shift.get(str(shift.id))
    hand = Hand(replace(prepared.problem, pins=()))
    for taken in prepared.held:
        hand.take(taken)
    found = []
    for seat in place.seats if place else {}:
        welcome = [member.id for member in hand.candidates(prepared.problem.shift[str(shift.id)], seat)]
        for number in sorted(prepared.volunteers, key=lambda each: _rank(welcome, each)):
            if number not in on_it:
                broken = may_take(prepared.problem, prepared.held, number, str(shift.id), seat)
                one = prepared.volunteers[number]
                found.append(Candidate(one.id, one.full_name, seat, broken.rule if broken else ""))
    return prepared, found


def _rank(welcome: list[str], number: str) -> tuple[int, str]:
    """Return the place of somebody among those who are welcome on a shift; all others come after them."""
    return (welcome.index(number) if number in welcome else len(welcome), number)


def lacks(shift: Shift, here: list[ShiftAssignment]) -> dict[str, int]:
    """Return how many people each kind of seat still lacks; kinds that lack nobody are left out."""
    held: dict[str, int] = defaultdict(int)
    for row in here:
        if row.state != ShiftAssignment.State.AWAY:
            held[row.seat] += 1
    return {seat: wanted - held[seat] for seat, wanted in shift.seats.items() if wanted > held[seat]}


def changes_of(roster: Roster) -> tuple[list[ShiftAssignment], list[ShiftAssignment]]:
    """Return the half days that a mending draft gives and takes against the published roster, in order."""
    if roster.mends is None:
        return [], []
    now = {
        (row.shift_id, row.volunteer_id): row for row in seats_of(roster).select_related("volunteer", "shift")
    }
    then = {
        (row.shift_id, row.volunteer_id): row
        for row in seats_of(roster.mends).select_related("volunteer", "shift")
    }
    given = [row for key, row in now.items() if key not in then]
    taken = [row for key, row in then.items() if key not in now]
    return given, taken


def hours_of(volunteer_ids: Collection[UUID], first: date, last: date) -> dict[UUID, tuple[int, int]]:
    """Return for each person the half days they checked in to, and the minutes worked between check-in and check-out."""
    found: dict[UUID, tuple[int, int]] = {}
    rows = CheckIn.objects.filter(volunteer__in=volunteer_ids, day__range=(first, last))
    for volunteer_id, arrived, left in rows.values_list("volunteer_id", "arrived_at", "left_at"):
        halves, minutes = found.get(volunteer_id, (0, 0))
        worked = int((left - arrived) / timedelta(minutes=1)) if left else 0
        found[volunteer_id] = (halves + 1, minutes + worked)
    return found


def arrivals_of(shifts: Collection[Shift]) -> dict[tuple[UUID, UUID], CheckIn]:
    """Return the check-ins of shifts by shift and person."""
    rows = CheckIn.objects.filter(shift__in=shifts)
    return {(row.shift_id, row.volunteer_id): row for row in rows}


def absences_in(roster: Roster, volunteer_ids: Collection[UUID]) -> list[Absence]:
    """Return the absences of people in a roster's weeks, in order."""
    rows = Absence.objects.filter(
        volunteer__in=volunteer_ids, first_day__lte=roster.last_day, last_day__gte=roster.first_day
    )
    return list(rows.select_related("volunteer").order_by("first_day", "volunteer__sort_key"))


def who_is_booked(roster: Roster) -> DoubleBooked:
    """Return the refusal that names who of a draft is on another shift at the same time; somebody at least is."""
    other = ShiftAssignment.objects.filter(
        holds=True, volunteer=OuterRef("volunteer"), day=OuterRef("day"), half=OuterRef("half")
    ).exclude(roster=roster)
    row = seats_of(roster).filter(Exists(other)).select_related("volunteer").first()
    if row is None:
        return DoubleBooked(who="—", day="—", half="—")
    return DoubleBooked(
        who=row.volunteer.full_name, day=row.day.strftime("%d/%m/%Y"), half=row.get_half_display()
    )


def runs_of(actor: Actor) -> "QuerySet[RosterRun]":
    """Return the rosterings of whole places that the actor ordered, newest first."""
    rows = RosterRun.objects.filter(account=actor.account_id, account__isnull=False)
    return rows.select_related("place").order_by("-made_at")


def run_of(actor: Actor, run_id: UUID) -> RosterRun:
    """Return one of the actor's own runs. Raises NotAllowed."""
    run = runs_of(actor).filter(id=run_id).first()
    if run is None:
        raise NotAllowed
    return run


def counts_of(rosters: Collection[Roster]) -> dict[UUID, tuple[int, int]]:
    """Return for rosters how many seats are held, and how many are wanted."""
    held = dict(
        ShiftAssignment.objects.filter(roster__in=rosters)
        .exclude(state=ShiftAssignment.State.AWAY)
        .values_list("roster_id")
        .annotate(count=Count("id"))
        .order_by()
    )
    found = {}
    for roster in rosters:
        wanted = sum(sum(seats.values()) for seats in shifts_of(roster).values_list("seats", flat=True))
        found[roster.id] = (held.get(roster.id, 0), wanted)
    return found


def open_mend_of(roster: Roster) -> Roster | None:
    """Return the draft that mends a published roster, once there is one to look at."""
    if roster.state != Roster.State.PUBLISHED:
        return None
    return roster.mended_by.filter(state=Roster.State.DRAFT).first()


def gaps(prepared: Prepared, shift: Shift) -> list[str]:
    """Return what a shift lacks beside people: "leader", "language", or "alone" for somebody outdoors alone."""
    row = prepared.problem.shift.get(str(shift.id))
    if row is None:
        return []
    here = [prepared.problem.member[taken.member] for taken in prepared.held if taken.shift == row.id]
    lacking = {
        "leader": row.leader and not any(member.leads or member.experienced for member in here),
        "language": bool(row.language) and not any(row.language in member.languages for member in here),
        "alone": row.outdoors and len(here) == 1 and not row.seats.get("police"),
    }
    return [name for name, is_lacking in lacking.items() if is_lacking]
