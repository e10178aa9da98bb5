"""The figures of a board on which somebody may set an alert; shares in percent of the sessions. Pure."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

# Figure: name, the column that is counted, and whether it is a share of the sessions.
FIGURES: dict[str, tuple[Any, str, bool]] = {
    "sessions": (_("Support sessions"), "sessions", False),
    "volunteer_days": (_("Volunteer days"), "volunteers", False),
    "finished_share": (_("Finished (% of sessions)"), "outcome_finished", True),
    "handed_over_share": (_("Handed over (% of sessions)"), "outcome_handed_over", True),
    "refusals": (_("Requests rightly refused"), "refusals", False),
}


def value_of(figure: str, sums: Mapping[str, int]) -> float | None:
    """Return a figure from a board's sums; None for an unknown figure and for a share of nothing."""
    if figure not in FIGURES:
        return None
    _name, column, is_share = FIGURES[figure]
    if not is_share:
        return float(sums[column])
    return 100.0 * sums[column] / sums["sessions"] if sums["sessions"] else None


def is_reached(value: float | None, side: str, threshold: float) -> bool:
    """Tell whether a figure lies beyond a limit; what cannot be known lies nowhere."""
    return value is not None and (value > threshold if side == "above" else value < threshold)
