"""Somebody cannot come, swaps, signing up, the calendar's address, and coming to a shift."""

from datetime import date, timedelta
from itertools import permutations
from typing import Any
from uuid import UUID

import pytest
from django.db import OperationalError
from icalendar import Calendar

from aoxanh.kernel import clock
from aoxanh.kernel.ids import uuid7
from aoxanh.kernel.scope import scope, whole_nation
from aoxanh.people import queries as people
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.models import Account, Membership, Volunteer
from aoxanh.staffing import roster_actions as actions
from aoxanh.staffing import roster_inputs as inputs
from aoxanh.staffing import roster_queries as queries
from aoxanh.staffing import roster_tasks as tasks
from aoxanh.staffing import shift_queries as own
from aoxanh.staffing.actions import runs
from aoxanh.staffing.models import (
    Absence,
    CalendarFeed,
    CheckIn,
    Roster,
    RosterRun,
    Shift,
    ShiftAssignment,
    Swap,
)
from aoxanh.staffing.patterns import Pattern
from aoxanh.staffing.roster_errors import (
    AgainstRule,
    AlreadyAsked,
    MayNotLeave,
    RosterChanged,
    RosterNotOpen,
    SwapSettled,
    TooManyWishes,
    UnfitAbsence,
)
from aoxanh.staffing.roster_problem import prepare, seats_of
from tests.cast import volunteer_id
from tests.conftest import Cast
from tests.people.consenting import make_minors
from tests.staffing.duty import (
    SYSTEM,
    a_published_roster,
    a_seat_today,
    at,
    fresh,
    monday,
    people_a_team,
    team,
)
from tests.staffing.roster_judge import Judge

pytestmark = pytest.mark.django_db
LAN = volunteer_id("lan")


@pytest.fixture(autouse=True)
def nation() -> Any:
    with whole_nation():
        yield


def actor(volunteer_id: UUID) -> Actor:
    return people.actor_of(Account.objects.get(volunteer=volunteer_id))


def a_holder(roster: Roster) -> ShiftAssignment:
    """Return a seat of the roster whose holder is neither the leader nor alone able to hold it."""
    return (
        seats_of(roster)
        .exclude(volunteer=volunteer_id("minh"))
        .filter(shift__kind="duty")
        .order_by("day", "half", "id")[0]
    )


def facts(first: date, last: date | None = None, **more: Any) -> actions.AbsenceFacts:
    return actions.AbsenceFacts(first, last or first, **more)


def seats(roster: Roster) -> set[tuple[UUID, UUID]]:
    return set(seats_of(roster).values_list("shift_id", "volunteer_id"))


def test_who_cannot_come_is_off_at_once_and_the_mend_changes_little(cast: Cast) -> None:
    people_a_team()
    roster = a_published_roster()
    before, gone = seats(roster), a_holder(roster)
    touched = actions.record_absence(
        team=team(),
        volunteer_id=gone.volunteer_id,
        facts=facts(monday(), monday() + timedelta(days=6)),
        by=cast.actor("minh"),
    )
    lost = {pair for pair in before if pair[1] == gone.volunteer_id}
    assert touched == [roster.id]
    assert seats(roster) == before - lost
    tasks.mend_roster(roster_id=str(roster.id))
    mend = queries.open_mend_of(roster)
    assert mend is not None
    after = seats(mend)
    assert not {pair for pair in after if pair[1] == gone.volunteer_id}
    assert len(after) == len(before)
    assert len((before - lost) - after) == 0
    assert seats(roster) == before - lost
    given, taken = queries.changes_of(fresh(mend))
    assert (len(given), len(taken)) == (len(lost), 0)
    actions.publish_roster(roster=mend, by=cast.actor("minh"))
    assert (fresh(roster).state, fresh(mend).state) == (Roster.State.SUPERSEDED, Roster.State.PUBLISHED)
    assert set(ShiftAssignment.objects.filter(holds=True).values_list("roster_id", flat=True)) == {mend.id}
    assert set(Shift.objects.values_list("roster_id", flat=True)) == {mend.id}
    prepared = prepare(fresh(mend))
    assert (
        Judge(prepared.problem.members, prepared.problem.shifts, prepared.problem.absences).breaches(
            prepared.held
        )
        == []
    )
    assert actions.recompute(roster=fresh(mend))


