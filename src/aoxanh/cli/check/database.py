"""PostgreSQL: reached, of the right kind, safe against power cuts, and holding the application role to its rights."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from aoxanh.cli.check.finding import Finding, fine, warn, wrong

OLDEST_SERVER = 150000
MOST_SKEW_SECONDS = 5
# A power cut must lose or tear nothing that a phone was told is stored.
DURABLE = ("fsync", "full_page_writes", "synchronous_commit")
WITHIN_SCOPE = ("desk_supportsession", "desk_handover", "desk_dailyfigure")
APPEND_ONLY = "audit_auditentry"


def ask(query: str, *values: Any) -> list[tuple[Any, ...]]:
    """Return the rows of a query, asked as the application role."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(query, list(values))
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def reach() -> Finding:
    """Try to connect as the application role."""
    from django.conf import settings
    from django.db import Error

    try:
        ((number, name),) = ask(
            "SELECT current_setting('server_version_num')::int, current_setting('server_version')"
        )
    except Error as error:
        remedy = (
            "Look at DATABASE_URL and at that server." if settings.DATABASE_URL else "Run `aoxanh db start`."
        )
        return wrong("postgresql", f"It does not answer: {str(error).strip().splitlines()[0]}", remedy)
    if number < OLDEST_SERVER:
        return wrong(
            "postgresql",
            f"{name} is too old.",
            "Use PostgreSQL 15 or newer; `aoxanh db dump` moves the data.",
        )
    return fine("postgresql", name)


def look() -> list[Finding]:
    """Look at the server and at what the application role may do in it."""
    found = [_encoding(), _extension(), _durability(), _checksums(), _clock()]
    ((name, superuser, bypasses),) = ask(
        "SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
    )
    owned = ask(
        "SELECT count(*) FROM pg_class WHERE relname = ANY (%s) AND pg_get_userbyid(relowner) = current_user",
        list(WITHIN_SCOPE),
    )
    found.append(role(name, superuser=superuser, bypasses=bypasses, owns=owned[0][0] > 0))
    return [*found, _append_only(), _row_security(), _side_doors()]


def role(name: str, *, superuser: bool, bypasses: bool, owns: bool) -> Finding:
    """Judge the application role: neither a superuser nor free of row security, and better not the tables' owner."""
    if superuser or bypasses:
        what = "is a superuser" if superuser else "bypasses row security"
        remedy = (
            "CREATE ROLE aoxanh_app LOGIN NOSUPERUSER NOBYPASSRLS and name it in DATABASE_URL, the owner in"
            " DATABASE_OWNER_URL; then run `aoxanh migrate`."
        )
        return wrong(
            "role", f"The application role {name} {what}: scopes and the audit bind it to nothing.", remedy
        )
    if owns:
        return warn(
            "role",
            f"The application role {name} owns the tables, so it could take its limits off.",
            "Make a role of its own for DATABASE_URL and put the owner into DATABASE_OWNER_URL (docs/operate/install.md).",
        )
    return fine("role", f"{name} is no superuser and owns nothing")


def _encoding() -> Finding:
    ((encoding,),) = ask("SELECT current_setting('server_encoding')")
    if encoding != "UTF8":
        return wrong(
            "encoding",
            f"The database is in {encoding}.",
            "Make a database with ENCODING 'UTF8' and restore into it.",
        )
    return fine("encoding", encoding)


def _extension() -> Finding:
    if ask("SELECT 1 FROM pg_extension WHERE extname = 'btree_gist'"):
        return fine("extension", "btree_gist is there")
    if ask("SELECT 1 FROM pg_available_extensions WHERE name = 'btree_gist'"):
        return wrong(
            "extension",
            "btree_gist is not made in this database.",
            "Run `aoxanh migrate`, or as a superuser CREATE EXTENSION btree_gist.",
        )
    return wrong(
        "extension", "The server has no btree_gist.", "Install PostgreSQL's contrib package on the server."
    )


