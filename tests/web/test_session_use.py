"""A session's last use is noted at its first page, when its address changes and now and then, not at every page."""

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aoxanh.web.middleware import SeenNowAndThen
from tests.conftest import Cast


def writes(client: Client, **where: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get("/procedures/", **where).status_code == 200  # type: ignore[arg-type]
    return sum("usersessions_usersession" in query["sql"] for query in seen.captured_queries)


def test_only_the_first_of_many_pages_notes_the_session(cast: Cast) -> None:
    client = cast.client("lan")
    assert writes(client) > 0
    assert UserSession.objects.filter(session_key=client.session.session_key).count() == 1
    assert [writes(client) for _ in range(3)] == [0, 0, 0]


def test_a_new_address_is_noted_at_once(cast: Cast) -> None:
    client = cast.client("lan")
    writes(client)
    assert writes(client, REMOTE_ADDR="192.0.2.7") > 0
    assert UserSession.objects.get(session_key=client.session.session_key).ip == "192.0.2.7"


def test_a_use_is_noted_again_when_the_last_note_is_old(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client = cast.client("lan")
    writes(client)
    monkeypatch.setattr(SeenNowAndThen, "EVERY_SECONDS", 0)
    assert writes(client) > 0


def test_a_page_asks_once_who_is_asking(cast: Cast) -> None:
    client = cast.client("lan")
    client.get("/procedures/")
    with CaptureQueriesContext(connection) as seen:
        assert client.get("/procedures/").status_code == 200
    assert sum("people_account account" in query["sql"] for query in seen.captured_queries) == 1
