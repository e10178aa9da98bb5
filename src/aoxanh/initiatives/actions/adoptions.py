"""Copies of an initiative: begun, told what was adapted, checked against the original, stopped; and what they changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from aoxanh.audit import actions as audit
from aoxanh.initiatives.actions.deciding import move
from aoxanh.initiatives.checklists import checklist
from aoxanh.initiatives.errors import (
    AdoptionStopped,
    AlreadyAdopted,
    InitiativeMovedOn,
    ReasonMissing,
    UnfitCount,
    UnfitInitiative,
)
from aoxanh.initiatives.life import may_touch
from aoxanh.initiatives.models import Adoption, Decision, Effect, FidelityCheck, Initiative
from aoxanh.initiatives.words import EARLIEST, fit
from aoxanh.kernel import clock
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.permissions import Permission, require
from aoxanh.places.models import Place

AHEAD = timedelta(days=366)
LONGEST_ADAPTED, LONGEST_WHY = 1000, 500


@dataclass(frozen=True, slots=True)
class EffectFacts:
    """One estimate as the evidence engine gives it."""

    indicator: str
    grade: str
    estimate: float | None
    low: float | None
    high: float | None
    adopters: int
    comparisons: int
    sentence_vi: str
    sentence_en: str
    points: list[Any]
    first_day: date
    last_day: date
    doubts: list[str] = field(default_factory=list)
    error: float | None = None
    kinds: list[Any] = field(default_factory=list)


@transaction.atomic
def adopt(
    *, initiative: Initiative, commune: Place, first_day: date, by: Actor, adapted: str = ""
) -> Adoption:
    """Begin a commune's copy. The first one outside the place it comes from makes a recognised initiative a replicated one.

    Raises InitiativeMovedOn, AlreadyAdopted, UnfitInitiative or PersonalData.
    """
    if commune.level != Place.Level.COMMUNE:
        raise UnfitInitiative(field="commune", reason=_("choose a commune"))
    require(by, Permission.ADOPTION_EDIT, commune)
    row = Initiative.objects.select_for_update(of=("self",)).select_related("place").get(id=initiative.id)
    if not row.is_adoptable:
        raise InitiativeMovedOn
    if not EARLIEST <= first_day <= clock.today() + AHEAD:
        raise UnfitInitiative(field="first_day", reason=_("this day cannot be right"))
    if row.adoptions.filter(commune=commune, last_day=None).exists():
        raise AlreadyAdopted
    adoption = Adoption.objects.create(
        initiative=row,
        commune=commune,
        first_day=first_day,
        adapted=fit(adapted, "adapted", LONGEST_ADAPTED, lines=True),
    )
    _record(adoption, by, action="initiatives.adoption.begun")
    if row.state == Initiative.State.RECOGNISED and row.place_id != commune.code:
        move(row, step=Decision.Step.REPLICATE, state=Initiative.State.REPLICATED, by=by)
    return adoption


@transaction.atomic
def tell_adapted(*, adoption: Adoption, adapted: str, by: Actor) -> Adoption:
    """Say what a copy does differently. Raises AdoptionStopped, UnfitInitiative or PersonalData."""
    row = running(adoption, by, Permission.ADOPTION_EDIT)
    row.adapted = fit(adapted, "adapted", LONGEST_ADAPTED, lines=True)
    row.save(update_fields=["adapted"])
    _record(row, by, action="initiatives.adoption.adapted")
    return row


@transaction.atomic
def stop_adoption(*, adoption: Adoption, last_day: date, why: str, by: Actor) -> Adoption:
    """End a copy and say why. Raises AdoptionStopped, ReasonMissing, UnfitInitiative or PersonalData."""
    row = running(adoption, by, Permission.ADOPTION_EDIT)
    said = fit(why, "stopped_why", LONGEST_WHY, lines=True)
    if not said:
        raise ReasonMissing(field="stopped_why")
    if not row.first_day <= last_day <= clock.today() + AHEAD:
        raise UnfitInitiative(field="last_day", reason=_("it ends before it begins"))
    row.last_day, row.stopped_why = last_day, said
    row.save(update_fields=["last_day", "stopped_why"])
    _record(row, by, action="initiatives.adoption.stopped")
    return row


@transaction.atomic
def check_fidelity(
    *, adoption: Adoption, marks: Mapping[str, int], by: Actor, note: str = ""
) -> FidelityCheck:
    """Mark today how true a copy is to the original; a second check on a day takes the place of the first.

    Raises AdoptionStopped, UnfitCount when an item has no mark, or PersonalData.
    """
    row = running(adoption, by, Permission.ADOPTION_RECORD)
    items = [item.key for item in checklist(row.initiative.kind)]
    missing = next((key for key in items if marks.get(key) not in (0, 1, 2)), None)
    if missing is not None:
        raise UnfitCount(field=missing, reason=_("each item needs a mark"))
    check, _made = FidelityCheck.objects.update_or_create(
        adoption=row,
        day=clock.today(),
        defaults={"marks": {key: marks[key] for key in items}, "note": fit(note, "note", 500, lines=True)},
    )
    _record(row, by, action="initiatives.adoption.checked")
    return check


@transaction.atomic
def store_effect(*, initiative: Initiative, facts: EffectFacts, by: Actor) -> Effect:
    """Keep what an estimate said of one indicator, in place of the one before; for the job that measures, and nobody else."""
    if not by.is_system:
        raise NotAllowed
    told = {name: getattr(facts, name) for name in EffectFacts.__slots__ if name != "indicator"}
    effect, _made = Effect.objects.update_or_create(
        initiative=initiative, indicator=facts.indicator, defaults={**told, "measured_at": clock.now()}
    )
    audit.record(
        chain=initiative.place_id,
        actor=str(by),
        action="initiatives.effect.measured",
        subject=f"initiative:{initiative.id}",
        details={"indicator": facts.indicator, "grade": facts.grade},
    )
    return effect


def running(adoption: Adoption, by: Actor, permission: Permission) -> Adoption:
    """Lock a copy that goes on, for somebody who may write about it. Raises AdoptionStopped or NotAllowed."""
    rows = Adoption.objects.select_for_update(of=("self",)).select_related("commune", "initiative")
    row = rows.get(id=adoption.id)
    if not may_touch(by, permission, row.commune):
        raise NotAllowed
    if not row.is_running:
        raise AdoptionStopped
    return row


def _record(adoption: Adoption, by: Actor, *, action: str) -> None:
    audit.record(
        chain=adoption.commune_id,
        actor=str(by),
        action=action,
        subject=f"adoption:{adoption.id}",
        details={"initiative": str(adoption.initiative_id)},
    )
