"""What follows in plans and rosters when a minor may no longer be put to work: a gap, at once."""

from datetime import timedelta
from typing import Any

from django.db import transaction

from aoxanh.audit import actions as audit
from aoxanh.kernel import clock
from aoxanh.kernel.scope import whole_nation
from aoxanh.people.actors import Actor
from aoxanh.people.models import Volunteer
from aoxanh.staffing.actions.days import FARTHEST_AHEAD, AbsenceFacts, free_seats
from aoxanh.staffing.models import Assignment


@transaction.atomic
def on_consent_ended(sender: object, *, volunteer: Volunteer, by: Actor, **_more: Any) -> None:
    """Free the seats that somebody holds from today on, and end where a plan sends them, wherever that is."""
    del sender
    first = clock.today()
    # A team may serve where the secretary who records the withdrawal does not reach.
    with whole_nation():
        rosters = free_seats(volunteer, AbsenceFacts(first, first + FARTHEST_AHEAD + timedelta(days=1)))
        ended = Assignment.objects.filter(volunteer=volunteer, state=Assignment.State.HOLDS).update(
            state=Assignment.State.ENDED, ended_at=clock.now()
        )
    audit.record(
        chain=volunteer.home_id,
        actor=str(by),
        action="staffing.consent.ended",
        subject=f"volunteer:{volunteer.id}",
        details={"rosters": len(rosters), "assignments": ended},
    )
