"""Reads of the ledger: how much of what was reported others have confirmed, for a place, its teams, its volunteers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Protocol
from uuid import UUID

from aoxanh.desk import ledger as desk
from aoxanh.desk.channels import TERMS, Channel
from aoxanh.kernel import clock, replica
from aoxanh.oversight import reading
from aoxanh.oversight.intervals import Share
from aoxanh.oversight.ledger import estimate
from aoxanh.oversight.ledger.counts import Counts
from aoxanh.oversight.measures import LEDGER
from aoxanh.oversight.periods import Period
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, require
from aoxanh.places import queries as places
from aoxanh.places.models import Place

_CONFIRMED_BY = ("asked", *(f"said_{channel}" for channel in Channel), "team_days", "asked_squared", "credit_asked", "credit_squared")  # fmt: skip
WEIGHTS: dict[str, int] = {channel.value: terms.weight for channel, terms in TERMS.items()}


class Days(Protocol):
    """Days from `first` to `last`, both included."""

    @property
    def first(self) -> date: ...
    @property
    def last(self) -> date: ...


@dataclass(frozen=True, slots=True)
class Shares:
    """What was reported of a unit, what others say of it, and the shares with their intervals (see `ledger.estimate`)."""

    reported: int
    asked: int
    confirmed: int
    denied: int
    doubted: int
    checked: int
    checks_passed: int
    returned: int
    confirmed_share: Share
    passed_share: Share
    first_time_right: Share

    @property
    def answered(self) -> int:
        """How many were confirmed or denied."""
        return self.confirmed + self.denied


def shares(*, place: Place | None, days: Days, by: Actor) -> Shares:
    """Return the shares of a place (None for the nation) between two days. Raises NotAllowed where the actor may not read its board."""
    place = place or places.nation()
    require(by, Permission.BOARD_READ, place)
    source = reading.added_up(place, None)
    period = Period(days.first, days.last)
    return replica.read(lambda: _shares(reading.sums(source, period), _due(source, period))).answer


def shares_by_team(*, place: Place, days: Days, by: Actor) -> dict[UUID, Shares]:
    """Return the shares of each team that reported in a commune or province. Raises NotAllowed like `shares`."""
    require(by, Permission.BOARD_READ, place)
    below = reading.teams_of(place)
    period = Period(days.first, days.last)

    def read() -> dict[UUID, Shares]:
        now = reading.sums_of_children(below, period)
        due = _due_by_child(below, period)
        return {UUID(team): _shares(sums, due.get(team, reading.NO_SUMS)) for team, sums in now.items()}

    return replica.read(read).answer


def shares_by_volunteer(*, place: Place | None, days: Days, by: Actor) -> dict[UUID, Shares]:
    """Return the shares of each volunteer who recorded work in a place, from the raw sessions.

    For jobs, and for pages of a single commune: it reads every session of the days. Raises NotAllowed where the actor may
    not read the sessions of the whole place.
    """
    place = place or places.nation()
    require(by, Permission.SESSION_READ, place)
    communes = None if place.level == Place.Level.NATION else tuple(places.communes_within([place.code]))
    found = desk.counts_by_volunteer(desk.Wanted(days.first, days.last, communes), _due_until())
    return {volunteer: _of_volunteer(counts) for volunteer, counts in found.items()}


def counts_of(sums: Mapping[str, int], due: Mapping[str, int] | None = None) -> Counts:
    """Return the ledger's counts out of the rollup's sums; `due` are the sums of the days that are old enough to tell of returns."""
    due = due or {}
    return Counts(
        reported=sums["sessions"],
        asked=sums["asked"],
        said={channel.value: sums[f"said_{channel}"] for channel in Channel},
        denied=sums["denied"],
        doubted=sums["doubted"],
        checked=sums["checked"],
        passed=sums["checks_passed"],
        failed=sums["checks_failed"],
        returned=sums["returned"],
        team_days=sums["team_days"],
        squares=(sums["asked_squared"], sums["credit_asked"], sums["credit_squared"]),
        due=due.get("asked", 0),
        due_returned=due.get("returned", 0),
    )


def confirmed_share(sums: Mapping[str, int]) -> Share:
    """Return the confirmed share out of the rollup's sums, for boards that have read them already."""
    return _confirmed_share(tuple(sums[column] for column in _CONFIRMED_BY))


@lru_cache(maxsize=8192)
def _confirmed_share(told: tuple[int, ...]) -> Share:
    """Reckon a share once: a board shows the same row in its table, on its map and again at the next poll."""
    sums = dict.fromkeys(("sessions", *LEDGER), 0) | dict(zip(_CONFIRMED_BY, told, strict=True))
    return estimate.confirmed_share(counts_of(sums), WEIGHTS)


def passed_share(sums: Mapping[str, int]) -> Share:
    """Return the share of second looks that found the work right, out of the rollup's sums."""
    return estimate.passed_share(counts_of(sums))


def first_time_right(due: Mapping[str, int]) -> Share:
    """Return the share that did not come back, out of the sums of days that are old enough to tell."""
    return estimate.first_time_right(counts_of(due, due))


def _shares(sums: Mapping[str, int], due: Mapping[str, int]) -> Shares:
    counts = counts_of(sums, due)
    return Shares(
        reported=counts.reported,
        asked=counts.asked,
        confirmed=counts.confirmed,
        denied=counts.denied,
        doubted=counts.doubted,
        checked=counts.checked,
        checks_passed=counts.passed,
        returned=counts.returned,
        confirmed_share=estimate.confirmed_share(counts, WEIGHTS),
        passed_share=estimate.passed_share(counts),
        first_time_right=estimate.first_time_right(counts),
    )


def _of_volunteer(counts: dict[bool, dict[str, int]]) -> Shares:
    parts = list(counts.values())
    added = {column: sum(part[column] for part in parts) for column in parts[0]}
    return _shares(added, counts.get(True, {}))


def _due_until() -> date:
    return clock.today() - timedelta(days=desk.RETURNED_WITHIN)


def _due(source: reading.Source, period: Period) -> Mapping[str, int]:
    last = min(period.last, _due_until())
    return reading.sums(source, Period(period.first, last)) if last >= period.first else {}


def _due_by_child(source: reading.Source, period: Period) -> dict[str, reading.Sums]:
    last = min(period.last, _due_until())
    return reading.sums_of_children(source, Period(period.first, last)) if last >= period.first else {}
