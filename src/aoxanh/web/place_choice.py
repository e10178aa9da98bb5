"""The place that a reader of a page chose, among those they reach."""

from dataclasses import dataclass, field

from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, places_reached
from aoxanh.places import queries as places
from aoxanh.places.models import Place


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """The chosen place, and those the reader can choose from: provinces, communes, or nothing where there is one only.

    `only` is that one commune.
    """

    place: Place | None
    provinces: list[Place] = field(default_factory=list)
    communes: list[Place] = field(default_factory=list)
    only: Place | None = None

    @property
    def code(self) -> str:
        return self.place.code if self.place else ""


def chosen_place(actor: Actor, permission: Permission, code: str) -> PlaceChoice:
    """Return the place that ?place= names and what else could be chosen. Raises UnknownPlace."""
    place = places.place_by_code(code) if code else None
    reached = places_reached(actor, permission)
    if reached is None:
        province = place.parent if place and place.level == Place.Level.COMMUNE else place
        communes = list(places.communes_in(province.code)) if province else []
        return PlaceChoice(place, list(places.provinces()), communes)
    communes = list(places.communes_below(reached)) if reached else []
    if len(communes) == 1:
        return PlaceChoice(place, only=communes[0])
    return PlaceChoice(place, communes=communes)
