"""Phones of the field app: enrolled once with a token, revoked when lost."""

import secrets
from uuid import UUID

from django.db import transaction

from aoxanh.audit import actions as audit
from aoxanh.kernel import clock
from aoxanh.kernel.text import nfc
from aoxanh.people.actions.accounts import chain_of, may_over, numbers_in
from aoxanh.people.actors import Actor
from aoxanh.people.errors import DeviceRevoked, DeviceTaken, NotAllowed
from aoxanh.people.models import Account, Device
from aoxanh.people.permissions import Permission
from aoxanh.people.queries import token_digest


@transaction.atomic
def enrol_device(*, account: Account, device_id: UUID, label: str, by: Actor) -> str:
    """Enrol a phone for its signed-in owner and return the token, which is shown this once; only its SHA-256 is kept.

    The same phone of the same account gets a new token, the old one ends. Raises DeviceTaken or DeviceRevoked.
    """
    if account.id != by.account_id:
        raise NotAllowed
    Account.objects.select_for_update().get(id=account.id)
    known = Device.objects.select_for_update().filter(id=device_id).first()
    if known is not None and known.account_id != account.id:
        raise DeviceTaken(field="device")
    if known is not None and known.revoked_at is not None:
        raise DeviceRevoked(field="device")
    token = secrets.token_urlsafe(32)
    device = known or Device(id=device_id, account=account)
    device.token_hash, device.label = token_digest(token), _browser(label)
    device.save(force_insert=known is None)
    audit.record(
        chain=chain_of(account), actor=str(by), action="people.device.enrolled", subject=f"device:{device_id}"
    )
    return token


def _browser(label: str) -> str:
    """Return the label if it can be a browser's name; the phone signs in without one rather than keep somebody's number."""
    name = nfc(label)[:80]
    return name if name.isprintable() and not numbers_in(name) else ""


@transaction.atomic
def revoke_device(*, device: Device, by: Actor) -> Device:
    """Revoke a phone: its next call is answered 410 and it erases what it holds. Repeating it changes nothing."""
    device = Device.objects.select_for_update(of=("self",)).select_related("account").get(id=device.id)
    if device.account_id != by.account_id and not may_over(by, Permission.DEVICE_REVOKE, device.account):
        raise NotAllowed
    if device.revoked_at is None:
        device.revoked_at = clock.now()
        device.save(update_fields=["revoked_at"])
        audit.record(
            chain=chain_of(device.account),
            actor=str(by),
            action="people.device.revoked",
            subject=f"device:{device.id}",
        )
    return device
