"""What is tried too often: counted over all processes, kept when the request is taken back, gone within hours, telling nobody."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, RequestFactory

from aoxanh.desk import attempts, codes
from aoxanh.desk.models import Attempts
from aoxanh.kernel import clock
from aoxanh.kernel.ids import uuid7
from aoxanh.web.feedback import public
from aoxanh.web.safety.limits import SharedLimit
from tests.cast import LAN_TEAM, account_id
from tests.conftest import Cast

Sql = Callable[..., list[tuple[Any, ...]]]


pytestmark = pytest.mark.usefixtures("nobody_tried_yet")


@pytest.fixture(autouse=True)
def within_one_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no hour of the clock end between two attempts."""
    moment = clock.now()
    monkeypatch.setattr(clock, "now", lambda: moment)


def guess(client: Client) -> int:
    told = {"code": "XYZ789", "channel": "slip", "answer": "done"}
    return client.post("/api/v1/codes/answers", told, content_type="application/json").status_code


def test_a_wrong_code_is_counted_for_all_processes_though_its_request_is_taken_back(
    cast: Cast, owner_sql: Sql, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codes, "MOST_WRONG", 3)
    ha = cast.client("ha")
    assert [guess(ha) for _ in range(3)] == [404, 404, 404]
    # Another connection sees it, as another process would, while this test's own transaction is still open.
    assert owner_sql("SELECT count FROM desk_attempts") == [(3,)]
    assert guess(ha) == 429
    page = ha.post("/codes/answers/", {"code": "XYZ789", "channel": "slip", "answer": "done"})
    assert page.status_code == 429, "the page shares its count with the API"
    assert owner_sql("SELECT count FROM desk_attempts") == [(3,)], "who has to wait is not counted on"


def test_what_one_process_counted_another_goes_on_with(cast: Cast) -> None:
    here, there = SharedLimit("x", most=3, seconds=3600), SharedLimit("x", most=3, seconds=3600)
    request = RequestFactory().get("/")
    assert [one.takes(request) for one in (here, there, here, there, here)] == [
        True,
        True,
        True,
        False,
        False,
    ]
    other = RequestFactory(REMOTE_ADDR="10.1.2.3").get("/")
    assert there.takes(other), "a neighbour is not kept waiting"
    assert SharedLimit("y", most=3, seconds=3600).takes(request)


def test_one_address_floods_a_team_with_feedback_only_so_far(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(public.TOLD, "most", 2)
    said = {"helped": "no", "treated": "fair", "waited": "long"}
    sent = [Client().post(f"/y/{LAN_TEAM}", said).status_code for _ in range(4)]
    assert sent == [302, 302, 429, 429]


def test_a_new_while_begins_anew_and_nothing_ties_it_to_the_one_before(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    who, first = str(account_id("ha")), clock.now()
    for _ in range(2):
        attempts.count_attempt("x", who, 3600)
    monkeypatch.setattr(clock, "now", lambda: first + timedelta(hours=1))
    assert attempts.attempts("x", who, 3600) == 0
    assert attempts.count_attempt("x", who, 3600) == 1
    keys = set(Attempts.objects.values_list("key", flat=True))
    assert len(keys) == 2
    assert not any(who[:8] in key for key in keys)


def test_counts_go_when_their_while_is_over(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    attempts.count_attempt("x", str(uuid7()), 3600)
    assert attempts.let_attempts_go() == 0
    later = clock.now() + timedelta(hours=attempts.KEPT_HOURS, seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert attempts.let_attempts_go() == 1


def test_the_counts_lie_in_no_log_and_reach_no_replica(owner_sql: Sql) -> None:
    assert owner_sql("SELECT relpersistence FROM pg_class WHERE relname = 'desk_attempts'") == [("u",)]
