"""The short storm of the ordinary suite: the same parts and rules as `make fuzz`, from a fixed seed."""

import logging
import os
import sys
from collections.abc import Iterator
from random import Random

import pytest
from pytest_django import DjangoDbBlocker

from aoxanh.kernel.logs import JsonLines, PlainLines
from tests.cast import FIRST_DAY, LAN_TEAM, LUNG_CU
from tests.desk.record_examples import a_batch, a_record
from tests.fuzz.campaign import SHORT, play
from tests.fuzz.thrower import Reply, Tally, Thrower
from tests.fuzz.validity import Surroundings, judge_body
from tests.fuzz.wire import failures_in
from tests.fuzz.words import Planted

SEED = int(os.environ.get("AOXANH_FUZZ_SEED", "20251"))
# What one part may take; Schemathesis would go on for as long as it is let.
SECONDS = 60


@pytest.fixture
def open_database(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let the storm connect to ground of its own; nothing of it is in the suite's database."""
    with django_db_blocker.unblock():
        yield


@pytest.mark.parametrize("part", ["sync", "pages", "operations"])
def test_nothing_breaks_in_a_short_storm(open_database: None, part: str) -> None:
    tally = play(part, SEED, SHORT, SECONDS)
    assert (tally.breaches, tally.told) == ({}, {})
    assert sum(tally.inputs.values()) >= 50
    assert {"2xx", "4xx"} <= tally.replies.keys()


@pytest.mark.parametrize(
    ("status", "body", "breach"),
    [
        (500, b"{}", "5xx"),
        (404, b"Traceback (most recent call last):", "stack_trace"),
        (200, b"<html>", "not_as_described"),
    ],
)
def test_the_rules_of_the_storm_do_find_what_breaks_them(status: int, body: bytes, breach: str) -> None:
    tally = Tally()
    Thrower(tally).hold("GET", "/api/v1/teams", Reply(status, {"Content-Type": "application/json"}, body), "")
    assert tally.breaches[breach] == 1


def test_each_place_keeps_its_own_story_however_often_another_breaks() -> None:
    tally = Tally()
    for number in range(100):
        tally.breach("5xx", "500 KeyError views.py:1", f"the {number}th")
    tally.breach("5xx", "500 ValueError views.py:9", "another")
    assert tally.breaches == {"5xx": 101}
    assert list(tally.told.values()) == ["the 0th", "another"]


@pytest.mark.parametrize("lines", [PlainLines(), JsonLines(), logging.Formatter()])
def test_a_failure_is_found_in_every_form_of_log(lines: logging.Formatter) -> None:
    try:
        {}["x"]
    except KeyError:
        failed = logging.makeLogRecord({"name": "django.request", "exc_info": sys.exc_info()})
    quiet = logging.makeLogRecord({"name": "aoxanh.access", "msg": "request", "levelname": "INFO"})
    assert failures_in(lines.format(failed))
    assert not failures_in(lines.format(quiet))


def around(planted: Planted) -> Surroundings:
    today = a_record()["day"]
    return Surroundings(
        LAN_TEAM, LUNG_CU, FIRST_DAY, FIRST_DAY.fromisoformat(today), frozenset({"1.001193"}), frozenset({"vie"}), planted
    )  # fmt: skip


def test_the_second_reading_tells_good_records_from_bad_ones() -> None:
    planted = Planted()
    mark = planted.plant(Random(1))
    records = [
        a_record(),
        a_record(minutes=601),
        a_record(note=mark),
        a_record(schema=2),
        a_record(team=7),
        a_record(day="0"),
    ]
    judged = judge_body(a_batch(*records), around(planted)).records
    assert judged is not None
    assert [one.verdict for one in judged] == ["valid", "invalid", "invalid", "newer", "invalid", "invalid"]
    assert judge_body(b"\xff", around(planted)).records is None


@pytest.mark.parametrize("text", ["gọi 0912 345 678 nhé", "(0912345678)", "+84912345678", "số 0912.345.678."])
def test_planted_numbers_are_found_however_they_stand(text: str) -> None:
    planted = Planted()
    planted.marks |= {"0912345678", "84912345678"}
    assert planted.found_in(text)
    assert not planted.found_in("1763900912345678")
