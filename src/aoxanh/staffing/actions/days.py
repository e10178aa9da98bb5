"""The days on which somebody cannot come, and those they would like or rather not have."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from aoxanh.audit import actions as audit
from aoxanh.kernel import clock
from aoxanh.people import queries as people
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.models import Team, Volunteer
from aoxanh.people.permissions import Permission, require
from aoxanh.staffing.models import Absence, Half, Roster, ShiftAssignment, Swap, Wish
from aoxanh.staffing.roster_errors import TooManyWishes, UnfitAbsence
from aoxanh.staffing.shift_queries import may_sign_up

LONGEST_ABSENCE = 366
FARTHEST_AHEAD = timedelta(days=400)
MOST_ROWS = 40


@dataclass(frozen=True, slots=True)
class AbsenceFacts:
    """From when to when, which half of the days (empty for whole days), and of which kind; never why."""

    first_day: date
    last_day: date
    half: str = ""
    kind: str = Absence.Kind.OTHER


@transaction.atomic
def record_own_absence(*, facts: AbsenceFacts, by: Actor) -> list[UUID]:
    """Say when the actor cannot come; seats they hold on those days become free at once.

    Returns the published rosters that lost somebody. Raises UnfitAbsence or TooManyWishes.
    """
    volunteer = _self(by)
    return _record_absence(volunteer, facts, by)


@transaction.atomic
def record_absence(*, team: Team, volunteer_id: UUID, facts: AbsenceFacts, by: Actor) -> list[UUID]:
    """Say for somebody of the team when they cannot come, as when they call in the morning; like `record_own_absence`."""
    require(by, Permission.ROSTER_EDIT, team.commune, team_id=team.id)
    today = clock.today()
    members = people.members_between(team.id, today, max(today, facts.last_day))
    volunteer = next((each.volunteer for each in members if each.volunteer_id == volunteer_id), None)
    if volunteer is None:
        raise NotAllowed
    return _record_absence(volunteer, facts, by)


@transaction.atomic
def withdraw_absence(*, absence_id: UUID, by: Actor) -> None:
    """Take back an absence of one's own; seats that became free stay free. Raises NotAllowed."""
    volunteer = _self(by)
    row = Absence.objects.select_for_update().filter(id=absence_id, volunteer=volunteer).first()
    if row is None:
        raise NotAllowed
    _note(volunteer, by, "staffing.absence.withdrawn", absence=str(row.id))
    row.delete()


@transaction.atomic
def make_wish(
    *, likes: bool, by: Actor, weekday: int | None = None, day: date | None = None, half: str = ""
) -> Wish:
    """Wish for a weekday or a day, or wish not to have it; told again it changes its mind. Raises UnfitAbsence or TooManyWishes."""
    volunteer = _self(by)
    if half not in {"", *Half.values} or (weekday is None) == (day is None):
        raise UnfitAbsence(field="weekday", reason=_("choose a weekday or a day"))
    if weekday is not None and not 0 <= weekday <= 6:
        raise UnfitAbsence(field="weekday", reason=_("choose a weekday or a day"))
    if day is not None and not clock.today() <= day <= clock.today() + FARTHEST_AHEAD:
        raise UnfitAbsence(field="day", reason=_("the day is past or too far ahead"))
    if (count := Wish.objects.filter(volunteer=volunteer).count()) >= MOST_ROWS:
        raise TooManyWishes(count=count)
    wish, _made = Wish.objects.update_or_create(
        volunteer=volunteer, weekday=weekday, day=day, half=half, defaults={"likes": likes}
    )
    _note(volunteer, by, "staffing.wish.made", likes=likes)
    return wish


@transaction.atomic
def drop_wish(*, wish_id: UUID, by: Actor) -> None:
    """Take back a wish of one's own. Raises NotAllowed."""
    volunteer = _self(by)
    if not Wish.objects.filter(id=wish_id, volunteer=volunteer).delete()[0]:
        raise NotAllowed
    _note(volunteer, by, "staffing.wish.dropped")


def own_volunteer(by: Actor) -> UUID:
    """Return the volunteer that the actor is. Raises NotAllowed for everybody else."""
    if by.volunteer_id is None or not may_sign_up(by):
        raise NotAllowed
    return by.volunteer_id


def _self(by: Actor) -> Volunteer:
    volunteer = people.volunteers_visible_to(by).filter(id=own_volunteer(by)).first()
    if volunteer is None:
        raise NotAllowed
    return volunteer


def _record_absence(volunteer: Volunteer, facts: AbsenceFacts, by: Actor) -> list[UUID]:
    _fit(facts)
    if (
        count := Absence.objects.filter(volunteer=volunteer, last_day__gte=clock.today()).count()
    ) >= MOST_ROWS:
        raise TooManyWishes(count=count)
    Absence.objects.get_or_create(
        volunteer=volunteer, first_day=facts.first_day, last_day=facts.last_day, half=facts.half,
        defaults={"kind": facts.kind},
    )  # fmt: skip
    touched = free_seats(volunteer, facts)
    _note(
        volunteer, by, "staffing.absence.recorded",
        first=facts.first_day, last=facts.last_day, half=facts.half, rosters=len(touched),
    )  # fmt: skip
    return touched


def free_seats(volunteer: Volunteer, facts: AbsenceFacts) -> list[UUID]:
    """Mark the seats of those days from today on as left; return the published rosters concerned."""
    rows = ShiftAssignment.objects.filter(
        volunteer=volunteer, day__range=(max(facts.first_day, clock.today()), facts.last_day)
    ).exclude(state=ShiftAssignment.State.AWAY)
    if facts.half:
        rows = rows.filter(half=facts.half)
    rosters = sorted(set(rows.filter(holds=True).values_list("roster_id", flat=True)))
    list(Roster.objects.select_for_update().filter(id__in=rosters).order_by("id"))
    shifts = list(rows.filter(holds=True).values_list("shift_id", flat=True))
    rows.update(state=ShiftAssignment.State.AWAY, holds=False, pinned=False)
    Swap.objects.filter(shift__in=shifts, giver=volunteer, state=Swap.State.PROPOSED).update(
        state=Swap.State.WITHDRAWN, settled_at=clock.now()
    )
    return rosters


def _fit(facts: AbsenceFacts) -> None:
    today = clock.today()
    if facts.last_day < facts.first_day:
        raise UnfitAbsence(field="last_day", reason=_("the last day lies before the first"))
    if facts.last_day < today:
        raise UnfitAbsence(field="last_day", reason=_("they are past"))
    if facts.first_day < today - timedelta(days=LONGEST_ABSENCE) or facts.last_day > today + FARTHEST_AHEAD:
        raise UnfitAbsence(field="first_day", reason=_("they are too far away"))
    if (facts.last_day - facts.first_day).days >= LONGEST_ABSENCE:
        raise UnfitAbsence(field="last_day", reason=_("they are more than a year"))
    if facts.half not in {"", *Half.values} or facts.kind not in Absence.Kind.values:
        raise UnfitAbsence(field="half", reason=_("this is not one of the choices"))


def _note(volunteer: Volunteer, by: Actor, action: str, **details: object) -> None:
    audit.record(
        chain=volunteer.home_id, actor=str(by), action=action, subject=f"volunteer:{volunteer.id}", details=details
    )  # fmt: skip
