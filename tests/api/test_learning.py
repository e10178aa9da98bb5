"""The phone's door to learning, as each of the cast meets it."""

import json
from typing import Any

import msgspec
import pytest
from tests.conftest import Cast
from tests.training.sittings import answers_to

from aoxanh.kernel import clock
from aoxanh.training import handout
from aoxanh.training.models import Attempt, Certificate, Reading

BASE = "/api/v1/learning"
HOUR = 3_600_000


def ask(client: Any, **told: Any) -> Any:
    return client.post(BASE, json.dumps(told), content_type="application/json")


def standing(client: Any, code: str = "vneid") -> Any:
    return next(course for course in ask(client).json()["courses"] if course["code"] == code)


def an_attempt(client: Any, wrong: int = 0) -> dict[str, Any]:
    course = standing(client)
    slot = course["slots"][0]
    now = clock.milliseconds(clock.now())
    answers = answers_to(handout.bank_of("vneid"), slot["id"], wrong)
    return {
        "id": slot["id"], "course": "vneid", "number": slot["number"], "bank": course["bank"],
        "started_at": now - HOUR // 2, "handed_in_at": now - 1000, "answers": msgspec.to_builtins(answers),
    }  # fmt: skip


def test_a_phone_keeps_courses_takes_a_quiz_and_hears_the_result(cast: Cast) -> None:
    client = cast.client("lan")
    course = standing(client)
    assert [slot["number"] for slot in course["slots"]] == [1, 2, 3]
    document = client.get(f"{BASE}/courses/vneid").json()
    assert (document["version"], document["bank"]) == (course["version"], course["bank"])
    assert (len(document["modules"]), len(document["items"])) == (7, 42)
    Certificate.objects.all().delete()
    told = an_attempt(client)
    for status in ("accepted", "already"):
        reply = ask(client, attempts=[told]).json()
        assert reply["results"] == [{"id": told["id"], "status": status, "code": ""}]
        (attempt,) = reply["attempts"]
        assert (attempt["score"], attempt["passed"], attempt["again"]) == (10_000, True, [])
    assert [slot["number"] for slot in standing(client)["slots"]] == [2, 3]
    assert Certificate.objects.count() == 1


def test_a_request_of_anothers_phone_replayed_earns_nothing(cast: Cast) -> None:
    Certificate.objects.all().delete()
    told = an_attempt(cast.client("lan"))
    assert ask(cast.client("lan"), attempts=[told]).json()["results"][0]["status"] == "accepted"
    for name in ("minh", "binh", "ha", "an"):
        reply = ask(cast.client(name), attempts=[told]).json()
        assert reply["results"] == [{"id": told["id"], "status": "refused", "code": "no_number"}]
        assert reply["attempts"] == []
    assert ask(cast.client(None), attempts=[told]).status_code == 401
    assert Attempt.objects.count() == Certificate.objects.count() == 1


def test_reading_on_one_phone_goes_on_on_another(cast: Cast) -> None:
    now = clock.milliseconds(clock.now()) - HOUR
    read = {
        "course": "vneid",
        "module": "codes",
        "part": 4,
        "seen_at": now,
        "read_at": now,
        "version": "a" * 64,
    }
    ask(cast.client("lan"), reads=[read])
    assert ask(cast.client("lan"), reads=[read | {"part": 2, "read_at": None}]).json()["reads"] == [read]
    assert ask(cast.client("minh")).json()["reads"] == []


def test_who_is_no_volunteer_may_read_but_is_given_no_start_numbers(cast: Cast) -> None:
    reply = ask(cast.client("ha"), reads=[{"course": "vneid", "module": "codes", "seen_at": 10**12}]).json()
    assert {course["code"] for course in reply["courses"]} == {"conduct", "vneid", "services", "ai"}
    assert not any(course["slots"] for course in reply["courses"])
    assert not Reading.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "x"},
        {"number": 0},
        {"number": True},
        {"number": "1"},
        {"started_at": "1700000000000"},
        {"answers": {"a": {"holds": "yes"}}},
        {"answers": {"a": {"chosen": [True]}}},
        {"number": 10**9},
        {"bank": "x"},
        {"course": "../x"},
        {"started_at": 10**18},
        {"handed_in_at": "noon"},
        {"answers": []},
        {"answers": {"a": {"chosen": "1"}}},
        {"answers": {"a": {"chosen": [0] * 21}}},
        {"answers": {"a": {"number": 10**400}}},
        {"answers": {"a": [None, None]}},
        {"answers": {"a": "yes"}},
        {"answers": {f"a-{at}": {} for at in range(101)}},
    ],
    ids=str,
)
def test_attempts_that_are_none_are_told_so(cast: Cast, wrong: dict[str, Any]) -> None:
    client = cast.client("lan")
    assert ask(client, attempts=[an_attempt(client) | wrong]).status_code == 400
    assert not Attempt.objects.exists()


def test_too_much_at_once_is_refused(cast: Cast) -> None:
    client = cast.client("lan")
    assert ask(client, attempts=[an_attempt(client)] * 21).status_code == 400
    read = {"course": "vneid", "module": "codes", "seen_at": 10**12}
    assert ask(client, reads=[read] * 201).status_code == 400
