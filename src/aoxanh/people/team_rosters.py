"""Whole lists of teams and of who belongs to them: compared and stored set by set, each with one line in the audit; see `rosters`.

`staged` is the name of a table of rows on their way in, as there.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from aoxanh.kernel import clock
from aoxanh.kernel.text import fold
from aoxanh.people.actions.teams import change_position, give_role_of, leave_team
from aoxanh.people.actors import Actor
from aoxanh.people.models import Membership
from aoxanh.people.permissions import Permission, places_reached
from aoxanh.people.rosters import WITHIN, Parameters, listed, record_list, require_reach

_BARE = "lower({0}.full_name) = {0}.fold"
_SAME_NAME = f"(v.full_name = s.full_name OR {_BARE.format('s')} OR {_BARE.format('v')})"
_TEAM_FACTS = {
    "name": "CASE WHEN lower(s.name) = s.fold AND s.fold = v.fold THEN v.name ELSE s.name END",
    "kind": "coalesce(nullif(s.kind, ''), v.kind)",
    "active_from": "coalesce(nullif(s.active_from, '')::date, v.active_from)",
    "active_to": "coalesce(nullif(s.active_to, '')::date, v.active_to)",
}
# Team names carry no folded column, so the folded names of the communes concerned come as arrays.
_TEAMS = "(SELECT t.*, f.fold FROM people_team t JOIN unnest(%(team_ids)s::uuid[], %(team_folds)s::text[]) AS f (id, fold) ON f.id = t.id)"
_FLAW = "jsonb_build_array(jsonb_build_array('{0}', '{1}', jsonb_build_object()))"


def team_parameters(staged: str, parameters: Parameters) -> Parameters:
    """Return what the SELECTs below need besides: the teams of the communes that the list names, and today."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, name FROM people_team WHERE commune_id IN (SELECT commune FROM {staged} s)",
            parameters,
        )
        teams = cursor.fetchall()
    return {
        "team_ids": [team for team, _name in teams],
        "team_folds": [fold(name) for _team, name in teams],
        "today": clock.today(),
    }


def compare_teams(staged: str) -> str:
    """Return the SELECT that finds each staged team among the stored, by id, else by commune and name."""
    differs = " OR ".join(f"v.{column} IS DISTINCT FROM {value}" for column, value in _TEAM_FACTS.items())
    return f"""
    WITH teams AS MATERIALIZED {_TEAMS},
    found AS (
        SELECT s.number, v.id AS known, ({differs}) AS differs, s.name <> v.name AND EXISTS (
                   SELECT FROM people_team o WHERE o.commune_id = s.commune AND o.name = s.name AND o.id <> v.id) AS clashes
          FROM {staged} s JOIN teams v ON v.commune_id = s.commune
           AND (v.id = nullif(s.id, '')::uuid OR (s.id = '' AND v.fold = s.fold))
    ),
    counted AS (SELECT *, count(*) OVER (PARTITION BY number) AS several, min(number) OVER (PARTITION BY known) AS first FROM found),
    judged AS (
        SELECT c.*, s.name = v.name AS exact FROM counted c JOIN {staged} s USING (number) JOIN people_team v ON v.id = c.known
    )
    SELECT number, CASE WHEN clashes OR first <> number THEN 'bad' WHEN differs THEN 'changed' ELSE 'same' END AS verdict,
           CASE WHEN NOT clashes AND first = number THEN known END AS target,
           CASE WHEN clashes THEN {_FLAW.format("name", "same_name")}
                WHEN first <> number THEN jsonb_build_array(jsonb_build_array('', 'twice', jsonb_build_object('row', first::text))) END AS flaws
      FROM judged WHERE several = 1 OR exact
    UNION ALL
    SELECT DISTINCT number, 'bad', NULL::uuid, {_FLAW.format("name", "same_name")} FROM judged j
     WHERE several > 1 AND NOT EXISTS (SELECT FROM judged o WHERE o.number = j.number AND o.exact)
    UNION ALL
    SELECT number, CASE WHEN id = '' THEN 'new' ELSE 'bad' END, NULL, CASE WHEN id <> '' THEN {_FLAW.format("id", "unknown_id")} END
      FROM {staged} WHERE (id <> '' OR verdict <> 'new') AND number NOT IN (SELECT number FROM found)
    """


def store_teams(*, staged: str, parameters: Parameters, by: Actor) -> None:
    """Found the staged teams that are new and change those that changed. Raises NotAllowed if one is outside the reach."""
    require_reach(by, Permission.TEAM_EDIT, staged, "commune", parameters)
    changes = ", ".join(f"{column} = {value}" for column, value in _TEAM_FACTS.items())
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO people_team (id, commune_id, name, kind, active_from, active_to)"
            " SELECT target, commune, name, coalesce(nullif(kind, ''), 'on_duty'),"
            " coalesce(nullif(active_from, '')::date, %(today)s), nullif(active_to, '')::date"
            f" FROM {staged} s WHERE verdict = 'new'",
            parameters,
        )
        new = cursor.rowcount
        cursor.execute(
            f"UPDATE people_team t SET {changes} FROM {staged} s, {_TEAMS} v"
            " WHERE s.verdict = 'changed' AND v.id = s.target AND t.id = v.id",
            parameters,
        )
        changed = cursor.rowcount
    record_list(
        by, staged, "commune", parameters, {"new": new, "changed": changed}, action="people.teams.imported"
    )


