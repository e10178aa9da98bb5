"""The police's office of a commune: kept by the secretary, shown to citizens."""

import re

from django.db import transaction

from aoxanh.audit import actions as audit
from aoxanh.kernel import clock
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, require
from aoxanh.places.models import Place
from aoxanh.privacy.queries import check_text
from aoxanh.safety.errors import UnfitContact
from aoxanh.safety.models import PoliceContact

# Landlines begin with 02, hotlines with 1800 or 1900, emergency numbers have three digits; mobiles, which are people's own, with 03 to 09.
_OFFICE_NUMBER = re.compile(r"02\d{8,9}|1[89]00\d{4,6}|1\d{2}")


@transaction.atomic
def set_police_contact(*, commune: Place, office: str, number: str, by: Actor) -> PoliceContact:
    """Say under which name and number citizens reach the commune police. Raises UnfitContact or PersonalData."""
    require(by, Permission.CONTACT_EDIT, commune)
    if commune.level != Place.Level.COMMUNE:
        raise UnfitContact(field="commune")
    office = check_text(" ".join(office.split()), "office")
    digits = re.sub(r"[\s.\-()]", "", number)
    if not 0 < len(office) <= 80:
        raise UnfitContact(field="office")
    if digits and not _OFFICE_NUMBER.fullmatch(digits):
        raise UnfitContact(field="number")
    contact, _made = PoliceContact.objects.update_or_create(
        commune=commune, defaults={"office": office, "number": digits, "edited_at": clock.now()}
    )
    audit.record(
        chain=commune.code, actor=str(by), action="safety.contact.set", subject=f"commune:{commune.code}"
    )
    return contact
