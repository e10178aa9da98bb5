"""Forgetting a person, and the nightly retention job: both look at the classification only."""

import json
from datetime import datetime, timedelta

import pytest
from click.testing import CliRunner
from django.apps import apps
from django.test import Client

from aoxanh.audit.models import AuditEntry
from aoxanh.cli import main
from aoxanh.desk.actions import receive_batch
from aoxanh.desk.models import Handover, SupportSession
from aoxanh.kernel import clock
from aoxanh.kernel.ids import uuid7
from aoxanh.kernel.scope import whole_nation
from aoxanh.people.models import Account, Device, LanguageSkill, Membership, RoleAssignment, Volunteer
from aoxanh.privacy import actions
from aoxanh.privacy.errors import UnknownPerson
from aoxanh.privacy.forgetting import FORGOTTEN
from aoxanh.privacy.queries import due_counts
from tests import cast as the_cast
from tests.conftest import Cast
from tests.desk.record_examples import a_batch, a_record

BY = "system:test"


def a_phone(cast: Cast, name: str) -> Device:
    return Device.objects.create(
        id=uuid7(), account=cast.account(name), token_hash=uuid7().hex, label="Chrome"
    )


def recorded_work(cast: Cast, device: Device, count: int = 3) -> None:
    batch = a_batch(*[a_record(seq=number) for number in range(1, count + 1)])
    receipt = receive_batch(body=batch, device_id=device.id, by=cast.actor("lan"))
    assert [answer.status for answer in receipt.answers] == ["accepted"] * count


def sessions() -> list[SupportSession]:
    with whole_nation():
        return list(SupportSession.objects.all())


def test_work_stays_as_counts_of_one_nobody(cast):
    phone = a_phone(cast, "lan")
    recorded_work(cast, phone)
    actions.forget(username="lan", by=BY)
    rows = sessions()
    assert len(rows) == 3
    assert len({row.volunteer_id for row in rows}) == 1
    assert {row.volunteer_id for row in rows} != {the_cast.volunteer_id("lan")}
    assert phone.id not in {row.device_id for row in rows}


def test_what_was_about_the_person_is_gone_and_others_keep_theirs(cast):
    a_phone(cast, "lan")
    others = Volunteer.objects.exclude(id=the_cast.volunteer_id("lan")).count()
    actions.forget(username="lan", by=BY)
    lan = the_cast.account_id("lan")
    for model in (RoleAssignment, Device):
        assert not model.objects.filter(account=lan).exists()
    assert not LanguageSkill.objects.filter(volunteer__account=lan).exists()
    assert not Membership.objects.filter(volunteer__account=lan).exists()
    assert Volunteer.objects.count() == others
    assert Membership.objects.filter(volunteer=the_cast.volunteer_id("minh")).exists()


def test_the_account_keeps_its_row_without_a_name_or_a_way_in(cast):
    browser = cast.client("lan")
    actions.forget(username="lan", by=BY)
    account = Account.objects.get(id=the_cast.account_id("lan"))
    assert account.display_name == FORGOTTEN
    assert account.email == ""
    assert "lan" not in account.username
    assert not account.is_active
    assert not account.check_password(the_cast.PASSWORD)
    assert not Client().login(username=account.username, password=the_cast.PASSWORD)
    assert browser.get("/").wsgi_request.user.is_anonymous


def test_no_row_of_the_database_still_names_the_person(cast):
    recorded_work(cast, a_phone(cast, "lan"))
    actions.forget(username="lan", by=BY)
    with whole_nation():
        texts = " ".join(
            str(list(model._default_manager.values_list()))
            for model in apps.get_models()
            if not model.__module__.startswith("aoxanh.places")
        )
    assert "Vàng Thị Lan" not in texts
    assert "vang thi lan" not in texts


def test_a_hand_over_forgets_which_official_took_it(cast):
    with whole_nation():
        Handover.objects.create(
            commune_code=the_cast.LUNG_CU,
            day=clock.today(),
            id=uuid7(),
            team_id=the_cast.LAN_TEAM,
            reason="decision",
            state="taken",
            official_id=the_cast.account_id("ha"),
        )
    actions.forget(username="ha", by=BY)
    with whole_nation():
        assert Handover.objects.get().official_id != the_cast.account_id("ha")


def test_forgetting_is_audited_without_a_name(cast):
    actions.forget(username="lan", by=BY)
    entry = AuditEntry.objects.filter(action="privacy.person.forgotten").latest("at")
    assert entry.subject == f"account:{the_cast.account_id('lan')}"
    assert "Vàng" not in f"{entry.details}{entry.actor}{entry.subject}"


