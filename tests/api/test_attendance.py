"""The phone's door to training sessions, as volunteers and hosts meet it."""

import json
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.cast import LUNG_CU, account_id, volunteer_id
from tests.conftest import Cast
from tests.training.sessions import a_broadcast, point_of, present, screen_code, spoken_code

from aoxanh.kernel import clock
from aoxanh.kernel.ids import uuid7
from aoxanh.kernel.scope import whole_nation
from aoxanh.people.models import Device
from aoxanh.people.queries import token_digest
from aoxanh.training import codes
from aoxanh.training.models import Point

BASE = "/api/v1/attendance"


def a_phone(name: str) -> dict[str, str]:
    """Enrol a phone and return the headers that it sends."""
    token = f"token of {name}"
    Device.objects.create(id=uuid7(), account_id=account_id(name), token_hash=token_digest(token))
    return {"Authorization": f"Bearer {token}"}


def told(point: Point, **more: Any) -> dict[str, Any]:
    now = clock.milliseconds(clock.now())
    return {
        "id": str(uuid7()),
        "commune": point.commune_code,
        "point": str(point.id),
        "noted_at": now,
        **more,
    }


def send(headers: dict[str, str], *attendances: dict[str, Any], **more: Any) -> Any:
    body = {"sent_at": clock.milliseconds(clock.now()), "attendances": attendances, **more}
    return Client().post(BASE, json.dumps(body), content_type="application/json", headers=headers)


def test_a_phone_learns_of_a_session_and_checks_in_once(cast: Cast) -> None:
    event = a_broadcast()
    point, phone = point_of(event), a_phone("lan")
    (heard,) = Client().get(BASE, headers=phone).json()["events"]
    assert (heard["title"], heard["mine"]) == (event.title, None)
    assert [one["commune"] for one in heard["points"]] == [LUNG_CU]
    note = told(point, code=screen_code(point))
    answers = [send(phone, note).json()["results"][0] for _again in range(2)]
    assert [(one["status"], one["event"]) for one in answers] == [
        ("accepted", str(event.id)),
        ("already", str(event.id)),
    ]
    assert Client().get(BASE, headers=phone).json()["events"][0]["mine"]["state"] == "present"
    assert present(point) == (1, 1)


def test_a_check_in_costs_nine_statements(cast: Cast) -> None:
    point, phone = point_of(a_broadcast()), a_phone("lan")
    # The first entry of a chain costs two more.
    send(a_phone("minh"), told(point, code=screen_code(point)))
    note = told(point, code=screen_code(point))
    with CaptureQueriesContext(connection) as asked:
        assert send(phone, note, phone="mark").json()["results"][0]["status"] == "accepted"
    real = [query["sql"] for query in asked if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    # Finding the phone is one; the last, which takes the reach back, is there only because a test lies in a transaction.
    assert len(real) == 10, "\n".join(real)
    assert sum("set_config" in sql for sql in real[:-1]) == 1


def test_a_host_gets_names_and_the_key_of_the_spoken_code_and_nobody_else_does(cast: Cast) -> None:
    point = point_of(a_broadcast())
    with whole_nation():
        Point.objects.filter(id=point.id).update(host_id=account_id("minh"))
    (hosted,) = Client().get(BASE, headers=a_phone("minh")).json()["hosting"]
    assert codes.code_at(bytes.fromhex(hosted["spoken_key"]), "spoken", clock.now()) == spoken_code(point)
    assert str(volunteer_id("lan")) in [one["id"] for one in hosted["people"]]
    assert str(volunteer_id("binh")) not in [one["id"] for one in hosted["people"]]
    assert Client().get(BASE, headers=a_phone("lan")).json()["hosting"] == []


def test_a_host_hands_in_a_list_later_and_again(cast: Cast) -> None:
    point = point_of(a_broadcast())
    with whole_nation():
        Point.objects.filter(id=point.id).update(host_id=account_id("minh"))
    phone = a_phone("minh")
    names = [told(point, volunteer=str(volunteer_id(name))) for name in ("lan", "minh", "binh")]
    for expected in (["accepted", "accepted", "refused"], ["already", "already", "refused"]):
        assert [one["status"] for one in send(phone, *names).json()["results"]] == expected
    assert present(point) == (2, 2)


def test_what_is_no_check_in_is_refused_whole(cast: Cast) -> None:
    point, phone = point_of(a_broadcast()), a_phone("lan")
    for wrong in (
        {"noted_at": 10**18},
        {"id": "x"},
        {"commune": "0071500"},
        {"code": "9" * 41},
        {"code": "\x00"},
    ):
        assert send(phone, told(point, **wrong)).status_code == 400
    assert send(phone).status_code == 400
    assert send({"Authorization": "Bearer nobody's"}, told(point)).status_code == 401
