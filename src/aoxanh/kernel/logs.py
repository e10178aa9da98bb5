"""Log lines without personal data: what happened, where and how long it took, never to whom or with which words.

Only messages of our own loggers are written out, since we know what is in them. Of everybody else's, and of every
exception, only names and places in the code are told: Django puts addresses into its messages, PostgreSQL puts values into
its errors, and both can be somebody's name or number.
"""

import json
import logging
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from traceback import walk_tb
from typing import Any

request_id: ContextVar[str] = ContextVar("id of the request at work", default="")

OURS = "aoxanh"
# Its messages tell of processes; what an application raised stands from the second line on.
SERVER = "_granian"
CHAIN = 5


def described(record: logging.LogRecord) -> dict[str, Any]:
    """Return what may be told of a log record; `extra={"facts": {...}}` adds to it, and must hold codes and numbers only."""
    told: dict[str, Any] = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname,
        "logger": record.name,
        "event": _event(record),
    }
    if request_id.get():
        told["request_id"] = request_id.get()
    told |= getattr(record, "facts", {})
    if record.exc_info and record.exc_info[1]:
        told["errors"] = list(_errors(record.exc_info[1]))
    return told


def _event(record: logging.LogRecord) -> str:
    if record.name.partition(".")[0] == OURS:
        return record.getMessage()
    if record.name == SERVER:
        return next(iter(record.getMessage().splitlines()), "")[:200]
    return f"{record.module}.{record.funcName}:{record.lineno}"


def _errors(error: BaseException | None) -> Iterator[dict[str, Any]]:
    """Yield the exception and those behind it, the nearest first: class and places, no message."""
    for _ in range(CHAIN):
        if error is None:
            return
        yield {
            "type": f"{type(error).__module__}.{type(error).__qualname__}",
            "at": [_place(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)],
        }
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _place(path: str, line: int) -> str:
    return f"{'/'.join(Path(path).parts[-3:])}:{line}"


class JsonLines(logging.Formatter):
    """One JSON object a line, for a log collector."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(described(record), ensure_ascii=False, default=str)


class PlainLines(logging.Formatter):
    """One line a record, for a person's eyes."""

    def format(self, record: logging.LogRecord) -> str:
        told = described(record)
        errors = told.pop("errors", [])
        head = " ".join(str(told.pop(name)) for name in ("time", "level", "logger", "event"))
        line = " ".join([head, *(f"{name}={value}" for name, value in told.items())])
        return "\n".join([line, *(f"    {item['type']} at {', '.join(item['at'])}" for item in errors)])
