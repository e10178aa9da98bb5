"""A phone's badge made in Python, the way the field app makes it."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from aoxanh.kernel import clock
from aoxanh.kernel.ids import uuid7
from aoxanh.people.badges import tokens
from aoxanh.people.models import BadgeKey, Device
from tests.cast import account_id


@dataclass
class BadgePhone:
    """A phone with a badge's key."""

    private: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    key_id: UUID = field(default_factory=uuid7)

    @property
    def point(self) -> bytes:
        return self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def sign(self, statement: bytes) -> bytes:
        r, s = decode_dss_signature(self.private.sign(statement, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32) + s.to_bytes(32)

    def token(self, moment: datetime | None = None, key_id: UUID | None = None) -> str:
        """Return the badge that the phone shows at a moment (now)."""
        slot = tokens.slot_of(moment or clock.now())
        statement = tokens.phone_statement(key_id or self.key_id, slot, b"abcd")
        return tokens.spell(statement + tokens.with_small_s(self.sign(statement)))

    def enrol(self, name: str) -> Device:
        """Let the phone be one of the cast's, with its key known to the server."""
        device = Device.objects.create(id=uuid7(), account_id=account_id(name), token_hash=uuid7().hex)
        BadgeKey.objects.create(id=self.key_id, device=device, public_key=self.point)
        return device
