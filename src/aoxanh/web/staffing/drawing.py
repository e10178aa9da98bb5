"""The map of a province's plan, shaded by how much of each commune's need is met, or by what changes."""

from collections.abc import Callable
from itertools import pairwise

from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from aoxanh.places import maps
from aoxanh.staffing.comparing import Line
from aoxanh.web import svg

BOUNDS = (1, 40, 60, 80, 100)
BETTER, MUCH_BETTER, WORSE, MUCH_WORSE, MUCH = 3, 5, 6, 7, 3
"""Shades of the map of changes; so many people more or less are much."""
Said = Callable[[Line, str], str]


def draw(province: str, lines: list[Line], names: dict[str, str], href: Callable[[str], str]) -> SafeString:
    """Draw how much of each commune's need a plan meets; each commune leads to its page."""
    label = _("Map of how much of each commune's need is met")
    return _drawn(province, lines, names, (_covered, _said_covered, href), label)


def draw_changes(
    province: str, lines: list[Line], names: dict[str, str], href: Callable[[str], str]
) -> SafeString:
    """Draw where more or less of the need is met than before."""
    label = _("Map of where more or less of the need is met")
    return _drawn(province, lines, names, (_changed, _said_changed, href), label)


def legend() -> list[tuple[int, str]]:
    """Return (shade, range of per cent)."""
    ranges = [f"{low} – {high - 1} %" for low, high in pairwise(BOUNDS)]
    return [(0, _("nobody")), *enumerate(ranges, 1), (len(BOUNDS), "100 %")]


def legend_of_changes() -> list[tuple[int, str]]:
    """Return (shade, what it means)."""
    return [
        (MUCH_WORSE, _("{count} people fewer, or more than that").format(count=MUCH)),
        (WORSE, _("fewer people")),
        (0, _("no change")),
        (BETTER, _("more people")),
        (MUCH_BETTER, _("{count} people more, or more than that").format(count=MUCH)),
    ]


def _drawn(
    province: str,
    lines: list[Line],
    names: dict[str, str],
    ways: tuple[Callable[[Line], int], Said, Callable[[str], str]],
    label: str,
) -> SafeString:
    plan, (shade, said, href) = maps.province_map(province), ways
    isles = {inset["code"] for inset in plan["insets"]}
    shapes = [
        svg.Shape(
            plan["communes"].get(line.code, ""), said(line, capfirst(names.get(line.code, line.code))), href(line.code),
            shade(line), line.code in isles,
        )
        for line in lines
    ]  # fmt: skip
    frames = [svg.Frame(inset["label"], inset["box"]) for inset in plan["insets"]]
    return svg.choropleth(plan["viewBox"], shapes, frames, label)


def _covered(line: Line) -> int:
    return svg.shade(line.covered_pct, BOUNDS) if line.wanted else 0


def _said_covered(line: Line, name: str) -> str:
    return _("{name}: {filled} of {wanted}, {percent} % of the need").format(
        name=name, filled=line.filled, wanted=line.wanted, percent=line.covered_pct
    )


def _changed(line: Line) -> int:
    more = line.gained
    if more > 0:
        return MUCH_BETTER if more >= MUCH else BETTER
    return 0 if not more else MUCH_WORSE if more <= -MUCH else WORSE


def _said_changed(line: Line, name: str) -> str:
    return _("{name}: {before} people before, {filled} then, {wanted} wanted").format(
        name=name, before=line.present, filled=line.filled, wanted=line.wanted
    )
