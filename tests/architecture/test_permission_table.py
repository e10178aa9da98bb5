"""Every address × every person of the cast -> the status that permission_table.txt says; an address without a row fails.

A row is a method, an address with {examples} filled in from `examples` below, and a status for each column. "@" after the
address gives the form that is sent; without it the body is empty (an empty JSON object for the API). Each request is made in
a transaction that is taken back. When a row is wrong, the failure prints it as it is now: paste it only if that is what the
person should get.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, resolve

from aoxanh.assistant.models import AliasProposal, ApprovedAnswer, Flag, UnansweredQuestion
from aoxanh.desk.models import Handover
from aoxanh.initiatives.models import (
    Adoption,
    ClassMeeting,
    Initiative,
    JointDuty,
    Material,
    OutreachRun,
    PhraseCard,
    Proposal,
)
from aoxanh.kernel import clock
from aoxanh.kernel.scope import whole_nation
from aoxanh.oversight.actions import ReportFacts, draft_report
from aoxanh.oversight.grading.rubric import newest
from aoxanh.oversight.models import (
    AlertRule,
    Difficulty,
    Evaluation,
    EvaluationCycle,
    Feedback,
    PushSubscription,
    Report,
    SavedView,
    SupervisionTask,
    Visit,
)
from aoxanh.oversight.models import Flag as FigureFlag
from aoxanh.people.actors import system
from aoxanh.people.models import Account, Device, GuardianConsent, Membership, PrintedBadge, RoleAssignment
from aoxanh.places.models import Place
from aoxanh.procedures.models import Procedure, ProcedureVersion
from aoxanh.safety.models import SafetyNotice, ScamReport
from aoxanh.sheets.models import SheetImport
from aoxanh.staffing.models import (
    Absence,
    Assignment,
    Decline,
    Plan,
    Roster,
    RosterRun,
    Shift,
    ShiftAssignment,
    Swap,
    Wish,
)
from aoxanh.training.models import Attendance, Certificate, Point, TrainingEvent
from tests.cast import BINH_TEAM, LAN_TEAM, LUNG_CU, TUYEN_QUANG, account_id, volunteer_id
from tests.openapi import describe, operation_at

TABLE = Path(__file__).with_name("permission_table.txt")
PEOPLE = ("anonymous", "lan", "minh", "ha", "son", "duc", "an", "thu", "binh")
PHONE = UUID("01970000-0000-7000-8000-000900000001")
# An address of ours stands before it, so no request can reach it.
UNREACHABLE = {r"account/confirm-email/(?P<key>[-:\w]+)/$"}


@cache
def rows() -> list[tuple[str, str, list[str]]]:
    """Return (method, address, statuses) of each row."""
    lines = [line.split() for line in TABLE.read_text(encoding="utf-8").splitlines()]
    return [
        (line[0], line[1], line[2:]) for line in lines if line and line[0].isupper() and line[0].isalpha()
    ]


def routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[str]:
    """Return every route of the site, as Django names it when it resolves an address."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern).removeprefix("^")
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, route)
        else:
            yield route


def examples() -> dict[str, str]:
    """Return the things that rows name: Lan's team, phone, membership …, and Bình's, who is not hers."""
    Device.objects.create(id=PHONE, account_id=account_id("lan"), token_hash="x")
    return {
        "lan_team": str(LAN_TEAM),
        "binh_team": str(BINH_TEAM),
        "lan": str(volunteer_id("lan")),
        "lan_account": str(account_id("lan")),
        "lan_phone": str(PHONE),
        "lan_membership": str(Membership.objects.get(volunteer=volunteer_id("lan")).id),
        "lan_role": str(RoleAssignment.objects.get(account=account_id("lan")).id),
        "binh_role": str(RoleAssignment.objects.get(account=account_id("binh")).id),
        "an_account": str(account_id("an")),
        "binh": str(volunteer_id("binh")),
        "card": Procedure.objects.order_by("code").values_list("code", flat=True)[0],
        "lan_handover": _handover(),
        "son_sheet": str(SheetImport.objects.create(account_id=account_id("son"), kind="volunteers").id),
        "lan_certificate": _certificate(),
        "lan_consent": _consent(),
        **_staffing(),
        **_roster(),
        **_session(),
        **_safety(),
        **_asking(),
        **_initiatives(),
        "lan_question_about_figures": _figures(),
        **_supervision(),
        **_reports(),
        **_evaluation(),
        "lan_complaint": _complaint(),
        "nobody": "01970000-0000-7000-8000-000999999999",
    }


