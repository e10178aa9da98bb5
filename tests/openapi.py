"""Holds every API answer that any test receives to the API's own OpenAPI description.

The fixture below stands in tests/conftest.py and wraps Django's test client; tests that talk to a live site over HTTP pass
what they got to `assert_described` themselves. An undocumented status, a missing field and a field that the description does
not know all fail the test that saw them.
"""

import json
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import cache
from typing import Any

import pytest
from django.test import Client
from openapi_schema_validator import OAS31Validator, oas31_format_checker

PREFIX = "/api/v1/"
# The description itself is not described in the description.
DESCRIPTION = PREFIX + "openapi.json"
REFUSED = {"$ref": "#/components/schemas/Refused"}


class NotAsDescribedError(AssertionError):
    """An answer of the API differs from the API's description."""


@pytest.fixture(scope="session", autouse=True)
def every_answer_is_described() -> Iterator[None]:
    """Check each answer under /api/v1/ before the test sees it."""
    unchecked = Client.request

    def request(self: Client, **environ: Any) -> Any:
        response = unchecked(self, **environ)
        path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
        if path.startswith(PREFIX) and path != DESCRIPTION and method not in ("HEAD", "OPTIONS"):
            assert_described(method, path, response.status_code, response.headers, response.content)
        return response

    Client.request = request  # type: ignore[method-assign]
    yield
    Client.request = unchecked  # type: ignore[method-assign]


def assert_described(method: str, path: str, status: int, headers: Mapping[str, str], body: bytes) -> None:
    """Raise NotAsDescribedError unless the description tells of this status and this body at this address."""
    where = f"{method} {path} -> {status}"
    operation = operation_at(method, path)
    if operation is None:
        if status not in (400, 404, 405):
            raise NotAsDescribedError(f"{where}: no operation of the API has this address")
        schema: dict[str, Any] = REFUSED
    else:
        described = operation["responses"].get(str(status), operation["responses"].get(status))
        if described is None:
            raise NotAsDescribedError(f"{where}: the operation does not describe this status: {body[:300]!r}")
        content = described.get("content", {})
        if not content and not body:
            return
        kind = headers.get("Content-Type", "").partition(";")[0]
        if kind not in content:
            raise NotAsDescribedError(
                f"{where}: answered with {kind or 'nothing'}, described as {list(content)}: {body[:300]!r}"
            )
        schema = content[kind]["schema"]
    _hold(where, schema, body)


def operation_at(method: str, path: str) -> dict[str, Any] | None:
    """Return the description of the operation that answers; a fixed address goes before one with parameters."""
    description = describe()
    fitting = [template for template in description["paths"] if _pattern(template).fullmatch(path)]
    for template in sorted(fitting, key=lambda template: template.count("{")):
        operation: dict[str, Any] | None = description["paths"][template].get(method.lower())
        if operation is not None:
            return operation
    return None


@cache
def describe() -> dict[str, Any]:
    """Return the API's description with its objects closed, so that a field it does not know is found."""
    from aoxanh.api.urls import api

    description: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    schemas = description["components"]["schemas"]
    for name, schema in schemas.items():
        schemas[name] = _closed(schema)
    return description


def _closed(schema: dict[str, Any]) -> dict[str, Any]:
    closed = deepcopy(schema)
    if closed.get("properties") and "additionalProperties" not in closed:
        closed["additionalProperties"] = False
    return closed


@cache
def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template)))


def _hold(where: str, schema: dict[str, Any], body: bytes) -> None:
    try:
        value = json.loads(body)
    except ValueError:
        raise NotAsDescribedError(f"{where}: the body is not JSON: {body[:300]!r}") from None
    whole = {**schema, "components": describe()["components"]}
    errors = sorted(
        OAS31Validator(whole, format_checker=oas31_format_checker).iter_errors(value),
        key=lambda error: list(map(str, error.path)),
    )
    if errors:
        told = "; ".join(
            f"{'/'.join(map(str, error.path)) or 'body'}: {error.message[:200]}" for error in errors[:3]
        )
        raise NotAsDescribedError(f"{where}: {told}")
