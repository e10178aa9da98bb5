"""No minor without a guardian's consent in a plan, a roster, a shift or a record: held to a second reading of the rule."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from freezegun import freeze_time

from aoxanh.desk.actions import receive_batch
from aoxanh.kernel import clock
from aoxanh.kernel.ids import uuid7
from aoxanh.kernel.scope import scope, whole_nation
from aoxanh.people import actions as people_actions
from aoxanh.people.consent_queries import without_consent
from aoxanh.people.deployable import deployable_in
from aoxanh.people.models import GuardianConsent, Membership, Volunteer
from aoxanh.places.queries import place_by_code
from aoxanh.staffing import roster_actions as actions
from aoxanh.staffing.models import Shift, ShiftAssignment
from aoxanh.staffing.patterns import Pattern
from aoxanh.staffing.roster_errors import AgainstRule
from aoxanh.staffing.roster_problem import prepare, seats_of
from tests.cast import LAN_TEAM, LUNG_CU, volunteer_id
from tests.conftest import Cast
from tests.desk.record_examples import a_batch, a_record
from tests.people.consenting import make_minors
from tests.staffing.duty import SYSTEM, a_draft, a_published_roster, certify, people_a_team

pytestmark = pytest.mark.django_db
LAN = volunteer_id("lan")


@pytest.fixture(autouse=True)
def nation() -> Any:
    with whole_nation():
        yield


@dataclass
class History:
    """What is known of one person: the 18th birthday, and each paper from when to when."""

    volunteer: UUID
    adult_on: date | None
    papers: list[tuple[date, date | None]]

    def may_serve(self, day: date) -> bool:
        """Read the rule a second time, day by day: of age, or the last thing said by that day was yes."""
        if self.adult_on is None or day >= self.adult_on:
            return True
        said = [(told, yes) for given, taken in self.papers for told, yes in ((given, True), (taken, False))]
        heard = [yes for told, yes in said if told is not None and told <= day]
        return bool(heard) and heard[-1]


def histories(random: Random, ids: list[UUID]) -> list[History]:
    today = clock.today()
    found = []
    for id_ in ids:
        grown = random.choice([None, -200, -1, 0, 1, 2, 5, 100, 700])
        papers: list[tuple[date, date | None]] = []
        day = today - timedelta(days=random.choice([0, 1, 5, 20, 60]))
        for _ in range(random.randint(0, 3)):
            end = random.choice([day, day + timedelta(days=1), day + timedelta(days=5), today, today])
            is_open = end > today or random.random() < 0.3
            papers.append((day, None if is_open else end))
            if is_open or end > today:
                break
            day = end + timedelta(days=random.choice([0, 1, 3]))
            if day > today:
                break
        found.append(History(id_, None if grown is None else today + timedelta(days=grown), papers))
    return found


def store(told: list[History]) -> None:
    for one in told:
        Volunteer.objects.filter(id=one.volunteer).update(adult_on=one.adult_on)
        for given, taken in one.papers:
            GuardianConsent.objects.create(
                volunteer_id=one.volunteer, given_on=given, withdrawn_on=taken, paper="x", kept_at="x",
                needed_until=one.adult_on or given,
            )  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
def test_who_may_serve_is_what_a_second_reading_of_the_papers_says(cast: Cast, seed: int) -> None:
    random, today = Random(seed), clock.today()
    joined = people_a_team()
    told = histories(random, [one.id for one in joined])
    store(told)
    fit = {one.volunteer for one in told if one.may_serve(today)}
    everybody = {one.volunteer for one in told}
    sent = {person.id for person in deployable_in(place_by_code(LUNG_CU), today)} & everybody
    assert sent == fit
    assert without_consent(everybody, today) == everybody - fit
    roster = a_draft(Pattern(duty_seats={"services": 2, "vneid": 3}))
    members = {member.id: member for member in prepare(roster).problem.members}
    numbers = {one.id: number for number, one in prepare(roster).volunteers.items()}
    for one in told:
        for shift in Shift.objects.filter(roster=roster):
            barred = one.volunteer not in fit and (one.adult_on is None or shift.day < one.adult_on)
            assert members[numbers[one.volunteer]].is_barred(shift.day) == barred
    for seat in seats_of(roster):
        one = next((each for each in told if each.volunteer == seat.volunteer_id), None)
        assert one is None or one.volunteer in fit or seat.day >= (one.adult_on or date.min)


def test_a_withdrawal_leaves_a_gap_in_every_roster_at_once(cast: Cast) -> None:
    joined = people_a_team(6)
    make_minors([joined[0].id])
    roster = a_published_roster(Pattern(duty=0b1, duty_seats={"vneid": 3}, mobile=0))
    shift = Shift.objects.get(roster=roster)
    ShiftAssignment.objects.filter(roster=roster, shift=shift).delete()
    for person in (LAN, joined[0].id):
        actions.give_seat(roster=roster, shift_id=shift.id, volunteer_id=person, seat="vneid", by=SYSTEM)
    consent = GuardianConsent.objects.get(volunteer=joined[0].id)
    son = cast.actor("son")
    with scope(son.scope):
        people_actions.withdraw_consent(consent=consent, by=son)
    assert not seats_of(roster).filter(volunteer=joined[0].id).exists()
    with pytest.raises(AgainstRule) as refused:
        actions.give_seat(
            roster=roster, shift_id=shift.id, volunteer_id=joined[0].id, seat="vneid", by=SYSTEM
        )
    assert refused.value.facts["rule"] == "consent"


def test_a_draft_made_before_the_withdrawal_is_published_with_a_gap(cast: Cast) -> None:
    joined = people_a_team(6)
    roster = a_draft(Pattern(duty_seats={"vneid": 4}, mobile=0))
    sitting = {seat.volunteer_id for seat in seats_of(roster)} & {one.id for one in joined}
    make_minors(sitting, consent=False)
    actions.publish_roster(roster=roster, by=SYSTEM)
    assert not seats_of(roster).filter(volunteer__in=sitting, day__gte=clock.today()).exists()


def test_a_record_of_a_day_without_consent_is_refused_with_its_reason(cast: Cast) -> None:
    make_minors([LAN], consent=False)
    certify(LAN, "services")
    lan = cast.actor("lan")

    def hand_in() -> list[tuple[str, str]]:
        with scope(lan.scope):
            receipt = receive_batch(body=a_batch(a_record()), device_id=uuid7(), by=lan)
        return [(answer.status, answer.flaw.code if answer.flaw else "") for answer in receipt.answers]

    assert hand_in() == [("rejected", "consent_missing")]
    make_minors([LAN])
    assert hand_in() == [("accepted", "")]
    GuardianConsent.objects.update(withdrawn_on=clock.today() - timedelta(days=1))
    assert hand_in() == [("rejected", "consent_missing")]


@pytest.mark.parametrize(
    ("consent", "hour", "code"),
    [(True, 8, ""), (True, 19, "minor_hours"), (True, 5, "minor_hours"), (False, 8, "consent_missing")],
)
def test_a_minor_comes_to_a_shift_with_consent_and_by_day_only(
    cast: Cast, consent: bool, hour: int, code: str
) -> None:
    people_a_team(6)
    roster = a_published_roster(Pattern(duty_seats={"vneid": 3}, mobile=0))
    seat = ShiftAssignment.objects.filter(
        roster=roster, holds=True, volunteer__in=Membership.objects.filter(team=LAN_TEAM).values("volunteer")
    ).order_by("day")[0]
    make_minors([seat.volunteer_id], consent=consent)
    with freeze_time(f"{seat.day} {hour:02d}:30+07:00"):
        by = type(cast.actor("lan"))(
            name="x", volunteer_id=seat.volunteer_id, grants=cast.actor("lan").grants, is_minor=True
        )
        told = actions.Presence(uuid7(), seat.shift_id, clock.now())
        assert [answer.code for answer in actions.check_in(presences=[told], by=by)] == [code]
