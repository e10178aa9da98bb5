"""The permission table, readable in one sitting, and `may`, the only permission check of the product.

A cell says how far a role reaches with a permission: "own" (only what they did themselves), "team" (the teams they lead),
"place" (their place downwards), or nothing. Documented in docs/reference/permissions.md.
"""

from typing import Literal
from uuid import UUID

from django.db.models import TextChoices

from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.models import Role
from aoxanh.places.models import Place

Reach = Literal["own", "team", "place"]


class Permission(TextChoices):
    """What can be done; the names are stable and documented."""

    SESSION_RECORD = "session.record"
    SESSION_READ = "session.read"
    SESSION_CORRECT = "session.correct"
    HANDOVER_READ = "handover.read"
    HANDOVER_SETTLE = "handover.settle"
    ANSWER_ENTER = "answer.enter"
    RETURN_NOTE = "return.note"
    CHECK_NOTE = "check.note"
    BOARD_READ = "board.read"
    TEAM_READ = "team.read"
    TEAM_EDIT = "team.edit"
    VOLUNTEER_READ = "volunteer.read"
    VOLUNTEER_EDIT = "volunteer.edit"
    CONSENT_EDIT = "consent.edit"
    ROLE_GRANT = "role.grant"
    DEVICE_REVOKE = "device.revoke"
    PROCEDURE_EDIT = "procedure.edit"
    TRAIT_EDIT = "trait.edit"
    HAMLET_EDIT = "hamlet.edit"
    CERTIFICATE_EDIT = "certificate.edit"
    GATE_EDIT = "gate.edit"
    PRACTICE_OBSERVE = "practice.observe"
    NEED_READ = "need.read"
    NEED_EDIT = "need.edit"
    NEED_CONFIRM = "need.confirm"
    PLAN_READ = "plan.read"
    PLAN_EDIT = "plan.edit"
    PLAN_PUBLISH = "plan.publish"
    ROSTER_READ = "roster.read"
    ROSTER_EDIT = "roster.edit"
    ROSTER_SIGN_UP = "roster.sign_up"
    EVENT_READ = "event.read"
    EVENT_EDIT = "event.edit"
    EVENT_TEACH = "event.teach"
    POINT_HOST = "point.host"
    COURSE_TAKE = "course.take"
    ITEM_READ = "item.read"
    BADGE_PRINT = "badge.print"
    UNIT_REPORT_READ = "unit_report.read"
    UNIT_REPORT_WRITE = "unit_report.write"
    UNIT_REPORT_SIGN = "unit_report.sign"
    STATE_REPORT_SIGN = "state_report.sign"
    DIFFICULTY_READ = "difficulty.read"
    DIFFICULTY_RAISE = "difficulty.raise"
    DIFFICULTY_ANSWER = "difficulty.answer"
    REPORT_READ = "report.read"
    REPORT_HANDLE = "report.handle"
    NOTICE_READ = "notice.read"
    NOTICE_PUBLISH = "notice.publish"
    CONTACT_EDIT = "contact.edit"
    DRAFT_MAKE = "draft.make"
    MODEL_SWITCH = "model.switch"
    ANSWER_FLAG = "answer.flag"
    ANSWER_REVIEW = "answer.review"
    ANSWER_APPROVE = "answer.approve"
    QUESTION_SEND = "question.send"
    ALIAS_PROPOSE = "alias.propose"
    ASKED_READ = "asked.read"
    INITIATIVE_PROPOSE = "initiative.propose"
    INITIATIVE_READ = "initiative.read"
    INITIATIVE_CONFIRM = "initiative.confirm"
    INITIATIVE_REVIEW = "initiative.review"
    ADOPTION_EDIT = "adoption.edit"
    ADOPTION_RECORD = "adoption.record"
    ACTIVATION_COUNT = "activation.count"
    FEEDBACK_READ = "feedback.read"
    FEEDBACK_ANSWER = "feedback.answer"
    FLAG_ANSWER = "flag.answer"
    FLAG_COACH = "flag.coach"
    FLAG_READ = "flag.read"
    TASK_SETTLE = "task.settle"
    VISIT_PLAN = "visit.plan"
    VISIT_READ = "visit.read"
    EVALUATION_READ = "evaluation.read"
    EVALUATION_SCORE = "evaluation.score"
    EVALUATION_RUN = "evaluation.run"
    TARGET_EDIT = "target.edit"
    TOTAL_READ = "total.read"
    TOTAL_EDIT = "total.edit"
    TOTAL_ANSWER = "total.answer"
    AUDIT_READ = "audit.read"


