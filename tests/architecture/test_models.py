"""Models point downwards, are explained in the glossary, and event tables obey the rules that let them be distributed."""

import re
from typing import Any

import pytest
from django.db import connection
from django.db.models import CompositePrimaryKey, Field, Model, UniqueConstraint
from django.db.models.fields import AutoFieldMixin

from aoxanh.assistant.models import AskedCount
from aoxanh.desk.models import (
    CaseReturned,
    Confirmation,
    DailyFigure,
    DirtyDay,
    EntryCount,
    Handover,
    SupportSession,
    WorkCheck,
)
from aoxanh.training.models import Attendance, Point
from tests.architecture.house import ROOT, floors, models, room_of

EVENTS = [
    SupportSession,
    Handover,
    DirtyDay,
    DailyFigure,
    Point,
    Attendance,
    AskedCount,
    Confirmation,
    WorkCheck,
    CaseReturned,
    EntryCount,
]
REFERENCE_TABLES = {"Place", "Procedure", "Language"}


def label(model: type[Model]) -> str:
    return model._meta.label


def foreign_keys(model: type[Model]) -> "list[Field[Any, Any]]":
    return [field for field in model._meta.get_fields() if isinstance(field, Field) and field.is_relation]


@pytest.mark.parametrize("model", models(), ids=label)
def test_foreign_keys_point_to_the_same_floor_or_below(model: type[Model]) -> None:
    mine = floors()[room_of(model.__module__)]
    for field in foreign_keys(model):
        target = field.related_model
        assert isinstance(target, type)
        assert target.__module__.startswith("aoxanh."), f"{field} leaves the house"
        theirs = room_of(target.__module__)
        assert theirs == room_of(model.__module__) or floors()[theirs] < mine, f"{field} points upwards"


@pytest.mark.parametrize("model", models(), ids=label)
def test_the_glossary_has_a_row_for_the_model(model: type[Model]) -> None:
    rows = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    assert re.search(rf"^\| `{model.__name__}` \|", rows, re.MULTILINE)


def test_the_glossary_tells_of_no_model_that_is_gone() -> None:
    table = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").partition("## Other words")[0]
    assert set(re.findall(r"(?m)^\| `(\w+)` \|", table)) == {model.__name__ for model in models()}


@pytest.mark.parametrize("model", models(), ids=label)
def test_ids_are_made_by_the_application(model: type[Model]) -> None:
    assert not [field.name for field in model._meta.concrete_fields if isinstance(field, AutoFieldMixin)]


def test_every_model_keyed_by_commune_is_held_to_the_event_rules() -> None:
    keyed = {
        model
        for model in models()
        if any(field.name == "commune_code" for field in model._meta.concrete_fields)
    }
    assert keyed == set(EVENTS)


@pytest.mark.parametrize("model", EVENTS, ids=label)
def test_an_event_table_has_the_commune_in_every_key(model: type[Model]) -> None:
    key = model._meta.pk
    assert isinstance(key, CompositePrimaryKey)
    assert "commune_code" in key.field_names
    assert not [field.name for field in model._meta.concrete_fields if field.unique and not field.primary_key]
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint):
            assert "commune_code" in constraint.fields


@pytest.mark.parametrize("model", EVENTS, ids=label)
def test_an_event_table_refers_to_reference_tables_only(model: type[Model]) -> None:
    targets = {
        field.related_model.__name__ for field in foreign_keys(model) if isinstance(field.related_model, type)
    }
    assert targets <= REFERENCE_TABLES


@pytest.mark.parametrize("model", EVENTS, ids=label)
@pytest.mark.django_db
def test_the_database_agrees_that_the_commune_is_in_every_unique_key(model: type[Model]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT i.indexrelid::regclass::text, array_agg(a.attname::text) FROM pg_index i"
            " JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)"
            " WHERE i.indrelid = %s::regclass AND i.indisunique GROUP BY 1",
            [model._meta.db_table],
        )
        keys = dict(cursor.fetchall())
    assert keys
    assert not [name for name, columns in keys.items() if "commune_code" not in columns]


@pytest.mark.django_db
def test_no_table_of_ours_has_a_trigger() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
        tables = {name for (name,) in cursor.fetchall()}
    assert not [name for name in tables if not name.startswith("procrastinate_")]


@pytest.mark.django_db
def test_no_table_of_ours_counts_its_ids_up() -> None:
    tables = [model._meta.db_table for model in models()]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_name = ANY (%s)"
            " AND (is_identity = 'YES' OR column_default LIKE 'nextval%%')",
            [tables],
        )
        counting = cursor.fetchall()
    assert counting == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "table",
    [
        "desk_supportsession",
        "desk_handover",
        "desk_dailyfigure",
        "desk_confirmation",
        "desk_workcheck",
        "desk_casereturned",
        "desk_entrycount",
        "training_point",
        "training_attendance",
        "assistant_flag",
        "assistant_unansweredquestion",
        "assistant_askedcount",
    ],
)
def test_row_level_security_is_forced_on_what_tells_of_people_at_work(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass", [table]
        )
        assert cursor.fetchone() == (True, True)


@pytest.mark.django_db
def test_the_application_role_cannot_step_over_row_level_security() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (False, False, False, False)
