"""The life of an initiative as a table: which step leads from where to where, who may take it, and which need a reason."""

from dataclasses import dataclass

from aoxanh.initiatives.models import Decision, Initiative
from aoxanh.initiatives.models.initiatives import ADOPTABLE, OPEN
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, may
from aoxanh.places.models import Place

State, Step = Initiative.State, Decision.Step


@dataclass(frozen=True, slots=True)
class Way:
    """One step that a person can take."""

    step: str
    sources: tuple[str, ...]
    target: str
    permission: Permission
    needs_reason: bool = False


WAYS = (
    Way(Step.CONFIRM, (State.PROPOSED,), State.CONFIRMED, Permission.INITIATIVE_CONFIRM),
    Way(Step.REVIEW, (State.CONFIRMED,), State.REVIEWED, Permission.INITIATIVE_REVIEW),
    Way(Step.RECOGNISE, (State.REVIEWED, State.DESCRIBED), State.RECOGNISED, Permission.INITIATIVE_REVIEW),
    Way(Step.SEND_BACK, (State.PROPOSED,), State.RETURNED, Permission.INITIATIVE_CONFIRM, needs_reason=True),
    Way(
        Step.SEND_BACK,
        (State.CONFIRMED, State.REVIEWED),
        State.RETURNED,
        Permission.INITIATIVE_REVIEW,
        needs_reason=True,
    ),
    Way(Step.RETIRE, OPEN + ADOPTABLE, State.RETIRED, Permission.INITIATIVE_REVIEW, needs_reason=True),
)


def ways_for(actor: Actor, initiative: Initiative) -> list[Way]:
    """Return the steps that the actor may take now."""
    return [
        way
        for way in WAYS
        if initiative.state in way.sources and may(actor, way.permission, initiative.place)
    ]


def role_at(actor: Actor, place: Place) -> str:
    """Return the role with which the actor reaches a place, the narrowest first; "" for the system."""
    order = {"commune": 0, "province": 1, "nation": 2}
    held = [grant for grant in actor.grants if grant.reaches(place.code, place.parent_id)]
    return str(min(held, key=lambda grant: (order[grant.level], grant.role)).role) if held else ""


def may_touch(by: Actor, permission: Permission, commune: Place) -> bool:
    """Tell whether the actor may write about a commune's copies: by a role there, or as the leader of a team there."""
    return may(by, permission, commune) or any(
        may(by, permission, commune, team_id=team) for team in by.leads
    )
