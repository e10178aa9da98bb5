"""The door of proposing from the field: what a phone kept, each once, and what became of one's own proposals."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import override
from ninja import Router, Schema
from pydantic import Field

from aoxanh.api.auth import PERSON
from aoxanh.api.refusals import REFUSALS
from aoxanh.api.sent import Moment, Sent, Whole
from aoxanh.initiatives import actions, queries
from aoxanh.initiatives.kinds import Helper, Kind
from aoxanh.initiatives.models import Initiative
from aoxanh.kernel import clock
from aoxanh.people.actors import Actor

router = Router(tags=["initiatives"], auth=PERSON)

MOST = 10
# Wider than what is taken, so that one long text is refused by itself and not with all that it was sent with.
LONGEST = 8000


class StateWordsOut(Schema):
    """A state in both languages."""

    vi: str
    en: str


class ModelKindOut(Schema):
    """A kind of creative model in both languages."""

    key: str
    vi: str
    en: str


class ProposalWordsOut(Schema):
    """The words of a proposal that was sent back, to be changed on the phone."""

    kind: str
    title: str
    problem: str
    steps: str
    where: str
    volunteers: int
    equipment: str
    limits: str


class OwnProposalOut(Schema):
    """A proposal of the caller's: how far it got, since when (milliseconds), and the reason of the last decision.

    `words` are those of one that was sent back; they can be changed and handed in again.
    """

    id: UUID
    title: str
    kind: str
    state: str
    state_name: StateWordsOut
    reason: str
    since: int
    words: ProposalWordsOut | None


class ProposalsOut(Schema):
    """What a phone keeps for proposing without a network; `may_propose` tells whether the caller serves in a commune."""

    may_propose: bool
    kinds: list[ModelKindOut]
    proposals: list[OwnProposalOut]


class ProposalIn(Sent):
    """A proposal under an id that the phone made (UUIDv7); `steps` has a line for each step, `made_at` is in milliseconds.

    `of` names one of the caller's that was sent back: these words then take the place of its own, and it is handed in again.
    """

    id: UUID
    made_at: Moment
    kind: str = Field(max_length=16)
    title: str = Field(max_length=LONGEST)
    problem: str = Field(max_length=LONGEST)
    steps: str = Field(max_length=LONGEST)
    where: str = Field("", max_length=LONGEST)
    volunteers: Whole = Field(0, ge=0, le=100_000)
    equipment: str = Field("", max_length=LONGEST)
    limits: str = Field("", max_length=LONGEST)
    of: UUID | None = None


class ProposalsIn(Sent):
    """Some proposals; sending them again changes nothing."""

    proposals: list[ProposalIn] = Field(min_length=1, max_length=MOST)


class ProposalResult(Schema):
    """What became of one: `accepted`, `already`, or `refused` with a code and the field.

    Codes are personal_data, unreadable_text, unfit_initiative, too_many_proposals, not_found (for a caller in no commune,
    or where `of` is none of theirs) and initiative_moved_on (where it is no longer sent back).
    """

    id: UUID
    status: str
    code: str
    field: str


class ProposalResultsOut(Schema):
    """The answers, in the order of what was sent."""

    results: list[ProposalResult]


@router.get("/proposals", response={200: ProposalsOut, **REFUSALS})
def show_proposals(request: HttpRequest) -> dict[str, Any]:
    """Show the caller's own proposals and the kinds to choose from."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return {
        "may_propose": queries.may_propose_by_phone(actor),
        "kinds": [{"key": kind.value, **_both(kind.label)} for kind in Kind],
        "proposals": [
            {
                "id": row.id,
                "title": row.title,
                "kind": row.kind,
                "state": row.state,
                "state_name": _both(row.State(row.state).label),
                "reason": reason,
                "since": clock.milliseconds(row.changed_at),
                "words": _words(row) if row.state == row.State.RETURNED else None,
            }
            for row, reason in queries.proposals_for_phone(actor)
        ],
    }


@router.post("/proposals", response={200: ProposalResultsOut, **REFUSALS})
def hand_in_proposals(request: HttpRequest, wanted: ProposalsIn) -> dict[str, Any]:
    """Take proposals, each stored once however often it is sent; each is answered by itself."""
    sent = [_read(one) for one in wanted.proposals]
    answers = actions.take_proposals(proposals=sent, by=request.actor)  # type: ignore[attr-defined]
    return {
        "results": [
            {"id": one.id, "status": one.status, "code": one.code, "field": one.field} for one in answers
        ]
    }


def _read(one: ProposalIn) -> actions.Sent:
    facts = actions.InitiativeFacts(
        kind=one.kind,
        title=one.title,
        problem=one.problem,
        steps=one.steps,
        where=one.where,
        people={str(Helper.VOLUNTEERS): one.volunteers},
        equipment=one.equipment,
        limits=one.limits,
    )
    return actions.Sent(one.id, clock.from_milliseconds(one.made_at), facts, one.of)


def _words(row: Initiative) -> dict[str, Any]:
    told = {name: getattr(row, name) for name in actions.ASKED_BY_PHONE}
    return told | {"volunteers": row.people.get(Helper.VOLUNTEERS.value, 0)}


def _both(label: Any) -> dict[str, str]:
    told = {}
    for language in ("vi", "en"):
        with override(language):
            told[language] = capfirst(str(label))
    return told
