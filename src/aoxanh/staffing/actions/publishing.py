"""Approving a plan in parts, publishing what was approved, and people saying no."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from aoxanh.audit import actions as audit
from aoxanh.kernel import clock
from aoxanh.people.actors import Actor
from aoxanh.people.consent_queries import without_consent
from aoxanh.people.deployable import names_of
from aoxanh.people.permissions import Permission, require
from aoxanh.places import queries as places
from aoxanh.places.models import Place
from aoxanh.staffing.actions.plans import locked, record
from aoxanh.staffing.allocation.problem import GROUP, KINDS
from aoxanh.staffing.errors import NoSuchAssignment, NothingApproved, PlanNotReady
from aoxanh.staffing.models import Assignment, Decline, Plan
from aoxanh.staffing.opened import Sent, open_plan
from aoxanh.training import queries as training

_PUBLISHABLE = (Plan.State.DRAFT, Plan.State.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did: people told of a new place, people who stay, whose assignment ended, whom the plan could no longer send."""

    plan: Plan
    told: int
    stay: int
    ended: int
    left_out: int


@transaction.atomic
def approve_communes(*, plan: Plan, communes: Collection[str], by: Actor) -> Plan:
    """Approve the plan of these communes (or of whole provinces) and no others; those already published stay approved.

    Raises PlanNotReady.
    """
    plan = _publishable(plan, by)
    inside = set(places.communes_within([plan.place_id]))
    ticked = set(places.communes_within(communes)) if communes else set()
    plan.approved = sorted((ticked & inside) | set(plan.released))
    plan.save(update_fields=["approved"])
    record(plan, by, "staffing.plan.approved", communes=len(plan.approved))
    return plan


@transaction.atomic
def publish_plan(*, plan: Plan, by: Actor) -> Published:
    """Make the plan of its approved communes binding and tell the people.

    Whoever stays in the same post is not told anew. Nobody is sent who said no, lost the certificate or left since the plan was
    made; the next draft fills their place. An earlier plan of the same place is replaced. Raises NothingApproved or PlanNotReady.
    """
    list(Place.objects.select_for_update().filter(code__in=["VN", plan.place_id]).order_by("code"))
    plan = _publishable(plan, by)
    communes = set(plan.approved) - set(plan.released)
    if not communes:
        raise NothingApproved
    sent = {UUID(each.id): each for each in open_plan(plan).sent if each.commune in communes}
    able = _still_able(sent)
    told, stay, ended = _write(plan, {id_: sent[id_] for id_ in able}, communes)
    Plan.objects.filter(place=plan.place, state=Plan.State.PUBLISHED).exclude(id=plan.id).update(
        state=Plan.State.SUPERSEDED, ended_at=clock.now()
    )
    plan.state, plan.released = Plan.State.PUBLISHED, sorted(set(plan.released) | communes)
    plan.published_at = plan.published_at or clock.now()
    plan.save(update_fields=["state", "released", "published_at"])
    done = Published(plan, told, stay, ended, len(sent) - len(able))
    record(plan, by, "staffing.plan.published", communes=len(communes), told=told, ended=ended)
    return done


@transaction.atomic
def decline(*, assignment: Assignment, reason: str, altogether: bool, by: Actor) -> Decline:
    """Say no to an assignment, or to serving anywhere; the person themselves, or whoever answers for them and was told.

    Raises NoSuchAssignment when it holds no longer.
    """
    rows = Assignment.objects.select_for_update(of=("self",)).select_related("home", "volunteer")
    held = rows.filter(id=assignment.id, state=Assignment.State.HOLDS).first()
    if held is None:
        raise NoSuchAssignment
    require(by, Permission.VOLUNTEER_EDIT, held.home, owner_id=held.volunteer_id)
    word = Decline.Reason(reason) if reason in Decline.Reason.values else Decline.Reason.OTHER
    held.state, held.ended_at = Assignment.State.DECLINED, clock.now()
    held.save(update_fields=["state", "ended_at"])
    said = Decline.objects.create(
        volunteer_id=held.volunteer_id, commune_id=None if altogether else held.commune_id, reason=word
    )
    audit.record(
        chain=held.home_id,
        actor=str(by),
        action="staffing.assignment.declined",
        subject=f"assignment:{held.id}",
        details={"reason": word.value, "altogether": altogether},
    )
    return said


@transaction.atomic
def withdraw_decline(*, said: Decline, by: Actor) -> Decline:
    """Be ready again where one said no; the next draft counts on it."""
    said = Decline.objects.select_for_update(of=("self",)).select_related("volunteer__home").get(id=said.id)
    require(by, Permission.VOLUNTEER_EDIT, said.volunteer.home, owner_id=said.volunteer_id)
    if said.withdrawn_on is None:
        said.withdrawn_on = clock.today()
        said.save(update_fields=["withdrawn_on"])
        audit.record(
            chain=said.volunteer.home_id,
            actor=str(by),
            action="staffing.decline.withdrawn",
            subject=f"volunteer:{said.volunteer_id}",
        )
    return said


def _publishable(plan: Plan, by: Actor) -> Plan:
    plan = locked(plan, by, Permission.PLAN_PUBLISH)
    if plan.state not in _PUBLISHABLE:
        raise PlanNotReady(state=plan.get_state_display())
    return plan


def _still_able(sent: dict[UUID, Sent]) -> set[UUID]:
    """Return who still exists, may be put to work, holds the certificate of the post today and did not say no to it meanwhile."""
    exist = names_of(list(sent))
    held = training.group_numbers_held(list(exist), clock.today())
    barred = without_consent(list(exist), clock.today())
    noes = Decline.objects.filter(volunteer__in=list(exist), withdrawn_on=None)
    said_no = set(noes.values_list("volunteer_id", "commune_id"))
    return {
        id_
        for id_, each in sent.items()
        if id_ in exist
        and id_ not in barred
        and _certified(each.kind, held.get(id_, ()))
        and not {(id_, None), (id_, each.commune)} & said_no
    }


def _certified(kind: str, groups: tuple[int, ...]) -> bool:
    wanted = int(GROUP[KINDS.index(kind)])
    return not wanted or wanted in groups


def _write(plan: Plan, able: dict[UUID, Sent], communes: set[str]) -> tuple[int, int, int]:
    held = {
        row.volunteer_id: row
        for row in Assignment.objects.select_for_update(of=("self",)).filter(
            state=Assignment.State.HOLDS, volunteer__in=list(able)
        )
    }
    stay = {
        id_ for id_, row in held.items() if (row.commune_id, row.kind) == (able[id_].commune, able[id_].kind)
    }
    Assignment.objects.filter(id__in=[held[id_].id for id_ in stay]).update(plan=plan)
    leaving = Assignment.objects.filter(state=Assignment.State.HOLDS, commune__in=communes).exclude(
        volunteer__in=list(able)
    )
    moving = Assignment.objects.filter(id__in=[row.id for id_, row in held.items() if id_ not in stay])
    ended = leaving.update(state=Assignment.State.ENDED, ended_at=clock.now())
    ended += moving.update(state=Assignment.State.ENDED, ended_at=clock.now())
    fresh = [
        Assignment(plan=plan, volunteer_id=id_, commune_id=each.commune, home_id=each.home, kind=each.kind, km=each.km)
        for id_, each in able.items()
        if id_ not in stay
    ]  # fmt: skip
    Assignment.objects.bulk_create(fresh, batch_size=5_000)
    return len(fresh), len(stay), ended
