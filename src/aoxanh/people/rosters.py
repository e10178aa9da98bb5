"""Whole rosters at once: compares lists of volunteers with what is stored, stores them, and lists them, set by set.

`staged` is always the name of a temporary table of rows on their way in: number, target (an id of its own for each), verdict,
and the texts that the list's layout names; "" keeps what is stored, "-" empties it. Comparing gives a SELECT of (number,
verdict, target, flaws) for the rows that are not simply new; the caller applies it to its table.
"""

from collections.abc import Iterator
from typing import Any

from django.db import connection

from aoxanh.audit import actions as audit
from aoxanh.kernel import clock
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.permissions import Permission, places_reached

Parameters = dict[str, Any]
_LOCK = 0x726F7374  # Two imports at once would both find a name new.
WITHIN = "(%(reach)s::text[] IS NULL OR {0} = ANY (%(reach)s) OR {0} IN (SELECT code FROM places_place WHERE parent_id = ANY (%(reach)s)))"
_BARE = "lower({0}.full_name) = {0}.fold"
# A name typed without diacritics never takes those of a stored name away.
_KEEPS_NAME = f"({_BARE.format('s')} AND s.fold = v.fold)"
_FACTS = {
    "home_id": "s.home",
    "full_name": f"CASE WHEN {_KEEPS_NAME} THEN v.full_name ELSE s.full_name END",
    "technology": "coalesce(nullif(s.technology, '')::smallint, v.technology)",
    "communication": "coalesce(nullif(s.communication, '')::smallint, v.communication)",
    "availability": "coalesce(nullif(s.availability, '')::integer, v.availability)",
    "adult_on": "CASE s.adult_on WHEN '' THEN v.adult_on WHEN '-' THEN NULL ELSE s.adult_on::date END",
    "is_active": "coalesce(nullif(s.is_active, '')::integer::boolean, v.is_active)",
}
_SPOKEN = (
    "(SELECT coalesce(string_agg(k.language_id || ':' || k.level, ',' ORDER BY k.language_id COLLATE \"C\"), '-')"
    " FROM people_languageskill k WHERE k.volunteer_id = v.id)"
)


def compare_volunteers(staged: str) -> str:
    """Return the SELECT that finds each staged volunteer among the stored, by id, else by commune and name."""
    differs = " OR ".join(f"v.{column} IS DISTINCT FROM {value}" for column, value in _FACTS.items())
    return f"""
    WITH matched AS (
        SELECT s.number, v.id AS known, s.full_name = v.full_name AS exact,
               ({differs} OR (s.languages <> '' AND s.languages <> {_SPOKEN})) AS differs
          FROM {staged} s JOIN people_volunteer v ON v.home_id = s.home AND v.fold = s.fold
         WHERE s.id = '' AND (s.full_name = v.full_name OR {_BARE.format("s")} OR {_BARE.format("v")})
        UNION ALL
        SELECT s.number, v.id, true, ({differs} OR (s.languages <> '' AND s.languages <> {_SPOKEN}))
          FROM {staged} s JOIN people_volunteer v ON v.id = nullif(s.id, '')::uuid AND {WITHIN.format("v.home_id")}
    ),
    best AS (
        SELECT number, known, differs, count(*) OVER (PARTITION BY number) AS several
          FROM (SELECT *, bool_or(exact) OVER (PARTITION BY number) AS any_exact FROM matched) m WHERE exact OR NOT any_exact
    ),
    judged AS (SELECT *, min(number) OVER (PARTITION BY known) AS first FROM best WHERE several = 1)
    SELECT number, CASE WHEN differs THEN 'changed' ELSE 'same' END AS verdict, known AS target, NULL::jsonb AS flaws
      FROM judged WHERE first = number
    UNION ALL
    SELECT number, 'bad', NULL, jsonb_build_array(jsonb_build_array('', 'twice', jsonb_build_object('row', first::text)))
      FROM judged WHERE first <> number
    UNION ALL
    SELECT DISTINCT number, 'bad', NULL::uuid,
           jsonb_build_array(jsonb_build_array('full_name', 'which_person', jsonb_build_object('count', several::text)))
      FROM best WHERE several > 1
    UNION ALL
    SELECT number, CASE WHEN id = '' THEN 'new' ELSE 'bad' END, NULL,
           CASE WHEN id <> '' THEN jsonb_build_array(jsonb_build_array('id', 'unknown_id', jsonb_build_object())) END
      FROM {staged} WHERE (id <> '' OR verdict <> 'new') AND number NOT IN (SELECT number FROM best)
    """


