"""Fixtures of the desk's tests."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, connections
from pytest_django.plugin import DjangoDbBlocker

from aoxanh.kernel.ids import uuid7
from tests.database import Database, clone


@pytest.fixture
def own_database(django_db_blocker: DjangoDbBlocker) -> Iterator[Database]:
    """A clone of the test's own, in which it and its threads may commit."""
    database = clone(f"aoxanh_own_{uuid7().hex}")
    where = connections.settings["default"]
    before = where["NAME"]
    with django_db_blocker.unblock():
        connection.close()
        where["NAME"] = database.name
        del connections["default"]
        yield database
        connection.close()
        where["NAME"] = before
        del connections["default"]
    database.drop()


@pytest.fixture
def nobody_tried_yet(owner_sql: Callable[..., Any]) -> Iterator[None]:
    """No attempt is counted: they are counted on a connection of their own, so no test takes back what another one tried."""
    owner_sql("DELETE FROM desk_attempts")
    yield
    owner_sql("DELETE FROM desk_attempts")
