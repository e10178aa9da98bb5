"""Write questions as GIFT, the plain-text format that Moodle and others read."""

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from aoxanh.training.quiz.exchange.question import Choice, Question

_SIGNS = re.compile(r"[\\~=#{}:]")


def write_gift(questions: Iterable[Question]) -> str:
    """Return the questions as one GIFT file; each text keeps to a line of its own, so that a person can read and mend it."""
    return "".join(_lines(questions))


def _lines(questions: Iterable[Question]) -> Iterator[str]:
    category = ""
    for question in questions:
        if question.category != category:
            category = question.category
            yield f"$CATEGORY: {category}\n\n"
        why = f"\n####{_opening(question.why)}" if question.why else ""
        yield f"::{escaped(question.name)}::[plain]{escaped(question.ask)}{{{_answer(question)}{why}\n}}\n\n"


def escaped(text: str) -> str:
    """Return a text with every sign that GIFT would read as its own made harmless, on one line."""
    return _SIGNS.sub(lambda sign: "\\" + sign[0], text).replace("\n", "\\n")


def weight(value: Fraction) -> str:
    """Return a weight as Moodle lists them: at most five decimals, none that are not needed."""
    return f"{float(value):.5f}".rstrip("0").rstrip(".")


def number(value: float) -> str:
    """Return a number so that the same number is read again."""
    return repr(float(value)).removesuffix(".0")


def _answer(question: Question) -> str:
    if question.kind == "truefalse":
        return "TRUE" if question.holds else "FALSE"
    if question.kind == "numeric":
        within = f":{number(question.within)}" if question.within else ""
        return f"#{number(question.number or 0.0)}{within}"
    if question.kind == "matching":
        return "".join(f"\n={_opening(left)} -> {_opening(right)}" for left, right in question.pairs)
    return "".join(
        f"\n{_mark(question, choice)}{_opening(choice.text)}{_why(choice)}" for choice in question.choices
    )


def _mark(question: Question, choice: Choice) -> str:
    if question.kind == "single":
        return "=" if choice.weight > 0 else "~"
    return f"~%{weight(choice.weight)}%"


def _opening(text: str) -> str:
    """Say that a text is plain where its first sign would be read as a format or a weight."""
    return f"[plain]{escaped(text)}" if text.startswith(("[", "%")) else escaped(text)


def _why(choice: Choice) -> str:
    return f"#{_opening(choice.why)}" if choice.why else ""
