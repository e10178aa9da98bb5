"""A question in one language, as files of other programs hold it, and what had to be left out of such a file."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from aoxanh.training.quiz.item import Kind
from aoxanh.training.quiz.rules import MOST_OPTIONS

MOST_BYTES = 5_000_000
MOST_QUESTIONS = 5_000
LONGEST_SOURCE = 50_000
"""Letters of one text with its markup; what remains of it has a far lower bound of its own."""


class Unreadable(ValueError):
    """The file as a whole cannot be read. `code` is for the doors to put into words."""

    def __init__(self, code: str, line: int = 0) -> None:
        self.code, self.line = code, line
        super().__init__(f"{code} (line {line})" if line else code)


class LeftOut(ValueError):
    """One question cannot be taken; raised by readers, kept as a Remark."""

    def __init__(self, code: str, detail: str = "") -> None:
        self.code, self.detail = code, detail
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to tell whoever sent the file: a question left out, or taken with a change (`is_taken`)."""

    line: int
    name: str
    code: str
    detail: str = ""
    is_taken: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """An option with its weight in hundredths of the whole."""

    text: str
    weight: Fraction
    why: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a file."""

    name: str
    category: str
    kind: Kind
    ask: str
    why: str = ""
    choices: tuple[Choice, ...] = ()
    holds: bool | None = None
    pairs: tuple[tuple[str, str], ...] = ()
    number: float | None = None
    within: float = 0.0
    line: int = 0


@dataclass(slots=True)
class Reading:
    """What a file gave."""

    questions: list[Question] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def take(self, question: Question) -> None:
        """Keep a question, or the reason why it cannot be marked by our rules."""
        try:
            check(question)
        except LeftOut as reason:
            self.leave(question.line, question.name, reason)
            return
        if len(self.questions) == MOST_QUESTIONS:
            raise Unreadable("many", question.line)
        self.questions.append(question)
        if has_other_weights(question):
            self.remarks.append(Remark(question.line, question.name, "weights", is_taken=True))

    def leave(self, line: int, name: str, reason: LeftOut) -> None:
        self.remarks.append(Remark(line, name, reason.code, reason.detail))


def check(question: Question) -> None:
    """Raise LeftOut for a question without a usable answer."""
    if not question.ask:
        raise LeftOut("no_text")
    if question.kind in ("single", "multiple"):
        _check_choices(question)
    if question.kind == "matching" and not 2 <= len(question.pairs) <= MOST_OPTIONS:
        raise LeftOut("how_many")
    if question.kind in ("truefalse", "numeric") and question.holds is None and question.number is None:
        raise LeftOut("no_answer")


def is_right(kind: Kind, choice: Choice) -> bool:
    """Tell whether an option counts as right: where one is to be chosen, only the one that gives everything."""
    return choice.weight >= 100 if kind == "single" else choice.weight > 0


def has_other_weights(question: Question) -> bool:
    """Tell whether the file gives other part marks than our rule does, so that marks will differ."""
    right = sum(is_right(question.kind, choice) for choice in question.choices)
    wrong = len(question.choices) - right
    for choice in question.choices:
        ours = Fraction(100, right) if is_right(question.kind, choice) else Fraction(-100, wrong)
        if question.kind == "single":
            ours = max(ours, Fraction(0))
        if abs(choice.weight - ours) > Fraction(1, 100):
            return True
    return False


def category_of(path: Iterable[str]) -> str:
    """Return a category without the parts that Moodle adds in front."""
    parts = [part.strip() for part in path]
    return "/".join(part for part in parts if part and part != "top" and not part.startswith("$"))


def _check_choices(question: Question) -> None:
    if not 2 <= len(question.choices) <= MOST_OPTIONS:
        raise LeftOut("how_many")
    if any(not choice.text for choice in question.choices):
        raise LeftOut("no_text")
    right = sum(is_right(question.kind, choice) for choice in question.choices)
    if question.kind == "single" and right != 1:
        raise LeftOut("one_right")
    if not 1 <= right < len(question.choices):
        raise LeftOut("some_right")
