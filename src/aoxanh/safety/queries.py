"""Reads of reports and of the police's numbers, always scoped."""

from uuid import UUID

from django.db.models import F, Q, QuerySet

from aoxanh.people.actors import Actor
from aoxanh.people.permissions import TABLE, Permission, may, places_reached
from aoxanh.places.models import Place
from aoxanh.safety.models import PoliceContact, ScamReport


def reports_visible_to(actor: Actor, place: Place | None = None) -> QuerySet[ScamReport]:
    """Return the reports of the communes the actor answers for, and those about teams they lead; open ones first, by deadline.

    Of one place downwards when it is given.
    """
    reached = places_reached(actor, Permission.REPORT_READ)
    condition = Q()
    if reached is not None:
        condition = Q(commune__in=reached) | Q(commune__parent__in=reached) | Q(team__in=_leads(actor))
    if place is not None and place.level != Place.Level.NATION:
        condition &= Q(commune=place) | Q(commune__parent=place)
    rows = ScamReport.objects.filter(condition).select_related("commune__parent", "team")
    return rows.order_by(F("answered_at").desc(nulls_first=True), "due_at", "id")


def report_visible_to(actor: Actor, report_id: UUID) -> ScamReport | None:
    """Return one report, if the actor may see it."""
    return reports_visible_to(actor).filter(id=report_id).first()


def may_handle(actor: Actor, report: ScamReport) -> bool:
    """Tell whether the actor may take the next step with a report."""
    return may(actor, Permission.REPORT_HANDLE, report.commune, team_id=report.team_id)


def open_reports_of_leader(actor: Actor) -> QuerySet[ScamReport]:
    """Return the reports about teams that the actor leads which nobody has answered, for their phone."""
    rows = ScamReport.objects.filter(team__in=_leads(actor)).exclude(state=ScamReport.State.ANSWERED)
    return rows.order_by("due_at", "id")


def police_contact(commune: Place) -> PoliceContact | None:
    """Return how citizens reach the commune police, if somebody has entered it."""
    return PoliceContact.objects.filter(commune=commune).first()


def _leads(actor: Actor) -> frozenset[UUID]:
    leads = any(TABLE.get((Permission.REPORT_READ, grant.role)) == "team" for grant in actor.grants)
    return actor.leads if leads else frozenset()
