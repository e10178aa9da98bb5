"""Fixtures of the desk's tests."""

from collections.abc import Iterator

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
