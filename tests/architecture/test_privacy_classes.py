"""Every stored field has exactly one privacy class, and what the classification names exists."""

import re
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import DateField, Field, ForeignKey, Model

from aoxanh.kernel.classification import Privacy
from aoxanh.privacy.queries import classified_models
from tests.architecture.house import models


def label(model: type[Model]) -> str:
    return model._meta.label


def classification(model: type[Model]) -> Privacy:
    privacy = vars(model).get("privacy")
    assert isinstance(privacy, Privacy), "add privacy = Privacy(...) to the model"
    return privacy


def stored(model: type[Model]) -> "dict[str, Field[Any, Any]]":
    return {field.name: field for field in model._meta.concrete_fields}


@pytest.mark.parametrize("model", models(), ids=label)
def test_every_field_has_exactly_one_class(model: type[Model]) -> None:
    privacy = classification(model)
    named = f"{privacy.public} {privacy.internal} {privacy.personal} {privacy.secret}".split()
    assert sorted(named) == sorted(stored(model))


@pytest.mark.parametrize("model", models(), ids=label)
def test_what_leads_to_a_person_is_not_kept_forever(model: type[Model]) -> None:
    privacy = classification(model)
    if privacy.personal or privacy.secret:
        assert re.fullmatch(r"P\d+M", privacy.keep)
        assert privacy.person or privacy.links or model._meta.app_label == "audit"


@pytest.mark.parametrize("model", models(), ids=label)
def test_the_dates_that_close_a_row_are_dates_of_it(model: type[Model]) -> None:
    privacy = classification(model)
    for name in privacy.closed.split():
        assert isinstance(stored(model)[name], DateField)
    assert privacy.keep == "forever" or privacy.closed or goes_with_another(model), "say when a row closes"


def goes_with_another(model: type[Model]) -> bool:
    keys = [field for field in stored(model).values() if isinstance(field, ForeignKey)]
    return any(classification(target).closed for key in keys if isinstance(target := key.related_model, type))


@pytest.mark.parametrize("model", models(), ids=label)
def test_the_path_to_the_person_ends_at_an_account(model: type[Model]) -> None:
    path = classification(model).person
    if not path:
        return
    person = get_user_model()
    here: type[Model] = model
    for step in path.split("__"):
        if here is person:
            assert step == person._meta.pk.name
            return
        here = here._meta.get_field(step).related_model  # type: ignore[assignment]
    assert here is person


@pytest.mark.parametrize("model", models(), ids=label)
def test_a_link_leads_from_a_personal_field_to_a_model_about_people(model: type[Model]) -> None:
    privacy = classification(model)
    for link in privacy.ids_elsewhere:
        assert privacy.class_of(link.field) == "personal"
        assert classification(apps.get_model(link.target)).person


@pytest.mark.parametrize("model", models(), ids=label)
def test_a_link_is_found_by_an_index_that_begins_with_it_or_through_one_that_is(model: type[Model]) -> None:
    privacy = classification(model)
    indexed = {index.fields[0] for index in model._meta.indexes}
    links = {link.field: link for link in privacy.ids_elsewhere}
    for link in links.values():
        assert (link.through or link.field) in indexed
        assert not link.through or not links[link.through].through


@pytest.mark.parametrize("model", models(), ids=label)
def test_what_goes_by_months_closes_by_its_month(model: type[Model]) -> None:
    privacy = classification(model)
    assert not privacy.months or privacy.closed == privacy.months


def test_forgetting_and_retention_see_every_model_of_ours() -> None:
    assert set(classified_models()) == set(models())
