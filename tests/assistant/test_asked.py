"""Counting what people ask: numbers only, within reach, and small numbers of a commune hidden."""

from datetime import date, timedelta

import pytest

from aoxanh.assistant import asked_queries
from aoxanh.assistant.actions import count_asked
from aoxanh.assistant.models import AskedCount
from aoxanh.assistant.replies import Kind, Named, Part, Pinned, Reply, Slot
from aoxanh.kernel import clock
from aoxanh.kernel.scope import scope
from aoxanh.people.errors import NotAllowed
from aoxanh.places.queries import place_by_code
from tests.assistant.loop import BIRTH, MARRIAGE
from tests.cast import BA_DINH, HA_NOI, LUNG_CU, TUYEN_QUANG
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reach")]


def reply(*parts: Part) -> Reply:
    return Reply(parts, Pinned())


def about(code: str, slot: Slot | None = Slot.FEE, kind: Kind = Kind.ANSWER, rule: str = "") -> Part:
    return Part(kind, "x", slot, candidates=(Named(code, "x"), Named(MARRIAGE, "y")), rule=rule)


def count(cast: Cast, name: str, *parts: Part, times: int = 1) -> None:
    actor = cast.actor(name)
    for _ in range(times):
        with scope(actor.scope):
            count_asked(reply=reply(*parts), by=actor)


def figures(cast: Cast, name: str, place: str):
    today = clock.today()
    return asked_queries.asked_in(cast.actor(name), place_by_code(place), today, today)


def test_parts_of_a_reply_are_counted_by_commune_day_kind_procedure_and_slot(cast: Cast) -> None:
    count(cast, "lan", about(BIRTH), about(BIRTH), about(BIRTH, Slot.TIME), times=2)
    count(cast, "ha", about(BIRTH))
    rows = AskedCount.objects.values_list("commune_code", "day", "kind", "topic", "slot", "count")
    today = clock.today()
    assert set(rows) == {
        (LUNG_CU, today, "answer", BIRTH, "fee", 5),
        (LUNG_CU, today, "answer", BIRTH, "time", 2),
    }


def test_nothing_but_codes_and_rules_of_ours_is_kept(cast: Cast) -> None:
    count(
        cast,
        "lan",
        about("Bà Hoa 0912345678"),
        about(BIRTH, None, Kind.REFUSE, rule="otp"),
        about(BIRTH, None, Kind.REFUSE, rule="Bà Hoa"),
        about(BIRTH, None, Kind.ASK_BACK),
        about(BIRTH, None, Kind.POLICE, rule="police_data"),
        Part(Kind.OUTSIDE, "x"),
    )
    assert set(AskedCount.objects.values_list("kind", "topic")) == {
        ("answer", ""), ("refuse", "otp"), ("refuse", BIRTH), ("ask_back", ""), ("outside", ""), ("police", BIRTH),
    }  # fmt: skip


def test_who_serves_in_no_commune_is_not_counted(cast: Cast) -> None:
    for name in ("duc", "an", "thu"):
        count(cast, name, about(BIRTH))
    assert not AskedCount.objects.exists()


def test_the_board_adds_up_what_lies_within_reach(cast: Cast) -> None:
    count(cast, "lan", about(BIRTH), times=6)
    count(cast, "binh", about(MARRIAGE), Part(Kind.OUTSIDE, "x"), times=2)
    assert figures(cast, "duc", TUYEN_QUANG).total == 6
    nation = figures(cast, "an", "VN")
    assert (nation.total, nation.unanswered) == (10, 2)
    assert [(line.key, line.count) for line in nation.topics.lines] == [(BIRTH, 6), (MARRIAGE, 2)]
    assert nation.topics.lines[0].name
    for name, place in (("duc", HA_NOI), ("duc", "VN"), ("ha", TUYEN_QUANG), ("lan", LUNG_CU)):
        with pytest.raises(NotAllowed):
            figures(cast, name, place)


def test_small_numbers_of_a_commune_stand_among_the_rest(cast: Cast) -> None:
    count(cast, "lan", about(BIRTH), times=asked_queries.LEAST_SHOWN)
    count(
        cast,
        "lan",
        about(MARRIAGE),
        about("x", None, Kind.REFUSE, "otp"),
        times=asked_queries.LEAST_SHOWN - 1,
    )
    commune = figures(cast, "ha", LUNG_CU)
    assert [line.key for line in commune.topics.lines] == [BIRTH]
    assert (commune.topics.rest, commune.refused.lines, commune.refused.rest) == (4, [], 4)
    assert commune.weeks[0].counts["refuse"] == 0
    province = figures(cast, "duc", TUYEN_QUANG)
    assert [line.key for line in province.topics.lines] == [BIRTH, MARRIAGE]
    assert province.refused.lines[0].count == 4


def test_weeks_begin_on_monday(cast: Cast) -> None:
    monday = date(2026, 7, 6)
    for day in (monday, monday + timedelta(days=6), monday + timedelta(days=7)):
        AskedCount.objects.create(commune_code=BA_DINH, day=day, kind="outside", count=7)
    found = asked_queries.asked_in(
        cast.actor("an"), place_by_code(HA_NOI), monday, monday + timedelta(days=20)
    )
    assert [(week.first, week.total) for week in found.weeks] == [
        (monday, 14),
        (monday + timedelta(days=7), 7),
    ]
