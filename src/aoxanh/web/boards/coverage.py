"""Who was not reached: the communes without a session, and how the days stand beside the same days of earlier weeks."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from aoxanh.oversight.queries import Figures
from aoxanh.oversight.trend import Usual
from aoxanh.places.models import Place
from aoxanh.web import numbers
from aoxanh.web.boards.choice import board_address


@dataclass(frozen=True, slots=True)
class Unreached:
    """How many communes had no session, of how many, and where: (name, address)."""

    title: str
    lines: list[tuple[str, str]]


def unreached(figures: Figures, query: str) -> Unreached | None:
    """Return the communes of a province without a session, or the provinces that have such; None for smaller boards."""
    missing = figures.communes - figures.active
    if figures.place.level == Place.Level.COMMUNE or not missing:
        return None
    facts = {"missing": numbers.number(missing), "all": numbers.number(figures.communes)}
    title = _("{missing} of {all} communes without a session").format(**facts)
    if figures.place.level == Place.Level.PROVINCE:
        lines = [(capfirst(row.name), row.key) for row in figures.rows if not row.sums["sessions"]]
    else:
        short = sorted(
            (row for row in figures.rows if row.active < row.communes), key=lambda row: row.sort_key
        )
        lines = [
            (
                f"{capfirst(row.name)}: {numbers.number(row.communes - row.active)}/{numbers.number(row.communes)}",
                row.key,
            )
            for row in short
        ]
    return Unreached(title, [(name, f"{board_address(key)}?{query}") for name, key in lines])


def in_words(found: Usual | None) -> str:
    """Return how the finished days of the period stand beside the same days of the week before; "" where nothing can be said."""
    if found is None:
        return ""
    sentences = {
        "above": _(
            "{now} sessions on the days that are over, more than is usual: on the same days of the {weeks} weeks before {usual} on average, 95 times in 100 between {low} and {high}."
        ),
        "below": _(
            "{now} sessions on the days that are over, fewer than is usual: on the same days of the {weeks} weeks before {usual} on average, 95 times in 100 between {low} and {high}."
        ),
        "within": _(
            "{now} sessions on the days that are over, as is usual: on the same days of the {weeks} weeks before {usual} on average, 95 times in 100 between {low} and {high}."
        ),
    }
    return sentences[found.side].format(
        now=numbers.number(found.now),
        weeks=found.weeks,
        usual=numbers.number(round(found.usual)),
        low=numbers.number(round(found.low)),
        high=numbers.number(round(found.high)),
    )
