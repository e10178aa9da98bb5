"""Recording that a guardian agreed, and that they no longer do. Who the guardian is stays on the paper."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from aoxanh.audit import actions as audit
from aoxanh.kernel import clock
from aoxanh.people import consent_queries as queries
from aoxanh.people.actors import Actor
from aoxanh.people.errors import ConsentHeld, ConsentWithdrawn, NotMinor, UnfitConsent
from aoxanh.people.events import consent_ended
from aoxanh.people.models import GuardianConsent, Volunteer
from aoxanh.people.permissions import Permission, require
from aoxanh.privacy.queries import check_text

LONGEST = 120
LEAST_AGE, MAJORITY = 16, 18


@dataclass(frozen=True, slots=True)
class ConsentFacts:
    """What is kept of a consent: the day on the paper, which paper it is, and where it is kept."""

    given_on: date
    paper: str
    kept_at: str


@transaction.atomic
def record_consent(*, volunteer: Volunteer, facts: ConsentFacts, by: Actor) -> GuardianConsent:
    """Record a guardian's signed consent for a minor. Raises NotMinor, ConsentHeld, UnfitConsent, or PersonalData."""
    volunteer = _locked(volunteer)
    require(by, Permission.CONSENT_EDIT, volunteer.home)
    adult_on = volunteer.adult_on
    if adult_on is None or not volunteer.is_minor:
        raise NotMinor(volunteer=volunteer.full_name)
    if queries.open_consent(volunteer):
        raise ConsentHeld(volunteer=volunteer.full_name)
    _fit_day(facts.given_on, adult_on)
    consent = GuardianConsent.objects.create(
        volunteer=volunteer,
        given_on=facts.given_on,
        paper=_fit_text(facts.paper, "paper"),
        kept_at=_fit_text(facts.kept_at, "kept_at"),
        needed_until=adult_on,
        recorded_by_id=by.account_id,
    )
    _note(consent, volunteer, by, "people.consent.recorded")
    return consent


@transaction.atomic
def withdraw_consent(*, consent: GuardianConsent, by: Actor) -> GuardianConsent:
    """Record that a guardian takes the consent back: from now on nobody puts the minor to work. Raises ConsentWithdrawn."""
    volunteer = _locked(consent.volunteer)
    require(by, Permission.CONSENT_EDIT, volunteer.home)
    consent = GuardianConsent.objects.select_for_update().get(id=consent.id)
    if consent.withdrawn_on is not None:
        raise ConsentWithdrawn
    consent.withdrawn_on = clock.today()
    consent.save(update_fields=["withdrawn_on"])
    _note(consent, volunteer, by, "people.consent.withdrawn")
    if volunteer.is_minor:
        consent_ended.send(GuardianConsent, volunteer=volunteer, by=by)
    return consent


def follow_majority(volunteer: Volunteer, by: Actor) -> None:
    """After the day of majority was corrected: a consent is needed until then, and who lacks one is put to work no longer."""
    if volunteer.adult_on is not None:
        GuardianConsent.objects.filter(volunteer=volunteer, withdrawn_on=None).update(
            needed_until=volunteer.adult_on
        )
    if queries.lacks_consent(volunteer):
        consent_ended.send(GuardianConsent, volunteer=volunteer, by=by)


def _locked(volunteer: Volunteer) -> Volunteer:
    return Volunteer.objects.select_for_update(of=("self",)).select_related("home").get(id=volunteer.id)


def _fit_day(given_on: date, adult_on: date) -> None:
    if given_on > clock.today():
        raise UnfitConsent(field="given_on", reason=_("the day on the paper lies in the future"))
    sixteenth = adult_on.replace(
        year=adult_on.year - (MAJORITY - LEAST_AGE),
        day=min(adult_on.day, 28) if adult_on.month == 2 else adult_on.day,
    )
    if given_on < sixteenth:
        raise UnfitConsent(field="given_on", reason=_("the volunteer was not yet 16 on that day"))


def _fit_text(text: str, field: str) -> str:
    told = check_text(" ".join(text.split()), field)
    if not 0 < len(told) <= LONGEST:
        raise UnfitConsent(field=field, reason=_("the text is missing or too long"))
    return told


def _note(consent: GuardianConsent, volunteer: Volunteer, by: Actor, action: str) -> None:
    audit.record(
        chain=volunteer.home_id,
        actor=str(by),
        action=action,
        subject=f"volunteer:{volunteer.id}",
        details={"consent": consent.id, "given_on": consent.given_on},
    )
