"""Reading the audit a page at a time, and writing that somebody read."""

from datetime import timedelta

import pytest

from aoxanh.audit.actions import record, record_read
from aoxanh.audit.models import AuditEntry
from aoxanh.audit.queries import entries_in
from aoxanh.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(monkeypatch):
    """Ten entries in two chains, some at the very same moment."""
    start = clock.now() - timedelta(days=3)
    for number in range(10):
        monkeypatch.setattr(clock, "now", lambda number=number: start + timedelta(hours=number // 3))
        record(
            chain="88888" if number % 2 else "77777",
            actor="account:x",
            action=f"tests.thing.{number % 2}",
            subject=str(number),
        )
    return start


def subjects(page):
    return [entry.subject for entry in page.entries]


def test_pages_follow_each_other_without_gaps_or_repeats(written):
    seen, mark = [], ""
    while True:
        page = entries_in(["77777", "88888"], after=mark, size=3)
        seen += subjects(page)
        if not (mark := page.next):
            break
    assert sorted(seen) == sorted(map(str, range(10)))
    assert seen[0] == "9"
    moments = [AuditEntry.objects.get(subject=subject, actor="account:x").at for subject in seen]
    assert moments == sorted(moments, reverse=True)


def test_new_entries_do_not_move_the_pages(written):
    first = entries_in(["77777", "88888"], size=4)
    record(chain="88888", actor="account:x", action="tests.thing.1", subject="new")
    second = entries_in(["77777", "88888"], after=first.next, size=10)
    assert sorted(subjects(first) + subjects(second)) == sorted(map(str, range(10)))


def test_entries_of_other_chains_are_never_there(written):
    assert {entry.chain for entry in entries_in(["77777"]).entries} == {"77777"}
    assert entries_in([]).entries == []
    assert {"77777", "88888"} <= {entry.chain for entry in entries_in(None, size=1000).entries}


def test_filters_hold_together(written):
    day = written.astimezone(clock.VIETNAM).date()
    found = entries_in(None, action="tests.thing.1", day=day)
    assert found.entries
    assert all(
        entry.action == "tests.thing.1" and entry.at.astimezone(clock.VIETNAM).date() == day
        for entry in found.entries
    )
    assert entries_in(["77777"], action="tests.thing.1").entries == []
    assert entries_in(["77777"], day=day + timedelta(days=9)).entries == []


@pytest.mark.parametrize(
    "mark",
    ["x", "1", "1.2", "a.b.c", "9" * 40 + ".77777.1", "1.77777." + "9" * 40, "-5.x.1", "..", "1e9.2.3"],
)
def test_a_mark_that_makes_no_sense_does_no_harm(written, mark):
    entries_in(["77777"], after=mark)


def test_a_read_is_written_under_what_was_read():
    entry = record_read(chain="88888", actor="account:x", what="desk.handover", subject="session:1")
    assert AuditEntry.objects.get(pk=("88888", entry.number)).action == "desk.handover.read"