def test_a_mend_of_what_has_changed_meanwhile_is_not_published(cast: Cast) -> None:
    people_a_team()
    roster = a_published_roster()
    mend = actions.order_mend(roster=roster, by=SYSTEM)
    actions.draft_roster(roster_id=mend.id, by=SYSTEM)
    gone = a_holder(roster)
    actions.take_seat(roster=roster, shift_id=gone.shift_id, volunteer_id=gone.volunteer_id, by=SYSTEM)
    with pytest.raises(RosterChanged):
        actions.publish_roster(roster=fresh(mend), by=SYSTEM)
    assert fresh(roster).state == Roster.State.PUBLISHED
    assert seats_of(roster).filter(holds=True).count() == seats_of(roster).count()
    again = actions.order_mend(roster=roster, by=SYSTEM)
    assert again.id == mend.id
    actions.draft_roster(roster_id=mend.id, by=SYSTEM)
    actions.publish_roster(roster=fresh(mend), by=SYSTEM)


def test_absences_that_cannot_be_are_refused(cast: Cast) -> None:
    lan, today = cast.actor("lan"), clock.today()
    for wrong, field in (
        (facts(today, today - timedelta(days=1)), "last_day"),
        (facts(today - timedelta(days=9), today - timedelta(days=8)), "last_day"),
        (facts(today, today + timedelta(days=399)), "last_day"),
        (facts(date.max), "first_day"),
        (facts(today, half="noon"), "half"),
        (facts(today, kind="sick"), "half"),
    ):
        with pytest.raises(UnfitAbsence) as refused:
            actions.record_own_absence(facts=wrong, by=lan)
        assert refused.value.field == field
    for number in range(40):
        actions.record_own_absence(facts=facts(today + timedelta(days=number)), by=lan)
    with pytest.raises(TooManyWishes):
        actions.record_own_absence(facts=facts(today + timedelta(days=50)), by=lan)
    for name in ("ha", "son", "an"):
        with pytest.raises(NotAllowed):
            actions.record_own_absence(facts=facts(today), by=cast.actor(name))
    with pytest.raises(NotAllowed):
        actions.record_absence(
            team=team(), volunteer_id=volunteer_id("binh"), facts=facts(today), by=cast.actor("minh")
        )
    with pytest.raises(NotAllowed):
        actions.withdraw_absence(
            absence_id=Absence.objects.filter(volunteer=LAN)[0].id, by=cast.actor("minh")
        )


def test_an_absence_keeps_nothing_about_health() -> None:
    assert set(Absence.Kind.values) == {"leave", "exam", "other"}
    assert "reason" not in {field.name for field in Absence._meta.get_fields()}


def test_a_disliked_weekday_is_left_alone_where_others_can_come(cast: Cast) -> None:
    joined = people_a_team()
    actions.make_wish(likes=False, weekday=0, by=actor(joined[0].id))
    actions.make_wish(likes=True, weekday=0, by=actor(joined[0].id))
    actions.make_wish(likes=False, weekday=0, by=actor(joined[0].id))
    roster = a_published_roster()
    assert not seats_of(roster).filter(volunteer=joined[0], day=monday()).exists()


def a_pair(roster: Roster) -> tuple[ShiftAssignment, own.Partner]:
    """Return a seat and somebody who may exchange it for a shift of theirs."""
    for seat in seats_of(roster).filter(shift__kind="duty"):
        for partner in own.partners(actor(seat.volunteer_id), seat):
            if partner.wanted is not None:
                return seat, partner
    raise AssertionError("no two of the team may exchange anything")


