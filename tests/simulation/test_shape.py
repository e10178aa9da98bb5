"""The shape of a simulated campaign: when people come, what they speak, how late work arrives, who records how much."""

from datetime import date, timedelta

import numpy as np
import pytest

from aoxanh.kernel import clock
from aoxanh.simulation import words
from aoxanh.simulation.batch import DAY, Batch
from aoxanh.simulation.catalogue import Catalogue
from aoxanh.simulation.corrections import with_corrections
from aoxanh.simulation.land import Land
from aoxanh.simulation.plan import STREAM_BLOCK, Plan, make_plan, teams_for
from aoxanh.simulation.roster import make_roster
from aoxanh.simulation.sessions import EPOCH, Campaign, honest, midnight, prepare

# Three provinces of twenty communes: towns, the country, and the border.
TOWN, COUNTRY, BORDER = "01", "02", "03"
JULY, OCTOBER, NOVEMBER = date(2025, 7, 1), date(2025, 10, 1), date(2025, 11, 1)


def made_land() -> Land:
    place = np.repeat([0, 1, 2], 20)
    return Land(
        [f"{number:05d}" for number in range(60)],
        [f"Xã {number}" for number in range(60)],
        [(TOWN, COUNTRY, BORDER)[number] for number in place],
        place == 0,
        place == 2,
        np.zeros(60, bool),
        np.ones(60, bool),
        np.ones(60),
        [("mtq",) if number == 0 else ("hmn", "tyz") if number == 2 else () for number in place],
    )


def made_plan(seed: int = 1) -> Plan:
    return make_plan(
        scale="national", seed=seed, volunteers=6_000, sessions=200_000, until=date(2025, 12, 31)
    )


def made_campaign(seed: int = 1) -> Campaign:
    land, plan = made_land(), made_plan(seed)
    share = np.array([0.5, 1.0])
    catalogue = Catalogue(
        ["1.004222", "2.000815"],
        [1, 2],
        np.array([9, 5], np.int16),
        share,
        share,
        ["vie", "hmn", "mtq", "tyz"],
    )
    return prepare(plan, land, make_roster(plan, land), catalogue)


def block(campaign: Campaign, province: str, month: date) -> Batch:
    rng = campaign.plan.rng(STREAM_BLOCK, int(province), month.year * 12 + month.month)
    return honest(campaign, rng, province, month)


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return made_campaign()


@pytest.fixture(scope="module")
def october(campaign: Campaign) -> dict[str, Batch]:
    """October has no holiday and no season, so weekdays can be compared."""
    return {province: block(campaign, province, OCTOBER) for province in (TOWN, COUNTRY, BORDER)}


def per_day(batch: Batch, days: list[date]) -> float:
    wanted = [(day - EPOCH).days for day in days]
    return float(np.isin(batch.day, wanted).sum()) / len(days)


def october_days(weekday: int, upto: int = 25) -> list[date]:
    return [day for day in (OCTOBER + timedelta(n) for n in range(upto)) if day.weekday() == weekday]


def test_mondays_are_busier_than_wednesdays_and_sundays_nearly_empty(october: dict[str, Batch]) -> None:
    monday, wednesday, sunday = (per_day(october[TOWN], october_days(n)) for n in (0, 2, 6))
    assert 1.05 < monday / wednesday < 1.35
    assert sunday < 0.4 * wednesday


def test_the_end_of_a_month_is_busier(october: dict[str, Batch]) -> None:
    ends = [OCTOBER + timedelta(n) for n in range(25, 31)]
    weekdays = [day for day in ends if day.weekday() in (2, 3)]
    usual = october_days(2) + october_days(3)
    assert 1.15 < per_day(october[TOWN], weekdays) / per_day(october[TOWN], usual) < 1.5


def test_the_first_weeks_are_the_busiest(campaign: Campaign, october: dict[str, Batch]) -> None:
    assert 2.0 < len(block(campaign, TOWN, JULY)) / len(october[TOWN]) < 4.5


def test_a_city_has_more_work_than_the_border(october: dict[str, Batch]) -> None:
    land = made_land()
    assert land.foreign_share[0] == 0.01
    assert land.offline_share[-1] > land.offline_share[0]


