"""Approving an answer once, until the procedure's card changes; and taking it back."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from aoxanh.assistant.actions.told import fit, take_turns
from aoxanh.assistant.errors import AnswerEnded, CardMovedOn, UnfitApproval
from aoxanh.assistant.models import ApprovedAnswer, SlotName
from aoxanh.audit import actions as audit
from aoxanh.kernel import clock
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, require
from aoxanh.places.models import Place
from aoxanh.procedures import queries as procedures

LONGEST_TEXT, LONGEST_OFFICE = 600, 120


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """What is approved: for a province or the nation, beside the card version that the official read."""

    place: Place
    code: str
    slot: str
    version: UUID
    text_vi: str
    office: str
    text_en: str = ""


@transaction.atomic
def approve_answer(*, facts: AnswerFacts, by: Actor) -> ApprovedAnswer:
    """Approve an answer, in place of the one that stood before.

    Raises UnfitApproval, CardMovedOn when the card is not the one that was read any more, UnknownProcedure or PersonalData.
    """
    require(by, Permission.ANSWER_APPROVE, facts.place)
    texts = _fit(facts)
    take_turns(f"answer {facts.place.code} {facts.code} {facts.slot}")
    rows = ApprovedAnswer.objects.filter(place=facts.place, procedure=facts.code, slot=facts.slot)
    before = list(rows.order_by("number"))
    province = facts.place if facts.place.level == Place.Level.PROVINCE else None
    version = procedures.card_on(facts.code, province=province).version
    if version.id != facts.version:
        raise CardMovedOn(code=facts.code)
    now = clock.now()
    ApprovedAnswer.objects.filter(id__in=[row.id for row in before if row.stands]).update(ended_at=now)
    answer = ApprovedAnswer.objects.create(
        place=facts.place,
        procedure_id=facts.code,
        slot=facts.slot,
        number=before[-1].number + 1 if before else 1,
        version=version,
        approved_at=now,
        **texts,
    )
    _record(answer, by, action="assistant.answer.approved")
    return answer


@transaction.atomic
def withdraw_answer(*, answer: ApprovedAnswer, by: Actor) -> ApprovedAnswer:
    """Take an approved answer back: the card speaks for itself again. Raises AnswerEnded."""
    rows = ApprovedAnswer.objects.select_for_update(of=("self",)).select_related("place")
    answer = rows.get(id=answer.id)
    require(by, Permission.ANSWER_APPROVE, answer.place)
    if not answer.stands:
        raise AnswerEnded
    answer.ended_at = clock.now()
    answer.save(update_fields=["ended_at"])
    _record(answer, by, action="assistant.answer.withdrawn")
    return answer


def _fit(facts: AnswerFacts) -> dict[str, str]:
    if facts.place.level == Place.Level.COMMUNE:
        raise UnfitApproval(field="place", reason=_("only a province or the centre approves answers"))
    if facts.slot not in SlotName.values:
        raise UnfitApproval(field="slot", reason=_("it does not say what is asked"))
    texts = {name: fit(getattr(facts, name), name) for name in ("text_vi", "text_en", "office")}
    if not texts["text_vi"]:
        raise UnfitApproval(field="text_vi", reason=_("the Vietnamese words are missing"))
    if not texts["office"]:
        raise UnfitApproval(field="office", reason=_("it does not say which office answers for it"))
    for name, text in texts.items():
        if len(text) > (LONGEST_OFFICE if name == "office" else LONGEST_TEXT):
            raise UnfitApproval(field=name, reason=_("the text is too long"))
    return texts


def _record(answer: ApprovedAnswer, by: Actor, *, action: str) -> None:
    audit.record(
        chain=answer.place_id,
        actor=str(by),
        action=action,
        subject=f"procedure:{answer.procedure_id}",
        details={"slot": answer.slot, "number": answer.number},
    )
