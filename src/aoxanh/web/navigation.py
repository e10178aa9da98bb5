"""The main menu: for each person the rooms they have work in, their own first."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, connection
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from aoxanh.oversight.feedback_queries import complaints_of
from aoxanh.oversight.supervision_queries import waiting_count
from aoxanh.people.actors import ANONYMOUS, Actor
from aoxanh.people.models import Role

_STAFF = (Role.COMMUNE_SECRETARY, Role.PASC_OFFICIAL, Role.PROVINCE_COORDINATOR, Role.CENTRAL, Role.AUDITOR)
# The police of a commune come for one thing only.
_EVERYBODY = tuple(role for role in Role if role != Role.POLICE_CONTACT)


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of the menu; `names` are the view names it stands for, the first is where it leads. `count` tells how much waits there."""

    names: tuple[str, ...]
    title: Any
    roles: tuple[Role, ...]
    count: Callable[[Actor], int] | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Links that share one place in the menu; on their pages they stand in a row of their own."""

    title: Any
    parts: tuple[Entry, ...]


_DRAFTERS = (Role.COMMUNE_SECRETARY, Role.PASC_OFFICIAL, Role.PROVINCE_COORDINATOR, Role.CENTRAL)
_OWN = (Role.VOLUNTEER, Role.TEAM_LEADER)
_MENU = (
    Entry(("field:app",), _("Field app"), _OWN),
    Entry(("board", "board_team"), _("Boards"), _EVERYBODY),
    Group(
        _("Hand-overs"),
        (
            Entry(("handovers", "handover", "sessions"), _("Hand-overs"), (Role.TEAM_LEADER, *_STAFF)),
            Entry(
                ("codes", "code_slips", "code_answer", "code_return", "code_check"),
                _("Citizens’ codes"),
                (Role.PASC_OFFICIAL, Role.PROVINCE_COORDINATOR),
            ),
        ),
    ),
    Group(
        _("Tasks"),
        (
            Entry(
                ("tasks", "task_step", "push_on", "push_off"),
                _("Tasks"),
                (Role.TEAM_LEADER, *_STAFF),
                waiting_count,
            ),
            Entry(
                ("visits", "visits_of_place", "visit_change", "visits_plan"),
                _("Visits"),
                (Role.COMMUNE_SECRETARY, Role.PROVINCE_COORDINATOR),
            ),
            Entry(
                ("flags", "flag"),
                _("Questions about figures"),
                (Role.TEAM_LEADER, Role.COMMUNE_SECRETARY, Role.PROVINCE_COORDINATOR),
            ),
            Entry(("feedback", "feedback_answer", "feedback_poster"), _("Feedback"), _STAFF, complaints_of),
            Entry(("watching", "watching_save"), _("Saved views and alerts"), (Role.TEAM_LEADER, *_STAFF)),
        ),
    ),
    Group(
        _("Teams"),
        (
            Entry(
                ("teams", "team", "volunteer", "volunteer_record"), _("Teams"), (Role.TEAM_LEADER, *_STAFF)
            ),
            Entry(
                ("rosters", "roster_team", "roster", "roster_shift", "roster_shift_new", "roster_run"),
                _("Rosters"),
                (Role.TEAM_LEADER, Role.COMMUNE_SECRETARY, Role.PASC_OFFICIAL, Role.PROVINCE_COORDINATOR),
            ),
            Entry(
                ("needs", "need", "plans", "plan", "sent"),
                _("Staffing"),
                (Role.COMMUNE_SECRETARY, Role.PROVINCE_COORDINATOR, Role.CENTRAL),
            ),
        ),
    ),
    Group(
        _("My work"),
        (
            Entry(("shifts", "swap"), _("My shifts"), (Role.VOLUNTEER,)),
            Entry(("my_assignment",), _("My assignment"), _OWN),
            Entry(("my_record",), _("My record"), _OWN),
            Entry(("sessions",), _("Recorded work"), (Role.VOLUNTEER,)),
            Entry(("flags", "flag"), _("Questions about figures"), (Role.VOLUNTEER,)),
        ),
    ),
    Group(
        _("Reports"),
        (
            Entry(
                ("unit_reports", "unit_report", "unit_report_edit", "unit_report_sign", "unit_report_draft"),
                _("Reports"),
                _STAFF,
            ),
            Entry(("briefing",), _("Weekly briefing"), _STAFF),
        ),
    ),
    Entry(("sheets", "sheet"), _("Lists"), _STAFF),
    Group(
        _("Procedures"),
        (
            Entry(("procedures", "procedure", "vneid"), _("Procedures"), _EVERYBODY),
            Entry(("assistant",), _("Ask the assistant"), _EVERYBODY),
        ),
    ),
    Group(
        _("Assistant"),
        (
            Entry(("assistant_flags",), _("Answers I called wrong"), _OWN),
            Entry(
                ("review_flags", "review_questions", "review_aliases", "review_answers", "review_answer"),
                _("Better answers"),
                (Role.PASC_OFFICIAL, Role.PROVINCE_COORDINATOR, Role.CENTRAL, Role.AUDITOR),
            ),
            Entry(("asked",), _("What people ask"), _STAFF),
            Entry(("assistant_drafts",), _("Drafts"), (*_OWN, *_DRAFTERS)),
            Entry(("assistant_model",), _("Language model"), (Role.CENTRAL,)),
        ),
    ),
    Group(
        _("Models"),
        (
            Entry(
                (
                    "initiatives",
                    "initiative",
                    "initiative_new",
                    "initiative_edit",
                    "initiative_spread",
                    "adoption",
                    "candidates",
                    "waves",
                ),
                _("Creative models"),
                _EVERYBODY,
            ),
            Entry(("portfolio",), _("What spread"), _EVERYBODY),
            Entry(("phrases",), _("Phrase cards"), _EVERYBODY),
            Entry(("joint_duties",), _("Joint duties"), (Role.POLICE_CONTACT,)),
        ),
    ),
    Group(
        _("Training"),
        (
            Entry(("courses", "module", "items", "items_of"), _("Courses"), _EVERYBODY),
            Entry(("events", "event", "event_new", "point", "attend"), _("Training sessions"), _EVERYBODY),
            Entry(("certificates", "gates"), _("Certificates"), (*_OWN, *_STAFF)),
        ),
    ),
    Group(
        _("Safety"),
        (
            Entry(
                ("scam_reports", "scam_report"),
                _("Fraud reports"),
                (
                    Role.TEAM_LEADER,
                    Role.COMMUNE_SECRETARY,
                    Role.PASC_OFFICIAL,
                    Role.POLICE_CONTACT,
                    Role.PROVINCE_COORDINATOR,
                    Role.CENTRAL,
                ),
            ),
            Entry(("safety_notices", "safety_notice"), _("Warnings"), (Role.TEAM_LEADER, *_STAFF)),
        ),
    ),
    Group(
        _("Evaluation"),
        (
            Entry(
                ("evaluations", "evaluation", "evaluation_unit", "evaluation_files"),
                _("Evaluation"),
                (Role.COMMUNE_SECRETARY, Role.PROVINCE_COORDINATOR, Role.CENTRAL, Role.AUDITOR),
            ),
            Entry(("indicators",), _("Indicators and targets"), _STAFF),
            Entry(("totals",), _("Official figures"), _STAFF),
        ),
    ),
    Entry(("places", "place"), _("Places"), (Role.PROVINCE_COORDINATOR, Role.CENTRAL, Role.AUDITOR)),
    Entry(("audit",), _("Audit"), (Role.AUDITOR,)),
    Entry(("my_account",), _("Account"), tuple(Role)),
)


def entries(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the menu for the person asking, with the entry of the present page marked; a group leads to its first part."""
    actor: Actor = getattr(request, "actor", ANONYMOUS)
    match = getattr(request, "resolver_match", None)
    here = match.view_name if match else ""
    shown = []
    for item in _MENU:
        parts = _links(item.parts if isinstance(item, Group) else (item,), actor, here)
        if parts:
            is_here = any(part["here"] for part in parts)
            inner = parts if is_here and len(parts) > 1 else []
            shown.append(
                {
                    "title": item.title,
                    "href": parts[0]["href"],
                    "here": is_here,
                    "parts": inner,
                    "count": parts[0]["count"],
                }
            )
    return shown


def _links(items: tuple[Entry, ...], actor: Actor, here: str) -> list[dict[str, Any]]:
    found = ((entry, address_of(entry.names[0])) for entry in items if actor.has_role(*entry.roles))
    return [
        {
            "title": entry.title,
            "href": href,
            "here": here in entry.names,
            "count": _count(entry, actor),
        }
        for entry, href in found
        if href
    ]


def _count(entry: Entry, actor: Actor) -> int:
    """Return how much waits behind an entry; nothing on the page that tells of an error, where the database may not be asked."""
    if entry.count is None or not connection.in_atomic_block or connection.needs_rollback:
        return 0
    with suppress(DatabaseError):
        return entry.count(actor)
    return 0


def address_of(name: str) -> str:
    """Return the address of a page by its view name, or "" where this installation has none of that name."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
