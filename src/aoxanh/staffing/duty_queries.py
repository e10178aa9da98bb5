"""Whether somebody is on duty at this moment, and how long they served: by check-ins, else by published rosters."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

from aoxanh.kernel import clock
from aoxanh.staffing.models import CheckIn, Roster, Shift, ShiftAssignment

Duty = Literal["here", "rostered", "off"]
FIRST_HOUR, NOON, LAST_HOUR = 6, 12, 20


def duty_of(volunteer_id: UUID, moment: datetime) -> Duty:
    """Return "here" from check-in to check-out, "rostered" in a half day that a published roster gives them, else "off".

    Reads within the caller's reach; whoever checked out is off, whatever the roster says.
    """
    local = moment.astimezone(clock.VIETNAM)
    half = "am" if local.hour < NOON else "pm"
    came = CheckIn.objects.filter(volunteer=volunteer_id, day=local.date(), shift__half=half).first()
    if came is None:
        came = CheckIn.objects.filter(volunteer=volunteer_id, day=local.date(), left_at=None).first()
    if came is not None:
        return "here" if came.left_at is None else "off"
    seats = ShiftAssignment.objects.filter(volunteer=volunteer_id, day=local.date(), half=half, holds=True)
    return "rostered" if FIRST_HOUR <= local.hour < LAST_HOUR and seats.exists() else "off"


@dataclass(frozen=True, slots=True)
class Served:
    """Shifts somebody came to, the time between coming and going, and shifts whose going was never told."""

    shifts: int
    time: timedelta
    unended: int

    @property
    def hours(self) -> float:
        return round(self.time.total_seconds() / 3600, 1)


def served_by(volunteer_id: UUID, first: date, last: date) -> Served:
    """Return the duty of a volunteer whom the caller may see, as far as the transaction reaches."""
    rows = CheckIn.objects.filter(volunteer=volunteer_id, day__range=(first, last))
    spans = list(rows.values_list("arrived_at", "left_at"))
    served = [left - arrived for arrived, left in spans if left is not None]
    return Served(len(spans), sum(served, timedelta()), len(spans) - len(served))


def places_of_team(team_id: UUID, commune: str, first: date) -> list[str]:
    """Return where a team serves from a day on by its published rosters (hamlets, markets), by name; as far as the transaction reaches."""
    rows = Shift.objects.filter(
        commune=commune, roster__team=team_id, roster__state=Roster.State.PUBLISHED, day__gte=first
    )
    return list(rows.exclude(place="").order_by("place").values_list("place", flat=True).distinct())


def last_shift_days(first: date, last: date, shifts: int) -> dict[UUID, list[date]]:
    """Return, by team, the days of its last so many shifts on published rosters between two days, the latest first.

    For jobs that reach the nation; a half day with several shifts counts once.
    """
    rows = Shift.objects.filter(roster__state=Roster.State.PUBLISHED, day__range=(first, last))
    days: dict[UUID, list[date]] = {}
    for team, day, _half in (
        rows.order_by("roster__team", "-day", "half").values_list("roster__team", "day", "half").distinct()
    ):
        held = days.setdefault(team, [])
        if len(held) < shifts:
            held.append(day)
    return days