def compare_memberships(staged: str) -> str:
    """Return the SELECT that says of each staged membership whether it is new, changed, there already, or cannot be."""
    return f"""
    WITH staged AS MATERIALIZED (
        SELECT s.*, coalesce(nullif(s.valid_from, '')::date, %(today)s) AS first_day, nullif(s.valid_to, '')::date + 1 AS until FROM {staged} s
    ), teams AS MATERIALIZED {_TEAMS},
    in_team AS (
        SELECT DISTINCT ON (s.number) s.*, t.id AS team_id, t.active_to FROM staged s
          LEFT JOIN teams t ON t.commune_id = s.commune AND t.fold = s.team_fold ORDER BY s.number, t.name = s.team DESC, t.id
    ),
    people AS (
        SELECT s.number, v.id AS volunteer, v.full_name = s.full_name OR s.volunteer_id <> '' AS exact
          FROM in_team s JOIN people_volunteer v ON v.id = nullif(s.volunteer_id, '')::uuid
           AND ({WITHIN.format("v.home_id")} OR EXISTS (SELECT FROM people_membership m JOIN people_team mt ON mt.id = m.team_id
                WHERE m.volunteer_id = v.id AND {WITHIN.format("mt.commune_id")}))
        UNION
        SELECT s.number, v.id, v.full_name = s.full_name
          FROM in_team s JOIN people_volunteer v ON v.home_id = s.commune AND v.fold = s.fold AND {_SAME_NAME}
         WHERE s.volunteer_id = ''
        UNION
        SELECT s.number, v.id, v.full_name = s.full_name
          FROM in_team s JOIN people_membership m ON m.team_id = s.team_id
          JOIN people_volunteer v ON v.id = m.volunteer_id AND v.fold = s.fold AND {_SAME_NAME}
         WHERE s.volunteer_id = ''
    ),
    best AS (
        SELECT number, min(volunteer::text)::uuid AS volunteer, count(*) AS several
          FROM (SELECT *, bool_or(exact) OVER (PARTITION BY number) AS any_exact FROM people) p WHERE exact OR NOT any_exact GROUP BY number
    ),
    known AS (
        SELECT s.*, b.volunteer, coalesce(b.several, 0) AS several, m.id AS membership, m.position AS was, m.valid_to AS held_to,
               min(s.number) OVER (PARTITION BY s.team_id, b.volunteer) AS first_row,
               EXISTS (SELECT FROM people_membership o WHERE o.team_id = s.team_id AND o.volunteer_id = b.volunteer
                       AND o.valid_from = s.first_day AND o.valid_to IS NOT DISTINCT FROM s.until) AS is_there,
               EXISTS (SELECT FROM people_membership o WHERE o.team_id = s.team_id AND o.volunteer_id = b.volunteer
                       AND daterange(o.valid_from, o.valid_to) && daterange(s.first_day, s.until)) AS clashes
          FROM in_team s LEFT JOIN best b ON b.number = s.number
          LEFT JOIN people_membership m ON m.team_id = s.team_id AND m.volunteer_id = b.volunteer
           AND (m.valid_to IS NULL OR m.valid_to > %(today)s) AND m.valid_from <= %(today)s
           AND (s.until IS NULL OR s.until > m.valid_from)
    ),
    judged AS (
        SELECT *, CASE WHEN team_id IS NULL THEN {_FLAW.format("team", "no_team")}
                       WHEN several = 0 THEN CASE WHEN volunteer_id <> '' THEN {_FLAW.format("volunteer_id", "unknown_id")}
                                                  ELSE {_FLAW.format("full_name", "no_volunteer")} END
                       WHEN several > 1 THEN jsonb_build_array(jsonb_build_array('full_name', 'which_member', jsonb_build_object('count', several::text)))
                       WHEN first_row <> number AND membership IS NOT NULL
                            THEN jsonb_build_array(jsonb_build_array('', 'twice', jsonb_build_object('row', first_row::text)))
                       WHEN membership IS NULL AND NOT is_there AND active_to IS NOT NULL AND active_to <= first_day THEN {_FLAW.format("team", "team_closed")}
                       WHEN membership IS NULL AND NOT is_there AND clashes THEN {_FLAW.format("valid_from", "overlaps")}
                  END AS flaw
          FROM known
    )
    SELECT number, CASE WHEN flaw IS NOT NULL THEN 'bad'
                        WHEN membership IS NULL AND is_there THEN 'same'
                        WHEN membership IS NULL THEN 'new'
                        WHEN (position <> '' AND position <> was AND held_to IS NULL) OR (until IS NOT NULL AND until IS DISTINCT FROM held_to) THEN 'changed'
                        ELSE 'same' END AS verdict,
           CASE WHEN flaw IS NULL THEN coalesce(membership, target) END AS target, flaw AS flaws
      FROM judged
    """


