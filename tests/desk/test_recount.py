"""Days that were counted before answers were: marked once, counted anew, and then left alone."""

from datetime import datetime, timedelta

import pytest
from django.db import connection

from aoxanh.desk.actions import receive_batch
from aoxanh.desk.models import DailyFigure, DirtyDay
from aoxanh.desk.recount import mark_days_before_the_ledger
from aoxanh.desk.rollup import recompute_dirty_days
from aoxanh.kernel import clock
from aoxanh.kernel.ids import uuid7
from aoxanh.kernel.scope import whole_nation
from tests.conftest import Cast
from tests.desk.record_examples import a_batch, a_record


def counted_before_the_ledger(cast: Cast, *, hours_after: float = -1) -> None:
    """Count one session with a code as a version without the ledger would have."""
    receive_batch(body=a_batch(a_record(return_code="ABC234")), device_id=uuid7(), by=cast.actor("lan"))
    recompute_dirty_days()
    with whole_nation():
        DailyFigure.objects.update(asked=0, computed_at=came() + timedelta(hours=hours_after))


def came() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT applied FROM django_migrations WHERE app = 'desk' AND name = '0006_ledger'")
        applied: datetime = cursor.fetchone()[0]
    return applied


def asked() -> list[int]:
    with whole_nation():
        return list(DailyFigure.objects.values_list("asked", flat=True))


@pytest.mark.parametrize("hours_after", [-1000, 2], ids=["long_before", "by_the_old_worker"])
def test_a_day_counted_without_answers_is_counted_anew(cast: Cast, hours_after: float) -> None:
    counted_before_the_ledger(cast, hours_after=hours_after)
    assert mark_days_before_the_ledger() == 1
    recompute_dirty_days()
    assert asked() == [1]


def test_a_day_counted_since_is_left_alone(cast: Cast) -> None:
    counted_before_the_ledger(cast, hours_after=25)
    assert mark_days_before_the_ledger() == 0
    assert not DirtyDay.objects.exists()


def test_what_phones_hand_in_is_counted_before_old_days(cast: Cast) -> None:
    counted_before_the_ledger(cast)
    mark_days_before_the_ledger()
    fresh = a_record(day=clock.today() - timedelta(days=3), seq=2)
    receive_batch(body=a_batch(fresh), device_id=uuid7(), by=cast.actor("lan"))
    assert recompute_dirty_days(limit=1) == 1
    assert [row.day for row in DirtyDay.objects.all()] == [clock.today()]


def test_marking_again_changes_nothing(cast: Cast) -> None:
    counted_before_the_ledger(cast)
    assert [mark_days_before_the_ledger() for _time in range(2)] == [1, 0]
