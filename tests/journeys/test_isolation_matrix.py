"""Every person × every address and every table, for work that lies elsewhere: nothing of it shows, thrice over.

Once with both nets, once with the rooms' filters alone (row security taken off the tables), once with row security alone (every
person is taken for the system by every filter and every permission check, and only PostgreSQL holds them back). With both nets cut
the work does show, so the matrix would notice a net that was never there. The addresses come from the permission table, which
misses none; the tables from the models, each of which says below how it is held.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model
from django.test import Client

from aoxanh.assistant.models import AskedCount, Flag, UnansweredQuestion
from aoxanh.desk.actions import receive_batch
from aoxanh.desk.models import CaseReturned, Confirmation, Handover, WorkCheck
from aoxanh.desk.rollup import recompute_dirty_days
from aoxanh.initiatives.models import Adoption, ClassMeeting, Initiative, JointDuty, OutreachRun
from aoxanh.kernel import clock
from aoxanh.kernel.ids import uuid7
from aoxanh.kernel.scope import scope, whole_nation
from aoxanh.oversight.grading.rubric import newest
from aoxanh.oversight.models import (
    Appeal,
    Evaluation,
    EvaluationCycle,
    Feedback,
    FileReview,
    OfficialTotal,
    SupervisionTask,
    Visit,
)
from aoxanh.oversight.models import Flag as FigureFlag
from aoxanh.people import acting
from aoxanh.people.actors import Actor
from aoxanh.procedures.models import ProcedureVersion
from aoxanh.safety.models import ScamReport
from aoxanh.staffing.models import Assignment, CheckIn, Need, Plan, Roster, Shift, ShiftAssignment, Swap
from aoxanh.training.models import Attendance, Observation, Point, TrainingEvent
from tests.architecture.house import models
from tests.architecture.test_permission_table import examples, rows
from tests.cast import BA_DINH, BINH_TEAM, HA_NOI, LAN_TEAM, LUNG_CU, TUYEN_QUANG, account_id, volunteer_id
from tests.conftest import Cast
from tests.desk.record_examples import a_batch, a_record

# How each model is held: the column that row security reads, or why there is no net under the filter.
NETS: dict[str, str] = {
    "desk.SupportSession": "commune_code",
    "desk.Handover": "commune_code",
    "desk.DailyFigure": "commune_code",
    "desk.Confirmation": "commune_code",
    "desk.WorkCheck": "commune_code",
    "desk.CaseReturned": "commune_code",
    "oversight.ProvinceDay": "province_code",
    "oversight.Feedback": "commune",
    "oversight.Report": "place",
    "oversight.Difficulty": "place",
    "oversight.Evaluation": "unit",
    "oversight.FileReview": "unit",
    "oversight.Appeal": "unit",
    "oversight.OfficialTotal": "commune",
    "staffing.Need": "commune",
    "staffing.Plan": "place",
    "staffing.Assignment": "commune",
    "staffing.Roster": "commune",
    "staffing.Shift": "commune",
    "staffing.ShiftAssignment": "commune",
    "staffing.Swap": "commune",
    "staffing.CheckIn": "commune",
    "training.Point": "commune_code",
    "training.Attendance": "commune_code",
    "safety.ScamReport": "commune",
    "training.Observation": "commune",
    "oversight.SupervisionTask": "place",
    "oversight.Visit": "commune",
    "assistant.Flag": "commune",
    "oversight.Flag": "commune",
    "assistant.UnansweredQuestion": "commune",
    "assistant.AskedCount": "commune_code",
    "initiatives.Initiative": "place",
    "initiatives.ClassMeeting": "commune",
    "initiatives.OutreachRun": "commune",
    "initiatives.JointDuty": "commune",
}
WITHOUT_NET: dict[str, str] = {
    "desk.DirtyDay": "a commune and a day, of nobody; no page reads it",
    "desk.SyncEpoch": "one row for the whole site",
    "oversight.CheckSample": "a seed and two numbers, of nobody; what was drawn is held by its commune",
    "people.Account": "read before anybody is known, to sign in",
    "people.RoleAssignment": "read before a reach is known, to make it; a check that sees half the roles would allow too much",
    "people.Membership": "read before a reach is known, to make it; holds ids only",
    "people.Device": "read before a reach is known, by its token",
    "people.BadgeKey": "read for a citizen, who has no reach; holds a public key and an id",
    "people.PrintedBadge": "read for a citizen, who has no reach; holds ids and a day",
    "safety.PoliceContact": "public by its privacy class",
    "safety.SafetyNotice": "public by its privacy class",
    "safety.NoticeReading": "reached through its volunteer; an id and a moment",
    "people.Volunteer": "read before a reach is known, to make it; lives in one commune and serves in others",
    "people.GuardianConsent": "reached through its volunteer",
    "people.LanguageSkill": "reached through its volunteer",
    "people.Team": "public by its privacy class",
    "assistant.ApprovedAnswer": "public by its privacy class",
    "assistant.AliasProposal": "citizens' words for a procedure, of nobody; led to by those who review the place",
    "assistant.LanguageModelSwitch": "a decision of the centre, of nobody",
    "assistant.LanguageModelDay": "a number of tokens a day",
    "assistant.LanguageModelCall": "outcomes and counts, of nobody; no text",
    "training.SkillGroup": "three rows for the whole nation, public",
    "training.Certificate": "reached through its volunteer",
    "training.TrainingEvent": "a national one is known wherever it has a point; holds nobody but an id of who passes it on",
    "training.QuizBank": "questions, of nobody",
    "training.CertificateGate": "decisions from which day work asks for a certificate, of nobody",
    "training.CredentialKey": "public keys of the whole site",
    "training.CredentialIndex": "a number in a public list; reached through its certificate",
    "training.Attempt": "reached through its volunteer, who alone is led to it; in sums without names by the centre",
    "training.AttemptAnswers": "reached through its attempt",
    "training.Reading": "reached through its volunteer, who alone is led to it",
    "initiatives.Proposal": "reached through its initiative, or by who proposed it; ids and a moment",
    "initiatives.Decision": "reached through its initiative",
    "initiatives.Material": "reached through its initiative",
    "initiatives.Adoption": "public by its privacy class",
    "initiatives.FidelityCheck": "public by its privacy class",
    "initiatives.Effect": "public by its privacy class",
    "initiatives.WavePlan": "public by its privacy class",
    "initiatives.Offer": "public by its privacy class",
    "initiatives.PhraseCard": "public by its privacy class",
    "staffing.Post": "reached through its need",
    "staffing.LanguageNeed": "reached through its need",
    "staffing.PlanEdit": "reached through its plan",
    "staffing.Decline": "reached through its volunteer",
    "staffing.RosterMember": "reached through its roster; a number and an id",
    "staffing.RosterRun": "an order of one account, which alone is led to it; holds counts",
    "staffing.Absence": "reached through its volunteer, who may serve in several communes",
    "staffing.Wish": "reached through its volunteer",
    "staffing.CalendarFeed": "read before a reach is known, by its secret",
    "oversight.SavedView": "an address under a name; its owner alone is led to it",
    "oversight.AlertRule": "a limit that one account set, which alone is led to it",
    "oversight.EvaluationCycle": "a period, a place and hashes, of nobody; its secret is told only after the draw",
    "oversight.Target": "decisions of the centre and the provinces, of nobody",
    "audit.AuditEntry": "written in every chain by whoever acts; read by auditors alone",
    "audit.AuditHead": "numbers and hashes",
    "sheets.SheetImport": "an upload of one account, which alone is led to it; gone within a day",
    "sheets.SheetPiece": "reached through its upload",
    "sheets.ShownRow": "reached through its upload",
}
TABLES = {
    "desk.SupportSession": "desk_supportsession",
    "desk.Handover": "desk_handover",
    "desk.DailyFigure": "desk_dailyfigure",
    "desk.Confirmation": "desk_confirmation",
    "desk.WorkCheck": "desk_workcheck",
    "desk.CaseReturned": "desk_casereturned",
    "oversight.ProvinceDay": "oversight_provinceday",
    "oversight.Feedback": "oversight_feedback",
    "oversight.Report": "oversight_report",
    "oversight.Difficulty": "oversight_difficulty",
    "oversight.Evaluation": "oversight_evaluation",
    "oversight.FileReview": "oversight_filereview",
    "oversight.Appeal": "oversight_appeal",
    "oversight.OfficialTotal": "oversight_officialtotal",
    "staffing.Need": "staffing_need",
    "staffing.Plan": "staffing_plan",
    "staffing.Assignment": "staffing_assignment",
    "staffing.Roster": "staffing_roster",
    "staffing.Shift": "staffing_shift",
    "staffing.ShiftAssignment": "staffing_shiftassignment",
    "staffing.Swap": "staffing_swap",
    "staffing.CheckIn": "staffing_checkin",
    "training.Point": "training_point",
    "training.Attendance": "training_attendance",
    "safety.ScamReport": "safety_scamreport",
    "training.Observation": "training_observation",
    "oversight.SupervisionTask": "oversight_supervisiontask",
    "oversight.Visit": "oversight_visit",
    "assistant.Flag": "assistant_flag",
    "oversight.Flag": "oversight_flag",
    "assistant.UnansweredQuestion": "assistant_unansweredquestion",
    "assistant.AskedCount": "assistant_askedcount",
    "initiatives.Initiative": "initiatives_initiative",
    "initiatives.ClassMeeting": "initiatives_classmeeting",
    "initiatives.OutreachRun": "initiatives_outreachrun",
    "initiatives.JointDuty": "initiatives_jointduty",
}
PROVINCE_OF = {LUNG_CU: TUYEN_QUANG, BA_DINH: HA_NOI}
REFERENCE_ROOMS = ("places", "procedures")

MARKS = {LUNG_CU: ("sóng yếu ở bản xa", "LAN234", 73919), BA_DINH: ("quầy đông buổi sáng", "BNH567", 48271)}
# Whose work is elsewhere for whom. An and Thu reach the nation, so nothing is.
OUTSIDERS = {"binh": LUNG_CU, "lan": BA_DINH, "minh": BA_DINH, "ha": BA_DINH, "son": BA_DINH, "duc": BA_DINH}
MODES = ("both nets", "the filter alone", "row security alone")


def traces_of(commune: str) -> list[str]:
    note, code, people = MARKS[commune]
    return [note, code, str(people), f"{people:,}", f"{people:,}".replace(",", ".")]


def stands(trace: str, text: str) -> bool:
    """Tell whether a trace stands in a text by itself; a count of bytes may well hold the same digits."""
    return re.search(rf"(?<![\w.]){re.escape(trace)}(?!\w)", text) is not None


@pytest.fixture
def mode(
    request: pytest.FixtureRequest, owner_sql: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """Cut what the mode does without, before the test's own transaction begins; row security is back on the tables afterwards."""
    without_row_security = request.param in ("the filter alone", "neither")
    if without_row_security:
        _switch_row_security(owner_sql, "DISABLE")
    if request.param in ("row security alone", "neither"):
        cut_filters(monkeypatch)
    yield request.param
    if without_row_security:
        _switch_row_security(owner_sql, "ENABLE")


