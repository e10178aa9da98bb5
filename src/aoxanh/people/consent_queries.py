"""Reads about guardian consent: which minors may be put to work on a day. When in doubt, nobody may."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from aoxanh.kernel import clock
from aoxanh.people.actors import Actor
from aoxanh.people.models import GuardianConsent, Volunteer

# A minor comes to no shift before or after these hours (Vietnam time).
MINOR_HOURS = (6, 18)
# Half days a week that a minor is rostered for at most, whatever they offer: 20 hours.
MINOR_HALF_DAYS = 5


def consents_of(volunteer: Volunteer) -> QuerySet[GuardianConsent]:
    """Return every consent recorded for a volunteer whom the caller may see, the latest first."""
    return GuardianConsent.objects.filter(volunteer=volunteer).select_related("recorded_by")


def open_consent(volunteer: Volunteer) -> GuardianConsent | None:
    """Return the consent that was not withdrawn, or None."""
    return GuardianConsent.objects.filter(volunteer=volunteer, withdrawn_on=None).first()


def consent_with_id(consent_id: UUID) -> GuardianConsent | None:
    """Return a consent by its id, for an action that checks who may touch it."""
    return GuardianConsent.objects.select_related("volunteer__home").filter(id=consent_id).first()


def without_consent(volunteer_ids: Collection[UUID], day: date) -> frozenset[UUID]:
    """Return who of these is a minor on a day and has no consent that holds on it."""
    holding = GuardianConsent.objects.filter(
        Q(withdrawn_on=None) | Q(withdrawn_on__gt=day), volunteer=OuterRef("pk"), given_on__lte=day
    )
    rows = Volunteer.objects.filter(~Exists(holding), id__in=volunteer_ids, adult_on__gt=day)
    return frozenset(rows.order_by().values_list("id", flat=True))


def lacks_consent(volunteer: Volunteer) -> bool:
    """Tell whether a volunteer is a minor whom nobody may put to work today."""
    return volunteer.is_minor and bool(without_consent([volunteer.id], clock.today()))


def uncovered_days(actor: Actor, days: Collection[date]) -> frozenset[date]:
    """Return on which of these days the actor worked as a minor without consent; none once they are of age.

    The day of the withdrawal itself still counts as agreed to: what was done that morning is not lost.
    """
    if not actor.is_minor:
        return frozenset()
    rows = list(GuardianConsent.objects.filter(volunteer=actor.volunteer_id)) if actor.volunteer_id else []
    return frozenset(day for day in days if not any(consent.covers(day) for consent in rows))


def actor_lacks_consent(actor: Actor) -> bool:
    """Tell whether the actor is a minor without consent today, so that their phone takes no record. Costs nothing for adults."""
    if not actor.is_minor:
        return False
    return actor.volunteer_id is None or bool(without_consent([actor.volunteer_id], clock.today()))
