"""Reports of fraud: told without a name from the badge's page or the open one, and followed to their answer."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from aoxanh.audit.models import AuditEntry
from aoxanh.kernel import clock
from aoxanh.kernel.scope import whole_nation
from aoxanh.people import actions as people
from aoxanh.people.models import Account, Role
from aoxanh.places.models import Place
from aoxanh.safety import actions, tasks
from aoxanh.safety.actions import ReportFacts
from aoxanh.safety.errors import ReportMovedOn, TooManyReports
from aoxanh.safety.models import ScamReport
from aoxanh.web.safety import report as page_of_report
from tests.cast import BA_DINH, LAN_TEAM, LUNG_CU, account_id, volunteer_id
from tests.conftest import Cast
from tests.safety.badges import BadgePhone

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_counted_yet(monkeypatch: Any) -> None:
    for limit in (page_of_report.ASKS, page_of_report.TOLD):
        monkeypatch.setattr(limit, "_counts", type(limit._counts)())


def reports() -> list[ScamReport]:
    with whole_nation():
        return list(ScamReport.objects.select_related("commune", "team"))


def send(**form: str) -> Any:
    return Client(enforce_csrf_checks=True).post("/report-scam/", {"lang": "vi", **form})


def a_report(**more: Any) -> ScamReport:
    told = {"commune": Place.objects.get(code=LUNG_CU), "kind": "otp"}
    return actions.tell_report(facts=ReportFacts(**told | more))


def carried_from(token: str) -> str:
    page = Client().get(f"/b/{token}").content.decode()
    found = re.search(r'name="seen" value="([^"]+)"', page)
    assert found
    return found[1]


def test_a_report_from_a_genuine_badge_knows_commune_team_and_person(cast: Cast) -> None:
    phone = BadgePhone()
    phone.enrol("lan")
    seen = carried_from(phone.token())
    form = Client().get("/report-scam/", {"seen": seen}).content.decode()
    assert "Lũng Cú" in form
    answer = send(seen=seen, kind="money", text="Đòi tiền làm nhanh ở chợ phiên")
    assert answer.status_code == 200
    assert not answer.cookies
    (told,) = reports()
    assert (told.commune_id, told.team_id, told.about) == (LUNG_CU, LAN_TEAM, volunteer_id("lan"))
    assert (told.kind, told.badge, told.state) == ("money", "genuine", "new")


def test_an_expired_badge_leads_to_its_team_and_a_false_one_to_the_choice_of_a_commune(cast: Cast) -> None:
    phone = BadgePhone()
    phone.enrol("lan")
    send(seen=carried_from(phone.token(clock.now() - timedelta(minutes=5))), kind="otp")
    seen = carried_from(BadgePhone().token())
    assert send(seen=seen, kind="otp").status_code == 400
    assert send(seen=seen, kind="otp", commune=BA_DINH).status_code == 200
    assert {(one.badge, one.commune_id, one.team_id) for one in reports()} == {
        ("expired", LUNG_CU, LAN_TEAM), ("false", BA_DINH, None),
    }  # fmt: skip


def test_what_a_form_carries_of_a_badge_cannot_be_made_up(cast: Cast) -> None:
    phone = BadgePhone()
    phone.enrol("lan")
    seen = carried_from(phone.token())
    for altered in (seen[:-2], seen[::-1], "x:y:z", "é" * 500):
        assert send(seen=altered, kind="otp").status_code == 400
    assert reports() == []


def test_a_commune_is_chosen_in_two_steps_without_a_script() -> None:
    first = Client().get("/report-scam/").content.decode()
    assert 'value="08"' in first
    second = Client().get("/report-scam/", {"province": "08"}).content.decode()
    assert f'value="{LUNG_CU}"' in second
    third = Client().get("/report-scam/", {"province": "08", "commune": LUNG_CU}).content.decode()
    assert third.count('type="radio"') == len(ScamReport.Kind)
    assert "<script" not in first + second + third
    for strange in ("08", "VN", "99999", "é", "' OR 1=1"):
        assert 'type="radio"' not in Client().get("/report-scam/", {"commune": strange}).content.decode()


def test_personal_data_is_refused_with_its_reason_and_nothing_is_kept() -> None:
    answer = send(commune=LUNG_CU, kind="otp", text="Anh ta gọi từ số 0912345678")
    assert answer.status_code == 422
    assert "điện thoại" in answer.content.decode()
    for form in ({"kind": "nonsense"}, {"kind": ""}, {"kind": "otp", "text": "a" * 501}):
        assert send(commune=LUNG_CU, **form).status_code == 400
    assert reports() == []


def test_what_fills_in_the_field_that_people_do_not_see_is_not_kept() -> None:
    assert send(commune=LUNG_CU, kind="otp", website="http://x").status_code == 200
    assert reports() == []


def test_one_address_and_one_commune_can_be_flooded_only_so_far(monkeypatch: Any) -> None:
    monkeypatch.setattr(page_of_report.TOLD, "most", 2)
    assert [send(commune=LUNG_CU, kind="otp").status_code for _ in range(4)] == [200, 200, 429, 429]
    monkeypatch.setattr(actions.reports, "MOST_AN_HOUR", 3)
    a_report()
    with pytest.raises(TooManyReports):
        a_report()
    a_report(commune=Place.objects.get(code=BA_DINH))


def test_nothing_of_the_reporter_stands_in_the_report_the_audit_or_the_log(cast: Cast, caplog: Any) -> None:
    caplog.set_level("DEBUG", logger="aoxanh.access")
    client = cast.client("lan")
    client.post("/report-scam/", {"commune": LUNG_CU, "kind": "otp"})
    entry = AuditEntry.objects.get(action="safety.report.told")
    assert entry.actor == "anonymous"
    logged = [vars(record) for record in caplog.records]
    assert logged
    assert str(account_id("lan")) not in str(vars(entry)) + str(vars(reports()[0])) + str(logged)


def test_leader_police_and_secretary_see_it_at_once_and_strangers_never(cast: Cast) -> None:
    report = a_report(text="Ở cổng chợ", team=people_team())
    police = Account.objects.create_user("congan", None, display_name="Công an xã")
    people.grant_role(account=police, role=Role.POLICE_CONTACT, place=report.commune, by=cast.actor("son"))
    client = Client()
    client.force_login(police)
    for reader in (client, cast.client("minh"), cast.client("son")):
        assert "Ở cổng chợ" in reader.get("/scam-reports/").content.decode()
    assert client.post(f"/scam-reports/{report.id}/move/", {"state": "handling"}).status_code == 302
    assert client.get("/teams/").status_code == 200
    assert "Lũng Cú" not in client.get("/teams/").content.decode()
    for stranger in ("lan", "binh"):
        assert "Ở cổng chợ" not in cast.client(stranger).get("/scam-reports/").content.decode()


def people_team() -> Any:
    from aoxanh.people.models import Team

    return Team.objects.select_related("commune").get(id=LAN_TEAM)


def test_a_report_goes_forward_only_and_an_answer_says_what_was_done(cast: Cast) -> None:
    report, minh = a_report(team=people_team()), cast.client("minh")
    address = f"/scam-reports/{report.id}/move/"
    assert report.due_at - report.made_at == timedelta(hours=4)
    assert minh.post(address, {"state": "seen"}).status_code == 302
    assert minh.post(address, {"state": "answered", "answer": " "}).status_code == 400
    assert minh.post(address, {"state": "answered", "answer": "Gọi 0912345678"}).status_code == 422
    assert minh.post(address, {"state": "answered", "answer": "Đã gặp và nhắc cả đội."}).status_code == 302
    (told,) = reports()
    assert (told.state, told.answer, told.handler) == ("answered", "Đã gặp và nhắc cả đội.", "team_leader")
    assert told.seen_at
    assert told.answered_at
    with pytest.raises(ReportMovedOn), whole_nation():
        actions.move_report(report=told, state="handling", by=cast.actor("son"))


def test_the_leaders_phone_is_told_and_the_volunteers_is_not(cast: Cast) -> None:
    report = a_report(team=people_team(), text="Ở cổng chợ")
    (notice,) = cast.client("minh").get("/api/v1/reference").json()["notices"]
    assert (notice["kind"], notice["href"]) == ("report", f"/scam-reports/{report.id}/")
    assert "cổng chợ" not in str(notice)
    assert cast.client("lan").get("/api/v1/reference").json()["notices"] == []


def test_mail_goes_to_police_and_leader_where_the_installation_sends_any(
    cast: Cast, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    Account.objects.filter(id=account_id("minh")).update(email="minh@example.vn")
    with django_capture_on_commit_callbacks() as without:
        report = a_report(team=people_team(), text="Ở cổng chợ")
    assert without == []
    settings.EMAIL_HOST = "mail.example"
    with django_capture_on_commit_callbacks() as ordered:
        report = a_report(team=people_team(), text="Ở cổng chợ")
    assert len(ordered) == 1
    tasks.mail_report(str(report.id))
    (sent,) = mail.outbox
    assert sent.to == ["minh@example.vn"]
    assert "cổng chợ" not in sent.body


@pytest.mark.parametrize(
    ("number", "status"),
    [
        ("0219 3 851 234", "kept"),
        ("113", "kept"),
        ("1900 1234", "kept"),
        ("0912 345 678", "not"),
        ("abc", "not"),
    ],
)
def test_only_an_offices_number_is_kept_for_citizens(cast: Cast, number: str, status: str) -> None:
    cast.client("son").post(
        f"/scam-reports/contact/{LUNG_CU}/", {"office": "Công an xã Lũng Cú", "number": number}
    )
    phone = BadgePhone()
    phone.enrol("lan")
    shown = "Công an xã Lũng Cú" in Client().get(f"/b/{phone.token()}").content.decode()
    assert shown == (status == "kept")
