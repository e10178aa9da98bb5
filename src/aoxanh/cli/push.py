"""`aoxanh push`: the key by which push services know the site, and whether messages can be sent."""

import click

from aoxanh.cli.django import with_django


@click.group()
def command() -> None:
    """Look after messages to browsers."""


@command.command()
@with_django
def keys() -> None:
    """Make the key, once; print its public half."""
    from django.conf import settings

    from aoxanh.oversight.pushing.keys import key_at, make_key

    made = make_key(settings.PUSH_KEY)
    key = key_at(settings.PUSH_KEY)
    if key is None:
        raise click.ClickException(
            f"{settings.PUSH_KEY} holds no key that can be read.\nMove it away and run this again."
        )
    click.echo(key.public)
    click.echo(
        "Made. Put the file into the backup, and onto every other server."
        if made
        else "It was there already.",
        err=True,
    )


@command.command()
@with_django
def status() -> None:
    """Say whether messages are sent, by which key, to which hosts, and to how many browsers."""
    from django.conf import settings

    from aoxanh.kernel.scope import whole_nation
    from aoxanh.oversight.push_queries import count_browsers, sender

    speaks = sender()
    if speaks is None:
        missing = "run `aoxanh push keys`" if settings.PUSH_CONTACT else "set AOXANH_PUSH_CONTACT"
        click.echo(f"off: {missing}")
        return
    with whole_nation():
        browsers = count_browsers()
    click.echo(f"on: key {speaks.key.mark}, contact {speaks.contact}, {browsers} browsers")
    for host in speaks.hosts:
        click.echo(f"  {host}")
