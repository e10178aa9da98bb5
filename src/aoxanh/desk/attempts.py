"""How often something was tried within a while, counted in the database, so that it holds over all processes of the site.

Who tried is never kept: a row is a keyed hash of what was tried, who tried it and the number of the while, so the rows of two whiles
cannot be laid together. They lie in a table that no write-ahead log, replica or base backup holds, and go within hours.
"""

import hashlib
import hmac
from datetime import timedelta

from django.conf import settings
from django.db import connection

from aoxanh.desk.models import Attempts
from aoxanh.kernel import clock

KEPT_HOURS = 2
_COUNT = """
INSERT INTO desk_attempts AS held (key, since, count) VALUES (%s, %s, 1)
ON CONFLICT (key) DO UPDATE SET count = held.count + 1 RETURNING count
"""


def count_attempt(what: str, who: str, seconds: int) -> int:
    """Count one and return how many there were in this while, this one included; those of one who come at once wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [_key(what, who, seconds), clock.now()])
        (count,) = cursor.fetchone()
    return int(count)


def attempts(what: str, who: str, seconds: int) -> int:
    """Return how many were counted in this while."""
    row = Attempts.objects.filter(key=_key(what, who, seconds)).values_list("count", flat=True).first()
    return row or 0


def let_attempts_go() -> int:
    """Delete the counts of whiles that are over, and return how many there were."""
    gone, _each = Attempts.objects.filter(since__lt=clock.now() - timedelta(hours=KEPT_HOURS)).delete()
    return gone


def _key(what: str, who: str, seconds: int) -> str:
    told = f"{what}|{seconds}|{int(clock.now().timestamp()) // seconds}|{who}"
    return hmac.new(settings.SECRET_KEY.encode(), told.encode(errors="replace"), hashlib.sha256).hexdigest()