def test_nearly_half_of_the_border_speaks_its_own_language_and_nobody_where_none_is_named(
    october: dict[str, Batch],
) -> None:
    assert 0.42 < (october[BORDER].language > 0).mean() < 0.48
    assert (october[TOWN].language > 0).mean() < 0.02
    assert not (october[COUNTRY].language > 0).any()
    spoken = october[BORDER].language[october[BORDER].language > 0]
    assert 1.2 < (spoken == 1).sum() / (spoken == 3).sum() < 1.9  # Mông 48 to Tày 32


def test_work_from_where_there_is_no_signal_comes_hours_and_days_late(october: dict[str, Batch]) -> None:
    late = {name: (batch.received - batch.captured) for name, batch in october.items()}
    assert 0.25 < (late[BORDER] > 3 * 3_600_000).mean() < 0.45
    assert (late[TOWN] > 3 * 3_600_000).mean() < 0.05
    assert late[BORDER].max() > 2 * DAY
    assert all(lateness.min() > 0 for lateness in late.values())


def test_everything_is_saved_on_its_own_day(october: dict[str, Batch]) -> None:
    for batch in october.values():
        start = midnight(batch.day)
        assert ((batch.captured >= start) & (batch.captured < start + DAY)).all()


def test_hardly_anybody_sits_at_the_desk_of_a_closed_centre(october: dict[str, Batch]) -> None:
    for batch in october.values():
        sunday = (batch.day + 3) % 7 == 6
        assert (batch.mode[sunday] == words.MODES.index("desk")).mean() < 0.08
        assert (batch.mode[~sunday] == words.MODES.index("desk")).mean() > 0.3


def test_an_honest_volunteer_has_a_possible_day(october: dict[str, Batch]) -> None:
    for batch in october.values():
        key = batch.volunteer.astype(np.int64) * 100_000 + batch.day
        minutes = np.bincount(np.unique(key, return_inverse=True)[1], batch.minutes)
        assert np.quantile(minutes, 0.99) < 8 * 60


def test_corrections_come_later_with_a_reason_and_stay_on_the_day(
    october: dict[str, Batch], campaign: Campaign
) -> None:
    first = october[TOWN]
    batch = with_corrections(np.random.default_rng(1), first, (NOVEMBER - EPOCH).days)
    later = batch.take(np.arange(len(first), len(batch)))
    root = batch.take(later.root)
    assert 0.01 < len(later) / len(first) < 0.025
    assert set(later.revision.tolist()) == {1, 2}
    assert (root.revision == 0).all()
    assert (later.day == root.day).all()
    assert (later.volunteer == root.volunteer).all()
    assert (later.captured > root.captured).all()
    assert (later.received > root.received).all()
    assert (later.captured < midnight(np.array([(NOVEMBER - EPOCH).days]))[0]).all()
    assert (later.reason > 0).all()
    assert 0.1 < later.withdrawn.mean() < 0.35


def test_about_as_many_sessions_are_made_as_were_wished(campaign: Campaign) -> None:
    made = sum(
        len(block(campaign, province, month))
        for province in (TOWN, COUNTRY, BORDER)
        for month in campaign.plan.months()
    )
    assert abs(made - campaign.plan.sessions) < 0.02 * campaign.plan.sessions


def test_another_seed_gives_another_campaign() -> None:
    one, other = (block(made_campaign(seed), TOWN, OCTOBER) for seed in (1, 2))
    assert len(one) != len(other)


def test_teams_follow_the_campaigns_own_reports() -> None:
    assert (teams_for(240_000), teams_for(480_000)) == (4_821, 25_410)
    roster = make_roster(make_plan(scale="national", seed=1, until=date(2025, 12, 31)), made_land())
    assert (len(roster.team_ids), roster.volunteers) == (4_821, 240_000)
    assert len(set(roster.volunteer_ids)) == 240_000


def test_a_day_that_is_over_is_cut_at_its_end_and_today_at_this_moment() -> None:
    over = make_plan(scale="commune", seed=1, until=date(2025, 12, 31))
    assert clock.milliseconds(over.cutoff) == midnight(np.array([(date(2026, 1, 1) - EPOCH).days]))[0]
    assert make_plan(scale="commune", seed=1).cutoff <= clock.now()
