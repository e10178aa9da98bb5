"""Background jobs of the staffing room: thin, idempotent, calling the room's own actions."""

from contextlib import suppress
from uuid import UUID

from procrastinate.contrib.django import app

from aoxanh.kernel import clock
from aoxanh.kernel.scope import scope, whole_nation
from aoxanh.people import queries as people
from aoxanh.people.actors import system
from aoxanh.staffing import actions, roster_tasks
from aoxanh.staffing.actions.plans import MOST_ATTEMPTS, SILENT
from aoxanh.staffing.actions.rosters import silent_rosters
from aoxanh.staffing.errors import NothingApproved, PlanNotReady
from aoxanh.staffing.models import Plan

# The worker looks for jobs in this module only.
__all__ = ["make_plan", "resume", "roster_tasks"]


@app.task(name="staffing.make_plan", pass_context=False)
def make_plan(plan_id: str) -> None:
    """Make a plan that somebody asked for."""
    actions.make_plan(plan_id=UUID(plan_id), by=system("planner"))


@app.task(name="staffing.publish", pass_context=False)
def publish(plan_id: str, account_id: str) -> None:
    """Publish the approved communes of a plan too large for a request, as the person who asked for it."""
    with whole_nation():
        account = people.account_with_id(UUID(account_id))
        plan = Plan.objects.filter(id=UUID(plan_id)).first()
        if account is None or plan is None:
            return
        actor = people.actor_of(account)
    with scope(actor.scope), suppress(NothingApproved, PlanNotReady):
        actions.publish_plan(plan=plan, by=actor)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="staffing.resume", pass_context=False)
def resume(timestamp: int) -> None:  # noqa: ARG001 - every periodic task gets one
    """Take up plans and rosters whose worker died, three times at most."""
    with whole_nation():
        silent = Plan.objects.filter(
            touched_at__lt=clock.now() - SILENT, state__in=(Plan.State.WAITING, Plan.State.PLANNING)
        )
        plans = [
            (id_, attempts)
            for id_, attempts, seen in silent.values_list("id", "attempts", "touched_at")
            if Plan.objects.filter(id=id_, touched_at=seen).update(touched_at=clock.now())
        ]
        for id_, attempts in plans:
            if attempts >= MOST_ATTEMPTS:
                actions.give_up(plan_id=id_)
            else:
                make_plan.defer(plan_id=str(id_))
        for id_ in silent_rosters():
            roster_tasks.draft_roster.defer(roster_id=str(id_))
