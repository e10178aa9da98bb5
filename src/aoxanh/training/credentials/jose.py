"""Compact JWS with Ed25519, read strictly: one spelling of each token, so that no changed character goes unnoticed."""

import base64
import binascii
import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ALGORITHM = "EdDSA"
# A credential has about 2 kB, a full status list 24 kB; nothing longer is read at all.
LONGEST = 64 * 1024


class Malformed(Exception):
    """What was given is no compact JWS of ours."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A token taken apart; nothing in it is to be believed before `is_signed` says so."""

    header: dict[str, Any]
    payload: dict[str, Any]
    signed: bytes
    signature: bytes

    def is_signed(self, key: Ed25519PublicKey) -> bool:
        """Tell whether this key signed exactly these bytes."""
        try:
            key.verify(self.signature, self.signed)
        except InvalidSignature:
            return False
        return True


def sign(payload: dict[str, Any], key: Ed25519PrivateKey, kid: str) -> str:
    """Return the token; the same payload and key give the same token, for Ed25519 uses no chance."""
    header = {"alg": ALGORITHM, "kid": kid, "typ": "JWT"}
    signed = f"{encoded(_json(header))}.{encoded(_json(payload))}"
    return f"{signed}.{encoded(key.sign(signed.encode()))}"


def take_apart(token: str) -> Parts:
    """Split and decode a token; raises Malformed."""
    if len(token) > LONGEST or not token.isascii() or token.count(".") != 2:
        raise Malformed
    head, body, signature = token.split(".")
    return Parts(
        _object(decoded(head)), _object(decoded(body)), f"{head}.{body}".encode(), decoded(signature)
    )


def encoded(raw: bytes) -> str:
    """Return bytes as base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """Return the bytes of base64url text; raises Malformed for any but the one spelling that `encoded` gives."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise Malformed from None
    if encoded(raw) != text:
        raise Malformed
    return raw


def thumbprint(key: Ed25519PublicKey) -> str:
    """Return the key's RFC 7638 thumbprint, which names it."""
    members = {"crv": "Ed25519", "kty": "OKP", "x": encoded(key.public_bytes_raw())}
    return encoded(sha256(_json(members)).digest())


def jwk(key: Ed25519PublicKey, kid: str) -> dict[str, str]:
    """Return the public key as a JSON Web Key."""
    return {
        "kty": "OKP",
        "crv": "Ed25519",
        "x": encoded(key.public_bytes_raw()),
        "kid": kid,
        "alg": ALGORITHM,
        "use": "sig",
    }


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _object(raw: bytes) -> dict[str, Any]:
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError):
        raise Malformed from None
    if not isinstance(value, dict):
        raise Malformed
    return value
