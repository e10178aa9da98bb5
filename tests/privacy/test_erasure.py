"""Erasing a hundred people and a night of retention: nothing still names them, and the record of it all holds."""

import json
import subprocess
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.contrib.auth.hashers import make_password
from django.db import connection

from aoxanh.audit import actions as audit
from aoxanh.audit.heads import export_heads
from aoxanh.audit.verify import verify
from aoxanh.cli import main
from aoxanh.desk.models import Handover, SupportSession
from aoxanh.desk.rollup import recompute_dirty_days
from aoxanh.kernel import clock
from aoxanh.kernel.cluster.binaries import find_build
from aoxanh.kernel.ids import uuid7
from aoxanh.kernel.scope import whole_nation
from aoxanh.kernel.text import fold, sort_key
from aoxanh.people.models import Account, Device, Membership, RoleAssignment, Volunteer
from aoxanh.privacy import actions
from aoxanh.privacy.forgetting import forget_people
from aoxanh.privacy.queries import due_counts
from tests.cast import LAN_TEAM, LUNG_CU
from tests.conftest import Cast
from tests.database import Database
from tests.desk.conftest import own_database  # noqa: F401 - the fixture
from tests.desk.figures_by_hand import stored
from tests.desk.record_examples import a_record, store_as_then

BY = "system:test"
MARKER = "Zqxvfamily"
PEOPLE = 100
OLD_MONTH = date(2023, 3, 1)


@pytest.fixture
def crowd(own_database: Database) -> list[Account]:  # noqa: F811 - pytest's way of asking for it
    """A hundred volunteers with marked names, phones, roles, work of today and of a month whose time is over."""
    accounts, work = [], []
    password = make_password("mật khẩu")
    for number in range(PEOPLE):
        name = f"{MARKER} Văn {number}"
        username = f"{MARKER.lower()}{number}"
        account = Account.objects.create(
            username=username, password=password, display_name=name, email=f"{username}@example.vn"
        )
        volunteer = Volunteer.objects.create(
            account=account, full_name=name, fold=fold(name), sort_key=sort_key(name), home_id=LUNG_CU
        )
        Membership.objects.create(team_id=LAN_TEAM, volunteer=volunteer, valid_from=date(2025, 7, 1))
        RoleAssignment.objects.create(
            account=account, role="volunteer", place_id=LUNG_CU, valid_from=date(2025, 7, 1)
        )
        device = Device.objects.create(id=uuid7(), account=account, token_hash=uuid7().hex, label=MARKER)
        work += [(a_record(day=day), volunteer.id, device.id) for day in (clock.today(), OLD_MONTH)]
        accounts.append(account)
    with connection.cursor() as cursor:
        cursor.execute("SELECT desk_make_partition(%s)", [OLD_MONTH])
    with whole_nation():
        for told in work:
            store_as_then(*told)
        for account in accounts[:10]:
            Handover.objects.create(
                commune_code=LUNG_CU,
                day=clock.today(),
                id=uuid7(),
                team_id=LAN_TEAM,
                reason="decision",
                official_id=account.id,
            )
    for account in accounts:
        audit.record(chain=LUNG_CU, actor=f"{account.id} volunteer", action="people.test", subject="x")
    while recompute_dirty_days():
        pass
    return accounts


def dump_of(database: Database) -> str:
    tool = find_build().program("pg_dump")
    done = subprocess.run(
        [tool, "--dbname", database.url("owner"), "--inserts"], capture_output=True, check=True
    )
    return done.stdout.decode()


