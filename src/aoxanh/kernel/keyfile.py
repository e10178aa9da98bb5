"""An Ed25519 key in a file of its own that only its owner may read, made on its first use."""

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


def private_key(path: Path) -> Ed25519PrivateKey:
    """Return the key that the file holds in hexadecimal, making the file when it is not there yet."""
    if not path.exists():
        make_key(path)
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text()))


def make_key(path: Path) -> None:
    """Write a new key whole and only for its owner; when two processes make one at once, the first wins."""
    draft = _draft(path)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def replace_key(path: Path) -> None:
    """Put a new key in the place of the one there, in one step; the old one is gone."""
    _draft(path).replace(path)


def _draft(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    draft.write_text(Ed25519PrivateKey.generate().private_bytes_raw().hex())
    return draft
