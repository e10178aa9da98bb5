"""What of a course goes to phones: its text, and its items without the key."""

import hashlib
from functools import cache
from typing import Any

import msgspec
from django.utils.crypto import salted_hmac

from aoxanh.training import courses as shelf
from aoxanh.training.courses import Course
from aoxanh.training.quiz.item import Item
from aoxanh.training.quiz.marking import Given

_SALT = "aoxanh.training.handout"


class Bank(msgspec.Struct, frozen=True):
    """A course's items with their key. `rights` tells for a matching item which own right side stands at each place on phones."""

    course: str
    questions: int
    pass_percent: int
    minutes: int
    items: tuple[Item, ...]
    rights: dict[str, tuple[int, ...]]

    def version(self) -> str:
        """Return the bank's own name; it changes with every item and with what an attempt is held to."""
        return hashlib.sha256(msgspec.json.encode(self, order="deterministic")).hexdigest()

    def own_numbering(self, answers: dict[str, Given]) -> dict[str, Given]:
        """Return answers as phones number right sides in the items' own numbering; what is no number of theirs stays, to be refused."""
        return {name: self._own(name, given) for name, given in answers.items()}

    def _own(self, name: str, given: Given) -> Given:
        places = self.rights.get(name, ())
        matched = tuple(places[at] if 0 <= at < len(places) else at for at in given.matched)
        return msgspec.structs.replace(given, matched=matched)


@cache
def bank_of(code: str) -> Bank:
    """Return the present bank of a course. Raises KeyError for a course that is not there."""
    items = shelf.bank(code)
    course = shelf.course_of(code)
    if course is None:
        raise KeyError(code)
    exam = course.examination
    rights = {item.id: _hidden_order(item) for item in items if item.kind == "matching"}
    return Bank(code, exam.questions, exam.pass_percent, exam.minutes, items, rights)


@cache
def bank_version(code: str) -> str:
    """Return the name of the present bank of a course."""
    return bank_of(code).version()


@cache
def document(code: str) -> dict[str, Any]:
    """Return a course as phones keep it, in both languages: one document, named by its version. No key, no reasons."""
    course = shelf.course_of(code)
    if course is None:
        raise KeyError(code)
    told = _told(course) | {
        "bank": bank_version(code),
        "items": [_asked(item, bank_of(code)) for item in bank_of(code).items],
    }
    version = hashlib.sha256(msgspec.json.encode(told, order="deterministic")).hexdigest()
    return told | {"version": version}


def _told(course: Course) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(course)
    exam = course.examination
    plain["examination"] = {name: getattr(exam, name) for name in exam.__struct_fields__}
    for module, outline in zip(course.modules, plain["modules"], strict=True):
        outline["version"] = module.version
        for section, drawn in zip(module.sections, outline["sections"], strict=True):
            for picture, held in zip(section.pictures, drawn.get("pictures", []), strict=True):
                del held["file"]
                held["drawing"] = picture.drawing
        outline["sources"] = [
            msgspec.to_builtins(shelf.sources()[name].name) | {"month": shelf.sources()[name].month}
            for name in module.sources
        ]
    return plain


def _asked(item: Item, bank: Bank) -> dict[str, Any]:
    """Return an item without what tells its answer. Left sides keep their order, right sides stand in a hidden one."""
    told: dict[str, Any] = {"id": item.id, "module": item.module, "kind": item.kind}
    told["ask"] = {"vi": item.ask.vi, "en": item.ask.en}
    if item.options:
        told["options"] = [{"vi": option.vi, "en": option.en} for option in item.options]
    if item.pairs:
        sides = [(pair.left, pair.right) for pair in item.pairs]
        told["lefts"] = [{"vi": left.vi, "en": left.en} for left, _right in sides]
        told["rights"] = [{"vi": sides[at][1].vi, "en": sides[at][1].en} for at in bank.rights[item.id]]
    return told


def _hidden_order(item: Item) -> tuple[int, ...]:
    """Return the right sides in an order that only who knows the site's secret can compute: their own order is the key."""
    return tuple(
        sorted(
            range(len(item.pairs)),
            key=lambda at: salted_hmac(_SALT, f"{item.version}:{at}", algorithm="sha256").digest(),
        )
    )
