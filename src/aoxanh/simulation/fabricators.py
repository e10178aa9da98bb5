"""Volunteers who make work up, of several kinds: who they are is told by the truth file alone, never by the database."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aoxanh.simulation import words
from aoxanh.simulation.batch import HOUR, Batch, Column
from aoxanh.simulation.plan import STREAM_FABRICATORS
from aoxanh.simulation.sessions import DESK, EPOCH, FINISHED, Campaign, describe, midnight

# Of the volunteers of communes that are played in detail, unless that made up too much of the sessions.
SHARE, MOST_OF_SESSIONS, ROWS_EACH = 0.002, 0.03, 250
MIN_DAYS, MAX_DAYS = 6, 26
# Rows that one of them makes up in a day.
PER_DAY = {
    "burst_copies": (12, 26),
    "beyond_hours": (28, 46),
    "flawless_nights": (8, 19),
    "shared_rhythm": (10, 17),
    "closed_days": (4, 11),
    "inflated_counts": (1, 4),
}
KINDS = tuple(PER_DAY)
DIGITISE, OUTREACH = words.ACTIVITIES.index("digitise"), words.ACTIVITIES.index("outreach")
NOBODY = words.TYPED_BY.index("nobody")


@dataclass(frozen=True)
class Fabricator:
    """One planted volunteer; `days` count from 1970, `partner` is who shares their rhythm, or -1.

    Of a pair the one who `leads` comes first in the list, with the partner right behind.
    """

    volunteer: int
    team: int
    kind: str
    days: tuple[int, ...]
    partner: int = -1
    leads: bool = True


def choose_fabricators(campaign: Campaign) -> list[Fabricator]:
    """Choose who fabricates, how and on which days; each kind at least once, pairs always within one team."""
    rng, roster = campaign.plan.rng(STREAM_FABRICATORS), campaign.roster
    big = np.flatnonzero(campaign.land.detailed[roster.team_commune] & (roster.team_size >= 4))
    few = min(SHARE * int(roster.team_size[big].sum()), MOST_OF_SESSIONS * campaign.plan.sessions / ROWS_EACH)
    wanted = max(len(KINDS), round(few * len(KINDS) / (len(KINDS) + 1)))
    teams = rng.choice(
        big, wanted, replace=wanted > len(big), p=roster.team_size[big] / roster.team_size[big].sum()
    )
    taken: set[int] = set()
    chosen: list[Fabricator] = []
    for number, team in enumerate(teams.tolist()):
        kind = KINDS[number % len(KINDS)]
        need = 2 if kind == "shared_rhythm" else 1
        first, size = int(roster.team_first[team]), int(roster.team_size[team])
        free = [first + n for n in rng.permutation(size).tolist() if first + n not in taken][:need]
        days = _days(campaign, rng, kind)
        if len(free) < need or not days:
            continue
        taken.update(free)
        chosen += [Fabricator(free[0], team, kind, days, free[-1] if need == 2 else -1)]
        if need == 2:
            chosen.append(Fabricator(free[1], team, kind, days, free[0], leads=False))
    return chosen


def _days(campaign: Campaign, rng: np.random.Generator, kind: str) -> tuple[int, ...]:
    shut = campaign.closed.tolist()
    fitting = [
        day for day, closed in zip(campaign.days, shut, strict=True) if closed == (kind == "closed_days")
    ]
    count = min(len(fitting), int(rng.integers(MIN_DAYS, MAX_DAYS)))
    # A stretch of the campaign rather than days all over it: people begin, and are found or stop.
    start = int(rng.integers(0, max(1, len(fitting) - 3 * count)))
    stretch = fitting[start : start + 3 * count]
    days = rng.choice(len(stretch), min(count, len(stretch)), replace=False)
    return tuple(sorted((stretch[day] - EPOCH).days for day in days.tolist()))


def made_up(
    campaign: Campaign,
    rng: np.random.Generator,
    province: str,
    chosen: list[tuple[int, Fabricator]],
    between: tuple[int, int],
) -> Batch | None:
    """Return what the numbered fabricators of a province made up on days from `between[0]` up to, without, `between[1]`."""
    parts: list[Batch] = []
    for kind in KINDS:
        cells = [
            (number, person.team, person.volunteer, person.partner, day)
            for number, person in chosen
            if person.kind == kind and person.leads
            for day in person.days
            if between[0] <= day < between[1]
        ]
        if cells:
            parts.append(_of_kind(campaign, rng, province, kind, np.array(cells, np.int64)))
    return Batch.joined(parts) if parts else None


def _of_kind(
    campaign: Campaign, rng: np.random.Generator, province: str, kind: str, cells: NDArray[np.int64]
) -> Batch:
    """Return the rows of one kind; they read like anybody's but for what the kind does to them."""
    low, high = PER_DAY[kind]
    counts = rng.integers(low, high, len(cells))
    cell = np.repeat(np.arange(len(cells)), counts)
    first = (np.cumsum(counts) - counts)[cell]
    number, team, volunteer, partner, day = cells[cell].T
    batch = describe(campaign, rng, province, team, volunteer, day)
    batch.planted = number.astype(np.int32)
    _KIND[kind](rng, batch, first)
    batch.received = batch.captured + rng.integers(2_000, 90_000, len(batch))
    if kind == "shared_rhythm":
        return Batch.joined([batch, _shadow(rng, batch, partner)])
    return batch


