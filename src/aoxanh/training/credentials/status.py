"""Status lists after W3C Bitstring Status List 1.0: a bit for each certificate, set when it was taken back.

A list says nothing of whose bit is whose; whoever keeps a copy checks certificates without asking, and without us knowing whose.
"""

import gzip
import zlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from aoxanh.training.credentials import jose

# The standard's least length: a smaller list would tell too much about each of its few entries.
LENGTH = 131_072
CONTEXT = ["https://www.w3.org/ns/credentials/v2"]
TYPES = ["VerifiableCredential", "BitstringStatusListCredential"]
_BYTES = LENGTH // 8


def list_of(index: int) -> int:
    """Return the number of the list that holds an index; lists count from 1."""
    return index // LENGTH + 1


def position_of(index: int) -> int:
    """Return the place of an index in its list."""
    return index % LENGTH


def packed(positions: Iterable[int]) -> str:
    """Return a list with these bits set as the standard writes it: multibase base64url of the gzipped bytes, the first bit leftmost."""
    bits = bytearray(_BYTES)
    for position in positions:
        bits[position // 8] |= 0x80 >> position % 8
    return "u" + jose.encoded(gzip.compress(bytes(bits), mtime=0))


def unpacked(text: str) -> frozenset[int]:
    """Return which bits a packed list has set; raises jose.Malformed. Never unpacks more than a list's length."""
    if not text.startswith("u"):
        raise jose.Malformed
    unzip = zlib.decompressobj(wbits=31)
    try:
        bits = unzip.decompress(jose.decoded(text[1:]), _BYTES + 1)
    except zlib.error:
        raise jose.Malformed from None
    if len(bits) != _BYTES or not unzip.eof:
        raise jose.Malformed
    return frozenset(
        at * 8 + bit for at, byte in enumerate(bits) if byte for bit in range(8) if byte & 0x80 >> bit
    )


def payload_of(
    positions: Iterable[int], *, address: str, issuer: str, valid_from: datetime, valid_until: datetime
) -> dict[str, Any]:
    """Return the list as a credential; whoever keeps a copy may use it until `valid_until`."""
    return {
        "@context": CONTEXT,
        "id": address,
        "type": TYPES,
        "issuer": issuer,
        "validFrom": valid_from.isoformat(),
        "validUntil": valid_until.isoformat(),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": packed(positions),
        },
        "iss": issuer,
        "jti": address,
        "sub": f"{address}#list",
        "nbf": int(valid_from.timestamp()),
        "exp": int(valid_until.timestamp()),
    }
