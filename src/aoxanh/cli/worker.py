"""`aoxanh worker`: background work: the rollup within a second of a sync, and the periodic jobs."""

import logging
import threading

import click

from aoxanh.cli.django import with_django

log = logging.getLogger("aoxanh.worker")


@click.command()
@click.option("--once", is_flag=True, help="Recompute what is dirty now and stop.")
@with_django
def command(*, once: bool) -> None:
    """Keep the daily rollup fresh and run the jobs of the queue until stopped."""
    from aoxanh.desk.rollup import recompute_dirty_days

    if once:
        while recompute_dirty_days():
            pass
        return
    stop = threading.Event()
    thread = threading.Thread(target=_keep_rollup_fresh, args=(stop,), name="rollup", daemon=True)
    thread.start()
    try:
        _run_jobs()
    finally:
        stop.set()
        thread.join(10)


def _keep_rollup_fresh(stop: threading.Event) -> None:
    """Recompute what became dirty, once a second: soon enough for the boards, seldom enough to gather the syncs of a rush.

    A lost database is waited for.
    """
    from django.db import Error, connection

    from aoxanh.desk.rollup import BATCH, recompute_dirty_days

    while not stop.is_set():
        try:
            more = recompute_dirty_days() == BATCH
        except Error:
            log.warning("The rollup could not reach the database; trying again in 2 s.")
            connection.close()
            stop.wait(2)
            continue
        if not more:
            stop.wait(1)


def _run_jobs() -> None:
    from django.conf import settings
    from procrastinate.contrib.django import app

    # PgBouncer lends a server connection for a transaction only, so nobody would hear a notification; asking takes its place.
    listens = not settings.PGBOUNCER
    worker_app = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    worker_app.run_worker(
        concurrency=1, install_signal_handlers=True, delete_jobs="successful", listen_notify=listens
    )
