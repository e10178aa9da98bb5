"""The key figures of a board, each a card with its definition, its value and a small curve."""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aoxanh.kernel import clock
from aoxanh.oversight.definitions import DEFINITIONS, Definition
from aoxanh.oversight.intervals import Share
from aoxanh.oversight.ledger_queries import first_time_right, passed_share
from aoxanh.oversight.queries import Figures
from aoxanh.web import numbers, svg
from aoxanh.web.boards import confirmed


@dataclass(frozen=True, slots=True)
class Card:
    """One key figure: its definition, value, the line below it, how that line is coloured, a small curve, and how sure it is."""

    definition: Definition
    value: str
    note: str = ""
    tone: str = ""
    curve: SafeString | str = ""
    sure: str = ""


def cards(figures: Figures) -> list[Card]:
    """Return the cards that every board begins with."""
    return [_sessions(figures), *_communes(figures), _volunteers(figures), _days_of_work(figures)]


def lesser_cards(figures: Figures) -> list[Card]:
    """Return the cards of work that is counted in files or people, where there was any, and of what was refused."""
    keys = ("files_digitise", "people_id_sync", "people_outreach", "people_class")
    counted = [key for key in keys if figures.sums[key]]
    shown = [
        Card(
            DEFINITIONS[key],
            numbers.number(figures.sums[key]),
            str(DEFINITIONS[key].unit),
            curve=_curve(figures, key),
        )
        for key in (*counted, "refusals")
    ]
    return [*_second_looks(figures), *shown]


def _second_looks(figures: Figures) -> list[Card]:
    """Return what checks found and what came back; nothing where nobody has looked, or it is too early to tell."""
    looks = passed_share(figures.sums)
    right = first_time_right(figures.due)
    found = []
    if looks.value is not None:
        note = ngettext("of {count} judged", "of {count} judged", round(looks.total))
        found.append(_share_card("checked", looks, note))
    if right.value is not None:
        note = ngettext("of {count} session old enough to tell", "of {count} sessions old enough to tell", round(right.total))  # fmt: skip
        found.append(_share_card("first_time_right", right, note))
    return found


def _share_card(key: str, share: Share, note: str) -> Card:
    value, sure = confirmed.apart(share)
    return Card(DEFINITIONS[key], value, note.format(count=numbers.number(round(share.total))), sure=sure)


def _sessions(figures: Figures) -> Card:
    count = figures.sums["sessions"]
    curve = _curve(figures, "sessions")
    sure = confirmed.in_words(figures.sums)
    return Card(
        DEFINITIONS["sessions"], numbers.number(count), _compared(figures), _tone(figures), curve, sure
    )


def _communes(figures: Figures) -> list[Card]:
    if not figures.communes:
        return []
    of_all = _("of {communes}").format(communes=numbers.number(figures.communes))
    note = f"{of_all} · {numbers.share(figures.active, figures.communes)}"
    return [Card(DEFINITIONS["communes_active"], numbers.number(figures.active), note)]


def _volunteers(figures: Figures) -> Card:
    head = figures.headcount
    teams = ngettext("in {teams} team", "in {teams} teams", head.teams).format(
        teams=numbers.number(head.teams)
    )
    return Card(DEFINITIONS["volunteers"], numbers.number(head.members), "" if figures.team else teams)


def _days_of_work(figures: Figures) -> Card:
    hours = _("{hours} hours of help").format(hours=numbers.number(figures.sums["minutes"] / 60))
    days = numbers.number(figures.sums["volunteers"])
    return Card(DEFINITIONS["volunteer_days"], days, hours, curve=_curve(figures, "volunteers"))


def _tone(figures: Figures) -> str:
    """Colour a rise or a fall, but not while a day that has just begun stands against a whole one."""
    percent = numbers.percent_change(
        figures.sums["sessions"], figures.before["sessions"] if figures.before else None
    )
    is_young = figures.period.last >= clock.today() and figures.period.days < 7
    if percent is None or abs(percent) < 0.05 or is_young:
        return ""
    return "up" if percent > 0 else "down"


def _compared(figures: Figures) -> str:
    before = figures.period.before
    if before is None or figures.before is None:
        return ""
    if not figures.before["sessions"]:
        nothing = _("none in the {days} days before") if before.days > 1 else _("none the day before")
        return nothing.format(days=before.days)
    if before.days == 1:
        return _("the whole day before: {count}").format(count=numbers.number(figures.before["sessions"]))
    words = numbers.change(figures.sums["sessions"], figures.before["sessions"])
    return _("{change} on the {days} days before").format(change=words, days=before.days)


def _curve(figures: Figures, column: str) -> SafeString:
    return svg.sparkline([sums[column] for _day, sums in figures.series])