_COLUMNS = (
    Role.VOLUNTEER,
    Role.TEAM_LEADER,
    Role.COMMUNE_SECRETARY,
    Role.PASC_OFFICIAL,
    Role.PROVINCE_COORDINATOR,
    Role.CENTRAL,
    Role.AUDITOR,
)
_ROWS = """
                    volunteer  leader  secretary  official  province  central  auditor
session.record      own        own     -          -         -         -        -
session.read        own        team    place      place     place     place    place
session.correct     own        team    -          -         -         -        -
handover.read       own        team    place      place     place     place    place
handover.settle     -          -       -          place     -         -        -
answer.enter        -          -       -          place     -         -        -
return.note         -          -       -          place     -         -        -
check.note          -          -       -          -         place     -        -
board.read          team       team    place      place     place     place    place
team.read           team       team    place      place     place     place    place
team.edit           -          -       place      -         place     place    -
volunteer.read      own        team    place      place     place     -        -
volunteer.edit      own        -       place      -         place     -        -
consent.edit        -          -       place      -         place     -        -
role.grant          -          -       place      -         place     place    -
device.revoke       own        team    place      -         place     place    -
procedure.edit      -          -       -          -         place     place    -
trait.edit          -          -       -          -         place     place    -
hamlet.edit         -          -       place      place     place     -        -
certificate.edit    -          -       place      -         place     -        -
gate.edit           -          -       -          -         place     place    -
practice.observe    -          team    place      place     place     -        -
need.read           -          -       place      -         place     place    place
need.edit           -          -       place      -         place     -        -
need.confirm        -          -       -          -         place     -        -
plan.read           -          -       -          -         place     place    -
plan.edit           -          -       -          -         place     place    -
plan.publish        -          -       -          -         place     place    -
roster.read         own        team    place      place     place     -        -
roster.edit         -          team    place      -         place     -        -
roster.sign_up      own        own     -          -         -         -        -
event.read          own        own     place      place     place     place    place
event.edit          -          -       place      -         place     place    -
event.teach         -          own     place      -         place     place    -
point.host          own        own     place      place     place     place    -
course.take         own        own     -          -         -         -        -
item.read           -          -       -          -         -         place    -
badge.print         -          team    place      -         place     -        -
unit_report.read    -          -       place      place     place     place    place
unit_report.write   -          -       place      place     place     place    -
unit_report.sign    -          -       place      -         place     place    -
state_report.sign   -          -       -          place     -         -        -
difficulty.read     -          -       place      place     place     place    place
difficulty.raise    -          -       place      place     place     -        -
difficulty.answer   -          -       place      -         place     place    -
report.read         -          team    place      place     place     place    -
report.handle       -          team    place      -         place     -        -
notice.read         -          team    place      place     place     place    place
notice.publish      -          -       -          -         place     place    -
contact.edit        -          -       place      -         place     -        -
draft.make          own        own     place      place     place     place    -
model.switch        -          -       -          -         -         place    -
answer.flag         own        own     -          -         -         -        -
answer.review       -          -       -          place     place     place    place
answer.approve      -          -       -          -         place     place    -
question.send       own        own     own        own       own       -        -
alias.propose       -          -       -          place     place     place    -
asked.read          -          -       place      place     place     place    place
initiative.propose  own        own     place      place     place     place    -
initiative.read     own        own     place      place     place     place    place
initiative.confirm  -          -       place      -         -         -        -
initiative.review   -          -       -          -         place     place    -
adoption.edit       -          -       place      -         place     -        -
adoption.record     -          team    place      place     place     -        -
feedback.read       -          team    place      place     place     place    place
feedback.answer     -          -       place      -         place     -        -
flag.answer         own        own     -          -         -         -        -
flag.coach          -          team    place      -         place     -        -
flag.read           -          -       place      -         place     -        -
task.settle         -          team    place      -         place     place    -
visit.plan          -          -       place      -         place     -        -
visit.read          -          -       place      place     place     place    place
evaluation.read     -          -       place      -         place     place    place
evaluation.score    -          -       place      -         place     -        -
evaluation.run      -          -       -          -         place     place    -
target.edit         -          -       -          -         place     place    -
total.read          -          -       place      place     place     place    place
total.edit          -          -       place      place     place     -        -
total.answer        -          -       place      place     -         -        -
audit.read          -          -       -          -         -         -        place
"""
# The police of a commune see what citizens reported there, and count what only they may do; nothing else of the campaign.
_POLICE_ROWS = """
                    police
report.read         place
report.handle       place
activation.count    place
"""


