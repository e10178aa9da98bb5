"""Reads of citizens' words for procedures: those in every search, and those that wait for a decision."""

from django.db.models import Q, QuerySet

from aoxanh.assistant.models import AliasProposal
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, places_reached
from aoxanh.places import queries as places
from aoxanh.places.models import Place

Said = tuple[tuple[str, tuple[str, ...]], ...]


def said_in(province: Place | None = None) -> Said:
    """Return the confirmed words of each procedure, for the nation and the province, by code; hashable and in one order."""
    here = ["VN"] if province is None else ["VN", province.code]
    rows = AliasProposal.objects.filter(state=AliasProposal.State.CONFIRMED, place__in=here)
    by_code: dict[str, dict[str, str]] = {}
    for code, fold, text in rows.order_by("procedure", "fold", "place").values_list(
        "procedure", "fold", "text"
    ):
        by_code.setdefault(code, {}).setdefault(fold, text)
    return tuple((code, tuple(texts.values())) for code, texts in by_code.items())


def aliases_visible_to(actor: Actor, place: Place | None = None) -> QuerySet[AliasProposal]:
    """Return the proposals of the places that the actor reviews: the open ones first, then what was decided lately.

    Words for the nation are shown to everybody who reviews.
    """
    reached = places_reached(actor, Permission.ANSWER_REVIEW)
    rows = AliasProposal.objects.select_related("place", "procedure")
    if reached is not None:
        if not reached:
            return rows.none()
        rows = rows.filter(
            Q(place__in=reached) | Q(place__in=places.provinces_of(reached)) | Q(place__level="nation")
        )
    if place is not None and place.level != Place.Level.NATION:
        province = place.parent if place.level == Place.Level.COMMUNE else place
        rows = rows.filter(Q(place=province) | Q(place__level="nation"))
    return rows.order_by("-decided_at", "-from_questions", "proposed_at", "id")
