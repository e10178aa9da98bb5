"""Whatever steps are tried in whatever order: what is frozen never changes, and the stored grade is the recomputed one."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from aoxanh.kernel import clock
from aoxanh.kernel.errors import DomainError
from aoxanh.kernel.scope import whole_nation
from aoxanh.oversight import evaluation_queries as queries
from aoxanh.oversight.actions import cycles
from aoxanh.oversight.actions import evaluations as units
from aoxanh.oversight.actions.cycles import CycleFacts
from aoxanh.oversight.grading.rubric import newest
from aoxanh.oversight.models import Appeal, Evaluation, EvaluationCycle
from aoxanh.places.models import Place
from tests.cast import LAN_TEAM, LUNG_CU, TUYEN_QUANG
from tests.conftest import Cast
from tests.oversight.rows import work

ORDER = ["open", "frozen", "drawn", "decided", "locked"]
REACHED: list[str] = []
POINTS = st.integers(0, 10_000).map(lambda cents: Decimal(cents).scaleb(-2))


def machine(cast: Cast) -> type[RuleBasedStateMachine]:  # noqa: C901 - one rule for each step
    """Return the machine that plays with one cycle of one commune; every example is taken back."""
    duc, son = cast.actor("duc"), cast.actor("son")

    class Cycle(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.reach = whole_nation()
            self.reach.__enter__()
            self.day = clock.today() - timedelta(days=1)
            work(LUNG_CU, self.day, LAN_TEAM, 60, outcome_finished=41, outcome_come_back=19, mode_home=7)
            facts = CycleFacts(Place.objects.get(code=TUYEN_QUANG), self.day, self.day, 3, 0)
            self.id = cycles.open_cycle(facts=facts, by=duc).id
            self.frozen: dict[str, str] = {}
            self.state = "open"
            self.late = 0

        def teardown(self) -> None:
            REACHED.append(self.state)
            transaction.set_rollback(True)
            self.reach.__exit__(None, None, None)

        @property
        def cycle(self) -> EvaluationCycle:
            return EvaluationCycle.objects.select_related("place").get(id=self.id)

        @property
        def unit(self) -> Evaluation:
            return Evaluation.objects.select_related("unit", "cycle__place").get(cycle=self.id, unit=LUNG_CU)

        def tried(self, step: Any, **arguments: Any) -> None:
            try:
                with transaction.atomic():
                    step(**arguments)
            except DomainError:
                pass

        @rule(step=st.sampled_from([cycles.freeze_cycle, cycles.draw_files, cycles.decide_cycle, cycles.lock_cycle]))  # fmt: skip
        def moves(self, step: Any) -> None:
            self.tried(step, cycle=self.cycle, by=duc)

        @rule(score=st.integers(0, 100))
        def scores(self, score: int) -> None:
            told = {criterion.key: score for criterion in newest().scored}
            self.tried(units.score_unit, evaluation=self.unit, scores=told, note="", by=son)

        @rule(mark=st.integers(0, 10))
        def visits(self, mark: int) -> None:
            marks = dict.fromkeys(newest().visit_items, mark)
            self.tried(units.note_visit, evaluation=self.unit, day=self.day, marks=marks, note="", by=duc)

        @rule(criterion=st.sampled_from([criterion.key for criterion in newest().criteria]))
        def appeals(self, criterion: str) -> None:
            self.tried(units.appeal, evaluation=self.unit, criterion=criterion, reason="xem lại", by=son)

        @rule(granted=st.booleans(), points=POINTS)
        def answers(self, granted: bool, points: Decimal) -> None:
            for row in Appeal.objects.filter(evaluation__cycle=self.id, state="open")[:1]:
                self.tried(
                    units.answer_appeal, appeal=row, granted=granted, points=points, answer="x", by=duc
                )

        @rule(count=st.integers(1, 900))
        def work_comes_late(self, count: int) -> None:
            self.late += 1
            work(LUNG_CU, self.day - timedelta(days=self.late), LAN_TEAM, count)

        @invariant()
        def the_cycle_never_goes_back(self) -> None:
            state = self.cycle.state
            assert ORDER.index(state) - ORDER.index(self.state) in (0, 1)
            self.state = state

        @invariant()
        def what_is_frozen_stays(self) -> None:
            rows = Evaluation.objects.filter(cycle=self.id).exclude(snapshot="")
            now = {row.unit_id: row.snapshot + row.snapshot_sha256 for row in rows}
            assert bool(now) == (self.state != "open")
            assert not self.frozen or now == self.frozen
            self.frozen = now

        @invariant()
        def the_stored_grade_is_the_recomputed_one(self) -> None:
            unit = self.unit
            found = queries.recomputed(unit)
            if found is None:
                assert (unit.points, unit.band) == (None, "")
            else:
                assert (unit.points, unit.band) == (found.points, found.band)
                answered = unit.appeals.filter(state="granted").order_by("-answered_at").first()
                assert answered is None or answered.grade_after == unit.points

    return Cycle


def test_no_path_changes_what_is_frozen_and_every_grade_can_be_recomputed(cast: Cast) -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        machine(cast),
        settings=settings(
            max_examples=12, stateful_step_count=20, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
    # A walk that never comes to a grade would prove nothing.
    assert {"decided", "locked"} & set(REACHED)
