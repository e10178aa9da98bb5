"""Log lines tell what happened and where in the code, and never with which words."""

import json
import logging
import sys
from typing import Any

import pytest

from aoxanh.kernel.logs import JsonLines, PlainLines, request_id

SECRET = "Vàng Thị Lan 0912345678"


def record(
    name: str, message: str, *arguments: object, error: bool = False, **facts: Any
) -> logging.LogRecord:
    made = logging.LogRecord(
        name, logging.ERROR, __file__, 12, message, arguments, sys.exc_info() if error else None, "here"
    )
    if facts:
        made.facts = facts
    return made


def failing() -> logging.LogRecord:
    try:
        try:
            int(SECRET)
        except ValueError as error:
            raise KeyError(SECRET) from error
    except KeyError:
        return record("aoxanh.desk", "A job failed.", error=True)


def test_our_own_messages_are_told_with_their_facts() -> None:
    token = request_id.set("ab" * 16)
    told = json.loads(JsonLines().format(record("aoxanh.jobs", "%d given back", 2, jobs=2)))
    request_id.reset(token)
    assert told.pop("time").endswith("+00:00")
    assert told == {
        "level": "ERROR",
        "logger": "aoxanh.jobs",
        "event": "2 given back",
        "request_id": "ab" * 16,
        "jobs": 2,
    }


@pytest.mark.parametrize("form", [JsonLines, PlainLines])
@pytest.mark.parametrize("name", ["django.request", "allauth", "aoxanhs", "_granian"])
def test_what_others_write_is_told_by_its_place_alone(form: type[logging.Formatter], name: str) -> None:
    first = "Application callable raised an exception\n" if name == "_granian" else ""
    line = form().format(record(name, f"{first}Not Found: {SECRET}"))
    assert "0912345678" not in line
    assert "Lan" not in line
    assert ("Application callable" if name == "_granian" else "test_logs.here:12") in line


@pytest.mark.parametrize("form", [JsonLines, PlainLines])
def test_exceptions_are_told_by_class_and_place_without_their_words(form: type[logging.Formatter]) -> None:
    line = form().format(failing())
    assert "0912345678" not in line
    assert "builtins.KeyError" in line
    assert "builtins.ValueError" in line
    assert "tests/kernel/test_logs.py:" in line


def test_a_json_line_is_one_line() -> None:
    assert "\n" not in JsonLines().format(failing())
