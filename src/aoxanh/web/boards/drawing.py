"""The map of a board: provinces of the nation or communes of a province, shaded by sessions."""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aoxanh.oversight.queries import Figures, Row
from aoxanh.places import maps
from aoxanh.places.models import Place
from aoxanh.web import numbers, svg
from aoxanh.web.boards import confirmed
from aoxanh.web.boards.choice import board_address


@dataclass(frozen=True, slots=True)
class BoardMap:
    """A drawing and its legend: (shade, range of values)."""

    drawing: SafeString
    legend: list[tuple[int, str]]
    title: str
    note: str
    sure: str


def draw(figures: Figures, query: str) -> BoardMap | None:
    """Draw the map of the nation or a province; smaller boards have none."""
    sure = confirmed.of_all(figures.sums)
    bounds = svg.shade_bounds(row.sums["sessions"] for row in figures.rows)
    if figures.place.level == Place.Level.NATION:
        drawing = _national(figures, query, bounds)
        return BoardMap(drawing, _legend(bounds), _("Sessions by province"), "", sure)
    if figures.place.level == Place.Level.PROVINCE:
        note = _("Each area is the surroundings of a commune's centre, not its boundary.")
        drawing = _provincial(figures, query, bounds)
        return BoardMap(drawing, _legend(bounds), _("Sessions by commune"), note, sure)
    return None


def _national(figures: Figures, query: str, bounds: list[int]) -> SafeString:
    plan = maps.national_map()
    shapes = [_shape(row, plan["provinces"].get(row.key, ""), query, bounds) for row in figures.rows]
    rows = {row.key: row for row in figures.rows}
    shapes += [
        _shape(rows[inset["province"]], inset["path"], query, bounds, is_isle=True)
        for inset in plan["insets"]
        if inset["province"] in rows
    ]
    frames = [svg.Frame(inset["label"], inset["box"]) for inset in plan["insets"]]
    return svg.choropleth(
        plan["viewBox"],
        shapes,
        frames,
        _("Map of the 34 provinces, with the archipelagos Hoàng Sa and Trường Sa"),
    )


def _provincial(figures: Figures, query: str, bounds: list[int]) -> SafeString:
    plan = maps.province_map(figures.place.code)
    isles = {inset["code"] for inset in plan["insets"]}
    shapes = [
        _shape(row, plan["communes"].get(row.key, ""), query, bounds, is_isle=row.key in isles)
        for row in figures.rows
    ]
    frames = [svg.Frame(inset["label"], inset["box"]) for inset in plan["insets"]]
    return svg.choropleth(
        plan["viewBox"],
        shapes,
        frames,
        _("Map of the communes of {place}").format(place=figures.place.full_name),
    )


def _shape(row: Row, path: str, query: str, bounds: list[int], *, is_isle: bool = False) -> svg.Shape:
    count = row.sums["sessions"]
    said = (
        ngettext("{count} session", "{count} sessions", count).format(count=numbers.number(count))
        if count
        else _("no session yet")
    )
    sure = confirmed.in_words(row.sums)
    return svg.Shape(
        path,
        f"{capfirst(row.name)}: {said}, {sure}" if sure else f"{capfirst(row.name)}: {said}",
        f"{board_address(row.key)}?{query}",
        svg.shade(count, bounds),
        is_isle,
    )


def _legend(bounds: list[int]) -> list[tuple[int, str]]:
    ranges = [(0, _("no session yet"))]
    for index, low in enumerate(bounds, start=1):
        high = bounds[index] - 1 if index < len(bounds) else None
        if high is None:
            text = _("{low} and more").format(low=numbers.number(low))
        else:
            text = numbers.number(low) if high == low else f"{numbers.number(low)} – {numbers.number(high)}"
        ranges.append((index, text))
    return ranges
