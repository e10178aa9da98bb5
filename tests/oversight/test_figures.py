"""The figures of a board: who may read them, and that they add up."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from aoxanh.desk.models import DailyFigure
from aoxanh.kernel import clock
from aoxanh.kernel.scope import scope, whole_nation
from aoxanh.oversight.measures import BREAKDOWNS, COLUMNS
from aoxanh.oversight.models import ProvinceDay
from aoxanh.oversight.periods import Period, custom_period, named_period
from aoxanh.oversight.queries import BoardAddress, Figures, boards_of, figures, stamp
from aoxanh.oversight.rollup import rebuild_provinces
from aoxanh.people.errors import NotAllowed
from aoxanh.places.models import Place
from tests.cast import BA_DINH, BINH_TEAM, HA_NOI, LAN_TEAM, LUNG_CU, TUYEN_QUANG
from tests.conftest import Cast
from tests.oversight.rows import work

FIRST, LAST = date(2026, 3, 10), date(2026, 3, 12)
THREE_DAYS = custom_period(FIRST, LAST)


def board(cast: Cast, who: str, code: str, team: object = None, period: Period = THREE_DAYS) -> Figures:
    actor = cast.actor(who)
    with scope(actor.scope):
        return figures(Place.objects.get(code=code), period, actor, team_id=team)  # type: ignore[arg-type]


@pytest.fixture
def some_work(cast: Cast) -> None:
    work(LUNG_CU, FIRST, LAN_TEAM, 5, outcome_finished=3, outcome_handed_over=2)
    work(LUNG_CU, LAST, LAN_TEAM, 2, files_digitise=40)
    work(BA_DINH, LAST, BINH_TEAM, 7, obstacle_none=6, obstacle_otp=1)
    work(LUNG_CU, FIRST - timedelta(days=1), LAN_TEAM, 4)


@pytest.mark.usefixtures("some_work")
def test_the_nation_is_the_sum_of_its_provinces_and_a_province_of_its_communes(cast: Cast) -> None:
    nation, province, commune = (board(cast, "an", code) for code in ("VN", TUYEN_QUANG, LUNG_CU))
    team = board(cast, "an", LUNG_CU, LAN_TEAM)
    assert nation.sums["sessions"] == 14
    assert province.sums == commune.sums == team.sums
    assert commune.sums["sessions"] == 7
    assert commune.sums["files_digitise"] == 40
    assert {row.key: row.sums["sessions"] for row in nation.rows if row.sums["sessions"]} == {
        HA_NOI: 7,
        TUYEN_QUANG: 7,
    }


@pytest.mark.usefixtures("some_work")
def test_every_session_counts_once_in_each_breakdown(cast: Cast) -> None:
    sums = board(cast, "an", "VN").sums
    for breakdown in BREAKDOWNS:
        assert sum(sums[column] for column in breakdown.columns) == sums["sessions"]


def test_a_place_without_work_is_still_a_row(cast: Cast) -> None:
    nation, province = board(cast, "an", "VN"), board(cast, "an", TUYEN_QUANG)
    assert len(nation.rows) == 34
    assert nation.sums["sessions"] == 0
    assert nation.as_of is None
    assert {row.key for row in province.rows} == set(
        Place.objects.filter(parent=TUYEN_QUANG).values_list("code", flat=True)
    )


@pytest.mark.usefixtures("some_work")
def test_the_period_before_is_of_equal_length_and_ends_the_day_before(cast: Cast) -> None:
    assert board(cast, "an", LUNG_CU).before is not None
    assert board(cast, "an", LUNG_CU).before["sessions"] == 4  # type: ignore[index]
    assert board(cast, "an", "VN").before["sessions"] == 4  # type: ignore[index]


def test_nothing_is_compared_with_days_before_the_campaign(cast: Cast) -> None:
    assert board(cast, "an", "VN", period=named_period("all", clock.today())).before is None


@pytest.mark.usefixtures("some_work")
def test_communes_with_sessions_are_counted_once_however_many_days_they_worked(cast: Cast) -> None:
    nation = board(cast, "an", "VN")
    assert (nation.active, nation.communes) == (2, 3321)
    province = board(cast, "an", TUYEN_QUANG)
    assert (province.active, province.communes) == (1, len(province.rows))


def test_teams_and_members_are_counted_where_they_belong(cast: Cast) -> None:
    nation, commune = board(cast, "an", "VN"), board(cast, "an", LUNG_CU)
    assert (nation.headcount.teams, nation.headcount.members) == (2, 3)
    assert (commune.headcount.teams, commune.headcount.members) == (1, 2)
    assert board(cast, "lan", LUNG_CU, LAN_TEAM).headcount.members == 2


@pytest.mark.usefixtures("some_work")
def test_the_series_names_every_day_of_at_least_two_weeks(cast: Cast) -> None:
    series = board(cast, "an", "VN").series
    assert [day for day, _ in series] == [LAST - timedelta(days=13 - number) for number in range(14)]
    assert [sums["sessions"] for _, sums in series][-4:] == [4, 5, 0, 9]


@pytest.mark.parametrize(
    ("who", "code", "team"),
    [
        ("lan", LUNG_CU, None),
        ("lan", LUNG_CU, BINH_TEAM),
        ("lan", BA_DINH, BINH_TEAM),
        ("lan", TUYEN_QUANG, None),
        ("lan", "VN", None),
        ("minh", LUNG_CU, None),
        ("binh", LUNG_CU, LAN_TEAM),
        ("ha", TUYEN_QUANG, None),
        ("son", "VN", None),
        ("duc", "VN", None),
        ("duc", HA_NOI, None),
        ("duc", BA_DINH, BINH_TEAM),
        ("an", LUNG_CU, BINH_TEAM),
        ("an", LUNG_CU, uuid4()),
    ],
)
def test_a_board_beyond_ones_reach_is_refused(cast: Cast, who: str, code: str, team: object) -> None:
    with pytest.raises(NotAllowed):
        board(cast, who, code, team)
    actor = cast.actor(who)
    if team is None:
        with pytest.raises(NotAllowed):
            stamp(Place.objects.get(code=code), THREE_DAYS, actor)


def test_everybody_has_a_board_of_their_own_and_it_opens(cast: Cast) -> None:
    own = {
        who: boards_of(cast.actor(who)) for who in ("lan", "minh", "ha", "son", "duc", "an", "thu", "binh")
    }
    assert own["lan"] == own["minh"] == [BoardAddress(LUNG_CU, LAN_TEAM)]
    assert own["ha"] == own["son"] == [BoardAddress(LUNG_CU)]
    assert own["duc"] == [BoardAddress(TUYEN_QUANG)]
    assert own["an"] == own["thu"] == [BoardAddress("VN")]
    for who, boards in own.items():
        for address in boards:
            assert board(cast, who, address.place_code, address.team_id).rows is not None


@pytest.mark.usefixtures("some_work")
def test_the_stamp_moves_with_any_figure_and_rests_otherwise(cast: Cast) -> None:
    before = {code: board(cast, "an", code).stamp for code in ("VN", HA_NOI, TUYEN_QUANG, LUNG_CU)}
    assert {code: board(cast, "an", code).stamp for code in before} == before
    work(LUNG_CU, FIRST, uuid4(), 1)
    after = {code: board(cast, "an", code).stamp for code in before}
    assert {code for code in before if after[code] != before[code]} == {"VN", TUYEN_QUANG, LUNG_CU}


@pytest.mark.parametrize("code", ["VN", TUYEN_QUANG, LUNG_CU])
@pytest.mark.parametrize("back", [1, 3, 10])
def test_the_stamp_moves_with_late_work_of_the_days_a_board_compares_with_or_draws(
    cast: Cast, code: str, back: int
) -> None:
    work(LUNG_CU, FIRST, LAN_TEAM, 1)
    before = board(cast, "an", code).stamp
    work(LUNG_CU, FIRST - timedelta(days=back), LAN_TEAM, 2)
    seen = board(cast, "an", code)
    assert seen.stamp != before
    with whole_nation():
        assert seen.stamp == stamp(Place.objects.get(code=code), THREE_DAYS, cast.actor("an"))


@pytest.mark.usefixtures("some_work")
def test_the_stamp_moves_when_the_last_session_of_a_day_is_withdrawn(cast: Cast) -> None:
    before = board(cast, "an", "VN").stamp
    with whole_nation():
        DailyFigure.objects.filter(commune_code=BA_DINH).delete()
        rebuild_provinces()
    assert board(cast, "an", "VN").stamp != before
    assert board(cast, "an", "VN").sums["sessions"] == 7


def test_postgresql_itself_hides_other_provinces_days(cast: Cast) -> None:
    work(LUNG_CU, FIRST, LAN_TEAM, 1)
    work(BA_DINH, FIRST, BINH_TEAM, 1)
    with scope(cast.actor("duc").scope):
        assert set(ProvinceDay.objects.values_list("province_code", flat=True)) == {TUYEN_QUANG}
    with scope(cast.actor("lan").scope):
        assert not ProvinceDay.objects.exists()


def test_the_measures_name_every_figure_of_the_rollup() -> None:
    counted = {
        field.name
        for field in DailyFigure._meta.get_fields()
        if field.get_internal_type() in ("IntegerField", "BigIntegerField")
    }  # type: ignore[union-attr]
    assert set(COLUMNS) == counted
