"""Wrong answers: told by volunteers in one tap, answered once for everybody who told the same."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from aoxanh.assistant.actions.told import Told, commune_of, fit
from aoxanh.assistant.errors import FlagAnswered, UnfitFlag
from aoxanh.assistant.models import Flag, SlotName
from aoxanh.audit import actions as audit
from aoxanh.kernel import clock
from aoxanh.kernel.errors import DomainError
from aoxanh.people import queries as people
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.permissions import Permission, require
from aoxanh.places.models import Place
from aoxanh.procedures import queries as procedures
from aoxanh.procedures.models import ProcedureVersion

LONGEST_NOTE, LONGEST_ANSWER = 300, 500


@dataclass(frozen=True, slots=True)
class FlagFacts:
    """What a volunteer tells of one answer; `approved` is the number of the approved answer that was shown, 0 for the card's words."""

    id: UUID
    code: str
    version: int
    slot: str
    reason: str
    made_at: datetime
    approved: int = 0
    note: str = ""


@transaction.atomic
def flag_answers(*, flags: Sequence[FlagFacts], by: Actor) -> list[Told]:
    """Take word of wrong answers, one for each person and answer however often it is told; each is answered by itself."""
    commune = commune_of(by)
    if by.volunteer_id is None or commune is None:
        raise NotAllowed
    require(by, Permission.ANSWER_FLAG, commune, owner_id=by.volunteer_id)
    people.lock_volunteer(by.volunteer_id)
    told = [_take(one, commune, by.volunteer_id) for one in flags]
    stored = [one.id for one in told if one.status == "accepted"]
    if stored:
        audit.record(
            chain=commune.code,
            actor=str(by),
            action="assistant.answer.flagged",
            subject=f"flag:{stored[0]}",
            details={"count": len(stored)},
        )
    return told


@transaction.atomic
def answer_flags(*, flag_ids: Collection[UUID], outcome: str, by: Actor, answer: str = "") -> int:
    """Answer the open ones among these flags, and return how many; whoever told sees it.

    Raises UnfitFlag, FlagAnswered when none is open any more, NotAllowed, or PersonalData.
    """
    rows = Flag.objects.select_for_update(of=("self",)).filter(id__in=flag_ids, answered_at=None)
    flags = list(rows.select_related("commune__parent").order_by("id"))
    for commune in {flag.commune for flag in flags}:
        require(by, Permission.ANSWER_APPROVE, commune)
    if outcome not in Flag.Outcome.values:
        raise UnfitFlag(field="outcome", reason=_("it does not say what came of it"))
    text = fit(answer, "answer")
    if len(text) > LONGEST_ANSWER:
        raise UnfitFlag(field="answer", reason=_("the text is too long"))
    if not flags:
        raise FlagAnswered
    Flag.objects.filter(id__in=[flag.id for flag in flags]).update(
        outcome=outcome, answer=text, answered_at=clock.now()
    )
    audit.record(
        chain=_chain(flags[0].commune),
        actor=str(by),
        action="assistant.flag.answered",
        subject=f"procedure:{flags[0].procedure_id}",
        details={"count": len(flags), "outcome": outcome},
    )
    return len(flags)


def _take(one: FlagFacts, commune: Place, volunteer_id: UUID) -> Told:
    try:
        version = _fit_version(one)
        note = fit(one.note, "note")
    except DomainError as refusal:
        return Told(one.id, "refused", refusal.code)
    if len(note) > LONGEST_NOTE:
        return Told(one.id, "refused", UnfitFlag.code)
    mine = Flag.objects.filter(volunteer=volunteer_id, version=version, slot=one.slot, approved=one.approved)
    if mine.exists():
        return Told(one.id, "already")
    row = Flag(
        id=one.id,
        commune=commune,
        procedure_id=version.procedure_id,
        version=version,
        slot=one.slot,
        approved=one.approved,
        reason=one.reason,
        note=note,
        volunteer_id=volunteer_id,
        made_at=one.made_at,
    )
    # Somebody else's row of this id may lie out of reach, where no look finds it.
    Flag.objects.bulk_create([row], ignore_conflicts=True)
    if not mine.exists():
        return Told(one.id, "refused", "id_taken")
    return Told(one.id, "accepted")


def _fit_version(one: FlagFacts) -> ProcedureVersion:
    """Return the version of the card that was shown. Raises UnfitFlag."""
    if one.slot not in SlotName.values or one.reason not in Flag.Reason.values:
        raise UnfitFlag(field="reason", reason=_("it does not say what is wrong"))
    version = procedures.versions_of(one.code).filter(number=one.version).first()
    if version is None:
        raise UnfitFlag(field="version", reason=_("there is no such card"))
    return version


def _chain(commune: Place) -> str:
    return str(commune.parent_id)