def _switch_row_security(owner_sql: Callable[..., Any], word: str) -> None:
    owner_sql("SET lock_timeout = '30s'")
    for table in TABLES.values():
        owner_sql(f"ALTER TABLE {table} {word} ROW LEVEL SECURITY")


def cut_filters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every filter and permission check take everybody for the system, while the reach told to PostgreSQL stays their own."""
    honest_actor, honest_scope = acting.actor_from, Actor.scope.fget  # type: ignore[attr-defined]
    monkeypatch.setattr(acting, "actor_from", lambda row: replace(honest_actor(row), is_system=True))
    monkeypatch.setattr(Actor, "scope", property(lambda actor: honest_scope(replace(actor, is_system=False))))


@pytest.fixture(autouse=True)
def work(request: pytest.FixtureRequest) -> None:
    """Lan and Bình each hand work over and count people reached, in their own commune, on the same day."""
    if "mode" not in request.fixturenames:
        return
    request.getfixturevalue("mode")
    cast: Cast = request.getfixturevalue("cast")
    for name, commune, team in (("lan", LUNG_CU, LAN_TEAM), ("binh", BA_DINH, BINH_TEAM)):
        note, code, people = MARKS[commune]
        here = {"commune": commune, "team": str(team)}
        handed = a_record(
            note=note, return_code=code, outcome="handed_over", handover_reason="police", **here
        )
        counted = a_record(
            activity="outreach", procedure=None, procedure_version=None, quantity=people, **here
        )
        _staff(commune, name)
        by = replace(cast.actor(name), is_system=False)
        receipt = receive_batch(body=a_batch(handed, counted), device_id=uuid7(), by=by)
        assert [item.status for item in receipt.answers] == ["accepted", "accepted"]
    while recompute_dirty_days():
        pass


def _staff(commune: str, name: str) -> None:
    with whole_nation():
        Need.objects.create(commune_id=commune)
        plan = Plan.objects.create(place_id=PROVINCE_OF[commune], name="Hè")
        Assignment.objects.create(
            plan=plan, volunteer_id=volunteer_id(name), commune_id=commune, home_id=commune, kind="outreach"
        )
        _roster(commune, name)
        _session(commune, name)
        _asking(commune, name)
        _initiatives(commune)
        _judged(commune)
        _figures(commune, name)
        _evaluation(commune)
        told = {"text": MARKS[commune][0], "due_at": clock.now(), "about": volunteer_id(name)}
        ScamReport.objects.create(commune_id=commune, kind="otp", **told)
        _supervision(commune, name)
        Observation.objects.create(
            id=uuid7(), commune_id=commune, team_id=LAN_TEAM if commune == LUNG_CU else BINH_TEAM, volunteer_id=volunteer_id(name),
            day=clock.today(), checklist="conduct", version=1, marks={}, note=MARKS[commune][0],
        )  # fmt: skip


def _judged(commune: str) -> None:
    """Let each one's work be confirmed, checked and returned, and a citizen complain of the team; the words are the marks."""
    note, _code, _people = MARKS[commune]
    here: dict[str, Any] = {"commune_code": commune, "day": clock.today(), "id": uuid7()}
    Confirmation.objects.create(code="ABC234", channel="qr", answer="done", **here)
    WorkCheck.objects.create(kind="visit", verdict="failed", reason=note, checked_at=clock.now(), **here)
    CaseReturned.objects.create(why="dossier", **here)
    Feedback.objects.create(
        commune_id=commune,
        team_id=LAN_TEAM if commune == LUNG_CU else BINH_TEAM,
        helped="no",
        treated="badly",
        waited="long",
        text=note,
        is_complaint=True,
        due_at=clock.now(),
    )


