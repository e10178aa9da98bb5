"""What is stored already and forbids a record: its id or its root under another key, or a session that is not the sender's."""

from datetime import date, timedelta
from uuid import UUID

from django.db import connection

from aoxanh.desk.sync.records import Flaw, SessionRecord
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, may
from aoxanh.places import queries as places

Where = tuple[str, date]
"""Commune and day: the part of a record's key that is not its id."""

# How far from a record's day the same id is looked for: far enough for a phone whose date was mended, near enough that a
# sync plans over three months and not over the whole campaign.
MISFILED_BY = timedelta(days=31)

# One sender's batches take turns, so that one id cannot slip in under two days at once.
_TURN = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
_OWN = (
    "SELECT id, commune_code, day FROM desk_supportsession"
    " WHERE volunteer_id = %s AND day BETWEEN %s AND %s AND id = ANY(%s::uuid[])"
)
_OTHERS = (
    "SELECT root_id, team_id, volunteer_id FROM desk_supportsession WHERE id = root_id AND volunteer_id <> %s"
    " AND (commune_code, day, root_id) IN (SELECT * FROM unnest(%s::text[], %s::date[], %s::uuid[]))"
)


def flaws_against_stored(
    batch: list[SessionRecord], flaws: list[Flaw | None], by: Actor, known_seq: int | None
) -> list[Flaw | None]:
    """Return the flaws with those added that only the stored rows can tell, of this batch's earlier records too.

    A correction keeps its root's commune and day, an id stands for one record wherever it is filed, and only those who lead
    its team correct what somebody else recorded. Costs two statements, one more when there are corrections; nothing when
    every record is a first revision with a number above `known_seq`, the highest seen from the phone: such a record was never
    sent before, so its id cannot be filed elsewhere.
    """
    fitting = [
        record
        for record, flaw in zip(batch, flaws, strict=True)
        if flaw is None and (known_seq is None or record.seq <= known_seq or record.revision > 0)
    ]
    filed = _filed(fitting, by) if fitting else {}
    closed = _not_to_correct(fitting, by)
    told: list[Flaw | None] = []
    for record, flaw in zip(batch, flaws, strict=True):
        told.append(flaw or _flaw(record, filed, closed))
        if told[-1] is None:
            filed.setdefault(record.id, (record.commune, record.day))
    return told


def _filed(fitting: list[SessionRecord], by: Actor) -> dict[UUID, Where]:
    """Take the sender's turn and return where the ids and roots of these records are stored already."""
    with connection.cursor() as cursor:
        cursor.execute(_TURN, [str(by.volunteer_id)])
        days = [record.day for record in fitting]
        ids = [key for record in fitting for key in (record.id, record.root)]
        cursor.execute(_OWN, [by.volunteer_id, min(days) - MISFILED_BY, max(days) + MISFILED_BY, ids])
        return {id_: (commune, day) for id_, commune, day in cursor.fetchall()}


def _flaw(record: SessionRecord, filed: dict[UUID, Where], closed: set[UUID]) -> Flaw | None:
    here = (record.commune, record.day)
    if filed.get(record.id, here) != here:
        return Flaw("clash", "id")
    if filed.get(record.root, here) != here:
        return Flaw("invalid_field", "day" if filed[record.root][0] == record.commune else "commune")
    return Flaw("not_your_record", "root") if record.root in closed else None


def _not_to_correct(batch: list[SessionRecord], by: Actor) -> set[UUID]:
    """Return the roots of sessions that somebody else recorded and the sender may not correct."""
    wanted = sorted({(record.commune, record.day, record.root) for record in batch if record.revision > 0})
    if not wanted:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(_OTHERS, [by.volunteer_id, *map(list, zip(*wanted, strict=True))])
        others: list[tuple[UUID, UUID, UUID]] = cursor.fetchall()
    commune_of = {root: commune for commune, _day, root in wanted}
    return {
        root
        for root, team, owner in others
        if not may(
            by,
            Permission.SESSION_CORRECT,
            places.place_by_code(commune_of[root]),
            team_id=team,
            owner_id=owner,
        )
    }
