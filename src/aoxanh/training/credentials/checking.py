"""Whether a certificate's token is genuine and holds at a moment; whatever is in doubt is refused, with the reason."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from aoxanh.training.credentials import credential, jose, status

Reason = Literal[
    "malformed",
    "algorithm",
    "unknown_key",
    "signature",
    "not_a_certificate",
    "not_yet",
    "expired",
    "revoked",
    "stale_list",
]


class Refused(Exception):
    """The token must not be believed; `reason` says why, from the least to the most that is known of it."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Genuine:
    """What a token says that we signed, and that holds at the moment asked for."""

    id: UUID
    holder: str
    group: str
    group_name: str
    valid_from: datetime
    valid_until: datetime | None
    status_index: int


def verify(
    token: str, keys: Mapping[str, Ed25519PublicKey], at: datetime, revoked: Container[int]
) -> Genuine:
    """Return what a certificate's token says; raises Refused.

    `keys` are the published keys by thumbprint and `revoked` the indexes that were taken back. The key's name in the header
    only chooses among `keys`: where it claims to be published, or what it brings along, counts for nothing.
    """
    payload = _believed(token, keys)
    found = _read(payload)
    if at < found.valid_from:
        raise Refused("not_yet")
    if found.valid_until is not None and at >= found.valid_until:
        raise Refused("expired")
    if found.status_index in revoked:
        raise Refused("revoked")
    return found


def read_status_list(token: str, keys: Mapping[str, Ed25519PublicKey], at: datetime) -> frozenset[int]:
    """Return the indexes that a published list says were taken back; raises Refused, also for a list whose time is over."""
    payload = _believed(token, keys)
    try:
        if payload["type"] != status.TYPES or payload["credentialSubject"]["statusPurpose"] != "revocation":
            raise Refused("not_a_certificate")
        number = int(payload["id"].rsplit("/", 1)[1])
        bits = status.unpacked(payload["credentialSubject"]["encodedList"])
        begins, ends = _moment(payload["nbf"]), _moment(payload["exp"])
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError, jose.Malformed):
        raise Refused("malformed") from None
    if not begins <= at < ends:
        raise Refused("stale_list")
    return frozenset((number - 1) * status.LENGTH + bit for bit in bits)


def _believed(token: str, keys: Mapping[str, Ed25519PublicKey]) -> dict[str, Any]:
    """Return the payload of a token that one of the keys signed."""
    try:
        parts = jose.take_apart(token)
    except jose.Malformed:
        raise Refused("malformed") from None
    header = parts.header
    if header.get("alg") != jose.ALGORITHM:
        raise Refused("algorithm")
    kid = header.get("kid")
    if set(header) != {"alg", "kid", "typ"} or header["typ"] != "JWT" or not isinstance(kid, str):
        raise Refused("malformed")
    key = keys.get(kid.rsplit("/", 1)[-1])
    if key is None:
        raise Refused("unknown_key")
    if not parts.is_signed(key):
        raise Refused("signature")
    return parts.payload


def _read(payload: dict[str, Any]) -> Genuine:
    """Return what a believed payload says; another thing that the same key signed is no certificate."""
    if payload.get("type") != credential.TYPES:
        raise Refused("not_a_certificate")
    try:
        subject, entry = payload["credentialSubject"], payload["credentialStatus"]
        number = int(entry["statusListCredential"].rsplit("/", 1)[1])
        expiry = payload.get("exp")
        return Genuine(
            UUID(subject["id"].removeprefix("urn:uuid:")),
            subject["identifier"][0]["identityHash"],
            subject["achievement"]["id"].rsplit("/", 1)[1],
            subject["achievement"]["name"],
            _moment(payload["nbf"]),
            None if expiry is None else _moment(expiry),
            (number - 1) * status.LENGTH + int(entry["statusListIndex"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError):
        raise Refused("malformed") from None


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