def _supervision(commune: str, name: str) -> None:
    """Let a task wait in each commune and its province, and a visit be done there; reason and note are the marks."""
    told: dict[str, Any] = {"rule": "silent_team", "owner": "commune_secretary", "due_on": clock.today()}
    told |= {"reason": MARKS[commune][0], "n": 3, "resting_until": clock.today() + timedelta(days=1)}
    for place in (commune, PROVINCE_OF[commune]):
        SupervisionTask.objects.create(subject=f"x:{place}", place_id=place, **told)
    Visit.objects.create(
        commune_id=commune, supervisor_id=account_id(name), day=clock.today(), half="am", state="done",
        seen_on=clock.today(), note=MARKS[commune][0],
    )  # fmt: skip


def _evaluation(commune: str) -> None:
    """Let each commune be evaluated, appeal, and tell a total of its own; what is written is the mark."""
    note, _code, people = MARKS[commune]
    today = clock.today()
    cycle = EvaluationCycle.objects.create(
        place_id=PROVINCE_OF[commune], level="commune", first_day=today, last_day=today, rubric=newest().version, files_each=1,
        appeal_days=0, secret="x", commitment="x",
    )  # fmt: skip
    one = Evaluation.objects.create(cycle=cycle, unit_id=commune, own_note=note)
    at: dict[str, Any] = {"evaluation": one, "unit_id": commune}
    FileReview.objects.create(number=1, commune=commune, day=today, root_id=uuid7(), remark=note, **at)
    Appeal.objects.create(criterion="files", reason=note, by_role="commune_secretary", **at)
    OfficialTotal.objects.create(
        commune_id=commune, indicator="assists", first_day=today, last_day=today, count=people, source=note
    )


