"""Months of raw sessions whose time is over: detached, dropped, archived without people; the figures stay."""

import csv
import gzip
import json
import threading
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.test import override_settings

from aoxanh.audit.models import AuditEntry
from aoxanh.audit.verify import verify
from aoxanh.config import grants
from aoxanh.desk import retention
from aoxanh.desk.actions import receive_batch
from aoxanh.desk.errors import MonthInUse
from aoxanh.desk.models import DirtyDay, SupportSession
from aoxanh.desk.partitions import attached_months, detached_months, make_partitions, months_wanted
from aoxanh.desk.receive import OLDEST_DAYS
from aoxanh.desk.rollup import recompute_dirty_days
from aoxanh.kernel import clock
from aoxanh.kernel.ids import uuid7
from aoxanh.kernel.scope import whole_nation
from aoxanh.privacy import actions
from aoxanh.privacy.queries import due_counts, kept_since, months_kept
from tests.cast import LUNG_CU, volunteer_id
from tests.conftest import Cast
from tests.database import Database
from tests.desk.figures_by_hand import provinces_stored, stored
from tests.desk.record_examples import a_batch, a_correction, a_record, store_as_then

BY = "system:test"
MONTH = date(2023, 3, 1)
DAY = date(2023, 3, 14)


def old_work(*records: dict[str, Any]) -> None:
    """Store work of a month whose time is over, as if it had been handed in then."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT desk_make_partition(%s)", [MONTH])
    with whole_nation():
        for record in records:
            store_as_then(record, volunteer_id("lan"), uuid7())
    while recompute_dirty_days():
        pass
    with (
        connection.cursor() as cursor
    ):  # A table with foreign keys still to be checked cannot be dropped; a commit would check them.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def raw_rows() -> int:
    with whole_nation():
        return SupportSession.objects.count()


def test_a_month_goes_and_its_figures_and_the_present_stay(cast: Cast) -> None:
    old_work(a_record(day=DAY), a_record(day=DAY))
    receive_batch(body=a_batch(a_record(seq=9)), device_id=uuid7(), by=cast.actor("lan"))
    recompute_dirty_days()
    figures, provinces = stored(), provinces_stored()
    assert due_counts() == {"desk.SupportSession": 2}
    assert actions.retain(by=BY) == {"desk.SupportSession": 2}
    assert raw_rows() == 1
    assert MONTH not in attached_months()
    assert detached_months() == []
    assert (stored(), provinces_stored()) == (figures, provinces)
    assert len(figures) == 2
    assert due_counts() == {}
    assert actions.retain(by=BY) == {}


def test_a_dirty_mark_of_a_month_that_is_gone_wipes_no_figure(cast: Cast) -> None:
    old_work(a_record(day=DAY))
    figures, provinces = stored(), provinces_stored()
    actions.retain(by=BY)
    DirtyDay.objects.create(commune_code=LUNG_CU, day=DAY)
    assert recompute_dirty_days() == 1
    assert not DirtyDay.objects.exists()
    assert (stored(), provinces_stored()) == (figures, provinces)
    assert figures


def test_a_month_with_one_day_that_is_still_kept_stays(cast: Cast) -> None:
    since = kept_since(SupportSession.privacy)
    assert since is not None
    with connection.cursor() as cursor:
        cursor.execute("SELECT desk_make_partition(%s)", [since])
        cursor.execute("SELECT desk_make_partition(%s)", [since - timedelta(days=1)])
    actions.retain(by=BY)
    assert attached_months()[0] == since
    assert since.replace(day=1) == since


@pytest.mark.parametrize("back", [0, 300, 700])
def test_the_database_itself_refuses_to_let_go_of_a_month_that_is_kept(cast: Cast, back: int) -> None:
    month = (clock.today() - timedelta(days=back)).replace(day=1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT desk_make_partition(%s)", [month])
        with pytest.raises(DatabaseError, match="still kept"), transaction.atomic():
            cursor.execute("SELECT desk_detach_month(%s)", [month])
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute(f"DROP TABLE desk_supportsession_{month:%Y%m}")


def test_the_database_keeps_as_long_as_the_classification_says() -> None:
    sql = (Path(retention.__file__).parent / "detach.sql").read_text()
    assert f"interval '{months_kept(SupportSession.privacy)} months'" in sql


def test_work_is_refused_as_too_late_long_before_its_month_goes(cast: Cast) -> None:
    since = kept_since(SupportSession.privacy)
    assert since is not None
    assert clock.today() - timedelta(days=OLDEST_DAYS) > since + timedelta(days=31)
    late = a_record(day=since - timedelta(days=1))
    receipt = receive_batch(body=a_batch(late), device_id=uuid7(), by=cast.actor("lan"))
    (answer,) = (one.as_dict() for one in receipt.answers)
    assert (answer["status"], answer["error"]["code"], answer["error"]["field"]) == (
        "rejected",
        "day_out_of_range",
        "day",
    )
    assert answer["error"]["remedy"]


def test_a_month_that_went_is_not_made_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    old_work(a_record(day=DAY))
    actions.retain(by=BY)
    make_partitions()
    assert MONTH not in attached_months()
    real = clock.now()
    monkeypatch.setattr(clock, "now", lambda: real + timedelta(days=365 * 4))
    assert months_wanted()[0] == kept_since(SupportSession.privacy)
    assert len(months_wanted()) == 24 + 6 + 1


def test_a_run_that_died_between_detaching_and_dropping_is_finished_by_the_next(cast: Cast) -> None:
    old_work(a_record(day=DAY), a_record(day=DAY))
    with connection.cursor() as cursor:
        cursor.execute("SELECT desk_detach_month(%s)", [MONTH])
    assert detached_months() == [MONTH]
    assert actions.retain(by=BY) == {"desk.SupportSession": 2}
    assert detached_months() == []


def test_each_month_that_goes_is_told_in_the_audit_and_the_chains_hold(cast: Cast) -> None:
    old_work(a_record(day=DAY))
    actions.retain(by=BY)
    entry = AuditEntry.objects.get(action="desk.month.dropped")
    assert (entry.subject, json.loads(entry.details), entry.actor) == ("month:2023-03", {"sessions": 1}, BY)
    assert verify().breaks == []


def test_an_archive_holds_what_counted_and_nothing_that_leads_to_a_person(cast: Cast, tmp_path: Path) -> None:
    first, second = a_record(day=DAY, note="thiếu giấy"), a_record(day=DAY, return_code="ABC234")
    old_work(first, second, a_correction(first, minutes=44), a_correction(second, withdrawn=True))
    with override_settings(ARCHIVE_DIR=str(tmp_path / "archive")):
        actions.retain(by=BY)
    (file,) = (tmp_path / "archive").iterdir()
    assert file.name == "sessions-2023-03.csv.gz"
    assert file.stat().st_mode & 0o077 == 0
    text = gzip.decompress(file.read_bytes()).decode()
    (row,) = csv.DictReader(text.splitlines())
    assert (row["day"], row["minutes"], row["commune_code"]) == ("2023-03-14", "44", LUNG_CU)
    for secret in (first["id"], str(volunteer_id("lan")), "thiếu giấy", "ABC234"):
        assert secret not in text
    assert not set(SupportSession.privacy.personal.split()) & set(row)


def test_an_archive_that_cannot_be_written_lets_nothing_go(cast: Cast, tmp_path: Path) -> None:
    old_work(a_record(day=DAY))
    blocked = tmp_path / "file"
    blocked.touch()
    with override_settings(ARCHIVE_DIR=str(blocked / "archive")), pytest.raises(NotADirectoryError):
        actions.retain(by=BY)
    assert MONTH in attached_months()
    assert raw_rows() == 1


@pytest.fixture
def committed_month(own_database: Database) -> Database:
    """A database with an old, empty month that other connections see."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT desk_make_partition(%s)", [MONTH])
    return own_database


