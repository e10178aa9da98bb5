"""Taking in what supervisors observed, each exactly once however often a phone sends it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from aoxanh.audit import actions as audit
from aoxanh.people.actors import Actor
from aoxanh.people.models import Membership
from aoxanh.people.permissions import Permission, may
from aoxanh.people.supervising import membership_on
from aoxanh.training.models import Observation
from aoxanh.training.practice import checklists
from aoxanh.training.watched import Answer, flaw_of, note_of


@dataclass(frozen=True, slots=True)
class Observed:
    """What a phone tells of one observation, under an id of its own; `marks` has a mark for each point of that version."""

    id: UUID
    volunteer: UUID
    team: UUID
    day: date
    checklist: str
    version: int
    marks: Mapping[str, str]
    note: str = ""


@transaction.atomic
def record_observations(*, observed: Sequence[Observed], by: Actor) -> list[Answer]:
    """Store what the actor observed of people in their care; every one is answered by itself, and the first telling of an id stays."""
    return [_take(one, by) for one in observed]


def _take(one: Observed, by: Actor) -> Answer:
    known = Observation.objects.filter(id=one.id).first()
    if known is not None:
        return _known(one, by, known)
    membership = _membership(one, by)
    if membership is None:
        return Answer(one.id, "refused", "not_your_team")
    if one.volunteer == by.volunteer_id:
        return Answer(one.id, "refused", "not_oneself")
    if code := _flaw(one):
        return Answer(one.id, "refused", code)
    try:
        with transaction.atomic():
            _store(one, by, membership)
    except IntegrityError:
        # Told by another phone in the same moment, or known where this person does not reach.
        known = Observation.objects.filter(id=one.id).first()
        return _known(one, by, known) if known else Answer(one.id, "refused", "id_taken")
    return Answer(one.id, "accepted")


def _known(one: Observed, by: Actor, known: Observation) -> Answer:
    same = known.observer_id == by.account_id and known.volunteer_id == one.volunteer
    return Answer(one.id, "already") if same else Answer(one.id, "refused", "id_taken")


def _membership(one: Observed, by: Actor) -> Membership | None:
    """Return the membership by which the observer answers for the volunteer on that day."""
    row = membership_on(one.team, one.volunteer, one.day)
    if row is None or not may(by, Permission.PRACTICE_OBSERVE, row.team.commune, team_id=row.team_id):
        return None
    return row


def _flaw(one: Observed) -> str:
    """Return what is wrong with the form itself, or ""."""
    checklist = checklists().get(one.checklist)
    return flaw_of(one, checklist.of(one.version) if checklist else None, unknown="unknown_checklist")


def _store(one: Observed, by: Actor, membership: Membership) -> None:
    Observation.objects.create(
        id=one.id, commune_id=membership.team.commune_id, team_id=one.team, volunteer_id=one.volunteer,
        observer_id=by.account_id, day=one.day, checklist=one.checklist, version=one.version,
        marks=dict(one.marks), note=note_of(one),
    )  # fmt: skip
    audit.record(
        chain=membership.team.commune_id,
        actor=str(by),
        action="training.practice.observed",
        subject=f"volunteer:{one.volunteer}",
        details={"observation": one.id, "checklist": one.checklist, "version": one.version},
    )
