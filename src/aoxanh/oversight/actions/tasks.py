"""Tasks of supervision: made and closed each morning by what was measured, dealt with by those who answer for them."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from aoxanh.audit import actions as audit
from aoxanh.kernel import clock
from aoxanh.oversight.models import SupervisionTask
from aoxanh.oversight.supervision.gathering import PUT_UP, measure, put_up
from aoxanh.oversight.supervision.own_alerts import alerts_reached
from aoxanh.oversight.supervision.rules import UP, Key, Wanted, changes, policy, wanted
from aoxanh.oversight.supervision_errors import NoSuchTask, UnfitStep
from aoxanh.oversight.supervision_queries import inbox
from aoxanh.people.actors import Actor
from aoxanh.privacy.queries import check_text

LONGEST_DAYS = 14
LONGEST = 280
_TURN = 7_203_007


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a morning changed."""

    opened: int
    kept: int
    closed: int


@transaction.atomic
def refresh_tasks(*, by: Actor) -> Refreshed:
    """Open the tasks that there should be and close those whose cause is gone; safe to repeat. The caller reaches the nation."""
    _take_turns(by)
    today = clock.today()
    tasks = wanted(measure(policy(), today), policy().alerts, today) + alerts_reached(today)
    return _bring_about(tasks, SupervisionTask.objects.filter(closed_at=None), by)


@transaction.atomic
def refresh_asked(*, owner: str, by: Actor) -> Refreshed:
    """Do so for what the units below put to one unit, as soon as it is put there or answered. The caller reaches the nation."""
    _take_turns(by)
    tasks = wanted(put_up(owner), policy().alerts, clock.today())
    held = SupervisionTask.objects.filter(closed_at=None, rule=PUT_UP, place=owner)
    return _bring_about(tasks, held, by)


def _take_turns(by: Actor) -> None:
    """Let one transaction at a time open and close tasks; only the system does."""
    if not by.is_system:
        raise NoSuchTask
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])


def _bring_about(tasks: list[Wanted], held: QuerySet[SupervisionTask], by: Actor) -> Refreshed:
    """Open, measure anew and close, so that of those held the ones that are wanted are open."""
    today = clock.today()
    rows = {(row.rule, row.subject): row for row in held}
    todo = changes(tasks, set(rows), _rested(today), today)
    SupervisionTask.objects.bulk_create([_row(task, today) for task in todo.open], batch_size=1000)
    moved = [row for task in todo.keep if _moved(row := rows[task.key], task)]
    SupervisionTask.objects.bulk_update(moved, ["n"], batch_size=1000)
    gone = [rows[key].id for key in todo.close]
    SupervisionTask.objects.filter(id__in=gone).update(closed_at=clock.now(), outcome="gone")
    told = Refreshed(len(todo.open), len(todo.keep), len(gone))
    if told.opened or told.closed:
        audit.record(
            chain="VN",
            actor=str(by),
            action="oversight.tasks.refreshed",
            details={"opened": told.opened, "closed": told.closed},
        )
    return told


def settle_task(*, task_id: UUID, by: Actor, reason: str = "") -> SupervisionTask:
    """Say that a task was dealt with, and how; its subject rests until it would have been due. Raises NoSuchTask, UnfitStep."""
    with transaction.atomic():
        task = _locked(task_id, by)
        alert = policy().alert(task.rule)
        task.reason = _reason(reason, needed=False)
        task.outcome, task.closed_at = SupervisionTask.Outcome.DONE, clock.now()
        task.resting_until = clock.today() + timedelta(days=alert.days if alert else 1)
        task.save(update_fields=["reason", "outcome", "closed_at", "resting_until"])
        _record(task, by, "oversight.task.done")
    return task


def put_off_task(*, task_id: UUID, until: date, reason: str, by: Actor) -> SupervisionTask:
    """Put a task off to a day within two weeks, with a reason. Raises NoSuchTask, UnfitStep."""
    with transaction.atomic():
        task = _locked(task_id, by)
        if not clock.today() < until <= clock.today() + timedelta(days=LONGEST_DAYS):
            raise UnfitStep(field="until", reason=_("the day is not within the next 14 days"))
        task.reason = _reason(reason)
        task.resting_until = until
        task.due_on = max(task.due_on, until)
        task.save(update_fields=["reason", "resting_until", "due_on"])
        _record(task, by, "oversight.task.put_off")
    return task


def hand_on_task(*, task_id: UUID, reason: str, by: Actor) -> SupervisionTask:
    """Hand a task to whoever answers one floor above, with a reason. Raises NoSuchTask, UnfitStep."""
    with transaction.atomic():
        task = _locked(task_id, by)
        above = UP.get(task.owner)
        if above is None:
            raise UnfitStep(field="step", reason=_("nobody above answers for such a task"))
        task.reason = _reason(reason)
        task.owner, task.handed_on = above, task.handed_on + 1
        alert = policy().alert(task.rule)
        task.due_on = clock.today() + timedelta(days=alert.days if alert else 1)
        task.save(update_fields=["reason", "owner", "handed_on", "due_on"])
        _record(task, by, "oversight.task.handed_on")
    return task


def _locked(task_id: UUID, by: Actor) -> SupervisionTask:
    """Return an open task of the actor's inbox, locked; who may see it there may deal with it."""
    if not inbox(by).filter(id=task_id).exists():
        raise NoSuchTask
    row = SupervisionTask.objects.select_for_update(of=("self",)).filter(id=task_id, closed_at=None).first()
    # Somebody else may have dealt with it or handed it on while we waited.
    if row is None or not inbox(by).filter(id=task_id).exists():
        raise NoSuchTask
    return row


def _reason(text: str, *, needed: bool = True) -> str:
    reason = check_text(" ".join(text.split()), "reason")
    if needed and not reason:
        raise UnfitStep(field="reason", reason=_("it needs a reason"))
    if len(reason) > LONGEST:
        raise UnfitStep(field="reason", reason=_("the reason is longer than 280 characters"))
    return reason


def _rested(today: date) -> dict[Key, date]:
    rows = SupervisionTask.objects.filter(outcome="done", resting_until__gt=today).order_by("resting_until")
    return {(row.rule, row.subject): row.resting_until or today for row in rows}


def _row(task: Wanted, today: date) -> SupervisionTask:
    told, alert = task.measured, policy().alert(task.measured.rule)
    return SupervisionTask(
        rule=told.rule, subject=told.subject, place_id=told.place, team_id=UUID(told.team) if told.team else None,
        owner=task.owner, account_id=UUID(told.account) if told.account else None, n=told.n,
        weight=alert.weight if alert else 1, opened_on=today, due_on=task.due_on,
    )  # fmt: skip


def _moved(row: SupervisionTask, task: Wanted) -> bool:
    moved = row.n != task.measured.n
    row.n = task.measured.n
    return moved


def _record(task: SupervisionTask, by: Actor, action: str) -> None:
    audit.record(
        chain=task.place_id,
        actor=str(by),
        action=action,
        subject=f"task:{task.id}",
        details={"rule": task.rule},
    )
