"""Proposing an initiative, from a page or from a phone, and changing its words until it is decided."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from aoxanh.audit import actions as audit
from aoxanh.initiatives import queries
from aoxanh.initiatives.errors import InitiativeMovedOn, TooManyProposals, UnfitInitiative
from aoxanh.initiatives.kinds import Kind
from aoxanh.initiatives.life import role_at
from aoxanh.initiatives.models import Decision, Initiative, Proposal
from aoxanh.initiatives.words import MOST_COST, fit, fit_days, fit_people, searchable
from aoxanh.kernel import clock
from aoxanh.kernel.errors import DomainError
from aoxanh.kernel.ids import uuid7
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.permissions import Permission, require
from aoxanh.places.models import Place

# (field, most letters, needed, in lines)
TEXTS = (
    ("title", 120, True, False),
    ("problem", 1500, True, True),
    ("steps", 4000, True, True),
    ("where", 160, False, False),
    ("equipment", 500, False, True),
    ("result", 1000, False, True),
    ("conditions", 1500, False, True),
    ("limits", 1500, False, True),
)
ASKED_BY_PHONE = ("kind", "title", "problem", "steps", "where", "equipment", "limits")
KEPT_FROM_PHONE = ("first_day", "last_day", "cost_vnd", "result", "conditions")
MOST_OPEN = 30
# A phone waits for a network for weeks, not for years; its clock may be wrong by any amount.
LONGEST_ON_A_PHONE = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class InitiativeFacts:
    """What is told of an initiative; only kind, title, problem and steps cannot be missing."""

    kind: str
    title: str
    problem: str
    steps: str
    where: str = ""
    first_day: date | None = None
    last_day: date | None = None
    people: dict[str, int] = field(default_factory=dict)
    cost_vnd: int | None = None
    equipment: str = ""
    result: str = ""
    conditions: str = ""
    limits: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """A proposal as a phone keeps it; `of` is the one that was sent back, whose words these take the place of."""

    id: UUID
    made_at: datetime
    facts: InitiativeFacts
    of: UUID | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one proposal that a phone sent: `accepted`, `already`, or `refused` with a code and the field."""

    id: UUID
    status: str
    code: str = ""
    field: str = ""


@transaction.atomic
def propose(*, facts: InitiativeFacts, place: Place, by: Actor) -> Initiative:
    """Propose an initiative of a place. Raises UnfitInitiative or PersonalData."""
    _may_propose(place, by)
    return _store(uuid7(), facts, place, by, Initiative.Origin.PAGE, clock.now())


@transaction.atomic
def take_proposals(*, proposals: Sequence[Sent], by: Actor) -> list[Told]:
    """Take what a volunteer's phone kept, each once however often it is sent; each is answered by itself."""
    if by.account_id is None:
        raise NotAllowed
    commune = queries.commune_to_propose_of(by)
    return [_take(one, commune, by) for one in proposals]


@transaction.atomic
def change(
    *, initiative: Initiative, facts: InitiativeFacts, by: Actor, handed_in: UUID | None = None
) -> Initiative:
    """Change an initiative's words before it is recognised; one that was sent back is handed in again by that.

    `handed_in` is the number under which a phone hands in again; it can only do so with what is still sent back. Raises InitiativeMovedOn, UnfitInitiative or PersonalData.
    """
    row = Initiative.objects.select_for_update(of=("self",)).select_related("place").get(id=initiative.id)
    if not queries.may_edit(by, row):
        raise InitiativeMovedOn if row.is_public or not row.is_open else NotAllowed
    if handed_in and row.state != Initiative.State.RETURNED:
        raise InitiativeMovedOn
    for name, value in _fit(facts).items():
        setattr(row, name, value)
    row.changed_at = clock.now()
    if row.state == Initiative.State.RETURNED:
        row.state = (
            Initiative.State.PROPOSED
            if row.place.level == Place.Level.COMMUNE
            else Initiative.State.CONFIRMED
        )
        _hand_in(row, by, handed_in or uuid7())
    row.save()
    _record(row, by, action="initiatives.initiative.changed")
    return row


def _hand_in(row: Initiative, by: Actor, number: UUID) -> None:
    told = Decision(
        id=number, initiative=row, step=Decision.Step.HAND_IN, state=row.state, role=role_at(by, row.place),
        place=row.place, made_at=row.changed_at,
    )  # fmt: skip
    Decision.objects.bulk_create([told], ignore_conflicts=True)
    if not _handed_in(number, row.id):
        raise UnfitInitiative(field="id", reason=_("this number is taken"))


