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


def covered(line: Line) -> int:
    """Return the shade of a commune's coverage: 0 nobody wanted or nobody there, 5 all of it."""
    return svg.shade(line.covered_pct, BOUNDS) if line.wanted else 0


def draw(province: str, lines: list[Line], names: dict[str, str], href: Callable[[str], str]) -> SafeString:
    """Draw the communes of a province; each says its need and leads to its page."""
    plan = maps.province_map(province)
    isles = {inset["code"] for inset in plan["insets"]}
    shapes = [
        svg.Shape(
            plan["communes"].get(line.code, ""), _said(line, names.get(line.code, line.code)), href(line.code),
            covered(line), line.code in isles,
        )
        for line in lines
    ]  # fmt: skip
    frames = [svg.Frame(inset["label"], inset["box"]) for inset in plan["insets"]]
    return svg.choropleth(plan["viewBox"], shapes, frames, _("Map of how much of each commune's need is met"))


def legend() -> list[tuple[int, str]]:
    """Return (shade, range of per cent)."""
    ranges = [f"{low} – {high - 1} %" for low, high in pairwise(BOUNDS)]
    return [(0, _("nobody")), *enumerate(ranges, 1), (len(BOUNDS), "100 %")]


def _said(line: Line, name: str) -> str:
    return _("{name}: {filled} of {wanted}, {percent} % of the need").format(
        name=capfirst(name), filled=line.filled, wanted=line.wanted, percent=line.covered_pct
    )