def store_volunteers(*, staged: str, parameters: Parameters, by: Actor) -> None:
    """Register the staged volunteers that are new and change those that changed, in the caller's transaction.

    Raises NotAllowed, and stores nothing, if one of them lives outside the actor's reach. About 12 µs of database time a row.
    """
    require_reach(by, Permission.VOLUNTEER_EDIT, staged, "home", parameters)
    told = {**parameters, "now": clock.now()}
    changes = ", ".join(f"{column} = {value}" for column, value in _FACTS.items())
    names = ", ".join(
        f"{name} = CASE WHEN {_KEEPS_NAME} THEN v.{name} ELSE s.{name} END" for name in ("fold", "sort_key")
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO people_volunteer (id, full_name, fold, sort_key, home_id, technology, communication, availability,"
            " adult_on, is_active, created_at) SELECT target, full_name, fold, sort_key, home,"
            " coalesce(nullif(technology, '')::smallint, 1), coalesce(nullif(communication, '')::smallint, 1),"
            " coalesce(nullif(availability, '')::integer, 0), nullif(nullif(adult_on, ''), '-')::date,"
            f" is_active <> '0', %(now)s FROM {staged} s WHERE verdict = 'new'",
            told,
        )
        new = cursor.rowcount
        cursor.execute(
            f"UPDATE people_volunteer v SET {changes}, {names} FROM {staged} s WHERE s.verdict = 'changed' AND v.id = s.target",
            told,
        )
        changed = cursor.rowcount
    _store_languages(staged, parameters)
    record_list(
        by, staged, "home", parameters, {"new": new, "changed": changed}, action="people.volunteers.imported"
    )


def _store_languages(staged: str, parameters: Parameters) -> None:
    told = f"{staged} s, unnest(string_to_array(s.languages, ',')) AS one WHERE s.languages NOT IN ('', '-')"
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM people_languageskill k USING {staged} s WHERE s.verdict = 'changed' AND s.languages <> ''"
            " AND k.volunteer_id = s.target"
            " AND NOT (k.language_id || ':' || k.level) = ANY (string_to_array(s.languages, ','))",
            parameters,
        )
        # Who is new has none yet, so there is no conflict to look out for.
        for verdict, otherwise in (
            ("new", ""),
            ("changed", " ON CONFLICT (volunteer_id, language_id) DO NOTHING"),
        ):
            cursor.execute(
                "INSERT INTO people_languageskill (id, volunteer_id, language_id, level)"
                f" SELECT {new_id('s.target')}, s.target, split_part(one, ':', 1), split_part(one, ':', 2)::smallint"
                f" FROM {told} AND s.verdict = %(verdict)s{otherwise}",
                {**parameters, "verdict": verdict},
            )


def volunteers_listed(actor: Actor, codes: list[str]) -> Iterator[tuple[Any, ...]]:
    """Yield the volunteers of some communes whom the actor may read, in the order of a list, as plain values.

    (id, full name, home code, technology, communication, availability, languages, adult on, is active, consent); `consent` tells of
    a minor whether a guardian's holds today, and is None for everybody else.
    """
    yield from listed(
        "SELECT v.id, v.full_name, v.home_id, v.technology, v.communication, v.availability,"
        f" nullif({_SPOKEN}, '-'), v.adult_on, v.is_active, CASE WHEN v.adult_on > %(today)s THEN EXISTS (SELECT FROM people_guardianconsent told"
        " WHERE told.volunteer_id = v.id AND told.given_on <= %(today)s AND (told.withdrawn_on IS NULL OR told.withdrawn_on > %(today)s)) END"
        " FROM people_volunteer v JOIN places_place p ON p.code = v.home_id"
        f" WHERE v.home_id = ANY (%(codes)s) AND {WITHIN.format('v.home_id')} ORDER BY v.home_id, v.sort_key, v.id",
        {"codes": codes, "reach": places_reached(actor, Permission.VOLUNTEER_READ), "today": clock.today()},
    )


def listed(query: str, parameters: Parameters) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a SELECT, some at a time."""
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        while rows := cursor.fetchmany(2_000):
            yield from rows


def lock_rosters() -> None:
    """Let no other import compare or store until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def reach_of(actor: Actor, permission: Permission) -> list[str] | None:
    """Return the codes that a list may write to, None for the whole nation. Raises NotAllowed when there is none."""
    reach = places_reached(actor, permission)
    if reach == []:
        raise NotAllowed
    return reach


def require_reach(
    by: Actor, permission: Permission, staged: str, column: str, parameters: Parameters
) -> None:
    """Raise NotAllowed if a staged row that would be written lies outside the actor's reach of today."""
    told = {**parameters, "reach": reach_of(by, permission)}
    query = (
        f"SELECT EXISTS (SELECT FROM (SELECT DISTINCT {column} AS code FROM {staged} s WHERE s.verdict IN ('new', 'changed')) one"
        f" WHERE NOT {WITHIN.format('one.code')})"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, told)
        if cursor.fetchone() == (True,):
            raise NotAllowed


def record_list(
    by: Actor, staged: str, column: str, parameters: Parameters, counts: dict[str, int], *, action: str
) -> None:
    """Leave one line in the audit for a whole list: how many rows, never whose."""
    audit.record(
        chain=chain_of_list(staged, column, parameters), actor=str(by), action=action, details=counts
    )


def chain_of_list(staged: str, column: str, parameters: Parameters) -> str:
    """Return the audit chain of a whole list: its one commune, else its one province, else the nation."""
    query = (
        "SELECT min(p.code), max(p.code), min(coalesce(p.parent_id, p.code)), max(coalesce(p.parent_id, p.code))"
        f" FROM (SELECT DISTINCT {column} AS code FROM {staged} s WHERE s.verdict <> 'bad') one"
        " JOIN places_place p ON p.code = one.code"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        first, last, province, last_province = cursor.fetchone()
    if first and first == last:
        return str(first)
    return str(province) if province and province == last_province else "VN"


def new_id(seed: str) -> str:
    """Return the SQL of a UUID in version 7 form: the moment from another one, the rest random."""
    return f"(left({seed}::text, 14) || '7' || substr(gen_random_uuid()::text, 16))::uuid"
