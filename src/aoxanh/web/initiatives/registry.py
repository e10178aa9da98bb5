"""The registry: looking for creative models, and reading one with its life, copies, effects and a text for Zalo."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from aoxanh.initiatives import adoption_queries, queries, replication
from aoxanh.initiatives.actions.materials import may_furnish
from aoxanh.initiatives.kinds import Kind
from aoxanh.initiatives.life import ways_for
from aoxanh.initiatives.models import Decision, Initiative
from aoxanh.initiatives.queries import Wanted
from aoxanh.people.actors import Actor
from aoxanh.people.models import Role
from aoxanh.people.permissions import Permission, places_reached
from aoxanh.places import queries as places
from aoxanh.places.models import Place
from aoxanh.web.initiatives.effects import told_effects

SHOWN = 60
LATEST_COPIES = 20
ROLES = dict(Role.choices)
STEP_NAMES = {
    Decision.Step.CONFIRM: gettext_lazy("Confirm"),
    Decision.Step.REVIEW: gettext_lazy("Reviewed"),
    Decision.Step.RECOGNISE: gettext_lazy("Recognise"),
    Decision.Step.SEND_BACK: gettext_lazy("Send back"),
    Decision.Step.RETIRE: gettext_lazy("Retire"),
}


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """List the initiatives that fit, with what waits for the reader and what they proposed themselves."""
    actor, given = actor_of(request), request.GET
    place = places.place_by_code(given["place"]) if given.get("place") else None
    wanted = Wanted(given.get("q", ""), given.get("kind", ""), given.get("state", ""), place)
    rows = queries.found_by(actor, wanted).order_by("-changed_at", "id")
    page = {
        "rows": rows[:SHOWN],
        "count": rows.count(),
        "shown": SHOWN,
        "wanted": wanted,
        "q": wanted.words[:120],
        "kinds": Kind.choices,
        "states": [choice for choice in Initiative.State.choices if choice[0] != Initiative.State.MERGED],
        "waiting": queries.waiting_for(actor)[:20],
        "mine": queries.proposals_of(actor)[:20],
        "offered": replication.offers_to_answer(actor)[:20] if offers_wait_for(actor) else [],
        "may_propose": bool(proposing_places(actor)),
    }
    return render(request, "initiatives/index.html", page)


# A voice that was just recorded is heard before it is sent.
hearing: Callable[[Any], Any] = csp_update({"media-src": [SELF, "blob:"]})


@require_safe
@never_cache
@hearing
def show(request: HttpRequest, initiative_id: UUID) -> HttpResponse:
    """Show one initiative."""
    actor = actor_of(request)
    return render(
        request,
        "initiatives/show.html",
        shown(request, actor, queries.initiative_visible_to(actor, initiative_id)),
    )


def shown(request: HttpRequest, actor: Actor, row: Initiative, **more: Any) -> dict[str, Any]:
    """Return what the page of an initiative needs."""
    copies = list(adoption_queries.adoptions_of(row)) if row.is_public else []
    ways = ways_for(actor, row)
    effects = told_effects(adoption_queries.effects_of(row))
    return {
        "row": row,
        "decisions": [
            (one, ROLES.get(Role(one.role)) if one.role else "") for one in queries.decisions_of(row)
        ],
        "materials": queries.materials_of(row),
        "may_furnish": may_furnish(actor, row),
        "may_edit": queries.may_edit(actor, row),
        "ways": [(way, str(STEP_NAMES[Decision.Step(way.step)])) for way in ways],
        "copies": copies[-LATEST_COPIES:][::-1],
        "running": sum(copy.is_running for copy in copies),
        "effects": effects,
        "told": [one for one in effects if one.effect.is_claim],
        "changed": [one for one in effects if one.effect.is_claim and not one.is_nothing],
        "unchanged": [one for one in effects if one.is_nothing],
        "untold": [one for one in effects if not one.effect.is_claim],
        "may_spread": row.is_adoptable and places_reached(actor, Permission.INITIATIVE_REVIEW) != [],
        "alike": queries.near_duplicates(actor, row) if ways and row.is_open else [],
        "may_merge": any(way.permission == Permission.INITIATIVE_REVIEW for way in ways) and row.is_open,
        "adopting": adopting_places(actor) if row.is_adoptable else [],
        "message": message_of(row, request.build_absolute_uri(reverse("initiative", args=[row.id]))),
        **more,
    }


def message_of(row: Initiative, address: str) -> str:
    """Return an initiative as a text to paste into Zalo."""
    lines = [f"💡 {row}", capfirst(row.get_kind_display())]
    lines += [_("Where: {place}").format(place=row.word("where") or capfirst(row.place.address))]
    lines += ["", _("The problem: {text}").format(text=row.word("problem")), "", _("How:")]
    lines += [f"{at}. {line}" for at, line in enumerate(row.step_lines, 1)]
    if row.word("conditions"):
        lines += ["", _("To copy it: {text}").format(text=row.word("conditions"))]
    if row.word("limits"):
        lines += [_("Limits: {text}").format(text=row.word("limits"))]
    return "\n".join([*lines, "", address])


def proposing_places(actor: Actor) -> list[Place]:
    """Return the places of which the actor can propose something: those of their roles and teams."""
    codes = {grant.place_code for grant in actor.grants if grant.role in PROPOSERS} | set(actor.team_communes)
    return [places.place_by_code(code) for code in sorted(codes)]


def offers_wait_for(actor: Actor) -> bool:
    """Tell whether offers are the actor's to answer: those of a commune, not of everybody above it."""
    return actor.has_role(Role.COMMUNE_SECRETARY)


PROPOSERS = tuple(role for role in Role if role not in (Role.AUDITOR, Role.POLICE_CONTACT))


def adopting_places(actor: Actor) -> list[Place]:
    """Return the communes for which the actor can begin a copy."""
    reached = places_reached(actor, Permission.ADOPTION_EDIT)
    return list(places.communes_below(reached)) if reached != [] else []


def actor_of(request: HttpRequest) -> Actor:
    """Return whoever asks."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
