"""Hand edits of a draft: set somebody into a post or keep them out of it, and see at once what it does."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from aoxanh.kernel import clock
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission
from aoxanh.places.models import Place
from aoxanh.staffing.actions.plans import locked, made, record
from aoxanh.staffing.allocation.problem import KINDS, Edit
from aoxanh.staffing.comparing import Move, moves
from aoxanh.staffing.errors import EditRefused, EditsByProvince, PlanNotReady
from aoxanh.staffing.keeping import with_edits
from aoxanh.staffing.models import Plan, PlanEdit
from aoxanh.staffing.opened import Opened, open_plan
from aoxanh.staffing.sentences import EDIT_FLAWS


@dataclass(frozen=True, slots=True)
class HandEdit:
    """Say that a person does ("pin") or does not ("ban") serve in a commune in a kind of post; a ban may leave it out."""

    verb: str
    volunteer_id: UUID
    commune: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a hand edit did: points and kilometres more or less, and everybody who moves by it."""

    plan: Plan
    points: int
    km: int
    matched: int
    moves: list[Move]


@transaction.atomic
def edit_plan(*, plan: Plan, edit: HandEdit, by: Actor) -> Effect:
    """Put a hand edit into a draft and plan its province again around it; everybody else stays where that is no worse.

    Raises EditRefused with the reason when it contradicts a rule, a no or another edit, PlanNotReady, or EditsByProvince.
    """
    plan, opened = _editable(plan, by)
    known = edit.verb in PlanEdit.Verb.values and (
        edit.kind in KINDS or (edit.verb == "ban" and not edit.kind)
    )
    at = opened.commune.get(edit.commune, -1)
    if not known or at < 0 or not opened.is_inside(at) or str(edit.volunteer_id) not in opened.number:
        raise EditRefused(reason=EDIT_FLAWS["edit_unknown"])
    PlanEdit.objects.get_or_create(
        plan=plan, verb=edit.verb, volunteer_id=edit.volunteer_id, commune_id=edit.commune, kind=edit.kind
    )
    return _again(plan, opened, by)


@transaction.atomic
def take_edit_back(*, plan: Plan, edit_id: UUID, by: Actor) -> Effect:
    """Take a hand edit out of a draft and plan again. Raises PlanNotReady, or EditRefused when it is gone already."""
    plan, opened = _editable(plan, by)
    if not PlanEdit.objects.filter(plan=plan, id=edit_id).delete()[0]:
        raise EditRefused(reason=_("It was taken back already."))
    return _again(plan, opened, by)


def _editable(plan: Plan, by: Actor) -> tuple[Plan, Opened]:
    plan = locked(plan, by, Permission.PLAN_EDIT)
    if plan.place.level == Place.Level.NATION:
        raise EditsByProvince
    if plan.state != Plan.State.DRAFT:
        raise PlanNotReady(state=plan.get_state_display())
    return plan, open_plan(plan)


def _again(plan: Plan, before: Opened, by: Actor) -> Effect:
    inputs = with_edits(before.inputs, before.plan, (*_of_guests(before), *_of(plan)))
    solved, facts = made(inputs)
    refused = [flaw["code"] for flaw in facts["flaws"] if flaw["code"] in EDIT_FLAWS]
    if refused:
        raise EditRefused(reason=EDIT_FLAWS[refused[0]])
    was = plan.measures
    for field, value in (facts | {"present": plan.present}).items():
        setattr(plan, field, value)
    plan.touched_at = clock.now()
    plan.save()
    record(plan, by, "staffing.plan.edited", edits=plan.edits.count())
    after = Opened(plan, inputs, solved)
    return Effect(
        plan, int(facts["measures"]["points"] - was["points"]), int(facts["measures"]["km"] - was["km"]),
        int(facts["measures"]["matched"] - was["matched"]), moves(before.places(), after.places()),
    )  # fmt: skip


def _of(plan: Plan) -> list[Edit]:
    rows = plan.edits.order_by("made_at", "id").values_list("verb", "volunteer_id", "commune_id", "kind")
    return [Edit(verb, str(volunteer), commune, kind) for verb, volunteer, commune, kind in rows]


def _of_guests(opened: Opened) -> list[Edit]:
    """Return the edits that keep guests of other provinces where the nation's plan put them."""
    people = opened.plan.problem.people
    return [
        edit
        for edit in opened.inputs.edits
        if not opened.is_inside(int(people.home[opened.number[edit.person]]))
    ]
