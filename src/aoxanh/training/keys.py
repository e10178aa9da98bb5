"""The keys that sign certificates: the private one in a file of its own, the public ones in the database, where all servers find them."""

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from aoxanh.kernel.keyfile import private_key
from aoxanh.training.credentials import jose
from aoxanh.training.models import CredentialKey


@dataclass(frozen=True, slots=True)
class SigningKey:
    """The key in use, and the thumbprint that names it."""

    private: Ed25519PrivateKey
    thumbprint: str


def key_in_use() -> SigningKey:
    """Return the key that signs, read anew each time, so that every process notices a new one."""
    private = private_key(settings.CREDENTIAL_KEY)
    return SigningKey(private, jose.thumbprint(private.public_key()))


def published_keys() -> dict[str, Ed25519PublicKey]:
    """Return every public key whose signatures still count, by thumbprint."""
    rows = CredentialKey.objects.filter(withdrawn_at=None).values_list("thumbprint", "public")
    return {name: Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)) for name, public in rows}