def _durability() -> Finding:
    rows = ask("SELECT name, setting FROM pg_settings WHERE name = ANY (%s)", list(DURABLE))
    weak = sorted(name for name, setting in rows if setting == "off")
    if weak:
        lines = ", ".join(f"{name} = on" for name in weak)
        return wrong(
            "durability",
            f"Off: {', '.join(weak)}. A power cut could lose work that a phone has deleted.",
            f"Set {lines} in postgresql.conf and restart the server.",
        )
    return fine("durability", "fsync, full_page_writes and synchronous_commit are on")


def _checksums() -> Finding:
    ((checksums,),) = ask("SELECT current_setting('data_checksums')")
    if checksums != "on":
        return warn(
            "checksums",
            "Silent damage of the disk would not be noticed.",
            "Stop the server and run pg_checksums --enable.",
        )
    return fine("checksums", "on")


def _clock() -> Finding:
    try:
        ZoneInfo("Asia/Ho_Chi_Minh")
    except ZoneInfoNotFoundError:
        return wrong(
            "clock", "The time zone Asia/Ho_Chi_Minh is unknown here.", "Install the system's tzdata package."
        )
    ((theirs, vietnam),) = ask(
        "SELECT clock_timestamp(), (timestamptz '2025-07-01 00:00+00' AT TIME ZONE 'Asia/Ho_Chi_Minh')::text"
    )
    skew = abs((datetime.now(UTC) - theirs).total_seconds())
    if vietnam != "2025-07-01 07:00:00":
        return wrong(
            "clock",
            "PostgreSQL does not know Vietnam's time.",
            "Install the server's tzdata package and restart it.",
        )
    if skew > MOST_SKEW_SECONDS:
        return wrong(
            "clock", f"This machine and PostgreSQL differ by {skew:.0f} s.", "Set both clocks by NTP."
        )
    return fine("clock", f"PostgreSQL agrees within {max(skew, 0.1):.1f} s")


def _append_only() -> Finding:
    if not ask("SELECT to_regclass(%s)", APPEND_ONLY)[0][0]:
        return wrong("audit", "There is no audit table.", "Run `aoxanh migrate`.")
    rows = ask(
        "SELECT right_name FROM unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) right_name WHERE has_table_privilege(%s, right_name)",
        APPEND_ONLY,
    )
    if rows:
        rights = ", ".join(row[0] for row in rows)
        return wrong(
            "audit",
            f"The application role may {rights} the audit.",
            "Run `aoxanh migrate`; it takes these rights away from a role that is not the owner.",
        )
    return fine("audit", "can only be added to")


def _row_security() -> Finding:
    rows = ask(
        "SELECT relname FROM pg_class c WHERE relname = ANY (%s) AND relrowsecurity AND relforcerowsecurity"
        " AND EXISTS (SELECT FROM pg_policy WHERE polrelid = c.oid)",
        list(WITHIN_SCOPE),
    )
    bare = sorted(set(WITHIN_SCOPE) - {row[0] for row in rows})
    if bare:
        lines = " ".join(
            f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY; ALTER TABLE {name} FORCE ROW LEVEL SECURITY;"
            for name in bare
        )
        return wrong(
            "row_security",
            f"Off on {', '.join(bare)}.",
            f"As the owner: {lines} If a table or policy is missing, run `aoxanh migrate`.",
        )
    return fine("row_security", "on, for the owner too")


def _side_doors() -> Finding:
    """Look for rights on a partition itself, where the parent's policy does not hold."""
    rows = ask(
        "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = to_regclass(%s)"
        " AND pg_get_userbyid(c.relowner) <> current_user"
        " AND has_table_privilege(c.oid, 'SELECT, INSERT, UPDATE, DELETE') ORDER BY 1",
        WITHIN_SCOPE[0],
    )
    if rows:
        names = ", ".join(row[0] for row in rows)
        return wrong(
            "partition_rights",
            f"The application role reaches {names} past row security.",
            f"As the owner: REVOKE ALL ON {names} FROM the application role.",
        )
    return fine("partition_rights", "partitions are reached through their parent only")
