"""Forgetting a person, and letting go of what was kept long enough; both follow the field classification alone."""
# ruff: noqa: SLF001 - Django documents _meta and _default_manager for just this: models that are not known beforehand

import secrets
from collections import Counter
from datetime import timedelta
from importlib import import_module
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Field, Model

from aoxanh.audit import actions as audit
from aoxanh.kernel import clock
from aoxanh.kernel.classification import Privacy
from aoxanh.kernel.scope import whole_nation
from aoxanh.privacy.errors import UnknownPerson
from aoxanh.privacy.queries import classified_models, due_rows, is_person, rows_about

FORGOTTEN = "đã xoá"
FORGOTTEN_PREFIX = "forgotten-"
NATION = "VN"
Counts = dict[str, int]


def forget(*, username: str, by: str) -> Counts:
    """Forget the person behind an account; return how many rows of each model were touched.

    Their rows go; sessions stay as counts with an id of nobody in place of theirs, one for all of a person's rows so that "how
    many volunteers" keeps its answer. The account keeps its row and id, without name, password or anything to sign in with.
    Raises UnknownPerson.
    """
    person = get_user_model()
    with whole_nation():
        account = (
            person._default_manager.select_for_update()
            .filter(**{person.USERNAME_FIELD: username.strip().lower()})
            .first()
        )
        if account is None or username.startswith(FORGOTTEN_PREFIX):
            raise UnknownPerson(username=username)
        return _forget(account.pk, by)


def expire(*, by: str) -> Counts:
    """Let go of every row whose time is over, people included; return how many of each model. Idempotent, meant for every day."""
    gone: Counter[str] = Counter()
    with whole_nation():
        for model, privacy in _children_first():
            due = due_rows(model, privacy)
            if is_person(model, privacy):
                for key in _not_forgotten(due.values_list("pk", _name_field(model))):
                    gone.update(_forget(key, by))
            elif count := due.count():
                due.delete()
                gone[model._meta.label] += count
        _end_stale_web_sessions()
        if gone:
            audit.record(chain=NATION, actor=by, action="privacy.expired", details=dict(gone))
    return dict(gone)


def _forget(account_id: UUID, by: str) -> Counts:
    touched: Counter[str] = Counter()
    _cut_links(account_id, touched)
    for model, privacy in _children_first():
        if not privacy.person or is_person(model, privacy):
            continue
        rows = rows_about(model, privacy, account_id)
        if count := rows.count():
            rows.delete()
            touched[model._meta.label] += count
    _drop_sign_ins(account_id, touched)
    _blank(account_id, touched)
    counts = dict(+touched)
    audit.record(
        chain=NATION,
        actor=by,
        action="privacy.person.forgotten",
        subject=f"account:{account_id}",
        details=counts,
    )
    return counts


def _children_first() -> list[tuple[type[Model], Privacy]]:
    """Return the classified models so that a row is met before the row it belongs to."""
    return sorted(
        classified_models().items(), key=lambda entry: (-entry[1].person.count("__"), is_person(*entry))
    )


def _cut_links(account_id: UUID, touched: Counter[str]) -> None:
    """Put an id of nobody wherever a row without foreign keys names the person or something of theirs."""
    models = classified_models()
    for model, privacy in models.items():
        for link in privacy.links.split():
            field, _, label = link.partition(":")
            target = apps.get_model(label)
            for key in rows_about(target, models[target], account_id).values_list("pk", flat=True):
                touched[model._meta.label] += model._default_manager.filter(**{field: key}).update(
                    **{field: uuid4()}
                )


def _drop_sign_ins(account_id: UUID, touched: Counter[str]) -> None:
    """Delete what other packages keep for signing in: addresses, second factors, web sessions, outside identities."""
    ours = classified_models()
    for relation in get_user_model()._meta.related_objects:
        model = relation.related_model
        if isinstance(model, type) and model not in ours:
            count, _ = model._default_manager.filter(**{relation.field.name: account_id}).delete()
            touched[model._meta.label] += count


def _blank(account_id: UUID, touched: Counter[str]) -> None:
    """Overwrite the personal and secret fields of the person's own row and close it for signing in."""
    for model, privacy in classified_models().items():
        if is_person(model, privacy):
            values = {
                field.name: _nothing(field, secret=privacy.class_of(field.name) == "secret")
                for field in model._meta.concrete_fields
                if privacy.class_of(field.name) in ("personal", "secret")
            }
            touched[model._meta.label] += model._default_manager.filter(pk=account_id).update(
                **values, is_active=False
            )


def _nothing(field: "Field[Any, Any]", *, secret: bool) -> str | None:
    """Return what stands in a forgotten field: something random where it must differ or be no password, else a word or nothing."""
    if field.null:
        return None
    if secret:
        return "!" + secrets.token_hex(16)
    if field.unique:
        return FORGOTTEN_PREFIX + secrets.token_hex(16)
    return "" if field.blank else FORGOTTEN


def _name_field(model: type[Model]) -> str:
    return str(getattr(model, "USERNAME_FIELD", model._meta.pk.name))


def _not_forgotten(people: Any) -> list[UUID]:
    return [key for key, name in people if not str(name).startswith(FORGOTTEN_PREFIX)]


def _end_stale_web_sessions() -> None:
    """Delete web sessions that ended, and the address and browser that were noted with them."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    last_use = clock.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    apps.get_model("usersessions", "UserSession")._default_manager.filter(last_seen_at__lt=last_use).delete()
