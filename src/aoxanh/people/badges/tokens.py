"""Badge tokens: the bytes that a phone or the server signs, their one spelling in an address, and whether a moment is theirs.

A phone's token is `1`, the key's id, the number of a half-minute and four random bytes, signed with ECDSA P-256: every browser that the field
app runs in can make such a key that no script can read out. A printed token is `2`, the badge's id and its last day, signed by the
server with Ed25519. There is exactly one spelling of a token: base64 without padding or stray bits, and of the two ECDSA signatures that
would hold for each text the one with the smaller second half.
"""

import base64
import binascii
import re
import struct
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PHONE, PRINTED = 1, 2
SLOT_SECONDS = 30
OLDEST = timedelta(minutes=2)
AHEAD = timedelta(minutes=1)
# Further off than this is no slow network and no screenshot: the phone's clock is wrong.
CLOCK_OFF = timedelta(minutes=10)

_PHONE_FORM = struct.Struct(">B16sI4s")
_PRINTED_FORM = struct.Struct(">B16sH")
_SIGNATURE = 64
_PHONE_LENGTH = _PHONE_FORM.size + _SIGNATURE
_PRINTED_LENGTH = _PRINTED_FORM.size + _SIGNATURE
_SPELLING = re.compile(r"[A-Za-z0-9_-]+")
LONGEST = 119
_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_POINT = 65
_EPOCH = date(1970, 1, 1)
_ECDSA = ec.ECDSA(hashes.SHA256())


@dataclass(frozen=True, slots=True)
class PhoneToken:
    """What a phone's token says, before anybody has checked its signature."""

    key: UUID
    slot: int
    signed: bytes
    signature: bytes

    @property
    def began(self) -> datetime:
        """When the half-minute that the token names began."""
        return datetime.fromtimestamp(self.slot * SLOT_SECONDS, UTC)


@dataclass(frozen=True, slots=True)
class PrintedToken:
    """What a printed badge's token says, before anybody has checked its signature."""

    badge: UUID
    last_day: date
    signed: bytes
    signature: bytes


def read(token: str) -> PhoneToken | PrintedToken | None:
    """Return what a token says, or None when these are not the bytes of one in their one spelling."""
    raw = _bytes_of(token)
    if raw is None:
        return None
    signed, signature = raw[:-_SIGNATURE], raw[-_SIGNATURE:]
    if raw[0] == PHONE and len(raw) == _PHONE_LENGTH:
        _kind, key, slot, _nonce = _PHONE_FORM.unpack(signed)
        return PhoneToken(UUID(bytes=key), slot, signed, signature)
    if raw[0] == PRINTED and len(raw) == _PRINTED_LENGTH:
        _kind, badge, days = _PRINTED_FORM.unpack(signed)
        return PrintedToken(UUID(bytes=badge), _EPOCH + timedelta(days=days), signed, signature)
    return None


def spell(raw: bytes) -> str:
    """Return bytes the way they stand in an address."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def is_signed_by_phone(token: PhoneToken, public_key: bytes) -> bool:
    """Tell whether the phone with this key (an uncompressed point of P-256) signed the token."""
    r, s = int.from_bytes(token.signature[:32]), int.from_bytes(token.signature[32:])
    if s > _P256_ORDER // 2:
        return False
    try:
        _point(public_key).verify(encode_dss_signature(r, s), token.signed, _ECDSA)
    except (InvalidSignature, ValueError):
        return False
    return True


def is_signed_by_server(token: PrintedToken, public_key: Ed25519PublicKey) -> bool:
    """Tell whether the server with this key signed the token."""
    try:
        public_key.verify(token.signature, token.signed)
    except InvalidSignature:
        return False
    return True


def is_point(public_key: bytes) -> bool:
    """Tell whether these bytes are a public key that a phone can have: an uncompressed point of P-256."""
    if len(public_key) != _POINT or public_key[0] != 4:
        return False
    try:
        _point(public_key)
    except ValueError:
        return False
    return True


def printed(badge: UUID, last_day: date, key: Ed25519PrivateKey) -> str:
    """Return the signed token of a printed badge."""
    signed = _PRINTED_FORM.pack(PRINTED, badge.bytes, (last_day - _EPOCH).days)
    return spell(signed + key.sign(signed))


def phone_statement(key: UUID, slot: int, nonce: bytes) -> bytes:
    """Return what a phone signs: key, half-minute and four random bytes."""
    return _PHONE_FORM.pack(PHONE, key.bytes, slot, nonce)


def with_small_s(signature: bytes) -> bytes:
    """Return the one of the two signatures that counts; `signature` is r and s, 32 bytes each."""
    s = int.from_bytes(signature[32:])
    return signature[:32] + min(s, _P256_ORDER - s).to_bytes(32)


def slot_of(moment: datetime) -> int:
    """Return the number of a moment's half-minute."""
    return int(moment.timestamp()) // SLOT_SECONDS


@lru_cache(maxsize=4)
def server_key(secret: str) -> Ed25519PrivateKey:
    """Return the key that printed badges are signed with, made from the installation's secret, so that every server has the same."""
    seed = HKDF(hashes.SHA256(), 32, salt=None, info=b"aoxanh printed badges 1").derive(secret.encode())
    return Ed25519PrivateKey.from_private_bytes(seed)


def _bytes_of(token: str) -> bytes | None:
    if len(token) > LONGEST or not _SPELLING.fullmatch(token):
        return None
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (binascii.Error, ValueError):
        return None
    # The last character may hold bits that no byte has: the same bytes must not have several addresses.
    return raw if len(raw) > _SIGNATURE and spell(raw) == token else None


# A key is asked for several times while its badge is looked at; to check that a point lies on the curve costs as much as the signature.
@lru_cache(maxsize=4096)
def _point(public_key: bytes) -> ec.EllipticCurvePublicKey:
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public_key)