def _staffing() -> dict[str, str]:
    """Return a draft of Đức's province, and what Lan was asked to do and said no to."""
    with whole_nation():
        plan = Plan.objects.create(place_id=TUYEN_QUANG, name="x", state="draft")
        asked = {"plan": plan, "commune_id": LUNG_CU, "home_id": LUNG_CU, "kind": "outreach"}
        assignment, _ = Assignment.objects.get_or_create(volunteer_id=volunteer_id("lan"), defaults=asked)
        said = Decline.objects.create(volunteer_id=volunteer_id("lan"), reason="study")
    return {
        "duc_plan": str(plan.id),
        "lan_assignment": str(assignment.id),
        "lan_decline": str(said.id),
    }


def _initiatives() -> dict[str, str]:
    """Return what Lan proposed with a material, and copies of described models in her commune with what their tools recorded."""
    words = {"kind": "other", "title": "x", "problem": "x", "steps": "x", "origin": "page"}
    with whole_nation():
        proposed = Initiative.objects.create(place_id=LUNG_CU, state="proposed", **words)
        Proposal.objects.create(initiative=proposed, account_id=account_id("lan"))
        material = Material.objects.create(initiative=proposed, form="pdf", title="x", content=b"%PDF-1.7", content_type="application/pdf", looked_through=True)  # fmt: skip
        copies = {
            row.kind: Adoption.objects.get_or_create(
                initiative=row, commune_id=LUNG_CU, defaults={"first_day": clock.today() - timedelta(days=60)}
            )[0]
            for row in Initiative.objects.filter(
                state="described", kind__in=("literacy", "loudspeaker", "joint_duty", "other", "interpreter")
            )
        }
        day = clock.today() - timedelta(days=40)
        here: dict[str, Any] = {"commune_id": LUNG_CU, "day": day}
        meeting = ClassMeeting.objects.create(adoption=copies["literacy"], task="vneid", minutes=1, learners=9, could_before=0, could_after=9, **here)  # fmt: skip
        run = OutreachRun.objects.create(adoption=copies["loudspeaker"], route="x", script="x", language_id="vie", seconds=60, minutes=1, **here)  # fmt: skip
        duty = JointDuty.objects.create(
            adoption=copies["joint_duty"], half="am", volunteers=1, police=1, **here
        )
        card = PhraseCard.objects.create(commune_id=LUNG_CU, language_id="hmn", text_vi="x", text="x")
    return {
        "described": str(copies["interpreter"].initiative_id),
        "lan_initiative": str(proposed.id),
        "lan_material": str(material.id),
        "lan_adoption": str(copies["literacy"].id),
        "lan_meeting": str(meeting.id),
        "lan_run": str(run.id),
        "lan_duty": str(duty.id),
        "lan_phrase": str(card.id),
    }


def _certificate() -> str:
    """Return a certificate that Lan holds."""
    held = Certificate(
        volunteer_id=volunteer_id("lan"), group_id="vneid", issued_on=clock.today(), source="x"
    )
    held.save(force_insert=True)
    return str(held.id)


def _session() -> dict[str, str]:
    """Return a session of Lan's commune that is open, its point, and Lan's own note of having been there."""
    now = clock.now()
    with whole_nation():
        event = TrainingEvent.objects.create(
            title="x",
            kind="class",
            place_id=LUNG_CU,
            state="open",
            starts_at=now,
            ends_at=now + timedelta(hours=2),
        )
        point = Point.objects.create(commune_code=LUNG_CU, event_id=event.id, place="x")
        told = Attendance.objects.create(
            commune_code=LUNG_CU, id=PHONE, event_id=event.id, point_id=point.id, volunteer_id=volunteer_id("lan"), how="offline",
            state="held", why="unproven", arrived_at=now, noted_at=now,
        )  # fmt: skip
    return {
        "lan_event": str(event.id), "lan_point": f"{LUNG_CU}/{point.id}", "lan_attendance": f"{LUNG_CU}/{told.id}",
    }  # fmt: skip


def _consent() -> str:
    """Return a guardian's consent from before Lan came of age."""
    held = GuardianConsent(
        volunteer_id=volunteer_id("lan"),
        given_on=clock.today(),
        paper="x",
        kept_at="x",
        needed_until=clock.today(),
    )
    held.save(force_insert=True)
    return str(held.id)


