"""Enrolling a phone, showing its token, losing it."""

import json
from uuid import uuid4

import pytest
from django.test import Client

from aoxanh.people.actions import enrol_device, revoke_device
from aoxanh.people.models import Device
from aoxanh.people.queries import token_digest

BASE = "/api/v1"


def enrol(client: Client, device: object = None, **more):
    body = {"device": str(device or uuid4()), "label": "Chrome Android", **more}
    return client.post(f"{BASE}/devices", json.dumps(body), content_type="application/json")


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def test_a_signed_in_volunteer_enrols_a_phone_and_its_token_opens_the_door(cast):
    answer = enrol(cast.client("lan"))
    assert answer.status_code == 201, answer.content
    hello = Client().get(f"{BASE}/sync", headers=bearer(answer.json()["token"]))
    assert hello.status_code == 200, hello.content
    assert hello.json()["me"]["name"] == "Vàng Thị Lan"


def test_only_the_hash_of_the_token_is_kept(cast):
    token = enrol(cast.client("lan")).json()["token"]
    device = Device.objects.get(account=cast.account("lan"))
    assert device.token_hash == token_digest(token)
    assert token not in str(device.__dict__)


def test_enrolling_the_same_phone_again_replaces_its_token(cast):
    client, device = cast.client("lan"), uuid4()
    first, second = enrol(client, device).json()["token"], enrol(client, device).json()["token"]
    assert Client().get(f"{BASE}/sync", headers=bearer(first)).status_code == 401
    assert Client().get(f"{BASE}/sync", headers=bearer(second)).status_code == 200


def test_a_phone_enrolled_by_somebody_else_is_refused(cast):
    device = uuid4()
    enrol(cast.client("lan"), device)
    answer = enrol(cast.client("binh"), device)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "device_taken")


def test_an_unknown_token_is_401_even_with_a_session_beside_it(cast):
    answer = cast.client("lan").get(f"{BASE}/teams", headers=bearer("guess"))
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "not_signed_in")


def test_a_revoked_phone_is_told_to_erase_what_it_holds(cast):
    account = cast.account("lan")
    device = uuid4()
    token = enrol_device(account=account, device_id=device, label="x", by=cast.actor("lan"))
    revoke_device(device=Device.objects.get(id=device), by=cast.actor("minh"))
    answer = Client().get(f"{BASE}/sync", headers=bearer(token))
    assert answer.status_code == 410
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert enrol(cast.client("lan"), device).status_code == 410


def test_enrolling_without_the_csrf_token_is_refused(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.account("lan"))
    assert enrol(client).json()["error"]["code"] == "csrf"
    token = client.get(f"{BASE}/csrf").json()["token"]
    body = json.dumps({"device": str(uuid4()), "label": ""})
    answer = client.post(
        f"{BASE}/devices", body, content_type="application/json", headers={"x-csrftoken": token}
    )
    assert answer.status_code == 201


def test_a_deactivated_account_loses_its_phone_but_not_the_unsent_work(cast):
    account = cast.account("lan")
    token = enrol(cast.client("lan")).json()["token"]
    account.is_active = False
    account.save()
    assert Client().get(f"{BASE}/sync", headers=bearer(token)).status_code == 401


def test_recognising_a_phone_costs_one_query(cast, django_assert_num_queries):
    from aoxanh.people.queries import actor_of, device_by_token

    token = enrol(cast.client("minh")).json()["token"]
    with django_assert_num_queries(1):
        enrolled = device_by_token(token)
    assert enrolled.actor == actor_of(cast.account("minh"))
    assert enrolled.actor.leads
    assert enrolled.device == Device.objects.get(account=cast.account("minh"))


@pytest.mark.parametrize("name", ["lan", "minh", "son", "duc", "an"])
def test_who_answers_for_lan_sees_and_revokes_her_phone(cast, name):
    enrol(cast.client("lan"))
    device = Device.objects.get(account=cast.account("lan"))
    client = cast.client(name)
    assert str(device.id) in {item["id"] for item in client.get(f"{BASE}/devices").json()}
    assert client.post(f"{BASE}/devices/{device.id}/revoke").status_code == 200
    assert client.get(f"{BASE}/devices").json() == []


@pytest.mark.parametrize("name", ["binh", "ha", "thu"])
def test_others_neither_see_nor_revoke_her_phone(cast, name):
    enrol(cast.client("lan"))
    device = Device.objects.get(account=cast.account("lan"))
    client = cast.client(name)
    assert client.get(f"{BASE}/devices").json() == []
    assert client.post(f"{BASE}/devices/{device.id}/revoke").status_code == 404
    assert client.post(f"{BASE}/devices/{uuid4()}/revoke").status_code == 404
    device.refresh_from_db()
    assert device.revoked_at is None


def test_a_phone_of_a_far_reaching_role_opens_the_field_app_and_nothing_wider(cast, settings):
    token = enrol(cast.client("duc")).json()["token"]
    settings.REQUIRE_MFA = True
    assert Client().get(f"{BASE}/sync", headers=bearer(token)).status_code == 200
    assert Client().get(f"{BASE}/volunteers", headers=bearer(token)).status_code == 403
