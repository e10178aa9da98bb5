"""Rows on their way in, as PostgreSQL's COPY text (number, id, verdict, values); bad rows keep their cells and their flaws."""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from aoxanh.sheets.reading.cells import LONGEST, text_of
from aoxanh.sheets.reading.flaw import CellFlaw, Flaw
from aoxanh.sheets.reading.header import Header
from aoxanh.sheets.reading.understand import Reader, Understood

SEPARATOR = "\x1f"
MOST_QUESTIONS, MOST_COLUMNS = 300, 100


def fresh_ids() -> Iterator[str]:
    """Yield UUIDv7 without end, like `kernel.ids.uuid7` but drawing its random bits for many at once."""
    while True:
        stamp = f"{time.time_ns() // 1_000_000 & (1 << 48) - 1:012x}"
        bits = os.urandom(10 * 500).hex()
        for start in range(0, len(bits), 20):
            rest = bits[start : start + 20]
            variant = "89ab"[int(rest[3], 16) & 3]
            yield f"{stamp[:8]}-{stamp[8:]}-7{rest[:3]}-{variant}{rest[4:7]}-{rest[7:19]}"


@dataclass
class Stage:
    """Turns rows into lines of COPY text, finds repetitions, and sets rows aside whose place only a search can tell."""

    reader: Reader
    header: Header
    done: int = 0
    bad_count: int = 0
    bad: list[list[Any]] = field(default_factory=list)
    repeated: int = 0
    skipped: list[int] = field(default_factory=list)
    asked: dict[tuple[str, str], list[tuple[int, list[Any], Understood]]] = field(default_factory=dict)
    _seen: dict[tuple[str, ...], tuple[int, int]] = field(default_factory=dict)
    _ids: Iterator[str] = field(default_factory=fresh_ids)

    def add(self, number: int, row: list[Any]) -> Iterator[bytes]:
        """Yield the lines of one row: none for a blank one, a repetition, or one that waits for an answer."""
        self.done += 1
        if self.reader.is_blank(row):
            if any(value not in ("", None) for value in row):
                self.skipped.append(number)
            return
        understood = self.reader.understand(row)
        if understood.unknown_place is not None:
            if understood.unknown_place in self.asked or len(self.asked) < MOST_QUESTIONS:
                self.asked.setdefault(understood.unknown_place, []).append((number, row, understood))
                return
            understood.flaws.append(_unknown(understood.unknown_place, []))
        yield from self._line(number, row, understood)

    def questions(self) -> list[list[str]]:
        """Return the places that nobody knew by the plain names."""
        return [list(texts) for texts in self.asked]

    def settle(self, answers: list[dict[str, Any]]) -> Iterator[bytes]:
        """Yield the rows that waited, each with its place's code or the candidates to choose from."""
        for texts, answer in zip(list(self.asked), answers, strict=True):
            for number, row, waiting in self.asked[texts]:
                again = waiting
                if answer["code"]:
                    again = self.reader.understand_at(row, answer["code"])
                elif answer["ask_back"]:
                    facts = {"text": texts[0][:60], "codes": " ".join(answer["candidates"])}
                    again.flaws.append(Flaw("which_place", "commune", facts))
                else:
                    again.flaws.append(_unknown(texts, answer["candidates"]))
                yield from self._line(number, row, again)

    def _line(self, number: int, row: list[Any], understood: Understood) -> Iterator[bytes]:
        values = understood.values
        if not understood.flaws:
            marks = hash(tuple(values))
            first, before = self._seen.setdefault(understood.key, (number, marks))
            if first != number:
                if before == marks:
                    self.repeated += 1
                    return
                understood.flaws.append(Flaw("twice", "", {"row": str(first)}))
        if understood.flaws:
            self.bad.append([number, as_shown(row), [flaw.as_list() for flaw in understood.flaws]])
            self.bad_count += 1
            return
        line = f"{number}\t{next(self._ids)}\tnew\t" + "\t".join(values)
        if "\\" in line:
            line = line.replace("\\", "\\\\")
        yield line.encode("utf-8", "replace") + b"\n"

    def take_bad(self) -> list[list[Any]]:
        """Return the bad rows since the last time: number, cells as sent, flaws."""
        taken, self.bad = self.bad, []
        return taken


def _unknown(texts: tuple[str, str], candidates: list[str]) -> Flaw:
    facts = {"text": ", ".join(text for text in texts if text)[:80], "codes": " ".join(candidates)}
    return Flaw("no_place", "commune", facts)


def as_shown(row: list[Any]) -> str:
    """Return a row's cells for the marked file, joined."""
    return SEPARATOR.join(map(_as_shown, row[:MOST_COLUMNS]))


def _as_shown(value: Any) -> str:
    """Return a cell for the marked file: what the person typed, without signs that no spreadsheet can hold."""
    try:
        return text_of(value)[:LONGEST]
    except CellFlaw:
        return "".join(char for char in str(value) if char.isprintable())[:LONGEST]
