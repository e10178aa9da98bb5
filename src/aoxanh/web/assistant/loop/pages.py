"""What the pages of the human loop share: who asks, for which place, and the row of tabs."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from aoxanh.assistant import alias_queries, approved_queries, review_queries
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.permissions import Permission, may, places_reached
from aoxanh.places import queries as places
from aoxanh.places.models import Place
from aoxanh.web.place_choice import PlaceChoice, chosen_place

MOST_IDS = 500


def reviewer(request: HttpRequest) -> Actor:
    """Return who asks, if they review anywhere. Raises NotAllowed."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if places_reached(actor, Permission.ANSWER_REVIEW) == []:
        raise NotAllowed
    return actor


def choice_of(request: HttpRequest, actor: Actor) -> PlaceChoice:
    """Return the place that the reader chose. Raises UnknownPlace."""
    given = request.GET if request.method != "POST" else request.POST
    return chosen_place(actor, Permission.ANSWER_REVIEW, given.get("place", ""))


def home_of(actor: Actor) -> Place:
    """Return the place whose answers and words the actor settles or proposes: the nation, their province, or their commune."""
    reached = places_reached(actor, Permission.ALIAS_PROPOSE)
    if reached is None:
        return places.nation()
    if not reached:
        raise NotAllowed
    return places.place_by_code(reached[0])


def may_approve(actor: Actor) -> bool:
    """Tell whether the actor settles what is reviewed, and does not only read it."""
    return places_reached(actor, Permission.ANSWER_APPROVE) != []


def may_approve_for(actor: Actor, place: Place) -> bool:
    """Tell whether the actor approves answers for a place."""
    return may(actor, Permission.ANSWER_APPROVE, place)


def frame(actor: Actor, choice: PlaceChoice, here: str) -> dict[str, Any]:
    """Return the tabs with how much is open behind each, and the choice of a place."""
    counts = review_queries.open_counts(actor, choice.place)
    due = sum(one.is_due for one in approved_queries.standing_answers(actor, choice.place))
    waiting = alias_queries.aliases_visible_to(actor, choice.place).filter(state="proposed").count()
    tabs = [
        ("review_flags", _("Wrong answers"), counts["flags"]),
        ("review_questions", _("Without an answer"), counts["questions"]),
        ("review_aliases", _("People’s words"), waiting),
        ("review_answers", _("Approved answers"), due),
    ]
    query = f"?place={choice.code}" if choice.code else ""
    return {
        "tabs": [
            {"title": title, "href": reverse(name) + query, "open": count, "here": name == here}
            for name, title, count in tabs
        ],
        "choice": choice,
        "may_approve": may_approve(actor),
    }


def ids_of(given: Iterable[str]) -> list[UUID]:
    """Return the ids that a form carries; what is none is left out."""
    found = []
    for text in list(given)[:MOST_IDS]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def back(name: str, place: str) -> str:
    """Return the address of a page with the place that was chosen on it."""
    return reverse(name) + (f"?place={place}" if place.isalnum() else "")
