"""Saved views and own alerts: one's own alone, boards only, and a task when a figure passes its limit."""

import pytest

from aoxanh.kernel.scope import scope, whole_nation
from aoxanh.oversight import supervision_queries as queries
from aoxanh.oversight.actions.tasks import refresh_tasks
from aoxanh.oversight.models import AlertRule, SavedView
from aoxanh.oversight.supervision.board_figures import is_reached, value_of
from aoxanh.people.actors import system
from aoxanh.people.models import RoleAssignment
from tests.cast import LUNG_CU, account_id
from tests.conftest import Cast

ALERT = {
    "kind": "alert",
    "place": LUNG_CU,
    "figure": "sessions",
    "side": "below",
    "threshold": "5",
    "days": "7",
}


def rules_in(cast: Cast, name: str) -> list[str]:
    by = cast.actor(name)
    with scope(by.scope):
        return [row.rule for row in queries.inbox(by)]


def morning() -> None:
    with whole_nation():
        refresh_tasks(by=system("supervision"))


def test_a_view_keeps_the_choices_of_a_board_and_nothing_else_of_an_address(cast: Cast) -> None:
    son = cast.client("son")
    address = f"/board/{LUNG_CU}/?period=month&sort=sessions&x=<script>"
    assert son.post("/watching/save/", {"name": "Tháng này", "address": address}).status_code == 302
    assert SavedView.objects.get().address == f"/board/{LUNG_CU}/?period=month&sort=sessions&order=desc"
    assert "Tháng này" in son.get("/watching/").content.decode()
    assert "Tháng này" not in cast.client("ha").get("/watching/").content.decode()


@pytest.mark.parametrize(
    "address",
    ["", "https://x.vn/", "//x.vn/board/VN/", "/teams/", "javascript:alert(1)", "http://[", "/board/%ff/"],
)
def test_only_boards_of_this_site_are_kept(cast: Cast, address: str) -> None:
    answer = cast.client("son").post("/watching/save/", {"name": "x", "address": address})
    assert answer.status_code in (302, 400)
    assert [view.address for view in SavedView.objects.all() if not view.address.startswith("/board/")] == []


@pytest.mark.parametrize(
    "changes",
    [{"threshold": "nan"}, {"threshold": "-1"}, {"threshold": "9" * 30}, {"days": "0"}, {"days": "²"}, {"days": "93"}, {"figure": "x"}, {"side": "x"}],
    ids=["nan", "negative", "long", "no_days", "superscript", "many_days", "figure", "side"],
)  # fmt: skip
def test_an_alert_that_makes_no_sense_is_refused(cast: Cast, changes: dict[str, str]) -> None:
    assert cast.client("son").post("/watching/save/", ALERT | changes).status_code == 400
    assert not AlertRule.objects.exists()


def test_an_alert_becomes_a_task_of_its_owner_alone_and_goes_with_it(cast: Cast) -> None:
    son = cast.client("son")
    assert son.post("/watching/save/", ALERT).status_code == 302
    morning()
    assert rules_in(cast, "son") == ["own_alert"]
    assert [rules_in(cast, name) for name in ("minh", "ha", "duc", "an")] == [[]] * 4
    rule = AlertRule.objects.get()
    assert son.post(f"/watching/alerts/{rule.id}/drop/").status_code == 302
    assert rules_in(cast, "son") == []


def test_who_may_no_longer_read_the_board_is_told_nothing(cast: Cast) -> None:
    cast.client("son").post("/watching/save/", ALERT)
    RoleAssignment.objects.filter(account=account_id("son")).delete()
    morning()
    assert rules_in(cast, "son") == []


def test_a_share_of_nothing_is_neither_above_nor_below() -> None:
    assert value_of("finished_share", {"sessions": 0, "outcome_finished": 0}) is None
    assert value_of("finished_share", {"sessions": 4, "outcome_finished": 1}) == 25.0
    assert not is_reached(None, "below", 5)
    assert is_reached(4.0, "below", 5)
    assert not is_reached(5.0, "below", 5)