def _at(rng: np.random.Generator, batch: Batch, begins: float, ends: float) -> Column:
    hours = begins + (ends - begins) * rng.random(len(batch))
    return midnight(batch.day) + (hours * HOUR).astype(np.int64)


def _copy_from(batch: Batch, first: Column) -> None:
    """Let every row say what the day's first row says, but for the clocks."""
    for name in ("activity", "procedure", "mode", "age", "typed", "steps", "language", "quantity"):
        setattr(batch, name, getattr(batch, name)[first])


def _finish_all(batch: Batch) -> None:
    batch.outcome = np.full(len(batch), FINISHED, np.int8)
    batch.handover = np.zeros(len(batch), np.int8)
    batch.obstacle = np.zeros(len(batch), np.int8)


def _burst_copies(rng: np.random.Generator, batch: Batch, first: Column) -> None:
    """Write copies of one session at round minutes, typed in one after the other."""
    _copy_from(batch, first)
    _finish_all(batch)
    rank = np.arange(len(batch)) - first
    start = _at(rng, batch, 8, 17)[first]
    batch.captured = start + rank * 35_000 + rng.integers(0, 25_000, len(batch))
    batch.minutes = rng.choice(np.array([10, 15, 20, 30], np.int16), len(batch))[first]
    batch.mode = np.full(len(batch), DESK, np.int8)


def _beyond_hours(rng: np.random.Generator, batch: Batch, first: Column) -> None:  # noqa: ARG001 - one shape for all kinds
    """Write far more work than a day has hours."""
    batch.captured = _at(rng, batch, 7, 18)
    batch.minutes = rng.integers(20, 50, len(batch)).astype(np.int16)


def _flawless_nights(rng: np.random.Generator, batch: Batch, first: Column) -> None:
    """Write everything finished, nothing in the way, in the small hours."""
    _finish_all(batch)
    late = rng.random(len(batch))[first] < 0.6
    batch.captured = np.where(late, _at(rng, batch, 22, 23.95), _at(rng, batch, 0.1, 4.5))


def _shared_rhythm(rng: np.random.Generator, batch: Batch, first: Column) -> None:  # noqa: ARG001 - one shape for all kinds
    """Write an ordinary day, which the partner's phone repeats."""
    batch.captured = _at(rng, batch, 7.6, 16.8)


def _shadow(rng: np.random.Generator, batch: Batch, partner: Column) -> Batch:
    """Return the same rows from the partner's phone, a little later each."""
    shadow = batch.take(np.arange(len(batch)))
    shadow.volunteer = partner
    shadow.planted = batch.planted + 1
    lag = 40_000 + (partner * 31 + batch.day * 17) % 80 * 1_000
    shadow.captured = batch.captured + lag + rng.integers(0, 1_500, len(batch))
    shadow.received = shadow.captured + rng.integers(2_000, 90_000, len(batch))
    shadow.code = np.full(len(batch), -1, np.int64)
    return shadow


def _closed_days(rng: np.random.Generator, batch: Batch, first: Column) -> None:  # noqa: ARG001 - one shape for all kinds
    """Write work at the desk of a centre that is shut."""
    batch.captured = _at(rng, batch, 7.6, 16.8)
    batch.mode = np.full(len(batch), DESK, np.int8)


def _inflated_counts(rng: np.random.Generator, batch: Batch, first: Column) -> None:  # noqa: ARG001 - one shape for all kinds
    """Write counted work in numbers that no team reaches."""
    n = len(batch)
    batch.captured = _at(rng, batch, 7.6, 16.8)
    _finish_all(batch)
    batch.activity = rng.choice(np.array([DIGITISE, OUTREACH], np.int16), n)
    batch.quantity = rng.integers(900, 9_000, n).astype(np.int32)
    batch.minutes = rng.integers(30, 150, n).astype(np.int16)
    batch.procedure, batch.code = np.full(n, -1, np.int16), np.full(n, -1, np.int64)
    batch.steps, batch.refused, batch.age = (np.zeros(n, np.int8) for _ in range(3))
    batch.typed = np.full(n, NOBODY, np.int8)


_KIND: dict[str, Callable[[np.random.Generator, Batch, Column], None]] = {
    "burst_copies": _burst_copies,
    "beyond_hours": _beyond_hours,
    "flawless_nights": _flawless_nights,
    "shared_rhythm": _shared_rhythm,
    "closed_days": _closed_days,
    "inflated_counts": _inflated_counts,
}
