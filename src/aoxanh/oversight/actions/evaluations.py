"""What is done to one unit in a cycle: scored by itself, visited, its files reviewed, its grade appealed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from aoxanh.audit import actions as audit
from aoxanh.desk.checking import FileVerdict, keep_file_check
from aoxanh.kernel import clock
from aoxanh.oversight import evaluation_queries as queries
from aoxanh.oversight.evaluation_errors import CycleNotReady, UnfitScore
from aoxanh.oversight.grading.grade import Grade
from aoxanh.oversight.grading.rubric import rubrics
from aoxanh.oversight.models import Appeal, Evaluation, EvaluationCycle, FileReview
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.permissions import Permission, require
from aoxanh.privacy.queries import check_text

FULL, MOST_MARK = 100, 10
LONGEST_TEXT, LONGEST_REMARK = 1000, 300
State = EvaluationCycle.State
_LONGEST_REASON = 200
_AS_CHECK: dict[FileReview.Verdict, FileVerdict] = {
    FileReview.Verdict.IN_ORDER: "passed",
    FileReview.Verdict.DOUBTFUL: "unclear",
    FileReview.Verdict.WRONG: "failed",
}
_VISITED = (State.OPEN, State.FROZEN, State.DRAWN)


@transaction.atomic
def score_unit(*, evaluation: Evaluation, scores: Mapping[str, int], note: str, by: Actor) -> Evaluation:
    """Say how the unit sees itself, while the cycle is open. Raises UnfitScore, CycleNotReady or PersonalData.

    Only somebody with a role at exactly this unit speaks for it.
    """
    row = _locked(evaluation, (State.OPEN,))
    if not queries.speaks_for(by, row.unit):
        raise NotAllowed
    wanted = {criterion.key for criterion in rubrics()[row.cycle.rubric].scored}
    if set(scores) != wanted or not all(0 <= value <= FULL for value in scores.values()):
        raise UnfitScore(field="scores", reason=_("each criterion takes a whole number from 0 to 100"))
    row.own_scores = dict(sorted(scores.items()))
    row.own_note = _fit(note, "note", LONGEST_TEXT)
    row.scored_at = clock.now()
    row.save(update_fields=["own_scores", "own_note", "scored_at"])
    _record(row, by, action="oversight.evaluation.scored", details={"scores": row.own_scores})
    return row


@transaction.atomic
def note_visit(*, evaluation: Evaluation, day: date, marks: Mapping[str, int], note: str, by: Actor) -> Evaluation:  # fmt: skip
    """Note what a supervisor found at the unit: a mark of 10 for each item. Raises UnfitScore, CycleNotReady or PersonalData."""
    row = _locked(evaluation, _VISITED)
    require(by, Permission.EVALUATION_RUN, row.cycle.place)
    if set(marks) != set(rubrics()[row.cycle.rubric].visit_items) or not all(
        0 <= mark <= MOST_MARK for mark in marks.values()
    ):
        raise UnfitScore(field="marks", reason=_("each item takes a whole number from 0 to 10"))
    if not row.cycle.first_day <= day <= clock.today():
        raise UnfitScore(
            field="day", reason=_("the visit lies between the first day of the period and today")
        )
    row.visited_on, row.visit_marks = day, dict(sorted(marks.items()))
    row.visit_note = _fit(note, "note", LONGEST_TEXT)
    row.save(update_fields=["visited_on", "visit_marks", "visit_note"])
    _record(row, by, action="oversight.evaluation.visited", details={"marks": row.visit_marks})
    return row


@transaction.atomic
def review_file(*, file: FileReview, verdict: str, remark: str, by: Actor) -> FileReview:
    """Give the verdict on one drawn file. What is not in order needs a remark. Raises UnfitScore, CycleNotReady or PersonalData."""
    evaluation = _locked(file.evaluation, (State.DRAWN,))
    require(by, Permission.EVALUATION_RUN, evaluation.cycle.place)
    if verdict not in FileReview.Verdict.values:
        raise UnfitScore(field="verdict", reason=_("choose one of the verdicts"))
    remark = _fit(remark, "remark", LONGEST_REMARK)
    if verdict != FileReview.Verdict.IN_ORDER and not remark:
        raise UnfitScore(field="remark", reason=_("say what is not in order"))
    row = FileReview.objects.select_for_update().get(id=file.id)
    row.verdict, row.remark, row.reviewed_at = verdict, remark, clock.now()
    row.save(update_fields=["verdict", "remark", "reviewed_at"])
    # The ledger counts every blind review, whatever it was drawn for.
    found = _AS_CHECK[FileReview.Verdict(verdict)]
    keep_file_check(
        key=(row.commune, row.day, row.root_id), sample_id=evaluation.cycle_id, verdict=found, reason=remark[:_LONGEST_REASON]
    )  # fmt: skip
    _record(
        evaluation, by, action="oversight.file.reviewed", details={"number": row.number, "verdict": verdict}
    )
    return row


@transaction.atomic
def appeal(*, evaluation: Evaluation, criterion: str, reason: str, by: Actor) -> Appeal:
    """Say that a criterion's points are wrong, after the decision and before the lock.

    Raises UnfitScore, CycleNotReady or PersonalData. Only somebody with a role at exactly this unit speaks for it.
    """
    row = _locked(evaluation, (State.DECIDED,))
    if not queries.speaks_for(by, row.unit):
        raise NotAllowed
    found = _recomputed(row)
    judged = next((each for each in found.judged if each.key == criterion), None)
    if judged is None:
        raise UnfitScore(field="criterion", reason=_("choose a criterion"))
    text = _fit(reason, "reason", LONGEST_TEXT)
    if not text:
        raise UnfitScore(field="reason", reason=_("say why the points are wrong"))
    if row.appeals.filter(criterion=criterion, state=Appeal.State.OPEN).exists():
        raise CycleNotReady(reason=_("an appeal about this criterion is waiting for an answer"))
    made = Appeal.objects.create(
        evaluation=row, unit=row.unit, criterion=criterion, reason=text, by_role=role_of(by),
        points_before=judged.points, grade_before=found.points,
    )  # fmt: skip
    _record(row, by, action="oversight.appeal.made", details={"criterion": criterion})
    return made


@transaction.atomic
def answer_appeal(*, appeal: Appeal, granted: bool, points: Decimal | None, answer: str, by: Actor) -> Appeal:
    """Grant an appeal, with the points that the criterion gets, or decline it; either needs a reason.

    The grade then follows again from the frozen texts and the granted appeals, before and after stand in the appeal and in the
    audit. Raises UnfitScore, CycleNotReady or PersonalData.
    """
    evaluation = _locked(appeal.evaluation, (State.DECIDED,))
    require(by, Permission.EVALUATION_RUN, evaluation.cycle.place)
    row = Appeal.objects.select_for_update().get(id=appeal.id)
    if row.state != Appeal.State.OPEN:
        raise CycleNotReady(reason=row.get_state_display())
    text = _fit(answer, "answer", LONGEST_TEXT)
    if not text:
        raise UnfitScore(field="answer", reason=_("say why"))
    if granted and (points is None or not points.is_finite() or not 0 <= points <= FULL):
        raise UnfitScore(field="points", reason=_("points go from 0 to 100"))
    before = _recomputed(evaluation)
    row.state = Appeal.State.GRANTED if granted else Appeal.State.DECLINED
    row.points_before = next(each.points for each in before.judged if each.key == row.criterion)
    row.points_after = queries.points(points) if granted else None
    row.answer, row.answered_at, row.answered_by_role = text, clock.now(), role_of(by)
    row.save()
    after = _recomputed(evaluation)
    row.grade_before, row.grade_after = before.points, after.points
    row.save(update_fields=["grade_before", "grade_after"])
    evaluation.points, evaluation.band = after.points, after.band
    evaluation.save(update_fields=["points", "band"])
    if granted:
        _record(evaluation, by, action="oversight.appeal.granted", details=_change(row))
    else:
        _record(evaluation, by, action="oversight.appeal.declined", details=_change(row))
    return row


def role_of(by: Actor) -> str:
    """Return the role under which somebody acts, for rows that must not name a person."""
    return "system" if by.is_system else min((str(grant.role) for grant in by.grants), default="")


def _change(row: Appeal) -> dict[str, object]:
    return {
        "criterion": row.criterion,
        "points": [str(row.points_before), str(row.points_after)],
        "grade": [str(row.grade_before), str(row.grade_after)],
    }


def _recomputed(evaluation: Evaluation) -> Grade:
    found = queries.recomputed(evaluation)
    assert found is not None  # noqa: S101 - a decided cycle has its texts
    return replace(found)


def _locked(evaluation: Evaluation, states: tuple[State, ...]) -> Evaluation:
    """Return the evaluation with its cycle, both locked, in one of the states in which the step is taken."""
    cycle = EvaluationCycle.objects.select_for_update(of=("self",)).get(id=evaluation.cycle_id)
    row = (
        Evaluation.objects.select_for_update(of=("self",))
        .select_related("unit", "cycle__place")
        .get(id=evaluation.id)
    )
    if cycle.state not in states:
        raise CycleNotReady(reason=cycle.get_state_display())
    return row


def _fit(text: str, field: str, most: int) -> str:
    fitting = check_text(text.strip(), field)
    if len(fitting) > most:
        raise UnfitScore(field=field, reason=_("at most {most} characters").format(most=most))
    return fitting


def _record(evaluation: Evaluation, by: Actor, *, action: str, details: Mapping[str, object]) -> None:
    audit.record(
        chain=evaluation.unit_id,
        actor=str(by),
        action=action,
        subject=f"evaluation:{evaluation.id}",
        details=details,
    )
