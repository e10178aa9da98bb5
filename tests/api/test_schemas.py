"""The API's shapes, as the description names them."""

from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

import pytest
from ninja import Schema
from pydantic import BaseModel, ValidationError

import aoxanh.api
from aoxanh.api.sent import Sent

# What a lenient reader would take for a number or a verdict.
LOOKALIKES: dict[str, list[Any]] = {
    "integer": [True, False, "1", "946684800000"],
    "number": [True, False, "1"],
    "boolean": [0, 1, "true", "no"],
}


def modules() -> list[ModuleType]:
    return [import_module(f"aoxanh.api.{found.name}") for found in iter_modules(aoxanh.api.__path__)]


def shapes(kind: type[BaseModel]) -> list[type[BaseModel]]:
    return [
        shape
        for module in modules()
        for shape in vars(module).values()
        if isinstance(shape, type) and issubclass(shape, kind) and shape.__module__ == module.__name__
    ]


def lookalikes(told: dict[str, Any]) -> Iterator[Any]:
    """Yield values of a wrong kind for a property as the description tells it, also within a list."""
    for one in [told, *told.get("anyOf", ())]:
        yield from LOOKALIKES.get(one.get("type", ""), ())
        if "items" in one:
            yield from ([value] for value in lookalikes(one["items"]))


SENT_WRONG = [
    (shape, name, value)
    for shape in shapes(Sent)
    for name, told in shape.model_json_schema()["properties"].items()
    for value in lookalikes(told)
]


def test_no_two_shapes_share_a_name_since_the_description_would_show_only_one_of_them():
    found = set(shapes(Schema))
    assert len(found) > 20
    assert [name for name, times in Counter(shape.__name__ for shape in found).items() if times > 1] == []


@pytest.mark.parametrize(("shape", "name", "value"), SENT_WRONG)
def test_what_only_looks_like_a_number_is_refused_in_every_sent_shape(
    shape: type[Sent], name: str, value: Any
):
    with pytest.raises(ValidationError) as refused:
        shape.model_validate({name: value})
    assert name in {error["loc"][0] for error in refused.value.errors()}
