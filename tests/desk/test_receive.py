"""Receiving a batch: exactly once, within the volunteer's teams, audited, and never with personal data."""

import json
import logging
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from aoxanh.audit.models import AuditEntry
from aoxanh.desk.actions import receive_batch
from aoxanh.desk.errors import BatchTooLarge, InvalidBatch
from aoxanh.desk.models import DirtyDay, SupportSession
from aoxanh.kernel import clock
from aoxanh.kernel.ids import uuid7
from aoxanh.kernel.scope import whole_nation
from tests.cast import BA_DINH, BINH_TEAM, volunteer_id
from tests.conftest import Cast
from tests.desk.record_examples import a_batch, a_correction, a_record

DEVICE = uuid7()


def hand_in(cast: Cast, *records: Any, name: str = "lan") -> list[tuple[str, str]]:
    """Hand records in and return (status, code) of each."""
    receipt = receive_batch(body=a_batch(*records), device_id=DEVICE, by=cast.actor(name))
    return [(answer.status, answer.flaw.code if answer.flaw else "") for answer in receipt.answers]


def stored() -> int:
    with whole_nation():
        return SupportSession.objects.count()


def test_new_records_are_accepted_and_repeats_are_already_there(cast: Cast) -> None:
    batch = [a_record(seq=1), a_record(seq=2)]
    assert hand_in(cast, *batch) == [("accepted", "")] * 2
    assert hand_in(cast, *batch) == [("already", "")] * 2
    assert stored() == 2


def test_a_stored_row_says_what_the_record_said(cast: Cast) -> None:
    record = a_record(
        refused=["otp", "pay"], note="Bà con cần đọc chữ to", steps_done=[1, 3], language="hmn", minutes=7
    )
    hand_in(cast, record)
    with whole_nation():
        row = SupportSession.objects.get()
    assert (row.commune_code, row.refused, row.steps_done, row.language, row.minutes, row.note) == (
        record["commune"],
        ["otp", "pay"],
        [1, 3],
        "hmn",
        7,
        "Bà con cần đọc chữ to",
    )
    assert row.volunteer_id == volunteer_id("lan")
    assert row.device_id == DEVICE


def test_a_bad_record_does_not_hold_up_the_others(cast: Cast) -> None:
    answers = hand_in(cast, a_record(), {"id": "x"}, a_record(minutes=-1), a_record(schema=7), a_record())
    assert answers == [
        ("accepted", ""),
        ("rejected", "invalid_field"),
        ("rejected", "invalid_field"),
        ("deferred", "newer_schema"),
        ("accepted", ""),
    ]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"team": BINH_TEAM}, "not_your_team"),
        ({"commune": BA_DINH}, "not_your_team"),
        ({"commune": BA_DINH, "team": BINH_TEAM}, "not_your_team"),
        ({"day": clock.today() + timedelta(days=30)}, "day_out_of_range"),
        ({"day": clock.today() - timedelta(days=500)}, "day_out_of_range"),
        ({"procedure": "9.999999"}, "unknown_procedure"),
        ({"language": "zzz"}, "unknown_language"),
    ],
)
def test_a_record_that_does_not_fit_is_refused_with_a_reason(
    cast: Cast, changes: dict[str, Any], code: str
) -> None:
    assert hand_in(cast, a_record(**changes)) == [("rejected", code)]
    assert stored() == 0


def test_a_clash_is_refused_and_the_stored_row_stays(cast: Cast) -> None:
    record = a_record()
    hand_in(cast, record)
    assert hand_in(cast, record | {"minutes": 99}) == [("rejected", "clash")]
    with whole_nation():
        assert SupportSession.objects.get().minutes == 12


def test_a_correction_may_come_before_what_it_corrects(cast: Cast) -> None:
    record = a_record()
    assert hand_in(cast, a_correction(record, minutes=30)) == [("accepted", "")]
    assert hand_in(cast, record) == [("accepted", "")]


def test_personal_data_are_refused_and_found_nowhere(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    secret = "012345678901"
    with caplog.at_level(logging.DEBUG):
        answers = hand_in(
            cast,
            a_record(note=f"CCCD 001089{secret[6:]} của bà Mai"),
            a_correction(a_record(), reason="gọi số 0912345678"),
        )
    assert answers == [("rejected", "personal_data")] * 2
    assert "0912345678" not in caplog.text
    assert secret[6:] not in caplog.text
    assert stored() == 0
    assert not AuditEntry.objects.filter(details__contains="0912345678").exists()


def test_what_was_accepted_is_audited_in_the_commune_chain_and_marks_the_day(cast: Cast) -> None:
    record = a_record()
    hand_in(cast, record)
    entry = AuditEntry.objects.get(action="desk.session.accepted")
    assert (entry.chain, record["id"] in entry.details) == (record["commune"], True)
    assert DirtyDay.objects.filter(commune_code=record["commune"], day=record["day"]).exists()


def test_somebody_without_a_team_hands_in_nothing(cast: Cast) -> None:
    assert hand_in(cast, a_record(), name="ha") == [("rejected", "not_your_team")]


def test_a_batch_that_cannot_be_read_is_refused_whole(cast: Cast) -> None:
    for body in (b"", b"[]", b"{}", b"\xff\xfe", b'{"records": 3, "sent_at": 1}', b"[" * 5000):
        with pytest.raises(InvalidBatch):
            receive_batch(body=body, device_id=DEVICE, by=cast.actor("lan"))
    with pytest.raises(BatchTooLarge):
        receive_batch(body=a_batch(*[a_record() for _ in range(201)]), device_id=DEVICE, by=cast.actor("lan"))


def test_a_batch_costs_a_fixed_number_of_statements(cast: Cast, django_assert_max_num_queries: Any) -> None:
    actor = cast.actor("lan")
    hand_in(cast, a_record())
    for size in (1, 50):
        body = a_batch(*[a_record(seq=number + 2) for number in range(size)])
        with django_assert_max_num_queries(14):
            receive_batch(body=body, device_id=DEVICE, by=actor)


def test_rows_of_another_province_are_invisible_to_the_database_itself(cast: Cast) -> None:
    hand_in(cast, a_record())
    from aoxanh.kernel.scope import Scope, scope

    with scope(Scope(communes=frozenset({BA_DINH}))), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM desk_supportsession")
        assert cursor.fetchone() == (0,)
    with scope(Scope(provinces=frozenset({"08"}))), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM desk_supportsession")
        assert cursor.fetchone() == (1,)
    with scope(Scope()), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM desk_supportsession")
        assert cursor.fetchone() == (0,)


def test_the_answers_are_json_in_the_readers_language(cast: Cast) -> None:
    receipt = receive_batch(body=a_batch(a_record(minutes=999)), device_id=DEVICE, by=cast.actor("lan"))
    error = json.loads(json.dumps(receipt.answers[0].as_dict()))["error"]
    assert error["code"] == "invalid_field"
    assert error["field"] == "minutes"
    assert error["remedy"]
