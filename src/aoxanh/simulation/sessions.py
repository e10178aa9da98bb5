"""Honest sessions of one block (a province's month): how many, whose, and what each says."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from aoxanh.simulation import words
from aoxanh.simulation.batch import DAY, HOUR, MINUTE, VIETNAM_OFFSET, Batch, Column
from aoxanh.simulation.catalogue import Catalogue
from aoxanh.simulation.demand import day_factors, days_between, is_closed
from aoxanh.simulation.land import Land
from aoxanh.simulation.plan import OUTLINE_DAYS, Plan
from aoxanh.simulation.roster import Roster, tongues
from aoxanh.simulation.words import cumulative, draw

EPOCH = date(1970, 1, 1)
A_DAYS_WORK = 6  # sessions for which one more member comes on duty
MOST_A_MEMBER = 9  # a team's mean never asks more of each member in a day
ACTIVE = 0.7  # share of a team that records at all
VNEID = words.ACTIVITIES.index("vneid")
PROCEDURE = words.ACTIVITIES.index("procedure")
DESK, HOME, MOBILE = (words.MODES.index(mode) for mode in ("desk", "home", "mobile"))
HANDED_OVER = words.OUTCOMES.index("handed_over")
FINISHED = words.OUTCOMES.index("finished")


@dataclass(frozen=True)
class Campaign:
    """Everything that is decided before the first session is drawn."""

    plan: Plan
    land: Land
    roster: Roster
    catalogue: Catalogue
    days: list[date]
    closed: NDArray[np.bool_]
    factors: NDArray[np.float64]
    pace: float

    def teams_in(self, province: str) -> NDArray[np.int64]:
        """Return the numbers of a province's teams."""
        here = np.array([code == province for code in self.land.provinces])
        return np.flatnonzero(here[self.roster.team_commune])

    def means(self, teams: Column, chosen: Column) -> NDArray[np.float64]:
        """Return the expected sessions of [team, day]; communes in outline have only recent days."""
        roster = self.roster
        pattern = roster.team_pattern[teams].astype(np.int64) * 7 + roster.team_market[teams]
        means: NDArray[np.float64] = (
            self.pace * roster.team_weight[teams][:, None] * self.factors[pattern][:, chosen]
        )
        outline = ~self.land.detailed[roster.team_commune[teams]]
        means[np.ix_(outline, chosen < len(self.days) - OUTLINE_DAYS)] = 0.0
        return means


def prepare(plan: Plan, land: Land, roster: Roster, catalogue: Catalogue) -> Campaign:
    """Return the campaign with the pace at which the wished number of sessions is to be expected."""
    days = days_between(plan.first, plan.until)
    closed = np.array([is_closed(day) for day in days])
    slow = Campaign(plan, land, roster, catalogue, days, closed, day_factors(days), 1.0)
    everyday = np.arange(len(days))
    parts = np.array_split(np.arange(len(roster.team_ids)), 100)
    expected = sum(float(slow.means(teams, everyday).sum()) for teams in parts)
    return replace(slow, pace=plan.sessions / expected)


def honest(campaign: Campaign, rng: np.random.Generator, province: str, month: date) -> Batch:
    """Return the sessions of a province in a month, without corrections."""
    chosen = np.array(
        [n for n, day in enumerate(campaign.days) if (day.year, day.month) == (month.year, month.month)]
    )
    teams = campaign.teams_in(province)
    size = campaign.roster.team_size[teams]
    means = np.minimum(campaign.means(teams, chosen), (size * MOST_A_MEMBER)[:, None])
    counts = rng.poisson(means)
    cell = np.repeat(np.arange(counts.size), counts.ravel())
    row, column = np.divmod(cell, len(chosen))
    team, day = teams[row], chosen[column]
    volunteer = _on_duty(campaign.roster, rng, team, day, means.ravel()[cell])
    first = (campaign.plan.first - EPOCH).days
    batch = describe(campaign, rng, province, team, volunteer, first + day)
    batch.captured = _moments(rng, batch)
    batch.received = _uploads(campaign, rng, teams, counts.shape, cell, batch)
    return batch


