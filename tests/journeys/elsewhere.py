"""Work of every kind in two communes that know nothing of each other, each with marks of its own in it."""

from datetime import date, timedelta
from typing import Any

from aoxanh.assistant.models import AskedCount, Flag, UnansweredQuestion
from aoxanh.desk.models import CaseReturned, Confirmation, EntryCount, WorkCheck
from aoxanh.initiatives.models import Adoption, ClassMeeting, Initiative, JointDuty, OutreachRun
from aoxanh.kernel import clock
from aoxanh.kernel.ids import uuid7
from aoxanh.kernel.scope import whole_nation
from aoxanh.oversight.actions import ReportFacts, draft_report
from aoxanh.oversight.grading.rubric import newest
from aoxanh.oversight.models import (
    Appeal,
    Difficulty,
    Evaluation,
    EvaluationCycle,
    Feedback,
    FileReview,
    OfficialTotal,
    Report,
    SupervisionTask,
    Visit,
)
from aoxanh.oversight.models import Flag as FigureFlag
from aoxanh.people.actors import system
from aoxanh.places.models import Place
from aoxanh.procedures.models import ProcedureVersion
from aoxanh.safety.models import ScamReport
from aoxanh.staffing.models import Assignment, CheckIn, Need, Plan, Roster, Shift, ShiftAssignment, Swap
from aoxanh.training.models import Attendance, Observation, Point, TrainingEvent
from tests.cast import BA_DINH, BINH_TEAM, HA_NOI, LAN_TEAM, LUNG_CU, TUYEN_QUANG, account_id, volunteer_id

PROVINCE_OF = {LUNG_CU: TUYEN_QUANG, BA_DINH: HA_NOI}
MARKS = {LUNG_CU: ("sóng yếu ở bản xa", "LAN234", 73919), BA_DINH: ("quầy đông buổi sáng", "BNH567", 48271)}


def leave_work(commune: str, name: str) -> None:
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
        _reports(commune)
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
    EntryCount.objects.create(
        commune_code=commune, day=clock.today(), account_id=uuid7(), kind="slip", count=1
    )
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


def _reports(commune: str) -> None:
    """Let a commune and its province each draft a report and raise a difficulty; what is written is the mark."""
    note, _code, _people = MARKS[commune]
    days = {"first": date(2026, 4, 6), "last": date(2026, 4, 12), "kind": "weekly", "form": "union"}
    for code in (commune, PROVINCE_OF[commune]):
        place = Place.objects.select_related("parent").get(code=code)
        report = draft_report(facts=ReportFacts(place=place, **days), by=system("x"))
        Report.objects.filter(id=report.id).update(text={**report.text, "results": note})
        Difficulty.objects.create(
            place_id=code, kind="difficulty", text=note, owner_id=code, due=clock.today()
        )


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
        about_team=True, state="explained", answer=MARKS[commune][0], answered_at=clock.now(), first_day=today, last_day=today, due_on=today, evidence=[],
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
