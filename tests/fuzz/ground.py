"""The ground a storm plays on: a database of its own with the cast, and each person's keys to the doors."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid5

from django.db import connection
from django.test import Client

from aoxanh.kernel.scope import whole_nation
from aoxanh.people.models import Account, Device
from aoxanh.people.queries import token_digest
from tests.cast import PEOPLE, account_id
from tests.database import Database, clone
from tests.fuzz.thrower import Headers

CSRF = "f" * 32
ROLES = tuple(f"01970000-0000-7000-8000-0004{number:08d}" for number, *_ in PEOPLE.values())
MEMBERSHIPS = tuple(f"01970000-0000-7000-8000-0006{number:08d}" for number, *_ in PEOPLE.values())


@contextmanager
def fresh_ground() -> Iterator[Database]:
    """Connect this process to a new clone of the template; the old database is back afterwards and the clone is gone."""
    ground = clone(f"aoxanh_fuzz_{secrets.token_hex(4)}")
    old = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = ground.name
    try:
        yield ground
    finally:
        connection.close()
        connection.settings_dict["NAME"] = old
        ground.drop()


def phone_of(name: str) -> UUID:
    """Return the id of somebody's phone, the same in every run."""
    return uuid5(account_id(name), "phone")


def token_of(name: str) -> str:
    return f"token-of-{name}-for-tests"


def hand_out_phones() -> None:
    """Enrol a phone for everybody; a phone that the storm revoked is given back."""
    for name in PEOPLE:
        Device.objects.update_or_create(
            id=phone_of(name),
            defaults={
                "account_id": account_id(name),
                "token_hash": token_digest(token_of(name)),
                "revoked_at": None,
            },
        )


def phone_keys(name: str) -> Headers:
    return (("Authorization", f"Bearer {token_of(name)}"),)


def browser_keys(name: str | None) -> Headers:
    """Return the headers of somebody's signed-in browser, or of a stranger's."""
    cookies = f"csrftoken={CSRF}"
    if name:
        client = Client()
        client.force_login(Account.objects.get(id=account_id(name)))
        cookies += f"; sessionid={client.cookies['sessionid'].value}"
    return (("Cookie", cookies), ("X-CSRFToken", CSRF))


def mend_cast() -> None:
    """Give the cast back what hostile but valid requests took from it: roles, teams, phones, sign-in."""
    with whole_nation(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_roleassignment WHERE NOT id = ANY(%s::uuid[])", [list(ROLES)])
        cursor.execute("UPDATE people_roleassignment SET valid_to = NULL")
        cursor.execute("DELETE FROM people_membership WHERE NOT id = ANY(%s::uuid[])", [list(MEMBERSHIPS)])
        cursor.execute("UPDATE people_membership SET valid_to = NULL")
        cursor.execute("UPDATE people_account SET is_active = true")
        hand_out_phones()
