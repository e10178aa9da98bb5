"""What a phone tells of learning: how far somebody has read, and quizzes taken without a network; marked here and nowhere else."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from uuid import UUID

import msgspec
from django.db import transaction

from aoxanh.audit import actions as audit
from aoxanh.kernel import clock
from aoxanh.people import queries as people
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.models import Volunteer
from aoxanh.training import attempt_queries as queries
from aoxanh.training import courses as shelf
from aoxanh.training import handout
from aoxanh.training.actions.certificates import award_certificate
from aoxanh.training.courses import Course
from aoxanh.training.handout import Bank
from aoxanh.training.models import Attempt, AttemptAnswers, QuizBank, SkillGroup
from aoxanh.training.quiz.drawing import Form, draw
from aoxanh.training.quiz.marking import Given, Marked, MisfitAnswer, mark_form
from aoxanh.training.slots import is_sealed

AHEAD = timedelta(hours=24)
GRACE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Sitting:
    """An attempt as a phone tells it: begun, or handed in with its answers (right sides numbered as on the phone)."""

    id: UUID
    course: str
    number: int
    bank: str
    started_at: datetime
    handed_in_at: datetime | None = None
    answers: dict[str, Given] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one: accepted, already (known, nothing new), or refused with a code."""

    id: UUID
    status: str
    code: str = ""


class _Refusal(Exception):
    """Why an attempt is not taken."""


@transaction.atomic
def hand_in_quizzes(*, sittings: Sequence[Sitting], device: UUID | None, by: Actor) -> list[Answer]:
    """Take attempts that a phone kept, each once however often it is sent, and mark those that were handed in.

    A passed one earns the certificate of the course's skill group. Refused with a code: no_number (nobody gave this start
    number to this person), used (it was handed in with other answers), stepped_over, too_many, not_read, misfit.
    """
    volunteer = own_volunteer(by)
    _keep_banks()
    in_order = sorted(sittings, key=lambda sitting: sitting.number)
    answered = {id(sitting): _take(sitting, volunteer, device) for sitting in in_order}
    answers = [answered[id(sitting)] for sitting in sittings]
    handed_in = sum(
        answer.status == "accepted" and sitting.handed_in_at is not None
        for sitting, answer in zip(sittings, answers, strict=True)
    )
    if handed_in:
        audit.record(
            chain=volunteer.home_id, actor=str(by), action="training.quiz.handed_in",
            subject=f"volunteer:{volunteer.id}", details={"count": handed_in},
        )  # fmt: skip
    return answers


def own_volunteer(by: Actor) -> Volunteer:
    """Return the volunteer that the actor is, locked until the transaction ends. Raises NotAllowed for everybody else."""
    if by.volunteer_id is None or not queries.may_take(by):
        raise NotAllowed
    people.lock_volunteer(by.volunteer_id)
    return Volunteer.objects.select_related("home").get(id=by.volunteer_id)


def _keep_banks() -> None:
    """Store the present banks, so that what phones are about to draw from can be marked in any later version."""
    present = {handout.bank_version(course.code): course.code for course in shelf.courses()}
    known = set(QuizBank.objects.filter(version__in=present).values_list("version", flat=True))
    missing = [
        QuizBank(version=version, course=code, content=msgspec.to_builtins(handout.bank_of(code)))
        for version, code in present.items()
        if version not in known
    ]
    QuizBank.objects.bulk_create(missing, ignore_conflicts=True)


def _take(sitting: Sitting, volunteer: Volunteer, device: UUID | None) -> Answer:
    known = Attempt.objects.filter(id=sitting.id, volunteer=volunteer).first()
    if known is not None and known.received_at is not None:
        return _again(known, sitting)
    try:
        course, row = _fit(sitting, volunteer)
        _drop_other_bank(sitting, volunteer)
        if sitting.handed_in_at is None:
            return _begin(sitting, volunteer, known, device)
        form, bank, marked = _mark(sitting, row)
    except _Refusal as refusal:
        return Answer(sitting.id, "refused", str(refusal))
    attempt = known or _begun(sitting, volunteer, device)
    _settle(attempt, sitting, bank, marked, device)
    _store_answers(attempt, bank, sitting, form)
    if attempt.passed:
        _award(attempt, course, volunteer)
    return Answer(sitting.id, "accepted")


def _again(known: Attempt, sitting: Sitting) -> Answer:
    """Answer what was handed in before: the same answers are known, a mere start is old news, other answers are refused."""
    if sitting.handed_in_at is None or known.digest == _digest(sitting):
        return Answer(sitting.id, "already")
    return Answer(sitting.id, "refused", "used")


