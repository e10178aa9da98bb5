"""Merging offline work: idempotent, order-free, nothing lost, nothing silently overwritten."""

from hypothesis import given
from hypothesis import strategies as st

from aoxanh.desk.sync import merge, records
from aoxanh.desk.sync.merge import Candidate, Key
from aoxanh.desk.sync.records import SessionRecord
from tests.desk.record_examples import a_correction, a_record, decoded, histories


class Shelf:
    """A stand-in for the table: rows only ever get added, keyed as the table is."""

    def __init__(self) -> None:
        self.rows: dict[Key, Candidate] = {}

    def deliver(self, delivery: list[SessionRecord]) -> list[merge.Status]:
        candidates = [Candidate(record, records.meaning(record)) for record in delivery]
        fresh = {row.key for row in merge.distinct(candidates)} - set(self.rows)
        for candidate in merge.distinct(candidates):
            self.rows.setdefault(candidate.key, candidate)
        return merge.verdicts(candidates, fresh, {key: row.sha256 for key, row in self.rows.items()})

    @property
    def records(self) -> list[SessionRecord]:
        return [row.record for row in self.rows.values()]


@given(histories(), st.randoms(), st.data())
def test_any_order_repetition_and_cut_gives_the_same_rows_and_the_same_effect(
    history: list[SessionRecord], random, data: st.DataObject
) -> None:
    straight, chaotic = Shelf(), Shelf()
    straight.deliver(history)
    deliveries = history * data.draw(st.integers(1, 3))
    random.shuffle(deliveries)
    while deliveries:
        size = data.draw(st.integers(1, len(deliveries)))
        chaotic.deliver(deliveries[:size])
        del deliveries[:size]
    assert straight.rows.keys() == chaotic.rows.keys()
    assert merge.effective(straight.records) == merge.effective(chaotic.records)
    assert merge.contested(straight.records) == merge.contested(chaotic.records)


@given(histories())
def test_each_record_is_accepted_once_and_then_already_there(history: list[SessionRecord]) -> None:
    shelf = Shelf()
    assert set(shelf.deliver(history)) == {"accepted"}
    assert set(shelf.deliver(history)) == {"already"}


def test_a_record_twice_in_one_delivery_is_accepted_once() -> None:
    record = decoded(a_record())
    assert Shelf().deliver([record, record]) == ["accepted", "already"]


def test_the_same_id_with_other_content_is_refused_and_the_first_stays() -> None:
    shelf, first = Shelf(), a_record()
    shelf.deliver([decoded(first)])
    assert shelf.deliver([decoded(first | {"minutes": 99})]) == ["rejected"]
    assert [record.minutes for record in shelf.records] == [12]


def test_a_withdrawn_session_does_not_count() -> None:
    first = a_record()
    withdrawn = a_correction(first, withdrawn=True)
    assert merge.effective([decoded(withdrawn), decoded(first)]) == {}


def test_two_corrections_of_one_revision_are_both_kept_and_named() -> None:
    first = a_record()
    one, two = decoded(a_correction(first, minutes=5)), decoded(a_correction(first, minutes=6))
    kept = [decoded(first), one, two]
    assert merge.contested(kept) == {one.root}
    assert merge.effective(kept)[one.root] == max(one, two, key=lambda record: record.id)
