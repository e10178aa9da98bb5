"""Marks: what an answer is worth, exactly, and whether a form is passed."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from aoxanh.training.quiz.drawing import Form
from aoxanh.training.quiz.item import Item, Strict

NOTHING, FULL = Fraction(0), Fraction(1)


class MisfitAnswer(ValueError):
    """The answer is not one that this item can be given; it came from a damaged or a hostile phone."""


class Given(Strict, frozen=True, kw_only=True):
    """What somebody answered, always in the item's own numbering and not in that of the screen.

    `chosen` are options; `holds` is a verdict on a claim; `matched` has for each left side the number of a right one, -1
    where it was left open; `number` is a number. An answer with nothing in it is a question left out.
    """

    chosen: tuple[int, ...] = ()
    holds: bool | None = None
    matched: tuple[int, ...] = ()
    number: float | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """A form's marks: for each question from 0 to 1, their share of all, and the verdict."""

    marks: Mapping[str, Fraction]
    share: Fraction
    passed: bool


def mark(item: Item, given: Given) -> Fraction:
    """Return what an answer is worth, from 0 to 1. Raises MisfitAnswer.

    - single, true or false, number: all or nothing.
    - multiple: the share of the right options that were chosen, less the share of the wrong ones that were, never below
      0. Choosing everything, like choosing nothing, is worth 0.
    - matching: the share of pairs that are right.
    """
    _fit(item, given)
    if item.kind == "single":
        return FULL if any(item.options[at].right for at in given.chosen) else NOTHING
    if item.kind == "multiple":
        return _partly(item, frozenset(given.chosen))
    if item.kind == "truefalse":
        return FULL if given.holds is item.holds else NOTHING
    if item.kind == "matching":
        right = sum(place == at for at, place in enumerate(given.matched))
        return Fraction(right, len(item.pairs))
    return FULL if _near(item, given.number) else NOTHING


def mark_form(
    form: Form, items: Iterable[Item], answers: Mapping[str, Given], *, pass_percent: int
) -> Marked:
    """Mark a form. A question without an answer is worth 0; the share that passes is compared exactly.

    Raises MisfitAnswer for an answer to something not asked, or where an item is no longer what was asked.
    """
    known = {item.id: item for item in items}
    asked = {question.item: question.version for question in form.questions}
    if set(answers) - set(asked):
        raise MisfitAnswer("an answer to a question that was not asked")
    if any(name not in known or known[name].version != version for name, version in asked.items()):
        raise MisfitAnswer("an item has changed since it was asked")
    marks = {name: mark(known[name], answers.get(name, Given())) for name in asked}
    share = sum(marks.values(), NOTHING) / len(marks)
    return Marked(marks, share, passed=share * 100 >= pass_percent)


def weights(item: Item) -> list[Fraction]:
    """Return what each option adds, in hundredths of the whole: the rule of `mark` as other programs write it."""
    right = sum(option.right for option in item.options)
    wrong = len(item.options) - right
    if item.kind == "single":
        return [Fraction(100 if option.right else 0) for option in item.options]
    return [Fraction(100, right) if option.right else Fraction(-100, wrong) for option in item.options]


def _partly(item: Item, chosen: frozenset[int]) -> Fraction:
    gained = sum((weight for at, weight in enumerate(weights(item)) if at in chosen), NOTHING)
    return max(NOTHING, gained / 100)


def _near(item: Item, number: float | None) -> bool:
    """Compare in exact numbers: 0.3 within 0.1 of 0.2 must not depend on how binary fractions round."""
    if number is None or item.number is None:
        return False
    return abs(_exact(number) - _exact(item.number)) <= _exact(item.within)


def _exact(number: float) -> Fraction:
    return Fraction(repr(float(number)))


def _fit(item: Item, given: Given) -> None:
    held = {
        "chosen": bool(given.chosen),
        "holds": given.holds is not None,
        "matched": bool(given.matched),
        "number": given.number is not None,
    }
    own = {"truefalse": "holds", "matching": "matched", "numeric": "number"}.get(item.kind, "chosen")
    if any(there for name, there in held.items() if name != own):
        raise MisfitAnswer(f"{item.id} is answered by {own}")
    _fit_numbers(item, given)


def _fit_numbers(item: Item, given: Given) -> None:
    count, pairs = len(item.options), len(item.pairs)
    if len(set(given.chosen)) < len(given.chosen) or not all(0 <= at < count for at in given.chosen):
        raise MisfitAnswer(f"{item.id} has no such options")
    if item.kind == "single" and len(given.chosen) > 1:
        raise MisfitAnswer(f"{item.id} takes one option")
    placed = [at for at in given.matched if at != -1]
    if given.matched and (len(given.matched) != pairs or not all(0 <= at < pairs for at in placed)):
        raise MisfitAnswer(f"{item.id} has no such pairs")
    if len(set(placed)) < len(placed):
        raise MisfitAnswer(f"{item.id} takes each right side once")
    if given.number is not None and not math.isfinite(given.number):
        raise MisfitAnswer(f"{item.id} takes a number")
