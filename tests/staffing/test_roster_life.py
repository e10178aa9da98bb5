"""Whatever people do with a published roster, in any order, no rule is broken and nobody is in two places at once."""

from collections import Counter
from contextlib import suppress
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from aoxanh.kernel.errors import DomainError
from aoxanh.kernel.scope import whole_nation
from aoxanh.people import queries as people
from aoxanh.people.actors import Actor
from aoxanh.people.models import Account, Membership
from aoxanh.staffing import roster_actions as actions
from aoxanh.staffing import shift_queries as own
from aoxanh.staffing.models import Roster, Shift, ShiftAssignment, Swap
from aoxanh.staffing.patterns import Pattern
from aoxanh.staffing.roster_problem import prepare
from aoxanh.staffing.roster_queries import lacks, seats_by_shift
from tests.cast import LAN_TEAM
from tests.conftest import Cast
from tests.people.consenting import make_minors
from tests.staffing.duty import SYSTEM, a_published_roster, fresh, monday, people_a_team, team
from tests.staffing.roster_judge import Judge

pytestmark = pytest.mark.django_db
# A life goes on until everything was done at least once: whom chance picks is not the same each time.
STEPS, LONGEST = 80, 1_000
DOINGS = {"sign_up", "propose", "answer", "give", "take", "absent"}


class Life:
    """Plays one team: each step somebody does something, allowed or not."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        joined = people_a_team()
        make_minors([one.id for one in joined[:2]])
        a_published_roster(Pattern(duty_seats={"services": 1, "vneid": 2}, mobile=0))
        self.people = list(Membership.objects.filter(team=LAN_TEAM).values_list("volunteer_id", flat=True))
        self.done: Counter[str] = Counter()
        self.steps = 0

    def somebody(self) -> Actor:
        return people.actor_of(Account.objects.get(volunteer=self.random.choice(self.people)))

    def roster(self) -> Roster:
        return fresh(Roster.objects.get(state=Roster.State.PUBLISHED))

    def shift(self) -> Shift:
        return self.random.choice(list(Shift.objects.filter(roster=self.roster()).order_by("day", "half")))

    def step(self) -> None:
        self.steps += 1
        name = self.random.choice(["sign_up", "propose", "answer", "give", "take", "take", "absent"])
        with suppress(DomainError):
            getattr(self, name)()
            self.done[name] += 1

    def sign_up(self) -> None:
        by, shift, seat = self.somebody(), self.shift(), self.random.choice(["services", "vneid", "ai"])
        offered = own.open_seats(by)
        if offered and self.random.random() < 0.7:
            chosen = self.random.choice(offered)
            shift, seat = chosen.shift, chosen.seat
        actions.sign_up(shift_id=shift.id, seat=seat, by=by)

    def propose(self) -> None:
        by = self.somebody()
        seats = own.coming_seats(by)
        if seats:
            wanted = self.shift().id if self.random.random() < 0.7 else None
            taker = self.random.choice(self.people)
            partners = own.partners(by, seats[0])
            if partners and self.random.random() < 0.7:
                chosen = self.random.choice(partners)
                taker, wanted = chosen.volunteer_id, chosen.wanted.id if chosen.wanted else None
            actions.propose_swap(shift_id=seats[0].shift_id, taker_id=taker, wanted_id=wanted, by=by)

    def answer(self) -> None:
        swap = Swap.objects.filter(state=Swap.State.PROPOSED).order_by("made_at").first()
        if swap is not None:
            by = people.actor_of(Account.objects.get(volunteer=swap.taker_id))
            actions.accept_swap(swap_id=swap.id, by=by)

    def give(self) -> None:
        who, seat, roster = (
            self.random.choice(self.people),
            self.random.choice(["services", "vneid"]),
            self.roster(),
        )
        held = seats_by_shift(roster)
        short = [shift for shift in Shift.objects.filter(roster=roster) if lacks(shift, held[shift.id])]
        shift = self.random.choice(short) if short and self.random.random() < 0.9 else self.shift()
        actions.give_seat(roster=roster, shift_id=shift.id, volunteer_id=who, seat=seat, by=SYSTEM)

    def take(self) -> None:
        row = self.random.choice(
            list(ShiftAssignment.objects.filter(holds=True).order_by("day", "half", "id"))
        )
        actions.take_seat(
            roster=self.roster(), shift_id=row.shift_id, volunteer_id=row.volunteer_id, by=SYSTEM
        )

    def absent(self) -> None:
        day = monday() + timedelta(days=self.random.randrange(7))
        who = self.random.choice(self.people)
        facts = actions.AbsenceFacts(day, day, self.random.choice(["", "am", "pm"]))
        actions.record_absence(team=team(), volunteer_id=who, facts=facts, by=SYSTEM)
        mend = actions.order_mend(roster=self.roster(), by=SYSTEM)
        actions.draft_roster(roster_id=mend.id, by=SYSTEM)
        actions.publish_roster(roster=fresh(mend), by=SYSTEM)


@pytest.mark.parametrize("seed", [1, 2])
def test_no_order_of_doings_breaks_a_rule(cast: Cast, seed: int) -> None:
    with whole_nation():
        life = Life(seed)
        while life.steps < STEPS or not life.done.keys() >= DOINGS:
            assert life.steps < LONGEST, life.done
            life.step()
            prepared = prepare(life.roster())
            problem = prepared.problem
            assert Judge(problem.members, problem.shifts, problem.absences).breaches(prepared.held) == []
            held = ShiftAssignment.objects.filter(holds=True).values_list("volunteer", "day", "half")
            assert max(Counter(held).values()) == 1


def test_a_judge_of_lives_sees_a_breach(cast: Cast, monkeypatch: Any) -> None:
    """With the rules switched off at the door the same life breaks some, so the judge above can fail."""
    monkeypatch.setattr("aoxanh.staffing.actions.seats.may_take", lambda *_anything: None)
    with whole_nation():
        life = Life(1)
        breaches: list[str] = []
        for _step in range(STEPS):
            life.step()
            prepared = prepare(life.roster())
            problem = prepared.problem
            breaches += Judge(problem.members, problem.shifts, problem.absences).breaches(prepared.held)
    assert breaches
