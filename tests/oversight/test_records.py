"""A volunteer's own record: counted as it stands after corrections, from their own work, with its reasons."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aoxanh.desk.own_queries import tally_of
from aoxanh.desk.receive import receive_batch
from aoxanh.kernel import clock
from aoxanh.kernel.ids import uuid7
from aoxanh.kernel.scope import scope, whole_nation
from aoxanh.oversight.records import record_of
from aoxanh.people.models import Volunteer
from aoxanh.places.queries import place_by_code
from aoxanh.staffing.models import CheckIn, Shift
from aoxanh.training import actions
from aoxanh.training.actions import EventFacts
from aoxanh.training.attended_queries import attended_by
from aoxanh.training.models import TrainingEvent
from tests.cast import BA_DINH, LUNG_CU, volunteer_id
from tests.conftest import Cast
from tests.desk.record_examples import a_batch, a_record
from tests.staffing.duty import a_published_roster, people_a_team
from tests.training.sessions import SYSTEM, a_broadcast, a_check_in, point_of, screen_code, tell

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


def passed_on(cast: Cast, parent: TrainingEvent) -> TrainingEvent:
    """Minh, who was at `parent`, passes it on in Lũng Cú."""
    now, minh = clock.now(), cast.actor("minh")
    with whole_nation():
        facts = EventFacts(
            title="Truyền đạt lại ở Lũng Cú", kind=TrainingEvent.Kind.CASCADE, place=place_by_code(LUNG_CU),
            starts_at=now - timedelta(minutes=10), ends_at=now + timedelta(hours=1), parent=parent, taught_by=minh.volunteer_id,
        )  # fmt: skip
        event = actions.schedule_event(facts=facts, by=minh)
        actions.open_points(event=event, places_wanted=[LUNG_CU], name="Nhà văn hoá", by=SYSTEM)
        actions.announce_event(event=event, by=SYSTEM)
        return actions.open_check_in(event=event, by=SYSTEM)


def was_there(cast: Cast, name: str, event: TrainingEvent, commune: str = LUNG_CU) -> str:
    point = point_of(event, commune)
    (answer,) = tell(cast.actor(name), a_check_in(point, screen_code(point)))
    return answer.status


def test_the_record_tells_training_with_its_point_and_who_taught_it(cast: Cast) -> None:
    broadcast = a_broadcast()
    was_there(cast, "minh", broadcast)
    was_there(cast, "lan", passed_on(cast, broadcast))
    page = cast.client("lan").get("/record/").content.decode()
    assert "Truyền đạt lại ở Lũng Cú" in page
    assert "Nhà văn hoá" in page
    assert "Nguyễn Đức Minh" in page
    own = cast.client("lan").get("/api/v1/growth").json()["own"]
    (told,) = own["attended"]
    assert (told["teacher"], told["kind"], told["counts"]) == ("Nguyễn Đức Minh", "cascade", True)
    assert told["day"] == (clock.now() - timedelta(minutes=10)).astimezone(clock.VIETNAM).date().isoformat()


def test_training_far_from_home_is_told_and_what_waits_says_so(cast: Cast) -> None:
    away, doubtful = a_broadcast(), a_broadcast()
    assert was_there(cast, "lan", away, BA_DINH) == "accepted"
    (answer,) = tell(
        cast.actor("lan"), a_check_in(point_of(doubtful), noted_at=clock.now() - timedelta(minutes=5))
    )
    assert answer.status == "held"
    by = cast.actor("lan")
    with scope(by.scope):
        found = {one.event: one for one in record_of(Volunteer.objects.get(id=LAN), by).attended}
    assert (found[away.id].counts, found[doubtful.id].counts) == (True, False)
    assert "Hà Nội" in found[away.id].address
    leader = cast.actor("minh")
    with scope(leader.scope):
        seen = {one.event for one in record_of(Volunteer.objects.get(id=LAN), leader).attended}
    assert away.id not in seen, "a leader reads what lies in another province"


def test_what_was_told_of_one_session_twice_stands_once_and_what_does_not_count_is_left_out(
    cast: Cast,
) -> None:
    event = a_broadcast()
    assert was_there(cast, "lan", event) == "accepted"
    assert was_there(cast, "lan", event, BA_DINH) == "held"
    lan = Volunteer.objects.get(id=LAN)
    (one,) = attended_by(lan, is_own=True)
    assert one.counts
    with whole_nation(), connection.cursor() as cursor:
        cursor.execute("UPDATE training_attendance SET state = 'void' WHERE volunteer_id = %s", [LAN])
    assert attended_by(lan, is_own=True) == []


def test_ten_sessions_cost_no_more_statements_than_one(cast: Cast) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            attended_by(lan, is_own=True)
        return len(asked)

    lan = Volunteer.objects.get(id=LAN)
    was_there(cast, "lan", a_broadcast())
    first = cost()
    events: list[UUID] = []
    for _ in range(4):
        event = a_broadcast()
        was_there(cast, "lan", event)
        events.append(event.id)
    assert cost() == first
    assert len(attended_by(lan, is_own=True)) == 5


def test_a_record_leads_only_to_sessions_that_its_reader_may_know(cast: Cast) -> None:
    own = a_broadcast()
    was_there(cast, "lan", own)
    assert f"/events/{own.id}/" in cast.client("minh").get(f"/volunteers/{LAN}/record/").content.decode()
    with whole_nation():
        TrainingEvent.objects.filter(id=own.id).update(state=TrainingEvent.State.DRAFT)
    page = cast.client("minh").get(f"/volunteers/{LAN}/record/").content.decode()
    assert own.title in page
    assert f"/events/{own.id}/" not in page
