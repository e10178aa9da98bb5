"""Names, labels and cards hold no citizen's number: where a name is asked for, a number is refused or left out."""

import pytest
from tests.cast import LUNG_CU
from tests.procedures.card_examples import a_card, bent

from aoxanh.kernel.ids import uuid7
from aoxanh.people import actions
from aoxanh.people.actions import VolunteerFacts
from aoxanh.people.errors import NotAllowed, UnfitUsername
from aoxanh.people.models import Device, Team
from aoxanh.places.models import Place
from aoxanh.privacy.errors import PersonalData
from aoxanh.procedures.actions import confirm_version, publish_version
from aoxanh.procedures.errors import CardInvalid
from aoxanh.procedures.models import Procedure
from aoxanh.procedures.rules import read_card

NUMBERS = ["CCCD 001203001234", "gọi 0912 345 678", "mai@example.vn"]


@pytest.mark.parametrize("text", NUMBERS)
def test_no_name_holds_a_number(cast, text):
    son, place = cast.actor("son"), Place.objects.get(code=LUNG_CU)
    with pytest.raises(PersonalData):
        actions.create_team(commune=place, name=text, kind=Team.Kind.MOBILE, by=son)
    with pytest.raises(PersonalData):
        actions.create_volunteer(facts=VolunteerFacts(text, place), by=son)
    with pytest.raises(PersonalData):
        actions.create_account(username="new.name", display_name=text, place=place, by=son)


@pytest.mark.parametrize("username", ["001203001234", "0912345678", "lan0912345678"])
def test_no_account_is_called_by_a_number(cast, username):
    with pytest.raises(UnfitUsername):
        actions.create_account(
            username=username,
            display_name="Giàng A Páo",
            place=Place.objects.get(code=LUNG_CU),
            by=cast.actor("son"),
        )


@pytest.mark.parametrize(
    ("label", "kept"),
    [("Chrome Android", "Chrome Android"), *((text, "") for text in NUMBERS), ("a\x07b", "")],
)
def test_a_phone_keeps_the_browsers_name_and_nobodys_number(cast, label, kept):
    device = uuid7()
    actions.enrol_device(account=cast.account("lan"), device_id=device, label=label, by=cast.actor("lan"))
    assert Device.objects.get(id=device).label == kept


@pytest.mark.parametrize("text", ["Ví dụ: CCCD 001203001234", "Gửi về mai.lungcu@gmail.com"])
def test_no_card_holds_a_citizens_number(cast, text):
    material = bent()
    material["source"] = text
    with pytest.raises(CardInvalid) as refused:
        read_card(material)
    assert refused.value.flaws[0].field == "source"


def test_who_checked_a_card_is_a_name(cast):
    version = publish_version(card=a_card(), province=None, base=0, by=cast.actor("an"))
    with pytest.raises(PersonalData):
        confirm_version(version_id=version.id, checked_by="Mai 0912345678", by=cast.actor("an"))
    assert (
        confirm_version(version_id=version.id, checked_by="", by=cast.actor("an")).checked_by
        == "Phạm Bình An"
    )


def test_a_provinces_card_ends_no_other_card_for_the_nation(cast):
    other = "1.001193"
    card = a_card(supersedes=[other])
    with pytest.raises(NotAllowed):
        publish_version(card=card, province=Place.objects.get(code="08"), base=0, by=cast.actor("duc"))
    assert Procedure.objects.get(code=other).superseded_by is None


def test_days_without_end_do_not_break_the_editor(cast):
    client = cast.client("an")
    client.raise_request_exception = False
    assert client.post("/procedures/new/", {"time_working_days": "9" * 5000}).status_code < 500
