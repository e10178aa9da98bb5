"""How much of what was reported citizens and checkers bore out; asked of the ledger where this installation keeps one."""

import importlib
import importlib.util
from dataclasses import asdict
from typing import Any

from aoxanh.oversight.periods import Period
from aoxanh.people.actors import Actor
from aoxanh.places.models import Place

LEDGER = "aoxanh.oversight.ledger_queries"
COUNTS = ("reported", "asked", "confirmed", "denied", "checked", "checks_passed", "returned")
SHARES = ("confirmed_share", "passed_share", "first_time_right")


def confirmed_shares(place: Place, period: Period, actor: Actor) -> dict[str, Any] | None:
    """Return the counts of the ledger and its shares with their intervals; None where there is no ledger."""
    if importlib.util.find_spec(LEDGER) is None:
        return None
    ledger = importlib.import_module(LEDGER)
    told = ledger.shares(place=None if place.level == Place.Level.NATION else place, days=period, by=actor)
    counts = {name: getattr(told, name) for name in COUNTS}
    return counts | {name: _rounded(asdict(getattr(told, name))) for name in SHARES}


def _rounded(share: dict[str, Any]) -> dict[str, Any]:
    return {name: None if value is None else round(value, 6) for name, value in share.items()}
