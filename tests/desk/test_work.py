"""Recorded work and hand-overs as the reads give them: whole, in order, page by page."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from aoxanh.desk import queries
from aoxanh.desk.actions import receive_batch, take_handover
from aoxanh.desk.errors import PlaceNeeded, UnknownBookmark, UnknownReturnCode
from aoxanh.desk.queries import RecordedWork, WorkWanted
from aoxanh.desk.rollup import recompute_dirty_days
from aoxanh.kernel import clock
from aoxanh.kernel.ids import uuid7
from aoxanh.kernel.scope import scope, whole_nation
from aoxanh.places import queries as places
from tests.cast import LUNG_CU
from tests.conftest import Cast
from tests.desk.record_examples import a_batch, a_correction, a_record

DEVICE = uuid7()


def hand_in(cast: Cast, *records: Any, who: str = "lan") -> None:
    receive_batch(body=a_batch(*records), device_id=DEVICE, by=cast.actor(who))
    while recompute_dirty_days():
        pass


def read(cast: Cast, name: str = "lan", limit: int = 50, **more: Any) -> tuple[list[RecordedWork], str]:
    actor, today = cast.actor(name), clock.today()
    with scope(actor.scope):
        return queries.work_visible_to(
            actor, WorkWanted(today - timedelta(days=30), today, **more), limit=limit
        )


def test_the_latest_revision_is_shown_with_those_before_it(cast: Cast) -> None:
    first = a_record()
    second = a_correction(first, minutes=20)
    third = a_correction(second, minutes=30)
    hand_in(cast, third, first, second)
    (work,), bookmark = read(cast)
    assert (work.shown.minutes, [row.minutes for row in work.earlier]) == (30, [20, 12])
    assert not work.is_contested
    assert bookmark == ""


def test_two_corrections_of_one_revision_are_contested_and_can_be_asked_for(cast: Cast) -> None:
    first, calm = a_record(), a_record()
    hand_in(cast, first, calm, a_correction(first, minutes=20), a_correction(first, minutes=30))
    hand_in(cast, a_correction(calm, minutes=5))
    (work,), _ = read(cast, "minh", contested_only=True)
    assert work.is_contested
    assert str(work.shown.root_id) == first["root"]
    assert len(read(cast, "minh")[0]) == 2


def test_a_team_mates_correction_shows_in_the_work_of_the_one_who_recorded_it(cast: Cast) -> None:
    first = a_record()
    hand_in(cast, first)
    hand_in(cast, a_correction(first, minutes=45), who="minh")
    (work,), _ = read(cast, "lan")
    assert work.shown.minutes == 45


def test_pages_cover_everything_once_in_order(cast: Cast) -> None:
    today = clock.today()
    records = [a_record(seq=number, day=today - timedelta(days=number % 3)) for number in range(1, 8)]
    hand_in(cast, *records)
    seen, after = [], ""
    while True:
        works, after = read(cast, limit=3, after=after)
        seen += [(work.shown.day, work.shown.root_id) for work in works]
        if not after:
            break
    assert seen == sorted(seen, reverse=True)
    assert {str(root) for _, root in seen} == {record["root"] for record in records}


def test_a_bookmark_that_is_none_is_refused(cast: Cast) -> None:
    for bookmark in ("x", "2026-01-01.x.y", "..", "2026-13-01.01970000-0000-7000-8000-000900000001.00715"):
        with pytest.raises(UnknownBookmark):
            read(cast, after=bookmark)


def test_the_centre_names_a_place_first(cast: Cast) -> None:
    hand_in(cast, a_record())
    with pytest.raises(PlaceNeeded):
        read(cast, "an")
    for code in (LUNG_CU, "08"):
        assert len(read(cast, "an", place=places.place_by_code(code))[0]) == 1
    assert read(cast, "an", place=places.place_by_code("01"))[0] == []


def test_a_return_code_is_found_however_it_is_typed_and_only_in_reach(cast: Cast) -> None:
    hand_in(cast, a_record(outcome="come_back", return_code="ABC234"))
    for name, typed in (("ha", "abc234"), ("lan", " ABC-234 "), ("minh", "abc 234"), ("duc", "ABC234")):
        actor = cast.actor(name)
        with scope(actor.scope):
            (work,) = queries.work_with_return_code(actor, typed)
            assert work.shown.return_code == "ABC234"
    for name, typed in (("binh", "ABC234"), ("ha", "ABC235"), ("ha", ""), ("ha", "ABC234" * 9)):
        actor = cast.actor(name)
        with scope(actor.scope), pytest.raises(UnknownReturnCode):
            queries.work_with_return_code(actor, typed)


def test_hand_overs_come_oldest_first_while_open_and_page_by_page(cast: Cast) -> None:
    for number in range(4):
        hand_in(cast, a_record(seq=number + 1, outcome="handed_over", handover_reason="police"))
    actor = cast.actor("ha")
    with whole_nation():
        rows = list(queries.handovers_in(actor, state="waiting"))
        assert [row.made_at for row in rows] == sorted(row.made_at for row in rows)
        rest = list(queries.handovers_in(actor, state="waiting", after=rows[1].id))
        assert [row.id for row in rest] == [row.id for row in rows[2:]]
        take_handover(handover=rows[0], by=actor)
        assert queries.handover_counts(actor) == {"waiting": 3, "taken": 1}
        with pytest.raises(UnknownBookmark):
            queries.handovers_in(actor, after=uuid7())


def test_a_volunteer_sees_the_hand_overs_of_their_own_work_only(cast: Cast) -> None:
    hand_in(cast, a_record(outcome="handed_over", handover_reason="police"))
    hand_in(cast, a_record(seq=2, outcome="handed_over", handover_reason="complaint"), who="minh")
    with whole_nation():
        assert [row.reason for row in queries.handovers_visible_to(cast.actor("lan"))] == ["police"]
        assert queries.handovers_visible_to(cast.actor("minh")).count() == 2
        assert not queries.handovers_visible_to(cast.actor("binh")).exists()


def test_somebody_of_the_centre_who_also_volunteers_sees_more_than_their_own(cast: Cast) -> None:
    hand_in(cast, a_record(outcome="handed_over", handover_reason="police"))
    both = replace(cast.actor("an"), volunteer_id=uuid7())
    with whole_nation():
        assert queries.handovers_visible_to(both).count() == 1
        assert queries.sessions_visible_to(both, clock.today(), clock.today()).count() == 1
