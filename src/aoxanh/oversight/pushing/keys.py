"""The key by which push services know the site: a file of its own, made once by a command; without it nothing is pushed."""

import hashlib
import logging
import os
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from aoxanh.oversight.pushing.envelope import packed

log = logging.getLogger("aoxanh.push")


@dataclass(frozen=True, slots=True)
class ServerKey:
    """The private half, the public half as browsers take it, and a short mark by which a subscription names it."""

    private: EllipticCurvePrivateKey = field(repr=False)
    public: str
    mark: str


def make_key(path: Path) -> bool:
    """Write a new key whole and only for its owner; false when there is one already, which stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    draft.write_bytes(
        generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    try:
        os.link(draft, path)
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    return True


def key_at(path: Path) -> ServerKey | None:
    """Return the key of a file, read anew when it changes; None where there is none, or none that can be read."""
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        return None
    return _read(path, changed)


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> ServerKey | None:
    try:
        private = load_pem_private_key(path.read_bytes(), None)
    except (OSError, ValueError, TypeError):
        private = None
    if not isinstance(private, EllipticCurvePrivateKey) or not isinstance(private.curve, SECP256R1):
        log.error("The push key cannot be read, so nothing is pushed.")
        return None
    public = packed(private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))
    return ServerKey(private, public, hashlib.sha256(public.encode()).hexdigest()[:16])