def test_two_of_a_team_exchange_shifts_within_the_rules(cast: Cast) -> None:
    people_a_team()
    roster = a_published_roster()
    seat, partner = a_pair(roster)
    assert partner.wanted is not None
    giver, taker = actor(seat.volunteer_id), actor(partner.volunteer_id)
    swap = actions.propose_swap(
        shift_id=seat.shift_id, taker_id=partner.volunteer_id, wanted_id=partner.wanted.id, by=giver
    )
    with pytest.raises(AlreadyAsked):
        actions.propose_swap(
            shift_id=seat.shift_id, taker_id=partner.volunteer_id, wanted_id=partner.wanted.id, by=giver
        )
    with pytest.raises(NotAllowed):
        actions.accept_swap(swap_id=swap.id, by=giver)
    with pytest.raises(NotAllowed):
        actions.accept_swap(swap_id=swap.id, by=cast.actor("binh"))
    actions.accept_swap(swap_id=swap.id, by=taker)
    now = seats(roster)
    assert {(seat.shift_id, partner.volunteer_id), (partner.wanted.id, seat.volunteer_id)} <= now
    assert not {(seat.shift_id, seat.volunteer_id), (partner.wanted.id, partner.volunteer_id)} & now
    assert seats_of(roster).filter(state="swapped", holds=True).count() == 2
    with pytest.raises(SwapSettled):
        actions.accept_swap(swap_id=swap.id, by=taker)


def test_a_seat_is_handed_on_only_to_whom_the_rules_allow_and_the_rule_is_named(cast: Cast) -> None:
    people_a_team()
    roster = a_published_roster()
    seat = a_holder(roster)
    giver = actor(seat.volunteer_id)
    others = set(Membership.objects.filter(team=team()).values_list("volunteer_id", flat=True)) - {
        seat.volunteer_id
    }
    busy = set(seats_of(roster).filter(day=seat.day, half=seat.half).values_list("volunteer_id", flat=True))
    free = next(iter(others - busy))
    Volunteer.objects.get(id=free).certificates.all().delete()
    with pytest.raises(AgainstRule) as refused:
        actions.propose_swap(shift_id=seat.shift_id, taker_id=free, by=giver)
    assert refused.value.facts["rule"] == "certificate"
    partner = next(one for one in own.partners(giver, seat) if one.wanted is None)
    swap = actions.propose_swap(shift_id=seat.shift_id, taker_id=partner.volunteer_id, by=giver)
    actions.record_own_absence(facts=facts(seat.day), by=actor(partner.volunteer_id))
    with pytest.raises(AgainstRule) as refused:
        actions.accept_swap(swap_id=swap.id, by=actor(partner.volunteer_id))
    assert refused.value.facts["rule"] == "away"
    assert (seat.shift_id, seat.volunteer_id) in seats(roster)


def test_an_adult_does_not_leave_a_minor_alone(cast: Cast) -> None:
    joined = people_a_team(2)
    make_minors([joined[0].id])
    pattern = Pattern(duty=0b1, duty_seats={"vneid": 2}, mobile=0)
    roster = a_published_roster(pattern)
    shift = Shift.objects.get(roster=roster)
    ShiftAssignment.objects.filter(roster=roster).delete()
    for person in (LAN, joined[0].id):
        actions.give_seat(roster=roster, shift_id=shift.id, volunteer_id=person, seat="vneid", by=SYSTEM)
    with pytest.raises(MayNotLeave) as refused:
        actions.take_seat(roster=roster, shift_id=shift.id, volunteer_id=LAN, by=SYSTEM)
    assert refused.value.facts["rule"] == "minor_alone"


def test_a_volunteer_signs_up_for_an_empty_place_of_their_own_team(cast: Cast) -> None:
    people_a_team()
    roster = a_published_roster()
    gone = a_holder(roster)
    actions.take_seat(roster=roster, shift_id=gone.shift_id, volunteer_id=gone.volunteer_id, by=SYSTEM)
    for one in Membership.objects.filter(team=team()):
        person = actor(one.volunteer_id)
        with scope(person.scope):
            offered = [(each.shift.id, each.seat) for each in own.open_seats(person)]
        taken = seats_of(roster).filter(volunteer=one.volunteer_id, day=gone.day, half=gone.half).exists()
        if taken:
            assert (gone.shift_id, gone.seat) not in offered
            with pytest.raises(AgainstRule):
                actions.sign_up(shift_id=gone.shift_id, seat=gone.seat, by=person)
    person = actor(gone.volunteer_id)
    assert (gone.shift_id, gone.seat) in [(each.shift.id, each.seat) for each in own.open_seats(person)]
    row = actions.sign_up(shift_id=gone.shift_id, seat=gone.seat, by=person)
    assert (row.state, row.holds) == ("signed_up", True)
    with pytest.raises(AgainstRule):
        actions.sign_up(shift_id=gone.shift_id, seat="nonsense", by=person)
    for name in ("binh", "ha"):
        with pytest.raises(NotAllowed):
            actions.sign_up(shift_id=gone.shift_id, seat=gone.seat, by=cast.actor(name))


