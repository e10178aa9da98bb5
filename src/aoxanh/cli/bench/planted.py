"""Work with made-up parts for bench anomaly: a campaign drawn in memory, and people whom neither detector nor simulation was written for."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from aoxanh.cli.bench.instance import places
from aoxanh.oversight.anomaly import Calendar, People, Work
from aoxanh.places.seed import rows
from aoxanh.procedures.seed import read_cards
from aoxanh.simulation import words
from aoxanh.simulation.actions import blocks
from aoxanh.simulation.batch import HOUR, MINUTE, Batch, Column
from aoxanh.simulation.catalogue import Catalogue
from aoxanh.simulation.fabricators import Fabricator, choose_fabricators
from aoxanh.simulation.land import NOBODY_LIVES_HERE, Land
from aoxanh.simulation.plan import STREAM_ROSTER, Plan, make_plan
from aoxanh.simulation.roster import make_roster
from aoxanh.simulation.sessions import DESK, EPOCH, FINISHED, PROCEDURE, VNEID, Campaign, midnight, prepare

DAYS, UNTIL = 60, date(2025, 10, 31)
SESSIONS = 4_200_000
STREAM_UNSEEN = 77
UNSEEN_SHARE, UNUSUAL_SHARE = 0.0004, 0.01
LEAST_OWN = 10
"""Only somebody with so many sessions can pad them by a fifth or be quick at them."""


@dataclass
class Played:
    """One campaign: the work, its people, and who they truly are. `kinds` names planted people, `unusual` honest ones, by number."""

    work: Work
    people: People
    calendar: Calendar
    kinds: dict[str, NDArray[np.int64]]
    unseen: dict[str, NDArray[np.int64]] = field(default_factory=dict)
    unusual: dict[str, NDArray[np.int64]] = field(default_factory=dict)


def play(seed: int, size: float) -> Played:
    """Draw a national campaign of 60 days, `size` of it, with the simulation's fabricators and those of this file."""
    plan = make_plan(
        scale="national",
        seed=seed,
        volunteers=max(2_000, int(240_000 * size)),
        sessions=max(35_000, int(SESSIONS * size)),
        days=DAYS,
        until=UNTIL,
    )
    land = _land(plan, size)
    campaign = prepare(plan, land, make_roster(plan, land), _catalogue(land))
    fabricators = choose_fabricators(campaign)
    drawn = Batch.joined(
        [batch for month in plan.months() for _, batch, _ in blocks(campaign, fabricators, month)]
    )
    batch = _standing(drawn)
    rng = plan.rng(STREAM_UNSEEN)
    batch, unseen, unusual = _with_others(campaign, rng, batch, {one.volunteer for one in fabricators})
    played = Played(
        work_of(campaign, batch),
        people_of(campaign),
        _calendar(campaign),
        _by_kind(fabricators, batch),
        unseen,
        unusual,
    )
    played.unusual |= _by_trait(campaign, batch)
    return played


def _standing(batch: Batch) -> Batch:
    """Return each piece of work as its last revision says, without what was taken back."""
    order = np.lexsort((batch.revision, batch.root))
    last = np.append(batch.root[order][1:] != batch.root[order][:-1], True)
    chosen = order[last]
    kept = batch.take(chosen[~batch.withdrawn[chosen]])
    return replace(kept, root=np.arange(len(kept)))


def work_of(campaign: Campaign, batch: Batch) -> Work:
    """Return what the product would read of these sessions."""
    helped = (batch.activity == PROCEDURE) | (batch.activity == VNEID)
    told = (
        batch.activity, batch.procedure, batch.mode, batch.outcome, batch.obstacle, batch.minutes, batch.quantity,
        batch.age, batch.language,
    )  # fmt: skip
    content = np.zeros(len(batch), np.int64)
    for column in told:
        content = content * 1_000_003 + column.astype(np.int64) + 2
    smooth = helped & (batch.outcome == FINISHED) & (batch.obstacle == 0)
    whole = {name: getattr(batch, name).astype(np.int64) for name in ("volunteer", "day", "mode", "minutes")}
    return Work(
        commune=campaign.roster.team_commune[batch.team].astype(np.int64), device=batch.volunteer.astype(np.int64), saved=batch.captured.astype(np.int64),
        kind=batch.activity.astype(np.int64), content=content, helped=helped, smooth=smooth,
        quantity=np.where(helped, 0, batch.quantity).astype(np.int64), **whole,
    )  # fmt: skip


