"""`aoxanh migrate`: bring the database to this version and load places, procedures and models, as the owning role."""

import os
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import click

# Each migration is a transaction: what has succeeded stays, and the next try goes on behind it.
LOCK_SECONDS = 2
TRIES = 30
# lock_not_available, deadlock_detected
LOCKED = ("55P03", "40P01")


@click.command()
@click.option("--quiet", is_flag=True, help="Say nothing but errors.")
def command(*, quiet: bool) -> None:
    """Create or upgrade the tables, rights and partitions, and load the reference data. Safe to run again."""
    os.environ["AOXANH_AS_OWNER"] = "true"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    from aoxanh.config.grants import grant_to
    from aoxanh.desk.partitions import make_partitions
    from aoxanh.initiatives.actions import load_models
    from aoxanh.kernel.scope import whole_nation
    from aoxanh.places.actions import load_places
    from aoxanh.procedures.actions import load_procedures

    steps: list[tuple[str, Callable[[], Any]]] = [
        ("tables", lambda: _alter_tables(quiet=quiet)),
        ("cache table", lambda: call_command("createcachetable", verbosity=0)),
        ("partitions", make_partitions),
        ("places", load_places),
        ("procedures", load_procedures),
        ("creative models", load_models),
        ("rights", lambda: _grant(grant_to)),
    ]
    for name, step in steps:
        if not quiet:
            click.echo(f"  {name} …", nl=False, err=True)
        if name == "tables":
            step()
        else:
            with transaction.atomic(), whole_nation():
                step()
        if not quiet:
            click.echo(" ok", err=True)


def _alter_tables(*, quiet: bool) -> None:
    """Run the migrations while others work: wait only briefly for a lock, since all who come later wait behind, and try again."""
    from django.core.management import call_command
    from django.db import OperationalError, connection

    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{LOCK_SECONDS}s'")
    for attempt in range(TRIES):
        try:
            call_command("migrate", verbosity=0, interactive=False)
            break
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", None) not in LOCKED or attempt == TRIES - 1:
                raise
            if not quiet:
                click.echo(" (locked, trying again)", nl=False, err=True)
            time.sleep(LOCK_SECONDS)
    with connection.cursor() as cursor:
        cursor.execute("RESET lock_timeout")


def _grant(grant_to: object) -> None:
    """Grant to the role of DATABASE_URL, unless it is the owner itself (then nothing needs granting)."""
    from django.conf import settings

    from aoxanh.config.secrets import private_cluster

    url = settings.DATABASE_URL or private_cluster(settings.DATA_DIR).url("app")
    role = urlsplit(url).username or ""
    if role and role != settings.DATABASES["default"]["USER"]:
        grant_to(role)  # type: ignore[operator]
