"""`aoxanh simulate`: a synthetic campaign in an empty installation."""

import sys

import click

from aoxanh.cli.django import with_django


@click.command()
@click.option("--seed", default=2025, show_default=True, help="The same seed gives the same campaign.")
@with_django
def command(*, seed: int) -> None:
    """Fill an empty installation with the demonstration campaign and print the accounts' password."""
    click.echo(run(seed))


def run(seed: int) -> str:
    """Seed the campaign with a progress line on a terminal; return the password."""
    from aoxanh.simulation.actions import seed_campaign

    return seed_campaign(seed=seed, progress=_show)


def _show(step: str, done: int, total: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r  {step} {done}/{total}" + ("\n" if done == total else ""), nl=False, err=True)
