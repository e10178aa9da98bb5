"""What `aoxanh migrate` brings: the tables of this version, the months ahead, places and procedures."""

from datetime import timedelta

from aoxanh.cli.check.database import ask
from aoxanh.cli.check.finding import Finding, fine, warn, wrong

PROVINCES, COMMUNES, PROCEDURES = 34, 3321, 74
NEEDED_AHEAD = timedelta(days=31)
MIGRATE = "Run `aoxanh migrate`; it is safe to run again."


def look() -> list[Finding]:
    """Look at migrations first; what needs their tables is left out while some are missing."""
    migrated = migrations()
    return [migrated] if migrated.level == "problem" else [migrated, partitions(), reference_data()]


def migrations() -> Finding:
    """Compare the database's migrations with this version's."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    loader = MigrationExecutor(connection).loader
    leaves = set(loader.graph.leaf_nodes())
    lacking = sorted(
        {f"{app}.{name}" for app, name in loader.graph.nodes}
        - {f"{app}.{name}" for app, name in loader.applied_migrations}
    )
    unknown = sorted(
        f"{app}.{name}"
        for app, name in loader.applied_migrations
        if app in loader.migrated_apps and (app, name) not in loader.disk_migrations
    )
    if lacking:
        return wrong(
            "migrations", f"Not applied: {', '.join(lacking[:5])}{' …' if len(lacking) > 5 else ''}.", MIGRATE
        )
    if unknown:
        return wrong(
            "migrations",
            f"The database is newer than this program: {', '.join(unknown[:5])}.",
            "Install the version that made it, or a newer one.",
        )
    return fine("migrations", f"all applied ({len(leaves)} rooms)")


def partitions() -> Finding:
    """Look for the months in which work can be stored: from the oldest that is kept to half a year ahead."""
    from aoxanh.desk.partitions import MONTHS_AHEAD, months_wanted
    from aoxanh.kernel import clock

    rows = ask(
        "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'desk_supportsession'::regclass"
    )
    there = {name.rpartition("_")[2] for (name,) in rows}
    missing = [month for month in months_wanted() if f"{month:%Y%m}" not in there]
    names = ", ".join(f"{month:%m/%Y}" for month in missing)
    if any(month <= clock.today() + NEEDED_AHEAD for month in missing):
        return wrong("partitions", f"Work of these months cannot be stored: {names}.", MIGRATE)
    if missing:
        return warn(
            "partitions", f"Not made yet: {names}.", "Keep `aoxanh worker` running; it makes them each night."
        )
    return fine("partitions", f"{len(there)} months, {MONTHS_AHEAD} of them ahead")


def reference_data() -> Finding:
    """Count places and procedures."""
    ((provinces, communes, procedures),) = ask(
        "SELECT (SELECT count(*) FROM places_place WHERE level = 'province'), (SELECT count(*) FROM places_place WHERE level = 'commune'),"
        " (SELECT count(*) FROM procedures_procedure)"
    )
    says = f"{provinces} provinces, {communes} communes, {procedures} procedures"
    if provinces < PROVINCES or communes < COMMUNES or procedures < PROCEDURES:
        return wrong(
            "reference", f"{says}; at least {PROVINCES}, {COMMUNES} and {PROCEDURES} belong there.", MIGRATE
        )
    return fine("reference", says)
