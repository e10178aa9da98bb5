"""`aoxanh privacy`: how fields are classed, forgetting a person, letting go of what was kept long enough."""

import json

import click

from aoxanh.cli.django import with_django

_as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


@click.group()
def command() -> None:
    """Personal data: its classes, forgetting a person, and the retention periods."""


@command.command()
@_as_json
@with_django
def classes(*, as_json: bool) -> None:
    """List every stored field with its class and how long it is kept."""
    from aoxanh.privacy.queries import field_classes

    rows = field_classes()
    if as_json:
        click.echo(
            json.dumps({f"{row.model}.{row.field}": [row.privacy_class, row.keep] for row in rows}, indent=2)
        )
        return
    for row in rows:
        click.echo(f"{row.privacy_class:9} {row.keep:8} {row.model}.{row.field}")


@command.command()
@click.argument("username")
@click.option("--yes", is_flag=True, help="Do not ask.")
@_as_json
@with_django
def forget(*, username: str, yes: bool, as_json: bool) -> None:
    """Forget the person behind an account for good; the sessions they recorded stay as counts of nobody."""
    from aoxanh.privacy import actions

    if not yes:
        click.confirm(f"Forget {username}? This cannot be undone.", abort=True, err=True)
    _print_counts(actions.forget(username=username, by="system:privacy"), as_json=as_json)


@command.command()
@click.option("--dry-run", is_flag=True, help="Only count what is due.")
@_as_json
@with_django
def retain(*, dry_run: bool, as_json: bool) -> None:
    """Let go of every row whose period is over; the worker does it every night. May be stopped and run again."""
    from aoxanh.privacy import actions, queries

    counts = queries.due_counts() if dry_run else actions.retain(by="system:privacy")
    _print_counts(counts, as_json=as_json)


def _print_counts(counts: dict[str, int], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(counts, indent=2))
    else:
        click.echo("\n".join(f"{label}: {count}" for label, count in counts.items()) or "Nothing.")
