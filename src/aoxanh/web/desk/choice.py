"""What a reader of the desk's pages chose: the place, among those they reach, and the days."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from aoxanh.desk.errors import TooManyDays
from aoxanh.desk.queries import MOST_DAYS
from aoxanh.kernel import clock
from aoxanh.kernel.errors import DomainError
from aoxanh.oversight.periods import Period, custom_period, named_period, read_day
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, places_reached
from aoxanh.places import queries as places
from aoxanh.places.models import Place
from aoxanh.web import numbers


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """The chosen place, and those the reader can choose from: provinces, communes, or nothing where there is one only."""

    place: Place | None
    provinces: list[Place] = field(default_factory=list)
    communes: list[Place] = field(default_factory=list)

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
    return PlaceChoice(place, communes=communes if len(communes) > 1 else [])


def chosen_days(query: Mapping[str, str]) -> tuple[Period, DomainError | None]:
    """Return the days that ?from= and ?to= name, or the last 7 and why the given ones could not be taken."""
    today = clock.today()
    usual = named_period("7days", today)
    if not query.get("from") and not query.get("to"):
        return usual, None
    try:
        first = read_day(query.get("from") or numbers.day(usual.first), "from")
        period = custom_period(first, read_day(query.get("to") or numbers.day(today), "to"))
        if period.days > MOST_DAYS:
            raise TooManyDays(limit=MOST_DAYS, field="from")
    except DomainError as refusal:
        return usual, refusal
    return period, None


def query_of(query: Mapping[str, str], **changes: str) -> str:
    """Return the present choice with changes as the part of an address after the question mark; empty values are left out."""
    kept = {name: query[name] for name in ("state", "place", "from", "to", "show") if query.get(name)}
    return urlencode({name: value for name, value in {**kept, **changes}.items() if value})
