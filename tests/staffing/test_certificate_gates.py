"""Certificates gate what volunteers settle among themselves: signing up, asking for a swap, and saying yes to one."""

from itertools import product
from uuid import UUID

import pytest

from aoxanh.kernel import clock
from aoxanh.kernel.scope import whole_nation
from aoxanh.people import queries as people
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.models import Account
from aoxanh.staffing import roster_actions as actions
from aoxanh.staffing.models import Roster, Shift, ShiftAssignment, Swap
from aoxanh.staffing.roster_errors import AgainstRule, DoubleBooked, MayNotLeave
from aoxanh.training.models import Certificate
from tests.staffing.duty import a_published_roster, people_a_team

ASKING = ("vneid", "services")


def actor(volunteer_id: UUID) -> Actor:
    return people.actor_of(Account.objects.get(volunteer=volunteer_id))


def lose_certificates(volunteer_id: UUID) -> None:
    Certificate.objects.filter(volunteer=volunteer_id).update(revoked_on=clock.today())


def a_proposed_swap(roster: Roster, takers: list[UUID]) -> Swap:
    """Return a question about a seat that asks for a certificate, put to somebody who may take it."""
    seats = ShiftAssignment.objects.filter(roster=roster, seat__in=ASKING, holds=True).order_by("day", "half")
    for seat, taker in product(seats, takers):
        try:
            return actions.propose_swap(shift_id=seat.shift_id, taker_id=taker, by=actor(seat.volunteer_id))
        except (AgainstRule, MayNotLeave, DoubleBooked, NotAllowed):
            continue
    pytest.fail("nobody can take any seat")


@pytest.fixture
def team(db: None) -> list[UUID]:
    return [one.id for one in people_a_team()]


def test_nobody_is_handed_a_seat_after_their_certificate_was_taken_back(team: list[UUID]) -> None:
    roster = a_published_roster()
    with whole_nation():
        swap = a_proposed_swap(roster, team)
        lose_certificates(swap.taker_id)
        with pytest.raises(AgainstRule):
            actions.accept_swap(swap_id=swap.id, by=actor(swap.taker_id))
        Certificate.objects.update(revoked_on=None)
        assert actions.accept_swap(swap_id=swap.id, by=actor(swap.taker_id)).state == Swap.State.ACCEPTED


def test_nobody_signs_up_for_a_seat_whose_certificate_they_lack(team: list[UUID]) -> None:
    roster = a_published_roster()
    with whole_nation():
        held = ShiftAssignment.objects.filter(roster=roster, seat__in=ASKING, holds=True).first()
        assert held is not None
        shift = Shift.objects.get(id=held.shift_id)
        who = held.volunteer_id
        held.delete()
        lose_certificates(who)
        with pytest.raises(AgainstRule):
            actions.sign_up(shift_id=shift.id, seat=held.seat, by=actor(who))
        Certificate.objects.update(revoked_on=None)
        assert actions.sign_up(shift_id=shift.id, seat=held.seat, by=actor(who)).volunteer_id == who
