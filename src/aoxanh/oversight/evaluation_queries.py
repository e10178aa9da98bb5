"""Reads of evaluation cycles, always scoped, and the grade computed again from what was frozen."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from aoxanh.oversight.evaluation_errors import SnapshotTampered
from aoxanh.oversight.grading.documents import TamperedDocument, opened
from aoxanh.oversight.grading.drawing_lots import combined, commitment_of, seed_of
from aoxanh.oversight.grading.grade import Grade, Granted, grade
from aoxanh.oversight.models import Appeal, Evaluation, EvaluationCycle, FileReview
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import TABLE, Permission, may, places_reached
from aoxanh.places.models import Place


@dataclass(frozen=True, slots=True)
class Proof:
    """What makes the draw of a cycle checkable once it took place: each part, and whether all of them fit."""

    secret: str
    commitment: str
    frozen_sha256: str
    seed: str
    holds: bool


def cycles_visible_to(actor: Actor) -> QuerySet[EvaluationCycle]:
    """Return the cycles that the actor runs or in which a unit of theirs is evaluated, the latest first."""
    mine = evaluations_visible_to(actor).filter(cycle=OuterRef("pk"))
    return EvaluationCycle.objects.filter(Exists(mine)).select_related("place__parent").defer("secret")


def cycle_visible_to(actor: Actor, cycle_id: UUID) -> EvaluationCycle | None:
    """Return one cycle, or None where there is none that the actor may see."""
    return cycles_visible_to(actor).filter(id=cycle_id).first()


def evaluations_visible_to(actor: Actor) -> QuerySet[Evaluation]:
    """Return the evaluations of units that lie in the actor's places, in Vietnamese order; nothing when in doubt."""
    reached = places_reached(actor, Permission.EVALUATION_READ)
    rows = Evaluation.objects.select_related("unit__parent", "cycle__place")
    if reached is not None:
        rows = rows.filter(Q(unit__in=reached) | Q(unit__parent__in=reached))
    return rows.order_by("unit__sort_key")


def evaluation_visible_to(actor: Actor, cycle_id: UUID, unit: str) -> Evaluation | None:
    """Return one unit's evaluation, or None where there is none that the actor may see."""
    return evaluations_visible_to(actor).filter(cycle=cycle_id, unit=unit).first()


def runs(actor: Actor, cycle: EvaluationCycle) -> bool:
    """Tell whether the actor runs the cycle."""
    return may(actor, Permission.EVALUATION_RUN, cycle.place)


def speaks_for(actor: Actor, unit: Place) -> bool:
    """Tell whether the actor speaks for the unit itself: a role at exactly that place, not one above it."""
    return any(
        grant.place_code == unit.code and TABLE.get((Permission.EVALUATION_SCORE, grant.role)) == "place"
        for grant in actor.grants
    )


def places_run_by(actor: Actor) -> list[str]:
    """Return the codes of the places whose units the actor may evaluate; "VN" for the nation's provinces."""
    reached = places_reached(actor, Permission.EVALUATION_RUN)
    return ["VN"] if reached is None else [code for code in reached if len(code) == len("08")]


def files_to_review(actor: Actor, cycle: EvaluationCycle) -> QuerySet[FileReview]:
    """Return the drawn files of a cycle in their shuffled order, for those who run it."""
    rows = FileReview.objects.filter(evaluation__cycle=cycle).order_by("number")
    return rows if runs(actor, cycle) else rows.none()


def appeals_of(evaluation: Evaluation) -> list[Appeal]:
    """Return the appeals of an evaluation that the caller was shown, the oldest first."""
    return list(evaluation.appeals.order_by("made_at", "id"))


def snapshot_of(evaluation: Evaluation) -> dict[str, Any] | None:
    """Return what was frozen of a unit, or None before. Raises SnapshotTampered when its hash does not fit."""
    return _opened(evaluation.snapshot, evaluation.snapshot_sha256)


def findings_of(evaluation: Evaluation) -> dict[str, Any] | None:
    """Return what the decision sealed, or None before. Raises SnapshotTampered when its hash does not fit."""
    return _opened(evaluation.findings, evaluation.findings_sha256)


def recomputed(evaluation: Evaluation) -> Grade | None:
    """Compute the grade again from the frozen texts and the granted appeals alone; None before the decision.

    Raises SnapshotTampered when a text does not have the hash it was frozen with.
    """
    snapshot, findings = snapshot_of(evaluation), findings_of(evaluation)
    if snapshot is None or findings is None:
        return None
    return grade(snapshot, findings, granted_of(evaluation))


def granted_of(evaluation: Evaluation) -> list[Granted]:
    """Return the granted appeals in the order in which they were answered."""
    rows = evaluation.appeals.filter(state=Appeal.State.GRANTED).order_by("answered_at", "id")
    return [Granted(row.criterion, str(row.points_after)) for row in rows]


def proof_of(cycle: EvaluationCycle) -> Proof | None:
    """Return what makes the draw checkable, or None before the draw: until then the secret stays one."""
    if not cycle.seed:
        return None
    hashes = list(cycle.evaluations.values_list("snapshot_sha256", flat=True))
    # Whoever sees only their own unit cannot add up all hashes; for them the rest is still checked.
    is_whole = cycle.frozen_sha256 == combined(hashes)
    fits = commitment_of(cycle.secret) == cycle.commitment
    return Proof(
        cycle.secret,
        cycle.commitment,
        cycle.frozen_sha256,
        cycle.seed,
        fits and seed_of(cycle.secret, cycle.frozen_sha256) == cycle.seed and (is_whole or len(hashes) == 1),
    )


def points(value: Decimal | None) -> Decimal | None:
    """Return points as they are stored: two places."""
    return None if value is None else value.quantize(Decimal("0.01"))


def _opened(text: str, sha256: str) -> dict[str, Any] | None:
    if not sha256:
        return None
    try:
        return opened(text, sha256)
    except TamperedDocument:
        raise SnapshotTampered from None
