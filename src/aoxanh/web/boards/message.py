"""The board as a message: a few lines of plain text that people send each other."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from aoxanh.oversight.definitions import DEFINITIONS
from aoxanh.oversight.measures import BREAKDOWNS
from aoxanh.oversight.queries import Figures
from aoxanh.web import numbers
from aoxanh.web.boards import words
from aoxanh.web.boards.cards import Card
from aoxanh.web.boards.charts import Bars
from aoxanh.web.boards.confirmed import in_words
from aoxanh.web.boards.markup import Line


def message_for(
    figures: Figures, shown: Iterable[Card], drawn: Mapping[str, Bars], lines: Sequence[Line]
) -> str:
    """Return the board in a few lines of plain text, as people send it to each other."""
    said = [f"{words.title(figures).upper()}, {words.span(figures)}"]
    said += [
        f"• {card.definition.name}: {card.value}{f', {card.sure}' if card.sure else ''}{f' ({card.note})' if card.note else ''}"
        for card in shown
    ]
    for item in BREAKDOWNS if figures.sums["sessions"] else ():
        parts = [f"{line.label} {line.value}" for line in drawn[item.key].lines]
        said.append(f"• {DEFINITIONS[item.key].name}: {'; '.join(parts)}")
    if figures.team is None and figures.sums["sessions"]:
        said += _best_and_idle(lines)
    if figures.as_of is not None:
        said.append(
            _("Figures of {moment}, recorded by volunteers and synced by then.").format(
                moment=numbers.moment(figures.as_of)
            )
        )
    return "\n".join(said)


def _best_and_idle(lines: Sequence[Line]) -> list[str]:
    """Return who has most sessions, and how many have none."""
    counted = [(line.name, line.row.sums["sessions"], in_words(line.row.sums)) for line in lines]
    best = sorted((item for item in counted if item[1]), key=lambda item: -item[1])[:5]
    idle = sum(1 for _name, sessions, _sure in counted if not sessions)
    named = "; ".join(f"{name} {numbers.number(sessions)}, {sure}" for name, sessions, sure in best)
    return [
        _("• Most sessions: {places}").format(places=named),
        _("• Without a session: {idle} of {all}").format(
            idle=numbers.number(idle), all=numbers.number(len(lines))
        ),
    ]
