"""Reads of initiatives, always scoped: what is public to all, what is not yet to its place and to who proposed it."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from aoxanh.initiatives.errors import UnknownInitiative
from aoxanh.initiatives.kinds import Kind
from aoxanh.initiatives.likeness import Told, nearest
from aoxanh.initiatives.models import Decision, Initiative, Material
from aoxanh.initiatives.words import wanted_words
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, may, places_reached
from aoxanh.places import queries as places
from aoxanh.places.models import Place

MOST_COMPARED = 5000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader looks for: words with or without accents, a kind, a state, a place downwards."""

    words: str = ""
    kind: str = ""
    state: str = ""
    place: Place | None = None


def initiatives_visible_to(actor: Actor) -> QuerySet[Initiative]:
    """Return what is public and what lies within the actor's reach or was proposed by them; the police of a commune read what is public."""
    reached = places_reached(actor, Permission.INITIATIVE_READ)
    rows = Initiative.objects.select_related("place__parent")
    if reached is None:
        return rows
    mine = Q(proposal__account=actor.account_id) if actor.account_id else Q(pk=None)
    return rows.filter(Q(is_public=True) | Q(place__in=reached) | Q(place__parent__in=reached) | mine)


def initiative_visible_to(actor: Actor, initiative_id: UUID) -> Initiative:
    """Return one initiative. Raises UnknownInitiative."""
    row = initiatives_visible_to(actor).filter(id=initiative_id).first()
    if row is None:
        raise UnknownInitiative
    return row


def found_by(actor: Actor, wanted: Wanted) -> QuerySet[Initiative]:
    """Return the visible initiatives that have all the words, by kind, state and place; merged ones are led to by their other."""
    rows = initiatives_visible_to(actor).exclude(state=Initiative.State.MERGED)
    for word in wanted_words(wanted.words):
        rows = rows.filter(fold__contains=word)
    if wanted.kind in Kind.values:
        rows = rows.filter(kind=wanted.kind)
    if wanted.state in Initiative.State.values:
        rows = rows.filter(state=wanted.state)
    if wanted.place is not None and wanted.place.level != Place.Level.NATION:
        rows = rows.filter(Q(place=wanted.place) | Q(place__parent=wanted.place))
    return rows


def proposals_of(actor: Actor) -> QuerySet[Initiative]:
    """Return what the actor proposed, the newest first."""
    rows = Initiative.objects.filter(proposal__account=actor.account_id).select_related("place__parent")
    return rows.order_by("-made_at", "id")


def commune_to_propose_of(actor: Actor) -> Place | None:
    """Return the commune that a proposal from the actor's phone is of: of a team first, else of a role there."""
    held = sorted(actor.team_communes) or sorted(
        grant.place_code for grant in actor.grants if grant.level == "commune"
    )
    return places.place_by_code(held[0]) if held else None


def proposals_for_phone(actor: Actor, most: int = 30) -> list[tuple[Initiative, str]]:
    """Return what the actor proposed, the newest first, with the reason of the last decision."""
    rows = proposals_of(actor).prefetch_related("decisions")[:most]
    return [(row, next((one.reason for one in reversed(list(row.decisions.all()))), "")) for row in rows]


def may_propose_by_phone(actor: Actor) -> bool:
    """Tell whether a proposal from the actor's phone would be taken."""
    commune = commune_to_propose_of(actor)
    return commune is not None and may(
        actor, Permission.INITIATIVE_PROPOSE, commune, owner_id=actor.account_id
    )


def waiting_for(actor: Actor) -> QuerySet[Initiative]:
    """Return what waits for a decision that is the actor's to take, the oldest first."""
    state = Initiative.State
    rows = Q(pk=None)
    for permission, states in (
        (Permission.INITIATIVE_CONFIRM, (state.PROPOSED,)),
        (Permission.INITIATIVE_REVIEW, (state.CONFIRMED, state.REVIEWED)),
    ):
        reached = places_reached(actor, permission)
        here = Q() if reached is None else Q(place__in=reached) | Q(place__parent__in=reached)
        rows |= Q(state__in=states) & here
    return Initiative.objects.filter(rows).select_related("place__parent").order_by("changed_at", "id")


def decisions_of(initiative: Initiative) -> QuerySet[Decision]:
    """Return the steps of an initiative's life, the first first."""
    return initiative.decisions.select_related("place__parent")


def materials_of(initiative: Initiative) -> QuerySet[Material]:
    """Return an initiative's materials without the files themselves."""
    return initiative.materials.defer("content")


def material_of(actor: Actor, material_id: UUID) -> Material:
    """Return one material with its file, if its initiative may be read. Raises UnknownInitiative."""
    row = Material.objects.filter(id=material_id, initiative__in=initiatives_visible_to(actor)).first()
    if row is None:
        raise UnknownInitiative
    return row


def near_duplicates(actor: Actor, initiative: Initiative, *, most: int = 4) -> list[tuple[int, Initiative]]:
    """Return (likeness in percent, initiative) of those that tell much the same, among what the actor may read.

    Compares words of the latest 5,000; about 0.1 ms each.
    """
    rows = initiatives_visible_to(actor).exclude(id=initiative.id).exclude(state=Initiative.State.MERGED)
    latest = list(rows.order_by("-changed_at", "id")[:MOST_COMPARED])
    found = nearest(_told(initiative), map(_told, latest), most=most)
    by_id = {row.id: row for row in latest}
    return [(round(100 * score), by_id[key]) for score, key in found]


def may_edit(actor: Actor, initiative: Initiative) -> bool:
    """Tell whether the actor may still change the words: who proposed it until it is confirmed, the deciding place until it is recognised."""
    if not initiative.is_open:
        return False
    deciding = (Permission.INITIATIVE_CONFIRM, Permission.INITIATIVE_REVIEW)
    if any(may(actor, step, initiative.place) for step in deciding):
        return True
    return initiative.state in (Initiative.State.PROPOSED, Initiative.State.RETURNED) and is_own(
        actor, initiative
    )


def is_own(actor: Actor, initiative: Initiative) -> bool:
    """Tell whether the actor proposed it."""
    return bool(actor.account_id) and proposals_of(actor).filter(id=initiative.id).exists()


def with_ids(actor: Actor, ids: Collection[UUID]) -> dict[UUID, Initiative]:
    """Return the visible initiatives among these."""
    return {row.id: row for row in initiatives_visible_to(actor).filter(id__in=ids)}


def _told(row: Initiative) -> Told[UUID]:
    return Told(row.id, row.kind, row.title, f"{row.problem} {row.steps}")
