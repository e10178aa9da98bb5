"""Recorded work as it stands after corrections, as plain rows for those who count or compare; for the system alone."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import connection

_AT_A_TIME = 20_000
# Whose it is and when it was saved is told by the first revision, what it says by the last one.
_STANDING = """
SELECT s.commune_code, f.volunteer_id, f.team_id, f.device_id, s.day, (extract(epoch FROM f.captured_at) * 1000)::bigint,
       s.activity, coalesce(s.procedure_id, ''), s.mode, s.outcome, s.obstacle, s.minutes, s.quantity, s.age_band, s.language
  FROM (SELECT DISTINCT ON (commune_code, day, root_id) * FROM desk_supportsession
         WHERE commune_code = ANY(%s) AND day BETWEEN %s AND %s
         ORDER BY commune_code, day, root_id, revision DESC, id DESC) s
  JOIN desk_supportsession f ON f.commune_code = s.commune_code AND f.day = s.day AND f.id = s.root_id
 WHERE NOT s.withdrawn
"""


class StandingWork(NamedTuple):
    """One piece of work: who saved it when (milliseconds since 1970), and what it says now."""

    commune: str
    volunteer: UUID
    team: UUID
    device: UUID
    day: date
    saved: int
    activity: str
    procedure: str
    mode: str
    outcome: str
    obstacle: str
    minutes: int
    quantity: int
    age_band: str
    language: str


def standing_work(communes: Collection[str], first: date, last: date) -> Iterator[StandingWork]:
    """Yield the work of some communes between two days (both included), in pieces, so that memory does not grow with it; in the caller's transaction."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(_STANDING, [list(communes), first, last])
        while rows := cursor.fetchmany(_AT_A_TIME):
            yield from map(StandingWork._make, rows)
