"""Making a plan: asked for by a coordinator, made by the worker, discarded or made again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import numpy as np
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F

from aoxanh import __version__
from aoxanh.audit import actions as audit
from aoxanh.kernel import clock
from aoxanh.kernel.scope import NATION, Scope, scope
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, require
from aoxanh.places.models import Place
from aoxanh.privacy.queries import check_text
from aoxanh.staffing.allocation import plan as engine
from aoxanh.staffing.allocation.flaws import Flaw
from aoxanh.staffing.allocation.measures import measure
from aoxanh.staffing.allocation.problem import NOWHERE, Problem, Settings
from aoxanh.staffing.allocation.shortages import shortages
from aoxanh.staffing.allocation.solve import solve
from aoxanh.staffing.allocation.value import tally
from aoxanh.staffing.errors import PlanNotReady, TooManyDrafts, UnfitPlace
from aoxanh.staffing.gathering import gather
from aoxanh.staffing.keeping import Inputs, keep_answer, keep_inputs, read_inputs
from aoxanh.staffing.kinds import keep_kinds
from aoxanh.staffing.models import Plan
from aoxanh.staffing.present import present_answer
from aoxanh.staffing.queries import published_plan

MOST_DRAFTS, MOST_ATTEMPTS, MOST_SHORTAGES, LONGEST_NAME = 20, 3, 5_000, 80
SILENT = timedelta(minutes=3)
MANY = 20_000  # people; above, provinces are shared by two processes
_STEPS = {"provinces": "provinces", "whole people": "people"}


@transaction.atomic
def draft_plan(*, place: Place, name: str, by: Actor) -> Plan:
    """Ask for a plan of a province or the nation; the caller hands it to the worker. Raises UnfitPlace or TooManyDrafts."""
    require(by, Permission.PLAN_EDIT, place)
    if place.level == Place.Level.COMMUNE:
        raise UnfitPlace(field="place")
    Place.objects.select_for_update().get(code=place.code)
    drafts = Plan.objects.filter(
        place=place, state__in=(Plan.State.DRAFT, Plan.State.WAITING, Plan.State.PLANNING)
    ).count()
    if drafts >= MOST_DRAFTS:
        raise TooManyDrafts(count=drafts)
    plan = Plan.objects.create(
        place=place, name=_fit_name(name), base=published_plan(place), made_by_id=by.account_id
    )
    record(plan, by, "staffing.plan.drafted")
    return plan


def make_plan(*, plan_id: UUID, by: Actor) -> Plan | None:
    """Make a plan that was asked for; None when another has it or it is no longer wanted.

    The row of the plan is all that is written, at the beginning and at the end: whatever stops it leaves other plans alone, and it
    can be called again. What ends in an error is given up, so that nobody waits for it.
    """
    claimed = Plan.objects.filter(id=plan_id, state__in=(Plan.State.WAITING, Plan.State.PLANNING))
    with scope(by.scope):
        if not claimed.update(
            state=Plan.State.PLANNING, attempts=F("attempts") + 1, touched_at=clock.now(), step="reading", done=0, total=0
        ):  # fmt: skip
            return None
        plan = Plan.objects.select_related("place").get(id=plan_id)
    try:
        return _planned(plan, by)
    except (OperationalError, InterfaceError):
        # The database is away: the plan is taken up again when it is back.
        raise
    except Exception:
        with scope(by.scope):
            give_up(plan_id=plan_id)
        raise


def _planned(plan: Plan, by: Actor) -> Plan | None:
    with scope(reach_of(plan.place)):
        inputs = gather(plan.place, clock.today())
    solved, facts = made(inputs, _teller(plan, by))
    with scope(by.scope):
        kept = Plan.objects.select_for_update().get(id=plan.id)
        if kept.state != Plan.State.PLANNING:
            return None
        for field, value in facts.items():
            setattr(kept, field, value)
        kept.state, kept.touched_at = Plan.State.DRAFT, clock.now()
        kept.save()
        record(kept, by, "staffing.plan.made", people=len(solved.problem.people), value=kept.value)
    return kept


def made(
    inputs: Inputs, progress: Callable[[str, int, int], None] | None = None
) -> tuple[engine.Plan, dict[str, Any]]:
    """Solve inputs; return the engine's plan, and what its row keeps: inputs, answer, figures, shortages, flaws."""
    problem, flaws = inputs.problem()
    solved = solve(problem, workers=2 if len(problem.people) > MANY else 0, progress=progress)
    solved = keep_kinds(solved)
    return solved, {
        **_kept_inputs(inputs),
        **kept_answer(solved),
        "engine": __version__,
        "measures": _figures(told_against_present(problem, inputs), solved)
        | {"provinces": _provinces(solved)},
        "present": _present(problem, inputs),
        "shortages": [each.as_dict() for each in shortages(solved)[:MOST_SHORTAGES]],
        "flaws": [_flaw(each) for each in flaws],
    }


