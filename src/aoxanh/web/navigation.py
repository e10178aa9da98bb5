"""The main menu: for each person the rooms they have work in, their own first."""

from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from django.db import DatabaseError, connection
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from aoxanh.oversight.waiting import Waiting, waiting_for
from aoxanh.people.actors import ANONYMOUS, Actor
from aoxanh.people.models import Role

_STAFF = (Role.COMMUNE_SECRETARY, Role.PASC_OFFICIAL, Role.PROVINCE_COORDINATOR, Role.CENTRAL, Role.AUDITOR)
# The police of a commune come for one thing only.
_EVERYBODY = tuple(role for role in Role if role != Role.POLICE_CONTACT)


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of the menu; `names` are the view names it stands for, the first is where it leads. `count` names what of it waits for the person."""

    names: tuple[str, ...]
    title: Any
    roles: tuple[Role, ...]
    count: Literal["", "tasks", "complaints"] = ""


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
                "tasks",
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
            Entry(("feedback", "feedback_answer", "feedback_poster"), _("Feedback"), _STAFF, "complaints"),
            Entry(("feedback_own",), _("What citizens say of my team"), (Role.TEAM_LEADER,)),
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


def drawn(request: HttpRequest | None) -> SafeString:
    """Return the menu for the person asking, with the entry of the present page marked; a group leads to its first part."""
    actor: Actor = getattr(request, "actor", ANONYMOUS)
    match = getattr(request, "resolver_match", None)
    user = getattr(request, "user", None)
    seen = _Seen(
        frozenset(grant.role for grant in actor.grants),
        match.view_name if match else "",
        _waiting(actor),
        bool(user and user.is_authenticated),
    )
    return _drawn(get_script_prefix(), get_urlconf(), get_language(), seen)


@dataclass(frozen=True, slots=True)
class _Seen:
    """All that a menu depends on besides the language and where the site is mounted."""

    roles: frozenset[Role]
    here: str
    waiting: Waiting
    signed_in: bool


@lru_cache(maxsize=1024)
def _drawn(_prefix: str, _urlconf: str | None, _language: str | None, seen: _Seen) -> SafeString:
    """Return a menu as HTML; the people of a role see the same one, so it is drawn once for all of them."""
    return render_to_string("nav.html", {"entries": _entries(seen), "signed_in": seen.signed_in})


def _entries(seen: _Seen) -> list[dict[str, Any]]:
    shown = []
    for item in _MENU:
        parts = _links(item.parts if isinstance(item, Group) else (item,), seen)
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


def _links(items: tuple[Entry, ...], seen: _Seen) -> list[dict[str, Any]]:
    found = ((entry, address_of(entry.names[0])) for entry in items if not seen.roles.isdisjoint(entry.roles))
    return [
        {
            "title": entry.title,
            "href": href,
            "here": seen.here in entry.names,
            "count": getattr(seen.waiting, entry.count) if entry.count else 0,
        }
        for entry, href in found
        if href
    ]


def _waiting(actor: Actor) -> Waiting:
    """Return what waits for the person; nothing on the page that tells of an error, where the database may not be asked."""
    if connection.in_atomic_block and not connection.needs_rollback:
        with suppress(DatabaseError):
            return waiting_for(actor)
    return Waiting()


def address_of(name: str) -> str:
    """Return the address of a page by its view name, or "" where this installation has none of that name."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
