"""Forgetting a person, and letting go of what was kept long enough; both follow the field classification alone."""
# ruff: noqa: SLF001 - Django documents _meta and _default_manager for just this: models that are not known beforehand

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from importlib import import_module
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Model

from aoxanh.audit import actions as audit
from aoxanh.kernel import clock
from aoxanh.kernel.classification import Privacy
from aoxanh.kernel.scope import whole_nation
from aoxanh.privacy.errors import UnknownPerson
from aoxanh.privacy.events import months_over
from aoxanh.privacy.forgetting import (
    children_first,
    cut_links,
    delete,
    forget_people,
    leaning_on,
    rows_of,
)
from aoxanh.privacy.queries import (
    FORGOTTEN_PREFIX,
    due_rows,
    is_person,
    kept_since,
)

NATION = "VN"
Counts = dict[str, int]
# One transaction each: short enough that nobody waits for it, and a run that was stopped goes on where it was.
ROWS_AT_ONCE = 2000
PEOPLE_AT_ONCE = 200


def forget(*, username: str, by: str) -> Counts:
    """Forget the person behind an account; return how many rows of each model were touched.

    Their rows go; sessions stay as counts with an id of nobody in place of theirs, one for all of a person's rows so that "how
    many volunteers" keeps its answer. The account keeps its row and id, without name, password or anything to sign in with.
    Raises UnknownPerson.
    """
    person = get_user_model()
    touched: Counter[str] = Counter()
    with whole_nation():
        account = (
            person._default_manager.select_for_update()
            .filter(**{person.USERNAME_FIELD: username.strip().lower()})
            .first()
        )
        if account is None or username.startswith(FORGOTTEN_PREFIX):
            raise UnknownPerson(username=username)
        forget_people([account.pk], touched)
        audit.record(
            chain=NATION,
            actor=by,
            action="privacy.person.forgotten",
            subject=f"account:{account.pk}",
            details=dict(touched),
        )
    return dict(touched)


def retain(*, by: str) -> Counts:
    """Let go of every row whose time is over, people included; return how many of each model were touched.

    Works in bounded transactions, each with its audit entry, so it may be stopped and run again at any time; meant for every night.
    What is partitioned by month goes by whole months, last, by the room that owns it.
    """
    gone: Counter[str] = Counter()
    for model, privacy in children_first():
        if not privacy.months:
            step = _forget_some if is_person(model, privacy) else _delete_some
            _until_none(partial(step, model, privacy, by), gone)
    _end_stale_web_sessions()
    for model, privacy in children_first():
        if privacy.months:
            for _, rows in months_over.send(sender=model, before=kept_since(privacy), by=by):
                gone[model._meta.label] += int(rows or 0)
    return dict(+gone)


def _until_none(step: Callable[[], "Counter[str]"], gone: "Counter[str]") -> None:
    while touched := step():
        gone.update(touched)


def _delete_some(model: type[Model], privacy: Privacy, by: str) -> "Counter[str]":
    """Delete a bounded number of due rows; what names them elsewhere then names nobody."""
    touched: Counter[str] = Counter()
    with whole_nation():
        keys = list(due_rows(model, privacy).values_list("pk", flat=True)[:ROWS_AT_ONCE])
        if keys:
            if privacy.person:
                _cut_links_to(model, privacy, keys, touched)
            delete(model._default_manager.filter(pk__in=keys), touched)
        if touched:
            audit.record(chain=NATION, actor=by, action="privacy.expired", details=dict(touched))
    return touched


def _cut_links_to(model: type[Model], privacy: Privacy, keys: list[Any], touched: "Counter[str]") -> None:
    """Cut what names these rows, and what could only be found through that."""
    rows = model._default_manager.filter(pk__in=keys, **{f"{privacy.person}__isnull": False})
    theirs = rows_of(list(rows.values_list(privacy.person, flat=True).distinct()))
    leaning = {other: theirs[other] for other in leaning_on(model)}
    cut_links(leaning | {model: keys}, dict(theirs) | {model: keys}, touched)


def _forget_some(model: type[Model], privacy: Privacy, by: str) -> "Counter[str]":
    """Forget a bounded number of people whose time is over, each with an audit entry of their own."""
    touched: Counter[str] = Counter()
    with whole_nation():
        due = due_rows(model, privacy).select_for_update()
        people = list(due.values_list("pk", flat=True)[:PEOPLE_AT_ONCE])
        if people:
            forget_people(people, touched)
            for key in people:
                audit.record(
                    chain=NATION, actor=by, action="privacy.person.forgotten", subject=f"account:{key}"
                )
            audit.record(chain=NATION, actor=by, action="privacy.expired", details=dict(touched))
    return touched


def _end_stale_web_sessions() -> None:
    """Delete web sessions that ended, and the address and browser that were noted with them."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    last_use = clock.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    apps.get_model("usersessions", "UserSession")._default_manager.filter(last_seen_at__lt=last_use).delete()