def remade(plan: Plan) -> dict[str, Any]:
    """Make a plan once more from its kept inputs; the answer's hash must be the same. Raises DamagedPlan."""
    _solved, facts = made(read_inputs(bytes(plan.inputs or b""), plan.inputs_sha256))
    return facts


@transaction.atomic
def discard_plan(*, plan: Plan, by: Actor) -> Plan:
    """Let go of a draft, or of one that is being made. Raises PlanNotReady for a plan that people were told of."""
    plan = locked(plan, by, Permission.PLAN_EDIT)
    if plan.state not in (Plan.State.DRAFT, Plan.State.WAITING, Plan.State.PLANNING, Plan.State.FAILED):
        raise PlanNotReady(state=plan.get_state_display())
    plan.state, plan.ended_at = Plan.State.DISCARDED, clock.now()
    plan.inputs, plan.answer = None, None
    plan.save()
    record(plan, by, "staffing.plan.discarded")
    return plan


@transaction.atomic
def give_up(*, plan_id: UUID) -> None:
    """Mark a plan as given up: its planner died too often, or ended in an error."""
    Plan.objects.filter(id=plan_id, state__in=(Plan.State.WAITING, Plan.State.PLANNING)).update(
        state=Plan.State.FAILED, ended_at=clock.now()
    )


def locked(plan: Plan, by: Actor, permission: Permission) -> Plan:
    """Return the plan's row for an action, locked until its end. Raises NotAllowed."""
    row = Plan.objects.select_for_update(of=("self",)).select_related("place").get(id=plan.id)
    require(by, permission, row.place)
    return row


def record(plan: Plan, by: Actor, action: str, **details: Any) -> None:
    """Write an action on a plan into the audit."""
    audit.record(
        chain=plan.place_id, actor=str(by), action=action, subject=f"plan:{plan.id}", details=details
    )


def reach_of(place: Place) -> Scope:
    """Return what a plan of a place must read."""
    return NATION if place.level == Place.Level.NATION else Scope(provinces=frozenset({place.code}))


def kept_answer(solved: engine.Plan) -> dict[str, Any]:
    """Return what a plan's row keeps of the engine's answer."""
    answer = keep_answer(solved)
    return {
        "answer": answer.content,
        "answer_sha256": answer.sha256,
        "value": solved.value,
        "bound": solved.bound,
    }


def told_against_present(problem: Problem, inputs: Inputs) -> Problem:
    """Return the problem with people where they serve at present, so that "moved" means what people call it.

    Staying is worth the same in every plan told so, whatever it was planned with: their points can be compared.
    """
    index = {code: number for number, code in enumerate(problem.communes.codes)}
    last = problem.people.last.copy()
    for at, id_ in enumerate(problem.people.ids):
        last[at] = index.get(inputs.present.get(id_, "").partition(" ")[0], NOWHERE)
    settings = replace(problem.settings, stay=Settings().stay)
    return replace(problem, people=replace(problem.people, last=last), settings=settings)


def _kept_inputs(inputs: Inputs) -> dict[str, Any]:
    kept = keep_inputs(inputs)
    return {"inputs": kept.content, "inputs_sha256": kept.sha256}


def _figures(problem: Problem, solved: engine.Plan) -> dict[str, Any]:
    return measure(problem, solved.where, solved.kind).as_dict() | {"gap_pct": solved.gap_pct}


def _present(problem: Problem, inputs: Inputs) -> dict[str, float]:
    """Return the same figures of how people serve at present; without a kind of their own they take the first they may hold."""
    told = told_against_present(problem, inputs)
    where, kind = present_answer(told, inputs)
    return measure(told, where, kind).as_dict()


def _provinces(solved: engine.Plan) -> dict[str, list[int]]:
    """Return (wanted, matched, below the minimum, people sent) of each province, for the table of a nation's plan."""
    communes = solved.problem.communes
    filled = tally(solved.problem, solved.where, solved.kind).filled
    parts = (
        communes.needs,
        np.minimum(filled, communes.needs),
        (communes.floors - filled).clip(min=0),
        filled,
    )
    sums = [
        np.bincount(communes.province, part.sum(axis=1), minlength=len(communes.provinces)) for part in parts
    ]
    return {code: [int(each[at]) for each in sums] for at, code in enumerate(communes.provinces)}


def _flaw(flaw: Flaw) -> dict[str, Any]:
    return {"code": flaw.code, "rows": list(flaw.rows), "count": flaw.count}


def _teller(plan: Plan, by: Actor) -> Callable[[str, int, int], None]:
    def tell(step: str, done: int, total: int) -> None:
        with scope(by.scope):
            Plan.objects.filter(id=plan.id).update(
                step=_STEPS.get(step, step)[:12], done=done, total=total, touched_at=clock.now()
            )

    return tell


def _fit_name(name: str) -> str:
    fit = check_text(" ".join(name.split()), "name")[:LONGEST_NAME]
    return fit or f"{clock.today():%d/%m/%Y}"
