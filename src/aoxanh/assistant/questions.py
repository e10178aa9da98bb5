"""Files of questions that judge the assistant: their form, and what is wrong with a file that has another."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import yaml

from aoxanh.assistant.replies import Slot
from aoxanh.procedures.card import Strict

MOST_BYTES, MOST_QUESTIONS, MOST_SIGNS = 5_000_000, 20_000, 2000
KINDS = ("answer", "ask_back", "refuse", "police", "province", "outside")
HAVE_CODES = ("answer", "ask_back", "police", "province")
FIELDS = ("id", "text", "kind", "codes", "slot", "second", "form", "why", "note")
SLOTS = tuple(slot.value for slot in Slot)


class Wanted(Strict, frozen=True):
    """What one question of a message asks: a procedure of these, and one thing about it."""

    codes: tuple[str, ...] = ()
    slot: Slot | None = None


class Question(Strict, frozen=True):
    """One message and what a right reply to it is; docs/develop/assistant.md tells what each field means."""

    id: str
    text: str
    kind: str
    codes: tuple[str, ...] = ()
    slot: Slot | None = None
    second: Wanted | None = None
    form: str = ""
    why: str = ""
    note: str = ""

    @property
    def wanted(self) -> tuple[Wanted, ...]:
        """What is asked, in the order of the message."""
        first = Wanted(codes=self.codes, slot=self.slot)
        return (first, self.second) if self.second else (first,)

    @property
    def right_codes(self) -> frozenset[str]:
        return frozenset(code for one in self.wanted for code in one.codes)


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing wrong with a file: the question (its place in the file and its id), the field, and what to do."""

    row: int
    id: str
    field: str
    remedy: str

    def __str__(self) -> str:
        where = f"question {self.row}" + (f" ({self.id})" if self.id else "") if self.row else "the file"
        return f"{where}, {self.field}: {self.remedy}" if self.field else f"{where}: {self.remedy}"


class QuestionsInvalid(ValueError):
    """The file cannot judge anything as it is; `flaws` say where and what to do."""

    def __init__(self, flaws: list[Flaw]) -> None:
        self.flaws = flaws
        super().__init__("\n".join(str(flaw) for flaw in flaws))


def read_questions(path: Path) -> tuple[Question, ...]:
    """Read a file of questions, YAML or JSON. Raises QuestionsInvalid with every flaw of it."""
    rows = _rows(path)
    flaws = [flaw for at, row in enumerate(rows, start=1) for flaw in _flaws(at, row)]
    seen: dict[str, int] = {}
    for at, row in enumerate(rows, start=1):
        name = row.get("id") if isinstance(row, dict) else None
        if isinstance(name, str) and seen.setdefault(name, at) != at:
            flaws.append(Flaw(at, name, "id", f"question {seen[name]} has this id too; give each its own."))
    if flaws:
        raise QuestionsInvalid(flaws)
    return msgspec.convert(rows, tuple[Question, ...])


def _rows(path: Path) -> list[Any]:
    def refuse(remedy: str) -> QuestionsInvalid:
        return QuestionsInvalid([Flaw(0, "", "", remedy)])

    try:
        raw = path.read_bytes()
    except OSError as error:
        raise refuse(f"it cannot be read ({error.strerror}); name a file that exists.") from error
    if len(raw) > MOST_BYTES:
        raise refuse(f"it is longer than {MOST_BYTES:,} bytes; split it.")
    try:
        rows = yaml.load(raw.decode("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - the safe one
    except UnicodeDecodeError as error:
        raise refuse("it is not UTF-8; save it as UTF-8.") from error
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f" near line {mark.line + 1}" if mark else ""
        raise refuse(
            f"it is neither YAML nor JSON{line}; put texts with a colon or a quote in quotes."
        ) from error
    if not isinstance(rows, list) or not rows:
        raise refuse("it must be a list of questions, each beginning with '- id:'.")
    if len(rows) > MOST_QUESTIONS:
        raise refuse(f"it has more than {MOST_QUESTIONS:,} questions; split it.")
    return rows


def _flaws(at: int, row: Any) -> Iterator[Flaw]:
    if not isinstance(row, dict):
        yield Flaw(at, "", "", "write it as fields: id, text, kind and so on.")
        return
    name = row["id"] if isinstance(row.get("id"), str) else ""
    for field, remedy in (*_text_flaws(row), *_kind_flaws(row), *_wanted_flaws(row), *_second_flaws(row)):
        yield Flaw(at, name, field, remedy)


def _text_flaws(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for field in row:
        if field not in FIELDS:
            yield str(field), f"there is no such field; the fields are {', '.join(FIELDS)}."
    for field in ("id", "text", "kind"):
        if not isinstance(row.get(field), str) or not row[field].strip():
            yield field, "it is missing or no text; write it in quotes."
    for field in ("form", "why", "note"):
        if not isinstance(row.get(field, ""), str):
            yield field, "it must be a text; write it in quotes."
    if isinstance(row.get("text"), str) and len(row["text"]) > MOST_SIGNS:
        yield "text", f"it is longer than {MOST_SIGNS:,} signs, which nobody can ask; shorten it."


def _kind_flaws(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    kind = row.get("kind")
    if not isinstance(kind, str):
        return
    if kind not in KINDS:
        yield "kind", f"it must be one of {', '.join(KINDS)}."
    elif kind in HAVE_CODES and not row.get("codes"):
        yield "codes", f"a question of kind {kind} names its right procedures, such as ['1.001193']."
    elif kind not in HAVE_CODES and "codes" in row:
        yield "codes", f"a question of kind {kind} has no right procedure; leave it out."


def _second_flaws(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if "second" not in row:
        return
    if not isinstance(row["second"], dict) or not set(row["second"]) <= {"codes", "slot"}:
        yield "second", "write it as {codes: ['1.001193'], slot: fee}."
        return
    yield from ((f"second.{field}", remedy) for field, remedy in _wanted_flaws(row["second"]))


def _wanted_flaws(given: dict[str, Any]) -> Iterator[tuple[str, str]]:
    codes = given.get("codes", [])
    if not isinstance(codes, list) or not all(isinstance(code, str) and code for code in codes):
        yield "codes", "it must be a list of codes in quotes, such as ['1.001193']."
    if "slot" in given and given["slot"] not in SLOTS:
        yield "slot", f"it must be one of {', '.join(SLOTS)}, or be left out."
