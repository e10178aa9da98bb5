"""Where an initiative would help next, and what became of the waves that were drawn."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import numpy as np
from django.db.models import Q, QuerySet

from aoxanh.initiatives.adoption_queries import GRADE_ORDER, main_change
from aoxanh.initiatives.errors import UnknownInitiative
from aoxanh.initiatives.evidence.candidates import Candidate, Nation, candidates
from aoxanh.initiatives.evidence.panel import ROUGH_DENOMINATOR
from aoxanh.initiatives.indicators import MEASURES, Measure
from aoxanh.initiatives.measuring import evidence_of
from aoxanh.initiatives.models import Effect, Initiative, Offer, WavePlan
from aoxanh.initiatives.panel import Course, panel_for
from aoxanh.kernel import clock
from aoxanh.kernel.scope import whole_nation
from aoxanh.people.actors import Actor, system
from aoxanh.people.permissions import Permission, places_reached
from aoxanh.places import queries as places
from aoxanh.places.models import Place

PERIODS = 3  # of four weeks, that a commune's level is read from


@dataclass(frozen=True, slots=True)
class Choice:
    """A candidate with the commune it is."""

    commune: Place
    candidate: Candidate


def copyable_effects(initiative: Initiative) -> list[Effect]:
    """Return the effects worth copying it for, the surest first; none where nothing good is established."""
    rows = initiative.effects.filter(grade__in=GRADE_ORDER)
    return sorted(rows, key=lambda one: (GRADE_ORDER.index(Effect.Grade(one.grade)), one.indicator))


def choices_for(actor: Actor, effect: Effect, most: int = 100) -> list[Choice]:
    """Return the communes of the actor's that would gain most, without those that copy it or were offered it.

    Likeness is to adopters anywhere, so the figures of the whole nation are read; what comes out are communes within the reach
    and, of adopters elsewhere, the name alone.
    """
    reached = places_reached(actor, Permission.INITIATIVE_REVIEW)
    if reached == []:
        return []
    mine = {commune.code: commune for commune in places.communes_below(reached)}
    asked = Offer.objects.filter(plan__initiative=effect.initiative_id, answer=Offer.Answer.OPEN)
    offered = set(asked.values_list("commune", flat=True))
    with whole_nation():
        nation = _nation(effect, MEASURES[effect.indicator])
    found = candidates(nation, evidence_of(effect), most=len(nation.units))
    open_to = [one for one in found if one.unit in mine and one.unit not in offered]
    return [Choice(mine[one.unit], one) for one in open_to[:most]]


def plans_of(initiative: Initiative) -> QuerySet[WavePlan]:
    """Return the draws of an initiative, the newest first."""
    return WavePlan.objects.filter(initiative=initiative)


def plan_of(plan_id: UUID) -> WavePlan:
    """Return a draw; who copies what when is everybody's to see. Raises UnknownInitiative."""
    rows = WavePlan.objects.select_related("initiative__place")
    row = rows.filter(id=plan_id, initiative__is_public=True).first()
    if row is None:
        raise UnknownInitiative
    return row


def offers_of(plan: WavePlan) -> QuerySet[Offer]:
    """Return the places of a draw, wave by wave, with what became of each copy."""
    rows = plan.offers.select_related("commune__parent", "adoption")
    rows = rows.prefetch_related("adoption__checks", main_change("adoption__changes"))
    return rows.order_by("wave", "commune__sort_key")


def offers_to_answer(actor: Actor) -> QuerySet[Offer]:
    """Return what was offered to the actor's communes and waits for an answer, the first to begin first."""
    reached = places_reached(actor, Permission.ADOPTION_EDIT)
    rows = Offer.objects.filter(answer=Offer.Answer.OPEN).select_related(
        "commune__parent", "plan__initiative"
    )
    if reached is not None:
        rows = rows.filter(Q(commune__in=reached) | Q(commune__parent__in=reached))
    return rows.order_by("first_day", "id")


def offer_to(actor: Actor, offer_id: UUID) -> Offer:
    """Return an offer to one of the actor's communes. Raises UnknownInitiative."""
    reached = places_reached(actor, Permission.ADOPTION_EDIT)
    rows = Offer.objects.select_related("commune__parent", "plan__initiative")
    if reached is not None:
        rows = rows.filter(Q(commune__in=reached) | Q(commune__parent__in=reached))
    row = rows.filter(id=offer_id).first()
    if row is None:
        raise UnknownInitiative
    return row


def _nation(effect: Effect, measure: Measure) -> Nation:
    rows = effect.initiative.adoptions.order_by("first_day").values_list("commune", "first_day")
    adopted = dict(rows)
    course = Course(adopted, clock.today() - timedelta(days=1), PERIODS)
    panel = panel_for(measure, course, system("candidates"))
    cases = panel.denominator.sum(axis=1) / PERIODS
    told = cases >= ROUGH_DENOMINATOR
    panel, cases = panel.kept(np.asarray(told, np.bool_)), cases[told]
    # One who adopts later than today has nothing to show yet, but must not be offered it again.
    has = np.array([code in adopted for code in panel.units], np.bool_)
    return Nation(
        units=panel.units,
        provinces=panel.provinces,
        kinds=panel.kinds,
        level=measure.indicator.per * panel.numerator.sum(axis=1) / panel.denominator.sum(axis=1),
        cases=cases,
        traits=panel.traits,
        adopted=has,
        ceiling=measure.ceiling,
    )
