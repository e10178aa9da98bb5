"""Rows on their way in, as PostgreSQL's COPY text (number, id, values); bad rows keep their cells and their flaws."""

import os
import time
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from aoxanh.sheets.reading.cells import LONGEST, text_of
from aoxanh.sheets.reading.flaw import CellFlaw, Flaw
from aoxanh.sheets.reading.header import Header
from aoxanh.sheets.reading.together import understand_volunteers
from aoxanh.sheets.reading.understand import Reader, Understood

SEPARATOR = "\x1f"
MOST_QUESTIONS, MOST_COLUMNS = 300, 100
_VARIANTS = str.maketrans("0123456789abcdef", "89ab" * 4)
_COUNTED = [f"{number:03x}" for number in range(4_096)]


def fresh_ids(count: int) -> list[str]:
    """Return UUIDv7 like `kernel.ids.uuid7`, for up to 4,096 at once: each is greater than the one before, 62 bits are random."""
    head, bits = f"{time.time_ns() // 1_000_000 & (1 << 48) - 1:012x}7", os.urandom(8 * count).hex()
    variants, rest = bits[::16].translate(_VARIANTS), range(1, 16 * count, 16)
    return [
        f"{head}{number}{variant}{bits[at : at + 15]}"
        for number, variant, at in zip(_COUNTED[:count], variants, rest, strict=True)
    ]


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
    # What a row is about -> its place among the rows kept; compact, since there may be half a million.
    _seen: dict[tuple[str, ...], int] = field(default_factory=dict)
    _numbers: "array[int]" = field(default_factory=lambda: array("i"))
    _marks: "array[int]" = field(default_factory=lambda: array("q"))

    def add_all(self, first: int, rows: list[list[Any]]) -> Iterator[bytes]:
        """Yield the lines of consecutive rows, in order."""
        if self.header.spill or self.reader.layout.kind != "volunteers":
            for number, row in enumerate(rows, first):
                yield from self.add(number, row)
            return
        block, start = understand_volunteers(self.reader, rows), 0
        for stop in (*block.single, len(rows)):
            if start < stop:
                part = slice(start, stop)
                self.done += stop - start
                yield self._plain(first + start, rows[part], block.keys[part], block.values[part])
            if stop < len(rows):
                yield from self.add(first + stop, rows[stop])
            start = stop + 1

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

    def _plain(
        self, number: int, rows: list[list[Any]], keys: list[tuple[str, ...]], values: list[str]
    ) -> bytes:
        """Return the lines of rows without flaws, noting those that repeat or contradict an earlier one."""
        marks, next_place = list(map(hash, values)), len(self._numbers)
        self._numbers.extend(range(number, number + len(rows)))
        self._marks.extend(marks)
        places = list(range(next_place, next_place + len(rows)))
        firsts = list(map(self._seen.setdefault, keys, places))
        kept: Sequence[int] = range(len(rows))
        if firsts != places:
            again = [index for index in kept if firsts[index] != places[index]]
            for index in again:
                self._again(number + index, rows[index], firsts[index], marks[index])
            kept = sorted(set(kept) - set(again))
        return _lines([number + index for index in kept], [values[index] for index in kept])

    def _line(self, number: int, row: list[Any], understood: Understood) -> Iterator[bytes]:
        if understood.flaws:
            self._set_aside(number, row, understood.flaws)
        elif line := self._plain(number, [row], [understood.key], ["\t".join(understood.values)]):
            yield line

    def _again(self, number: int, row: list[Any], first: int, mark: int) -> None:
        """Count a row that says the same as an earlier one, or set it aside."""
        if self._marks[first] == mark:
            self.repeated += 1
        else:
            self._set_aside(number, row, [Flaw("twice", "", {"row": str(self._numbers[first])})])

    def _set_aside(self, number: int, row: list[Any], flaws: list[Flaw]) -> None:
        self.bad.append([number, as_shown(row), [flaw.as_list() for flaw in flaws]])
        self.bad_count += 1

    def take_bad(self) -> list[list[Any]]:
        """Return the bad rows since the last time: number, cells as sent, flaws."""
        taken, self.bad = self.bad, []
        return taken


def _lines(numbers: list[int], values: list[str]) -> bytes:
    """Return rows as COPY text; no value holds a tab or a line's end, since white space was made plain."""
    ids = fresh_ids(len(numbers))
    text = "".join(
        [f"{number}\t{new}\t{row}\n" for number, new, row in zip(numbers, ids, values, strict=True)]
    )
    return text.replace("\\", "\\\\").encode("utf-8", "replace")


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
