"""What somebody who watched fills in on a phone, by a checklist and without a network: what is asked of every such form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol
from uuid import UUID

from aoxanh.kernel import clock
from aoxanh.kernel.errors import DomainError
from aoxanh.privacy.queries import check_text

DONE, NEEDS_WORK, NOT_SEEN = MARKS = ("done", "needs_work", "not_seen")
OLDEST = timedelta(days=60)
AHEAD = timedelta(days=1)


class Points(Protocol):
    """A version of a checklist."""

    @property
    def ids(self) -> frozenset[str]: ...


class Form(Protocol):
    """What a phone tells, under an id of its own; `marks` has a mark for each point of that version."""

    @property
    def id(self) -> UUID: ...
    @property
    def day(self) -> date: ...
    @property
    def marks(self) -> Mapping[str, str]: ...
    @property
    def note(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a form: accepted, already (known), or refused with a code."""

    id: UUID
    status: str
    code: str = ""


def flaw_of(form: Form, version: Points | None, *, unknown: str = "unfit_marks") -> str:
    """Return the code of what is wrong with a form itself, or ""; `unknown` is the code for a checklist that there is not."""
    if not clock.today() - OLDEST <= form.day <= clock.today() + AHEAD:
        return "wrong_day"
    if version is None:
        return unknown
    if set(form.marks) != version.ids or not set(form.marks.values()) <= set(MARKS):
        return "unfit_marks"
    if set(form.marks.values()) == {NOT_SEEN}:
        return "nothing_seen"
    try:
        note_of(form)
    except DomainError as error:
        return error.code
    return ""


def note_of(form: Form) -> str:
    """Return the note as it is stored, on one line. Raises PersonalData or UnreadableText."""
    return check_text(" ".join(form.note.split()), "note")
