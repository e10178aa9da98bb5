"""What waits in a place, as its board shows it: how much of each kind, since when, and where below."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from aoxanh.oversight.backlog import backlog
from aoxanh.oversight.queries import Figures
from aoxanh.people.actors import Actor
from aoxanh.web import numbers
from aoxanh.web.boards.choice import board_address

MOST_PLACES = 20
NAMES = {
    "handover": _("handed over, not settled by an official"),
    "complaint": _("complaints without an answer"),
    "difficulty": _("difficulties and proposals without an answer"),
    "task": _("tasks past their day"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """The sum with its oldest day, (count, what, since) of each kind, and (name, address, count and day) of places below."""

    title: str
    lines: list[tuple[str, str, str]]
    places: list[tuple[str, str, str]]


def shown(figures: Figures, query: str, actor: Actor) -> Shown | None:
    """Return what waits at a board's place; a team's board has none of its own."""
    if figures.team is not None:
        return None
    found = backlog(figures.place, actor)
    names = {row.key: row.name for row in figures.rows}
    return Shown(
        _title(found.count, numbers.day(found.oldest) if found.oldest else ""),
        [(numbers.number(one.count), str(NAMES[one.key]), numbers.day(one.oldest)) for one in found.kinds],
        [
            (
                capfirst(names[one.key]),
                f"{board_address(one.key)}?{query}",
                f"{numbers.number(one.count)} · {numbers.day(one.oldest)}",
            )
            for one in found.places[:MOST_PLACES]
            if one.key in names
        ],
    )


def _title(count: int, oldest: str) -> str:
    if not count:
        return str(_("Nothing waits."))
    text = ngettext("{count} waits, since {day}", "{count} wait, the oldest since {day}", count)
    return text.format(count=numbers.number(count), day=oldest)