def _roster() -> dict[str, str]:
    """Return a published roster of Lan's team from today on, Lan's shift tomorrow, a day she cannot come, and her wish."""
    first, tomorrow = clock.today(), clock.today() + timedelta(days=1)
    here: dict[str, Any] = {"commune_id": LUNG_CU}
    with whole_nation():
        roster = Roster.objects.create(
            team_id=LAN_TEAM, first_day=first, last_day=first + timedelta(days=6), state="draft", **here
        )
        shift = Shift.objects.create(roster=roster, day=tomorrow, half="pm", seats={"outreach": 2}, **here)
        on_it = {"roster": roster, "shift": shift, "day": tomorrow, "half": "pm", "seat": "outreach"}
        ShiftAssignment.objects.create(volunteer_id=volunteer_id("lan"), holds=True, **on_it, **here)
        swap = Swap.objects.create(
            shift=shift, giver_id=volunteer_id("lan"), taker_id=volunteer_id("minh"), **here
        )
        absence = Absence.objects.create(
            volunteer_id=volunteer_id("lan"),
            first_day=first + timedelta(days=90),
            last_day=first + timedelta(days=91),
        )
        run = RosterRun.objects.create(account_id=account_id("son"), place_id=LUNG_CU, first_day=first)
        wish = Wish.objects.create(volunteer_id=volunteer_id("lan"), weekday=5)
    return {
        "lan_roster": str(roster.id), "lan_shift": str(shift.id), "lan_swap": str(swap.id), "lan_absence": str(absence.id),
        "lan_wish": str(wish.id), "son_run": str(run.id),
    }  # fmt: skip


def _safety() -> dict[str, str]:
    """Return a report about Lan's team, a warning to Đức's province, and Lan's badge on paper."""
    now, today = clock.now(), clock.today()
    with whole_nation():
        report = ScamReport.objects.create(commune_id=LUNG_CU, team_id=LAN_TEAM, kind="otp", due_at=now)
    notice = SafetyNotice.objects.create(place_id=TUYEN_QUANG, title_vi="x", text_vi="x", last_day=today)
    paper = PrintedBadge.objects.create(volunteer_id=volunteer_id("lan"), team_id=LAN_TEAM, last_day=today)
    return {"lan_report": str(report.id), "province_notice": str(notice.id), "lan_paper": str(paper.id)}


def _reports() -> dict[str, str]:
    """Return a draft and a signed report of Lan's commune, and an entry of its briefing that the commune itself must answer."""
    days = {"first": date(2026, 3, 9), "last": date(2026, 3, 15), "kind": "weekly", "form": "union"}
    facts = ReportFacts(place=Place.objects.select_related("parent").get(code=LUNG_CU), **days)
    with whole_nation():
        made = Report.objects.filter(place=LUNG_CU, state="draft").first() or draft_report(
            facts=facts, by=system("x")
        )
        signed, _ = Report.objects.get_or_create(
            code="A" * 16,
            defaults={
                **days, "place_id": LUNG_CU, "version": 90, "state": "signed", "number": 90, "year": 2026, "signer": "x",
                "digest": "x", "position": "head", "signed_at": clock.now(), "figures": made.figures, "figures_hash": "x", "text": {},
            },
        )  # fmt: skip
        entry, _ = Difficulty.objects.get_or_create(
            place_id=LUNG_CU,
            defaults={"kind": "difficulty", "text": "x", "owner_id": LUNG_CU, "due": clock.today()},
        )
    return {"son_report": str(made.id), "signed_report": str(signed.id), "son_entry": str(entry.id)}


def _asking() -> dict[str, str]:
    """Return words proposed and an answer approved in Đức's province, and a flag and a question from Lan's commune."""
    version = ProcedureVersion.objects.order_by("procedure")[0]
    of = {"procedure_id": version.procedure_id}
    with whole_nation():
        words = AliasProposal.objects.create(place_id=TUYEN_QUANG, text="giấy x", fold="giay x", **of)
        answer = ApprovedAnswer.objects.create(
            place_id=TUYEN_QUANG, version=version, slot="fee", number=1, text_vi="x", office="x", **of
        )
        flag = Flag.objects.create(
            id=PHONE, commune_id=LUNG_CU, version=version, slot="fee", reason="old",
            volunteer_id=volunteer_id("lan"), made_at=clock.now(), **of,
        )  # fmt: skip
        question = UnansweredQuestion.objects.create(id=PHONE, commune_id=LUNG_CU, text="x", why="outside")
    return {
        "province_words": str(words.id), "province_answer": str(answer.id), "lan_flag": str(flag.id),
        "lan_question": str(question.id),
    }  # fmt: skip


def _figures() -> str:
    """Return a question about Lan's figures that she has answered, that Minh talks over, and that Sơn would read."""
    today = clock.today()
    with whole_nation():
        asked = FigureFlag.objects.create(
            commune_id=LUNG_CU, team_id=LAN_TEAM, volunteer_id=volunteer_id("lan"), coach_id=account_id("minh"),
            state="explained", answer="x", answered_at=clock.now(), first_day=today, last_day=today, due_on=today, evidence=[],
        )  # fmt: skip
    return str(asked.id)


