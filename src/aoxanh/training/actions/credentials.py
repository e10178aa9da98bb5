"""Signing a certificate, and changing the key that signs."""

import secrets
from datetime import date, datetime, time

from django.conf import settings
from django.db import IntegrityError, transaction

from aoxanh.audit import actions as audit
from aoxanh.kernel import clock
from aoxanh.kernel.keyfile import replace_key
from aoxanh.people.actors import Actor
from aoxanh.training.credential_queries import short_name
from aoxanh.training.credentials import credential, jose, status
from aoxanh.training.credentials.credential import Award
from aoxanh.training.errors import NoPaper, UnknownKey
from aoxanh.training.keys import SigningKey, key_in_use
from aoxanh.training.models import Certificate, CredentialIndex, CredentialKey


@transaction.atomic
def credential_of(*, certificate: Certificate, site: str) -> str:
    """Return a certificate's signed credential, the same each time while the key is the same. Raises NoPaper.

    Nothing of it is kept but its place in the status lists; the caller has checked who may have it.
    """
    if not certificate.holds_today:
        raise NoPaper
    key = published_key()
    award = award_of(certificate, index_of(certificate))
    return jose.sign(credential.payload_of(award, site), key.private, credential.kid_of(site, key.thumbprint))


def published_key() -> SigningKey:
    """Return the key in use, published before anything that it signs leaves the house."""
    key = key_in_use()
    public = key.private.public_key().public_bytes_raw().hex()
    CredentialKey.objects.get_or_create(thumbprint=key.thumbprint, defaults={"public": public})
    return key


def award_of(certificate: Certificate, index: int) -> Award:
    """Return what the engine needs to know of a certificate."""
    return Award(
        id=certificate.id,
        holder=short_name(certificate.volunteer.full_name),
        group=certificate.group_id,
        group_name=certificate.group.name_vi,
        valid_from=_morning(certificate.issued_on),
        valid_until=_morning(certificate.valid_to) if certificate.valid_to else None,
        status_index=index,
    )


def index_of(certificate: Certificate) -> int:
    """Return a certificate's place in the status lists, giving it a random free one the first time.

    Lists are filled to a half at most, so that a free place is found at once and no neighbour tells when one was signed.
    """
    held = CredentialIndex.objects.filter(certificate=certificate).first()
    while held is None:
        used = CredentialIndex.objects.count()
        places = (2 * used // status.LENGTH + 1) * status.LENGTH
        try:
            with transaction.atomic():
                held = CredentialIndex.objects.create(
                    number=secrets.randbelow(places), certificate=certificate
                )
        except IntegrityError:
            held = CredentialIndex.objects.filter(certificate=certificate).first()
    return held.number


@transaction.atomic
def rotate_key(*, by: Actor) -> str:
    """Sign with a new key from now on and return its thumbprint; what the old one signed stays genuine."""
    published_key()
    replace_key(settings.CREDENTIAL_KEY)
    key = published_key()
    _record(by, "training.key.rotated", key.thumbprint)
    return key.thumbprint


@transaction.atomic
def withdraw_key(*, thumbprint: str, by: Actor) -> None:
    """Believe nothing any more that an old key signed, since somebody else may have it. Raises UnknownKey."""
    if thumbprint == key_in_use().thumbprint:
        raise UnknownKey
    if not CredentialKey.objects.filter(thumbprint=thumbprint, withdrawn_at=None).update(
        withdrawn_at=clock.now()
    ):
        raise UnknownKey
    _record(by, "training.key.withdrawn", thumbprint)


def _record(by: Actor, action: str, thumbprint: str) -> None:
    audit.record(chain="VN", actor=str(by), action=action, subject=f"key:{thumbprint}")


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(), clock.VIETNAM)


def note_certificates_read(*, count: int, by: Actor) -> None:
    """Tell the audit that somebody took a list of people's certificates away."""
    place = by.grants[0].place_code if by.grants else "VN"
    audit.record_read(
        chain=place,
        actor=str(by),
        what="training.certificate",
        subject=f"place:{place}",
        details={"count": count},
    )