def _on_duty(roster: Roster, rng: np.random.Generator, team: Column, day: Column, mean: Column) -> Column:
    """Return who of the team recorded it: a few are on duty each day, in turns, and some more often than others."""
    active = np.ceil(roster.team_size[team] * ACTIVE)
    duty = np.clip(np.ceil(mean / A_DAYS_WORK), 1, active)
    turn = (day * 3 + team * 7 + np.floor(rng.random(len(team)) * duty)) % active
    volunteer: Column = roster.team_first[team] + (active * ((turn + 0.5) / active) ** 1.3).astype(np.int64)
    return volunteer


def describe(
    campaign: Campaign, rng: np.random.Generator, province: str, team: Column, volunteer: Column, day: Column
) -> Batch:
    """Return sessions with everything but the clocks drawn, as people in that province would tell them."""
    n, land = len(team), campaign.land
    commune = campaign.roster.team_commune[team]
    town = land.town[commune]
    activity = draw(rng, n, cumulative(words.ACTIVITY, words.ACTIVITIES))
    helped = (activity == PROCEDURE) | (activity == VNEID)
    procedure = _either(rng, town, campaign.catalogue.town, campaign.catalogue.country)
    procedure[activity != PROCEDURE] = -1
    language = _languages(campaign, rng, province, commune)
    obstacle = _either(
        rng, town, *(cumulative(w, words.OBSTACLES) for w in (words.OBSTACLE_TOWN, words.OBSTACLE_COUNTRY))
    )
    obstacle[~helped | ((obstacle == words.OBSTACLES.index("language")) & (language == 0))] = 0
    outcome = _outcomes(rng, obstacle)
    outcome[~helped] = FINISHED
    age = _either(rng, town, *(cumulative(w, words.AGES) for w in (words.AGE_TOWN, words.AGE_COUNTRY)))
    age[~helped] = 0
    typed = draw(rng, n, cumulative(words.TYPED, words.TYPED_BY))
    typed[~helped] = words.TYPED_BY.index("nobody")
    zeros = np.zeros(n, np.int8)
    return Batch(
        team=team, volunteer=volunteer, day=day, captured=np.zeros(n, np.int64), received=np.zeros(n, np.int64),
        root=np.arange(n), revision=zeros, withdrawn=np.zeros(n, bool), reason=zeros, activity=activity,
        procedure=procedure, mode=_modes(campaign, rng, town, activity, team, day), outcome=outcome, obstacle=obstacle,
        minutes=_minutes(rng, helped, obstacle, language, age), quantity=_quantities(rng, activity), language=language,
        age=age, typed=typed, steps=_steps(campaign.catalogue, rng, procedure, outcome),
        refused=np.where(helped & (rng.random(n) < words.REFUSAL_SHARE), draw(rng, n, cumulative(words.REFUSAL, words.REFUSED)), 0),
        handover=np.where(outcome == HANDED_OVER, draw(rng, n, cumulative(words.REASON, words.REASONS)), 0),
        code=np.where(helped & (rng.random(n) < words.CODE_SHARE), rng.integers(0, 1 << 30, n), -1),
        note=np.where(helped & (rng.random(n) < words.NOTE_SHARE), rng.integers(1, len(words.NOTES), n), 0),
        planted=np.full(n, -1, np.int32),
    )  # fmt: skip


def _either(rng: np.random.Generator, town: Column, in_town: Column, in_country: Column) -> Column:
    chance = rng.random(len(town))
    return np.where(
        town,
        np.searchsorted(in_town, chance, side="right"),
        np.searchsorted(in_country, chance, side="right"),
    ).astype(np.int16)


def _languages(campaign: Campaign, rng: np.random.Generator, province: str, commune: Column) -> Column:
    spoken = campaign.land.languages[campaign.land.provinces.index(province)]
    foreign = rng.random(len(commune)) < campaign.land.foreign_share[commune]
    if not spoken:
        return np.zeros(len(commune), np.int16)
    numbers = np.array([campaign.catalogue.languages.index(language) for language in spoken], np.int16)
    return np.where(foreign, numbers[draw(rng, len(commune), tongues(spoken))], 0).astype(np.int16)


def _outcomes(rng: np.random.Generator, obstacle: Column) -> Column:
    chance = rng.random(len(obstacle))
    table = np.array(
        [cumulative(words.OUTCOME_BY_OBSTACLE[word], words.OUTCOMES) for word in words.OBSTACLES]
    )
    outcome: Column = (chance[:, None] > table[obstacle]).sum(axis=1).astype(np.int8)
    return outcome


