"""The rollup: equal to the raw rows, whatever the order and lateness of deliveries."""

from typing import Any

from django.forms.models import model_to_dict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aoxanh.desk.actions import receive_batch
from aoxanh.desk.models import DailyFigure, DirtyDay, Handover, SupportSession
from aoxanh.desk.rollup import MEASURES, recompute_dirty_days
from aoxanh.desk.sync import merge
from aoxanh.kernel.ids import uuid7
from aoxanh.kernel.scope import whole_nation
from tests.conftest import Cast
from tests.desk.record_examples import a_batch, a_correction, a_record, decoded

DEVICE = uuid7()


def hand_in(cast: Cast, *records: Any) -> None:
    receive_batch(body=a_batch(*records), device_id=DEVICE, by=cast.actor("lan"))


def roll_up() -> DailyFigure:
    while recompute_dirty_days():
        pass
    with whole_nation():
        return DailyFigure.objects.get()


def test_every_measure_is_a_column_and_every_column_a_measure() -> None:
    keys = {"pk", "commune_code", "day", "team_id", "computed_at"}
    assert set(MEASURES) == {field.name for field in DailyFigure._meta.get_fields()} - keys


def test_sessions_are_counted_by_group_mode_outcome_and_obstacle(cast: Cast) -> None:
    hand_in(
        cast,
        a_record(seq=1),
        a_record(
            seq=2,
            procedure="2.000815",
            mode="home",
            obstacle="papers",
            outcome="come_back",
            age_band="old",
            language="hmn",
        ),
        a_record(seq=3, activity="vneid", procedure=None, procedure_version=None, refused=["otp"]),
        a_record(seq=4, activity="digitise", procedure=None, procedure_version=None, quantity=40),
    )
    figure = roll_up()
    assert (figure.sessions, figure.group_ho_tich, figure.group_chung_thuc, figure.group_vneid) == (
        3,
        1,
        1,
        1,
    )
    assert (figure.mode_desk, figure.mode_home, figure.outcome_come_back, figure.obstacle_papers) == (
        2,
        1,
        1,
        1,
    )
    assert (
        figure.files_digitise,
        figure.refusals,
        figure.other_language,
        figure.old_age,
        figure.volunteers,
    ) == (40, 1, 1, 1, 1)
    assert figure.minutes == 48


def test_corrections_replace_and_withdrawals_remove(cast: Cast) -> None:
    first, second = a_record(seq=1), a_record(seq=2)
    hand_in(cast, first, second)
    hand_in(cast, a_correction(first, mode="home"), a_correction(second, withdrawn=True))
    figure = roll_up()
    assert (figure.sessions, figure.mode_home, figure.mode_desk) == (1, 1, 0)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.integers(0, 600), min_size=1, max_size=6), st.randoms())
def test_any_order_and_lateness_gives_the_same_figures(cast: Cast, minutes: list[int], random) -> None:
    with whole_nation():
        SupportSession.objects.all().delete()
        DailyFigure.objects.all().delete()
    history = [a_record(seq=number + 1, minutes=value) for number, value in enumerate(minutes)]
    history += [
        a_correction(record, minutes=random.randint(0, 600), withdrawn=random.random() < 0.3)
        for record in history
        if random.random() < 0.6
    ]
    expected = merge.effective([decoded(record) for record in history])
    deliveries = history + random.sample(history, len(history) // 2)
    random.shuffle(deliveries)
    for record in deliveries:
        hand_in(cast, record)
        if random.random() < 0.5:
            recompute_dirty_days()
    while recompute_dirty_days():
        pass
    with whole_nation():
        figures = list(DailyFigure.objects.all())
    assert sum(figure.sessions for figure in figures) == len(expected)
    assert sum(figure.minutes for figure in figures) == sum(record.minutes for record in expected.values())


def test_recomputing_again_changes_nothing(cast: Cast) -> None:
    record = a_record()
    hand_in(cast, record)
    before = model_to_dict(roll_up(), exclude=["computed_at"])
    DirtyDay.objects.create(commune_code=record["commune"], day=record["day"])
    assert model_to_dict(roll_up(), exclude=["computed_at"]) == before


def test_a_hand_over_waits_for_an_official_until_it_is_taken_back(cast: Cast) -> None:
    record = a_record(outcome="handed_over", handover_reason="police", return_code="ABC234")
    hand_in(cast, record)
    roll_up()
    with whole_nation():
        handover = Handover.objects.get()
        assert (handover.state, handover.reason, handover.return_code) == ("waiting", "police", "ABC234")
    hand_in(cast, a_correction(record, outcome="finished", handover_reason=""))
    roll_up()
    with whole_nation():
        assert Handover.objects.get().state == "withdrawn"


def test_a_corrected_hand_over_shows_its_new_reason_while_it_waits(cast: Cast) -> None:
    record = a_record(outcome="handed_over", handover_reason="police")
    hand_in(cast, record)
    roll_up()
    hand_in(cast, a_correction(record, handover_reason="identity"))
    roll_up()
    with whole_nation():
        assert (Handover.objects.get().state, Handover.objects.get().reason) == ("waiting", "identity")


def test_a_settled_hand_over_is_never_reopened_by_the_rollup(cast: Cast) -> None:
    from aoxanh.desk.actions import settle_handover

    record = a_record(outcome="handed_over", handover_reason="police")
    hand_in(cast, record)
    roll_up()
    with whole_nation():
        settle_handover(handover=Handover.objects.get(), by=cast.actor("ha"))
    hand_in(cast, a_correction(record, minutes=20))
    roll_up()
    with whole_nation():
        assert Handover.objects.get().state == "settled"
