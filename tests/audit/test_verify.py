"""Tampering as the database's owner is found, with the right entry named."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aoxanh.audit.actions import entry_hash, record
from aoxanh.audit.models import AuditEntry
from aoxanh.audit.verify import verify
from tests.audit.conftest import CHAIN, COLUMNS, LENGTH, StoredChain

NUMBERS = st.integers(1, LENGTH)
AT = "UPDATE audit_auditentry SET {} WHERE chain = %s AND number = %s"
EDITS = ["actor", "action", "subject", "details", "previous", "hash"]
often = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def edited(chain: StoredChain, number: int, **changes: object) -> AuditEntry:
    """Return an entry with changes and a hash that fits them, as somebody who knows the method would write it."""
    entry = AuditEntry(**dict(zip(COLUMNS, chain.rows[number - 1], strict=True)) | changes)
    entry.hash = entry_hash(entry)
    return entry


def test_an_untouched_chain_holds(chain):
    seen = chain.verify()
    assert seen.holds
    assert (seen.chains, seen.entries) == (1, LENGTH)


def test_it_still_holds_after_more_was_written(chain):
    chain.export()
    with transaction.atomic():
        record(chain=CHAIN, actor="account:x", action="tests.thing.done")
        assert chain.verify().holds
        assert chain.verify().entries == LENGTH + 1
        transaction.set_rollback(True)


@often
@given(number=NUMBERS, column=st.sampled_from(EDITS))
def test_an_edited_entry_is_named(chain, number, column):
    chain.restore()
    chain.tamper(AT.format(f"{column} = 'x' || substr({column}, 2)"), CHAIN, number)
    assert chain.first_break() == (number, "changed")


@often
@given(number=NUMBERS, microseconds=st.integers(1, 10**9))
def test_a_moved_time_is_named(chain, number, microseconds):
    chain.restore()
    chain.tamper(AT.format("at = at + %s"), timedelta(microseconds=microseconds), CHAIN, number)
    assert chain.first_break() == (number, "changed")


@often
@given(number=NUMBERS)
def test_an_edited_entry_with_a_fitting_hash_is_named(chain, number):
    chain.restore()
    forged = edited(chain, number, subject="thing:forged")
    chain.tamper(AT.format("subject = %s, hash = %s"), forged.subject, forged.hash, CHAIN, number)
    assert chain.first_break() == (number, "changed" if number < LENGTH else "head")


@often
@given(number=NUMBERS)
def test_a_deleted_entry_is_named(chain, number):
    chain.restore()
    chain.tamper("DELETE FROM audit_auditentry WHERE chain = %s AND number = %s", CHAIN, number)
    assert chain.first_break() == (number, "missing" if number < LENGTH else "cut")


@often
@given(number=NUMBERS)
def test_a_deleted_entry_whose_gap_was_closed_is_named(chain, number):
    chain.restore()
    chain.tamper("DELETE FROM audit_auditentry WHERE chain = %s AND number = %s", CHAIN, number)
    for later in range(number + 1, LENGTH + 1):
        chain.tamper(AT.format("number = number - 1"), CHAIN, later)
    assert chain.first_break() == (number, "swapped" if number < LENGTH else "cut")


@often
@given(numbers=st.lists(NUMBERS, min_size=2, max_size=2, unique=True))
def test_swapped_entries_are_named(chain, numbers):
    chain.restore()
    first, second = sorted(numbers)
    for old, new in ((first, 0), (second, first), (0, second)):
        chain.tamper(AT.format("number = %s"), new, CHAIN, old)
    assert chain.first_break() == (first, "swapped")


@often
@given(numbers=st.lists(NUMBERS, min_size=2, max_size=2, unique=True))
def test_entries_whose_contents_were_swapped_are_named(chain, numbers):
    chain.restore()
    first, second = sorted(numbers)
    for number, other in ((first, second), (second, first)):
        row = dict(zip(COLUMNS, chain.rows[other - 1], strict=True))
        chain.tamper(AT.format("subject = %s, details = %s"), row["subject"], row["details"], CHAIN, number)
    assert chain.first_break() == (first, "changed")


@often
@given(number=NUMBERS)
def test_an_entry_pushed_in_between_is_found_where_the_true_ones_no_longer_fit(chain, number):
    chain.restore()
    for later in range(LENGTH, number - 1, -1):
        chain.tamper(AT.format("number = number + 1"), CHAIN, later)
    forged = edited(chain, number, subject="thing:forged")
    values = [getattr(forged, column) for column in COLUMNS]
    chain.tamper(
        f"INSERT INTO audit_auditentry ({', '.join(COLUMNS)}) VALUES ({', '.join(['%s'] * len(COLUMNS))})",
        *values,
    )
    assert chain.first_break() == ((number + 1, "swapped") if number < LENGTH else (number, "head"))


def test_an_entry_added_behind_the_end_is_named(chain):
    last = AuditEntry(
        **dict(zip(COLUMNS, chain.rows[-1], strict=True)) | {"number": LENGTH + 1, "previous": chain.end[1]}
    )
    last.hash = entry_hash(last)
    values = [getattr(last, column) for column in COLUMNS]
    chain.tamper(
        f"INSERT INTO audit_auditentry ({', '.join(COLUMNS)}) VALUES ({', '.join(['%s'] * len(COLUMNS))})",
        *values,
    )
    assert chain.first_break() == (LENGTH + 1, "extra")


@often
@given(number=NUMBERS)
def test_a_cut_tail_is_named(chain, number):
    chain.restore()
    chain.tamper("DELETE FROM audit_auditentry WHERE chain = %s AND number >= %s", CHAIN, number)
    assert chain.first_break() == (number, "cut")


@often
@given(number=NUMBERS)
def test_a_tail_cut_together_with_its_end_is_named_when_heads_were_exported(chain, number):
    chain.restore()
    chain.export()
    chain.tamper("DELETE FROM audit_auditentry WHERE chain = %s AND number >= %s", CHAIN, number)
    previous = chain.rows[number - 1][COLUMNS.index("previous")]
    chain.tamper(
        "UPDATE audit_audithead SET number = %s, hash = %s WHERE chain = %s", number - 1, previous, CHAIN
    )
    assert chain.first_break() == (number, "cut")


def test_a_chain_that_vanished_is_named_when_heads_were_exported(chain):
    chain.export()
    chain.remove()
    assert chain.first_break() == (1, "cut")


@often
@given(number=NUMBERS)
def test_a_chain_written_anew_from_some_entry_on_is_found_when_heads_were_exported(chain, number):
    chain.restore()
    chain.export()
    previous = chain.rows[number - 1][COLUMNS.index("previous")]
    for later in range(number, LENGTH + 1):
        forged = edited(chain, later, actor="account:y", previous=previous)
        previous = forged.hash
        chain.tamper(
            AT.format("actor = 'account:y', previous = %s, hash = %s"),
            forged.previous,
            forged.hash,
            CHAIN,
            later,
        )
    chain.tamper("UPDATE audit_audithead SET hash = %s WHERE chain = %s", previous, CHAIN)
    assert chain.first_break() == (LENGTH, "rewritten")


def test_a_changed_end_is_named(chain):
    chain.tamper("UPDATE audit_audithead SET hash = %s WHERE chain = %s", "f" * 64, CHAIN)
    assert chain.first_break() == (LENGTH, "head")
    chain.tamper("DELETE FROM audit_audithead WHERE chain = %s", CHAIN)
    assert chain.first_break() == (1, "extra")


def test_one_broken_chain_does_not_hide_or_blame_another(chain):
    record(chain="88888", actor="account:x", action="tests.thing.done")
    chain.tamper(AT.format("subject = ''"), CHAIN, 3)
    breaks = verify(directory=chain.directory).breaks
    assert [(found.chain, found.number) for found in breaks] == [(CHAIN, 3)]
    assert verify("88888", directory=chain.directory).holds


def test_the_walk_goes_on_over_batches(chain, monkeypatch):
    monkeypatch.setattr("aoxanh.audit.verify.BATCH", 5)
    record(chain="88888", actor="account:x", action="tests.thing.done")
    assert chain.verify().entries == LENGTH
    chain.tamper(AT.format("subject = ''"), CHAIN, 11)
    assert chain.first_break() == (11, "changed")


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_auditentry SET actor = ''", "DELETE FROM audit_auditentry", "TRUNCATE audit_auditentry"],
)
def test_the_application_itself_can_only_add(db, statement):
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_hash_depends_on_where_one_field_ends_and_the_next_begins(chain):
    entry = edited(chain, 1, actor="ab", action="c")
    other = edited(chain, 1, actor="a", action="bc")
    assert entry.hash != other.hash


def test_a_break_tells_chain_number_and_reason(chain):
    chain.tamper(AT.format("subject = ''"), CHAIN, 2)
    [found] = chain.verify().breaks
    assert replace(found, number=1) != found
    assert (found.chain, found.number, found.reason) == (CHAIN, 2, "changed")
