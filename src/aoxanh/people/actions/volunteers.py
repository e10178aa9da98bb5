"""Volunteers: skills, languages, hours, and whether they are still minors."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from aoxanh.audit import actions as audit
from aoxanh.kernel import clock
from aoxanh.kernel.text import fold, sort_key
from aoxanh.people.actions.accounts import create_account, fit_name
from aoxanh.people.actions.consents import follow_majority
from aoxanh.people.actions.roles import grant_role
from aoxanh.people.actions.teams import give_role_of
from aoxanh.people.actors import Actor
from aoxanh.people.errors import AlreadyHasAccount, NotAllowed, TooYoung, UnfitSkill
from aoxanh.people.models import Account, LanguageSkill, Membership, Role, Volunteer
from aoxanh.people.permissions import Permission, may, require
from aoxanh.people.queries import holding_on
from aoxanh.places.models import Place
from aoxanh.places.queries import known_languages

FARTHEST_KM = 300


@dataclass(frozen=True, slots=True)
class VolunteerFacts:
    """What is known of a volunteer. Levels are 0 to 3, `availability` has 14 bits, `adult_on` is the 18th birthday of a minor.

    `reach_km` is how far they will travel (0 is the commune of residence only), or None to leave it as it is; `willing_abroad`
    likewise says whether they would help another province.
    """

    full_name: str
    home: Place
    technology: int = 1
    communication: int = 1
    availability: int = 0
    languages: Mapping[str, int] = field(default_factory=dict)
    adult_on: date | None = None
    reach_km: int | None = None
    willing_abroad: bool | None = None


@transaction.atomic
def create_volunteer(*, facts: VolunteerFacts, by: Actor) -> Volunteer:
    """Register a volunteer who lives in a commune that the actor reaches. Raises UnfitName, UnfitSkill or TooYoung."""
    require(by, Permission.VOLUNTEER_EDIT, facts.home)
    volunteer = _told(Volunteer(), facts)
    volunteer.save(force_insert=True)
    _set_languages(volunteer, facts.languages)
    audit.record(
        chain=facts.home.code,
        actor=str(by),
        action="people.volunteer.created",
        subject=f"volunteer:{volunteer.id}",
    )
    return volunteer


@transaction.atomic
def edit_volunteer(*, volunteer: Volunteer, facts: VolunteerFacts, by: Actor) -> Volunteer:
    """Change what is known of a volunteer.

    Volunteers themselves change skills, languages and hours; name, home and the day of majority are the secretary's.
    """
    volunteer = Volunteer.objects.select_for_update(of=("self",)).select_related("home").get(id=volunteer.id)
    require(by, Permission.VOLUNTEER_EDIT, volunteer.home, owner_id=volunteer.id)
    before = (volunteer.full_name, volunteer.home_id, volunteer.adult_on)
    answers_for = may(by, Permission.VOLUNTEER_EDIT, volunteer.home) and may(
        by, Permission.VOLUNTEER_EDIT, facts.home
    )
    _told(volunteer, facts)
    if before != (volunteer.full_name, volunteer.home_id, volunteer.adult_on) and not answers_for:
        raise NotAllowed
    volunteer.save()
    follow_majority(volunteer, by)
    _set_languages(volunteer, facts.languages)
    audit.record(
        chain=facts.home.code,
        actor=str(by),
        action="people.volunteer.edited",
        subject=f"volunteer:{volunteer.id}",
    )
    return volunteer


@transaction.atomic
def give_account(*, volunteer: Volunteer, username: str, by: Actor) -> Account:
    """Let a volunteer sign in: an account, the volunteer role at home, and the roles of their teams.

    Raises UnfitUsername, UsernameTaken, or AlreadyHasAccount.
    """
    volunteer = Volunteer.objects.select_for_update(of=("self",)).select_related("home").get(id=volunteer.id)
    require(by, Permission.VOLUNTEER_EDIT, volunteer.home)
    if volunteer.account_id is not None:
        raise AlreadyHasAccount(field="username", volunteer=volunteer.full_name)
    account = create_account(username=username, display_name=volunteer.full_name, place=volunteer.home, by=by)
    volunteer.account = account
    volunteer.save(update_fields=["account"])
    grant_role(account=account, role=Role.VOLUNTEER, place=volunteer.home, by=by)
    for membership in Membership.objects.filter(
        holding_on(clock.today()), volunteer=volunteer
    ).select_related("team"):
        give_role_of(membership)
    return account


def _told(volunteer: Volunteer, facts: VolunteerFacts) -> Volunteer:
    if not (0 <= facts.technology <= 3 and 0 <= facts.communication <= 3):
        raise UnfitSkill(field="technology" if not 0 <= facts.technology <= 3 else "communication")
    if not 0 <= facts.availability < 1 << 14:
        raise UnfitSkill(field="availability")
    if facts.home.level != Place.Level.COMMUNE:
        raise UnfitSkill(field="home")
    _tell_travel(volunteer, facts)
    volunteer.full_name = fit_name(facts.full_name, "full_name")
    volunteer.fold = fold(volunteer.full_name)
    volunteer.sort_key = name_key(volunteer.full_name)
    volunteer.home = facts.home
    volunteer.technology, volunteer.communication = facts.technology, facts.communication
    volunteer.availability = facts.availability
    volunteer.adult_on = _minor_until(facts.adult_on)
    return volunteer


def _tell_travel(volunteer: Volunteer, facts: VolunteerFacts) -> None:
    if facts.reach_km is not None:
        if not 0 <= facts.reach_km <= FARTHEST_KM:
            raise UnfitSkill(field="reach_km")
        volunteer.reach_km = facts.reach_km
    if facts.willing_abroad is not None:
        volunteer.willing_abroad = facts.willing_abroad


def name_key(full_name: str) -> str:
    """Return the key that lists names as in Vietnam: by given name, then the whole name."""
    return sort_key(f"{full_name.rsplit(' ', 1)[-1]} {full_name}")[:400]


def _minor_until(adult_on: date | None) -> date | None:
    today = clock.today()
    if adult_on is None or adult_on <= today:
        return None
    # Whoever turns 18 within two years is 16 or 17 now; 29 February counts as the 28th.
    latest = today.replace(year=today.year + 2, day=min(today.day, 28) if today.month == 2 else today.day)
    if adult_on > latest:
        raise TooYoung(field="adult_on")
    return adult_on


def _set_languages(volunteer: Volunteer, languages: Mapping[str, int]) -> None:
    if any(not 1 <= level <= 3 for level in languages.values()) or not set(languages) <= known_languages():
        raise UnfitSkill(field="languages")
    LanguageSkill.objects.filter(volunteer=volunteer).exclude(language__in=languages).delete()
    LanguageSkill.objects.bulk_create(
        [
            LanguageSkill(volunteer=volunteer, language_id=code, level=level)
            for code, level in languages.items()
        ],
        update_conflicts=True,
        unique_fields=["volunteer", "language"],
        update_fields=["level"],
    )