def _asking(commune: str, name: str) -> None:
    """Let each call an answer wrong and send a question, and let many have asked; the words and the number are the marks."""
    note, _code, people = MARKS[commune]
    version = ProcedureVersion.objects.order_by("procedure").first()
    told = {"version": version, "slot": "time", "reason": "old", "made_at": clock.now(), "note": note}
    code = version.procedure_id if version else ""
    Flag.objects.create(
        id=uuid7(), commune_id=commune, procedure_id=code, volunteer_id=volunteer_id(name), **told
    )
    UnansweredQuestion.objects.create(id=uuid7(), commune_id=commune, text=note, why="outside")
    AskedCount.objects.create(
        commune_code=commune, day=clock.today(), kind="answer", topic=code, slot="time", count=people
    )


def _initiatives(commune: str) -> None:
    """Let a commune and its province each have proposed something, and the commune have used the tools; the words are the marks."""
    note, _code, people = MARKS[commune]
    words = {"kind": "other", "title": note, "problem": note, "steps": note, "origin": "page"}
    Initiative.objects.create(place_id=PROVINCE_OF[commune], state="confirmed", **words)
    Initiative.objects.create(place_id=commune, state="proposed", **words)
    described = Initiative.objects.filter(state="described").order_by("id")[0]
    here: dict[str, Any] = {"commune_id": commune, "day": clock.today()}
    here["adoption"] = Adoption.objects.create(
        initiative=described, commune_id=commune, first_day=clock.today()
    )
    ClassMeeting.objects.create(
        spot=note, task="vneid", minutes=60, learners=9, could_before=1, could_after=8, **here
    )
    OutreachRun.objects.create(
        route=note, script=note, language_id="vie", seconds=60, minutes=30, came=people % 10_000, **here
    )
    JointDuty.objects.create(half="am", volunteers=2, police=1, waited=people % 10_000, **here)


