"""The door of a volunteer's own learning: courses for a phone to keep, what it read, and quizzes it took without a network."""

from typing import Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Router, Schema
from pydantic import Field

from aoxanh.api.auth import PERSON
from aoxanh.api.refusals import REFUSALS
from aoxanh.api.sent import Moment, Sent, Whole
from aoxanh.kernel import clock
from aoxanh.people.actors import Actor
from aoxanh.training import actions, handout
from aoxanh.training import attempt_queries as queries
from aoxanh.training import queries as training
from aoxanh.training.models import Attempt, Reading
from aoxanh.training.quiz.marking import Given

router = Router(tags=["learning"], auth=PERSON)

MOST_READS, MOST_ATTEMPTS, MOST_ANSWERS, MOST_CHOSEN = 200, 20, 100, 20
CODE = r"^[a-z0-9]+(?:[-_.][a-z0-9]+)*$"
VERSION = r"^[0-9a-f]{64}$"


class ReadIn(Sent):
    """How far a phone's owner came in a module: the furthest part, when last, and when which text was read to its end."""

    course: str = Field(max_length=12, pattern=CODE)
    module: str = Field(max_length=40, pattern=CODE)
    part: Whole = Field(0, ge=0, le=100)
    seen_at: Moment
    read_at: Moment | None = None
    version: str = Field("", pattern=r"^([0-9a-f]{64})?$")


class GivenIn(Sent):
    """An answer: options chosen, a verdict, for each left side a right one (-1 for none), or a number."""

    chosen: list[Whole] = Field([], max_length=MOST_CHOSEN)
    holds: bool | None = Field(None, strict=True)
    matched: list[Whole] = Field([], max_length=MOST_CHOSEN)
    number: float | None = Field(None, strict=True, allow_inf_nan=False)


class AttemptIn(Sent):
    """An attempt under one of the start numbers that the server gave; `handed_in_at` is null while it is under way."""

    id: UUID
    course: str = Field(max_length=12, pattern=CODE)
    number: Whole = Field(ge=1, le=100_000)
    bank: str = Field(pattern=VERSION)
    started_at: Moment
    handed_in_at: Moment | None = None
    answers: dict[str, GivenIn] = Field({}, max_length=MOST_ANSWERS)


class LearningIn(Sent):
    """What a phone tells; sending it again changes nothing. Both lists may be empty, to ask only."""

    reads: list[ReadIn] = Field([], max_length=MOST_READS)
    attempts: list[AttemptIn] = Field([], max_length=MOST_ATTEMPTS)


class AttemptResult(Schema):
    """What became of one: `accepted`, `already`, or `refused` with a code: no_number, used, stepped_over, too_many, not_read, misfit."""

    id: UUID
    status: str
    code: str


class SlotOut(Schema):
    """A start number that the caller may use for the attempt of this count, once."""

    number: int
    id: UUID


class StandingOut(Schema):
    """A course as it stands for the caller. `version` names the document to keep, `bank` the items that the numbers go with.

    Without start numbers `again_at` says when there will be some.
    """

    code: str
    version: str
    bank: str
    slots: list[SlotOut]
    again_at: int | None


class ReadOut(Schema):
    """How far the caller came in a module, by all their phones together."""

    course: str
    module: str
    part: int
    seen_at: int
    read_at: int | None
    version: str


class AttemptOut(Schema):
    """An attempt of the caller's. `score` is in hundredths of a percent and null while it is under way; `again` names modules."""

    id: UUID
    course: str
    number: int
    started_at: int
    received_at: int | None
    score: int | None
    passed: bool | None
    late: bool
    again: list[str]


class LearningOut(Schema):
    """The answers in the order of what was sent, and then all that the server knows of the caller's learning."""

    server_time: int
    results: list[AttemptResult]
    courses: list[StandingOut]
    reads: list[ReadOut]
    attempts: list[AttemptOut]


class BothLanguages(Schema):
    """A text in Vietnamese and English."""

    vi: str
    en: str


class ExaminationOut(Schema):
    """How the course is examined: `minutes` 0 is no limit; at most `attempts` in `days` days."""

    questions: int
    pass_percent: int
    attempts: int
    days: int
    minutes: int
    read_first: bool