def store_memberships(*, staged: str, parameters: Parameters, by: Actor) -> None:
    """Let the staged volunteers join their teams, with the roles their positions need, and settle those that changed.

    Raises NotAllowed if a team lies outside the actor's reach.
    """
    require_reach(by, Permission.TEAM_EDIT, staged, "commune", parameters)
    joined = _join(staged, parameters)
    for membership in Membership.objects.filter(
        id__in=joined, volunteer__account__isnull=False
    ).select_related("volunteer", "team"):
        give_role_of(membership)
    changed = _settle(staged, parameters, by)
    counts = {"new": len(joined), "changed": changed}
    record_list(by, staged, "commune", parameters, counts, action="people.memberships.imported")


def _join(staged: str, parameters: Parameters) -> list[UUID]:
    """Insert what the comparison, asked once more for its volunteers, calls new; two rows of one pair must not overlap."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO people_membership (id, team_id, volunteer_id, position, valid_from, valid_to)
            SELECT s.target, t.id, v.id, coalesce(nullif(s.position, ''), 'member'),
                   coalesce(nullif(s.valid_from, '')::date, %(today)s), nullif(s.valid_to, '')::date + 1
              FROM {staged} s
              JOIN LATERAL (SELECT t.id, t.name FROM {_TEAMS} t WHERE t.commune_id = s.commune AND t.fold = s.team_fold
                             ORDER BY t.name = s.team DESC, t.id LIMIT 1) t ON true
              JOIN LATERAL (SELECT one.id FROM (
                    SELECT v.id, v.full_name FROM people_volunteer v WHERE v.id = nullif(s.volunteer_id, '')::uuid
                    UNION ALL
                    SELECT v.id, v.full_name FROM people_volunteer v
                     WHERE s.volunteer_id = '' AND v.home_id = s.commune AND v.fold = s.fold AND {_SAME_NAME}
                    UNION ALL
                    SELECT v.id, v.full_name FROM people_membership m JOIN people_volunteer v ON v.id = m.volunteer_id
                     WHERE s.volunteer_id = '' AND m.team_id = t.id AND v.fold = s.fold AND {_SAME_NAME}
                   ) one ORDER BY one.full_name = s.full_name DESC LIMIT 1) v ON true
             WHERE s.verdict = 'new' RETURNING id
            """,
            parameters,
        )
        return [row[0] for row in cursor.fetchall()]


def _settle(staged: str, parameters: Parameters, by: Actor) -> int:
    """Change positions and last days one by one, so that each keeps its history as when done by hand."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT target, position, nullif(valid_to, '')::date FROM {staged} s WHERE verdict = 'changed'",
            parameters,
        )
        rows: list[tuple[UUID, str, date | None]] = cursor.fetchall()
    known = Membership.objects.select_related("team__commune", "volunteer").in_bulk([row[0] for row in rows])
    for target, position, last_day in rows:
        membership = known[target]
        if position and position != membership.position and membership.valid_to is None:
            membership = change_position(membership=membership, position=Membership.Position(position), by=by)
        if last_day is not None and membership.valid_to != last_day + timedelta(days=1):
            membership.valid_to = None
            Membership.objects.filter(id=membership.id).update(valid_to=None)
            leave_team(membership=membership, by=by, last_day=last_day)
    return len(rows)


def teams_listed(actor: Actor, codes: list[str]) -> Iterator[tuple[Any, ...]]:
    """Yield the teams of some communes that the actor may read: (id, name, commune code, kind, active from, active to)."""
    yield from listed(
        "SELECT t.id, t.name, t.commune_id, t.kind, t.active_from, t.active_to FROM people_team t"
        f" WHERE t.commune_id = ANY (%(codes)s) AND {WITHIN.format('t.commune_id')} ORDER BY t.commune_id, t.name, t.id",
        {"codes": codes, "reach": places_reached(actor, Permission.TEAM_READ)},
    )


def memberships_listed(actor: Actor, codes: list[str]) -> Iterator[tuple[Any, ...]]:
    """Yield who belongs to teams of some communes today, as far as the actor may read volunteers there.

    (team name, commune code, volunteer id, full name, position, first day, last day)
    """
    yield from listed(
        "SELECT t.name, t.commune_id, v.id, v.full_name, m.position, m.valid_from, m.valid_to - 1"
        " FROM people_membership m JOIN people_team t ON t.id = m.team_id JOIN people_volunteer v ON v.id = m.volunteer_id"
        f" WHERE t.commune_id = ANY (%(codes)s) AND {WITHIN.format('t.commune_id')}"
        " AND m.valid_from <= %(today)s AND (m.valid_to IS NULL OR m.valid_to > %(today)s)"
        " ORDER BY t.commune_id, t.name, v.sort_key, v.id",
        {"codes": codes, "reach": places_reached(actor, Permission.VOLUNTEER_READ), "today": clock.today()},
    )