def _figures(commune: str, name: str) -> None:
    """Let each be asked about figures and have answered; the answer is the mark."""
    today = clock.today()
    FigureFlag.objects.create(
        commune_id=commune, team_id=LAN_TEAM if commune == LUNG_CU else BINH_TEAM, volunteer_id=volunteer_id(name),
        state="explained", answer=MARKS[commune][0], first_day=today, last_day=today, due_on=today, evidence=[],
    )  # fmt: skip


def _session(commune: str, name: str) -> None:
    """Let each have been at a point of a session of their own commune; the point's place is the mark."""
    now = clock.now()
    event = TrainingEvent.objects.create(
        title="Lớp tập huấn",
        kind="class",
        place_id=commune,
        state="open",
        starts_at=now,
        ends_at=now + timedelta(hours=2),
    )
    point = Point.objects.create(commune_code=commune, event_id=event.id, place=MARKS[commune][0], present=1)
    Attendance.objects.create(
        commune_code=commune, id=uuid7(), event_id=event.id, point_id=point.id, volunteer_id=volunteer_id(name), how="list",
        state="present", arrived_at=now, noted_at=now,
    )  # fmt: skip


def _roster(commune: str, name: str) -> None:
    """Let each serve today, have come, and have asked a leader to take over; the place of the shift is the mark."""
    here: dict[str, Any] = {"commune_id": commune}
    today = clock.today()
    roster = Roster.objects.create(
        team_id=LAN_TEAM if commune == LUNG_CU else BINH_TEAM, first_day=today, last_day=today + timedelta(days=6),
        state=Roster.State.PUBLISHED, published_at=clock.now(), **here,
    )  # fmt: skip
    shift = Shift.objects.create(
        roster=roster,
        day=today,
        half="am",
        kind="mobile",
        seats={"outreach": 2},
        place=MARKS[commune][0],
        **here,
    )
    person = volunteer_id(name)
    ShiftAssignment.objects.create(
        roster=roster,
        shift=shift,
        volunteer_id=person,
        day=today,
        half="am",
        seat="outreach",
        holds=True,
        **here,
    )
    CheckIn.objects.create(
        id=uuid7(), shift=shift, volunteer_id=person, day=today, arrived_at=clock.now(), **here
    )
    Swap.objects.create(shift=shift, giver_id=person, taker_id=volunteer_id("minh"), **here)


