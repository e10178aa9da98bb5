"""What a point's host does: tell that the point is connected, name who answers for it, and settle what was doubtful."""

from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from aoxanh.audit import actions as audit
from aoxanh.kernel import clock
from aoxanh.kernel.scope import whole_nation
from aoxanh.people import queries as people
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.permissions import Permission, may
from aoxanh.places import queries as places
from aoxanh.places.models import Place
from aoxanh.training import event_queries as queries
from aoxanh.training import point_queries as points
from aoxanh.training.errors import NotInThatState, SettledAlready, UnfitEvent
from aoxanh.training.models import Attendance, Point, TrainingEvent

State, Why = Attendance.State, Attendance.Why


@transaction.atomic
def tell_connected(*, commune: str, point_id: UUID, by: Actor) -> Point:
    """Note that a point is there, which its page does every half minute. Raises NotAllowed; a frozen point stays as it was."""
    point, _event, _place = points.point_for(by, commune, point_id)
    if point.closed_at is not None:
        return point
    now, is_first = clock.now(), point.connected_at is None
    point.last_seen_at, point.connected_at = now, point.connected_at or now
    rows = Point.objects.filter(commune_code=commune, id=point_id, closed_at=None)
    rows.update(last_seen_at=now, connected_at=point.connected_at)
    if is_first:
        _record(commune, by, "training.point.connected", point.event_id)
    return point


@transaction.atomic
def name_host(*, commune: str, point_id: UUID, host: UUID | None, by: Actor) -> Point:
    """Say whose account answers for a point; None for nobody. Raises NotAllowed, NotInThatState, UnfitEvent for who could not host it."""
    point, event, place = points.point_for(by, commune, point_id)
    if not points.may_name_host(by, event, place):
        raise NotAllowed
    if point.closed_at is not None:
        raise NotInThatState(state=event.get_state_display())
    require_able_host(host, place)
    Point.objects.filter(commune_code=commune, id=point_id).update(host_id=host)
    point.host_id = host
    _record(commune, by, "training.point.host_named", point.event_id)
    return point


@transaction.atomic
def settle_attendance(*, commune: str, attendance_id: UUID, counts: bool, by: Actor) -> Attendance:
    """Say whether what was held counts. Raises NotAllowed, SettledAlready.

    Between two points, and after the event is closed, only the event's owner says so; what then counts takes the other's place, so
    that a person is counted once. Anything else the host of the point may say.
    """
    row = Attendance.objects.filter(commune_code=commune, id=attendance_id).first()
    if row is None:
        raise NotAllowed
    event = TrainingEvent.objects.select_related("place__parent").get(id=row.event_id)
    if not queries.may_edit(by, event):
        if row.why in (Why.ELSEWHERE, Why.AFTER_CLOSE) or event.state == TrainingEvent.State.CLOSED:
            raise NotAllowed
        points.point_for(by, commune, row.point_id)
    with whole_nation():
        people.lock_volunteers([row.volunteer_id])
        row.refresh_from_db()
        if row.state != State.HELD:
            raise SettledAlready
        if counts:
            _give_way(row)
            Point.objects.filter(commune_code=commune, id=row.point_id).update(present=F("present") + 1)
        row.state, row.settled_at = State.PRESENT if counts else State.VOID, clock.now()
        row.save(update_fields=["state", "settled_at"])
        _record(commune, by, "training.attendance.settled", row.event_id)
    return row


def require_able_host(host: UUID | None, commune: Place) -> None:
    """Refuse an account that could not open the point's page: it has no role there. Raises UnfitEvent."""
    if host is None:
        return
    account = people.account_with_id(host)
    if account is None or not may(
        people.actor_of(account), Permission.POINT_HOST, commune, owner_id=account.id
    ):
        raise UnfitEvent(field="host", reason=_("this account has no role in the point's commune"))


def _give_way(row: Attendance) -> None:
    """Let what counted until now count no longer, and take it off its point."""
    others = Attendance.objects.filter(
        event_id=row.event_id, volunteer_id=row.volunteer_id, state=State.PRESENT
    )
    for other in others:
        Attendance.objects.filter(commune_code=other.commune_code, id=other.id).update(
            state=State.VOID, why=Why.ELSEWHERE, settled_at=clock.now()
        )
        Point.objects.filter(commune_code=other.commune_code, id=other.point_id).update(
            present=F("present") - 1
        )


def _record(commune: str, by: Actor, action: str, event_id: UUID) -> None:
    audit.record(
        chain=places.place_by_code(commune).code, actor=str(by), action=action, subject=f"event:{event_id}"
    )
