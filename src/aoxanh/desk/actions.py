"""What people do at the desk: hand in work, take on and settle hand-overs, read what was recorded."""

from django.db import transaction

from aoxanh.audit import actions as audit
from aoxanh.desk.answers import check_open, take_answer
from aoxanh.desk.entering import enter_answer, note_check, note_return
from aoxanh.desk.errors import HandoverAlreadyTaken
from aoxanh.desk.models import Handover
from aoxanh.desk.receive import check_digest, receive_batch
from aoxanh.kernel import clock
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, places_reached, require
from aoxanh.places import queries as places
from aoxanh.places.models import Place

__all__ = [
    "check_digest",
    "check_open",
    "enter_answer",
    "note_check",
    "note_reading",
    "note_return",
    "receive_batch",
    "settle_handover",
    "take_answer",
    "take_handover",
]


@transaction.atomic
def take_handover(*, handover: Handover, by: Actor) -> Handover:
    """Put an official's name on a waiting hand-over.

    Raises HandoverAlreadyTaken when it no longer waits; the caller should reload.
    """
    locked = _locked(handover, by)
    if locked.state != Handover.State.WAITING:
        raise HandoverAlreadyTaken
    locked.state, locked.official_id = Handover.State.TAKEN, by.account_id
    return _save(locked, "desk.handover.taken", by)


@transaction.atomic
def settle_handover(*, handover: Handover, by: Actor) -> Handover:
    """Say that the official dealt with it; a waiting one counts as taken by the same person."""
    locked = _locked(handover, by)
    if locked.state not in (Handover.State.WAITING, Handover.State.TAKEN):
        raise HandoverAlreadyTaken
    locked.state, locked.official_id, locked.settled_at = Handover.State.SETTLED, by.account_id, clock.now()
    return _save(locked, "desk.handover.settled", by)


def note_reading(*, what: str, count: int, by: Actor, place: Place | None = None) -> None:
    """Tell the audit that somebody who answers for a place read single pieces of work: one entry for a page, not for a row.

    People who read their own or their team's work leave no entry. Goes to the chain of the place that was read.
    """
    reached = places_reached(by, Permission.SESSION_READ)
    if reached == []:
        return
    own = reached[0] if reached and len(reached) == 1 else "VN"
    chain = place.code if place else own
    audit.record_read(
        chain=chain, actor=str(by), what=what, subject=f"place:{chain}", details={"count": count}
    )


def _locked(handover: Handover, by: Actor) -> Handover:
    require(by, Permission.HANDOVER_SETTLE, places.place_by_code(handover.commune_code))
    return Handover.objects.select_for_update().get(pk=handover.pk)


def _save(handover: Handover, action: str, by: Actor) -> Handover:
    handover.save(update_fields=["state", "official_id", "settled_at"])
    audit.record(chain=handover.commune_code, actor=str(by), action=action, subject=f"session:{handover.id}")
    return handover