class ItemOut(Schema):
    """A question without its key: right sides of a matching stand in an order that tells nothing."""

    id: str
    module: str
    kind: Literal["single", "multiple", "truefalse", "matching", "numeric"]
    ask: BothLanguages
    options: list[BothLanguages] | None = None
    lefts: list[BothLanguages] | None = None
    rights: list[BothLanguages] | None = None


class CourseOut(Schema):
    """A whole course for a phone to keep: modules as they are written, and the items that forms are drawn from."""

    code: str
    version: str
    group: str
    title: BothLanguages
    about: BothLanguages
    examination: ExaminationOut
    modules: list[dict[str, Any]]
    bank: str
    items: list[ItemOut]


@router.post("", response={200: LearningOut, **REFUSALS})
def exchange(request: HttpRequest, told: LearningIn) -> dict[str, Any]:
    """Take what a phone read and which quizzes it took, each stored once however often it is sent, and say how all stands."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    standing = {"server_time": clock.milliseconds(clock.now())}
    if not queries.may_take(actor) or actor.volunteer_id is None:
        results = [{"id": one.id, "status": "refused", "code": "no_number"} for one in told.attempts]
        return standing | {
            "results": results,
            "courses": _courses(queries.standings_of_nobody()),
            "reads": [],
            "attempts": [],
        }
    actions.keep_reading(reads=[_read_from(one) for one in told.reads], by=actor)
    device = getattr(request, "device", None)
    answers = actions.hand_in_quizzes(
        sittings=[_sitting_from(one) for one in told.attempts], device=device and device.id, by=actor
    )
    return standing | {
        "results": [{"id": one.id, "status": one.status, "code": one.code} for one in answers],
        "courses": _courses(queries.standings_of(actor.volunteer_id)),
        "reads": [_read(row) for row in queries.readings_of(actor.volunteer_id)],
        "attempts": [_attempt(row) for row in queries.attempts_of(actor.volunteer_id)],
    }


@router.get("/courses/{code}", response={200: CourseOut, **REFUSALS}, exclude_none=True)
def course(request: HttpRequest, code: str) -> dict[str, Any]:
    """Return a course in both languages, to be kept under its version."""
    if code not in {course.code for course in training.courses()}:
        raise Http404(code)
    return handout.document(code)


def _read_from(told: ReadIn) -> actions.Read:
    read_at = None if told.read_at is None else clock.from_milliseconds(told.read_at)
    seen_at = clock.from_milliseconds(told.seen_at)
    return actions.Read(told.course, told.module, told.part, seen_at, read_at, told.version)


def _sitting_from(told: AttemptIn) -> actions.Sitting:
    given = {
        name: Given(chosen=tuple(one.chosen), holds=one.holds, matched=tuple(one.matched), number=one.number)
        for name, one in told.answers.items()
    }
    handed_in_at = None if told.handed_in_at is None else clock.from_milliseconds(told.handed_in_at)
    started_at = clock.from_milliseconds(told.started_at)
    return actions.Sitting(told.id, told.course, told.number, told.bank, started_at, handed_in_at, given)


def _courses(standings: list[queries.Standing]) -> list[dict[str, Any]]:
    return [
        {
            "code": one.course.code,
            "version": handout.document(one.course.code)["version"],
            "bank": one.bank,
            "slots": [{"number": number, "id": id_} for number, id_ in one.slots],
            "again_at": clock.milliseconds(one.again_at) if one.again_at else None,
        }
        for one in standings
    ]


def _read(row: Reading) -> dict[str, Any]:
    return {
        "course": row.course,
        "module": row.module,
        "part": row.part,
        "seen_at": clock.milliseconds(row.seen_at),
        "read_at": clock.milliseconds(row.read_at) if row.read_at else None,
        "version": row.version,
    }


def _attempt(row: Attempt) -> dict[str, Any]:
    plain = {
        name: getattr(row, name) for name in ("id", "course", "number", "score", "passed", "late", "again")
    }
    return plain | {
        "started_at": clock.milliseconds(row.started_at),
        "received_at": clock.milliseconds(row.received_at) if row.received_at else None,
    }