def test_a_table_that_stays_in_use_is_left_and_said(
    committed_month: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "TRIES", 2)
    monkeypatch.setattr(retention, "WAIT_SECONDS", 0)
    with psycopg.connect(committed_month.url("owner")) as busy:
        busy.execute("SELECT count(*) FROM desk_supportsession")
        with pytest.raises(MonthInUse, match="03/2023"):
            retention.on_months_over(before=date(2023, 4, 1), by=BY)
    assert MONTH in attached_months()


def test_a_table_that_is_in_use_for_a_moment_is_waited_for(
    committed_month: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy = psycopg.connect(committed_month.url("owner"))
    busy.execute("SELECT count(*) FROM desk_supportsession")
    tries = threading.Event()

    def let_go(_seconds: float) -> None:
        tries.set()
        busy.close()

    monkeypatch.setattr(retention.time, "sleep", let_go)
    assert retention.on_months_over(before=date(2023, 4, 1), by=BY) == 0
    assert tries.is_set()
    assert MONTH not in attached_months()


def test_a_month_is_not_detached_while_its_days_are_recomputed(
    committed_month: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "TRIES", 1)
    with psycopg.connect(committed_month.url("app")) as rollup:
        rollup.execute("LOCK TABLE ONLY desk_supportsession IN ACCESS SHARE MODE")
        with pytest.raises(MonthInUse):
            retention.on_months_over(before=date(2023, 4, 1), by=BY)


def test_what_waits_to_be_dropped_is_not_given_to_the_application(
    committed_month: Database,
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT desk_detach_month(%s)", [MONTH])
        names = {name for (name,) in grants._tables(cursor)}
        assert "desk_supportsession" in names
        assert f"desk_detached_{MONTH:%Y%m}" not in names
        with pytest.raises(DatabaseError, match="permission denied"):
            cursor.execute(f"SELECT count(*) FROM desk_detached_{MONTH:%Y%m}")
