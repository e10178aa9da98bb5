"""Cycles: opened, frozen after the period, files drawn by a seed that nobody chose, decided, locked."""

import secrets
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from aoxanh.audit import actions as audit
from aoxanh.desk.review_queries import files_known_at
from aoxanh.kernel import clock
from aoxanh.oversight import evaluation_queries as queries
from aoxanh.oversight.evaluation_errors import CycleNotReady, UnfitCycle
from aoxanh.oversight.grading.documents import canonical, digest
from aoxanh.oversight.grading.drawing_lots import combined, commitment_of, drawn, lot, seed_of
from aoxanh.oversight.grading.grade import grade
from aoxanh.oversight.grading.rubric import newest, rubrics
from aoxanh.oversight.models import Appeal, Evaluation, EvaluationCycle, FileReview
from aoxanh.oversight.periods import CAMPAIGN_BEGAN, LONGEST_DAYS
from aoxanh.oversight.snapshots import Contents
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, require
from aoxanh.places import queries as places
from aoxanh.places.models import Place

MOST_FILES, MOST_APPEAL_DAYS = 50, 60
State = EvaluationCycle.State


@dataclass(frozen=True, slots=True)
class CycleFacts:
    """What a cycle is opened with."""

    place: Place
    first_day: date
    last_day: date
    files_each: int = 10
    appeal_days: int = 7


@transaction.atomic
def open_cycle(*, facts: CycleFacts, by: Actor) -> EvaluationCycle:
    """Open the evaluation of a province's communes, or of the nation's provinces, for a period. Raises UnfitCycle.

    Half of the seed for drawing files is made now and only its hash is shown.
    """
    require(by, Permission.EVALUATION_RUN, facts.place)
    _check(facts)
    secret = secrets.token_hex(32)
    units = list(places.children_of(facts.place))
    try:
        with transaction.atomic():
            cycle = EvaluationCycle.objects.create(
                place=facts.place, level=units[0].level, first_day=facts.first_day, last_day=facts.last_day,
                rubric=newest().version, files_each=facts.files_each, appeal_days=facts.appeal_days,
                secret=secret, commitment=commitment_of(secret),
            )  # fmt: skip
    except IntegrityError:
        raise UnfitCycle(field="first_day", reason=_("this period has an evaluation already")) from None
    Evaluation.objects.bulk_create(Evaluation(cycle=cycle, unit=unit) for unit in units)
    _record(
        cycle,
        by,
        action="oversight.cycle.opened",
        details={"commitment": cycle.commitment, "units": len(units)},
    )
    return cycle


@transaction.atomic
def freeze_cycle(*, cycle: EvaluationCycle, by: Actor) -> EvaluationCycle:
    """Freeze the figures of every unit once the period is over, and record the hash. Raises CycleNotReady.

    A unit's text holds all that its grade needs; it is written once and never again. A province's hundred communes cost about a second.
    """
    cycle = _locked(cycle, by, State.OPEN)
    if clock.today() <= cycle.last_day:
        raise CycleNotReady(reason=_("the period is not over"))
    moment = clock.now()
    contents = Contents(cycle, rubrics()[cycle.rubric], by, _files(cycle, by, moment)).gather()
    evaluations = list(cycle.evaluations.select_for_update().order_by("unit"))
    for evaluation in evaluations:
        evaluation.snapshot = canonical(contents.of(evaluation))
        evaluation.snapshot_sha256 = digest(evaluation.snapshot)
    Evaluation.objects.bulk_update(evaluations, ["snapshot", "snapshot_sha256"], batch_size=500)
    cycle.state, cycle.frozen_at = State.FROZEN, moment
    cycle.frozen_sha256 = combined(evaluation.snapshot_sha256 for evaluation in evaluations)
    cycle.save(update_fields=["state", "frozen_at", "frozen_sha256"])
    _record(cycle, by, action="oversight.cycle.frozen", details={"sha256": cycle.frozen_sha256})
    return cycle


@transaction.atomic
def draw_files(*, cycle: EvaluationCycle, by: Actor) -> EvaluationCycle:
    """Draw the files of each unit for blind review and shuffle them into one pile. Raises CycleNotReady.

    The seed is made of the secret committed to and of the frozen figures, so neither the office nor a unit could choose it.
    """
    cycle = _locked(cycle, by, State.FROZEN)
    assert cycle.frozen_at is not None  # noqa: S101 - held by a constraint of the table
    cycle.seed = seed_of(cycle.secret, cycle.frozen_sha256)
    files = _files(cycle, by, cycle.frozen_at)
    evaluations = {evaluation.unit_id: evaluation for evaluation in cycle.evaluations.all()}
    chosen = [
        (unit, file)
        for unit in sorted(evaluations)
        for file in drawn(cycle.seed, unit, files.get(unit, []), cycle.files_each)
    ]
    chosen.sort(key=lambda pair: lot(cycle.seed, "pile", pair[1]))
    FileReview.objects.bulk_create(
        _file(evaluations[unit], number, file) for number, (unit, file) in enumerate(chosen, start=1)
    )
    cycle.state = State.DRAWN
    cycle.save(update_fields=["seed", "state"])
    _record(cycle, by, action="oversight.cycle.drawn", details={"seed": cycle.seed, "files": len(chosen)})
    return cycle


