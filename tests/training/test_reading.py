"""How far somebody read: what several phones tell is merged, in whatever order and however often it comes."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aoxanh.kernel import clock
from aoxanh.training import actions
from aoxanh.training import attempt_queries as queries
from aoxanh.training.actions import Read
from aoxanh.training.models import Reading
from tests.cast import volunteer_id
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
START = datetime(2026, 6, 1, tzinfo=UTC)
PLACES = [("vneid", "codes"), ("vneid", "scams"), ("ai", "checking")]
moments = st.integers(0, 100).map(lambda minutes: START + timedelta(minutes=minutes))
reads = st.builds(
    lambda place, part, seen, read, version: Read(*place, part, seen, read, version if read else ""),
    st.sampled_from(PLACES),
    st.integers(0, 9),
    moments,
    st.none() | moments,
    st.sampled_from(["a" * 64, "b" * 64]),
)


def state() -> list[tuple[object, ...]]:
    rows = queries.readings_of(volunteer_id("lan"))
    return list(rows.values_list("course", "module", "part", "seen_at", "read_at", "version"))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=st.lists(reads, max_size=8), data=st.data())
def test_order_repetition_and_batching_change_nothing(
    cast: Cast, told: list[Read], data: st.DataObject
) -> None:
    by = cast.actor("lan")
    Reading.objects.all().delete()
    actions.keep_reading(reads=told, by=by)
    at_once = state()
    Reading.objects.all().delete()
    for read in data.draw(st.permutations([*told, *told])):
        actions.keep_reading(reads=[read], by=by)
    assert state() == at_once
    assert actions.keep_reading(reads=told, by=by) == 0


def test_the_furthest_part_and_the_latest_time_win(cast: Cast) -> None:
    by, later = cast.actor("lan"), START + timedelta(hours=1)
    actions.keep_reading(reads=[Read("vneid", "codes", 3, START, START, "a" * 64)], by=by)
    actions.keep_reading(reads=[Read("vneid", "codes", 1, later)], by=by)
    assert state() == [("vneid", "codes", 3, later, START, "a" * 64)]


def test_a_clock_that_is_ahead_counts_as_now(cast: Cast) -> None:
    ahead = clock.now() + timedelta(days=40)
    actions.keep_reading(reads=[Read("vneid", "codes", 0, ahead, ahead)], by=cast.actor("lan"))
    row = Reading.objects.get()
    assert row.read_at is not None
    assert max(row.seen_at, row.read_at) <= clock.now()


def test_a_module_that_is_not_there_is_passed_over(cast: Cast) -> None:
    assert actions.keep_reading(reads=[Read("vneid", "nothing", 0, START)], by=cast.actor("lan")) == 0
    assert not Reading.objects.exists()