def test_a_hundred_people_leave_no_trace_and_the_chains_hold_to_the_exported_heads(
    crowd: list[Account],
    own_database: Database,  # noqa: F811 - pytest's way of asking for it
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    before, figures = verify(), stored()
    volunteers = list(Volunteer.objects.filter(account__in=crowd).values_list("id", flat=True))
    devices = list(Device.objects.filter(account__in=crowd).values_list("id", flat=True))
    export_heads(tmp_path)
    assert dump_of(own_database).lower().count(MARKER.lower()) > 4 * PEOPLE
    for account in crowd:
        actions.forget(username=account.username, by=BY)
    gone = actions.retain(by=BY)
    text = dump_of(own_database).lower()
    assert MARKER.lower() not in text
    assert gone == {"desk.SupportSession": PEOPLE}
    with whole_nation():
        assert not SupportSession.objects.filter(volunteer_id__in=volunteers).exists()
        assert not SupportSession.objects.filter(device_id__in=devices).exists()
        assert SupportSession.objects.values("volunteer_id").distinct().count() == PEOPLE
        assert not Handover.objects.filter(official_id__in=[one.id for one in crowd]).exists()
    for identity in (*volunteers, *devices):
        assert str(identity) not in text
    assert MARKER.lower() not in caplog.text.lower()
    after = verify(directory=tmp_path)
    assert after.holds
    assert after.exported.heads
    assert after.chains >= 2
    assert after.entries == before.entries + PEOPLE + 1
    while recompute_dirty_days():
        pass
    assert stored() == figures
    assert sum(figure["volunteers"] for figure in figures.values()) == 2 * PEOPLE


def test_who_is_forgotten_is_not_found_in_search_or_in_lists(
    crowd: list[Account],
) -> None:
    cast = Cast()
    pages = [f"/teams/{LAN_TEAM}/", f"/people/?q={MARKER}"]
    shown = [cast.client("son").get(page).content.decode() for page in pages]
    assert any(MARKER in page for page in shown)
    with whole_nation():
        forget_people([account.id for account in crowd], Counter())
    for page in pages:
        assert f"{MARKER} Văn" not in cast.client("son").get(page).content.decode()


def test_people_whose_time_is_over_are_forgotten_in_batches_and_a_stopped_run_goes_on(
    crowd: list[Account], monkeypatch: pytest.MonkeyPatch
) -> None:
    long_ago = clock.now() - timedelta(days=31 * 30)
    left = (clock.now() - timedelta(days=31 * 13)).date()
    Account.objects.filter(id__in=[one.id for one in crowd]).update(created_at=long_ago)
    theirs = {"account__in": crowd}
    Volunteer.objects.filter(**theirs).update(created_at=long_ago)
    Device.objects.filter(**theirs).update(enrolled_at=long_ago)
    first = left - timedelta(days=30)
    RoleAssignment.objects.filter(**theirs).update(valid_from=first, valid_to=left)
    Membership.objects.filter(volunteer__account__in=crowd).update(valid_from=first, valid_to=left)
    monkeypatch.setattr(actions, "ROWS_AT_ONCE", 30)
    monkeypatch.setattr(actions, "PEOPLE_AT_ONCE", 30)
    volunteers = list(Volunteer.objects.filter(**theirs).values_list("id", flat=True))
    devices = list(Device.objects.filter(**theirs).values_list("id", flat=True))
    told = CliRunner().invoke(main, ["privacy", "retain", "--dry-run", "--json"])
    assert json.loads(told.stdout)["people.Membership"] == PEOPLE
    real, calls = actions.delete, []

    def stopped(*arguments: object) -> None:
        calls.append(1)
        if len(calls) == 6:
            raise KeyboardInterrupt
        real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(actions, "delete", stopped)
    with pytest.raises(KeyboardInterrupt):
        actions.retain(by=BY)
    assert sum(due_counts().values()) > 0
    actions.retain(by=BY)
    assert due_counts() == {}
    assert Account.objects.filter(display_name__startswith=MARKER).count() == 0
    assert Volunteer.objects.filter(id__in=volunteers).count() == 0
    with whole_nation():
        assert not SupportSession.objects.filter(volunteer_id__in=volunteers).exists()
        assert not SupportSession.objects.filter(device_id__in=devices).exists()
    assert verify().holds
