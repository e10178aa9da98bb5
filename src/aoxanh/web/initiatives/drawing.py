"""How copies spread, drawn: how many were running month by month, and where they run."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aoxanh.initiatives import adoption_queries
from aoxanh.initiatives.models import Adoption
from aoxanh.places import maps
from aoxanh.places import queries as places
from aoxanh.places.models import Place
from aoxanh.web import numbers, svg


@dataclass(frozen=True, slots=True)
class Months:
    """Bars for the months from the first to the last, and what was running in the last one."""

    drawing: SafeString
    first: date
    last: date
    running: int


@dataclass(frozen=True, slots=True)
class SpreadMap:
    """A map with its legend: (shade, how many copies)."""

    drawing: SafeString
    legend: list[tuple[int, str]]


def months_of(copies: Sequence[Adoption]) -> Months | None:
    """Draw how many copies were running in each month; None where there was none."""
    months = adoption_queries.by_month(copies)
    if not months:
        return None
    bars = [svg.Bar(count, f"{month:%m/%Y}: {numbers.number(count)}") for month, count in months]
    drawing = svg.columns(bars, _("Copies that were running, month by month"))
    return Months(drawing, months[0][0], months[-1][0], sum(copy.is_running for copy in copies))


def map_of(place: Place, copies: Sequence[Adoption], address: Callable[[str], str]) -> SpreadMap | None:
    """Draw where copies run, each area leading to its `address`: provinces of the nation, or communes of a province."""
    if place.level == Place.Level.COMMUNE:
        return None
    national = place.level == Place.Level.NATION
    running = Counter(
        str(copy.commune.parent_id if national else copy.commune_id) for copy in copies if copy.is_running
    )
    plan = maps.national_map() if national else maps.province_map(place.code)
    paths: dict[str, str] = plan["provinces"] if national else plan["communes"]  # type: ignore[typeddict-item]
    names = {below.code: below.full_name for below in places.names_below(place.code)}
    bounds = svg.shade_bounds(running.values())
    shapes = [
        svg.Shape(
            path,
            f"{capfirst(names.get(code, code))}: {counted(running[code])}",
            address(code),
            svg.shade(running[code], bounds),
        )
        for code, path in paths.items()
    ]
    frames = [svg.Frame(inset["label"], inset["box"]) for inset in plan["insets"]]
    drawing = svg.choropleth(plan["viewBox"], shapes, frames, _("Map of where copies run"))
    return SpreadMap(drawing, _legend(bounds))


def counted(count: int) -> str:
    """Return a number of copies in words."""
    if not count:
        return _("no copy")
    return ngettext("{count} copy", "{count} copies", count).format(count=numbers.number(count))


def _legend(bounds: Sequence[int]) -> list[tuple[int, str]]:
    told = [(0, _("no copy"))]
    for index, low in enumerate(bounds, start=1):
        high = bounds[index] - 1 if index < len(bounds) else None
        if high is None and index > 1:
            text = _("{low} and more").format(low=numbers.number(low))
        else:
            text = counted(low) if high in (low, None) else f"{numbers.number(low)} – {numbers.number(high)}"
        told.append((index, text))
    return told
