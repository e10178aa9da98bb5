"""Reads of the staffing room, always scoped."""

from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, may, places_reached
from aoxanh.places import queries as places
from aoxanh.places.models import Place, Trait
from aoxanh.staffing.errors import NoSuchAssignment, NoSuchPlan
from aoxanh.staffing.models import Assignment, Decline, LanguageNeed, Need, Plan, Post


def needs_visible_to(actor: Actor, place: Place) -> QuerySet[Need]:
    """Return what is known of the needs of a place's communes, as far as the actor reaches, in Vietnamese order."""
    rows = Need.objects.filter(commune__in=places.communes_within([place.code]))
    reached = places_reached(actor, Permission.NEED_READ)
    if reached is not None:
        rows = rows.filter(commune__in=places.communes_within(reached))
    posts = Prefetch("posts", Post.objects.order_by("kind"))
    languages = Prefetch("languages", LanguageNeed.objects.select_related("language").order_by("-speakers"))
    return (
        rows.select_related("commune__parent")
        .prefetch_related(posts, languages)
        .order_by("commune__sort_key")
    )


def need_of(actor: Actor, commune: Place) -> Need | None:
    """Return what a commune needs, or None where nothing is known or nothing may be seen."""
    return needs_visible_to(actor, commune).filter(commune=commune).first()


def plans_visible_to(actor: Actor, place: Place) -> QuerySet[Plan]:
    """Return the plans of a place that the actor may see, the latest first, without what they were made from."""
    rows = Plan.objects.filter(place=place).defer("inputs", "answer", "shortages")
    if not may(actor, Permission.PLAN_READ, place):
        return rows.none()
    return rows.exclude(state=Plan.State.DISCARDED).order_by("-made_at", "id")


def plan_of(actor: Actor, plan_id: UUID) -> Plan:
    """Return a plan. Raises NoSuchPlan, also where the actor may not see it."""
    plan = Plan.objects.select_related("place", "base").filter(id=plan_id).first()
    if plan is None or not may(actor, Permission.PLAN_READ, plan.place):
        raise NoSuchPlan
    return plan


def published_plan(place: Place) -> Plan | None:
    """Return the plan that people of a place were told last."""
    rows = Plan.objects.filter(place=place, state=Plan.State.PUBLISHED).defer("inputs", "answer")
    return rows.order_by("-published_at").first()


def own_assignments(actor: Actor) -> QuerySet[Assignment]:
    """Return what the actor was asked to do, the latest first."""
    # The plan itself is out of a volunteer's reach, so it must not be joined.
    rows = Assignment.objects.filter(volunteer=actor.volunteer_id).select_related("commune__parent")
    return rows.order_by("-published_at", "id") if actor.volunteer_id else rows.none()


def own_assignment(actor: Actor) -> Assignment | None:
    """Return where the actor is sent at present, if a published plan sends them anywhere."""
    return own_assignments(actor).filter(state=Assignment.State.HOLDS).first()


def own_declines(actor: Actor) -> QuerySet[Decline]:
    """Return what the actor said no to and did not take back."""
    rows = Decline.objects.filter(volunteer=actor.volunteer_id, withdrawn_on=None)
    return rows.select_related("commune__parent").order_by("-day") if actor.volunteer_id else rows.none()


def assignments_visible_to(actor: Actor, place: Place) -> QuerySet[Assignment]:
    """Return the assignments that hold of people who live or serve in a place, as far as the actor sees volunteers there."""
    rows = Assignment.objects.filter(state=Assignment.State.HOLDS)
    reached = places_reached(actor, Permission.VOLUNTEER_READ)
    for codes in ([place.code], reached):
        if codes is not None:
            inside = places.communes_within(codes)
            rows = rows.filter(Q(commune__in=inside) | Q(home__in=inside))
    return rows.select_related("volunteer", "commune", "home").order_by(
        "commune__sort_key", "volunteer__sort_key", "id"
    )


def assignment_of(actor: Actor, assignment_id: UUID) -> Assignment:
    """Return an assignment of the actor or of somebody they answer for. Raises NoSuchAssignment."""
    row = (
        Assignment.objects.select_related("home__parent", "commune__parent").filter(id=assignment_id).first()
    )
    if row is None or not may(actor, Permission.VOLUNTEER_EDIT, row.home, owner_id=row.volunteer_id):
        raise NoSuchAssignment
    return row


def decline_of(actor: Actor, decline_id: UUID) -> Decline:
    """Return a decline of the actor or of somebody they answer for. Raises NoSuchAssignment."""
    row = Decline.objects.select_related("volunteer__home").filter(id=decline_id).first()
    if row is None or not may(
        actor, Permission.VOLUNTEER_EDIT, row.volunteer.home, owner_id=row.volunteer_id
    ):
        raise NoSuchAssignment
    return row


def declined_since(plan: Plan) -> int:
    """Return how many people said no to what a published plan asked of them."""
    return plan.assignments.filter(state=Assignment.State.DECLINED).count()


def priority_communes(place: Place) -> set[str]:
    """Return the codes of the border, remote and island communes of a place, or of a commune's province: their minimum comes first."""
    province = {
        Place.Level.NATION: "",
        Place.Level.PROVINCE: place.code,
        Place.Level.COMMUNE: place.parent_id or "",
    }[Place.Level(place.level)]
    return {
        code
        for trait in (Trait.Key.BORDER, Trait.Key.REMOTE, Trait.Key.ISLAND)
        for code in places.codes_with_trait(trait, province_code=province)
    }
