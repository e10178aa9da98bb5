"""The daily rollup: recomputed whole from raw rows for dirty (commune, day) keys, so that lateness cannot drift it."""

from datetime import date
from typing import Any

from django.db import connection, transaction

from aoxanh.desk import vocabulary as words
from aoxanh.desk.events import days_recomputed
from aoxanh.desk.ledger import EFFECTIVE, HEARD, HELP, LEDGER
from aoxanh.desk.partitions import attached_months
from aoxanh.kernel.scope import whole_nation
from aoxanh.procedures.models import ProcedureGroup

BATCH = 500
# What an integer column holds: one team's absurd numbers must not stop the figures of everybody else.
_MOST = 2**31 - 1


def _count(column: str, condition: str) -> tuple[str, str]:
    return column, f"count(*) FILTER (WHERE {HELP} AND {condition})"


def _people(column: str, activity: str) -> tuple[str, str]:
    return column, f"least(coalesce(sum(quantity) FILTER (WHERE activity = '{activity}'), 0), {_MOST})"


# What raw sessions alone tell; what others say of them comes from rows beside them.
OF_SESSIONS: dict[str, str] = dict(
    [
        ("sessions", f"count(*) FILTER (WHERE {HELP})"),
        ("minutes", f"least(sum(minutes), {_MOST})"),
        ("volunteers", "count(DISTINCT volunteer_id)"),
        ("refusals", "count(*) FILTER (WHERE cardinality(refused) > 0)"),
        _people("files_digitise", "digitise"),
        _people("people_id_sync", "id_sync"),
        _people("people_outreach", "outreach"),
        _people("people_class", "class"),
        _count("other_language", "language <> 'vie'"),
        _count("old_age", "age_band = 'old'"),
        *[_count(f"group_{group}", f"procedure_group = '{group}'") for group in ProcedureGroup.values],
        _count("group_vneid", "procedure_group IS NULL"),
        *[_count(f"mode_{mode}", f"mode = '{mode}'") for mode in words.Mode.values],
        *[_count(f"outcome_{outcome}", f"outcome = '{outcome}'") for outcome in words.Outcome.values],
        *[_count(f"obstacle_{obstacle}", f"obstacle = '{obstacle}'") for obstacle in words.Obstacle.values],
    ]
)
MEASURES = {**OF_SESSIONS, **LEDGER}

_CLEAR = """
DELETE FROM desk_dailyfigure WHERE (commune_code, day) IN (SELECT * FROM unnest(%s::text[], %s::date[]))
"""
# One pass over the wanted days. Effective is the highest (revision, id) of each root, as desk.sync.merge.effective says.
_STATEMENT = f"""
WITH {EFFECTIVE},
handed_over AS (
    INSERT INTO desk_handover (commune_code, day, id, team_id, procedure_id, reason, return_code, state, made_at)
    SELECT commune_code, day, root_id, team_id, procedure_id, handover_reason, return_code, 'waiting', received_at
    FROM effective WHERE NOT withdrawn AND outcome = 'handed_over'
    ON CONFLICT (commune_code, day, id) DO UPDATE SET reason = excluded.reason, return_code = excluded.return_code,
        procedure_id = excluded.procedure_id, state = 'waiting' WHERE desk_handover.state IN ('withdrawn', 'waiting')),
taken_back AS (
    UPDATE desk_handover h SET state = 'withdrawn' FROM effective e
    WHERE h.commune_code = e.commune_code AND h.day = e.day AND h.id = e.root_id AND h.state = 'waiting'
      AND (e.withdrawn OR e.outcome <> 'handed_over')),
{HEARD}
INSERT INTO desk_dailyfigure (commune_code, day, team_id, computed_at, {", ".join(MEASURES)})
SELECT commune_code, day, team_id, now(), {", ".join(MEASURES.values())}
FROM told GROUP BY commune_code, day, team_id
"""
_RECOMPUTE = _STATEMENT.format(
    wanted="JOIN unnest(%s::text[], %s::date[]) AS k (commune_code, day) USING (commune_code, day)"
)
_RECOMPUTE_ALL = _STATEMENT.format(wanted="WHERE s.day >= %s AND s.day < %s")


def recompute_dirty_days(limit: int = BATCH) -> int:
    """Recompute up to `limit` dirty (commune, day) keys and return how many; one transaction, safe to run twice at once.

    Marks that a sync still holds are skipped and taken the next time. A day whose raw rows were let go of keeps its figures: its
    mark is only taken away.
    """
    with transaction.atomic(), whole_nation(), connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM desk_dirtyday WHERE (commune_code, day) IN (SELECT commune_code, day FROM desk_dirtyday"
            " ORDER BY marked_at LIMIT %s FOR UPDATE SKIP LOCKED) RETURNING commune_code, day",
            [limit],
        )
        keys: list[tuple[str, date]] = cursor.fetchall()
        if keys:
            _recompute(sorted(_with_raw_rows(keys)))
        return len(keys)


def _with_raw_rows(keys: list[tuple[str, date]]) -> list[tuple[str, date]]:
    """Return the keys whose month is still there, and keep every month from being detached until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE ONLY desk_supportsession IN ACCESS SHARE MODE")
    months = set(attached_months())
    return [(commune, day) for commune, day in keys if day.replace(day=1) in months]


def _recompute(keys: list[tuple[str, date]]) -> None:
    if not keys:
        return
    wanted: list[Any] = [[commune for commune, _ in keys], [day for _, day in keys]]
    with connection.cursor() as cursor:
        cursor.execute(_CLEAR, wanted)
        cursor.execute(_RECOMPUTE, wanted)
    days_recomputed.send(sender=None, keys=keys)


def recompute_all_between(first: date, end: date) -> int:
    """Recompute every (commune, day) from a day up to, but without, another, and return how many; for whole loaded months.

    In the caller's transaction. The same statement as for single days, fed by a scan of the month in place of key look-ups.
    """
    with whole_nation(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM desk_dailyfigure WHERE day >= %s AND day < %s", [first, end])
        cursor.execute("DELETE FROM desk_dirtyday WHERE day >= %s AND day < %s", [first, end])
        cursor.execute(_RECOMPUTE_ALL, [first, end])
        cursor.execute(
            "SELECT DISTINCT commune_code, day FROM desk_dailyfigure WHERE day >= %s AND day < %s",
            [first, end],
        )
        keys: list[tuple[str, date]] = cursor.fetchall()
    days_recomputed.send(sender=None, keys=keys)
    return len(keys)
