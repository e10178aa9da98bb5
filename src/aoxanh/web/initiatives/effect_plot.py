"""The course of an effect as inline SVG: a point and an interval for each period, before and after adoption."""

from collections.abc import Sequence
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from aoxanh.initiatives.evidence.estimate import Point
from aoxanh.web import numbers

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 280, 48, 12, 14, 40


def effect_plot(course: Sequence[Point], label: str) -> SafeString:
    """Draw the course; nothing where there is none. Each point says its own value when pointed at, so no script is needed.

    Colours come from the style sheet: `effect-plot`, and in it `before`, `after`, `zero`, `start`.
    """
    if not course:
        return SafeString("")
    reach = max(1e-9, *(abs(edge) for point in course for edge in (point.effect.low, point.effect.high)))
    scale = _Scale(course[0].relative, course[-1].relative, reach)
    drawn = "".join(_point(point, scale) for point in course)
    start = scale.x(-0.5)
    before, after = _("before"), _("after adoption")
    return SafeString(
        f'<svg class="effect-plot" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(label)}">'
        f'<line class="zero" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{scale.y(0):.1f}" y2="{scale.y(0):.1f}"/>'
        f'<line class="start" x1="{start:.1f}" x2="{start:.1f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}"/>'
        f"{_heights(scale)}{drawn}"
        f'<text x="{start - 8:.1f}" y="{HEIGHT - 6}" text-anchor="end">{escape(before)}</text>'
        f'<text x="{start + 8:.1f}" y="{HEIGHT - 6}">{escape(after)}</text></svg>'
    )


class _Scale:
    def __init__(self, first: int, last: int, reach: float) -> None:
        self.first, self.reach = first, reach
        self.step = (WIDTH - LEFT - RIGHT) / (last - first + 1)

    def x(self, relative: float) -> float:
        return LEFT + self.step * (relative - self.first + 0.5)

    def y(self, value: float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (0.5 - value / (2 * self.reach))


def _heights(scale: _Scale) -> str:
    digits = 0 if scale.reach >= 6 else 1
    return "".join(
        f'<text x="{LEFT - 8}" y="{scale.y(value) + 4:.1f}" text-anchor="end">{numbers.number(value, digits)}</text>'
        for value in (-scale.reach * 0.9, 0.0, scale.reach * 0.9)
    )


def _point(point: Point, scale: _Scale) -> str:
    x, effect = scale.x(point.relative), point.effect
    said = _("period {period}: {value} ({low} to {high})").format(
        period=numbers.number(point.relative),
        value=numbers.number(effect.value, 1),
        low=numbers.number(effect.low, 1),
        high=numbers.number(effect.high, 1),
    )
    return (
        f'<g class="{"before" if point.relative < 0 else "after"}"><title>{escape(said)}</title>'
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{scale.y(effect.high):.1f}" y2="{scale.y(effect.low):.1f}"/>'
        f'<circle cx="{x:.1f}" cy="{scale.y(effect.value):.1f}" r="5"/>'
        f'<text x="{x:.1f}" y="{HEIGHT - 24}" text-anchor="middle">{numbers.number(point.relative)}</text></g>'
    )
