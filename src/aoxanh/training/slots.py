"""Start numbers of quizzes: made from the person, the course and the count under the site's secret, so that nobody can choose one."""

from uuid import UUID

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

_SALT = "aoxanh.training.slots"


def start_number(
    volunteer_id: UUID, course: str, number: int, bank: str, *, secret: str | bytes = ""
) -> UUID:
    """Return the sealed start number (UUIDv8) of somebody's nth attempt: the id of the attempt, and the seed of its form.

    Nothing is stored for it, so that numbers given out before a backup was restored hold afterwards.
    """
    told = f"{volunteer_id}:{course}:{number}:{bank}"
    digest = salted_hmac(_SALT, told, secret=secret or settings.SECRET_KEY, algorithm="sha256").digest()
    value = int.from_bytes(digest[:16])
    value = value & ~(0xF << 76) | 8 << 76
    value = value & ~(0x3 << 62) | 2 << 62
    return UUID(int=value)


def is_sealed(told: UUID, volunteer_id: UUID, course: str, number: int, bank: str) -> bool:
    """Tell whether this is the start number that this person was given; one made under an older secret still is."""
    return any(
        constant_time_compare(str(told), str(start_number(volunteer_id, course, number, bank, secret=secret)))
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    )
