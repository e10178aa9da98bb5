"""How long somebody was on duty, from their own check-ins."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from aoxanh.staffing.models import CheckIn


@dataclass(frozen=True, slots=True)
class Duty:
    """Shifts somebody came to, the time between coming and going, and shifts whose going was never told."""

    shifts: int
    time: timedelta
    unended: int

    @property
    def hours(self) -> float:
        return round(self.time.total_seconds() / 3600, 1)


def duty_of(volunteer_id: UUID, first: date, last: date) -> Duty:
    """Return the duty of a volunteer whom the caller may see, as far as the transaction reaches."""
    rows = CheckIn.objects.filter(volunteer=volunteer_id, day__range=(first, last))
    spans = list(rows.values_list("arrived_at", "left_at"))
    served = [left - arrived for arrived, left in spans if left is not None]
    return Duty(len(spans), sum(served, timedelta()), len(spans) - len(served))
