"""Read Moodle XML with bounds: no entities of the file's own, no depth, no flood."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from xml.parsers import expat

from aoxanh.training.quiz.exchange.plain import plain
from aoxanh.training.quiz.exchange.question import (
    MOST_BYTES,
    Choice,
    LeftOut,
    Question,
    Reading,
    Remark,
    Unreadable,
    category_of,
)
from aoxanh.training.quiz.item import Kind

_DEEPEST = 16
_MOST_NODES = 200_000


@dataclass(slots=True)
class _Node:
    """One element, with the line on which it begins."""

    tag: str
    line: int
    attributes: dict[str, str]
    parts: list[str] = field(default_factory=list)
    children: list["_Node"] = field(default_factory=list)

    def all(self, tag: str) -> Iterator["_Node"]:
        return (child for child in self.children if child.tag == tag)

    def first(self, tag: str) -> "_Node | None":
        return next(self.all(tag), None)

    @property
    def own(self) -> str:
        return "".join(self.parts).strip()


class _Builder:
    """Builds the tree, and stops at the first thing that no quiz needs."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text
        # A document type is where entities are declared, and entities are how a kilobyte becomes a gigabyte.
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.root = _Node("", 0, {})
        self.open = [self.root]
        self.count = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > _MOST_NODES or len(self.open) > _DEEPEST:
            raise Unreadable("shape", self.parser.CurrentLineNumber)
        node = _Node(tag, self.parser.CurrentLineNumber, attributes)
        self.open[-1].children.append(node)
        self.open.append(node)

    def end(self, _tag: str) -> None:
        self.open.pop()

    def text(self, words: str) -> None:
        self.open[-1].parts.append(words)

    def doctype(self, *_declared: object) -> None:
        raise Unreadable("entities", self.parser.CurrentLineNumber)


def read_moodle_xml(data: bytes) -> Reading:
    """Read a Moodle XML file. Raises Unreadable for what is not one; single questions are left out with their line."""
    root = _tree(data)
    quiz = root.first("quiz")
    if quiz is None:
        raise Unreadable("not_a_quiz")
    reading, category = Reading(), ""
    for node in quiz.all("question"):
        name = _raw(node.first("name"))
        kind = node.attributes.get("type", "")
        if kind == "category":
            category = category_of(_raw(node.first("category")).split("/"))
            continue
        try:
            reading.take(_question(node, kind, name, category, reading))
        except LeftOut as reason:
            reading.leave(node.line, name, reason)
    return reading


def _tree(data: bytes) -> _Node:
    if len(data) > MOST_BYTES:
        raise Unreadable("size")
    builder = _Builder()
    try:
        builder.parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as wrong:
        if isinstance(wrong, Unreadable):
            raise
        raise Unreadable("not_xml", getattr(wrong, "lineno", 0)) from wrong
    return builder.root


def _question(node: _Node, kind: str, name: str, category: str, reading: Reading) -> Question:
    answer = _ANSWERS.get(kind)
    if answer is None:
        raise LeftOut(kind[:40] or "not_understood")
    if any(True for _ in node.all("file")) or any(True for part in node.children for _ in part.all("file")):
        raise LeftOut("media", "file")
    ask, why = _words(node.first("questiontext")), _words(node.first("generalfeedback"))
    whole = Question(name=name, category=category, kind="single", ask=ask, why=why, line=node.line)
    return answer(whole, node, reading)


def _multichoice(whole: Question, node: _Node, _reading: Reading) -> Question:
    several = _own(node.first("single")).lower() in ("false", "0")
    choices = tuple(
        Choice(_words(answer), _fraction(answer), _words(answer.first("feedback")))
        for answer in node.all("answer")
    )
    return _with(whole, "multiple" if several else "single", choices=choices)


def _truefalse(whole: Question, node: _Node, _reading: Reading) -> Question:
    right = [_raw(answer).lower() for answer in node.all("answer") if _fraction(answer) == 100]
    if len(right) != 1 or right[0] not in ("true", "false"):
        raise LeftOut("no_answer")
    return _with(whole, "truefalse", holds=right[0] == "true")


def _matching(whole: Question, node: _Node, reading: Reading) -> Question:
    # Moodle shows the right side in a list to choose from, and holds it as plain text.
    rows = [(_words(part), _raw(part.first("answer"))) for part in node.all("subquestion")]
    pairs = tuple((left, right) for left, right in rows if left and right)
    if len(pairs) < len(rows):
        reading.remarks.append(Remark(node.line, whole.name, "extra_sides", is_taken=True))
    return _with(whole, "matching", pairs=pairs)


def _numerical(whole: Question, node: _Node, _reading: Reading) -> Question:
    full = [answer for answer in node.all("answer") if _fraction(answer) == 100]
    if len(full) != 1:
        raise LeftOut("several_numbers")
    number, within = _number(_raw(full[0])), _number(_own(full[0].first("tolerance")) or "0")
    if within < 0:
        raise LeftOut("not_a_number")
    return _with(whole, "numeric", number=number, within=within)


_ANSWERS = {
    "multichoice": _multichoice,
    "truefalse": _truefalse,
    "matching": _matching,
    "numerical": _numerical,
}


def _with(  # noqa: PLR0913 - the ways in which a question is answered, by name
    whole: Question,
    kind: Kind,
    *,
    choices: tuple[Choice, ...] = (),
    holds: bool | None = None,
    pairs: tuple[tuple[str, str], ...] = (),
    number: float | None = None,
    within: float = 0.0,
) -> Question:
    return Question(
        whole.name,
        whole.category,
        kind,
        whole.ask,
        whole.why,
        choices,
        holds,
        pairs,
        number,
        within,
        whole.line,
    )


def _fraction(node: _Node) -> Fraction:
    value = _number(node.attributes.get("fraction", "0"))
    if abs(value) > 100:
        raise LeftOut("weight", str(value))
    return Fraction(repr(value))


def _number(text: str) -> float:
    try:
        value = float(text) if len(text) < 40 and text.isascii() and "_" not in text else math.nan
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise LeftOut("not_a_number", text[:40])
    return value


def _words(node: _Node | None) -> str:
    """Return the text of a part of a question, without markup. Subquestions and answers carry their format themselves."""
    if node is None:
        return ""
    return plain(_raw(node), node.attributes.get("format", "moodle_auto_format"))


def _raw(node: _Node | None) -> str:
    return _own(node.first("text")) if node is not None else ""


def _own(node: _Node | None) -> str:
    return node.own if node is not None else ""
