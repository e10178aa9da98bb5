"""Reads JSON bodies at the door: bounded, plain, and nothing that PostgreSQL could choke on later."""

import json
from typing import Any

from django.http import HttpRequest, RawPostDataException
from ninja.parser import Parser

from aoxanh.api.refusals import BodyTooLarge, DamagedBody
from aoxanh.kernel.text import is_storable

# The largest body of an ordinary address; the sync door has its own bound.
LIMIT_BYTES = 65_536
LIMIT_DEPTH = 12


class PlainJson(Parser):
    """Refuses what is over-long, over-deep, not UTF-8, or holds NUL, lone surrogates or numbers that are none, or is no object."""

    def parse_body(self, request: HttpRequest) -> Any:
        body = body_of(request)
        if len(body) > LIMIT_BYTES:
            raise BodyTooLarge
        try:
            value = json.loads(body.decode(), parse_constant=_no_number)
        except (ValueError, RecursionError):
            raise DamagedBody from None
        # Every body of ours is an object; a shape whose fields may all be left out would take a list for an empty one.
        if not isinstance(value, dict) or not _is_plain(value, LIMIT_DEPTH):
            raise DamagedBody
        return value


def body_of(request: HttpRequest) -> bytes:
    """Return the bytes of a body; one that was sent, and read, as a form is no JSON. Raises DamagedBody."""
    try:
        return request.body
    except RawPostDataException:
        raise DamagedBody from None


def _no_number(name: str) -> None:
    raise ValueError(name)


def _is_plain(value: Any, depth: int) -> bool:
    if isinstance(value, str):
        return is_storable(value)
    if isinstance(value, dict):
        return depth > 0 and all(
            is_storable(key) and _is_plain(item, depth - 1) for key, item in value.items()
        )
    if isinstance(value, list):
        return depth > 0 and all(_is_plain(item, depth - 1) for item in value)
    return True