def test_nobody_signs_up_for_a_draft(cast: Cast) -> None:
    people_a_team()
    roster = a_published_roster()
    Roster.objects.filter(id=roster.id).update(state=Roster.State.DRAFT)
    shift = Shift.objects.filter(roster=roster)[0]
    with pytest.raises(RosterNotOpen):
        actions.sign_up(shift_id=shift.id, seat="services", by=cast.actor("lan"))


def test_the_calendar_address_tells_own_shifts_only_and_ends(cast: Cast) -> None:
    joined = people_a_team()
    roster = a_published_roster()
    client, stranger = cast.client("lan"), cast.client(None)
    token = actions.make_feed_address(by=cast.actor("lan"))
    answer = stranger.get(f"/calendar/{token}.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    events = list(Calendar.from_ical(answer.content).walk("VEVENT"))
    assert {str(event["uid"]) for event in events} == {
        f"{shift}@aoxanh"
        for shift in seats_of(roster).filter(volunteer=LAN).values_list("shift_id", flat=True)
    }
    assert events
    text = answer.content.decode()
    assert not [one.full_name for one in joined if one.full_name in text]
    assert token not in str(CalendarFeed.objects.values())
    client.post("/shifts/calendar/", {"verb": "make"})
    assert stranger.get(f"/calendar/{token}.ics").status_code == 404
    newer = actions.make_feed_address(by=cast.actor("lan"))
    assert stranger.get(f"/calendar/{newer}.ics").status_code == 200
    Account.objects.filter(volunteer=LAN).update(is_active=False)
    assert stranger.get(f"/calendar/{newer}.ics").status_code == 404
    Account.objects.filter(volunteer=LAN).update(is_active=True)
    actions.end_feed_address(by=cast.actor("lan"))
    assert stranger.get(f"/calendar/{newer}.ics").status_code == 404


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_check_in_counts_once_in_whatever_order_it_is_told(cast: Cast, order: tuple[int, ...]) -> None:
    seat, lan = a_seat_today(), cast.actor("lan")
    one, other = uuid7(), uuid7()
    told = [
        actions.Presence(one, seat.shift_id, at(7, 30)),
        actions.Presence(one, seat.shift_id, at(7, 30), at(11)),
        actions.Presence(other, seat.shift_id, at(7, 30), at(11)),
    ]
    for number in (*order, *order):
        (answer,) = actions.check_in(presences=[told[number]], by=lan)
        assert answer.status in ("accepted", "already")
    row = CheckIn.objects.get(shift=seat.shift_id)
    assert (row.arrived_at, row.left_at) == (at(7, 30), at(11))
    later = actions.Presence(one, seat.shift_id, at(7, 30), at(12))
    assert [answer.status for answer in actions.check_in(presences=[later], by=lan)] == ["already"]
    assert queries.hours_of([LAN], clock.today(), clock.today()) == {LAN: (1, 210)}


def test_check_ins_that_cannot_be_are_refused_each_by_itself(cast: Cast) -> None:
    seat, lan = a_seat_today(), cast.actor("lan")
    known = uuid7()
    actions.check_in(presences=[actions.Presence(known, seat.shift_id, at(8))], by=lan)
    people_a_team(1)
    answers = actions.check_in(
        presences=[
            actions.Presence(uuid7(), uuid7(), at(8)),
            actions.Presence(uuid7(), seat.shift_id, at(8) - timedelta(days=2)),
            actions.Presence(known, seat.shift_id, at(8), at(7)),
            actions.Presence(known, seat.shift_id, at(8), at(8) + timedelta(days=4)),
        ],
        by=lan,
    )
    assert [answer.code or answer.status for answer in answers] == [
        "not_on_shift",
        "already",
        "already",
        "already",
    ]
    (answer,) = actions.check_in(
        presences=[actions.Presence(known, seat.shift_id, at(8))], by=cast.actor("minh")
    )
    assert answer.code == "id_taken"
    CheckIn.objects.all().delete()
    (answer,) = actions.check_in(
        presences=[actions.Presence(uuid7(), seat.shift_id, at(8) - timedelta(days=2))], by=lan
    )
    assert answer.code == "wrong_day"


def test_a_whole_province_is_drafted_in_one_run_that_goes_on_after_a_cut(
    cast: Cast, monkeypatch: Any
) -> None:
    people_a_team()
    duc = cast.actor("duc")
    run = actions.order_run(place=team().commune.parent, first_day=monday(), weeks=1, by=duc)
    seen: list[UUID] = []
    honest = runs.draft_roster

    def die(**how: Any) -> None:
        seen.append(how["roster_id"])
        raise OperationalError

    with monkeypatch.context() as patched:
        patched.setattr(runs, "draft_roster", die)
        with pytest.raises(OperationalError):
            actions.carry_out_run(run_id=run.id, by=SYSTEM)
    assert honest is runs.draft_roster
    actions.carry_out_run(run_id=run.id, by=SYSTEM)
    run = RosterRun.objects.get(id=run.id)
    assert (run.state, run.done, run.total, run.drafted, run.unable) == ("done", 1, 1, 1, 0)
    roster = Roster.objects.get(run=run)
    assert (roster.id, roster.state) == (seen[0], Roster.State.DRAFT)
    later = actions.order_run(place=team().commune, first_day=monday(), weeks=1, by=cast.actor("son"))
    actions.carry_out_run(run_id=later.id, by=SYSTEM)
    later.refresh_from_db()
    assert (later.drafted, later.had_one) == (0, 1)
    with pytest.raises(NotAllowed):
        actions.order_run(place=team().commune.parent, first_day=monday(), weeks=1, by=cast.actor("son"))


def test_a_question_lapses_when_the_roster_is_replaced(cast: Cast) -> None:
    people_a_team()
    roster = a_published_roster()
    seat, partner = a_pair(roster)
    assert partner.wanted is not None
    asker = actor(seat.volunteer_id)
    swap = actions.propose_swap(
        shift_id=seat.shift_id, taker_id=partner.volunteer_id, wanted_id=partner.wanted.id, by=asker
    )
    mend = actions.order_mend(roster=roster, by=SYSTEM)
    actions.draft_roster(roster_id=mend.id, by=SYSTEM)
    actions.publish_roster(roster=fresh(mend), by=SYSTEM)
    swap.refresh_from_db()
    assert swap.state == Swap.State.WITHDRAWN


def test_a_mend_leaves_who_has_come_already(cast: Cast) -> None:
    seat, lan = a_seat_today(), cast.actor("lan")
    people_a_team()
    actions.check_in(presences=[actions.Presence(uuid7(), seat.shift_id, at(8))], by=lan)
    actions.record_own_absence(facts=facts(clock.today() + timedelta(days=1)), by=lan)
    mend = actions.order_mend(roster=seat.roster, by=SYSTEM)
    actions.draft_roster(roster_id=mend.id, by=SYSTEM)
    assert (seat.shift_id, LAN) in seats(mend)
    order = inputs.from_json(inputs.unpack(fresh(mend).inputs or b""))
    assert [pin.shift for pin in order.problem.pins] == [str(seat.shift_id)]


def test_what_a_leader_set_by_hand_stays_through_a_mend(cast: Cast) -> None:
    people_a_team()
    roster = a_published_roster()
    gone = a_holder(roster)
    actions.take_seat(roster=roster, shift_id=gone.shift_id, volunteer_id=gone.volunteer_id, by=SYSTEM)
    actions.give_seat(
        roster=roster, shift_id=gone.shift_id, volunteer_id=gone.volunteer_id, seat=gone.seat, by=SYSTEM
    )
    mend = actions.order_mend(roster=roster, by=SYSTEM)
    actions.draft_roster(roster_id=mend.id, by=SYSTEM)
    assert seats_of(mend).get(shift=gone.shift_id, volunteer=gone.volunteer_id).pinned