def _fit(sitting: Sitting, volunteer: Volunteer) -> tuple[Course, QuizBank]:
    course = shelf.course_of(sitting.course)
    if course is None or not is_sealed(
        sitting.id, volunteer.id, sitting.course, sitting.number, sitting.bank
    ):
        raise _Refusal("no_number")
    row = queries.bank_with_version(sitting.bank)
    if row is None or row.course != course.code:
        raise _Refusal("no_number")
    allowed = queries.allowance_of(volunteer.id, course).numbers
    if sitting.number < allowed.start:
        raise _Refusal("stepped_over")
    if sitting.number not in allowed:
        raise _Refusal("too_many")
    if course.examination.read_first and not queries.has_read(volunteer.id, course):
        raise _Refusal("not_read")
    return course, row


def _drop_other_bank(sitting: Sitting, volunteer: Volunteer) -> None:
    """Let go of an attempt of the same count that was begun on items that have changed since: its number is the newer one's now."""
    begun = Attempt.objects.filter(volunteer=volunteer, course=sitting.course, number=sitting.number)
    begun.filter(received_at=None).exclude(id=sitting.id).delete()


def _begin(sitting: Sitting, volunteer: Volunteer, known: Attempt | None, device: UUID | None) -> Answer:
    """Note that an attempt was begun; the earliest start that any phone tells counts."""
    if known is None:
        _begun(sitting, volunteer, device).save(force_insert=True)
        return Answer(sitting.id, "accepted")
    if sitting.started_at >= known.started_at:
        return Answer(sitting.id, "already")
    known.started_at = sitting.started_at
    known.save(update_fields=["started_at"])
    return Answer(sitting.id, "accepted")


def _begun(sitting: Sitting, volunteer: Volunteer, device: UUID | None) -> Attempt:
    return Attempt(
        id=sitting.id, volunteer=volunteer, course=sitting.course, number=sitting.number,
        bank_id=sitting.bank, device=device, started_at=sitting.started_at,
    )  # fmt: skip


def _mark(sitting: Sitting, row: QuizBank) -> tuple[Form, Bank, Marked]:
    bank = msgspec.convert(row.content, Bank)
    form = draw(bank.items, seed=str(sitting.id), size=bank.questions)
    answers = bank.own_numbering(sitting.answers)
    try:
        return form, bank, mark_form(form, bank.items, answers, pass_percent=bank.pass_percent)
    except MisfitAnswer as wrong:
        raise _Refusal("misfit") from wrong


def _settle(attempt: Attempt, sitting: Sitting, bank: Bank, marked: Marked, device: UUID | None) -> None:
    now = clock.now()
    handed_in_at = sitting.handed_in_at or now
    attempt.started_at = min(attempt.started_at, sitting.started_at)
    attempt.handed_in_at, attempt.received_at, attempt.device = handed_in_at, now, device
    took = handed_in_at - attempt.started_at
    attempt.doubtful = took < timedelta() or handed_in_at > now + AHEAD
    attempt.late = bool(bank.minutes) and took > timedelta(minutes=bank.minutes) + GRACE
    attempt.digest = _digest(sitting)
    attempt.score = int(marked.share * 10_000)
    attempt.passed = marked.passed and not attempt.late
    attempt.again = _weakest_first(bank, marked)
    attempt.save()


def _weakest_first(bank: Bank, marked: Marked) -> list[str]:
    """Return the modules in which marks were lost, that with the smallest share of its marks first."""
    module_of = {item.id: item.module for item in bank.items}
    marks: dict[str, list[Fraction]] = {}
    for name, mark in marked.marks.items():
        marks.setdefault(module_of[name], []).append(mark)
    share = {module: sum(each, Fraction(0)) / len(each) for module, each in marks.items()}
    return sorted(
        (module for module in share if share[module] < 1), key=lambda module: (share[module], module)
    )


def _store_answers(attempt: Attempt, bank: Bank, sitting: Sitting, form: Form) -> None:
    given = bank.own_numbering(sitting.answers)
    told = {asked.item: msgspec.to_builtins(given.get(asked.item, Given())) for asked in form.questions}
    AttemptAnswers.objects.create(
        attempt=attempt, answers=told, received_at=attempt.received_at or clock.now()
    )


def _award(attempt: Attempt, course: Course, volunteer: Volunteer) -> None:
    """Give the certificate from the day of marking on; a course that leads to no skill group gives none."""
    group = SkillGroup.objects.filter(code=course.group).first() if course.group else None
    if group is not None:
        award_certificate(
            volunteer=volunteer, group=group, on=clock.today(), attempt=attempt.id,
            source=f"Bài kiểm tra: {course.title.vi}",
        )  # fmt: skip


def _digest(sitting: Sitting) -> str:
    return hashlib.sha256(msgspec.json.encode(sitting.answers, order="deterministic")).hexdigest()
