"""Certificates: who records them, when they hold, what is refused."""

from datetime import timedelta

import pytest

from aoxanh.audit.models import AuditEntry
from aoxanh.kernel import clock
from aoxanh.people.errors import NotAllowed
from aoxanh.people.models import Volunteer
from aoxanh.privacy.errors import PersonalData
from aoxanh.training import actions, queries
from aoxanh.training.actions import CertificateFacts
from aoxanh.training.errors import CertificateRevoked, UnfitCertificate
from aoxanh.training.models import Certificate, SkillGroup
from tests.cast import volunteer_id
from tests.conftest import Cast

DAY = timedelta(days=1)


def facts(**more) -> CertificateFacts:
    told = {
        "group": SkillGroup.objects.get(code="services"),
        "issued_on": clock.today(),
        "source": "Lớp tập huấn tháng 6",
    }
    return CertificateFacts(**(told | more))


def lan() -> Volunteer:
    return Volunteer.objects.get(id=volunteer_id("lan"))


def record(cast: Cast, by: str = "son", **more) -> Certificate:
    return actions.record_certificate(volunteer=lan(), facts=facts(**more), by=cast.actor(by))


def test_the_campaign_has_three_skill_groups(db: None) -> None:
    assert [group.code for group in queries.skill_groups()] == ["vneid", "services", "ai"]


def test_a_secretary_certifies_people_of_their_own_commune_only(cast: Cast) -> None:
    record(cast)
    binh = Volunteer.objects.get(id=volunteer_id("binh"))
    with pytest.raises(NotAllowed):
        actions.record_certificate(volunteer=binh, facts=facts(), by=cast.actor("son"))
    with pytest.raises(NotAllowed):
        record(cast, by="lan")


def test_a_certificate_holds_from_its_day_until_the_day_it_ends(cast: Cast) -> None:
    today = clock.today()
    record(cast, issued_on=today - 9 * DAY, valid_to=today + DAY)
    ids = [volunteer_id("lan"), volunteer_id("minh")]
    held = {day: queries.groups_held(ids, today + day * DAY) for day in (-10, -9, 0, 1)}
    assert held == {-10: {}, -9: {ids[0]: {"services"}}, 0: {ids[0]: {"services"}}, 1: {}}


def test_a_certificate_taken_back_holds_no_longer_and_cannot_be_taken_back_again(cast: Cast) -> None:
    held = record(cast, issued_on=clock.today() - DAY)
    actions.revoke_certificate(certificate=held, by=cast.actor("duc"))
    assert queries.groups_held([volunteer_id("lan")], clock.today()) == {}
    with pytest.raises(CertificateRevoked):
        actions.revoke_certificate(certificate=held, by=cast.actor("duc"))


def test_the_same_certificate_told_twice_stays_one_and_is_audited_once(cast: Cast) -> None:
    assert record(cast).id == record(cast).id
    assert AuditEntry.objects.filter(action="training.certificate.recorded").count() == 1


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"issued_on": clock.today() + DAY}, UnfitCertificate),
        ({"valid_to": clock.today()}, UnfitCertificate),
        ({"source": "  "}, UnfitCertificate),
        ({"source": "x" * 121}, UnfitCertificate),
        ({"source": "Gọi 0912 345 678"}, PersonalData),
    ],
)
def test_what_no_paper_says_is_refused(cast: Cast, more: dict, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        record(cast, **more)


def test_the_secretary_records_and_takes_back_on_the_volunteers_page(cast: Cast) -> None:
    son, page = cast.client("son"), f"/volunteers/{volunteer_id('lan')}/"
    told = {"group": "vneid", "issued_on": "2026-06-01", "source": "Lớp của tỉnh"}
    assert son.post(f"{page}certificates/", told).status_code == 302
    shown = son.get(page).content.decode()
    assert "Lớp của tỉnh" in shown
    held = Certificate.objects.get()
    assert son.post(f"{page}certificates/{held.id}/revoke/").status_code == 302
    assert "certificates/" + str(held.id) not in son.get(page).content.decode()
    refused = son.post(f"{page}certificates/", told | {"issued_on": "2999-01-01"})
    assert refused.status_code == 200
    assert refused.context["certificate_form"].errors["issued_on"]


def test_volunteers_themselves_say_how_far_they_travel(cast: Cast) -> None:
    client, page = cast.client("lan"), f"/volunteers/{volunteer_id('lan')}/edit/"
    told = {"technology": 2, "communication": 2, "reach_km": 30, "willing_abroad": "on"}
    assert client.post(page, told).status_code == 302
    assert (lan().reach_km, lan().willing_abroad) == (30, True)
    assert client.post(page, told | {"reach_km": 31}).status_code == 200
    assert client.post(page, {"technology": 2, "communication": 2}).status_code == 302
    assert (lan().reach_km, lan().willing_abroad) == (30, False)
