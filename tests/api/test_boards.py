"""The boards' door: the same figures as the page, with their definitions, for the same readers."""

from datetime import date, timedelta

import pytest
from tests.cast import BA_DINH, BINH_TEAM, LAN_TEAM, LUNG_CU, TUYEN_QUANG
from tests.conftest import Cast
from tests.oversight.rows import work

from aoxanh.kernel import clock

BOARDS = "/api/v1/boards"


def test_a_board_gives_its_figures_and_what_each_counts(cast: Cast) -> None:
    work(LUNG_CU, clock.today(), LAN_TEAM, 9, outcome_finished=4, outcome_guided=5, files_digitise=30)
    board = cast.client("duc").get(f"{BOARDS}/{TUYEN_QUANG}").json()
    assert board["figures"]["totals"]["sessions"] == 9
    assert board["figures"]["totals"]["files_digitise"] == 30
    assert board["figures"]["outcome"]["guided"] == 5
    assert board["communes_active"] == 1
    assert {row["key"]: row["figures"]["totals"]["sessions"] for row in board["rows"]}[LUNG_CU] == 9
    assert len(board["days"]) == 7
    assert set(board["figures"]["totals"]) <= set(board["definitions"])
    assert set(board["figures"]) - {"totals"} <= set(board["definitions"])


def test_days_may_be_given_and_are_both_included(cast: Cast) -> None:
    work(LUNG_CU, date(2026, 3, 1), LAN_TEAM, 1)
    work(LUNG_CU, date(2026, 3, 3), LAN_TEAM, 2)
    work(LUNG_CU, date(2026, 3, 4), LAN_TEAM, 4)
    board = cast.client("an").get(f"{BOARDS}/VN?from=01/03/2026&to=2026-03-03").json()
    assert board["figures"]["totals"]["sessions"] == 3
    assert board["period"] == {"from": "2026-03-01", "to": "2026-03-03"}
    assert board["period_before"] == {"from": "2026-02-26", "to": "2026-02-28"}


def test_a_volunteer_has_the_board_of_the_own_team_only(cast: Cast) -> None:
    client = cast.client("lan")
    assert client.get(f"{BOARDS}/{LUNG_CU}?team={LAN_TEAM}").status_code == 200
    for address in (
        f"{LUNG_CU}",
        "VN",
        TUYEN_QUANG,
        f"{BA_DINH}?team={BINH_TEAM}",
        f"{LUNG_CU}?team={BINH_TEAM}",
        "99999",
    ):
        assert client.get(f"{BOARDS}/{address}").status_code == 404, address


@pytest.mark.parametrize("query", ["from=31/02/2026", "from=2026-03-02&to=2026-03-01", "from=2001-01-01"])
def test_days_that_cannot_be_are_refused_with_a_remedy(cast: Cast, query: str) -> None:
    response = cast.client("an").get(f"{BOARDS}/VN?{query}")
    assert response.status_code == 400
    assert response.json()["error"]["remedy"]


def test_nobody_reads_a_board_without_signing_in(cast: Cast) -> None:
    assert cast.client(None).get(f"{BOARDS}/VN").status_code == 401


def test_the_shares_of_a_place_and_its_teams_come_with_their_intervals(cast: Cast) -> None:
    told = {"asked": 8, "said_slip": 4, "checked": 2, "checks_passed": 2, "returned": 2, "team_days": 1}
    work(LUNG_CU, clock.today() - timedelta(days=40), LAN_TEAM, 9, **told)
    days = f"from={clock.today() - timedelta(days=45)}"
    found = cast.client("son").get(f"{BOARDS}/{LUNG_CU}/shares?{days}").json()
    figures = found["figures"]
    assert (figures["reported"], figures["asked"], figures["confirmed"], figures["returned"]) == (9, 8, 4, 2)
    assert figures["confirmed_share"]["share"] == 0.45
    assert figures["first_time_right"] == {
        "of": 8, "share": 0.75, "low": pytest.approx(0.409, abs=1e-3), "high": pytest.approx(0.929, abs=1e-3)
    }  # fmt: skip
    assert figures["passed_share"]["of"] == 2
    assert found["teams"] == [{"team": str(LAN_TEAM), "figures": figures}]
    assert cast.client("an").get(f"{BOARDS}/VN/shares?{days}").json()["figures"] == figures
    assert cast.client("minh").get(f"{BOARDS}/{LUNG_CU}/shares").status_code == 404


def test_each_day_of_a_board_carries_its_confirmed_share(cast: Cast) -> None:
    work(LUNG_CU, clock.today(), LAN_TEAM, 9, asked=8, said_slip=4, team_days=1)
    day = cast.client("an").get(f"{BOARDS}/VN").json()["days"][-1]
    assert (day["confirmed"]["asked"], day["confirmed"]["share"]) == (8, 0.45)
