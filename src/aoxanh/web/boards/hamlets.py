"""Which hamlets no shift went to, as a commune's or a province's board shows it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from aoxanh.oversight.hamlet_queries import Hamlets, hamlets_reached
from aoxanh.oversight.queries import Figures
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, may
from aoxanh.places.models import Place
from aoxanh.web import numbers
from aoxanh.web.boards.choice import board_address

MOST_COMMUNES = 40


@dataclass(frozen=True, slots=True)
class Shown:
    """The sum in a sentence, the names of hamlets or (name, address) of communes, and where the list is kept, if one may."""

    title: str
    names: list[str]
    communes: list[tuple[str, str]]
    edit: str


def shown(figures: Figures, query: str, actor: Actor) -> Shown | None:
    """Return what a board tells of hamlets; nothing on the boards of the nation and of teams, or where no list is kept."""
    place = figures.place
    if figures.team is not None or place.level == Place.Level.NATION:
        return None
    found = hamlets_reached(place, figures.period, actor)
    is_commune = place.level == Place.Level.COMMUNE
    edit = address_of_list(actor, place) if is_commune else ""
    if not found:
        return Shown("", [], [], edit) if edit else None
    missed, listed = sum(len(one.missed) for one in found), sum(one.count for one in found)
    facts = {"missed": numbers.number(missed), "all": numbers.number(listed)}
    title = _("Hamlets without a shift in the period: {missed} of {all}").format(**facts)
    if is_commune:
        return Shown(title, found[0].missed, [], edit)
    return Shown(title, [], _communes(found, figures, query), "")


def address_of_list(actor: Actor, place: Place) -> str:
    """Return where a commune's list of hamlets is kept, for those who may; "" for others and other places."""
    if place.level != Place.Level.COMMUNE or not may(actor, Permission.HAMLET_EDIT, place):
        return ""
    return reverse("hamlets", kwargs={"commune": place.code})


def _communes(found: list[Hamlets], figures: Figures, query: str) -> list[tuple[str, str]]:
    """Return the communes with hamlets not reached, the largest share first, by name where it is equal."""
    rows = {row.key: row for row in figures.rows}
    short = [one for one in found if one.missed and one.commune in rows]
    short.sort(key=lambda one: (-len(one.missed) / one.count, -one.count, rows[one.commune].sort_key))
    return [
        (
            f"{capfirst(rows[one.commune].name)}: {numbers.number(len(one.missed))}/{numbers.number(one.count)}",
            f"{board_address(one.commune)}?{query}",
        )
        for one in short[:MOST_COMMUNES]
    ]
