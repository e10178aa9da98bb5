"""What a board's map can be shaded by: counts in fifths of the areas, shares in fifths of the whole with their intervals."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from aoxanh.oversight.intervals import Share, share
from aoxanh.oversight.ledger_queries import confirmed_share
from aoxanh.oversight.queries import Row
from aoxanh.web import numbers, svg
from aoxanh.web.boards.confirmed import in_cell, in_words

# With fewer sessions a share says nothing.
LEAST = 30
_FIFTH = 20


@dataclass(frozen=True, slots=True)
class Shading:
    """One way to shade: its key in the address, its name, and the share of a row; None for the count of sessions."""

    key: str
    name: Any
    share: Callable[[Row], Share] | None = None

    def shades(self, rows: list[Row]) -> tuple[Callable[[Row], int], list[tuple[int, str]]]:
        """Return what gives a row its shade, and the legend."""
        if self.share is not None:
            fifths = [
                (number + 1, f"{_FIFTH * number}–{_FIFTH * (number + 1)}%") for number in range(svg.SHADES)
            ]
            return self._fifth, [(0, _("fewer than {least} sessions").format(least=LEAST)), *fifths]
        bounds = svg.shade_bounds(row.sums["sessions"] for row in rows)
        return lambda row: svg.shade(row.sums["sessions"], bounds), _legend(bounds)

    def said(self, row: Row) -> str:
        """Return a row's value in words."""
        count = row.sums["sessions"]
        if not count:
            return _("no session yet")
        if self.share is not None:
            told = self.share(row) if count >= LEAST else None
            return in_cell(told) if told else _("fewer than {least} sessions").format(least=LEAST)
        said = ngettext("{count} session", "{count} sessions", count).format(count=numbers.number(count))
        return f"{said}, {in_words(row.sums)}"

    def _fifth(self, row: Row) -> int:
        if self.share is None or row.sums["sessions"] < LEAST:
            return 0
        value = self.share(row).value
        return 0 if value is None else 1 + min(svg.SHADES - 1, int(100 * value) // _FIFTH)


def _of_sessions(count: Callable[[Row], int]) -> Callable[[Row], Share]:
    return lambda row: share(count(row), row.sums["sessions"])


SHADINGS = {
    shading.key: shading
    for shading in (
        Shading("sessions", lazy("Support sessions")),
        Shading("confirmed", lazy("Confirmed by citizens"), lambda row: confirmed_share(row.sums)),
        Shading("finished", lazy("Finished"), _of_sessions(lambda row: row.sums["outcome_finished"])),
        Shading(
            "handed_over", lazy("Handed over"), _of_sessions(lambda row: row.sums["outcome_handed_over"])
        ),
        Shading(
            "obstructed",
            lazy("With an obstacle"),
            _of_sessions(lambda row: row.sums["sessions"] - row.sums["obstacle_none"]),
        ),
    )
}


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
