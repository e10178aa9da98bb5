"""`aoxanh worker`: background work: the rollup within a second of a sync, and the periodic jobs."""

import asyncio
import logging
import signal
import threading

import click

from aoxanh.cli.django import with_django

log = logging.getLogger("aoxanh.worker")
AGAIN_SECONDS = 2


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
        asyncio.run(_run_jobs())
    finally:
        stop.set()
        thread.join(10)


def _keep_rollup_fresh(stop: threading.Event) -> None:
    """Recompute what became dirty, once a second: soon enough for the boards, seldom enough to gather the syncs of a rush.

    A lost database is waited for, and a failure of any other kind must not end the thread: the worker would look alive while
    boards stand still.
    """
    from django.db import Error, connection

    from aoxanh.desk.rollup import BATCH, recompute_dirty_days

    while not stop.is_set():
        try:
            more = recompute_dirty_days() == BATCH
        except Error:
            log.warning("The rollup could not reach the database; trying again in %d s.", AGAIN_SECONDS)
            connection.close()
            stop.wait(AGAIN_SECONDS)
            continue
        except Exception:
            log.exception("The rollup failed; trying again in 10 s.")
            connection.close()
            stop.wait(10)
            continue
        if not more:
            stop.wait(1)


async def _run_jobs() -> None:
    """Run the jobs of the queue until SIGINT or SIGTERM; what loses the database ends, so it is begun again."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    told = asyncio.create_task(stop.wait())
    while not stop.is_set():
        work = asyncio.create_task(_run_queue())
        await asyncio.wait((work, told), return_when=asyncio.FIRST_COMPLETED)
        if stop.is_set():
            work.cancel()  # lets the job in hand come to its end
            await asyncio.gather(work, return_exceptions=True)
            return
        _tell_why(work)
        await asyncio.wait((told,), timeout=AGAIN_SECONDS)


async def _run_queue() -> None:
    from django.conf import settings
    from procrastinate.contrib.django import app

    worker_app = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    async with worker_app.open_async():
        # PgBouncer lends a server connection for a transaction only, so nobody would hear a notification; asking takes its place.
        await worker_app.run_worker_async(
            concurrency=1,
            install_signal_handlers=False,
            delete_jobs="successful",
            listen_notify=not settings.PGBOUNCER,
        )


def _tell_why(work: "asyncio.Task[None]") -> None:
    """Warn that the queue ended; anything but a lost database is a mistake of ours and is raised."""
    import psycopg
    from django.db import Error
    from procrastinate.exceptions import ConnectorException

    error = work.exception()
    if error is not None and not isinstance(error, (ConnectorException, Error, psycopg.Error)):
        raise error
    log.warning("The queue of jobs lost the database; beginning again in %d s.", AGAIN_SECONDS)
