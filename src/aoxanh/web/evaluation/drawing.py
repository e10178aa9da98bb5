"""The funnel plot of a cycle: each unit by how much it recorded and its share, within the limits of chance."""

from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from aoxanh.oversight.comparison.funnel import ACTION, WARNING, Funnel, share_funnel
from aoxanh.web import numbers

_WIDTH, _HEIGHT, _LEFT, _BOTTOM, _TOP, _STEPS = 640, 320, 52, 40, 14, 48


@dataclass(frozen=True, slots=True)
class Dot:
    """One unit: name, address, hits of total."""

    name: str
    href: str
    hits: int
    total: int


@dataclass(frozen=True, slots=True)
class FunnelPlot:
    """The drawing, the common share, and the units outside the limits with how far (1 or 2, signed)."""

    drawing: SafeString
    common: float
    dispersion: float
    outside: list[tuple[Dot, int]]


def funnel_plot(dots: list[Dot], label: str) -> FunnelPlot | None:
    """Draw a funnel of shares, or nothing when nobody has a count."""
    dots = [dot for dot in dots if dot.total > 0]
    if not dots:
        return None
    funnel = share_funnel([dot.hits for dot in dots], [dot.total for dot in dots])
    biggest = max(dot.total for dot in dots) * 1.05
    lines = "".join(
        _limit(funnel, level, biggest, name) for level, name in ((WARNING, "inner"), (ACTION, "outer"))
    )
    places = [(dot, funnel.position(dot.hits / dot.total, dot.total)) for dot in dots]
    marks = "".join(_dot(dot, place, biggest) for dot, place in places)
    middle = _y(funnel.target)
    drawing = SafeString(
        f'<svg class="funnel" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="group" aria-label="{escape(label)}">{_axes(biggest)}'
        f'<line class="common" x1="{_LEFT}" x2="{_WIDTH - 8}" y1="{middle:.1f}" y2="{middle:.1f}"/>{lines}{marks}</svg>'
    )
    return FunnelPlot(
        drawing, funnel.target, funnel.dispersion, [(dot, place) for dot, place in places if place]
    )


def _limit(funnel: Funnel, level: float, biggest: float, name: str) -> str:
    sizes = [1 + (biggest - 1) * (step / _STEPS) ** 2 for step in range(_STEPS + 1)]
    limits = [(size, funnel.limits(size, level)) for size in sizes]
    paths = [
        " ".join(f"{_x(size, biggest):.1f},{_y(value):.1f}" for size, value in side)
        for side in (
            [(size, limit.low) for size, limit in limits],
            [(size, limit.high) for size, limit in limits],
        )
    ]
    return "".join(f'<polyline class="{name}" points="{path}"/>' for path in paths)


def _dot(dot: Dot, place: int, biggest: float) -> str:
    share = numbers.number(round(100 * dot.hits / dot.total))
    title = _("{name}: {share} % of {total}").format(
        name=dot.name, share=share, total=numbers.number(dot.total)
    )
    return (
        f'<a href="{escape(dot.href)}" tabindex="-1"><circle class="far-{abs(place)}" cx="{_x(dot.total, biggest):.1f}"'
        f' cy="{_y(dot.hits / dot.total):.1f}" r="5"><title>{escape(title)}</title></circle></a>'
    )


def _axes(biggest: float) -> str:
    ticks = "".join(
        f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH - 8}" y1="{_y(part / 4):.1f}" y2="{_y(part / 4):.1f}"/>'
        f'<text class="end" x="{_LEFT - 8}" y="{_y(part / 4) + 5:.1f}">{25 * part} %</text>'
        for part in range(5)
    )
    middle = (_LEFT + _WIDTH) / 2
    words = escape(_("sessions recorded"))
    end = f'<text class="end" x="{_WIDTH - 8}" y="{_HEIGHT - _BOTTOM + 18}">{numbers.number(int(biggest))}</text>'
    return f'{ticks}{end}<text class="mid" x="{middle:.0f}" y="{_HEIGHT - 8}">{words}</text>'


def _x(size: float, biggest: float) -> float:
    return _LEFT + (_WIDTH - _LEFT - 8) * size / biggest


def _y(share: float) -> float:
    return float(_TOP + (_HEIGHT - _TOP - _BOTTOM) * (1 - share))