def people_of(campaign: Campaign) -> People:
    """Return the kind of peers and the team of every volunteer."""
    roster, land = campaign.roster, campaign.land
    place = np.select([land.border | land.remote, land.town], [0, 1], 2)[roster.team_commune]
    team = np.repeat(np.arange(len(roster.team_ids)), roster.team_size)
    return People((place * 3 + roster.team_kind)[team].astype(np.int64), team.astype(np.int64))


def _calendar(campaign: Campaign) -> Calendar:
    numbered = [(day - EPOCH).days for day in campaign.days]
    shut = frozenset(
        number for number, closed in zip(numbered, campaign.closed.tolist(), strict=True) if closed
    )
    closing = frozenset(
        (day - EPOCH).days for day in campaign.days if (day + timedelta(days=2)).month != day.month
    )
    return Calendar(shut, closing)


def _by_kind(fabricators: list[Fabricator], batch: Batch) -> dict[str, NDArray[np.int64]]:
    """Name the simulation's fabricators of whom anything made up was uploaded."""
    present = set(np.unique(batch.planted[batch.planted >= 0]).tolist())
    found: dict[str, list[int]] = {}
    for number, one in enumerate(fabricators):
        if number in present:
            found.setdefault(one.kind, []).append(one.volunteer)
    return {kind: np.array(people, np.int64) for kind, people in found.items()}


def _by_trait(campaign: Campaign, batch: Batch) -> dict[str, NDArray[np.int64]]:
    """Name everybody with work by where they serve, and those of mobile teams, whose week has a market day."""
    land, roster = campaign.land, campaign.roster
    team = np.repeat(np.arange(len(roster.team_ids)), roster.team_size)
    here = np.zeros(roster.volunteers, bool)
    here[batch.volunteer] = True
    commune = roster.team_commune[team]
    few = np.bincount(batch.volunteer, minlength=roster.volunteers) < LEAST_OWN
    return {
        "border": np.flatnonzero(here & land.border[commune]),
        "border_few": np.flatnonzero(here & land.border[commune] & few),
        "market": np.flatnonzero(here & (roster.team_kind[team] == 1)),
    }


Change = Callable[[np.random.Generator, Batch], Batch]


