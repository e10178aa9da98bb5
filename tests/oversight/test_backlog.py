"""What waits in a place: counted once, with its oldest day, within the reader's reach, and gone when it is settled."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from aoxanh.desk.models import Handover
from aoxanh.kernel import clock
from aoxanh.kernel.ids import uuid7
from aoxanh.kernel.scope import scope, whole_nation
from aoxanh.oversight import backlog as waiting
from aoxanh.oversight.models import Difficulty, Feedback, SupervisionTask
from aoxanh.people.errors import NotAllowed
from aoxanh.places.queries import place_by_code
from tests.cast import BA_DINH, HA_NOI, LAN_TEAM, LUNG_CU, TUYEN_QUANG, account_id
from tests.conftest import Cast

TODAY = clock.today()


@pytest.fixture(autouse=True)
def counted_anew() -> Iterator[None]:
    waiting.forget_nation()
    yield
    waiting.forget_nation()


def handed_over(commune: str, days: int, state: str = "waiting") -> None:
    with whole_nation():
        Handover.objects.create(
            commune_code=commune, day=TODAY - timedelta(days=days), id=uuid7(), team_id=LAN_TEAM, reason="papers", state=state
        )  # fmt: skip


def task(place: str, due: int, **told: Any) -> None:
    with whole_nation():
        SupervisionTask.objects.create(
            rule="silent_team", subject=f"x:{uuid7()}", place_id=place, owner="commune_secretary", n=1, due_on=TODAY - timedelta(days=due), **told
        )  # fmt: skip


def of(cast: Cast, who: str, place: str) -> dict[str, tuple[int, date]]:
    with scope(cast.actor(who).scope):
        found = waiting.backlog(place_by_code(place), cast.actor(who))
    return {one.key: (one.count, one.oldest) for one in found.kinds}


def test_what_is_open_counts_with_its_oldest_day_and_what_is_settled_does_not(cast: Cast) -> None:
    assert of(cast, "son", LUNG_CU) == {}
    for days, state in ((3, "waiting"), (9, "taken"), (20, "settled"), (30, "withdrawn")):
        handed_over(LUNG_CU, days, state)
    task(LUNG_CU, 4)
    task(LUNG_CU, 0)
    task(LUNG_CU, 8, account_id=account_id("son"))
    with whole_nation():
        said = {
            "commune_id": LUNG_CU,
            "team_id": LAN_TEAM,
            "helped": "no",
            "treated": "badly",
            "waited": "long",
        }
        Feedback.objects.create(**said, is_complaint=True, due_at=clock.now())
        Feedback.objects.create(**said, answered_at=clock.now())
        told = {"place_id": LUNG_CU, "owner_id": LUNG_CU, "text": "x", "due": TODAY}
        Difficulty.objects.create(**told, kind="difficulty", made_on=TODAY - timedelta(days=2))
        Difficulty.objects.create(**told, kind="difficulty", answer="xong", answered_at=clock.now())
    assert of(cast, "son", LUNG_CU) == {
        "handover": (2, TODAY - timedelta(days=9)),
        "complaint": (1, TODAY),
        "difficulty": (1, TODAY - timedelta(days=2)),
        "task": (1, TODAY - timedelta(days=4)),
    }


def test_a_province_and_the_nation_add_up_what_lies_below_and_say_where(cast: Cast) -> None:
    for commune, days in ((LUNG_CU, 3), (LUNG_CU, 5), (BA_DINH, 7)):
        handed_over(commune, days)
    task(TUYEN_QUANG, 6)
    assert of(cast, "duc", TUYEN_QUANG) == {
        "handover": (2, TODAY - timedelta(days=5)),
        "task": (1, TODAY - timedelta(days=6)),
    }
    with scope(cast.actor("an").scope):
        found = waiting.backlog(place_by_code("VN"), cast.actor("an"))
        province = waiting.backlog(place_by_code(TUYEN_QUANG), cast.actor("an"))
    assert [(one.key, one.count) for one in found.places] == [(TUYEN_QUANG, 3), (HA_NOI, 1)]
    assert [(one.key, one.count) for one in province.places] == [(LUNG_CU, 2)]
    assert (found.count, found.oldest) == (4, TODAY - timedelta(days=7))


def test_a_backlog_is_read_by_who_reads_the_board(cast: Cast) -> None:
    for who, place in (("duc", HA_NOI), ("son", BA_DINH), ("son", TUYEN_QUANG), ("lan", LUNG_CU)):
        with scope(cast.actor(who).scope), pytest.raises(NotAllowed):
            waiting.backlog(place_by_code(place), cast.actor(who))


def test_boards_show_what_waits_since_when_and_where(cast: Cast) -> None:
    assert "Không có gì chờ." in cast.client("son").get(f"/board/{LUNG_CU}/").content.decode()
    handed_over(LUNG_CU, 9)
    since = f"{TODAY - timedelta(days=9):%d/%m/%Y}"
    for who, place in (("son", LUNG_CU), ("duc", TUYEN_QUANG), ("an", "VN")):
        shown = cast.client(who).get(f"/board/{place}/").content.decode().split('id="backlog"')[1]
        assert f"1 việc, lâu nhất từ {since}" in shown
    assert f'href="/board/{TUYEN_QUANG}/?' in shown
    assert 'id="backlog"' not in cast.client("lan").get(f"/board/{LUNG_CU}/team/{LAN_TEAM}/").content.decode()
