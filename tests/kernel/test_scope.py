"""The reach of a transaction: told to PostgreSQL, nested, and never carried on."""

from contextlib import suppress

from django.db import connection

from aoxanh.kernel.scope import NATION, NOTHING, Scope, scope, whole_nation


def told() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('aoxanh.reach', true), current_setting('aoxanh.communes', true)"
        )
        reach, communes = cursor.fetchone()
    return reach or "", communes or ""


def test_a_nested_scope_ends_with_its_block(db: None) -> None:
    with scope(Scope(communes=frozenset({"00715"}))):
        with whole_nation():
            assert told() == ("nation", "")
        assert told() == ("", "00715")
    assert told() == ("", "")


def test_a_nested_scope_that_fails_leaves_the_outer_one(db: None) -> None:
    with scope(Scope(communes=frozenset({"00715"}))):
        with suppress(ValueError), whole_nation():
            raise ValueError
        assert told() == ("", "00715")


def test_scopes_add_up() -> None:
    assert Scope(communes=frozenset({"1"})) | Scope(provinces=frozenset({"2"})) == Scope(
        provinces=frozenset({"2"}), communes=frozenset({"1"})
    )
    assert (NOTHING | NATION).nation
