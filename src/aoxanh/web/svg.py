"""Charts drawn on the server as inline SVG: no script, no inline style, sized and coloured by the page's style sheet.

Numbers are formatted and every text is escaped where it is put in, with the standard library's own `escape`: a map holds
hundreds of each, and Django's costs ten times as much.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString

SHADES = 5


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart and what is said of it."""

    value: int
    title: str


@dataclass(frozen=True, slots=True)
class Shape:
    """One area of a map: its path, what is said of it, where it leads, and its shade, 0 for none.

    Isles are too small for an outline in the colour of the ground.
    """

    path: str
    title: str
    href: str
    shade: int
    is_isle: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """A box on a map in which far islands are drawn."""

    label: str
    box: Sequence[float]


def sparkline(values: Sequence[int]) -> SafeString:
    """Draw a small line without words, for a card that already says the number."""
    top = max(values, default=0) or 1
    step = 96 / max(1, len(values) - 1)
    points = " ".join(f"{index * step:.1f},{26 - 24 * value / top:.1f}" for index, value in enumerate(values))
    return SafeString(
        f'<svg class="spark" viewBox="0 0 96 28" preserveAspectRatio="none" aria-hidden="true"><polyline points="{points}"/></svg>'
    )


def columns(bars: Sequence[Bar], label: str) -> SafeString:
    """Draw upright bars that fill the width given to them; each says its own value when pointed at."""
    top = max((bar.value for bar in bars), default=0) or 1
    drawn = "".join(
        f'<g><rect class="hit" x="{index}" y="0" width="1" height="100"/><rect x="{index + 0.1:.1f}" y="{100 - height:.2f}"'
        f' width="0.8" height="{height:.2f}"/><title>{escape(bar.title)}</title></g>'
        for index, bar, height in _heights(bars, top)
    )
    return SafeString(
        f'<svg class="columns" viewBox="0 0 {max(1, len(bars))} 100" preserveAspectRatio="none" role="img"'
        f' aria-label="{escape(label)}">{drawn}</svg>'
    )


def _heights(bars: Sequence[Bar], top: int) -> Iterable[tuple[int, Bar, float]]:
    return ((index, bar, 100 * bar.value / top) for index, bar in enumerate(bars))


def meter(value: int, top: int) -> SafeString:
    """Draw one lying bar whose length is the value's share of the longest one."""
    width = 100 * value / top if top else 0
    return SafeString(
        f'<svg class="meter" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect width="{width:.1f}" height="10"/></svg>'
    )


def shade_bounds(values: Iterable[int]) -> list[int]:
    """Return the lowest value of each shade of a map: fifths of the areas that have any, in round numbers."""
    found = sorted(value for value in values if value > 0)
    distinct = sorted(set(found))
    if len(distinct) <= SHADES:
        return distinct
    fifths = {_rounded(found[len(found) * fifth // SHADES]) for fifth in range(1, SHADES)}
    return [1, *sorted(bound for bound in fifths if bound > found[0])]


def shade(value: int, bounds: Sequence[int]) -> int:
    """Return the shade of a value: 0 for nothing, then 1 up to the number of bounds."""
    return bisect_right(bounds, value)


def choropleth(view_box: str, shapes: Sequence[Shape], frames: Iterable[Frame], label: str) -> SafeString:
    """Draw a map whose areas are links. The table beside it is the way by keyboard, so the areas take no tab stop."""
    areas = "".join(
        f'<a href="{escape(item.href)}" tabindex="-1" class="shade-{item.shade}{" isle" if item.is_isle else ""}">'
        f'<path d="{escape(item.path)}"><title>{escape(item.title)}</title></path></a>'
        for item in shapes
    )
    boxes = "".join(map(_boxed, frames))
    return SafeString(
        f'<svg class="map" viewBox="{escape(view_box)}" role="group" aria-label="{escape(label)}">{areas}{boxes}</svg>'
    )


def _boxed(frame: Frame) -> str:
    x, y, width, height = (f"{side:g}" for side in frame.box)
    return (
        f'<rect class="frame" x="{x}" y="{y}" width="{width}" height="{height}" rx="6"/>'
        f'<text x="{x}" y="{y}" dx="8" dy="1.3em">{escape(frame.label)}</text>'
    )


def _rounded(value: int) -> int:
    """Round down to two leading digits, as legends are read."""
    scale: int = 10 ** max(0, len(str(value)) - 2)
    return value // scale * scale
