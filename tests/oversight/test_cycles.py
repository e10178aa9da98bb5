"""An evaluation from opening to lock: who may take which step, what is frozen, how the draw is proved, how a grade changes."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from aoxanh.audit.models import AuditEntry
from aoxanh.desk.actions import receive_batch
from aoxanh.desk.models import DailyFigure, WorkCheck
from aoxanh.desk.rollup import recompute_dirty_days
from aoxanh.kernel import clock
from aoxanh.kernel.errors import DomainError
from aoxanh.kernel.ids import uuid7
from aoxanh.kernel.scope import whole_nation
from aoxanh.oversight import evaluation_queries as queries
from aoxanh.oversight.actions import cycles
from aoxanh.oversight.actions import evaluations as units
from aoxanh.oversight.actions.cycles import CycleFacts
from aoxanh.oversight.actions.targets import TargetFacts, set_target
from aoxanh.oversight.evaluation_errors import CycleNotReady, SnapshotTampered, UnfitCycle, UnfitScore
from aoxanh.oversight.grading.drawing_lots import commitment_of, drawn, seed_of
from aoxanh.oversight.grading.rubric import newest
from aoxanh.oversight.models import Evaluation, EvaluationCycle, FileReview
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.places.models import Place
from tests.cast import BA_DINH, LAN_TEAM, LUNG_CU, TUYEN_QUANG
from tests.conftest import Cast
from tests.desk.record_examples import a_batch, a_record
from tests.oversight.rows import work

SCORES = {criterion.key: 70 for criterion in newest().scored}
MARKS = dict.fromkeys(newest().visit_items, 8)


@pytest.fixture(autouse=True)
def nation(cast: Cast) -> object:
    """Everything below runs within the nation's reach; the filters are what is tried."""
    with whole_nation():
        yield


def last_week() -> tuple[date, date]:
    yesterday = clock.today() - timedelta(days=1)
    return yesterday - timedelta(days=6), yesterday


def opened(cast: Cast, **changes: object) -> EvaluationCycle:
    first, last = last_week()
    facts = {"first_day": first, "last_day": last, "files_each": 5, "appeal_days": 0, **changes}
    place = Place.objects.get(code=TUYEN_QUANG)
    return cycles.open_cycle(facts=CycleFacts(place=place, **facts), by=cast.actor("duc"))  # type: ignore[arg-type]


def recorded(cast: Cast, count: int) -> None:
    """Lan helps people in the week, and the rollup has counted it."""
    day = last_week()[1]
    moment = clock.milliseconds(clock.now() - timedelta(days=1))
    records = [a_record(day=day.isoformat(), captured_at=moment) for _each in range(count)]
    receipt = receive_batch(body=a_batch(*records), device_id=uuid7(), by=cast.actor("lan"))
    assert {answer.status for answer in receipt.answers} == {"accepted"}


def lung_cu(cycle: EvaluationCycle) -> Evaluation:
    return Evaluation.objects.select_related("unit", "cycle__place").get(cycle=cycle, unit=LUNG_CU)


