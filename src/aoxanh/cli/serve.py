"""`aoxanh serve`: the web server."""

import sys
from pathlib import Path

import click


@click.command()
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen on; a proxy with TLS belongs before any other.",
)
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--processes", default=2, show_default=True, help="Worker processes.")
@click.option("--threads", default=4, show_default=True, help="Threads in each process.")
def command(*, host: str, port: int, processes: int, threads: int) -> None:
    """Serve the pages and the API with Granian. The database must have been brought up to date with `aoxanh migrate`."""
    from django.conf import settings

    from aoxanh.kernel.counting import open_folder

    open_folder(Path(settings.DATA_DIR))  # before anything that counts is loaded
    collect_static()
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    if sys.stderr.isatty():
        click.echo(f"http://{'localhost' if host == '127.0.0.1' else host}:{port}/", err=True)
    Server(
        "aoxanh.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=threads,
        backlog=1024,
        log_level=LogLevels.warning,
        log_dictconfig=settings.LOGGING,
        log_access=False,  # its lines hold addresses; the middleware Watched writes ours
        respawn_failed_workers=True,
    ).serve()


def collect_static() -> None:
    """Copy and hash the static files into the data folder, unless this very code already did."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    stamp = settings.STATIC_ROOT / ".made-from"
    newest = str(max(path.stat().st_mtime_ns for path in Path(settings.PACKAGE).glob("**/static/**/*")))
    if stamp.exists() and stamp.read_text() == newest + settings.VERSION:
        return
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    # htmx extensions name bare modules, which no hashed file can be found for; no page uses them.
    call_command("collectstatic", interactive=False, verbosity=0, clear=True, ignore_patterns=["ext"])
    stamp.write_text(newest + settings.VERSION)
