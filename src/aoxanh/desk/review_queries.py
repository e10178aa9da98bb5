"""Recorded sessions for a blind review: which there were at a moment, and one of them without where and by whom."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from aoxanh.desk.models import SupportSession
from aoxanh.desk.vocabulary import Activity
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, places_reached
from aoxanh.places import queries as places

_REVIEWED = (Activity.PROCEDURE, Activity.VNEID)


@dataclass(frozen=True, slots=True)
class BlindFile:
    """A session as a reviewer reads it: what was done, never where, when exactly or by whom."""

    activity: str
    procedure: str
    mode: str
    outcome: str
    obstacle: str
    minutes: int
    language: str
    typed_by: str
    steps: int
    refused: tuple[str, ...]
    handover_reason: str
    note: str
    revisions: int
    reason: str
    withdrawn: bool


def files_known_at(by: Actor, communes: Sequence[str], days: tuple[date, date], moment: datetime) -> dict[str, list[str]]:  # fmt: skip
    """Return the support sessions of some communes between two days as they were known at a moment, as "commune day id".

    By commune; within the actor's reach; what had been withdrawn by then is left out. What came later changes nothing, so the
    same moment gives the same answer for as long as raw sessions are kept.
    """
    reached = places_reached(by, Permission.SESSION_READ)
    known = SupportSession.objects.filter(
        commune_code__in=list(communes), day__range=days, received_at__lte=moment
    )
    if reached is not None:
        known = known.filter(commune_code__in=places.communes_within(reached))
    gone = known.filter(
        withdrawn=True,
        commune_code=OuterRef("commune_code"),
        day=OuterRef("day"),
        root_id=OuterRef("root_id"),
    )
    rows = known.filter(activity__in=_REVIEWED).exclude(Exists(gone))
    found: dict[str, list[str]] = defaultdict(list)
    for commune, day, root in rows.values_list("commune_code", "day", "root_id").distinct():
        found[commune].append(f"{commune} {day} {root}")
    return {commune: sorted(files) for commune, files in found.items()}


def blind_file(by: Actor, commune: str, day: date, root_id: UUID) -> BlindFile | None:
    """Return a session as a reviewer reads it, or None when it is not kept any more or beyond the actor's reach."""
    reached = places_reached(by, Permission.SESSION_READ)
    rows = SupportSession.objects.filter(commune_code=commune, day=day, root_id=root_id)
    if reached is not None:
        rows = rows.filter(commune_code__in=places.communes_within(reached))
    revisions = list(rows.select_related("procedure").order_by("revision", "id"))
    if not revisions:
        return None
    last = revisions[-1]
    return BlindFile(
        activity=str(last.get_activity_display()),
        procedure=f"{last.procedure.code}" if last.procedure else "",
        mode=str(last.get_mode_display()),
        outcome=str(last.get_outcome_display()),
        obstacle=str(last.get_obstacle_display()),
        minutes=last.minutes,
        language=last.language,
        typed_by=str(last.get_typed_by_display()),
        steps=len(last.steps_done),
        refused=tuple(last.refused),
        handover_reason=str(last.get_handover_reason_display()) if last.handover_reason else "",
        note=last.note,
        revisions=len(revisions),
        reason=last.reason,
        withdrawn=last.withdrawn,
    )
