"""The reach of the current transaction, told to PostgreSQL so that row-level security can hold it.

The query filters of the rooms come first and always; the policies that read these settings are the net under them.
Nothing set means nothing seen.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction


@dataclass(frozen=True, slots=True)
class Scope:
    """Which rows a transaction may touch: the whole nation, whole provinces, or single communes (by code).

    `account` is whose own rows, of those that belong to one person alone and to no place.
    """

    nation: bool = False
    provinces: frozenset[str] = frozenset()
    communes: frozenset[str] = frozenset()
    account: str = ""

    def __or__(self, other: "Scope") -> "Scope":
        return Scope(
            self.nation or other.nation,
            self.provinces | other.provinces,
            self.communes | other.communes,
            self.account or other.account,
        )


NOTHING = Scope()
NATION = Scope(nation=True)


_current: ContextVar[Scope] = ContextVar("reach of the current transaction", default=NOTHING)


@contextmanager
def scope(reach: Scope) -> Iterator[None]:
    """Open a transaction that reaches `reach` and no further; inside another one, change the reach until the block ends.

    SET LOCAL semantics (the third argument of set_config), so a pooled connection never carries it on.
    """
    outer = _current.get()
    nested = connection.in_atomic_block
    if nested and outer == reach:
        yield
        return
    with transaction.atomic():
        tell(reach)
        token = _current.set(reach)
        try:
            yield
        finally:
            _current.reset(token)
        # A block that is taken back takes its setting back too.
        if nested and not connection.needs_rollback:
            tell(outer)


def current() -> Scope:
    """Return the reach of the transaction that is open now."""
    return _current.get()


def tell(reach: Scope, *, using: str = DEFAULT_DB_ALIAS) -> None:
    """Tell PostgreSQL the reach of the transaction that is open on a connection; `scope` does it for the usual one."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT set_config('aoxanh.reach', %s, true), set_config('aoxanh.provinces', %s, true),"
            " set_config('aoxanh.communes', %s, true), set_config('aoxanh.account', %s, true)",
            [
                "nation" if reach.nation else "",
                ",".join(sorted(reach.provinces)),
                ",".join(sorted(reach.communes)),
                reach.account,
            ],
        )


@contextmanager
def whole_nation() -> Iterator[None]:
    """Open a transaction for the system itself: jobs, migrations of data, sign-in."""
    with scope(NATION):
        yield
