"""Drafting, adjusting and publishing a team's roster."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from aoxanh.audit.models import AuditEntry
from aoxanh.kernel import clock
from aoxanh.kernel.scope import scope, whole_nation
from aoxanh.people.errors import NotAllowed
from aoxanh.people.models import Membership, Volunteer
from aoxanh.staffing import roster_actions as actions
from aoxanh.staffing import roster_inputs as inputs
from aoxanh.staffing import roster_queries as queries
from aoxanh.staffing.models import (
    Absence,
    LanguageNeed,
    Need,
    Post,
    Roster,
    RosterMember,
    Shift,
    ShiftAssignment,
)
from aoxanh.staffing.patterns import Pattern, usual_week
from aoxanh.staffing.roster_errors import (
    AgainstRule,
    DoubleBooked,
    NobodyToRoster,
    RosterNotOpen,
    RosterOverlaps,
    ShiftHeld,
    UnfitRoster,
)
from aoxanh.staffing.roster_problem import prepare, seats_of
from tests.cast import BINH_TEAM, LAN_TEAM, LUNG_CU, volunteer_id
from tests.conftest import Cast
from tests.people.consenting import make_minors
from tests.staffing.duty import SYSTEM, a_draft, a_published_roster, fresh, monday, people_a_team, team
from tests.staffing.roster_judge import Judge

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nation() -> Any:
    with whole_nation():
        yield


def test_a_leader_has_a_week_drafted_that_keeps_every_rule_and_publishes_it(cast: Cast) -> None:
    people_a_team()
    minh = cast.actor("minh")
    with scope(minh.scope):
        roster = actions.order_roster(team=team(), first_day=monday(), weeks=1, pattern=Pattern(), by=minh)
        actions.draft_roster(roster_id=roster.id, by=SYSTEM)
        roster = fresh(roster)
        assert (roster.state, roster.objective == roster.bound) == (Roster.State.DRAFT, True)
        prepared = prepare(roster)
        problem = prepared.problem
        assert Judge(problem.members, problem.shifts, problem.absences).breaches(prepared.held) == []
        assert len(prepared.held) == sum(
            sum(shift.seats.values()) for shift in Shift.objects.filter(roster=roster)
        )
        assert not seats_of(roster).filter(holds=True).exists()
        actions.publish_roster(roster=roster, by=minh)
        assert fresh(roster).state == Roster.State.PUBLISHED
        assert not seats_of(roster).filter(holds=False).exists()
    told = set(AuditEntry.objects.filter(chain=LUNG_CU).values_list("action", flat=True))
    assert {"staffing.roster.ordered", "staffing.roster.drafted", "staffing.roster.published"} <= told


def test_a_draft_is_computed_again_from_its_inputs_to_the_last_seat(cast: Cast) -> None:
    people_a_team()
    roster = a_draft(weeks=2)
    assert actions.recompute(roster=roster)
    order = inputs.from_json(inputs.unpack(roster.inputs))
    assert {member.id for member in order.problem.members} == {f"m{number:03d}" for number in range(1, 9)}
    tampered = inputs.unpack(roster.inputs).replace(b'"most":6', b'"most":5', 1)
    roster.inputs = inputs.pack(tampered)
    assert not actions.recompute(roster=roster)


def test_inputs_hold_no_names_and_no_ids_of_people(cast: Cast) -> None:
    joined = people_a_team()
    content = inputs.unpack(a_draft().inputs).decode()
    for one in joined:
        assert str(one.id) not in content
        assert one.full_name not in content


def test_without_the_certificate_nobody_gets_the_seat(cast: Cast) -> None:
    people_a_team(2)
    Volunteer.objects.get(id=volunteer_id("lan")).certificates.all().delete()
    roster = a_draft()
    assert not seats_of(roster).filter(volunteer=volunteer_id("lan")).exclude(seat="outreach").exists()
    shift = Shift.objects.filter(roster=roster, kind="duty").first()
    assert shift is not None
    seat = seats_of(roster).filter(shift=shift).first()
    assert seat is not None
    actions.take_seat(roster=roster, shift_id=shift.id, volunteer_id=seat.volunteer_id, by=SYSTEM)
    with pytest.raises(AgainstRule) as refused:
        actions.give_seat(
            roster=roster, shift_id=shift.id, volunteer_id=volunteer_id("lan"), seat=seat.seat, by=SYSTEM
        )
    assert refused.value.facts["rule"] == "certificate"


def test_what_is_set_by_hand_stays_when_the_draft_is_made_again(cast: Cast) -> None:
    people_a_team()
    roster = a_draft()
    shift = Shift.objects.filter(roster=roster).order_by("day", "half").first()
    assert shift is not None
    held = list(seats_of(roster).filter(shift=shift))
    actions.take_seat(roster=roster, shift_id=shift.id, volunteer_id=held[0].volunteer_id, by=SYSTEM)
    _prepared, able = queries.candidates(roster, shift)
    chosen = next(one for one in able if not one.rule and one.volunteer_id != held[0].volunteer_id)
    actions.give_seat(
        roster=roster, shift_id=shift.id, volunteer_id=chosen.volunteer_id, seat=chosen.seat, by=SYSTEM
    )
    actions.order_again(roster=roster, by=SYSTEM)
    actions.draft_roster(roster_id=roster.id, by=SYSTEM)
    row = seats_of(roster).get(shift=shift, volunteer=chosen.volunteer_id)
    assert row.pinned


def test_nobody_is_in_two_places_at_once_even_past_the_actions(cast: Cast) -> None:
    people_a_team()
    roster = a_published_roster()
    row = seats_of(roster).first()
    assert row is not None
    other = Shift.objects.create(
        roster=roster, commune_id=LUNG_CU, day=row.day, half=row.half, kind="mobile", seats={"outreach": 2}
    )
    with pytest.raises(IntegrityError, match="shiftassignment_one_place"), transaction.atomic():
        ShiftAssignment.objects.create(
            roster=roster, shift=other, commune_id=LUNG_CU, volunteer_id=row.volunteer_id, day=row.day, half=row.half,
            seat="outreach", holds=True,
        )  # fmt: skip
    ShiftAssignment.objects.create(
        roster=roster,
        shift=other,
        commune_id=LUNG_CU,
        volunteer_id=row.volunteer_id,
        day=row.day,
        half=row.half,
        seat="outreach",
    )


def test_one_team_has_one_published_roster_for_a_day(cast: Cast) -> None:
    people_a_team()
    drafts = [a_draft(), a_draft()]
    actions.publish_roster(roster=drafts[0], by=SYSTEM)
    with pytest.raises(RosterOverlaps):
        actions.publish_roster(roster=drafts[1], by=SYSTEM)
    with pytest.raises(RosterOverlaps):
        actions.order_roster(team=team(), first_day=monday(), weeks=1, pattern=Pattern(), by=SYSTEM)
    with pytest.raises(IntegrityError, match="roster_one_published"), transaction.atomic():
        Roster.objects.filter(id=drafts[1].id).update(state=Roster.State.PUBLISHED)
    assert fresh(drafts[1]).state == Roster.State.DRAFT


def test_publishing_names_who_serves_another_team_at_that_time_and_changes_nothing(cast: Cast) -> None:
    people_a_team(1)
    roster = a_draft()
    row = seats_of(roster).first()
    assert row is not None
    elsewhere = Roster.objects.create(
        team_id=BINH_TEAM,
        commune_id="00004",
        first_day=monday(),
        last_day=monday() + timedelta(days=6),
        state="published",
    )
    shift = Shift.objects.create(
        roster=elsewhere, commune_id="00004", day=row.day, half=row.half, seats={"outreach": 1}
    )
    ShiftAssignment.objects.create(
        roster=elsewhere, shift=shift, commune_id="00004", volunteer_id=row.volunteer_id, day=row.day, half=row.half,
        seat="outreach", holds=True,
    )  # fmt: skip
    with pytest.raises(DoubleBooked) as refused:
        actions.publish_roster(roster=roster, by=SYSTEM)
    assert refused.value.facts["who"] == row.volunteer.full_name
    assert fresh(roster).state == Roster.State.DRAFT
    assert not seats_of(roster).filter(holds=True).exists()


def test_a_shift_of_another_team_counts_as_an_absence(cast: Cast) -> None:
    people_a_team(1)
    lan = volunteer_id("lan")
    elsewhere = Roster.objects.create(
        team_id=BINH_TEAM,
        commune_id="00004",
        first_day=monday(),
        last_day=monday() + timedelta(days=6),
        state="published",
    )
    shift = Shift.objects.create(
        roster=elsewhere, commune_id="00004", day=monday(), half="am", seats={"outreach": 1}
    )
    ShiftAssignment.objects.create(
        roster=elsewhere,
        shift=shift,
        commune_id="00004",
        volunteer_id=lan,
        day=monday(),
        half="am",
        seat="outreach",
        holds=True,
    )
    roster = a_draft()
    assert not seats_of(roster).filter(volunteer=lan, day=monday(), half="am").exists()
    actions.publish_roster(roster=roster, by=SYSTEM)


def test_rest_looks_across_the_edge_of_the_weeks(cast: Cast) -> None:
    people_a_team()
    far = Pattern(duty=0, mobile=1 << 13, mobile_seats={"outreach": 2}, km=30, place="Bản xa")
    with whole_nation():
        first = actions.order_roster(team=team(), first_day=monday(), weeks=1, pattern=far, by=SYSTEM)
        actions.draft_roster(roster_id=first.id, by=SYSTEM)
        actions.publish_roster(roster=fresh(first), by=SYSTEM)
    tired = set(seats_of(first).values_list("volunteer_id", flat=True))
    assert len(tired) == 2
    roster = actions.order_roster(
        team=team(),
        first_day=monday(2),
        weeks=1,
        pattern=Pattern(duty=0b11, mobile=0, duty_seats={"services": 6}),
        by=SYSTEM,
    )
    actions.draft_roster(roster_id=roster.id, by=SYSTEM)
    morning = set(seats_of(roster).filter(half="am").values_list("volunteer_id", flat=True))
    assert len(morning) == 6
    assert not morning & tired


def test_a_minor_never_enters_dossiers_alone(cast: Cast) -> None:
    people_a_team(3)
    young = set(
        Volunteer.objects.exclude(id=volunteer_id("minh"))
        .filter(memberships__team=LAN_TEAM)
        .values_list("id", flat=True)
    )
    make_minors(young, days=300)
    roster = a_draft(Pattern(duty_seats={"services": 2}))
    for shift in Shift.objects.filter(roster=roster, kind="duty"):
        here = set(seats_of(roster).filter(shift=shift).values_list("volunteer_id", flat=True))
        assert not here or volunteer_id("minh") in here


def test_weeks_that_cannot_be_are_refused_with_the_field(cast: Cast) -> None:
    people_a_team(1)
    for first_day, weeks, pattern, field in (
        (monday() + timedelta(days=1), 1, Pattern(), "first_day"),
        (monday(-1), 1, Pattern(), "first_day"),
        (monday(60), 1, Pattern(), "first_day"),
        (monday(), 5, Pattern(), "weeks"),
        (monday(), 0, Pattern(), "weeks"),
        (monday(), 1, Pattern(duty=0, mobile=0), "seats"),
        (monday(), 1, Pattern(duty_seats={"services": 10_000}), "seats"),
        (monday(), 1, Pattern(language="xxx"), "language"),
        (monday(), 1, Pattern(place="x" * 81), "place"),
    ):
        with pytest.raises(UnfitRoster) as refused:
            actions.order_roster(team=team(), first_day=first_day, weeks=weeks, pattern=pattern, by=SYSTEM)
        assert refused.value.field == field
    Membership.objects.filter(team=LAN_TEAM).update(valid_to=clock.today())
    with pytest.raises(NobodyToRoster):
        actions.order_roster(team=team(), first_day=monday(), weeks=1, pattern=Pattern(), by=SYSTEM)


def test_only_who_leads_the_team_or_answers_for_the_place_makes_rosters(cast: Cast) -> None:
    people_a_team(1)
    roster = a_draft()
    for name in ("lan", "ha", "an", "thu", "binh"):
        with pytest.raises(NotAllowed):
            actions.order_roster(
                team=team(), first_day=monday(2), weeks=1, pattern=Pattern(), by=cast.actor(name)
            )
        with pytest.raises(NotAllowed):
            actions.publish_roster(roster=roster, by=cast.actor(name))
    for name, sees in (
        ("minh", True),
        ("son", True),
        ("ha", True),
        ("duc", True),
        ("lan", False),
        ("an", False),
        ("binh", False),
    ):
        assert queries.rosters_visible_to(cast.actor(name)).filter(id=roster.id).exists() == sees


def test_a_shift_with_people_is_not_removed_and_a_replaced_roster_not_changed(cast: Cast) -> None:
    people_a_team()
    roster = a_published_roster()
    shift = Shift.objects.filter(roster=roster).first()
    assert shift is not None
    with pytest.raises(ShiftHeld):
        actions.drop_shift(roster=roster, shift_id=shift.id, by=SYSTEM)
    facts = actions.ShiftFacts(
        day=monday() + timedelta(days=6), half="am", kind="mobile", seats={"outreach": 2}, place="Chợ phiên"
    )
    added = actions.add_shift(roster=roster, facts=facts, by=SYSTEM)
    actions.drop_shift(roster=roster, shift_id=added.id, by=SYSTEM)
    Roster.objects.filter(id=roster.id).update(state=Roster.State.SUPERSEDED)
    with pytest.raises(RosterNotOpen):
        actions.add_shift(roster=roster, facts=facts, by=SYSTEM)


def test_a_draft_cut_off_in_the_middle_is_made_again_and_leaves_the_published_one(
    cast: Cast, monkeypatch: Any
) -> None:
    people_a_team()
    published = a_published_roster()
    before = list(seats_of(published).values_list("shift_id", "volunteer_id"))
    mend = actions.order_mend(roster=published, by=SYSTEM)

    def die(_order: inputs.Order) -> None:
        raise SystemExit  # a worker that is told to go

    with monkeypatch.context() as patched:
        patched.setattr(inputs.Order, "carry_out", die)
        with pytest.raises(SystemExit):
            actions.draft_roster(roster_id=mend.id, by=SYSTEM)
    assert fresh(mend).state == Roster.State.DRAFTING
    assert list(seats_of(published).values_list("shift_id", "volunteer_id")) == before
    actions.draft_roster(roster_id=mend.id, by=SYSTEM)
    assert fresh(mend).state == Roster.State.DRAFT
    assert fresh(published).state == Roster.State.PUBLISHED


def test_when_somebody_is_forgotten_their_number_alone_stays(
    cast: Cast, owner_sql: Callable[..., Any]
) -> None:
    joined = people_a_team()
    roster = a_published_roster()
    Absence.objects.create(volunteer=joined[0], first_day=clock.today(), last_day=clock.today())
    joined[0].delete()
    assert RosterMember.objects.filter(roster=roster).count() == 7
    assert actions.recompute(roster=fresh(roster))


def test_the_usual_week_follows_what_the_commune_needs(cast: Cast) -> None:
    assert usual_week(team()).duty_seats == {"services": 1, "vneid": 1}
    need = Need.objects.create(commune_id=LUNG_CU, open_halves=0b1111, mobile_halves=1 << 12)
    for kind, wanted in (("services", 4), ("vneid", 1), ("outreach", 2)):
        Post.objects.create(need=need, kind=kind, wanted=wanted)
    LanguageNeed.objects.create(need=need, language_id="hmn", speakers=3)
    week = usual_week(team())
    assert (week.duty, week.mobile, week.market, week.language) == (0b1111, 1 << 12, 1 << 12, "hmn")
    assert (week.duty_seats, week.mobile_seats) == ({"services": 3, "vneid": 1}, {"outreach": 6})
