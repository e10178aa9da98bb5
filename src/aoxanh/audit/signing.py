"""The installation's key for signing exported heads: Ed25519, in the data folder, readable by its owner only."""

from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from aoxanh.kernel.keyfile import private_key

KEY = "audit-key"


def sign(data_dir: Path, message: bytes) -> str:
    """Return the signature in hex, making the key on its first use."""
    return _private_key(data_dir).sign(message).hex()


def public_key(data_dir: Path) -> str:
    """Return the public half in hex, for whoever checks copies in another place."""
    return _private_key(data_dir).public_key().public_bytes_raw().hex()


def is_signed(public: str, message: bytes, signature: str) -> bool:
    """Tell whether the message carries a signature of this key."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _private_key(data_dir: Path) -> Ed25519PrivateKey:
    return private_key(data_dir / KEY)