def things_at(commune: str) -> dict[str, str]:
    """Return what the permission table's rows name, all of it lying in one commune."""
    things = examples()
    with whole_nation():
        handover = Handover.objects.exclude(return_code="").get(commune_code=commune)
    things["lan_handover"] = f"{commune}/{handover.day}/{handover.id}"
    with whole_nation():
        shift = Shift.objects.exclude(place="").get(commune=commune)
        things |= {"lan_roster": str(shift.roster_id), "lan_shift": str(shift.id)}
        things["lan_assignment"] = str(Assignment.objects.get(commune=commune).id)
        things["lan_question_about_figures"] = str(
            FigureFlag.objects.exclude(answer="x").get(commune=commune).id
        )
        things["lan_report"] = str(ScamReport.objects.exclude(text="").get(commune=commune).id)
        things["lan_swap"] = str(Swap.objects.get(shift=shift).id)
        point = Point.objects.get(commune_code=commune, place=MARKS[commune][0])
        things |= {"lan_event": str(point.event_id), "lan_point": f"{commune}/{point.id}"}
        things["lan_initiative"] = str(Initiative.objects.get(place=commune, title=MARKS[commune][0]).id)
        meeting = ClassMeeting.objects.get(commune=commune, spot=MARKS[commune][0])
        things |= {"lan_adoption": str(meeting.adoption_id), "lan_meeting": str(meeting.id)}
        things["lan_run"] = str(OutreachRun.objects.get(commune=commune, route=MARKS[commune][0]).id)
        things["lan_duty"] = str(JointDuty.objects.get(commune=commune, waited__isnull=False).id)
        things["lan_attendance"] = f"{commune}/{Attendance.objects.get(point_id=point.id).id}"
    if commune == BA_DINH:
        things |= {
            "lan_team": str(BINH_TEAM),
            "lan": str(volunteer_id("binh")),
            "lan_account": str(account_id("binh")),
        }
    return things


def addresses_at(commune: str, method: str) -> list[str]:
    """Return every address of the permission table, led to one commune and its province."""
    things = things_at(commune)
    wanted = {pattern for row_method, pattern, _expected in rows() if row_method == method}
    led = sorted(pattern.format_map(things) for pattern in wanted)
    if commune == LUNG_CU:
        return led
    return [address.replace(LUNG_CU, BA_DINH).replace("/08", "/01").replace("=08", "=01") for address in led]


