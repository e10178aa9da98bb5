"""`aoxanh credentials`: the keys that sign certificates, and checking one without a browser."""

import sys
from typing import TextIO

import click

from aoxanh.cli.django import with_django


@click.group()
def command() -> None:
    """Look after the keys that sign certificates."""


@command.command()
@with_django
def keys() -> None:
    """List the keys: thumbprint, since when, and whether one is in use, published or withdrawn."""
    from aoxanh.training import actions
    from aoxanh.training.models import CredentialKey

    in_use = actions.published_key().thumbprint
    for key in CredentialKey.objects.all():
        state = "withdrawn" if key.withdrawn_at else "in use" if key.thumbprint == in_use else "published"
        click.echo(f"{key.thumbprint}  {key.first_used_at:%Y-%m-%d}  {state}")


@command.command()
@with_django
def rotate() -> None:
    """Sign with a new key from now on; what the old one signed stays genuine."""
    from aoxanh.people.actors import system
    from aoxanh.training import actions

    click.echo(f"New key: {actions.rotate_key(by=system('credentials'))}")
    click.echo("Put the new key file into the backup, and onto every other web server.", err=True)


@command.command()
@click.argument("thumbprint")
@with_django
def withdraw(*, thumbprint: str) -> None:
    """Believe nothing any more that an old key signed, since somebody else may have it."""
    from aoxanh.people.actors import system
    from aoxanh.training import actions

    actions.withdraw_key(thumbprint=thumbprint, by=system("credentials"))
    click.echo("Withdrawn. Certificates can be downloaded again at once, signed with the key in use.")


@command.command()
@click.argument("file", type=click.File("r"), default="-")
@with_django
def check(*, file: TextIO) -> None:
    """Say what a signed certificate in FILE (or the standard input) is worth today; fails unless it is genuine."""
    from aoxanh.training import credential_queries

    found = credential_queries.check_token("".join(file.read(65_536).split()))
    click.echo(f"{found.state}  {found.holder}  {found.group.code if found.group else ''}".rstrip())
    sys.exit(0 if found.state == "genuine" else 1)
