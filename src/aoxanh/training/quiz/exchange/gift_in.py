"""Read GIFT: questions between blank lines, `::names::`, answers in braces, signs made harmless by a backslash."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from aoxanh.training.quiz.exchange.plain import plain
from aoxanh.training.quiz.exchange.question import (
    LONGEST_SOURCE,
    MOST_BYTES,
    Choice,
    LeftOut,
    Question,
    Reading,
    Unreadable,
    category_of,
)
from aoxanh.training.quiz.item import Kind

_SIGNS = "~=#{}:\\"
_FORM = re.compile(r"\s*\[(html|moodle|plain|markdown)\]\s*")
_WEIGHT = re.compile(r"\s*%(-?\d{1,3}(?:[.,]\d{1,7})?)%")
_CLAIM = re.compile(r"\s*(TRUE|T|FALSE|F)\s*(?:$|#)", re.IGNORECASE)
_NUMBER = r"[-+]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})(?:[eE][-+]?\d{1,3})?"
_NEAR = re.compile(rf"\s*({_NUMBER})\s*(?::\s*({_NUMBER})\s*)?")
_BETWEEN = re.compile(rf"\s*({_NUMBER})\s*\.\.\s*({_NUMBER})\s*")


@dataclass(frozen=True, slots=True)
class _Block:
    """The lines of one question, and the number of the first."""

    line: int
    category: str
    text: str


@dataclass(frozen=True, slots=True)
class _Part:
    """One answer between the braces: the sign before it, its text and feedback."""

    sign: str
    text: str
    why: str


def read_gift(data: bytes) -> Reading:
    """Read a GIFT file. Raises Unreadable for what is no text or too much; single questions are left out with their line."""
    if len(data) > MOST_BYTES:
        raise Unreadable("size")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise Unreadable("encoding", data[: wrong.start].count(b"\n") + 1) from wrong
    if "\x00" in text:
        raise Unreadable("encoding")
    reading = Reading()
    for block in _blocks(text.replace("\r\n", "\n").replace("\r", "\n")):
        name, rest = _named(block.text)
        try:
            question = _question(rest)
        except LeftOut as reason:
            reading.leave(block.line, name, reason)
        else:
            reading.take(replace(question, name=name, category=block.category, line=block.line))
    return reading


def _blocks(text: str) -> Iterator[_Block]:
    category, first = "", 0
    lines: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""], 1):
        bare = line.strip()
        if bare.startswith("//"):
            continue
        if bare and not bare.startswith("$CATEGORY:"):
            first = first if lines else number
            lines.append(line)
            continue
        if lines:
            yield _Block(first, category, "\n".join(lines))
            lines = []
        if bare:
            category = category_of(bare.removeprefix("$CATEGORY:").split("/"))


def _named(text: str) -> tuple[str, str]:
    text = text.strip()
    if text.startswith("::"):
        end = next((at for at in _bare(text, ":") if at > 1 and text[at : at + 2] == "::"), None)
        if end is not None:
            return _words(text[2:end]), text[end + 2 :]
    return "", text


def _question(text: str) -> Question:
    if len(text) > LONGEST_SOURCE:
        raise LeftOut("long")
    opened = next(_bare(text, "{"), None)
    if opened is None:
        raise LeftOut("description")
    closed = next((at for at in _bare(text, "}") if at > opened), None)
    if closed is None:
        raise LeftOut("no_end")
    if next((at for at in _bare(text, "{") if at > opened), None) is not None:
        raise LeftOut("several_answers")
    form, before = _form(text[:opened])
    after = text[closed + 1 :]
    gap = " _____ " if after.strip() else ""
    stem = plain(_words(f"{before.rstrip()}{gap}{after.strip()}" if gap else before), form)
    answer, why = _cut(text[opened + 1 : closed], "####")
    return replace(_answered(answer, form), ask=stem, why=_text(why, form))


def _answered(answer: str, form: str) -> Question:
    blank = Question(name="", category="", kind="single", ask="")
    if not answer.strip():
        raise LeftOut("essay")
    claim = _CLAIM.match(answer)
    if claim:
        return replace(blank, kind="truefalse", holds=claim[1].upper().startswith("T"))
    if answer.lstrip().startswith("#"):
        return _number(blank, answer.lstrip()[1:])
    parts = _parts(answer)
    signs = {part.sign for part in parts}
    if signs == {"="} and all("->" in part.text for part in parts):
        return replace(blank, kind="matching", pairs=tuple(_pair(part, form) for part in parts))
    if "~" not in signs:
        raise LeftOut("shortanswer")
    kind: Kind = "single" if "=" in signs else "multiple"
    return replace(blank, kind=kind, choices=tuple(_choice(part, form) for part in parts))


def _parts(answer: str) -> list[_Part]:
    starts = [*sorted((*_bare(answer, "~"), *_bare(answer, "="))), len(answer)]
    if answer[: starts[0]].strip():
        raise LeftOut("not_understood", answer[: starts[0]].strip()[:40])
    parts = []
    for start, end in pairwise(starts):
        words, why = _cut(answer[start + 1 : end], "#")
        parts.append(_Part(answer[start], words, why))
    return parts


def _choice(part: _Part, form: str) -> Choice:
    weight, words = _weight(part)
    return Choice(_text(words, form), weight, _text(part.why, form))


def _weight(part: _Part) -> tuple[Fraction, str]:
    given = _WEIGHT.match(part.text)
    if given is None:
        return Fraction(100 if part.sign == "=" else 0), part.text
    value = Fraction(given[1].replace(",", "."))
    if abs(value) > 100:
        raise LeftOut("weight", given[1])
    return value, part.text[given.end() :]


def _pair(part: _Part, form: str) -> tuple[str, str]:
    left, _, right = part.text.partition("->")
    pair = (_text(left, form), _text(right, form))
    if not all(pair):
        raise LeftOut("no_text")
    return pair


def _number(blank: Question, answer: str) -> Question:
    """Read `3:2`, `1..5`, or a list of such answers of which one gives everything."""
    if next(_bare(answer, "="), None) is None:
        words, _ = _cut(answer, "#")
        return _near(blank, words)
    full = [words for weight, words in map(_weight, _parts(answer)) if weight == 100]
    if len(full) != 1:
        raise LeftOut("several_numbers")
    return _near(blank, full[0])


def _near(blank: Question, words: str) -> Question:
    words = words.strip()
    near, between = _NEAR.fullmatch(words), _BETWEEN.fullmatch(words)
    if between:
        low, high = sorted((float(between[1]), float(between[2])))
        number, within = (low + high) / 2, (high - low) / 2
    elif near:
        number, within = float(near[1]), float(near[2] or 0)
    else:
        raise LeftOut("not_a_number", words[:40])
    if not (math.isfinite(number) and math.isfinite(within) and within >= 0):
        raise LeftOut("not_a_number", words[:40])
    return replace(blank, kind="numeric", number=number, within=within)


def _text(raw: str, inherited: str) -> str:
    form, words = _form(raw, inherited)
    return plain(_words(words), form)


def _form(raw: str, inherited: str = "moodle") -> tuple[str, str]:
    told = _FORM.match(raw)
    return (told[1], raw[told.end() :]) if told else (inherited, raw)


def _cut(text: str, sign: str) -> tuple[str, str]:
    """Cut at the first bare sign; `####` is found before a single `#` would be."""
    at = next((at for at in _bare(text, sign[0]) if text.startswith(sign, at)), None)
    return (text, "") if at is None else (text[:at], text[at + len(sign) :])


def _bare(text: str, sign: str) -> Iterator[int]:
    """Yield where a sign stands without a backslash before it."""
    at = 0
    while at < len(text):
        if text[at] == "\\" and text[at + 1 : at + 2] in (*_SIGNS, "n"):
            at += 2
            continue
        if text[at] == sign:
            yield at
        at += 1


def _words(raw: str) -> str:
    r"""Return a text as it is meant: `\=` is `=`, `\n` ends a line, any other backslash is itself."""
    meant = re.sub(r"\\([~=#{}:\\n])", lambda sign: "\n" if sign[1] == "n" else sign[1], raw)
    return meant.strip()
