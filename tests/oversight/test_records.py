"""A volunteer's own record: counted as it stands after corrections, from their own work, with its reasons."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest

from aoxanh.desk.own_queries import tally_of
from aoxanh.desk.receive import receive_batch
from aoxanh.kernel import clock
from aoxanh.kernel.ids import uuid7
from aoxanh.kernel.scope import scope, whole_nation
from aoxanh.oversight.records import record_of
from aoxanh.people.models import Volunteer
from aoxanh.staffing.models import CheckIn, Shift
from tests.cast import LUNG_CU, volunteer_id
from tests.conftest import Cast
from tests.desk.record_examples import a_batch, a_record
from tests.staffing.duty import a_published_roster, people_a_team

LAN = volunteer_id("lan")
DEVICES = {"lan": uuid7(), "minh": uuid7()}


def hand_in(cast: Cast, name: str, *records: dict[str, Any]) -> None:
    by = cast.actor(name)
    with scope(by.scope):
        receipt = receive_batch(body=a_batch(*records), device_id=DEVICES[name], by=by)
    assert [answer.status for answer in receipt.answers] == ["accepted"] * len(records)


def work(cast: Cast) -> list[dict[str, Any]]:
    """Lan helps five times and is stopped by the code four times; one is corrected by Minh, one withdrawn by herself."""
    mine = [a_record(seq=number, obstacle="otp", minutes=10) for number in range(1, 5)]
    mine.append(a_record(seq=5, obstacle="none", minutes=20))
    hand_in(cast, "lan", *mine)
    corrected = {"root": mine[0]["id"], "revision": 1, "reason": "ghi nhầm", "day": clock.today()}
    hand_in(cast, "minh", a_record(seq=1, obstacle="papers", minutes=10, **corrected))
    gone = {"root": mine[1]["id"], "revision": 1, "reason": "ghi hai lần", "withdrawn": True}
    hand_in(cast, "lan", a_record(seq=6, obstacle="otp", minutes=10, **gone))
    return mine


def test_work_counts_once_as_it_stands_after_corrections(cast: Cast) -> None:
    work(cast)
    today = clock.today()
    for name in ("lan", "minh"):
        by = cast.actor(name)
        with scope(by.scope):
            tally = tally_of(by, LAN, today - timedelta(days=90), today)
        assert tally.helps == 4
        assert tally.minutes == 50
        assert dict(tally.obstacles) == {"otp": 2, "papers": 1}


@pytest.mark.parametrize("name", ["binh", "minh"])
def test_nobody_finds_work_that_is_not_theirs_to_see(cast: Cast, name: str) -> None:
    work(cast)
    today = clock.today()
    by, of = cast.actor(name), {"binh": LAN, "minh": volunteer_id("minh")}[name]
    with scope(by.scope):
        assert tally_of(by, of, today - timedelta(days=90), today).helps == 0


def test_the_record_says_what_to_learn_next_and_why(cast: Cast) -> None:
    more = [a_record(seq=number, obstacle="otp") for number in range(1, 4)]
    hand_in(cast, "lan", *more, a_record(seq=4, obstacle="none"))
    by = cast.actor("lan")
    with scope(by.scope):
        record = record_of(Volunteer.objects.get(id=LAN), by)
    step = record.steps[0]
    assert (step.course.code, step.module.id) == ("vneid", "codes")
    assert (step.reasons[0].times, step.reasons[0].of) == (3, 4)


def test_hours_are_those_between_coming_and_going(cast: Cast) -> None:
    with whole_nation():
        people_a_team()
        roster = a_published_roster()
        shifts = list(Shift.objects.filter(roster=roster).order_by("day", "half")[:2])
        for shift, hours in zip(shifts, (3, None), strict=True):
            came = datetime.combine(clock.today(), time(7), clock.VIETNAM)
            CheckIn.objects.create(
                id=uuid7(), shift=shift, commune_id=LUNG_CU, volunteer_id=LAN, day=clock.today(),
                arrived_at=came, left_at=came + timedelta(hours=hours) if hours else None,
            )  # fmt: skip
    by = cast.actor("lan")
    with scope(by.scope):
        duty = record_of(Volunteer.objects.get(id=LAN), by).duty
    assert (duty.shifts, duty.hours, duty.unended) == (2, 3.0, 1)
