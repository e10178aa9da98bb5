"""Deciding about an initiative: confirmed, reviewed, recognised, sent back, retired, or merged into one that tells the same."""

from django.db import transaction

from aoxanh.audit import actions as audit
from aoxanh.initiatives.errors import InitiativeMovedOn, NotTheSame, ReasonMissing
from aoxanh.initiatives.life import WAYS, role_at
from aoxanh.initiatives.models import Decision, Initiative
from aoxanh.initiatives.models.initiatives import ADOPTABLE
from aoxanh.initiatives.words import fit
from aoxanh.kernel import clock
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.permissions import Permission, may, require

LONGEST_REASON = 1000


@transaction.atomic
def decide(*, initiative: Initiative, step: str, by: Actor, reason: str = "") -> Initiative:
    """Take a step of an initiative's life. Raises InitiativeMovedOn, ReasonMissing, PersonalData or NotAllowed."""
    row = _locked(initiative)
    ways = [way for way in WAYS if way.step == step]
    if not any(may(by, way.permission, row.place) for way in ways):
        raise NotAllowed
    way = next((way for way in ways if row.state in way.sources), None)
    if way is None:
        raise InitiativeMovedOn
    require(by, way.permission, row.place)
    said = fit(reason, "reason", LONGEST_REASON, lines=True)
    if way.needs_reason and not said:
        raise ReasonMissing(field="reason")
    row.is_public = row.is_public or way.target in ADOPTABLE
    move(row, step=way.step, state=way.target, by=by, reason=said)
    return row


@transaction.atomic
def merge(*, initiative: Initiative, into: Initiative, by: Actor, reason: str) -> Initiative:
    """Close an initiative that tells what another one tells better. Raises NotTheSame, ReasonMissing, InitiativeMovedOn, PersonalData.

    Materials and copies stay where they are; the page leads on.
    """
    row = _locked(initiative)
    require(by, Permission.INITIATIVE_REVIEW, row.place)
    if not row.is_open:
        raise InitiativeMovedOn
    if into.id == row.id or into.state in (Initiative.State.MERGED, Initiative.State.RETIRED):
        raise NotTheSame(field="into")
    said = fit(reason, "reason", LONGEST_REASON, lines=True)
    if not said:
        raise ReasonMissing(field="reason")
    row.merged_into = into
    move(row, step=Decision.Step.MERGE, state=Initiative.State.MERGED, by=by, reason=said)
    return row


def move(row: Initiative, *, step: str, state: str, by: Actor, reason: str = "") -> None:
    """Put a locked initiative into a state, and keep which step led there."""
    row.state, row.changed_at = state, clock.now()
    row.save(update_fields=["state", "is_public", "merged_into", "changed_at"])
    Decision.objects.create(
        initiative=row,
        step=step,
        state=state,
        reason=reason,
        role=role_at(by, row.place),
        place=row.place,
        made_at=row.changed_at,
    )
    audit.record(
        chain=row.place_id,
        actor=str(by),
        action="initiatives.initiative.decided",
        subject=f"initiative:{row.id}",
        details={"step": step, "state": state},
    )


def _locked(initiative: Initiative) -> Initiative:
    return Initiative.objects.select_for_update(of=("self",)).select_related("place").get(id=initiative.id)
