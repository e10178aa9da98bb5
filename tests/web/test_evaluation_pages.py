"""Pages of indicators, targets and official totals: what is set and told shows, bad input is answered in words."""

from datetime import timedelta

import pytest

from aoxanh.kernel import clock
from aoxanh.kernel.scope import whole_nation
from aoxanh.oversight import ledger_queries
from aoxanh.oversight.intervals import share
from aoxanh.oversight.models import OfficialTotal, Target
from aoxanh.oversight.periods import Period
from aoxanh.places.queries import place_by_code
from aoxanh.web.boards.confirmed import in_cell
from tests.cast import BA_DINH, LAN_TEAM, LUNG_CU
from tests.conftest import Cast
from tests.oversight.rows import work


def test_a_target_is_set_changed_and_kept(cast: Cast) -> None:
    duc, day = cast.client("duc"), clock.today().isoformat()
    told = {"place": "08", "indicator": "finished_share", "place_type": "border", "first_day": day, "last_day": day, "reason": "xã xa"}  # fmt: skip
    for value in ("70", "72,5"):
        duc.post("/indicators/", {**told, "value": value})
    assert [str(row.value) for row in Target.objects.order_by("set_at")] == ["0.7000", "0.7250"]
    assert Target.objects.get(replaced_at=None).by_role == "province_coordinator"
    assert "72" in duc.get("/indicators/?place=08").content.decode()


@pytest.mark.parametrize(
    "value", ["", "x", "-1", "101", "NaN", "1e9999", "9" * 40], ids=["none", "word", "negative", "above", "nan", "big", "long"]
)  # fmt: skip
def test_a_target_that_cannot_be_is_refused_in_words(cast: Cast, value: str) -> None:
    day = clock.today().isoformat()
    told = {"place": "08", "indicator": "finished_share", "first_day": day, "last_day": day, "reason": "x"}
    answer = cast.client("duc").post("/indicators/", {**told, "value": value}, follow=True)
    assert answer.status_code == 200
    assert "notice error" in answer.content.decode()
    assert not Target.objects.exists()


def test_a_communes_own_figure_stands_beside_what_was_recorded_and_is_answered(cast: Cast) -> None:
    day = clock.today() - timedelta(days=1)
    work(LUNG_CU, day, LAN_TEAM, 40)
    son, days = cast.client("son"), {"first_day": day.isoformat(), "last_day": day.isoformat()}
    told = {"commune": LUNG_CU, "indicator": "assists", "count": "100", "source": "Sổ trực của xã", **days}
    son.post("/official-totals/", told)
    assert "chờ giải trình" in son.get("/official-totals/").content.decode()
    with whole_nation():
        total = OfficialTotal.objects.get()
    answer = {"commune": LUNG_CU, "do": "answer", "total": str(total.id), "reason": "channel", "answer": ""}
    son.post("/official-totals/", answer)
    shown = cast.client("duc").get("/official-totals/").content.decode()
    assert "chờ giải trình" not in shown
    assert "Sổ trực của xã" in shown
    assert "Sổ trực của xã" not in cast.client("an").get("/official-totals/?place=01").content.decode()


def test_a_province_tells_a_figure_of_its_commune_but_only_the_commune_answers_for_it(cast: Cast) -> None:
    day = clock.today() - timedelta(days=1)
    work(LUNG_CU, day, LAN_TEAM, 40)
    duc, days = cast.client("duc"), {"first_day": day.isoformat(), "last_day": day.isoformat()}
    told = {"commune": LUNG_CU, "indicator": "assists", "count": "100", "source": "Báo cáo tỉnh", **days}
    assert f'<option value="{LUNG_CU}">' in duc.get("/official-totals/").content.decode()
    assert duc.post("/official-totals/", told).status_code == 302
    assert duc.post("/official-totals/", {**told, "commune": BA_DINH}).status_code == 404
    shown = cast.client("son").get("/official-totals/").content.decode()
    assert "Báo cáo tỉnh · tỉnh gửi" in shown
    with whole_nation():
        total = OfficialTotal.objects.get()
    answer = {"commune": LUNG_CU, "do": "answer", "total": str(total.id), "reason": "channel", "answer": ""}
    assert duc.post("/official-totals/", answer).status_code == 404
    assert cast.client("son").post("/official-totals/", answer).status_code == 302


def test_right_the_first_time_stands_beside_an_official_figure_with_its_interval(cast: Cast) -> None:
    day = clock.today() - timedelta(days=40)
    work(LUNG_CU, day, LAN_TEAM, 80, asked=50, returned=5, team_days=1, asked_squared=2500)
    son, days = cast.client("son"), {"first_day": day.isoformat(), "last_day": day.isoformat()}
    told = {"commune": LUNG_CU, "indicator": "assists", "count": "80", "source": "Sổ", **days}
    son.post("/official-totals/", told)
    assert f"{in_cell(share(45, 50))} <span" in son.get("/official-totals/").content.decode()


def test_no_count_stands_without_the_share_that_citizens_confirmed(cast: Cast) -> None:
    day = clock.today().replace(day=1) - timedelta(days=1)
    said = {"asked": 50, "said_qr": 30, "checked": 8, "checks_passed": 6, "checks_failed": 2, "team_days": 1}
    work(LUNG_CU, day, LAN_TEAM, 80, **said, asked_squared=2500)
    with whole_nation():
        told = ledger_queries.shares(
            place=place_by_code(LUNG_CU), days=Period(day, day), by=cast.actor("son")
        )
    confirmed, passed = in_cell(told.confirmed_share), in_cell(told.passed_share)
    son = cast.client("son")
    indicators = son.get("/indicators/").content.decode()
    bounds = f"{round(100 * told.confirmed_share.low)}–{round(100 * told.confirmed_share.high)}%"
    # Shifts, sessions and dossiers were recorded; teams and volunteers stand in the roster.
    assert indicators.count(f"được người dân xác nhận ({bounds})") == 3
    days = {"first_day": day.isoformat(), "last_day": day.isoformat()}
    for key in ("assists", "vneid_helped"):
        son.post(
            "/official-totals/", {"commune": LUNG_CU, "indicator": key, "count": "80", "source": "Sổ", **days}
        )
    totals = son.get("/official-totals/").content.decode()
    for cell in (confirmed, passed):
        assert totals.count(cell) == 2
    assert "30 trên 50 lượt đã hỏi" in totals
