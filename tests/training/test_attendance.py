"""Who was at a training event: told by code, by list, offline, twice, late, by one phone for many, by two points at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from aoxanh.kernel import clock
from aoxanh.kernel.ids import uuid7
from aoxanh.kernel.scope import scope, whole_nation
from aoxanh.kernel.text import fold, sort_key
from aoxanh.people.actors import Actor, Grant
from aoxanh.people.errors import NotAllowed
from aoxanh.people.models import Role, Volunteer
from aoxanh.training import actions
from aoxanh.training.errors import NotInThatState, SettledAlready
from aoxanh.training.models import Attendance, Point
from tests.cast import BA_DINH, LUNG_CU, volunteer_id
from tests.conftest import Cast
from tests.desk.conftest import own_database  # noqa: F401 - the fixture
from tests.training.sessions import (
    SYSTEM,
    a_broadcast,
    a_check_in,
    point_of,
    present,
    row_of,
    screen_code,
    spoken_code,
    tell,
)


def outcome(answers: list[actions.Answer]) -> list[tuple[str, str]]:
    return [(one.status, one.code) for one in answers]


def a_volunteer(number: int, commune: str = LUNG_CU) -> Actor:
    """Return somebody new, as an actor."""
    name = f"Sùng Mí {number}"
    person = Volunteer.objects.create(
        full_name=name, fold=fold(name), sort_key=sort_key(name), home_id=commune
    )
    return Actor("x", uuid7(), person.id, (Grant(Role.VOLUNTEER, commune, "commune"),))


@pytest.mark.parametrize("code_of", [screen_code, spoken_code], ids=["screen", "spoken"])
def test_a_code_checks_in_once_however_often_it_is_told(cast: Cast, code_of) -> None:
    point = point_of(a_broadcast())
    told = a_check_in(point, code_of(point))
    lan = cast.actor("lan")
    assert outcome(tell(lan, told)) == [("accepted", "")]
    assert outcome(tell(lan, told)) == [("already", "")]
    assert outcome(tell(lan, a_check_in(point, code_of(point)))) == [("already", "")]
    assert present(point) == (1, 1)


def test_a_picture_of_the_screen_is_worth_nothing_two_minutes_later(cast: Cast) -> None:
    point = point_of(a_broadcast())
    lan, now = cast.actor("lan"), clock.now()
    for seconds in (120, 150, 3600):
        old = screen_code(point, now - timedelta(seconds=seconds))
        assert outcome(tell(lan, a_check_in(point, old))) == [("refused", "code_over")]
    assert outcome(tell(lan, a_check_in(point, screen_code(point, now - timedelta(seconds=45))))) == [
        ("accepted", "")
    ]


def test_a_code_of_another_point_is_wrong_here(cast: Cast) -> None:
    event = a_broadcast()
    here, there = point_of(event), point_of(event, BA_DINH)
    assert outcome(tell(cast.actor("lan"), a_check_in(here, screen_code(there)))) == [
        ("refused", "code_over")
    ]
    assert present(here) == present(there) == (0, 0)


def test_a_spoken_code_finds_its_point_by_itself_and_small_letters_do(cast: Cast) -> None:
    point = point_of(a_broadcast())
    code = spoken_code(point).lower()
    told = a_check_in(point, f"{code[:3]} {code[3:]}", commune="", point=None)
    assert outcome(tell(cast.actor("lan"), told)) == [("accepted", "")]
    assert present(point) == (1, 1)


def test_who_tries_codes_is_stopped_even_when_the_next_would_be_right(cast: Cast) -> None:
    point = point_of(a_broadcast())
    lan = cast.actor("lan")
    wrong = "346789" if spoken_code(point) != "346789" else "346788"
    for _ in range(10):
        assert outcome(tell(lan, a_check_in(point, wrong))) == [("refused", "code_over")]
    assert outcome(tell(lan, a_check_in(point, spoken_code(point)))) == [("refused", "too_many_tries")]
    assert outcome(tell(lan, a_check_in(point, screen_code(point)))) == [("accepted", "")]


def test_walking_through_codes_as_if_they_were_old_is_stopped_too(cast: Cast) -> None:
    point = point_of(a_broadcast())
    lan, earlier = cast.actor("lan"), clock.now() - timedelta(minutes=15)
    wrong = "346789" if spoken_code(point, earlier) != "346789" else "346788"
    for _ in range(10):
        assert outcome(tell(lan, a_check_in(point, wrong, noted_at=earlier))) == [("held", "unproven")]
    assert outcome(tell(lan, a_check_in(point, spoken_code(point, earlier), noted_at=earlier))) == [
        ("held", "unproven")
    ]
    assert present(point) == (0, 0)


def test_one_phone_checks_in_three_people_and_not_forty(cast: Cast) -> None:
    point = point_of(a_broadcast())
    answers = [
        outcome(tell(a_volunteer(number), a_check_in(point, screen_code(point)), phone="one phone"))[0]
        for number in range(40)
    ]
    assert answers == [("accepted", "")] * 3 + [("held", "shared_phone")] * 37
    assert present(point) == (3, 3)
    son = cast.actor("son")
    with whole_nation():
        held = Attendance.objects.filter(point_id=point.id, state="held").values_list(
            "volunteer_id", flat=True
        )[0]
    assert outcome(tell(son, a_check_in(point, volunteer=held))) == [("accepted", "")]
    assert present(point) == (4, 4)


def test_a_host_ticks_names_of_their_own_commune_only(cast: Cast) -> None:
    event = a_broadcast()
    here, there = point_of(event), point_of(event, BA_DINH)
    son = cast.actor("son")
    assert outcome(tell(son, a_check_in(here, volunteer=volunteer_id("lan")))) == [("accepted", "")]
    assert outcome(tell(son, a_check_in(here, volunteer=volunteer_id("binh")))) == [("refused", "not_yours")]
    assert outcome(tell(son, a_check_in(there, volunteer=volunteer_id("lan")))) == [("refused", "not_yours")]
    assert outcome(tell(cast.actor("binh"), a_check_in(here, volunteer=volunteer_id("minh")))) == [
        ("refused", "not_yours")
    ]
    row = row_of(volunteer_id("lan"), here)
    assert (row.how, row.recorded_by_id) == ("list", son.account_id)


def test_what_was_noted_without_a_network_counts_late_by_the_servers_clock(cast: Cast) -> None:
    """A phone a day ahead notes a spoken code and hands it in twenty minutes later, its clock still wrong."""
    point = point_of(a_broadcast())
    now, ahead = clock.now(), timedelta(days=1)
    noted = now - timedelta(minutes=20)
    told = a_check_in(point, spoken_code(point, noted), noted_at=noted + ahead)
    assert outcome(tell(cast.actor("lan"), told, sent_at=now + ahead)) == [("accepted", "")]
    row = row_of(volunteer_id("lan"), point)
    assert (row.is_late, row.clock_off) == (True, True)
    assert abs(row.arrived_at - noted) < timedelta(seconds=5)
    assert row.noted_at == noted + ahead


def test_a_clock_set_back_makes_no_old_code_new(cast: Cast) -> None:
    point = point_of(a_broadcast())
    long_ago = clock.now() - timedelta(minutes=20)
    told = a_check_in(point, screen_code(point, long_ago), noted_at=long_ago)
    assert outcome(tell(cast.actor("lan"), told, sent_at=long_ago)) == [("refused", "code_over")]


def test_who_notes_themselves_without_a_code_waits_for_the_host(cast: Cast) -> None:
    point = point_of(a_broadcast())
    lan, son = cast.actor("lan"), cast.actor("son")
    told = a_check_in(point, noted_at=clock.now() - timedelta(minutes=10))
    assert outcome(tell(lan, told)) == outcome(tell(lan, told)) == [("held", "unproven")]
    assert present(point) == (0, 0)
    row = row_of(volunteer_id("lan"), point)
    with scope(son.scope):
        actions.settle_attendance(commune=LUNG_CU, attendance_id=row.id, counts=True, by=son)
        with pytest.raises(SettledAlready):
            actions.settle_attendance(commune=LUNG_CU, attendance_id=row.id, counts=True, by=son)
    assert present(point) == (1, 1)


def test_a_code_that_holds_takes_the_place_of_a_note_without_one(cast: Cast) -> None:
    point = point_of(a_broadcast())
    lan = cast.actor("lan")
    tell(lan, a_check_in(point, noted_at=clock.now() - timedelta(minutes=10)))
    assert outcome(tell(lan, a_check_in(point, screen_code(point)))) == [("accepted", "")]
    assert present(point) == (1, 1)


def test_two_points_that_claim_one_person_count_them_once_and_the_owner_settles(cast: Cast) -> None:
    event = a_broadcast()
    here, there = point_of(event), point_of(event, BA_DINH)
    lan, son, an = cast.actor("lan"), cast.actor("son"), cast.actor("an")
    assert outcome(tell(lan, a_check_in(there, screen_code(there)))) == [("accepted", "")]
    assert outcome(tell(son, a_check_in(here, volunteer=volunteer_id("lan")))) == [("held", "elsewhere")]
    assert (present(here), present(there)) == ((0, 0), (1, 1))
    row = row_of(volunteer_id("lan"), here)
    with scope(son.scope), pytest.raises(NotAllowed):
        actions.settle_attendance(commune=LUNG_CU, attendance_id=row.id, counts=True, by=son)
    with scope(an.scope):
        actions.settle_attendance(commune=LUNG_CU, attendance_id=row.id, counts=True, by=an)
    assert (present(here), present(there)) == ((1, 1), (0, 0))
    assert outcome(tell(lan, a_check_in(there, screen_code(there)))) == [("already", "elsewhere")]


def test_two_points_of_one_commune_count_a_person_once(cast: Cast) -> None:
    event = a_broadcast()
    here = point_of(event)
    with whole_nation():
        other = Point.objects.create(commune_code=LUNG_CU, event_id=event.id, place="Nhà văn hoá")
    lan = cast.actor("lan")
    answers = tell(lan, a_check_in(here, screen_code(here)), a_check_in(other, screen_code(other)))
    assert sorted(outcome(answers)) == [("accepted", ""), ("held", "elsewhere")]
    assert present(here)[1] + present(other)[1] == 1


def test_after_closing_nothing_changes_until_the_owner_says_so(cast: Cast) -> None:
    event = a_broadcast()
    point = point_of(event)
    lan, son, an = cast.actor("lan"), cast.actor("son"), cast.actor("an")
    with scope(an.scope):
        actions.close_event(event=event, minutes="Đủ ba bài.", by=an)
        with pytest.raises(NotInThatState):
            actions.close_event(event=event, minutes="", by=an)
    told = a_check_in(
        point,
        spoken_code(point, clock.now() - timedelta(minutes=20)),
        noted_at=clock.now() - timedelta(minutes=20),
    )
    assert outcome(tell(lan, told)) == [("held", "after_close")]
    assert outcome(tell(son, a_check_in(point, volunteer=volunteer_id("minh")))) == [("held", "after_close")]
    assert present(point) == (0, 0)
    with scope(son.scope), pytest.raises(NotAllowed):
        actions.settle_attendance(commune=LUNG_CU, attendance_id=told.id, counts=True, by=son)
    with scope(an.scope):
        actions.settle_attendance(commune=LUNG_CU, attendance_id=told.id, counts=True, by=an)
    assert present(point) == (1, 1)


def test_what_cannot_have_been_is_refused_with_its_reason(cast: Cast) -> None:
    event = a_broadcast()
    point = point_of(event)
    lan = cast.actor("lan")
    yesterday = a_check_in(point, noted_at=clock.now() - timedelta(days=1))
    nowhere = a_check_in(point, screen_code(point), point=uuid7())
    assert outcome(tell(lan, yesterday, nowhere)) == [("refused", "not_then"), ("refused", "no_point")]
    assert outcome(tell(cast.actor("ha"), a_check_in(point, screen_code(point)))) == [
        ("refused", "not_volunteer")
    ]
    announced = point_of(a_broadcast("scheduled"))
    assert outcome(tell(lan, a_check_in(announced, screen_code(announced)))) == [("refused", "not_open")]
    assert outcome(tell(lan, a_check_in(point, "<script>"))) == [("refused", "code_over")]


def test_an_id_of_somebody_elses_check_in_is_refused(cast: Cast) -> None:
    point = point_of(a_broadcast())
    told = a_check_in(point, screen_code(point))
    tell(cast.actor("lan"), told)
    assert outcome(tell(cast.actor("minh"), replace(told, code=screen_code(point)))) == [
        ("refused", "id_taken")
    ]
    assert present(point) == (1, 1)


def test_a_page_of_a_point_makes_it_connected(cast: Cast) -> None:
    event = a_broadcast()
    point = point_of(event)
    son, binh = cast.actor("son"), cast.actor("binh")
    with scope(son.scope):
        told = actions.tell_connected(commune=LUNG_CU, point_id=point.id, by=son)
    assert told.connected_at == told.last_seen_at
    with scope(binh.scope), pytest.raises(NotAllowed):
        actions.tell_connected(commune=LUNG_CU, point_id=point.id, by=binh)
    assert SYSTEM.is_system


def at_once(*tellings: Callable[[], list[actions.Answer]]) -> list[tuple[str, str]]:
    """Hand in at the same moment, each over a connection of its own."""
    ready = Barrier(len(tellings))

    def run(telling: Callable[[], list[actions.Answer]]) -> tuple[str, str]:
        try:
            ready.wait()
            (answer,) = outcome(telling())
        finally:
            connection.close()
        return answer

    with ThreadPoolExecutor(len(tellings)) as pool:
        return sorted(pool.map(run, tellings))


@pytest.mark.usefixtures("own_database")
def test_one_phone_at_once_for_nine_people_counts_three() -> None:
    point = point_of(a_broadcast())
    people = [a_volunteer(number) for number in range(9)]
    told = [
        lambda by=by: tell(by, a_check_in(point, screen_code(point)), phone="one browser") for by in people
    ]
    answers = at_once(*told)
    assert answers == [("accepted", "")] * 3 + [("held", "shared_phone")] * 6
    assert present(point) == (3, 3)


@pytest.mark.usefixtures("own_database")
def test_one_id_at_once_for_nine_people_counts_one() -> None:
    point = point_of(a_broadcast())
    told = a_check_in(point, screen_code(point))
    people = [a_volunteer(number) for number in range(9)]
    answers = at_once(*[lambda by=by: tell(by, told) for by in people])
    assert answers == [("accepted", "")] + [("refused", "id_taken")] * 8
    assert present(point) == (1, 1)


@pytest.mark.usefixtures("own_database")
def test_who_is_noted_while_the_session_is_closed_counts_or_waits_and_never_both() -> None:
    event = a_broadcast()
    point = point_of(event)
    people = [a_volunteer(number) for number in range(6)]

    def close() -> list[actions.Answer]:
        with whole_nation():
            actions.close_event(event=event, minutes="", by=SYSTEM)
        return [actions.Answer(event.id, "closed")]

    told = [lambda by=by: tell(by, a_check_in(point, screen_code(point))) for by in people]
    answers = at_once(close, *told)
    assert {answer for answer in answers if answer != ("closed", "")} <= {
        ("accepted", ""),
        ("held", "after_close"),
        ("refused", "not_open"),
    }
    assert present(point) == (answers.count(("accepted", "")),) * 2
