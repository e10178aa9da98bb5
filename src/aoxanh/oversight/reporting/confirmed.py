"""How much of what was reported citizens and checkers bore out, as the ledger reckons it."""

from dataclasses import asdict
from typing import Any

from aoxanh.oversight import ledger_queries
from aoxanh.oversight.intervals import Share
from aoxanh.oversight.periods import Period
from aoxanh.people.actors import Actor
from aoxanh.places.models import Place

COUNTS = ("reported", "asked", "confirmed", "denied", "checked", "checks_passed", "returned")
SHARES = ("confirmed_share", "passed_share", "first_time_right")


def confirmed_shares(place: Place, period: Period, actor: Actor) -> dict[str, Any]:
    """Return the counts of the ledger and its shares with their intervals."""
    told = ledger_queries.shares(place=place, days=period, by=actor)
    counts = {name: getattr(told, name) for name in COUNTS}
    return counts | {name: as_plain(getattr(told, name)) for name in SHARES}


def as_plain(share: Share) -> dict[str, Any]:
    """Return a share as it is kept in a snapshot: to six places."""
    return {name: None if value is None else round(value, 6) for name, value in asdict(share).items()}