def _handed_in(number: UUID, initiative_id: UUID) -> bool:
    rows = Decision.objects.filter(id=number, initiative=initiative_id, step=Decision.Step.HAND_IN)
    return rows.exists()


def _take(one: Sent, commune: Place | None, by: Actor) -> Told:
    if _is_stored(one, by):
        return Told(one.id, "already")
    try:
        with transaction.atomic():
            _take_in(one, commune, by)
    except DomainError as refusal:
        # The same one, sent twice at the same moment, may have been stored while this one waited for it.
        if _is_stored(one, by):
            return Told(one.id, "already")
        return Told(one.id, "refused", refusal.code, refusal.field)
    return Told(one.id, "accepted")


def _is_stored(one: Sent, by: Actor) -> bool:
    # Not by the initiative itself: whoever serves elsewhere now no longer reads it.
    mine = Proposal.objects.filter(initiative=one.of or one.id, account=by.account_id).exists()
    return mine and (one.of is None or _handed_in(one.id, one.of))


def _take_in(one: Sent, commune: Place | None, by: Actor) -> None:
    if one.of is not None:
        row = queries.proposals_of(by).filter(id=one.of).first()
        if row is None:
            raise NotAllowed
        # What the phone does not ask about stays as it is.
        told = {name: getattr(one.facts, name) for name in ASKED_BY_PHONE}
        kept = {name: getattr(row, name) for name in KEPT_FROM_PHONE}
        facts = InitiativeFacts(**told, **kept, people=row.people | one.facts.people)
        change(initiative=row, facts=facts, by=by, handed_in=one.id)
        return
    if commune is None:
        raise NotAllowed
    _may_propose(commune, by)
    _store(one.id, one.facts, commune, by, Initiative.Origin.PHONE, _believed(one.made_at))


def _believed(moment: datetime) -> datetime:
    """Return when something was made, by a phone's clock where that can be right."""
    now = clock.now()
    return moment if now - LONGEST_ON_A_PHONE <= moment <= now else now


def _store(
    id_: UUID, facts: InitiativeFacts, place: Place, by: Actor, origin: str, made_at: datetime
) -> Initiative:
    if (
        by.account_id is not None
        and queries.proposals_of(by).filter(state=Initiative.State.PROPOSED).count() >= MOST_OPEN
    ):
        raise TooManyProposals
    # What a province or the centre tells of itself needs no commune to confirm it.
    state = Initiative.State.PROPOSED if place.level == Place.Level.COMMUNE else Initiative.State.CONFIRMED
    row = Initiative(id=id_, place=place, origin=origin, state=state, **_fit(facts))
    # Somebody else's row of this id may lie out of reach, where no look finds it.
    Initiative.objects.bulk_create([row], ignore_conflicts=True)
    if (
        not Initiative.objects.filter(id=id_, fold=row.fold, place=place).exists()
        or Proposal.objects.filter(initiative=id_).exists()
    ):
        raise UnfitInitiative(field="id", reason=_("this number is taken"))
    if by.account_id is not None:
        Proposal.objects.create(initiative=row, account_id=by.account_id, made_at=made_at)
    _record(row, by, action="initiatives.initiative.proposed")
    return row


def _fit(facts: InitiativeFacts) -> dict[str, object]:
    if facts.kind not in Kind.values:
        raise UnfitInitiative(field="kind", reason=_("choose a kind from the list"))
    fit_days(facts.first_day, facts.last_day)
    if facts.cost_vnd is not None and not 0 <= facts.cost_vnd <= MOST_COST:
        raise UnfitInitiative(field="cost_vnd", reason=_("this cost cannot be right"))
    texts = {
        name: fit(getattr(facts, name), name, most, needed=needed, lines=lines)
        for name, most, needed, lines in TEXTS
    }
    return {
        **texts,
        "kind": facts.kind,
        "first_day": facts.first_day,
        "last_day": facts.last_day,
        "people": fit_people(facts.people),
        "cost_vnd": facts.cost_vnd,
        "fold": searchable(facts.kind, *texts.values()),
    }


def _may_propose(place: Place, by: Actor) -> None:
    require(by, Permission.INITIATIVE_PROPOSE, place, owner_id=by.account_id)


def _record(row: Initiative, by: Actor, *, action: str) -> None:
    audit.record(
        chain=row.place_id,
        actor=str(by),
        action=action,
        subject=f"initiative:{row.id}",
        details={"kind": row.kind},
    )
