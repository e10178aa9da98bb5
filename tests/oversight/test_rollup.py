"""Province days: they follow the desk's rollup, and two rollups in one province lose nothing of each other."""

import threading
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django.plugin import DjangoDbBlocker

from aoxanh.desk.actions import receive_batch
from aoxanh.desk.models import DailyFigure
from aoxanh.desk.rollup import recompute_dirty_days
from aoxanh.kernel.ids import uuid7
from aoxanh.kernel.scope import whole_nation
from aoxanh.oversight.models import ProvinceDay
from aoxanh.oversight.rollup import add_up_provinces, rebuild_provinces
from aoxanh.places.actions import change_place
from aoxanh.places.models import Place
from aoxanh.places.seed import Change
from tests.cast import LUNG_CU, TUYEN_QUANG
from tests.conftest import Cast
from tests.desk.record_examples import a_batch, a_correction, a_record

NEIGHBOUR = "00721"
DAY = date(2026, 2, 2)


def province_sessions() -> int:
    with whole_nation():
        return sum(ProvinceDay.objects.filter(province_code=TUYEN_QUANG).values_list("sessions", flat=True))


def test_a_synced_session_reaches_the_province_in_the_same_rollup(cast: Cast) -> None:
    record = a_record(seq=1)
    device = uuid7()
    receive_batch(body=a_batch(record), device_id=device, by=cast.actor("lan"))
    recompute_dirty_days()
    assert province_sessions() == 1
    receive_batch(body=a_batch(a_correction(record, withdrawn=True)), device_id=device, by=cast.actor("lan"))
    recompute_dirty_days()
    assert province_sessions() == 0


def test_rebuilding_gives_what_following_gave(cast: Cast) -> None:
    with whole_nation():
        for commune in (LUNG_CU, NEIGHBOUR):
            DailyFigure.objects.create(commune_code=commune, day=DAY, team_id=uuid4(), sessions=4, minutes=9)
        add_up_provinces([(LUNG_CU, DAY)])
        followed = list(ProvinceDay.objects.values_list("province_code", "day", "sessions", "minutes"))
        rebuild_provinces()
        assert (
            list(ProvinceDay.objects.values_list("province_code", "day", "sessions", "minutes")) == followed
        )
        assert followed == [(TUYEN_QUANG, DAY, 8, 18)]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3), st.integers(0, 900)), min_size=1, max_size=12),
    st.lists(st.tuples(st.integers(0, 5), st.sampled_from(["01", "08", "40"])), max_size=6),
)
def test_totals_are_the_same_over_the_communes_and_provinces_of_any_day(
    db: None, work: list[tuple[int, int, int]], moves: list[tuple[int, str]]
) -> None:
    """A commune that moves to another province takes its past along; one that is renamed or changes kind changes nothing."""
    with whole_nation():
        DailyFigure.objects.all().delete()
        ProvinceDay.objects.all().delete()
        communes = list(Place.objects.filter(level="commune", parent__in=["01", "08"]).order_by("code"))[:6]
        for number, days, sessions in work:
            DailyFigure.objects.create(
                commune_code=communes[number].code,
                day=DAY + timedelta(days=days),
                team_id=uuid4(),
                sessions=sessions,
                minutes=2 * sessions,
            )
        rebuild_provinces()
        totals = day_totals()
        assert totals == day_totals(DailyFigure)
        for number, province in moves:
            code = communes[number].code
            Place.objects.filter(code=code).update(parent_id=province)
            version = Place.objects.get(code=code).versions.latest("valid_from")
            since = version.valid_from + timedelta(days=1)
            change = Change(code, since, "phuong", f"{communes[number].name} Mới", "NQ 1/2026")
            change_place(change=change, by="system:test")
            rebuild_provinces()
            assert day_totals() == totals
            assert day_totals(DailyFigure) == totals
        assert {row.province_code for row in ProvinceDay.objects.all()} == {
            Place.objects.get(code=code).parent_id
            for code in DailyFigure.objects.values_list("commune_code", flat=True)
        }


def day_totals(model: Any = ProvinceDay) -> dict[date, tuple[int, int]]:
    rows = model.objects.values_list("day").annotate(Sum("sessions"), Sum("minutes"))
    return {day: (sessions, minutes) for day, sessions, minutes in rows}


@pytest.fixture
def committed(django_db_blocker: DjangoDbBlocker, owner_sql: Callable[..., Any]) -> Iterator[None]:
    """Let threads of the test commit, and clean up after them."""
    with django_db_blocker.unblock():
        yield
    owner_sql("SELECT set_config('aoxanh.reach', 'nation', false)")
    owner_sql("DELETE FROM desk_dailyfigure WHERE day = %s", DAY)
    owner_sql("DELETE FROM oversight_provinceday WHERE day = %s", DAY)


@pytest.mark.usefixtures("committed")
def test_two_rollups_at_once_in_one_province_both_count(owner_sql: Callable[..., list[Any]]) -> None:
    first_has_added, second_may_be_waiting = threading.Event(), threading.Event()

    def roll_up(commune: str, *, waits: bool) -> None:
        with whole_nation():
            DailyFigure.objects.create(commune_code=commune, day=DAY, team_id=uuid4(), sessions=5)
            if not waits:
                first_has_added.wait(20)
            add_up_provinces([(commune, DAY)])
            first_has_added.set()
            if waits:
                second_may_be_waiting.wait(1)
        connection.close()

    threads = [
        threading.Thread(target=roll_up, args=(code,), kwargs={"waits": waits})
        for code, waits in ((LUNG_CU, True), (NEIGHBOUR, False))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    owner_sql("SELECT set_config('aoxanh.reach', 'nation', false)")
    assert owner_sql(
        "SELECT sessions FROM oversight_provinceday WHERE province_code = '08' AND day = %s", DAY
    ) == [(10,)]


def test_more_province_days_at_once_than_the_server_has_locks_are_added_up(cast: Cast) -> None:
    provinces = Place.objects.filter(level=Place.Level.PROVINCE).values_list("code", flat=True)
    communes = [Place.objects.filter(parent=code).values_list("code", flat=True)[0] for code in provinces]
    days = [DAY + timedelta(n) for n in range(600)]
    keys = [(commune, day) for commune in communes for day in days]
    with whole_nation():
        assert add_up_provinces(keys) == len(keys) == 34 * 600