def _parse(rows: str, columns: tuple[Role, ...]) -> dict[tuple[Permission, Role], Reach]:
    table: dict[tuple[Permission, Role], Reach] = {}
    for line in rows.strip().splitlines()[1:]:
        name, *cells = line.split()
        for role, cell in zip(columns, cells, strict=True):
            if cell in ("own", "team", "place"):
                table[Permission(name), role] = cell  # type: ignore[assignment]
    return table


TABLE = _parse(_ROWS, _COLUMNS) | _parse(_POLICE_ROWS, (Role.POLICE_CONTACT,))

# Which roles each granting role may hand out, always at its own place or below.
GRANTABLE: dict[Role, tuple[Role, ...]] = {
    Role.COMMUNE_SECRETARY: (
        Role.VOLUNTEER,
        Role.TEAM_LEADER,
        Role.PASC_OFFICIAL,
        Role.POLICE_CONTACT,
    ),
    Role.PROVINCE_COORDINATOR: (
        Role.VOLUNTEER,
        Role.TEAM_LEADER,
        Role.PASC_OFFICIAL,
        Role.POLICE_CONTACT,
        Role.COMMUNE_SECRETARY,
    ),
    Role.CENTRAL: (Role.COMMUNE_SECRETARY, Role.PROVINCE_COORDINATOR, Role.AUDITOR),
}


def may(
    actor: Actor,
    permission: Permission,
    place: Place,
    *,
    team_id: UUID | None = None,
    owner_id: UUID | None = None,
) -> bool:
    """Tell whether the actor may do this at this place; fails closed.

    `team_id` is the team and `owner_id` the volunteer (or account) that the thing belongs to; without them only "place" reach
    can say yes. The system may do everything.
    """
    if actor.is_system:
        return True
    return any(
        grant.reaches(place.code, place.parent_id)
        and _reaches(actor, grant.role, TABLE.get((permission, grant.role)), team_id, owner_id)
        for grant in actor.grants
    )


def _reaches(
    actor: Actor, role: Role, reach: Reach | None, team_id: UUID | None, owner_id: UUID | None
) -> bool:
    if reach == "place":
        return True
    if reach == "team":
        return team_id in (actor.leads if role == Role.TEAM_LEADER else actor.teams)
    return reach == "own" and owner_id is not None and owner_id in (actor.volunteer_id, actor.account_id)


def require(
    actor: Actor,
    permission: Permission,
    place: Place,
    *,
    team_id: UUID | None = None,
    owner_id: UUID | None = None,
) -> None:
    """Raise NotAllowed unless `may` says yes. The doors show it as 404, so that absent and forbidden look alike."""
    if not may(actor, permission, place, team_id=team_id, owner_id=owner_id):
        raise NotAllowed


def places_reached(actor: Actor, permission: Permission) -> list[str] | None:
    """Return the codes of the places where the actor has "place" reach for a permission, or None for the whole nation.

    An empty list means nowhere. Callers filter by it first and always.
    """
    if actor.is_system:
        return None
    grants = [grant for grant in actor.grants if TABLE.get((permission, grant.role)) == "place"]
    if any(grant.level == "nation" for grant in grants):
        return None
    return sorted({grant.place_code for grant in grants})


# Who must have a second factor before anything else, when the installation asks for it (AOXANH_REQUIRE_MFA).
SECOND_FACTOR_ROLES = (Role.PROVINCE_COORDINATOR, Role.CENTRAL, Role.AUDITOR)


def needs_second_factor(actor: Actor) -> bool:
    """Tell whether one of the actor's roles reaches further than a commune's staff."""
    return actor.has_role(*SECOND_FACTOR_ROLES)