def _modes(
    campaign: Campaign, rng: np.random.Generator, town: Column, activity: Column, team: Column, day: Column
) -> Column:
    """Return where it took place: a mobile team is on the road, and a closed centre has no desk."""
    at_centre = _either(
        rng, town, *(cumulative(w, words.MODES) for w in (words.MODE_TOWN, words.MODE_COUNTRY))
    )
    on_road = draw(rng, len(team), cumulative(words.MODE_MOBILE, words.MODES))
    shut = draw(rng, len(team), cumulative(words.MODE_CLOSED, words.MODES))
    mode = np.where(campaign.roster.team_kind[team] == 1, on_road, at_centre)
    mode = np.where((activity == words.ACTIVITIES.index("digitise")), DESK, mode)
    mode = np.where(activity >= words.ACTIVITIES.index("outreach"), MOBILE, mode)
    closed = campaign.closed[day - (campaign.plan.first - EPOCH).days]
    return np.where(closed & (mode == DESK), shut, mode).astype(np.int8)


def _minutes(
    rng: np.random.Generator, helped: Column, obstacle: Column, language: Column, age: Column
) -> Column:
    n = len(helped)
    minutes = rng.lognormal(2.7, 0.5, n) * np.where(language > 0, 1.35, 1.0)
    minutes = minutes * np.where(age == words.AGES.index("old"), 1.2, 1.0) + np.where(obstacle > 0, 6, 0)
    minutes = np.where(helped, minutes, rng.integers(30, 180, n))
    rounded = np.where(rng.random(n) < 0.45, np.round(minutes / 5) * 5, np.round(minutes))
    return np.clip(rounded, 2, 240).astype(np.int16)


def _quantities(rng: np.random.Generator, activity: Column) -> Column:
    ranges = np.array([words.QUANTITIES.get(word, (1, 1)) for word in words.ACTIVITIES])[activity]
    return rng.integers(ranges[:, 0], ranges[:, 1] + 1).astype(np.int32)


def _steps(catalogue: Catalogue, rng: np.random.Generator, procedure: Column, outcome: Column) -> Column:
    total = np.where(procedure >= 0, catalogue.steps[procedure], 0)
    partly = np.ceil(total * (0.2 + 0.6 * rng.random(len(procedure))))
    return np.where(outcome == FINISHED, total, partly).astype(np.int8)


def midnight(day: Column) -> Column:
    """Return the first millisecond of Vietnam days."""
    return day.astype(np.int64) * DAY - VIETNAM_OFFSET


def _moments(rng: np.random.Generator, batch: Batch) -> Column:
    """Return when each was saved: office hours at the desk, early or after work on the road."""
    n = len(batch)
    chance, within = rng.random(n), (rng.random(n) + rng.random(n)) / 2
    saturday = (batch.day + 3) % 7 == 5
    desk = np.where((chance < 0.56) | saturday, 7.5 + 4 * within, 13.5 + 3.5 * within)
    road = np.select([chance < 0.5, chance < 0.8], [7 + 4.5 * within, 14 + 3.5 * within], 18 + 2.5 * within)
    on_road = (batch.mode == HOME) | (batch.mode == MOBILE)
    return midnight(batch.day) + (np.where(on_road, road, desk) * HOUR).astype(np.int64)


def _uploads(
    campaign: Campaign,
    rng: np.random.Generator,
    teams: Column,
    shape: tuple[int, ...],
    cell: Column,
    batch: Batch,
) -> Column:
    """Return when the server had each: at once with a signal; in the evening or days later after a day without one."""
    share = campaign.land.offline_share[campaign.roster.team_commune[teams]]
    offline = rng.random(shape) < share[:, None]
    evening = ((rng.geometric(0.5, shape).clip(1, 12) - 1) * 24 + 17.5 + 3.5 * rng.random(shape)) * HOUR
    n = len(batch)
    soon = batch.captured + rng.integers(2_000, 90_000, n)
    soon = np.where(rng.random(n) < 0.1, soon + rng.integers(0, 2 * HOUR, n), soon)
    late = (
        midnight(batch.day) + evening.ravel()[cell].astype(np.int64) + batch.volunteer * 7919 % (30 * MINUTE)
    )
    return np.where(offline.ravel()[cell], np.maximum(late, batch.captured + 3_000), soon)
