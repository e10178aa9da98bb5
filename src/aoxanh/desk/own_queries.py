"""What one volunteer recorded in some days, counted from the revisions that count; never anybody else's."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from aoxanh.desk.models import SupportSession
from aoxanh.desk.queries import sessions_visible_to
from aoxanh.desk.vocabulary import Activity, Obstacle
from aoxanh.people.actors import Actor

HELPS = (Activity.PROCEDURE, Activity.VNEID)


@dataclass(frozen=True)
class Tally:
    """Pieces of work by kind, and of the helps given to somebody how they ended and what stood in the way."""

    kinds: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    obstacles: Counter[str] = field(default_factory=Counter)
    minutes: int = 0

    @property
    def helps(self) -> int:
        return sum(self.kinds[kind] for kind in HELPS)


def tally_of(actor: Actor, volunteer_id: UUID, first: date, last: date) -> Tally:
    """Count what a volunteer first recorded, as it stands after corrections and as far as the actor may see it."""
    begun = sessions_visible_to(actor, first, last).filter(volunteer_id=volunteer_id, revision=0)
    # Somebody who recorded a piece of work sees what others made of it too.
    rows = SupportSession.objects.filter(
        commune_code__in=begun.values("commune_code"),
        day__range=(first, last),
        root_id__in=begun.values("root_id"),
    ).order_by("revision", "id")
    standing = {(row.commune_code, row.day, row.root_id): row for row in rows}
    kinds, outcomes, obstacles, minutes = Counter[str](), Counter[str](), Counter[str](), 0
    for row in standing.values():
        if row.withdrawn:
            continue
        kinds[row.activity] += 1
        minutes += row.minutes
        if row.activity in HELPS:
            outcomes[row.outcome] += 1
            obstacles[row.obstacle] += row.obstacle != Obstacle.NONE
    return Tally(kinds, outcomes, +obstacles, minutes)
