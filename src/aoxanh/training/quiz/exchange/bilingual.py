"""Between the bank in two languages and files in one: an item becomes a question in each, and two files become items again."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from aoxanh.training.quiz.exchange.question import Choice, Question, Remark, is_right
from aoxanh.training.quiz.item import Item, Language, Option, Pair, Text
from aoxanh.training.quiz.marking import weights
from aoxanh.training.quiz.rules import NAME


@dataclass(frozen=True, slots=True)
class Joined:
    """Items made of two files, and what did not fit together."""

    items: tuple[Item, ...]
    remarks: tuple[Remark, ...]


def questions_of(items: Iterable[Item], language: Language, course: str = "") -> list[Question]:
    """Return items as questions in one language; their modules become categories under the course's."""
    return [_question(item, language, f"{course}/{item.module}" if course else item.module) for item in items]


def join(vietnamese: Iterable[Question], english: Iterable[Question], *, module: str = "") -> Joined:
    """Put questions of two languages together by their names; `module` is for those without a category.

    A question that the English file lacks, or holds in another shape, keeps an empty English text, which `flaws_of`
    then names: nothing in one language alone reaches a bank.
    """
    translated = {question.name: question for question in english if question.name}
    items: list[Item] = []
    remarks: list[Remark] = []
    for question in vietnamese:
        other = translated.pop(question.name, None)
        if other is None or _shape(other) != _shape(question):
            code = "no_translation" if other is None else "unlike"
            remarks.append(Remark(question.line, question.name, code, is_taken=True))
            other = None
        items.append(_item(question, other, module))
    remarks += [Remark(left.line, left.name, "no_original") for left in translated.values()]
    return Joined(tuple(items), tuple(remarks))


def _question(item: Item, language: Language, category: str) -> Question:
    choices = tuple(
        Choice(option.told(language), weight, option.why.told(language) if option.why else "")
        for option, weight in zip(item.options, weights(item), strict=True)
    ) if item.options else ()  # fmt: skip
    return Question(
        name=item.id,
        category=category,
        kind=item.kind,
        ask=item.ask.told(language),
        why=item.why.told(language),
        choices=choices,
        holds=item.holds,
        pairs=tuple((pair.left.told(language), pair.right.told(language)) for pair in item.pairs),
        number=item.number,
        within=item.within,
    )


def _item(question: Question, other: Question | None, module: str) -> Item:
    own_module = _name(question.category.rpartition("/")[2]) or module
    return Item(
        id=question.name if NAME.fullmatch(question.name) else _name_for(question, own_module),
        module=own_module,
        kind=question.kind,
        ask=Text(vi=question.ask, en=other.ask if other else ""),
        options=_options(question, other),
        holds=question.holds,
        pairs=_pairs(question, other),
        number=question.number,
        within=question.within,
        why=Text(vi=question.why, en=other.why if other else ""),
    )


def _options(question: Question, other: Question | None) -> tuple[Option, ...]:
    english = other.choices if other else [None] * len(question.choices)
    return tuple(
        Option(
            vi=choice.text,
            en=told.text if told else "",
            right=is_right(question.kind, choice),
            why=Text(vi=choice.why, en=told.why if told else "")
            if choice.why or (told and told.why)
            else None,
        )
        for choice, told in zip(question.choices, english, strict=True)
    )


def _pairs(question: Question, other: Question | None) -> tuple[Pair, ...]:
    english = other.pairs if other else [("", "")] * len(question.pairs)
    return tuple(
        Pair(left=Text(vi=left, en=told[0]), right=Text(vi=right, en=told[1]))
        for (left, right), told in zip(question.pairs, english, strict=True)
    )


def _shape(question: Question) -> tuple[object, ...]:
    """Return all that must be the same in both languages."""
    right = tuple(is_right(question.kind, choice) for choice in question.choices)
    return question.kind, right, question.holds, len(question.pairs), question.number, question.within


def _name(words: str) -> str:
    """Return a category as a module's id, or "" where nothing of it can be one."""
    return re.sub(r"[^a-z0-9_]+", "-", words.strip().lower()).strip("-_")


def _name_for(question: Question, module: str) -> str:
    """Return an id for a question whose name is none of ours: the same question gets the same one again."""
    told = "\x1f".join((question.name, question.ask, *(choice.text for choice in question.choices)))
    digest = hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:10]
    return f"{module}-{digest}" if module else digest
