"""Every person × every address and every table, for work that lies elsewhere: nothing of it shows, thrice over.

Once with both nets, once with the rooms' filters alone (row security taken off the tables), once with row security alone (every
person is taken for the system by every filter and every permission check, and only PostgreSQL holds them back). With both nets cut
the work does show, so the matrix would notice a net that was never there. The addresses come from the permission table, which
misses none; the tables from the models, each of which says below how it is held.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction
from django.db.models import Model
from django.test import Client

from aoxanh.desk.actions import receive_batch
from aoxanh.desk.models import Handover
from aoxanh.desk.rollup import recompute_dirty_days
from aoxanh.initiatives.models import ClassMeeting, Initiative, JointDuty, OutreachRun
from aoxanh.kernel.ids import uuid7
from aoxanh.kernel.scope import scope, whole_nation
from aoxanh.oversight.models import (
    Difficulty,
    Evaluation,
    Feedback,
    PushSubscription,
    Report,
    SupervisionTask,
    Visit,
)
from aoxanh.oversight.models import Flag as FigureFlag
from aoxanh.people import acting
from aoxanh.people.actors import ANONYMOUS, Actor
from aoxanh.safety.models import ScamReport
from aoxanh.staffing.models import Assignment, Shift, Swap
from aoxanh.training.models import Attendance, Point
from tests.architecture.house import models
from tests.architecture.test_permission_table import examples, rows
from tests.cast import BA_DINH, BINH_TEAM, LAN_TEAM, LUNG_CU, account_id, volunteer_id
from tests.conftest import Cast
from tests.desk.record_examples import a_batch, a_record
from tests.journeys.elsewhere import MARKS, PROVINCE_OF, leave_work
from tests.journeys.holdings import NETS, OWN, WITHOUT_NET

REFERENCE_ROOMS = ("places", "procedures")

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
    for label in (*NETS, *OWN):
        owner_sql(f"ALTER TABLE {apps.get_model(label)._meta.db_table} {word} ROW LEVEL SECURITY")


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
        leave_work(commune, name)
        by = replace(cast.actor(name), is_system=False)
        receipt = receive_batch(body=a_batch(handed, counted), device_id=uuid7(), by=by)
        assert [item.status for item in receipt.answers] == ["accepted", "accepted"]
    while recompute_dirty_days():
        pass


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
        evaluation = Evaluation.objects.get(unit=commune, own_note=MARKS[commune][0])
        things |= {"duc_cycle": str(evaluation.cycle_id)}
        things["lan_task"] = str(SupervisionTask.objects.get(subject=f"x:{commune}").id)
        things["son_visit"] = str(Visit.objects.get(commune=commune, note=MARKS[commune][0]).id)
        report = Report.objects.get(place=commune, text__results=MARKS[commune][0])
        things["son_report"] = things["signed_report"] = str(report.id)
        things["son_entry"] = str(Difficulty.objects.get(place=commune, text=MARKS[commune][0]).id)
        things["lan_report"] = str(ScamReport.objects.exclude(text="").get(commune=commune).id)
        things["lan_complaint"] = str(Feedback.objects.exclude(text="").get(commune=commune).id)
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


@pytest.mark.parametrize("name", [*OUTSIDERS, None])
@pytest.mark.parametrize("mode", ["both nets", "row security alone"], indirect=True)
def test_no_table_gives_rows_that_are_somebody_elses_own(cast: Cast, mode: str, name: str | None) -> None:
    owner = "minh" if name == "binh" else "binh"
    with whole_nation():
        row = PushSubscription.objects.create(account=cast.account(owner), endpoint="https://x.example/1")
    rows_of_it = PushSubscription.objects.filter(id=row.id)
    with scope(replace(cast.actor(owner), is_system=False).scope):
        assert rows_of_it.exists()
    with scope(replace(cast.actor(name), is_system=False).scope if name else ANONYMOUS.scope):
        assert not rows_of_it.exists()
        assert not rows_of_it.update(label="x")
        assert rows_of_it.delete()[0] == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            PushSubscription.objects.create(account=cast.account(owner), endpoint="https://x.example/2")


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
    held_by = NETS | OWN
    if label in held_by:
        assert (forced, policies > 0) == (True, True)
        assert held_by[label] in {field.name for field in model._meta.concrete_fields}
    else:
        assert label in WITHOUT_NET or model._meta.app_label in REFERENCE_ROOMS, (
            f"say in holdings.py how {label} is held"
        )
        assert not policies
