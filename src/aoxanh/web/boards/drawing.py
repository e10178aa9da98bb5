"""The map of a board: provinces of the nation or communes of a province, shaded by what the reader chose."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from aoxanh.oversight.queries import Figures, Row
from aoxanh.places import maps
from aoxanh.places.models import Place
from aoxanh.web import svg
from aoxanh.web.boards import confirmed
from aoxanh.web.boards.choice import Choice, board_address
from aoxanh.web.boards.mapped import SHADINGS, Shading

Shaped = Callable[..., svg.Shape]


@dataclass(frozen=True, slots=True)
class BoardMap:
    """A drawing, its legend as (shade, range of values), and the other ways to shade it as (name, address, whether it is this one)."""

    drawing: SafeString
    legend: list[tuple[int, str]]
    title: str
    note: str
    sure: str
    others: list[tuple[str, str, bool]]


def draw(figures: Figures, choice: Choice) -> BoardMap | None:
    """Draw the map of the nation or a province; smaller boards have none."""
    if figures.place.level == Place.Level.COMMUNE:
        return None
    shading = SHADINGS.get(choice.mapped, SHADINGS["sessions"])
    shade, legend = shading.shades(figures.rows)
    query = choice.query()

    def shaped(row: Row, path: str, *, is_isle: bool = False) -> svg.Shape:
        title = f"{capfirst(row.name)}: {shading.said(row)}"
        return svg.Shape(path, title, f"{board_address(row.key)}?{query}", shade(row), is_isle)

    others = [
        (str(each.name), f"?{choice.query(map=key)}", each is shading) for key, each in SHADINGS.items()
    ]
    if figures.place.level == Place.Level.NATION:
        drawing, note = _national(figures, shaped), ""
    else:
        drawing = _provincial(figures, shaped)
        note = _("Each area is the surroundings of a commune's centre, not its boundary.")
    sure = "" if shading.share else confirmed.of_all(figures.sums)
    return BoardMap(drawing, legend, _title(shading, figures.place), note, sure, others)


def _title(shading: Shading, place: Place) -> str:
    if place.level == Place.Level.NATION:
        return _("{figure} by province").format(figure=shading.name)
    return _("{figure} by commune").format(figure=shading.name)


def _national(figures: Figures, shaped: Shaped) -> SafeString:
    plan = maps.national_map()
    shapes = [shaped(row, plan["provinces"].get(row.key, "")) for row in figures.rows]
    rows = {row.key: row for row in figures.rows}
    shapes += [
        shaped(rows[inset["province"]], inset["path"], is_isle=True)
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


def _provincial(figures: Figures, shaped: Shaped) -> SafeString:
    plan = maps.province_map(figures.place.code)
    isles = {inset["code"] for inset in plan["insets"]}
    shapes = [
        shaped(row, plan["communes"].get(row.key, ""), is_isle=row.key in isles) for row in figures.rows
    ]
    frames = [svg.Frame(inset["label"], inset["box"]) for inset in plan["insets"]]
    return svg.choropleth(
        plan["viewBox"],
        shapes,
        frames,
        _("Map of the communes of {place}").format(place=figures.place.full_name),
    )
