"""Guardian consent: recorded with its paper, withdrawn at once, needed until 18, and never who the guardian is."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.cast import LAN_TEAM, volunteer_id
from tests.people.consenting import make_minors

from aoxanh.audit.models import AuditEntry
from aoxanh.kernel import clock
from aoxanh.people import actions, consent_queries
from aoxanh.people.actions import ConsentFacts
from aoxanh.people.errors import ConsentHeld, ConsentWithdrawn, NotAllowed, NotMinor, UnfitConsent
from aoxanh.people.models import GuardianConsent, Volunteer
from aoxanh.privacy.errors import PersonalData

LAN = volunteer_id("lan")


def lan():
    return Volunteer.objects.select_related("home").get(id=LAN)


def facts(**more):
    told = {"given_on": clock.today(), "paper": "Đơn đồng ý mẫu 02", "kept_at": "Tủ hồ sơ Đoàn xã"}
    return ConsentFacts(**(told | more))


def test_a_minor_lacks_consent_until_the_secretary_records_the_paper(cast):
    make_minors([LAN], consent=False)
    assert consent_queries.lacks_consent(lan())
    consent = actions.record_consent(volunteer=lan(), facts=facts(), by=cast.actor("son"))
    assert not consent_queries.lacks_consent(lan())
    assert consent.recorded_by_id == cast.account("son").id
    entry = AuditEntry.objects.filter(action="people.consent.recorded").latest("at")
    assert "Tủ" not in str(entry.details)


def test_a_withdrawal_holds_at_once_and_is_recorded_once(cast):
    make_minors([LAN])
    consent = GuardianConsent.objects.get(volunteer=LAN)
    actions.withdraw_consent(consent=consent, by=cast.actor("son"))
    assert consent_queries.lacks_consent(lan())
    with pytest.raises(ConsentWithdrawn):
        actions.withdraw_consent(consent=consent, by=cast.actor("son"))
    actions.record_consent(volunteer=lan(), facts=facts(), by=cast.actor("son"))
    assert not consent_queries.lacks_consent(lan())


def test_turning_18_ends_the_need(cast):
    make_minors([LAN], days=1, consent=False)
    assert consent_queries.without_consent([LAN], clock.today()) == {LAN}
    assert not consent_queries.without_consent([LAN], clock.today() + timedelta(days=1))


def test_consent_is_for_minors_once_and_of_a_day_that_can_be(cast):
    with pytest.raises(NotMinor):
        actions.record_consent(volunteer=lan(), facts=facts(), by=cast.actor("son"))
    make_minors([LAN], days=365, consent=False)
    for days, reason in ((1, "tương lai"), (-500, "16")):
        with pytest.raises(UnfitConsent, match=reason):
            actions.record_consent(
                volunteer=lan(),
                facts=facts(given_on=clock.today() + timedelta(days=days)),
                by=cast.actor("son"),
            )
    for field in ("paper", "kept_at"):
        with pytest.raises(UnfitConsent):
            actions.record_consent(volunteer=lan(), facts=facts(**{field: "  "}), by=cast.actor("son"))
        with pytest.raises(PersonalData):
            actions.record_consent(
                volunteer=lan(), facts=facts(**{field: "mẹ cháu, số 0912 345 678"}), by=cast.actor("son")
            )
    actions.record_consent(volunteer=lan(), facts=facts(), by=cast.actor("son"))
    with pytest.raises(ConsentHeld):
        actions.record_consent(volunteer=lan(), facts=facts(), by=cast.actor("son"))


@pytest.mark.parametrize("name", ["lan", "minh", "ha", "an", "binh"])
def test_only_who_answers_for_the_commune_records_a_consent(cast, name):
    make_minors([LAN], consent=False)
    with pytest.raises(NotAllowed):
        actions.record_consent(volunteer=lan(), facts=facts(), by=cast.actor(name))


def test_a_corrected_birthday_moves_the_day_until_which_it_is_needed(cast):
    make_minors([LAN])
    told = actions.VolunteerFacts(
        full_name=lan().full_name, home=lan().home, adult_on=clock.today() + timedelta(days=300)
    )
    actions.edit_volunteer(volunteer=lan(), facts=told, by=cast.actor("son"))
    assert GuardianConsent.objects.get(volunteer=LAN).needed_until == told.adult_on


def test_the_secretary_records_and_withdraws_on_the_page_and_the_leader_sees_who_lacks(cast):
    make_minors([LAN], consent=False)
    team = reverse("team", args=[LAN_TEAM])
    assert "thiếu giấy đồng ý" in cast.client("minh").get(team).content.decode()
    son, page = cast.client("son"), reverse("volunteer", args=[LAN])
    told = {"given_on": str(clock.today()), "paper": "Đơn đồng ý mẫu 02", "kept_at": "Tủ hồ sơ Đoàn xã"}
    wrong = son.post(reverse("consent_record", args=[LAN]), told | {"paper": "bố cháu 0912 345 678"})
    assert wrong.status_code == 200
    assert not GuardianConsent.objects.exists()
    son.post(reverse("consent_record", args=[LAN]), told)
    consent = GuardianConsent.objects.get()
    assert "Đơn đồng ý mẫu 02" in son.get(page).content.decode()
    assert "thiếu giấy đồng ý" not in cast.client("minh").get(team).content.decode()
    son.post(reverse("consent_withdraw", args=[LAN, consent.id]))
    assert "thiếu giấy đồng ý" in cast.client("minh").get(team).content.decode()


def test_a_phone_of_a_minor_is_told_that_consent_is_missing(cast):
    client = cast.client("lan")
    enrolled = client.post(
        "/api/v1/devices", {"device": str(LAN), "label": "x"}, content_type="application/json"
    ).json()
    headers = {"Authorization": f"Bearer {enrolled['token']}"}
    for made, lacking in ((False, True), (True, False)):
        make_minors([LAN], consent=made)
        assert client.get("/api/v1/sync", headers=headers).json()["me"]["lacks_consent"] is lacking
