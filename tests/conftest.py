"""Fixtures of the whole suite: the clone's database, the owner's view of it, the cast, and a live site to break."""

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.test import Client

from aoxanh.kernel.scope import whole_nation
from aoxanh.people.actors import Actor
from aoxanh.people.models import Account
from aoxanh.people.queries import actor_of
from tests import cast as the_cast
from tests.database import database_for_this_process
from tests.openapi import every_answer_is_described  # noqa: F401 - wraps the test client in every test
from tests.site import LiveSite


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """Nothing to set up: the clone is ready, with reference data and cast."""


@pytest.fixture
def owner_sql() -> Iterator[Callable[..., list[tuple[Any, ...]]]]:
    """Run SQL as the owning role, outside the test's transaction; what it commits stays, so clean up."""
    with psycopg.connect(database_for_this_process().url("owner"), autocommit=True) as connection:

        def run(query: str, *values: Any) -> list[tuple[Any, ...]]:
            cursor = connection.execute(query, values)
            return cursor.fetchall() if cursor.description else []

        yield run


class Cast:
    """Accounts, actors and signed-in clients by first name: cast.account("lan"), cast.actor("minh"), cast.client("ha")."""

    def account(self, name: str) -> Account:
        return Account.objects.get(id=the_cast.account_id(name))

    def actor(self, name: str) -> Actor:
        with whole_nation():
            return actor_of(self.account(name))

    def client(self, name: str | None) -> Client:
        client = Client()
        if name:
            client.force_login(self.account(name))
        return client


@pytest.fixture
def cast(db: None) -> Cast:
    """The cast, in a test that is rolled back at its end."""
    return Cast()


@pytest.fixture
def live_site() -> Iterator[LiveSite]:
    """A real server and worker on a database of its own, with the cast; stopped and dropped afterwards."""
    with LiveSite.open() as site:
        yield site