@transaction.atomic
def decide_cycle(*, cycle: EvaluationCycle, by: Actor) -> EvaluationCycle:
    """Seal what reviews and visits found and grade every unit; from now on units may appeal. Raises CycleNotReady."""
    cycle = _locked(cycle, by, State.DRAWN)
    files: dict[UUID, list[str]] = defaultdict(list)
    for evaluation_id, verdict in FileReview.objects.filter(evaluation__cycle=cycle).values_list(
        "evaluation", "verdict"
    ):
        files[evaluation_id].append(verdict)
    if any("" in verdicts for verdicts in files.values()):
        raise CycleNotReady(reason=_("some drawn files were not reviewed yet"))
    evaluations = list(cycle.evaluations.select_for_update().order_by("unit"))
    for evaluation in evaluations:
        snapshot = queries.snapshot_of(evaluation)
        assert snapshot is not None  # noqa: S101 - a drawn cycle is frozen
        findings = _findings(evaluation, files[evaluation.id])
        evaluation.findings = canonical(findings)
        evaluation.findings_sha256 = digest(evaluation.findings)
        found = grade(snapshot, findings)
        evaluation.points, evaluation.band = found.points, found.band
    Evaluation.objects.bulk_update(
        evaluations, ["findings", "findings_sha256", "points", "band"], batch_size=500
    )
    cycle.state, cycle.decided_at = State.DECIDED, clock.now()
    cycle.save(update_fields=["state", "decided_at"])
    hashes = combined(evaluation.findings_sha256 for evaluation in evaluations)
    _record(cycle, by, action="oversight.cycle.decided", details={"sha256": hashes})
    return cycle


@transaction.atomic
def lock_cycle(*, cycle: EvaluationCycle, by: Actor) -> EvaluationCycle:
    """Close a decided cycle for good, once every appeal is answered and the days for appeals are over. Raises CycleNotReady."""
    cycle = _locked(cycle, by, State.DECIDED)
    if Appeal.objects.filter(evaluation__cycle=cycle, state=Appeal.State.OPEN).exists():
        raise CycleNotReady(reason=_("an appeal is not answered yet"))
    if clock.today() < appeals_end(cycle):
        raise CycleNotReady(reason=_("units may still appeal"))
    cycle.state, cycle.locked_at = State.LOCKED, clock.now()
    cycle.save(update_fields=["state", "locked_at"])
    _record(cycle, by, action="oversight.cycle.locked", details={})
    return cycle


def appeals_end(cycle: EvaluationCycle) -> date:
    """Return the day from which a decided cycle may be locked."""
    decided = cycle.decided_at or clock.now()
    return decided.astimezone(clock.VIETNAM).date() + timedelta(days=cycle.appeal_days)


def _check(facts: CycleFacts) -> None:
    if facts.place.level == Place.Level.COMMUNE:
        raise UnfitCycle(field="place", reason=_("a province or the nation evaluates its units"))
    if facts.first_day < CAMPAIGN_BEGAN or facts.last_day < facts.first_day:
        raise UnfitCycle(field="first_day", reason=_("the days are the wrong way round or too early"))
    if (facts.last_day - facts.first_day).days >= LONGEST_DAYS:
        raise UnfitCycle(field="last_day", reason=_("the period is too long"))
    if not 0 <= facts.files_each <= MOST_FILES:
        raise UnfitCycle(field="files_each", reason=_("numbers go from 0 to {most}").format(most=MOST_FILES))
    if not 0 <= facts.appeal_days <= MOST_APPEAL_DAYS:
        reason = _("numbers go from 0 to {most}").format(most=MOST_APPEAL_DAYS)
        raise UnfitCycle(field="appeal_days", reason=reason)


def _locked(cycle: EvaluationCycle, by: Actor, state: State) -> EvaluationCycle:
    """Return the cycle, locked, if the actor runs it and it is in the state from which the step goes."""
    require(by, Permission.EVALUATION_RUN, cycle.place)
    row = EvaluationCycle.objects.select_for_update(of=("self",)).select_related("place").get(id=cycle.id)
    if row.state != state:
        raise CycleNotReady(reason=row.get_state_display())
    return row


def _files(cycle: EvaluationCycle, by: Actor, moment: datetime) -> dict[str, list[str]]:
    """Return the files that can be drawn, by unit; a province's are those of its communes."""
    communes = list(places.communes_within([cycle.place_id]))
    known = files_known_at(by, communes, (cycle.first_day, cycle.last_day), moment)
    if cycle.level == Place.Level.COMMUNE:
        return known
    found: dict[str, list[str]] = defaultdict(list)
    parents = {row.code: row.parent_id or "" for row in places.communes_below([cycle.place_id])}
    for commune, files in known.items():
        found[parents[commune]] += files
    return found


def _file(evaluation: Evaluation, number: int, file: str) -> FileReview:
    commune, day, root = file.split(" ")
    return FileReview(
        evaluation=evaluation, unit_id=evaluation.unit_id, number=number, commune=commune,
        day=date.fromisoformat(day), root_id=UUID(root),
    )  # fmt: skip


def _findings(evaluation: Evaluation, verdicts: list[str]) -> dict[str, object]:
    passed = sum(verdict == FileReview.Verdict.IN_ORDER for verdict in verdicts)
    visit = None
    if evaluation.visited_on is not None:
        visit = {"day": evaluation.visited_on.isoformat(), "marks": evaluation.visit_marks}
    return {
        "files": {"reviewed": len(verdicts), "passed": passed},
        "visit": visit,
        "snapshot": evaluation.snapshot_sha256,
    }


def _record(cycle: EvaluationCycle, by: Actor, *, action: str, details: dict[str, object]) -> None:
    audit.record(
        chain=cycle.place_id,
        actor=str(by),
        action=action,
        subject=f"cycle:{cycle.id}",
        details=details,
    )
