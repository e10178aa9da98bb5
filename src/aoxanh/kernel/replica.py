"""Reading from a replica: those who only look are answered by a streaming copy of the database while it is fresh enough.

The primary answers whenever the replica is away, too far behind or no replica at all, so a caller always gets its answer.
Row-level security holds on the replica too: it is told the reach of the transaction that asks.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.db import (
    DEFAULT_DB_ALIAS,
    Error,
    InterfaceError,
    OperationalError,
    connection,
    connections,
    transaction,
)
from django.db.backends.base.base import BaseDatabaseWrapper

from aoxanh.kernel import clock, scope

ALIAS = "replica"
# A replica that failed is left alone for this long, so that its time-outs do not slow every page.
REST_SECONDS = 5.0
STATEMENT_MS = 10_000
T = TypeVar("T")
log = logging.getLogger("aoxanh.replica")
_reading: ContextVar[bool] = ContextVar("this context reads from the replica", default=False)


@dataclass(frozen=True, slots=True)
class Told(Generic[T]):
    """An answer, the moment up to which it holds, and who gave it; `is_fallback` when a replica should have."""

    answer: T
    current_at: datetime
    by_replica: bool = False
    is_fallback: bool = False


class TooFarBehind(Exception):
    """The replica has not replayed what the primary committed within the time allowed, or is no replica."""


class Router:
    """Sends the ORM's reads to the replica inside `read`, and everything else to the primary."""

    def db_for_read(self, model: Any, **_hints: Any) -> str:
        # The cache is written where it is read, so it stays on the primary.
        is_cache = model._meta.app_label == "django_cache"  # noqa: SLF001 - Django's own name for what models know of themselves
        return ALIAS if _reading.get() and not is_cache else DEFAULT_DB_ALIAS

    def db_for_write(self, _model: Any, **_hints: Any) -> str:
        return DEFAULT_DB_ALIAS

    def allow_relation(self, _one: Any, _other: Any, **_hints: Any) -> bool:
        return True  # both hold the same rows

    def allow_migrate(self, db: str, _app_label: str, **_hints: Any) -> bool:
        return db == DEFAULT_DB_ALIAS


class _Rest:
    """Until when the replica is left alone, and whether its state was told to the log."""

    def __init__(self) -> None:
        self.until = 0.0
        self.trouble = ""

    def begin(self, trouble: str, seconds: float) -> None:
        self.until = time.monotonic() + seconds
        if trouble != self.trouble:
            log.warning("Boards are read from the primary: %s.", trouble)
        self.trouble = trouble

    def end(self) -> None:
        if self.trouble:
            log.warning("Boards are read from the replica again.")
        self.trouble = ""


_rest = _Rest()


def reading_connection() -> BaseDatabaseWrapper:
    """Return the connection for statements of one's own: the replica's inside `read`, else the primary's."""
    return connections[ALIAS if _reading.get() else DEFAULT_DB_ALIAS]


def read(ask: Callable[[], T]) -> Told[T]:
    """Return what `ask` returns, read from the replica if there is a fresh one, else from the primary.

    `ask` may run twice, so it must only read. Refusals (DomainError) come through as they are.
    """
    if ALIAS not in connections.settings or _reading.get():
        return Told(ask(), clock.now())
    if time.monotonic() >= _rest.until:
        try:
            told = _from_replica(ask)
        except TooFarBehind as error:
            _rest.begin(str(error), 0)
        except (OperationalError, InterfaceError):
            _rest.begin("the replica does not answer", REST_SECONDS)
            connections[ALIAS].close()
        except Error:
            # E.g. a column that a migration added and the replica has not replayed; a real mistake fails again below.
            _rest.begin("the replica refused a statement", REST_SECONDS)
        else:
            _rest.end()
            return told
    return Told(ask(), clock.now(), is_fallback=True)


def _from_replica(ask: Callable[[], T]) -> Told[T]:
    flushed, moment = _primary_position()
    with transaction.atomic(using=ALIAS), _read_by_replica():
        current_at = _replayed_until(flushed, moment)
        scope.tell(scope.current(), using=ALIAS)
        return Told(ask(), current_at, by_replica=True)


def _primary_position() -> tuple[str, datetime]:
    """Return up to where the primary's log is safe on disk, which is what a replica can have, and its clock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_wal_flush_lsn()::text, clock_timestamp()")
        position: tuple[str, datetime] = cursor.fetchone()
    return position


def _replayed_until(flushed: str, moment: datetime) -> datetime:
    """Return the moment up to which the replica agrees with the primary. Raises TooFarBehind.

    Both times are the primary's own, so the machines' clocks need not agree. The age of the last replayed commit alone
    would call a replica late whenever nobody writes, and its own idea of what it received, fresh when it is cut off.
    """
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(
            "SELECT pg_is_in_recovery(), coalesce(pg_last_wal_replay_lsn() >= %s::pg_lsn, false),"
            " pg_last_xact_replay_timestamp(), set_config('statement_timeout', %s, true)",
            [flushed, str(STATEMENT_MS)],
        )
        follows, is_level, replayed, _timeout = cursor.fetchone()
    if not follows:
        raise TooFarBehind("AOXANH_REPLICA_URL names a server that follows nobody")
    if is_level:
        return moment
    if replayed is None or moment - replayed > timedelta(seconds=settings.REPLICA_MOST_LAG):
        raise TooFarBehind(f"the replica is more than {settings.REPLICA_MOST_LAG} s behind")
    until: datetime = replayed
    return until


@contextmanager
def _read_by_replica() -> Iterator[None]:
    token = _reading.set(True)
    try:
        yield
    finally:
        _reading.reset(token)
