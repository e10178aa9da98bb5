"""Questions to the privacy room: may this text be stored, how is every field classed, and which rows have had their time."""
# ruff: noqa: SLF001 - Django documents _meta and _default_manager for just this: models that are not known beforehand

import re
import unicodedata
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.apps import apps
from django.db.models import DateTimeField, Exists, Model, OuterRef, Q, QuerySet

from aoxanh.kernel import clock
from aoxanh.kernel.classification import Privacy, PrivacyClass
from aoxanh.kernel.scope import whole_nation
from aoxanh.privacy.detection import find
from aoxanh.privacy.errors import PersonalData, UnreadableText, kinds_in_words

FORGOTTEN_PREFIX = "forgotten-"
_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class FieldClass:
    """One field of one model as the classification has it."""

    model: str
    field: str
    privacy_class: PrivacyClass
    keep: str


def check_text(text: str, field: str = "") -> str:
    """Return a free text fit to be stored, in the one normal form (NFC).

    Raises UnreadableText for control characters and lone surrogates, PersonalData (with the kinds, never the text) for what
    could lead to a citizen. Every action that stores free text calls this. About 0.1 ms for a note.
    """
    if _UNREADABLE.search(text):
        raise UnreadableText(field=field)
    if findings := find(text):
        raise PersonalData(field=field, kinds=kinds_in_words(findings))
    return unicodedata.normalize("NFC", text)


def classified_models() -> dict[type[Model], Privacy]:
    """Return every model of ours with its classification."""
    classes = {model: getattr(model, "privacy", None) for model in apps.get_models()}
    return {model: privacy for model, privacy in classes.items() if isinstance(privacy, Privacy)}


def field_classes() -> list[FieldClass]:
    """Return the class of every stored field, by model and field."""
    return [
        FieldClass(model._meta.label, field.name, privacy.class_of(field.name) or "secret", privacy.keep)
        for model, privacy in classified_models().items()
        for field in model._meta.concrete_fields
    ]


def is_person(model: type[Model], privacy: Privacy) -> bool:
    """Tell whether the model's rows are the people themselves; those are blanked, never deleted, so that ids stay nobody else's."""
    return bool(privacy.person) and privacy.person == model._meta.pk.name


def name_field(model: type[Model]) -> str:
    """Return the field under which a person signs in."""
    return str(getattr(model, "USERNAME_FIELD", model._meta.pk.name))


def rows_about(model: type[Model], privacy: Privacy, person_id: Any) -> "QuerySet[Model]":
    """Return the rows of a model that are about one person."""
    return rows_about_any(model, privacy, [person_id])


def rows_about_any(model: type[Model], privacy: Privacy, people: Sequence[Any]) -> "QuerySet[Model]":
    """Return the rows of a model that are about any of these people."""
    return model._default_manager.filter(**{f"{privacy.person}__in": people})


def months_kept(privacy: Privacy) -> int | None:
    """Return for how many months a closed row is kept; None means forever."""
    return None if privacy.keep == "forever" else int(privacy.keep.removeprefix("P").removesuffix("M"))


def kept_since(privacy: Privacy) -> date | None:
    """Return the day before which a closed row has had its time, the first of a month where rows go by months; None means never."""
    months = months_kept(privacy)
    if months is None:
        return None
    day = _months_ago(months)
    return day.replace(day=1) if privacy.months else day


def due_rows(model: type[Model], privacy: Privacy) -> "QuerySet[Model]":
    """Return the rows of a model whose time is over and which no dated row of another model still needs.

    Rows without dates of their own go when what they belong to goes; a person is forgotten once. The audit never shrinks, so none of
    it is ever due.
    """
    rows = model._default_manager.all()
    day = kept_since(privacy)
    if day is None or not privacy.closed or model._meta.app_label == "audit":
        return rows.none()
    rows = rows.filter(_closed_before(model, privacy, day))
    if is_person(model, privacy):
        rows = rows.exclude(**{f"{name_field(model)}__startswith": FORGOTTEN_PREFIX})
    for relation in model._meta.related_objects:
        held_by = classified_models().get(relation.related_model)
        if held_by and held_by.closed and held_by.holds:
            needing = relation.related_model._default_manager.filter(**{relation.field.name: OuterRef("pk")})
            rows = rows.exclude(Exists(needing))
    return rows


def due_counts() -> dict[str, int]:
    """Return how many rows of each model the retention job would let go of now."""
    with whole_nation():
        counts = {
            model._meta.label: due_rows(model, privacy).count()
            for model, privacy in classified_models().items()
        }
    return {label: count for label, count in counts.items() if count}


def _closed_before(model: type[Model], privacy: Privacy, day: date) -> Q:
    """Return the filter "the first of the closing dates that is set lies before the day"."""
    condition, unset = Q(pk__in=[]), Q()
    for name in privacy.closed.split():
        moment = datetime.combine(day, time.min, clock.VIETNAM)
        limit = moment if isinstance(model._meta.get_field(name), DateTimeField) else day
        condition |= unset & Q(**{f"{name}__lt": limit})
        unset &= Q(**{name: None})
    return condition


def _months_ago(months: int) -> date:
    """Return the same day of the month so many months ago; the last one where the month is shorter."""
    today = clock.today()
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))