def decided(cast: Cast, *, sessions: int = 60) -> EvaluationCycle:
    """Return a cycle of last week with Lũng Cú's work, self-score, review and visit, decided."""
    duc, day = cast.actor("duc"), last_week()[1]
    work(LUNG_CU, day, LAN_TEAM, sessions, outcome_finished=sessions // 2, outcome_come_back=sessions // 2)
    recorded(cast, 8)
    cycle = opened(cast)
    units.score_unit(evaluation=lung_cu(cycle), scores=SCORES, note="", by=cast.actor("son"))
    cycle = cycles.draw_files(cycle=cycles.freeze_cycle(cycle=cycle, by=duc), by=duc)
    for file in queries.files_to_review(duc, cycle):
        units.review_file(file=file, verdict="in_order", remark="", by=duc)
    units.note_visit(evaluation=lung_cu(cycle), day=day, marks=MARKS, note="", by=duc)
    return cycles.decide_cycle(cycle=cycle, by=duc)


def test_a_whole_cycle_ends_in_a_grade_that_anybody_can_compute_again(cast: Cast) -> None:
    cycle = decided(cast)
    evaluation = lung_cu(cycle)
    found = queries.recomputed(evaluation)
    assert found is not None
    assert evaluation.points is not None
    assert (found.points, found.band) == (evaluation.points, evaluation.band)
    cycle = cycles.lock_cycle(cycle=cycle, by=cast.actor("duc"))
    assert cycle.state == "locked"
    actions = set(AuditEntry.objects.filter(chain=TUYEN_QUANG).values_list("action", flat=True))
    assert {f"oversight.cycle.{verb}" for verb in ("opened", "frozen", "drawn", "decided", "locked")} <= actions  # fmt: skip


def test_a_unit_without_work_gets_no_grade_rather_than_a_bad_one(cast: Cast) -> None:
    cycle = decided(cast)
    idle = Evaluation.objects.filter(cycle=cycle).exclude(unit=LUNG_CU).select_related("unit", "cycle")[0]
    assert (idle.points, idle.band) == (None, "")


def test_what_is_frozen_stays_when_work_and_targets_come_later(cast: Cast) -> None:
    cycle = decided(cast)
    before = lung_cu(cycle)
    first, last = last_week()
    work(LUNG_CU, first, LAN_TEAM, 500, outcome_finished=500)
    nation = Place.objects.get(code="VN")
    target = TargetFacts("finished_share", nation, "", first, last, Decimal("0.99"), "nâng mức")
    set_target(facts=target, by=cast.actor("an"))
    after = lung_cu(cycle)
    assert (after.snapshot, after.points) == (before.snapshot, before.points)
    found = queries.recomputed(after)
    assert found is not None
    assert found.points == before.points


def test_a_target_that_holds_is_frozen_with_the_figures(cast: Cast) -> None:
    first, last = last_week()
    province = Place.objects.get(code=TUYEN_QUANG)
    facts = TargetFacts("finished_share", province, "border", first, last, Decimal("0.9"), "xã biên giới")
    set_target(facts=facts, by=cast.actor("duc"))
    frozen = cycles.freeze_cycle(cycle=opened(cast), by=cast.actor("duc"))
    snapshot = queries.snapshot_of(lung_cu(frozen))
    assert snapshot is not None
    assert snapshot["place_type"] == "border"
    assert snapshot["figures"]["finished_share"]["target"] == "0.900000"


def test_a_changed_letter_of_a_frozen_text_is_noticed(cast: Cast) -> None:
    evaluation = lung_cu(decided(cast))
    evaluation.snapshot = evaluation.snapshot.replace("border", "urban!")
    with pytest.raises(SnapshotTampered):
        queries.recomputed(evaluation)


def test_the_draw_follows_from_the_secret_committed_to_and_the_frozen_figures(cast: Cast) -> None:
    duc = cast.actor("duc")
    recorded(cast, 20)
    cycle = opened(cast)
    assert queries.proof_of(cycle) is None
    cycle = cycles.freeze_cycle(cycle=cycle, by=duc)
    recorded(cast, 20)  # comes after the freezing, so it cannot be drawn
    cycle = cycles.draw_files(cycle=cycle, by=duc)
    proof = queries.proof_of(cycle)
    assert proof is not None
    assert proof.holds
    assert commitment_of(proof.secret) == cycle.commitment
    assert proof.seed == seed_of(proof.secret, cycle.frozen_sha256)
    files = cycles._files(cycle, duc, cycle.frozen_at or clock.now())[LUNG_CU]
    assert len(files) == 20
    got = {f"{file.commune} {file.day} {file.root_id}" for file in queries.files_to_review(duc, cycle)}
    assert got == set(drawn(proof.seed, LUNG_CU, files, 5))
    cycle.secret = "chosen later"
    again = queries.proof_of(cycle)
    assert again is not None
    assert not again.holds


def test_a_granted_appeal_is_the_way_a_grade_changes_and_tells_before_and_after(cast: Cast) -> None:
    cycle = decided(cast)
    before = lung_cu(cycle)
    made = units.appeal(evaluation=before, criterion="outside", reason="chợ phiên không được tính", by=cast.actor("son"))  # fmt: skip
    with pytest.raises(CycleNotReady):
        cycles.lock_cycle(cycle=cycle, by=cast.actor("duc"))
    row = units.answer_appeal(
        appeal=made, granted=True, points=Decimal("88.5"), answer="đúng là có", by=cast.actor("duc")
    )
    after = lung_cu(cycle)
    found = queries.recomputed(after)
    assert found is not None
    assert (row.grade_before, row.grade_after) == (before.points, after.points)
    assert after.points != before.points
    assert found.points == after.points
    assert (row.points_after, row.by_role, row.answered_by_role) == (Decimal("88.50"), "commune_secretary", "province_coordinator")  # fmt: skip
    with pytest.raises(CycleNotReady):
        units.answer_appeal(appeal=made, granted=False, points=None, answer="x", by=cast.actor("duc"))
    cycles.lock_cycle(cycle=cycle, by=cast.actor("duc"))


def test_a_declined_appeal_leaves_the_grade(cast: Cast) -> None:
    cycle = decided(cast)
    before = lung_cu(cycle)
    made = units.appeal(evaluation=before, criterion="files", reason="xem lại giúp", by=cast.actor("son"))
    units.answer_appeal(appeal=made, granted=False, points=None, answer="hồ sơ đúng như đã ghi", by=cast.actor("duc"))  # fmt: skip
    assert lung_cu(cycle).points == before.points


def test_figures_are_not_frozen_before_the_period_is_over(cast: Cast) -> None:
    cycle = opened(cast, last_day=clock.today())
    with pytest.raises(CycleNotReady):
        cycles.freeze_cycle(cycle=cycle, by=cast.actor("duc"))


def test_nothing_is_decided_while_a_file_waits(cast: Cast) -> None:
    duc = cast.actor("duc")
    recorded(cast, 3)
    cycle = cycles.draw_files(cycle=cycles.freeze_cycle(cycle=opened(cast), by=duc), by=duc)
    with pytest.raises(CycleNotReady):
        cycles.decide_cycle(cycle=cycle, by=duc)


def test_a_cycle_with_days_for_appeals_is_not_locked_before_they_are_over(cast: Cast) -> None:
    cycle = decided(cast)
    EvaluationCycle.objects.filter(id=cycle.id).update(appeal_days=1)
    with pytest.raises(CycleNotReady):
        cycles.lock_cycle(cycle=cycle, by=cast.actor("duc"))


def test_only_the_unit_itself_scores_itself_and_appeals(cast: Cast) -> None:
    cycle = decided(cast)
    evaluation = lung_cu(opened(cast, first_day=last_week()[0] - timedelta(days=1)))
    for name in ("duc", "an", "minh", "ha", "thu", "binh"):
        with pytest.raises(NotAllowed):
            units.score_unit(evaluation=evaluation, scores=SCORES, note="", by=cast.actor(name))
        with pytest.raises(NotAllowed):
            units.appeal(evaluation=lung_cu(cycle), criterion="files", reason="x", by=cast.actor(name))


@pytest.mark.parametrize("name", ["lan", "minh", "ha", "son", "thu", "binh"])
def test_only_the_province_and_the_centre_run_a_provinces_cycle(cast: Cast, name: str) -> None:
    cycle, by = opened(cast), cast.actor(name)
    for step in (cycles.freeze_cycle, cycles.draw_files, cycles.decide_cycle, cycles.lock_cycle):
        with pytest.raises(NotAllowed):
            step(cycle=cycle, by=by)
    with pytest.raises(NotAllowed):
        units.note_visit(evaluation=lung_cu(cycle), day=clock.today(), marks=MARKS, note="", by=by)


def test_a_province_does_not_run_the_nations_cycle_but_scores_itself_in_it(cast: Cast) -> None:
    first, last = last_week()
    facts = CycleFacts(Place.objects.get(code="VN"), first, last)
    with pytest.raises(NotAllowed):
        cycles.open_cycle(facts=facts, by=cast.actor("duc"))
    cycle = cycles.open_cycle(facts=facts, by=cast.actor("an"))
    assert cycle.evaluations.count() == 34
    mine = cycle.evaluations.select_related("unit", "cycle").get(unit=TUYEN_QUANG)
    units.score_unit(evaluation=mine, scores=SCORES, note="", by=cast.actor("duc"))
    other = cycle.evaluations.select_related("unit", "cycle").get(unit="01")
    with pytest.raises(NotAllowed):
        units.score_unit(evaluation=other, scores=SCORES, note="", by=cast.actor("duc"))
    work(LUNG_CU, last, LAN_TEAM, 60)
    cycles.freeze_cycle(cycle=cycle, by=cast.actor("an"))
    snapshot = queries.snapshot_of(Evaluation.objects.get(id=mine.id))
    assert snapshot is not None
    assert snapshot["counts"]["sessions"] == 60


@pytest.mark.parametrize("name", ["lan", "minh", "ha", "binh"])
def test_who_is_not_in_charge_sees_no_evaluation(cast: Cast, name: str) -> None:
    cycle = opened(cast)
    assert queries.cycle_visible_to(cast.actor(name), cycle.id) is None
    assert not queries.evaluations_visible_to(cast.actor(name)).exists()


def test_a_secretary_sees_their_own_unit_only(cast: Cast) -> None:
    cycle = opened(cast)
    seen = queries.evaluations_visible_to(cast.actor("son")).filter(cycle=cycle)
    assert [row.unit_id for row in seen] == [LUNG_CU]
    assert queries.evaluation_visible_to(cast.actor("son"), cycle.id, BA_DINH) is None


@pytest.mark.parametrize(
    "scores",
    [{}, {**SCORES, "files": 101}, {**SCORES, "files": -1}, {**SCORES, "more": 1}, {"files": 50}],
    ids=["none", "above", "below", "unknown", "missing"],
)
def test_a_self_score_that_cannot_be_is_refused(cast: Cast, scores: dict[str, int]) -> None:
    with pytest.raises(UnfitScore):
        units.score_unit(evaluation=lung_cu(opened(cast)), scores=scores, note="", by=cast.actor("son"))


def test_no_text_of_an_evaluation_holds_what_leads_to_a_citizen(cast: Cast) -> None:
    evaluation = lung_cu(opened(cast))
    with pytest.raises(DomainError) as refusal:
        units.score_unit(evaluation=evaluation, scores=SCORES, note="gọi 0912345678", by=cast.actor("son"))
    assert refusal.value.code == "personal_data"


def test_a_verdict_that_is_not_good_says_why(cast: Cast) -> None:
    duc = cast.actor("duc")
    recorded(cast, 2)
    cycle = cycles.draw_files(cycle=cycles.freeze_cycle(cycle=opened(cast), by=duc), by=duc)
    file = queries.files_to_review(duc, cycle)[0]
    for verdict, remark in (("wrong", ""), ("guess", "x"), ("wrong", "x" * 301)):
        with pytest.raises(UnfitScore):
            units.review_file(file=file, verdict=verdict, remark=remark, by=duc)
    units.review_file(file=file, verdict="doubtful", remark="60 phút cho một bản sao", by=duc)
    assert FileReview.objects.get(id=file.id).verdict == "doubtful"


def test_a_blind_review_counts_in_the_ledger_as_a_check_and_the_last_verdict_stands(cast: Cast) -> None:
    duc = cast.actor("duc")
    recorded(cast, 2)
    cycle = cycles.draw_files(cycle=cycles.freeze_cycle(cycle=opened(cast), by=duc), by=duc)
    first, second = queries.files_to_review(duc, cycle)
    units.review_file(file=first, verdict="wrong", remark="không có lượt này", by=duc)
    units.review_file(file=first, verdict="doubtful", remark="60 phút cho một bản sao", by=duc)
    units.review_file(file=second, verdict="in_order", remark="", by=duc)
    with whole_nation():
        found = {row.id: (row.kind, row.verdict, row.sample_id) for row in WorkCheck.objects.all()}
    assert found == {
        first.root_id: ("file", "unclear", cycle.id),
        second.root_id: ("file", "passed", cycle.id),
    }
    while recompute_dirty_days():
        pass
    with whole_nation():
        assert list(DailyFigure.objects.values_list("checked", "checks_passed", "checks_failed")) == [
            (2, 1, 0)
        ]


@pytest.mark.parametrize(
    "changes",
    [{"files_each": 51}, {"files_each": -1}, {"appeal_days": 61}, {"first_day": date(2025, 6, 30)}, {"last_day": date(2025, 7, 1)}],
    ids=["files", "negative", "appeals", "early", "backwards"],
)  # fmt: skip
def test_a_cycle_that_cannot_be_is_refused(cast: Cast, changes: dict[str, object]) -> None:
    with pytest.raises(UnfitCycle):
        opened(cast, **changes)


def test_a_period_is_evaluated_once(cast: Cast) -> None:
    opened(cast)
    with pytest.raises(UnfitCycle):
        opened(cast)


def test_an_actor_with_no_role_can_do_nothing(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        cycles.freeze_cycle(cycle=opened(cast), by=Actor(name="nobody"))