def _supervision() -> dict[str, str]:
    """Return a task of who leads Lan's team, and a visit that Sơn plans in his own commune."""
    today = clock.today()
    with whole_nation():
        task = SupervisionTask.objects.create(
            rule="silent_team",
            subject="x",
            place_id=LUNG_CU,
            team_id=LAN_TEAM,
            owner="team_leader",
            n=3,
            due_on=today,
        )
        visit = Visit.objects.create(
            commune_id=LUNG_CU, supervisor_id=account_id("son"), day=today, half="am"
        )
    view = SavedView.objects.create(account_id=account_id("son"), name="x", address="/board/00715/")
    rule = AlertRule.objects.create(
        account_id=account_id("son"), place_id=LUNG_CU, figure="sessions", side="below", threshold=1, days=7
    )
    with whole_nation():
        browser = PushSubscription.objects.create(
            account_id=account_id("son"), endpoint="https://x.example/1"
        )
    return {
        "lan_task": str(task.id), "son_visit": str(visit.id), "son_view": str(view.id), "son_alert": str(rule.id),
        "son_browser": str(browser.id),
    }  # fmt: skip


def _evaluation() -> dict[str, str]:
    """Return a cycle of Đức's province that is open, in which Lan's commune is evaluated."""
    day = clock.today() - timedelta(days=400)
    with whole_nation():
        cycle = EvaluationCycle.objects.create(
            place_id=TUYEN_QUANG, level="commune", first_day=day, last_day=day, rubric=newest().version, files_each=1,
            appeal_days=0, secret="x", commitment="x",
        )  # fmt: skip
        Evaluation.objects.create(cycle=cycle, unit_id=LUNG_CU)
    return {"duc_cycle": str(cycle.id)}


def _complaint() -> str:
    """Return the id of a complaint about Lan's team that waits for an answer."""
    with whole_nation():
        row = Feedback.objects.create(
            commune_id=LUNG_CU, team_id=LAN_TEAM, helped="no", treated="badly", waited="long", is_complaint=True,
            due_at=clock.now(),
        )  # fmt: skip
    return str(row.id)


def _handover() -> str:
    """Return the address of a hand-over of Lan's team that waits for an official."""
    day = clock.today()
    with whole_nation():
        Handover.objects.create(commune_code=LUNG_CU, day=day, id=PHONE, team_id=LAN_TEAM, reason="police")
    return f"{LUNG_CU}/{day}/{PHONE}"


def status(method: str, address: str, name: str) -> str:
    with transaction.atomic():
        client = Client(raise_request_exception=False)
        if name != "anonymous":
            client.force_login(Account.objects.get(id=account_id(name)))
        address, _at, form = address.partition("@")
        kind = "application/json" if address.startswith("/api/") else "application/x-www-form-urlencoded"
        body = {"data": form or ("{}" if address.startswith("/api/") else ""), "content_type": kind}
        answer = getattr(client, method.lower())(address, **(body if method == "POST" else {}))
        transaction.set_rollback(True)
    return str(answer.status_code)


@pytest.mark.parametrize(
    ("method", "pattern", "expected"), rows(), ids=[f"{row[0]} {row[1]}" for row in rows()]
)
def test_everybody_gets_what_the_table_says(db: None, method: str, pattern: str, expected: list[str]) -> None:
    address = pattern.format_map(examples())
    got = [status(method, address, name) for name in PEOPLE]
    assert got == expected, f"as it is now:\n{as_row(method, pattern, got)}"


def test_no_address_is_missing_from_the_table(db: None) -> None:
    things = examples()
    covered = {resolve(bare(pattern, things)).route for _method, pattern, _expected in rows()}
    missing = sorted(set(routes()) - covered - UNREACHABLE)
    assert not missing, "add a row to tests/architecture/permission_table.txt for: " + ", ".join(missing)


def test_no_operation_of_the_api_is_missing_from_the_table(db: None) -> None:
    things = examples()
    operations = [operation_at(method, bare(pattern, things)) for method, pattern, _expected in rows()]
    covered = {operation["operationId"] for operation in operations if operation}
    described = {
        operation["operationId"] for path in describe()["paths"].values() for operation in path.values()
    }
    assert not described - covered


def bare(pattern: str, things: dict[str, str]) -> str:
    """Return the address alone, without query and form."""
    return re.split("[?@]", pattern.format_map(things))[0]


def as_row(method: str, pattern: str, statuses: list[str]) -> str:
    return f"{method:<5}{pattern:<66}" + "  ".join(f"{code:<4}" for code in statuses).rstrip()