def _padded(rng: np.random.Generator, own: Batch) -> Batch:
    """Add a fifth more sessions, each like a real one of another day, with clocks and minutes of its own."""
    extra = own.take(rng.choice(len(own), max(1, len(own) // 5)))
    extra.captured = extra.captured + rng.integers(-90, 90, len(extra)) * MINUTE
    extra.minutes = np.clip(extra.minutes + rng.integers(-4, 5, len(extra)), 2, 240).astype(np.int16)
    return Batch.joined([own, extra])


def _longer(_rng: np.random.Generator, own: Batch) -> Batch:
    """Say that everything took a fifth longer, rounded up to five minutes."""
    return replace(own, minutes=(np.ceil(own.minutes * 1.2 / 5) * 5).clip(5, 240).astype(np.int16))


def _mixed(rng: np.random.Generator, own: Batch) -> Batch:
    """Make six days up, each by another of three tricks in a smaller dose than the simulation's."""
    days = rng.permutation(np.unique(own.day))[:6]
    parts = [own]
    for number, day in enumerate(days.tolist()):
        extra = own.take(rng.choice(len(own), int(rng.integers(5, 11))))
        extra.day = np.full(len(extra), day, extra.day.dtype)
        hours = 22 + 2 * rng.random(len(extra)) if number % 3 == 0 else 8 + 8 * rng.random(len(extra))
        extra.captured = midnight(extra.day) + (hours * HOUR).astype(np.int64)
        if number % 3 == 1:
            first = extra.take(np.zeros(len(extra), np.int64))
            first.captured = extra.captured[0] + np.arange(len(extra)) * 40_000
            extra = first
        if number % 3 == 2:
            extra.minutes = rng.integers(40, 90, len(extra)).astype(np.int16)
        parts.append(extra)
    return Batch.joined(parts)


def _drip(rng: np.random.Generator, own: Batch) -> Batch:
    """Add two perfect sessions of ten minutes at the desk to every day of work."""
    days = np.repeat(np.unique(own.day), 2)
    extra = own.take(rng.choice(len(own), len(days)))
    extra.day = days.astype(extra.day.dtype)
    extra.captured = midnight(extra.day) + ((8 + 8 * rng.random(len(days))) * HOUR).astype(np.int64)
    extra.outcome, extra.obstacle = np.full(len(days), FINISHED, np.int8), np.zeros(len(days), np.int8)
    extra.minutes, extra.mode = np.full(len(days), 10, np.int16), np.full(len(days), DESK, np.int8)
    return Batch.joined([own, extra])


def _expert(rng: np.random.Generator, own: Batch) -> Batch:
    """Help twice as many people in half the time each, and finish more often."""
    minutes = np.maximum(2, own.minutes // 2).astype(np.int16)
    more = own.take(np.arange(len(own)))
    more.captured = more.captured + rng.integers(-60, 60, len(own)) * MINUTE
    both = Batch.joined([replace(own, minutes=minutes), replace(more, minutes=minutes)])
    better = (rng.random(len(both)) < 0.3) & (both.obstacle == 0)
    both.outcome = np.where(better, FINISHED, both.outcome).astype(np.int8)
    return both


def _offline_week(rng: np.random.Generator, own: Batch) -> Batch:
    """Send everything a week later, all at once."""
    late = own.captured.max() + 7 * 24 * HOUR
    return replace(own, received=late + rng.integers(0, MINUTE, len(own)))


UNSEEN: dict[str, Change] = {"padded_20": _padded, "longer_20": _longer, "mixed": _mixed, "drip": _drip}
UNUSUAL: dict[str, Change] = {"fast_expert": _expert, "week_offline": _offline_week}


def _with_others(
    campaign: Campaign, rng: np.random.Generator, batch: Batch, taken: set[int]
) -> tuple[Batch, dict[str, NDArray[np.int64]], dict[str, NDArray[np.int64]]]:
    """Change the work of some honest volunteers, by kind; nobody twice."""
    own = np.bincount(batch.volunteer, minlength=campaign.roster.volunteers)
    able = np.array([one for one in np.flatnonzero(own >= LEAST_OWN).tolist() if one not in taken])
    able = rng.permutation(able)
    order = np.argsort(batch.volunteer, kind="stable")
    first = np.concatenate([[0], np.cumsum(own)])
    named: dict[str, NDArray[np.int64]] = {}
    changed = np.zeros(len(batch), bool)
    parts: list[Batch] = []
    for table, share in ((UNSEEN, UNSEEN_SHARE), (UNUSUAL, UNUSUAL_SHARE)):
        for kind, change in table.items():
            count = max(5, int(share * len(able)))
            chosen, able = able[:count], able[count:]
            named[kind] = chosen
            for one in chosen.tolist():
                mine: Column = order[first[one] : first[one + 1]]
                changed[mine] = True
                parts.append(change(rng, batch.take(mine)))
    whole = Batch.joined([batch.take(~changed), *parts])
    return whole, {kind: named[kind] for kind in UNSEEN}, {kind: named[kind] for kind in UNUSUAL}


def _land(plan: Plan, size: float) -> Land:
    """Read the communes from the files that `aoxanh migrate` loads, so that no database is needed; a smaller nation has fewer."""
    everything = [place for place in places() if place.code not in NOBODY_LIVES_HERE]
    count = min(len(everything), max(40, round(len(everything) * size)))
    chosen = plan.rng(STREAM_UNSEEN, 1).permutation(len(everything))[:count].tolist()
    found = sorted((everything[index] for index in chosen), key=lambda place: place.code)
    names = {row["code"]: row["name"] for row in rows("communes.csv")}
    cities = {row["code"] for row in rows("provinces.csv") if row["kind"] == "thanh_pho"}
    border, remote, town = (
        np.array([getattr(place, name) for place in found]) for name in ("border", "remote", "town")
    )
    remote = remote | np.array([place.island for place in found])
    city = np.array([place.province in cities for place in found])
    weight = np.where(town, 1.6, 1.0) * np.where(city, 1.25, 1.0) * np.where(border | remote, 0.6, 1.0)
    return Land(
        [place.code for place in found], [names[place.code] for place in found], [place.province for place in found],
        town, border, remote, np.ones(len(found), bool),
        weight * plan.rng(STREAM_ROSTER).lognormal(0.0, 0.5, len(found)),
        [tuple(sorted(place.languages)) for place in found],
    )  # fmt: skip


def _catalogue(land: Land) -> Catalogue:
    """Read the cards from the files too."""
    cards = {card.code: card for card in read_cards()}
    codes = [code for code in words.PROCEDURES if code in cards]
    weights = np.array([words.PROCEDURES[code] for code in codes], dtype=np.float64)
    shares = np.cumsum(weights, axis=0) / weights.sum(axis=0)
    spoken = sorted({language for languages in land.languages for language in languages})
    steps = np.array([len(cards[code].steps) for code in codes], np.int16)
    return Catalogue(codes, [1] * len(codes), steps, shares[:, 0], shares[:, 1], ["vie", *spoken])
