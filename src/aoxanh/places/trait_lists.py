"""Whole lists of traits: compared and stored set by set. `staged` and `parameters` are as in the rosters of people."""

from collections.abc import Iterator
from typing import Any

from django.db import connection

from aoxanh.audit import actions as audit

_FACTS = {
    "source": "s.source",
    "as_of": "s.as_of::date",
    "status": "coalesce(nullif(s.status, ''), v.status)",
}


def compare_traits(staged: str) -> str:
    """Return the SELECT that finds each staged trait among the stored, by place, trait and language."""
    differs = " OR ".join(f"v.{column} IS DISTINCT FROM {value}" for column, value in _FACTS.items())
    return f"""
    WITH found AS (
        SELECT s.number, v.id AS known, ({differs}) AS differs FROM {staged} s
          JOIN places_trait v ON v.place_id = s.place AND v.trait = s.trait AND v.value = s.value
    )
    SELECT number, CASE WHEN differs THEN 'changed' ELSE 'same' END AS verdict, known AS target, NULL::jsonb AS flaws FROM found
    UNION ALL
    SELECT number, 'new', NULL, NULL FROM {staged} WHERE verdict <> 'new' AND number NOT IN (SELECT number FROM found)
    """


def store_traits(*, staged: str, parameters: dict[str, Any], chain: str, by: str) -> None:
    """Write the staged traits that are new (confirmed, unless the list says otherwise) and those that changed.

    Who may was checked by the caller; `by` is the actor as the audit shows it, `chain` the place whose chain tells of it.
    """
    changes = ", ".join(f"{column} = {value}" for column, value in _FACTS.items())
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO places_trait (id, place_id, trait, value, source, as_of, status)"
            " SELECT target, place, trait, value, source, as_of::date, coalesce(nullif(status, ''), 'confirmed')"
            f" FROM {staged} s WHERE verdict = 'new'",
            parameters,
        )
        new = cursor.rowcount
        cursor.execute(
            f"UPDATE places_trait v SET {changes} FROM {staged} s WHERE s.verdict = 'changed' AND v.id = s.target",
            parameters,
        )
        changed = cursor.rowcount
    audit.record(
        chain=chain, actor=by, action="places.traits.imported", details={"new": new, "changed": changed}
    )


def traits_listed(codes: list[str]) -> Iterator[tuple[Any, ...]]:
    """Yield the traits of some places: (place code, trait, value, source, as of, status)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT place_id, trait, value, source, as_of, status FROM places_trait WHERE place_id = ANY (%s)"
            " ORDER BY place_id, trait, value",
            [codes],
        )
        yield from cursor.fetchall()
