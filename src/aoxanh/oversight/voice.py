"""The citizens' voice: how many of those who were asked confirmed the help, where the ledger of confirmations is kept."""

import importlib
import importlib.util
from dataclasses import dataclass
from typing import Any

from aoxanh.oversight.periods import Period
from aoxanh.people.actors import Actor
from aoxanh.places.models import Place

_LEDGER = "aoxanh.oversight.ledger_queries"


@dataclass(frozen=True, slots=True)
class Voice:
    """What citizens and checks say of a place's sessions in a period; all are counts of sessions."""

    reported: int
    asked: int
    confirmed: int
    denied: int
    checked: int
    checks_passed: int

    @property
    def answered(self) -> int:
        return self.confirmed + self.denied


def keeps_ledger() -> bool:
    """Tell whether this installation keeps confirmations."""
    return importlib.util.find_spec(_LEDGER) is not None


def voice_of(place: Place, period: Period, by: Actor) -> Voice | None:
    """Return the voice of a place's citizens, or None where no ledger is kept: then nothing is judged by it."""
    if not keeps_ledger():
        return None
    ledger: Any = importlib.import_module(_LEDGER)
    told = ledger.shares(place=place, days=period, by=by)
    return Voice(
        reported=int(told.reported),
        asked=int(told.asked),
        confirmed=int(told.confirmed),
        denied=int(told.denied),
        checked=int(told.checked),
        checks_passed=int(told.checks_passed),
    )
