"""How people are forgotten, many at once: links cut, rows deleted, accounts blanked, all in sets."""
# ruff: noqa: SLF001 - Django documents _meta and _default_manager for just this: models that are not known beforehand

import secrets
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Case, Field, Model, Value, When

from aoxanh.kernel.classification import Link, Privacy
from aoxanh.privacy.queries import FORGOTTEN_PREFIX, classified_models, is_person, rows_about_any

FORGOTTEN = "đã xoá"
Keys = Mapping[type[Model], Sequence[Any]]


def forget_people(people: Sequence[UUID], touched: "Counter[str]") -> None:
    """Forget the people behind these accounts in the caller's transaction, and count the rows of each model that were touched."""
    theirs = rows_of(people)
    cut_links(theirs, theirs, touched)
    for model, privacy in children_first():
        if privacy.person and not is_person(model, privacy):
            delete(rows_about_any(model, privacy, people), touched)
    _drop_sign_ins(people, touched)
    _blank(people, touched)


def rows_of(people: Sequence[UUID]) -> Keys:
    """Return the keys of every row that is about these people, by model."""
    return {
        model: list(rows_about_any(model, privacy, people).values_list("pk", flat=True))
        for model, privacy in classified_models().items()
        if privacy.person
    }


def children_first() -> list[tuple[type[Model], Privacy]]:
    """Return the classified models so that a row is met before the row it belongs to."""
    return sorted(
        classified_models().items(), key=lambda entry: (-entry[1].person.count("__"), is_person(*entry))
    )


def delete(rows: Any, touched: "Counter[str]") -> None:
    """Delete rows and count them."""
    _, counts = rows.delete()
    touched.update({label: count for label, count in counts.items() if count})


def cut_links(gone: Keys, known: Keys, touched: "Counter[str]") -> None:
    """Put an id of nobody wherever a row without foreign keys names one that is gone, the same for all that named the same.

    A link without an index is found through another link of the same person, so `known` holds the keys that one may have.
    """
    for model, privacy in classified_models().items():
        targets = {link.field: apps.get_model(link.target) for link in privacy.ids_elsewhere}
        for link in privacy.ids_elsewhere:
            if named := gone.get(targets[link.field]):
                found_by = known.get(targets[link.through], ()) if link.through else named
                count = _cut(model, link, named, found_by)
                touched.update({model._meta.label: count} if count else {})


def leaning_on(model: type[Model]) -> set[type[Model]]:
    """Return the models whose ids are found through links to `model`: once those are cut, nothing finds them any more."""
    found = set()
    for privacy in classified_models().values():
        targets = {link.field: apps.get_model(link.target) for link in privacy.ids_elsewhere}
        found |= {
            targets[link.field]
            for link in privacy.ids_elsewhere
            if link.through and targets[link.through] is model
        }
    return found


def _cut(model: type[Model], link: Link, named: Sequence[Any], found_by: Sequence[Any]) -> int:
    """Write the ids of nobody in one statement; every row is found by an index, since the table may hold a nation's year."""
    name = connection.ops.quote_name
    table, column, indexed = map(name, (model._meta.db_table, link.field, link.through or link.field))
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {column} = nobody.id FROM unnest(%s::uuid[], %s::uuid[]) AS nobody (was, id)"
            f" WHERE {table}.{column} = nobody.was AND {table}.{indexed} = ANY (%s::uuid[])",
            [list(named), [uuid4() for _ in named], list(found_by)],
        )
        return int(cursor.rowcount)


def _drop_sign_ins(people: Sequence[UUID], touched: "Counter[str]") -> None:
    """Delete what other packages keep for signing in: addresses, second factors, web sessions, outside identities."""
    ours = classified_models()
    for relation in get_user_model()._meta.related_objects:
        model = relation.related_model
        if isinstance(model, type) and model not in ours:
            delete(model._default_manager.filter(**{f"{relation.field.name}__in": people}), touched)


def _blank(people: Sequence[UUID], touched: "Counter[str]") -> None:
    """Overwrite the personal and secret fields of the people's own rows and close them for signing in."""
    for model, privacy in classified_models().items():
        if is_person(model, privacy):
            values = {
                field.name: _nothing(field, people, secret=privacy.class_of(field.name) == "secret")
                for field in model._meta.concrete_fields
                if privacy.class_of(field.name) in ("personal", "secret")
            }
            rows = model._default_manager.filter(pk__in=people)
            touched[model._meta.label] += rows.update(**values, is_active=False)


def _nothing(field: "Field[Any, Any]", people: Iterable[UUID], *, secret: bool) -> Any:
    """Return what stands in a forgotten field: something random where it must differ or be no password, else a word or nothing."""
    if field.null:
        return None
    if secret or field.unique:
        prefix = "!" if secret else FORGOTTEN_PREFIX
        return Case(
            *(When(pk=key, then=Value(prefix + secrets.token_hex(16))) for key in people),
            output_field=field,
        )
    return "" if field.blank else FORGOTTEN
