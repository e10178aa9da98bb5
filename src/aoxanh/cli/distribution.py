"""Which tables go where when the database is spread over several machines with Citus: a plan made from the models alone.

Event tables are cut up by commune and lie together; what they refer to is copied to every machine; what is taken in turns
stays on the first machine. Why: docs/decisions/0013-read-from-a-replica-then-distribute.md.
"""
# ruff: noqa: SLF001 - Django documents _meta for just this: models that are not known beforehand

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db.models import Field, ForeignKey, Model, UniqueConstraint
from django.db.models.fields import AutoFieldMixin
from django.db.models.fields.related import ForeignObject

COLUMN = "commune_code"
POLICY = "within_scope"
# Tables of ours that stay whole, on the first machine, each with the reason.
STAYS_WHOLE = {
    "desk.DirtyDay": "a queue: its rows are taken with SKIP LOCKED, which Citus does without a commune only on a table of one machine",
    "oversight.ProvinceDay": "34 rows a day, written by one worker and read with nothing else",
    "audit.AuditEntry": "the entries of a chain are ordered by the lock on its head",
    "audit.AuditHead": "its lock orders the writers of a chain",
    "desk.SyncEpoch": "one row",
    "people.Device": "written at every sync, which would be written on every machine",
    "people.BadgeKey": "lies beside its phone",
}


@dataclass(frozen=True, slots=True)
class Plan:
    """The tables by what becomes of them, in the order of the statements."""

    copied: tuple[str, ...]
    cut: tuple[str, ...]
    whole: tuple[str, ...]

    def statements(self, done: frozenset[str] = frozenset()) -> list[str]:
        """Return the SQL for the tables that are not `done`, for one transaction."""
        todo = [table for table in self.cut if table not in done]
        statements = ["SET LOCAL citus.multi_shard_modify_mode TO 'sequential'"]
        statements += [
            f"SELECT create_reference_table('{table}')" for table in self.copied if table not in done
        ]
        for table in todo:
            statements += _without_policy(table)
            together = "none" if table == self.cut[0] else self.cut[0]
            statements.append(
                f"SELECT create_distributed_table('{table}', '{COLUMN}', colocate_with => '{together}')"
            )
        return statements if len(statements) > 1 else []


def plan(models: Iterable[type[Model]]) -> Plan:
    """Return what becomes of each table; those that others refer to come first."""
    ordered = _targets_first(list(models))
    cut = [model for model in ordered if is_event(model)]
    whole = [model for model in ordered if model._meta.label in STAYS_WHOLE]
    copied = [model for model in ordered if model not in cut and model not in whole]
    return Plan(*(tuple(model._meta.db_table for model in group) for group in (copied, cut, whole)))


def is_event(model: type[Model]) -> bool:
    """Tell whether a model's table is cut up by commune."""
    fields = {field.name for field in model._meta.concrete_fields}
    return COLUMN in fields and model._meta.label not in STAYS_WHOLE


def obstacles(models: Sequence[type[Model]]) -> list[str]:
    """Return, as sentences, what Citus would refuse about these models; empty when they can be distributed."""
    return [sentence for model in models for sentence in (*_about_keys(model), *_about_references(model))]


def _about_keys(model: type[Model]) -> Iterator[str]:
    name = model._meta.label
    counted = [field.name for field in model._meta.concrete_fields if isinstance(field, AutoFieldMixin)]
    if counted:
        yield f"{name}.{counted[0]} is counted up by the database."
    if not is_event(model):
        return
    if model._meta.get_field(COLUMN).null:
        yield f"{name}.{COLUMN} may be empty."
    key = [field.name for field in model._meta.pk_fields]
    if COLUMN not in key:
        yield f"The primary key of {name} lacks {COLUMN}."
    for field in model._meta.concrete_fields:
        if field.unique and not (field.primary_key and COLUMN in key):
            yield f"{name}.{field.name} is unique by itself."
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and COLUMN not in constraint.fields:
            yield f"{constraint.name} of {name} lacks {COLUMN}."
        if isinstance(constraint, ExclusionConstraint) and not _excludes_within_a_commune(constraint):
            yield f"{constraint.name} of {name} lacks {COLUMN} with equality."


def _excludes_within_a_commune(constraint: ExclusionConstraint) -> bool:
    return any(
        getattr(expression, "name", expression) == COLUMN and operator == RangeOperators.EQUAL
        for expression, operator in constraint.expressions
    )


def _about_references(model: type[Model]) -> Iterator[str]:
    for field in _references(model):
        target = _target(field)
        where = f"{model._meta.label}.{field.name}"
        if target._meta.label in STAYS_WHOLE and model._meta.label not in STAYS_WHOLE:
            yield f"{where} refers to {target._meta.label}, which stays on the first machine."
        elif is_event(target) and not is_event(model):
            yield f"{where} refers to {target._meta.label}, which is cut up."
        elif is_event(target) and COLUMN not in getattr(field, "from_fields", ()):
            yield f"{where} refers to {target._meta.label} without {COLUMN}."


def _references(model: type[Model]) -> "list[Field[Any, Any]]":
    return [field for field in model._meta.get_fields() if isinstance(field, (ForeignKey, ForeignObject))]


def _target(field: "Field[Any, Any]") -> type[Model]:
    target: type[Model] = field.related_model  # type: ignore[assignment]
    return target


def _targets_first(models: list[type[Model]]) -> list[type[Model]]:
    by_label = {model._meta.label: model for model in sorted(models, key=lambda model: model._meta.label)}
    graph = {
        label: sorted(
            {target for field in _references(model) if (target := _target(field)._meta.label) in by_label}
            - {label}
        )
        for label, model in by_label.items()
    }
    return [by_label[label] for label in TopologicalSorter(graph).static_order()]


def _without_policy(table: str) -> list[str]:
    """Take row-level security off a table; the query filters, which come first and always, then hold alone.

    Citus takes no policy that reads another table, and its workers never hear the reach, which is told by set_config.
    """
    return [
        f"DROP POLICY IF EXISTS {POLICY} ON {table}",
        f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
    ]
