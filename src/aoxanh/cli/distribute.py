"""`aoxanh db distribute`: spread the event tables over the machines of a Citus cluster, or say what that would take."""

import os
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from aoxanh.cli.distribution import Plan

NO_CITUS = (
    "This server has no Citus, so nothing was done and nothing need be: one PostgreSQL holds the campaign.\n"
    "docs/operate/scale.md says what to add first, and how to come to a server that has Citus."
)


@click.command()
@click.option("--dry-run", is_flag=True, help="Print the statements and change nothing; needs no Citus.")
def distribute(*, dry_run: bool) -> None:
    """Cut the event tables up by commune over the machines of a Citus cluster; what they refer to is copied to each.

    All in one transaction, and safe to repeat. Stop `serve` and `worker` first. Row-level security ends on the tables that
    are cut up; the query filters hold alone.
    """
    os.environ["AOXANH_AS_OWNER"] = "true"
    import django

    django.setup()
    from django.apps import apps
    from django.db import Error

    from aoxanh.cli.distribution import obstacles, plan

    models = [model for model in apps.get_models() if model.__module__.startswith("aoxanh.")]
    if found := obstacles(models):
        raise click.ClickException("The tables cannot be distributed:\n" + "\n".join(found))
    made = plan(models)
    if dry_run:
        click.echo(";\n".join(made.statements()) + ";")
        return
    try:
        _carry_out(made)
    except Error as error:
        reason = str(error).strip()
        raise click.ClickException(f"Nothing was changed. The server says: {reason}") from error


def _carry_out(made: "Plan") -> None:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_proc WHERE proname = 'create_distributed_table'")
        if cursor.fetchone() == (0,):
            raise click.ClickException(NO_CITUS)
        cursor.execute("SELECT logicalrelid::text FROM pg_dist_partition")
        statements = made.statements(frozenset(name for (name,) in cursor.fetchall()))
        for statement in statements:
            cursor.execute(statement)
    if not statements:
        click.echo("Every table is where it belongs already.")
        return
    click.echo(f"{len(made.cut)} tables are cut up by commune, {len(made.copied)} are on every machine.")
