"""The weekly briefing: a unit says what stands in its way or what it proposes, and the unit it asks answers by a day.

What is put to a unit above is a task of that unit, with the same day.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from aoxanh.audit import actions as audit
from aoxanh.kernel import clock
from aoxanh.oversight import tasks
from aoxanh.oversight.errors import DifficultyAnswered, UnfitDifficulty
from aoxanh.oversight.models import Difficulty
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, require
from aoxanh.places import queries as places
from aoxanh.places.models import Place
from aoxanh.privacy.queries import check_text

LONGEST = 600
LONGEST_DAYS = 92


@dataclass(frozen=True, slots=True)
class DifficultyFacts:
    """What is raised, by which unit, and who must answer until when."""

    place: Place
    kind: str
    text: str
    owner: Place
    due: date


@transaction.atomic
def raise_difficulty(*, facts: DifficultyFacts, by: Actor) -> Difficulty:
    """Put a difficulty or a proposal on the briefing's list. Raises UnfitDifficulty or PersonalData."""
    require(by, Permission.DIFFICULTY_RAISE, facts.place)
    if facts.kind not in Difficulty.Kind.values:
        raise UnfitDifficulty(
            field="kind", reason=_("it does not say whether it is a difficulty or a proposal")
        )
    if facts.owner.code not in {unit.code for unit in asked_by(facts.place)}:
        raise UnfitDifficulty(field="owner", reason=_("that unit does not stand above the one that asks"))
    today = clock.today()
    if not today <= facts.due <= today + timedelta(days=LONGEST_DAYS):
        raise UnfitDifficulty(
            field="due", reason=_("the day must lie between today and three months from now")
        )
    entry = Difficulty.objects.create(
        place=facts.place,
        kind=facts.kind,
        text=_fit(facts.text, "text"),
        owner=facts.owner,
        due=facts.due,
        made_on=today,
    )
    _record(entry, by, "oversight.difficulty.raised", {"kind": entry.kind, "owner": entry.owner_id})
    _tell(entry, entry.owner_id)
    return entry


@transaction.atomic
def answer_difficulty(*, entry_id: UUID, answer: str, by: Actor) -> Difficulty:
    """Answer an entry as the unit that was asked. Raises DifficultyAnswered, UnfitDifficulty or PersonalData."""
    entry = _locked(entry_id, by)
    entry.answer = _fit(answer, "answer")
    entry.answered_at = clock.now()
    entry.save(update_fields=["answer", "answered_at"])
    _record(entry, by, "oversight.difficulty.answered", {})
    _tell(entry, entry.owner_id)
    return entry


@transaction.atomic
def hand_up_difficulty(*, entry_id: UUID, by: Actor) -> Difficulty:
    """Hand an entry on to the unit above the one that was asked. Raises DifficultyAnswered or UnfitDifficulty."""
    entry = _locked(entry_id, by)
    above = asked_by(entry.owner)[1:]
    if not above:
        raise UnfitDifficulty(field="owner", reason=_("nobody stands above the centre"))
    asked = entry.owner_id
    entry.owner = above[0]
    entry.save(update_fields=["owner"])
    _record(entry, by, "oversight.difficulty.handed_up", {"owner": entry.owner_id})
    _tell(entry, asked, entry.owner_id)
    return entry


def asked_by(place: Place) -> list[Place]:
    """Return the units that a place can ask: itself and those above it, the nearest first."""
    if place.level == Place.Level.NATION:
        return [place]
    if place.level == Place.Level.PROVINCE:
        return [place, places.nation()]
    return [place, *([place.parent] if place.parent else []), places.nation()]


def _locked(entry_id: UUID, by: Actor) -> Difficulty:
    entry = (
        Difficulty.objects.select_for_update(of=("self",))
        .select_related("place__parent", "owner__parent")
        .get(id=entry_id)
    )
    require(by, Permission.DIFFICULTY_READ, entry.place)
    require(by, Permission.DIFFICULTY_ANSWER, entry.owner)
    if not entry.is_open:
        raise DifficultyAnswered
    return entry


def _fit(text: str, field: str) -> str:
    fit = check_text(" ".join(text.split()), field)
    if not 0 < len(fit) <= LONGEST:
        raise UnfitDifficulty(field=field, reason=_("the text is missing or longer than 600 characters"))
    return fit


def _tell(entry: Difficulty, *owners: str) -> None:
    """Have the inbox of each unit that is or was asked brought up to date; what a unit asks of itself is on its list already."""
    for owner in owners:
        if owner != entry.place_id:
            transaction.on_commit(partial(tasks.tell_who_is_asked.defer, owner_code=owner))


def _record(entry: Difficulty, by: Actor, action: str, details: dict[str, str]) -> None:
    audit.record(
        chain=entry.place_id, actor=str(by), action=action, subject=f"difficulty:{entry.id}", details=details
    )