@pytest.mark.parametrize("username", ["nobody", "", "forgotten-1234"])
def test_who_is_not_there_cannot_be_forgotten(cast, username):
    with pytest.raises(UnknownPerson):
        actions.forget(username=username, by=BY)


def test_nobody_is_forgotten_twice(cast):
    actions.forget(username="lan", by=BY)
    left = Account.objects.get(id=the_cast.account_id("lan")).username
    with pytest.raises(UnknownPerson):
        actions.forget(username=left, by=BY)


def long_ago(months: int) -> datetime:
    return clock.now() - timedelta(days=31 * months)


def test_nothing_is_due_while_people_serve(cast):
    a_phone(cast, "lan")
    Account.objects.update(created_at=long_ago(30), last_login=long_ago(20))
    Volunteer.objects.update(created_at=long_ago(30))
    assert due_counts() == {}
    assert actions.retain(by=BY) == {}
    assert not AuditEntry.objects.filter(action="privacy.expired").exists()


def test_who_left_a_year_ago_is_let_go_and_the_rest_stays(cast):
    lan = the_cast.account_id("lan")
    Account.objects.filter(id=lan).update(created_at=long_ago(30), last_login=long_ago(13))
    Volunteer.objects.filter(account=lan).update(created_at=long_ago(30))
    left = long_ago(13).date()
    RoleAssignment.objects.filter(account=lan).update(valid_from=left - timedelta(days=90), valid_to=left)
    Membership.objects.filter(volunteer__account=lan).update(
        valid_from=left - timedelta(days=90), valid_to=left
    )
    before = Account.objects.filter(display_name=FORGOTTEN).count()
    actions.retain(by=BY)
    assert Account.objects.get(id=lan).display_name == FORGOTTEN
    assert not Volunteer.objects.filter(id=the_cast.volunteer_id("lan")).exists()
    assert Account.objects.filter(display_name=FORGOTTEN).count() == before + 1
    assert actions.retain(by=BY) == {}


def test_who_changed_from_volunteer_to_official_keeps_the_account_only(cast):
    lan = the_cast.account_id("lan")
    Account.objects.filter(id=lan).update(created_at=long_ago(30), last_login=long_ago(30))
    Volunteer.objects.filter(account=lan).update(created_at=long_ago(30))
    left = long_ago(13).date()
    Membership.objects.filter(volunteer__account=lan).update(
        valid_from=left - timedelta(days=90), valid_to=left
    )
    actions.retain(by=BY)
    assert Account.objects.get(id=lan).display_name == "Vàng Thị Lan"
    assert not Volunteer.objects.filter(account=lan).exists()


def test_a_phone_is_let_go_a_year_after_it_was_last_of_use(cast):
    seen, lost, fresh = (a_phone(cast, "lan") for _ in range(3))
    Device.objects.filter(id=seen.id).update(enrolled_at=long_ago(30), last_seen_at=long_ago(13))
    Device.objects.filter(id=lost.id).update(
        enrolled_at=long_ago(30), revoked_at=long_ago(11), last_seen_at=long_ago(13)
    )
    actions.retain(by=BY)
    assert set(Device.objects.values_list("id", flat=True)) == {lost.id, fresh.id}


def test_the_command_tells_what_it_would_do_before_doing_it(cast):
    a_phone(cast, "lan")
    Device.objects.update(enrolled_at=long_ago(30), last_seen_at=long_ago(13))
    said = CliRunner().invoke(main, ["privacy", "retain", "--dry-run", "--json"])
    assert json.loads(said.stdout) == {"people.Device": 1}
    assert Device.objects.exists()
    done = CliRunner().invoke(main, ["privacy", "retain", "--json"])
    assert json.loads(done.stdout)["people.Device"] == 1
    assert not Device.objects.exists()


def test_the_command_asks_before_it_forgets(cast):
    said = CliRunner().invoke(main, ["privacy", "forget", "lan"], input="n\n")
    assert said.exit_code == 1
    assert Account.objects.filter(username="lan").exists()
    said = CliRunner().invoke(main, ["privacy", "forget", "lan", "--yes"])
    assert said.exit_code == 0, said.output
    assert not Account.objects.filter(username="lan").exists()


def test_the_command_explains_a_wrong_name(cast):
    said = CliRunner().invoke(main, ["privacy", "forget", "nobody", "--yes"])
    assert said.exit_code == 1
    assert "nobody" in said.output
    assert "Traceback" not in said.output


def test_the_command_lists_the_class_of_every_field(cast):
    said = CliRunner().invoke(main, ["privacy", "classes", "--json"])
    assert json.loads(said.stdout)["people.Account.password"] == ["secret", "P12M"]
