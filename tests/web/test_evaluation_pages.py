"""Pages of indicators, targets and official totals: what is set and told shows, bad input is answered in words."""

from datetime import timedelta

import pytest

from aoxanh.kernel import clock
from aoxanh.kernel.scope import whole_nation
from aoxanh.oversight.models import OfficialTotal, Target
from tests.cast import LAN_TEAM, LUNG_CU
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
