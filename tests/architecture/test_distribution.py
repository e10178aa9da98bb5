"""The models and the SQL of the house obey what Citus asks, so that `aoxanh db distribute` can always carry out its plan."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models as fields
from django.db.models import CompositePrimaryKey, Model, UniqueConstraint
from django.test.utils import isolate_apps

from aoxanh.cli.distribution import COLUMN, STAYS_WHOLE, is_event, obstacles, plan
from aoxanh.desk.models import SupportSession
from aoxanh.places.models import Place
from tests.architecture.house import PACKAGE, models

EVENT_TABLES = [model._meta.db_table for model in models() if is_event(model)]
EVENT_MODELS = [model.__name__ for model in models() if is_event(model)]
JOINED = re.compile(r"\w+\.commune_code = \w+\.commune_code|USING \(commune_code\b")


def test_nothing_about_our_models_stands_in_the_way() -> None:
    assert obstacles(models()) == []


def test_every_table_of_ours_has_its_place_and_event_tables_lie_together() -> None:
    made = plan(models())
    assert sorted((*made.copied, *made.cut, *made.whole)) == sorted(
        model._meta.db_table for model in models()
    )
    assert set(made.cut) == {
        "desk_supportsession", "desk_handover", "desk_dailyfigure", "training_point", "training_attendance",
        "assistant_askedcount", "desk_confirmation", "desk_workcheck", "desk_casereturned",
        "desk_entrycount",
    }  # fmt: skip
    statements = made.statements()
    cutting = [line for line in statements if "create_distributed_table" in line]
    assert all(f"'{COLUMN}'" in line for line in cutting)
    assert [line.rpartition("=> ")[2] for line in cutting] == ["'none')"] + [f"'{made.cut[0]}')"] * (
        len(cutting) - 1
    )


def test_what_is_referred_to_is_copied_before_what_refers_to_it() -> None:
    statements = plan(models()).statements()
    place = {
        table: number
        for number, line in enumerate(statements)
        for table in re.findall(r"table\('(\w+)'", line)
    }
    pairs = [
        (model._meta.db_table, field.related_model._meta.db_table)
        for model in models()
        for field in model._meta.concrete_fields
        if isinstance(field.related_model, type) and field.related_model is not model
    ]
    both = [pair for pair in pairs if set(pair) <= place.keys()]
    assert len(both) > 10
    assert [pair for pair in both if place[pair[1]] >= place[pair[0]]] == []


def test_a_table_that_is_done_is_left_out_of_the_plan() -> None:
    made = plan(models())
    assert made.statements(frozenset((*made.copied, *made.cut))) == []
    rest = made.statements(frozenset((*made.copied, *made.cut)) - {"desk_handover"})
    assert [line for line in rest if line.startswith("SELECT")] == [
        f"SELECT create_distributed_table('desk_handover', '{COLUMN}', colocate_with => '{made.cut[0]}')"
    ]


def test_the_exceptions_exist_and_say_why() -> None:
    assert STAYS_WHOLE.keys() <= {model._meta.label for model in models()}
    assert all(STAYS_WHOLE.values())


def broken_models() -> Iterator[tuple[type[Model], str]]:
    class Counted(fields.Model):
        id = fields.BigAutoField(primary_key=True)

        class Meta:
            app_label = "desk"

    yield Counted, "desk.Counted.id is counted up by the database."

    class Keyless(fields.Model):
        id = fields.UUIDField(primary_key=True)
        commune_code = fields.CharField(max_length=5)

        class Meta:
            app_label = "desk"

    yield Keyless, "The primary key of desk.Keyless lacks commune_code."

    class Unique(fields.Model):
        pk = CompositePrimaryKey("commune_code", "id")
        commune_code = fields.CharField(max_length=5, null=True)
        id = fields.UUIDField()
        token = fields.CharField(max_length=9, unique=True)

        class Meta:
            app_label = "desk"
            constraints = [UniqueConstraint(fields=["id"], name="id_once")]

    yield Unique, "desk.Unique.commune_code may be empty."
    yield Unique, "desk.Unique.token is unique by itself."
    yield Unique, "id_once of desk.Unique lacks commune_code."

    class Overlapping(fields.Model):
        pk = CompositePrimaryKey("commune_code", "id")
        commune_code = fields.CharField(max_length=5)
        id = fields.UUIDField()
        days = DateRangeField()

        class Meta:
            app_label = "desk"
            constraints = [
                ExclusionConstraint(
                    name="one_at_a_time",
                    expressions=[("id", RangeOperators.EQUAL), ("days", RangeOperators.OVERLAPS)],
                )
            ]

    yield Overlapping, "one_at_a_time of desk.Overlapping lacks commune_code with equality."


@isolate_apps("aoxanh.desk")
def test_each_rule_is_noticed_when_it_is_broken() -> None:
    for model, sentence in broken_models():
        assert sentence in obstacles([model])


@isolate_apps("aoxanh.desk")
def test_a_reference_to_a_cut_up_table_or_to_one_that_stays_is_noticed() -> None:
    class Small(fields.Model):
        id = fields.UUIDField(primary_key=True)
        place = fields.ForeignKey(Place, fields.PROTECT, related_name="+")

        class Meta:
            app_label = "desk"

    assert obstacles([Small]) == []
    field = Small._meta.get_field("place")
    field.remote_field.model = field.__dict__["related_model"] = SupportSession  # type: ignore[union-attr]
    assert obstacles([Small]) == ["desk.Small.place refers to desk.SupportSession, which is cut up."]


def statements() -> Iterator[tuple[str, str]]:
    """Yield every piece of SQL in the house, with the file and line it stands at."""
    for path in sorted(PACKAGE.rglob("*.py")):
        # Benches measure a database of their own, on one machine; the simulation fills one.
        if {"migrations", "bench", "simulation"} & set(path.parts):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                text = "".join(part.value for part in node.values if isinstance(part, ast.Constant))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = node.value
            else:
                continue
            if re.search(r"\b(SELECT|INSERT|UPDATE|DELETE|WITH|JOIN)\b", text):
                yield f"{path.relative_to(PACKAGE)}:{node.lineno}", text
    for path in sorted(PACKAGE.rglob("*.sql")):
        yield str(path.relative_to(PACKAGE)), path.read_text(encoding="utf-8")


def joins_freely(sql: str) -> bool:
    # `NULL::table` names the type of its rows, not the table.
    named = re.findall("|".join(rf"(?<!::)\b{table}\b" for table in EVENT_TABLES), sql)
    return len(named) > 1 and not JOINED.search(sql)


def locks_freely(sql: str) -> bool:
    return "SKIP LOCKED" in sql and any(table in sql for table in EVENT_TABLES)


def test_sql_that_joins_event_tables_compares_their_communes() -> None:
    assert [where for where, sql in statements() if joins_freely(sql)] == []


def test_no_event_table_is_taken_in_turns() -> None:
    assert [where for where, sql in statements() if locks_freely(sql)] == []


def test_the_look_at_sql_sees_a_free_join_and_a_free_lock() -> None:
    assert joins_freely("SELECT 1 FROM desk_supportsession s JOIN desk_handover h ON h.id = s.root_id")
    assert not joins_freely(
        "SELECT 1 FROM desk_supportsession s JOIN desk_handover h ON h.commune_code = s.commune_code AND h.id = s.root_id"
    )
    assert locks_freely("SELECT id FROM desk_handover FOR UPDATE SKIP LOCKED")
    assert len(list(statements())) > 20


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("queries.py")), ids=lambda path: path.parent.name)
def test_a_subquery_of_an_event_table_within_another_compares_their_communes(path: Path) -> None:
    """Django joins by subqueries where no foreign key leads: a filter with OuterRef has to name the commune's too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        names = {keyword.arg for keyword in node.keywords if "OuterRef" in ast.dump(keyword.value)}
        source = ast.unparse(node.func)
        if names and any(source.startswith(f"{model}.objects") for model in EVENT_MODELS):
            assert COLUMN in names, f"{path.parent.name}/queries.py:{node.lineno}"
