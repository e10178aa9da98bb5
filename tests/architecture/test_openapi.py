"""The check that every answer of the API passes through finds what it must find."""

import ast
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from aoxanh import api
from tests.openapi import NotAsDescribedError, assert_described

JSON = {"Content-Type": "application/json; charset=utf-8"}
REFUSAL = {"error": {"code": "x", "message": "y", "remedy": "", "field": ""}}
FOUND: dict[str, Any] = {"text": "x", "ask_back": False, "matches": [], "suggestions": []}


def told(status: int, value: Any, path: str = "/api/v1/places", headers: dict[str, str] = JSON) -> None:
    assert_described("GET", path, status, headers, json.dumps(value).encode())


def test_what_the_description_says_passes() -> None:
    told(200, FOUND)
    told(404, REFUSAL, "/api/v1/places/99999")
    told(404, REFUSAL, "/api/v1/no-such-address")


@pytest.mark.parametrize(
    ("status", "value", "path"),
    [
        (418, FOUND, "/api/v1/places"),
        (200, {"text": "x"}, "/api/v1/places"),
        (200, {**FOUND, "extra": 1}, "/api/v1/places"),
        (200, {**FOUND, "ask_back": "no"}, "/api/v1/places"),
        (404, {"detail": "Not Found"}, "/api/v1/places"),
        (404, {"detail": "Not Found"}, "/api/v1/no-such-address"),
        (200, {}, "/api/v1/no-such-address"),
    ],
)
def test_what_the_description_does_not_say_fails(status: int, value: Any, path: str) -> None:
    with pytest.raises(NotAsDescribedError):
        told(status, value, path)


def test_a_page_in_place_of_json_fails() -> None:
    with pytest.raises(NotAsDescribedError):
        told(200, FOUND, headers={"Content-Type": "text/html"})


@pytest.mark.django_db
def test_the_test_client_is_wrapped(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Client().get("/api/v1/places", {"q": "Lũng Cú"}).status_code == 200
    monkeypatch.setattr("tests.openapi.describe", lambda: {"paths": {}, "components": {"schemas": {}}})
    with pytest.raises(NotAsDescribedError):
        Client().get("/api/v1/places", {"q": "Lũng Cú"})


def test_no_two_doors_name_a_shape_alike() -> None:
    # The description holds shapes by their name alone, so the second would silently stand for the first.
    found = Counter(
        node.name
        for path in Path(api.__file__).parent.glob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and "Schema" in ast.unparse(node)
    )
    assert [name for name, times in found.items() if times > 1] == []
