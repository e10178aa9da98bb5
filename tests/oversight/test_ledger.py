"""The ledger: what others say of reported sessions, counted, weighted, and read by place, team and volunteer."""

from datetime import timedelta
from typing import Any

import pytest

from aoxanh.desk.actions import receive_batch
from aoxanh.desk.channels import TERMS, Channel
from aoxanh.desk.models import CaseReturned, Confirmation, WorkCheck
from aoxanh.desk.receive import mark_dirty
from aoxanh.desk.rollup import recompute_dirty_days
from aoxanh.kernel import clock
from aoxanh.kernel.ids import uuid7
from aoxanh.kernel.scope import scope, whole_nation
from aoxanh.oversight import ledger_queries
from aoxanh.oversight.ledger_queries import Shares
from aoxanh.oversight.periods import Period
from aoxanh.people.errors import NotAllowed
from aoxanh.places import queries as places
from tests.cast import LAN_TEAM, LUNG_CU, TUYEN_QUANG, volunteer_id
from tests.conftest import Cast
from tests.desk.record_examples import a_batch, a_record

CODE = "ABC234"


def hand_in(cast: Cast, count: int, **changes: Any) -> list[dict[str, Any]]:
    records = [a_record(seq=number + 1, return_code=CODE, **changes) for number in range(count)]
    receipt = receive_batch(body=a_batch(*records), device_id=uuid7(), by=cast.actor("lan"))
    assert {answer.status for answer in receipt.answers} == {"accepted"}
    return records


def say(record: dict[str, Any], answer: str = "done", channel: str = "qr", **changes: Any) -> None:
    with whole_nation():
        Confirmation.objects.create(
            commune_code=record["commune"], day=record["day"], id=record["id"], code=CODE, channel=channel, answer=answer, **changes
        )  # fmt: skip
        mark_dirty({(record["commune"], str(record["day"]))})


def roll_up() -> None:
    while recompute_dirty_days():
        pass


def shares(**asked: Any) -> Shares:
    with scope(asked["by"].scope):
        return ledger_queries.shares(**asked)


def today() -> Period:
    return Period(clock.today(), clock.today())


@pytest.mark.parametrize("code", [LUNG_CU, TUYEN_QUANG, "VN"])
def test_a_place_tells_how_many_of_its_sessions_were_asked_confirmed_and_denied(
    cast: Cast, code: str
) -> None:
    records = hand_in(cast, 4)
    say(records[0])
    say(records[1], "not_yet")
    say(records[2], "not_helped")
    roll_up()
    read = shares(place=places.place_by_code(code), days=today(), by=cast.actor("an"))
    assert (read.reported, read.asked, read.confirmed, read.denied) == (4, 4, 2, 1)
    assert read.confirmed_share.value == pytest.approx(2 * TERMS[Channel.QR].weight / 100 / 4)
    assert read.confirmed_share.low < 0.45 < read.confirmed_share.high


def test_the_nation_is_read_when_no_place_is_named(cast: Cast) -> None:
    say(hand_in(cast, 1)[0])
    roll_up()
    assert shares(place=None, days=today(), by=cast.actor("an")).confirmed == 1


def test_teams_and_volunteers_have_shares_of_their_own(cast: Cast) -> None:
    say(hand_in(cast, 2)[0])
    roll_up()
    commune, by = places.place_by_code(LUNG_CU), cast.actor("son")
    with scope(by.scope):
        teams = ledger_queries.shares_by_team(place=commune, days=today(), by=by)
        people = ledger_queries.shares_by_volunteer(place=commune, days=today(), by=by)
    assert set(teams) == {LAN_TEAM}
    assert set(people) == {volunteer_id("lan")}
    assert teams[LAN_TEAM] == people[volunteer_id("lan")] == shares(place=commune, days=today(), by=by)


def test_an_answer_with_another_code_counts_for_nothing(cast: Cast) -> None:
    record = hand_in(cast, 1)[0]
    with whole_nation():
        Confirmation.objects.create(
            commune_code=LUNG_CU, day=record["day"], id=record["id"], code="ZZZ999", channel="qr", answer="done"
        )  # fmt: skip
    roll_up()
    read = shares(place=places.place_by_code(LUNG_CU), days=today(), by=cast.actor("son"))
    assert (read.asked, read.confirmed, read.doubted) == (1, 0, 0)


def test_a_withdrawn_session_takes_its_confirmation_along(cast: Cast) -> None:
    record = hand_in(cast, 1)[0]
    say(record)
    roll_up()
    gone = {**record, "id": str(uuid7()), "revision": 1, "withdrawn": True, "reason": "ghi nhầm", "seq": 2}
    receive_batch(body=a_batch(gone), device_id=uuid7(), by=cast.actor("lan"))
    roll_up()
    read = shares(place=places.place_by_code(LUNG_CU), days=today(), by=cast.actor("son"))
    assert (read.reported, read.confirmed) == (0, 0)


def test_beyond_what_one_volunteer_is_credited_a_day_confirmations_are_doubted(cast: Cast) -> None:
    most = TERMS[Channel.BUTTON].most_a_day
    for record in hand_in(cast, most + 3):
        say(record, channel="button")
    roll_up()
    read = shares(place=places.place_by_code(LUNG_CU), days=today(), by=cast.actor("son"))
    assert (read.confirmed, read.doubted) == (most, 3)


def test_confirmations_from_a_crowded_address_are_doubted_and_denials_are_not(cast: Cast) -> None:
    records = hand_in(cast, 2)
    say(records[0], crowded=True)
    say(records[1], "not_helped", crowded=True)
    roll_up()
    read = shares(place=places.place_by_code(LUNG_CU), days=today(), by=cast.actor("son"))
    assert (read.confirmed, read.doubted, read.denied) == (0, 1, 1)


def test_checks_and_returned_cases_are_counted_and_what_cannot_be_told_counts_neither_way(cast: Cast) -> None:
    long_ago = clock.today() - timedelta(days=40)
    records = hand_in(cast, 4, day=long_ago)
    with whole_nation():
        for record, verdict in zip(records, ("passed", "failed", "unclear", ""), strict=True):
            WorkCheck.objects.create(
                commune_code=LUNG_CU, day=long_ago, id=record["id"], kind="file", verdict=verdict,
                checked_at=clock.now() if verdict else None,
            )  # fmt: skip
        CaseReturned.objects.create(commune_code=LUNG_CU, day=long_ago, id=records[0]["id"], why="dossier")
    roll_up()
    read = shares(
        place=places.place_by_code(LUNG_CU), days=Period(long_ago, clock.today()), by=cast.actor("son")
    )
    assert (read.checked, read.checks_passed, read.returned) == (3, 1, 1)
    assert read.passed_share.value == 0.5
    assert read.first_time_right.value == 0.75


def test_of_sessions_too_young_nothing_is_said_about_returns(cast: Cast) -> None:
    hand_in(cast, 2)
    roll_up()
    read = shares(place=places.place_by_code(LUNG_CU), days=today(), by=cast.actor("son"))
    assert read.first_time_right.value is None


def test_nobody_reads_the_ledger_of_a_place_beyond_their_reach(cast: Cast) -> None:
    commune = places.place_by_code(LUNG_CU)
    for name in ("binh", "lan"):
        for read in (shares, ledger_queries.shares_by_team, ledger_queries.shares_by_volunteer):
            with pytest.raises(NotAllowed):
                read(place=commune, days=today(), by=cast.actor(name))
