"""How a figure is put into words for the person it is asked of: counts, what comparable people show, and the days to look at."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

TITLES = {
    "hours": gettext_lazy("Days with more than 12 hours of recorded work"),
    "pace": gettext_lazy("Days on which many entries were saved within minutes of each other"),
    "night": gettext_lazy("Days recorded mostly between 22:00 and 5:00"),
    "closed": gettext_lazy("Work at the desk on days when the centre was shut"),
    "copies": gettext_lazy("Days on which most entries say exactly the same"),
    "lockstep": gettext_lazy("Days that repeat what somebody else recorded"),
    "device": gettext_lazy("Days on which somebody else recorded with the same phone"),
    "several": gettext_lazy("Days that differ in one way or another"),
    "counts": gettext_lazy("Counts far above what such work usually brings"),
    "heaping": gettext_lazy("Minutes that end in 0 or 5"),
    "smooth": gettext_lazy("Help that was finished with nothing in the way"),
    "closing": gettext_lazy("Entries on the last days of a month"),
    "confirmed": gettext_lazy("Citizens who were asked and did not confirm"),
}


@dataclass(frozen=True)
class Told:
    """One figure as the page shows it."""

    title: Any
    count: str
    beside: str
    days: list[date]


def told(evidence: list[dict[str, Any]]) -> list[Told]:
    """Put a snapshot into words; what a later version added and this one does not know is left out."""
    return [_told(one) for one in evidence if one["key"] in TITLES]


def _told(one: dict[str, Any]) -> Told:
    hits, units, by = one["hits"], one["units"], one["by"]
    count = _("{hits} of {units} days") if by == "day" else _("{hits} of {units} entries")
    usual = one["expected"]
    beside = (
        _("Of {peers} others in like places and posts, with as much work: about {usual}.")
        if usual >= 1
        else _("Of {peers} others in like places and posts, with as much work: hardly ever (less than 1).")
    )
    return Told(
        TITLES[one["key"]],
        count.format(hits=hits, units=units),
        beside.format(peers=one["peers"], usual=round(usual)),
        [date.fromisoformat(day) for day in one["days"]],
    )
