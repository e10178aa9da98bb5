"""How much of what was reported citizens have confirmed, in the words and numbers of a board."""

from django.utils.translation import gettext as _

from aoxanh.oversight.intervals import Share
from aoxanh.oversight.ledger_queries import confirmed_share
from aoxanh.oversight.queries import Sums
from aoxanh.web import numbers


def in_words(sums: Sums) -> str:
    """Return the sentence that stands beside every count of sessions."""
    share = confirmed_share(sums)
    if share.value is None:
        return _("none asked for confirmation") if sums["sessions"] else ""
    return _("{share} confirmed by citizens ({low}–{high})").format(
        share=_percent(share.value), low=round(100 * share.low), high=_percent(share.high)
    )


def of_all(sums: Sums) -> str:
    """Return the sentence that stands under a drawing of counts: how much of all that it shows is confirmed."""
    words = in_words(sums)
    return _("Of all shown: {words}").format(words=words) if words else ""


def in_cell(share: Share) -> str:
    """Return the share and its interval as short as a table needs."""
    if share.value is None:
        return numbers.NOTHING
    return f"{_percent(share.value)} ({round(100 * share.low)}–{_percent(share.high)})"


def apart(share: Share) -> tuple[str, str]:
    """Return the share and its interval, each for a place of its own."""
    if share.value is None:
        return numbers.NOTHING, ""
    interval = _("between {low} and {high}").format(low=_percent(share.low), high=_percent(share.high))
    return _percent(share.value), interval


def titles() -> list[str]:
    """Return the headings of the columns in a file."""
    return [
        _("Asked for confirmation"),
        _("Confirmed by citizens (%)"),
        _("At least (%)"),
        _("At most (%)"),
    ]


def in_file(sums: Sums) -> list[str | int]:
    """Return the columns of a file; empty where nobody was asked."""
    share = confirmed_share(sums)
    if share.value is None:
        return [sums["asked"], "", "", ""]
    return [sums["asked"], *(f"{100 * part:.1f}" for part in (share.value, share.low, share.high))]


def _percent(part: float) -> str:
    return f"{round(100 * part)}%"
