"""The rollup cannot drift: any order, lateness, repetition, crash and concurrency gives what counting by hand gives."""

import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aoxanh.desk.actions import receive_batch
from aoxanh.desk.events import days_recomputed
from aoxanh.desk.models import DailyFigure, DirtyDay, Handover, SupportSession
from aoxanh.desk.rollup import recompute_dirty_days
from aoxanh.desk.vocabulary import AgeBand, Mode, Obstacle
from aoxanh.kernel import clock
from aoxanh.kernel.ids import uuid7
from aoxanh.kernel.scope import whole_nation
from aoxanh.oversight.models import ProvinceDay
from aoxanh.procedures.models import Procedure
from tests.cast import BA_DINH, BINH_TEAM, LAN_TEAM, LUNG_CU
from tests.conftest import Cast
from tests.desk.figures_by_hand import by_hand, provinces_of, provinces_stored, stored
from tests.desk.record_examples import a_batch, a_correction, a_record, decoded

WHERE = {"lan": (LUNG_CU, LAN_TEAM), "minh": (LUNG_CU, LAN_TEAM), "binh": (BA_DINH, BINH_TEAM)}
DEVICES = {name: uuid7() for name in WHERE}
Told = tuple[str, dict[str, Any]]


class Crash(Exception):
    """What stands for a process that dies before it commits."""


def some_work(chance: random.Random, size: int) -> list[Told]:
    """Return sessions, corrections, rival corrections and withdrawals of three people over two provinces and three days."""
    procedures = list(Procedure.objects.order_by("code").values_list("code", flat=True)[:20])
    told: list[Told] = []
    for number in range(1, size + 1):
        name = chance.choice(list(WHERE))
        commune, team = WHERE[name]
        activity = chance.choice(
            ["procedure", "procedure", "vneid", "digitise", "id_sync", "outreach", "class"]
        )
        record = a_record(
            seq=number,
            commune=commune,
            team=team,
            day=clock.today() - timedelta(days=chance.randrange(3)),
            activity=activity,
            procedure=chance.choice(procedures) if activity == "procedure" else None,
            procedure_version=1 if activity == "procedure" else None,
            minutes=chance.randrange(600),
            quantity=chance.randrange(1, 500) if activity not in ("procedure", "vneid") else 1,
            mode=chance.choice(Mode.values),
            obstacle=chance.choice(Obstacle.values),
            age_band=chance.choice(AgeBand.values),
            language=chance.choice(["vie", "hmn"]),
            refused=chance.choice([[], ["otp"]]),
            outcome=chance.choice(["finished", "guided", "stopped"]),
        )
        told.append((name, record))
        for _ in range(chance.choice([0, 0, 1, 2])):
            record = a_correction(
                chance.choice([record, told[-1][1]]),
                minutes=chance.randrange(600),
                withdrawn=chance.random() < 0.3,
            )
            told.append((name, record))
    return told


def batches(chance: random.Random, told: list[Told]) -> list[list[Told]]:
    """Return the work shuffled, some of it twice, cut into one sender's batches of any size."""
    late = told + chance.sample(told, len(told) // 2)
    chance.shuffle(late)
    cut: list[list[Told]] = []
    for one in late:
        if cut and cut[-1][0][0] == one[0] and chance.random() < 0.7:
            cut[-1].append(one)
        else:
            cut.append([one])
    return cut


def hand_in(cast: Cast, batch: list[Told]) -> None:
    name = batch[0][0]
    receipt = receive_batch(
        body=a_batch(*[record for _, record in batch]), device_id=DEVICES[name], by=cast.actor(name)
    )
    assert {answer.status for answer in receipt.answers} <= {"accepted", "already"}


def dying(work: Callable[[], Any]) -> None:
    """Do some work in a transaction that is lost at its very end."""

    @transaction.atomic
    def until_the_end() -> None:
        work()
        raise Crash

    with pytest.raises(Crash):
        until_the_end()


def roll_up_all() -> None:
    while recompute_dirty_days():
        pass


def assert_counted(told: list[Told]) -> None:
    """Hold the figures, and the provinces' days, to a count by hand of everything that was told."""
    expected = by_hand(
        [decoded(record) for _, record in told], {UUID(record["id"]): name for name, record in told}
    )
    assert stored() == expected
    assert provinces_stored() == provinces_of(expected)


def empty() -> None:
    with whole_nation():
        for model in (SupportSession, DailyFigure, ProvinceDay, Handover, DirtyDay):
            model._default_manager.all().delete()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 8))
def test_any_order_repetition_and_crash_gives_what_counting_by_hand_gives(
    cast: Cast, seed: int, size: int
) -> None:
    empty()
    chance = random.Random(seed)
    told = some_work(chance, size)
    for batch in batches(chance, told):
        if chance.random() < 0.2:
            dying(lambda batch=batch: hand_in(cast, batch))  # type: ignore[misc]
        hand_in(cast, batch)
        match chance.randrange(4):
            case 0:
                recompute_dirty_days(limit=chance.randint(1, 3))
            case 1:
                dying(recompute_dirty_days)
            case 2:
                roll_up_all()
    roll_up_all()
    assert_counted(told)


def test_figures_that_are_recomputed_again_are_the_same(cast: Cast) -> None:
    chance = random.Random(7)
    told = some_work(chance, 10)
    for batch in batches(chance, told):
        hand_in(cast, batch)
    roll_up_all()
    with whole_nation():
        for commune, day, _team in stored():
            DirtyDay.objects.get_or_create(commune_code=commune, day=day)
    roll_up_all()
    assert_counted(told)


@pytest.mark.usefixtures("own_database")
@pytest.mark.parametrize("seed", range(3))
def test_senders_and_rollups_at_once_some_of_which_die_give_what_counting_by_hand_gives(seed: int) -> None:
    chance = random.Random(seed)
    cast = Cast()
    told = some_work(chance, 60)
    waiting = batches(chance, told)
    sent = threading.Event()

    def send(share: list[list[Told]], luck: random.Random) -> None:
        try:
            for batch in share:
                if luck.random() < 0.15:
                    dying(lambda batch=batch: hand_in(cast, batch))  # type: ignore[misc]
                hand_in(cast, batch)
        finally:
            connection.close()

    def roll_up(luck: random.Random) -> None:
        try:
            while not sent.is_set():
                limit = luck.randint(1, 4)
                if luck.random() < 0.2:
                    dying(lambda limit=limit: recompute_dirty_days(limit))  # type: ignore[misc]
                else:
                    recompute_dirty_days(limit)
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        workers = [pool.submit(roll_up, random.Random(chance.random())) for _ in range(2)]
        senders = [pool.submit(send, waiting[part::3], random.Random(chance.random())) for part in range(3)]
        for sender in senders:
            sender.exception()
        sent.set()
    for one in [*senders, *workers]:
        one.result()
    roll_up_all()
    assert_counted(told)


def test_the_rollup_announces_inside_its_transaction(cast: Cast) -> None:
    """Provinces are added up, or lost, together with the team days they are made of."""
    hand_in(cast, [("lan", a_record())])

    def die(**_signal: Any) -> None:
        raise Crash

    days_recomputed.connect(die)
    try:
        with pytest.raises(Crash):
            recompute_dirty_days()
    finally:
        days_recomputed.disconnect(die)
    assert stored() == {}
    assert provinces_stored() == {}
    assert DirtyDay.objects.count() == 1
