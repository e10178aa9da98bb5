"""The panel holds what the rollup counted, by four weeks, and no further than the reader may see."""

from datetime import date, timedelta

import numpy as np
import pytest
from django.utils.translation import override

from aoxanh.initiatives.evidence.estimate import estimate
from aoxanh.initiatives.evidence.panel import NEVER, Indicator
from aoxanh.initiatives.indicators import MEASURES
from aoxanh.initiatives.panel import DAYS, Course, panel_for
from aoxanh.initiatives.wording import DOUBTS, GRADES, WHAT, doubts, sentence
from aoxanh.kernel.ids import uuid7
from aoxanh.kernel.scope import whole_nation
from aoxanh.people.actors import Actor
from aoxanh.people.models import Team
from tests.conftest import Cast
from tests.initiatives.campaigns import campaign
from tests.oversight.rows import work

LAST = date(2026, 6, 30)


@pytest.fixture
def home(cast: Cast) -> str:
    with whole_nation():
        return str(Team.objects.get(id=next(iter(cast.actor("lan").teams))).commune_id)


def read(measure: str, course: Course, by: Actor) -> "tuple[dict[str, int], np.ndarray, np.ndarray]":
    with whole_nation():
        panel = panel_for(MEASURES[measure], course, by)
    return {code: row for row, code in enumerate(panel.units)}, panel.numerator, panel.denominator


def test_teams_and_days_of_four_weeks_are_added_up(cast: Cast, home: str) -> None:
    course = Course({}, LAST, 2)
    work(home, LAST, uuid7(), 10, outcome_finished=4)
    work(home, LAST - timedelta(days=DAYS - 1), uuid7(), 6, outcome_finished=6)
    work(home, LAST - timedelta(days=DAYS), uuid7(), 5, outcome_finished=1)
    work(home, course.first - timedelta(days=1), uuid7(), 99)
    row, finished, sessions = read("finished", course, cast.actor("an"))
    assert finished[row[home]].tolist() == [1, 10]
    assert sessions[row[home]].tolist() == [5, 16]
    assert len(row) == 3321


def test_a_province_sees_its_own_communes_only_and_a_volunteer_none(cast: Cast, home: str) -> None:
    course = Course({}, LAST, 2)
    seen, _, _ = read("finished", course, cast.actor("duc"))
    everything, _, _ = read("finished", course, cast.actor("an"))
    assert 0 < len(seen) < 200
    assert set(seen) < set(everything)
    nothing, counts, _ = read("finished", course, cast.actor("binh"))
    assert nothing == {}
    assert counts.shape == (0, 2)


def test_adoptions_fall_into_their_period_and_those_to_come_are_none_yet(cast: Cast, home: str) -> None:
    first = Course({}, LAST, 3).first
    for day, period in [
        (first + timedelta(days=DAYS), 1),
        (first + timedelta(days=3 * DAYS - 1), 2),
        (first - timedelta(days=400), 0),
        (LAST + timedelta(days=1), NEVER),
    ]:
        with whole_nation():
            panel = panel_for(MEASURES["minutes"], Course({home: day}, LAST, 3, [home]), cast.actor("an"))
        row = panel.units.index(home)
        assert panel.adopted[row] == period
        assert panel.pilot[row]
        assert (panel.adopted != NEVER).sum() == (period != NEVER)


def test_more_periods_than_are_ever_read_are_refused(cast: Cast) -> None:
    with pytest.raises(ValueError, match="periods"):
        panel_for(MEASURES["finished"], Course({}, LAST, 40), cast.actor("an"))


def test_the_sentence_says_grade_interval_and_communes_in_both_languages() -> None:
    evidence = estimate(campaign(points=15, provinces=1, adopters=14), Indicator("finished"))
    assert evidence.effect is not None
    low, high = round(evidence.effect.low), round(evidence.effect.high)
    with override("en"):
        assert sentence(evidence) == (
            f"promising, not yet proven: +{low} to +{high} finished sessions per 100, 14 communes"
        )
        assert "seen in one province only" in doubts(evidence)
    with override("vi"):
        assert sentence(evidence) == (
            f"có triển vọng, chưa chứng minh: từ +{low} đến +{high} lượt xong ngay trên 100 lượt, 14 xã"
        )


def test_below_the_minimum_the_sentence_names_no_number_but_the_communes() -> None:
    evidence = estimate(campaign(adopters=3), Indicator("finished"))
    with override("en"):
        assert sentence(evidence) == "too little to say: 3 communes"


def test_every_grade_doubt_and_indicator_has_words() -> None:
    from aoxanh.initiatives.evidence.grade import Doubt, Grade

    assert set(GRADES) == set(Grade)
    assert set(DOUBTS) == set(Doubt)
    assert set(WHAT) == set(MEASURES)
