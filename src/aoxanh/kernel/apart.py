"""Work that stands whatever becomes of the caller's transaction: a refusal must not take back that it was counted."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection, transaction

T = TypeVar("T")


def apart(work: Callable[[], T]) -> T:
    """Do the work in a transaction and on a connection of its own, committed before this returns.

    It reaches nothing that row-level security holds, and must touch no row that the caller's transaction has locked. A connection
    is opened and closed for it, so it is for what happens seldom.
    """

    def run() -> T:
        try:
            with transaction.atomic():
                return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=1) as alone:
        return alone.submit(run).result()
