"""Days beside the same days of earlier weeks: the week's rhythm is no rise, and the interval holds what it promises."""

from datetime import date, timedelta
from random import Random

import pytest

from aoxanh.kernel import clock
from aoxanh.kernel.scope import scope
from aoxanh.oversight import queries
from aoxanh.oversight.periods import CAMPAIGN_BEGAN, Period
from aoxanh.oversight.trend import usual
from aoxanh.people.errors import NotAllowed
from aoxanh.places.models import Place
from tests.cast import LAN_TEAM, LUNG_CU
from tests.conftest import Cast
from tests.oversight.rows import work

MONDAY = date(2026, 3, 9)
RHYTHM = (40, 30, 30, 30, 35, 2, 1)


def weeks(count: int, *, factor: float = 1.0) -> dict[date, int]:
    """Return so many weeks up to MONDAY's, each with the same rhythm, the last one times the factor."""
    days = (
        (MONDAY - timedelta(weeks=week) + timedelta(days=day), week, day)
        for week in range(count)
        for day in range(7)
    )
    return {on: round(RHYTHM[day] * (factor if week == 0 else 1)) for on, week, day in days}


@pytest.mark.parametrize("length", range(1, 8))
def test_an_ordinary_week_is_usual_on_each_of_its_days(length: int) -> None:
    for begin in range(7 - length + 1):
        first = MONDAY + timedelta(days=begin)
        found = usual(weeks(9), first, first + timedelta(days=length - 1), CAMPAIGN_BEGAN)
        assert found is not None
        assert (found.side, found.usual, found.weeks) == ("within", found.now, 8)


@pytest.mark.parametrize(("factor", "side"), [(1.5, "above"), (0.5, "below")])
def test_a_week_that_is_really_different_is_said_to_be(factor: float, side: str) -> None:
    found = usual(weeks(9, factor=factor), MONDAY, MONDAY + timedelta(days=6), CAMPAIGN_BEGAN)
    assert found is not None
    assert found.side == side


def test_ninety_five_of_a_hundred_weeks_lie_within() -> None:
    random = Random(11)
    inside = 0
    for _ in range(2000):
        counts = {day: max(0, round(random.gauss(10 * value, 20))) for day, value in weeks(9).items()}
        found = usual(counts, MONDAY, MONDAY + timedelta(days=6), CAMPAIGN_BEGAN)
        assert found is not None
        inside += found.side == "within"
    assert 0.935 <= inside / 2000 <= 0.965


def test_nothing_is_said_of_more_than_a_week_of_a_young_campaign_and_of_one_without_work() -> None:
    assert usual(weeks(9), MONDAY, MONDAY + timedelta(days=7), CAMPAIGN_BEGAN) is None
    assert usual(weeks(9), MONDAY, MONDAY, MONDAY - timedelta(weeks=3)) is None
    assert usual(weeks(9), MONDAY, MONDAY, MONDAY - timedelta(weeks=4)) is not None
    assert usual({}, MONDAY, MONDAY, CAMPAIGN_BEGAN) is None


def test_a_board_says_it_of_the_days_that_are_over(cast: Cast) -> None:
    today = clock.today()
    for week in range(9):
        work(LUNG_CU, today - timedelta(days=7 * week + 1), LAN_TEAM, 20)
    work(LUNG_CU, today, LAN_TEAM, 500)
    son, place = cast.actor("son"), Place.objects.get(code=LUNG_CU)
    with scope(son.scope):
        found = queries.usual_days(place, Period(today - timedelta(days=6), today), son)
        assert found is not None
        assert (found.now, found.usual, found.weeks) == (20, 20, 8)
        assert queries.usual_days(place, Period(today, today), son) is None
        assert queries.usual_days(place, Period(today - timedelta(days=40), today), son) is None
    page = cast.client("son").get(f"/board/{LUNG_CU}/").content.decode()
    assert "20 lượt trong những ngày đã qua, như thường lệ" in page
    lan = cast.actor("lan")
    with scope(lan.scope), pytest.raises(NotAllowed):
        queries.usual_days(place, Period(today, today), lan)
