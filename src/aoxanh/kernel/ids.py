"""UUIDv7 identifiers (RFC 9562), made by the application so that no table needs a sequence."""

import secrets
import time
import uuid

ZERO_UUID = uuid.UUID(int=0)


def uuid7() -> uuid.UUID:
    """Return a new UUIDv7: 48 bits of milliseconds, then 74 random bits. For identity, never for order."""
    value = (time.time_ns() // 1_000_000 & (1 << 48) - 1) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 7 << 76
    value = value & ~(0x3 << 62) | 2 << 62
    return uuid.UUID(int=value)
