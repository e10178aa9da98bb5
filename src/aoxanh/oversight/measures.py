"""The columns of the daily rollup, named once: what is summed, and how each session is broken down."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from aoxanh.desk import vocabulary as words
from aoxanh.procedures.models import ProcedureGroup

# Sums of one team's day; every one may be added up over teams, places and days.
TOTALS = (
    "sessions",
    "minutes",
    "volunteers",
    "refusals",
    "files_digitise",
    "people_id_sync",
    "people_outreach",
    "people_class",
    "other_language",
    "old_age",
)


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One way in which every session is counted exactly once: by group, mode, outcome or obstacle."""

    key: str
    words: tuple[tuple[str, Any], ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(f"{self.key}_{word}" for word, _label in self.words)


BREAKDOWNS = (
    Breakdown("group", (*((item.value, item.label) for item in ProcedureGroup), ("vneid", _("VNeID help")))),
    Breakdown("mode", tuple((item.value, item.label) for item in words.Mode)),
    Breakdown("outcome", tuple((item.value, item.label) for item in words.Outcome)),
    Breakdown("obstacle", tuple((item.value, item.label) for item in words.Obstacle)),
)
# What others say of the sessions; read through `ledger`, never shown as they are.
LEDGER = (
    "asked",
    "said_qr",
    "said_button",
    "said_slip",
    "said_callback",
    "denied",
    "doubted",
    "checked",
    "checks_passed",
    "checks_failed",
    "returned",
    "team_days",
    "asked_squared",
    "credit_asked",
    "credit_squared",
)
COLUMNS = (*TOTALS, *(column for breakdown in BREAKDOWNS for column in breakdown.columns), *LEDGER)
