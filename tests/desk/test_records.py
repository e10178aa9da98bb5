"""Reading one record: what is taken, and what is refused with the right code and field."""

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aoxanh.desk import vocabulary
from aoxanh.desk.sync import records
from aoxanh.desk.sync.records import Flaw
from tests.desk.record_examples import a_batch, a_correction, a_record


def read(record: object) -> records.SessionRecord:
    return records.read_record(msgspec.Raw(json.dumps(record).encode()))


def flaw_of(record: object) -> tuple[str, str]:
    with pytest.raises(Flaw) as caught:
        read(record)
    return caught.value.code, caught.value.field


def test_a_good_record_is_read() -> None:
    assert read(a_record()).procedure == "1.001193"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"minutes": 601}, ("invalid_field", "minutes")),
        ({"minutes": "12"}, ("invalid_field", "minutes")),
        ({"mode": "teleport"}, ("invalid_field", "mode")),
        ({"typed_by": "volunteer"}, ("invalid_field", "typed_by")),
        ({"commune": "715"}, ("invalid_field", "commune")),
        ({"day": "2026-02-30"}, ("invalid_field", "day")),
        ({"citizen_name": "x"}, ("invalid_field", "citizen_name")),
        ({"procedure": None}, ("invalid_field", "procedure")),
        ({"activity": "class"}, ("invalid_field", "procedure")),
        ({"outcome": "handed_over"}, ("invalid_field", "handover_reason")),
        ({"handover_reason": "police"}, ("invalid_field", "handover_reason")),
        ({"withdrawn": True}, ("invalid_field", "withdrawn")),
        ({"revision": 1, "reason": "x"}, ("invalid_field", "root")),
        ({"note": "a\x00b"}, ("invalid_field", "note")),
        ({"note": "Nguye\u0302\u0303n"}, ("invalid_field", "note")),
        ({"note": "x" * 281}, ("invalid_field", "note")),
        ({"return_code": "ABC01I"}, ("invalid_field", "return_code")),
        ({"seq": 0}, ("invalid_field", "seq")),
        ({"schema": 2}, ("newer_schema", "schema")),
    ],
)
def test_a_wrong_field_is_named(changes: dict[str, object], expected: tuple[str, str]) -> None:
    assert flaw_of(a_record(**changes)) == expected


def test_a_missing_field_is_named() -> None:
    record = a_record()
    del record["minutes"]
    assert flaw_of(record) == ("invalid_field", "minutes")


def test_a_correction_needs_a_reason() -> None:
    assert flaw_of(a_correction(a_record(), reason=" ")) == ("reason_missing", "reason")


def test_a_lone_surrogate_is_refused_not_crashed_on() -> None:
    body = json.dumps(a_record(note="PLACEHOLDER")).replace("PLACEHOLDER", "\\ud800").encode()
    with pytest.raises(Flaw):
        records.read_record(msgspec.Raw(body))


def test_meaning_ignores_the_number_it_was_sent_under_and_nothing_else() -> None:
    record = a_record()
    assert records.meaning(read(record)) == records.meaning(read(record | {"seq": 9}))
    assert records.meaning(read(record)) != records.meaning(read(record | {"minutes": 13}))


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    try:
        envelope = records.read_envelope(body)
    except Flaw as flaw:
        assert flaw.code == "invalid_batch"
    else:
        assert isinstance(envelope.records, list)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_json_in_place_of_a_field_is_refused_with_a_code(value: object) -> None:
    for field in ("id", "minutes", "day", "steps_done", "team"):
        try:
            read(a_record() | {field: value})
        except Flaw as flaw:
            assert flaw.code in ("invalid_field", "unreadable", "newer_schema")


def test_a_batch_of_more_than_200_is_refused_as_a_whole() -> None:
    with pytest.raises(Flaw):
        records.read_envelope(a_batch(*[a_record() for _ in range(201)]))


@pytest.mark.parametrize(
    ("literal", "choices"),
    [
        (records.Activity, vocabulary.Activity),
        (records.Mode, vocabulary.Mode),
        (records.Outcome, vocabulary.Outcome),
        (records.Obstacle, vocabulary.Obstacle),
        (records.AgeBand, vocabulary.AgeBand),
        (records.TypedBy, vocabulary.TypedBy),
        (records.Refused, vocabulary.Refused),
    ],
)
def test_the_protocol_and_the_tables_use_the_same_words(literal: object, choices: type) -> None:
    assert list(literal.__args__) == list(choices.values)  # type: ignore[attr-defined]
