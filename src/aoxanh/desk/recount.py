"""Days that were counted before the ledger's columns existed, marked once so that they are counted anew."""

from datetime import timedelta

from django.db import connection

from aoxanh.desk.partitions import attached_months
from aoxanh.kernel.scope import whole_nation

# A worker of the version before may still have counted for a while after the columns came, and knew nothing of them.
STILL_RAN = timedelta(days=1)
# The rollup takes the oldest marks first: what phones hand in must not wait behind a year of old days.
BEHIND = "interval '1 day'"
_CAME = "SELECT applied FROM django_migrations WHERE app = 'desk' AND name = '0006_ledger'"
_MARK = f"""
INSERT INTO desk_dirtyday (commune_code, day, marked_at)
SELECT commune_code, day, now() + {BEHIND} FROM desk_dailyfigure
WHERE computed_at < %s AND date_trunc('month', day)::date = ANY(%s)
GROUP BY commune_code, day HAVING sum(asked) = 0 AND sum(sessions) > 0
ON CONFLICT (commune_code, day) DO NOTHING
"""


def mark_days_before_the_ledger() -> int:
    """Mark the days that were counted before anybody counted answers, while their raw rows are there, and return how many.

    Safe to repeat: a day that was counted since is not marked again. One pass over the daily figures, for the nightly job.
    """
    with whole_nation(), connection.cursor() as cursor:
        cursor.execute(_CAME)
        came = cursor.fetchone()
        if came is None:
            return 0
        cursor.execute(_MARK, [came[0] + STILL_RAN, attached_months()])
        return int(cursor.rowcount)
