"""Copying in waves: the order drawn by lot from a seed that is kept, and communes that take or decline their place in it."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aoxanh.audit import actions as audit
from aoxanh.initiatives.actions.adoptions import AHEAD, LONGEST_WHY, adopt
from aoxanh.initiatives.errors import (
    InitiativeMovedOn,
    OfferAnswered,
    ReasonMissing,
    UnfitInitiative,
    UnfitWaves,
)
from aoxanh.initiatives.evidence.waves import Misfit, Waves, WavesUnfit, Wish, draw
from aoxanh.initiatives.models import Adoption, Initiative, Offer, WavePlan
from aoxanh.initiatives.panel import DAYS, HARD_TRAITS
from aoxanh.initiatives.words import fit
from aoxanh.kernel import clock
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, require
from aoxanh.places import queries as places
from aoxanh.places.models import Place

MOST = 400
SEEDS = 2**31
WHY = {
    Misfit.NUMBER_OF_WAVES: gettext_lazy("between one and {bound} waves"),
    Misfit.TOO_FEW_PLACES: gettext_lazy("so many waves need at least {bound} communes"),
    Misfit.NOBODY_WAITS: gettext_lazy("at least {bound} communes must wait, to compare with"),
    Misfit.OVER_CAPACITY: gettext_lazy("at most {bound} communes can be carried"),
    Misfit.TOO_CLOSE: gettext_lazy("waves lie at least {bound} periods of four weeks apart"),
}


@dataclass(frozen=True, slots=True)
class WaveFacts:
    """What a coordinator asks for: the communes with what each is expected to gain (value, low, high), and how they follow."""

    indicator: str
    gains: Mapping[str, tuple[float, float, float]]
    first_day: date
    wish: Wish


@transaction.atomic
def draw_waves(*, initiative: Initiative, facts: WaveFacts, by: Actor, seed: int | None = None) -> WavePlan:
    """Draw by lot who copies when and who waits, and offer each commune its place; without a seed one is drawn too.

    Raises InitiativeMovedOn, UnfitWaves or UnfitInitiative, or NotAllowed for a commune that is not the actor's.
    """
    row = Initiative.objects.select_for_update(of=("self",)).get(id=initiative.id)
    if not row.is_adoptable:
        raise InitiativeMovedOn
    if not clock.today() <= facts.first_day <= clock.today() + AHEAD:
        raise UnfitInitiative(field="first_day", reason=_("this day cannot be right"))
    communes = _communes(row, facts, by)
    seed = secrets.randbelow(SEEDS) if seed is None else seed
    drawn = _draw(communes, facts.wish, seed)
    plan = WavePlan.objects.create(
        initiative=row,
        indicator=facts.indicator,
        first_day=facts.first_day,
        waves=facts.wish.waves,
        waiting=facts.wish.waiting,
        apart=facts.wish.apart,
        seed=seed,
        balance=[[told.name, list(told.means), told.worst] for told in drawn.balance],
    )
    Offer.objects.bulk_create(_offers(plan, drawn, facts))
    audit.record(
        chain=row.place_id,
        actor=str(by),
        action="initiatives.waves.drawn",
        subject=f"initiative:{row.id}",
        details={"plan": str(plan.id), "seed": seed, "communes": len(communes)},
    )
    return plan


@transaction.atomic
def take_offer(*, offer: Offer, by: Actor, adapted: str = "") -> Adoption:
    """Begin the copy that was offered, from its day on. Raises OfferAnswered, or what `adopt` raises."""
    row = _open(offer, by)
    copy = adopt(
        initiative=row.plan.initiative,
        commune=row.commune,
        first_day=max(row.first_day, clock.today()),
        by=by,
        adapted=adapted,
    )
    row.answer, row.adoption = Offer.Answer.TAKEN, copy
    row.save(update_fields=["answer", "adoption"])
    _record(row, by, "initiatives.offer.taken")
    return copy


@transaction.atomic
def decline_offer(*, offer: Offer, why: str, by: Actor) -> Offer:
    """Say no, and why. Raises OfferAnswered, ReasonMissing, UnfitInitiative or PersonalData."""
    row = _open(offer, by)
    said = fit(why, "why", LONGEST_WHY, lines=True)
    if not said:
        raise ReasonMissing(field="why")
    row.answer, row.declined_why = Offer.Answer.DECLINED, said
    row.save(update_fields=["answer", "declined_why"])
    _record(row, by, "initiatives.offer.declined")
    return row


def _communes(row: Initiative, facts: WaveFacts, by: Actor) -> list[Place]:
    if len(facts.gains) > MOST:
        raise UnfitWaves(field="communes", reason=_("at most {bound} communes at once").format(bound=MOST))
    communes = list(Place.objects.filter(code__in=facts.gains, level=Place.Level.COMMUNE).order_by("code"))
    for commune in communes:
        require(by, Permission.INITIATIVE_REVIEW, commune)
    copying = row.adoptions.filter(commune__in=communes, last_day=None).exists()
    offered = Offer.objects.filter(plan__initiative=row, commune__in=communes, answer=Offer.Answer.OPEN)
    if copying or offered.exists():
        raise UnfitWaves(
            field="communes", reason=_("a commune among them copies it, or was offered it, already")
        )
    return communes


def _draw(communes: list[Place], wish: Wish, seed: int) -> Waves:
    hard = set().union(*(places.codes_with_trait(trait) for trait in HARD_TRAITS))
    traits = np.array([[one.kind == Place.Kind.WARD, one.code in hard] for one in communes], np.float64)
    strata = [f"{one.parent_id} {one.kind} {one.code in hard}" for one in communes]
    try:
        return draw(
            [one.code for one in communes],
            strata,
            wish,
            seed,
            (("ward", "hard"), traits) if communes else None,
        )
    except WavesUnfit as amiss:
        raise UnfitWaves(field="waves", reason=str(WHY[amiss.misfit]).format(bound=amiss.bound)) from amiss


def _offers(plan: WavePlan, drawn: Waves, facts: WaveFacts) -> list[Offer]:
    # Those who wait may begin once the last wave was measured.
    starts = (*drawn.starts, plan.waves * plan.apart)
    return [
        Offer(
            plan=plan,
            commune_id=code,
            wave=wave,
            first_day=plan.first_day + timedelta(days=DAYS * starts[wave]),
            gain=facts.gains[code][0],
            gain_low=facts.gains[code][1],
            gain_high=facts.gains[code][2],
        )
        for code, wave in zip(drawn.units, drawn.wave, strict=True)
    ]


def _open(offer: Offer, by: Actor) -> Offer:
    rows = Offer.objects.select_for_update(of=("self",)).select_related("commune", "plan__initiative")
    row = rows.get(id=offer.id)
    require(by, Permission.ADOPTION_EDIT, row.commune)
    if row.answer != Offer.Answer.OPEN:
        raise OfferAnswered
    return row


def _record(row: Offer, by: Actor, action: str) -> None:
    audit.record(
        chain=row.commune_id,
        actor=str(by),
        action=action,
        subject=f"offer:{row.id}",
        details={"initiative": str(row.plan.initiative_id)},
    )