def answer(client: Client, method: str, address: str) -> tuple[int, str]:
    """Ask, take back what was done, and return the status and the text less what was typed into the address."""
    address, _at, form = address.partition("@")
    with transaction.atomic():
        body = (
            {"data": form or "{}", "content_type": "application/json"}
            if address.startswith("/api/")
            else {"data": dict(parse_qsl(form))}
        )
        reply = getattr(client, method.lower())(address, **(body if method == "POST" else {}))
        text = (b"".join(reply.streaming_content) if reply.streaming else reply.content).decode(
            errors="replace"
        )
        transaction.set_rollback(True)
    for word in re.findall(r"[^/?=&@]+", address):
        text = text.replace(word, "")
    return reply.status_code, text


@pytest.mark.parametrize("name", OUTSIDERS)
@pytest.mark.parametrize("mode", MODES, indirect=True)
def test_no_address_shows_work_that_lies_elsewhere(cast: Cast, mode: str, name: str) -> None:
    client, elsewhere = cast.client(name), OUTSIDERS[name]
    leaks = []
    for address in addresses_at(elsewhere, "GET"):
        _status, text = answer(client, "GET", address)
        leaks += [(address, trace) for trace in traces_of(elsewhere) if stands(trace, text)]
    assert leaks == []


@pytest.mark.parametrize("name", OUTSIDERS)
@pytest.mark.parametrize("mode", MODES, indirect=True)
def test_no_address_touches_a_hand_over_that_lies_elsewhere(cast: Cast, mode: str, name: str) -> None:
    client, elsewhere = cast.client(name), OUTSIDERS[name]
    for address in addresses_at(elsewhere, "POST"):
        if "handovers" in address:
            assert answer(client, "POST", address)[0] == 404, address


@pytest.mark.parametrize("name", OUTSIDERS)
@pytest.mark.parametrize("mode", ["both nets", "row security alone"], indirect=True)
@pytest.mark.parametrize("label", NETS)
def test_no_table_gives_rows_that_lie_elsewhere(cast: Cast, label: str, mode: str, name: str) -> None:
    model, column = apps.get_model(label), NETS[label]
    code = OUTSIDERS[name] if column.startswith(("commune", "unit")) else PROVINCE_OF[OUTSIDERS[name]]
    rows_of_it = model._default_manager.filter(**{column: code})
    with whole_nation():
        assert rows_of_it.exists()
    with scope(replace(cast.actor(name), is_system=False).scope):
        assert not rows_of_it.exists()
        assert not rows_of_it.update(**{column: code})
        assert rows_of_it.delete()[0] == 0


@pytest.mark.parametrize("mode", ["neither"], indirect=True)
def test_with_neither_the_work_shows(cast: Cast, mode: str) -> None:
    client, seen = cast.client("binh"), set()
    for address in addresses_at(LUNG_CU, "GET"):
        _status, text = answer(client, "GET", address)
        seen |= {trace for trace in traces_of(LUNG_CU) if stands(trace, text)}
    note, code, people = MARKS[LUNG_CU]
    assert {note, code, str(people)} <= seen


@pytest.mark.parametrize("model", models(), ids=lambda model: model._meta.label)
def test_every_model_says_how_it_is_held(db: None, model: type[Model]) -> None:
    label, table = model._meta.label, model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relrowsecurity AND relforcerowsecurity, (SELECT count(*) FROM pg_policy WHERE polrelid = pg_class.oid)"
            " FROM pg_class WHERE oid = %s::regclass",
            [table],
        )
        forced, policies = cursor.fetchone()
    if label in NETS:
        assert (forced, policies > 0) == (True, True)
        assert NETS[label] in {field.name for field in model._meta.concrete_fields}
    else:
        assert label in WITHOUT_NET or model._meta.app_label in REFERENCE_ROOMS, (
            f"say in this file how {label} is held"
        )
        assert not policies
