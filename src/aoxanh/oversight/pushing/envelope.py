"""What is posted: the words sealed for one browser (RFC 8291), and the site's signature for its push service (RFC 8292)."""

import base64
import binascii
import json
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import http_ece
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    generate_private_key,
)
from py_vapid import Vapid02

SIZE = 512
"""Every message is as long as every other, so that its length tells the push service nothing."""
KEY_BYTES, AUTH_BYTES = 65, 16
_SIGNED_SECONDS = 12 * 3600


@dataclass(frozen=True, slots=True)
class Words:
    """What a lock screen may show: no name, no figure, nothing of a citizen; a newer message of a topic takes the older one's place."""

    title: str
    body: str
    topic: str

    def sealed_text(self) -> bytes:
        """Return the message as JSON of one length; blanks at its end mean nothing."""
        told = {"title": self.title, "body": self.body, "tag": self.topic}
        return json.dumps(told, ensure_ascii=False).encode().ljust(SIZE)


@dataclass(frozen=True, slots=True)
class Keys:
    """What a browser gave so that only it can read: its public key and a shared secret, in base64url."""

    public: str = field(repr=False)
    auth: str = field(repr=False)

    @property
    def are_fit(self) -> bool:
        """Tell whether they are a point of the curve and 16 bytes."""
        try:
            point, auth = unpacked(self.public), unpacked(self.auth)
            EllipticCurvePublicKey.from_encoded_point(SECP256R1(), point)
        except ValueError:
            return False
        return len(point) == KEY_BYTES and len(auth) == AUTH_BYTES


def seal(words: Words, keys: Keys) -> bytes:
    """Return the words encrypted for one browser, with a key that is used this once."""
    sealed: bytes = http_ece.encrypt(
        words.sealed_text(),
        private_key=generate_private_key(SECP256R1()),
        dh=unpacked(keys.public),
        auth_secret=unpacked(keys.auth),
    )
    return sealed


def signature(endpoint: str, key: EllipticCurvePrivateKey, contact: str) -> str:
    """Return the Authorization header by which a push service knows the site; it holds for that service, for half a day."""
    parts = urlsplit(endpoint)
    claims = {
        "sub": contact,
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int(time.time()) + _SIGNED_SECONDS,
    }
    header: str = Vapid02(key).sign(claims)["Authorization"]
    return header


def unpacked(text: str) -> bytes:
    """Return what unpadded base64url stands for. Raises ValueError for anything else."""
    try:
        return base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from None


def packed(data: bytes) -> str:
    """Return bytes in unpadded base64url."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
