"""Writing whole rosters at COPY speed, for simulation; the caller answers for the rows being sound."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from psycopg import sql

from aoxanh.people.models import GuardianConsent, LanguageSkill, Membership, Team, Volunteer

TEAM = ("id", "commune_id", "name", "kind", "active_from")
VOLUNTEER = (
    "id", "full_name", "fold", "sort_key", "home_id", "technology", "communication", "availability", "adult_on",
    "is_active", "created_at", "reach_km", "willing_abroad",
)  # fmt: skip
MEMBERSHIP = ("id", "team_id", "volunteer_id", "position", "valid_from")
LANGUAGE_SKILL = ("id", "volunteer_id", "language_id", "level")
CONSENT = ("id", "volunteer_id", "given_on", "paper", "kept_at", "needed_until", "recorded_at")
_TABLES = {
    TEAM: Team,
    VOLUNTEER: Volunteer,
    CONSENT: GuardianConsent,
    MEMBERSHIP: Membership,
    LANGUAGE_SKILL: LanguageSkill,
}


def has_people() -> bool:
    """Tell whether the installation has any team or volunteer."""
    return Team.objects.exists() or Volunteer.objects.exists()


def copy_rows(columns: tuple[str, ...], rows: Iterable[Sequence[Any]]) -> None:
    """Copy rows of one of the column lists above into its table; `rows` must not query the database."""
    table = _TABLES[columns]._meta.db_table  # noqa: SLF001 - Django's documented way to name a table
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def vacuum_copied() -> None:
    """Let the planner know what was copied, outside any transaction."""
    with connection.cursor() as cursor:
        for model in _TABLES.values():
            cursor.execute(f"VACUUM (ANALYZE) {model._meta.db_table}")  # noqa: SLF001 - as above
