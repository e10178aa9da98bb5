"""Training sessions on pages: scheduled, opened at many points, watched, settled, closed and taken out as a list; and who taught whom."""

import io
import re
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aoxanh.audit.models import AuditEntry
from aoxanh.kernel import clock
from aoxanh.kernel.scope import scope, whole_nation
from aoxanh.people.errors import NotAllowed
from aoxanh.places.queries import place_by_code
from aoxanh.training import actions, event_queries
from aoxanh.training.actions import EventFacts
from aoxanh.training.errors import TeacherWasNotThere, UnfitEvent
from aoxanh.training.models import Point, TrainingEvent
from tests.cast import BA_DINH, LUNG_CU, TUYEN_QUANG, account_id, volunteer_id
from tests.conftest import Cast
from tests.training.sessions import (
    NAME,
    SYSTEM,
    a_broadcast,
    a_check_in,
    point_of,
    screen_code,
    spoken_code,
    tell,
)


def form(**more: Any) -> dict[str, Any]:
    start = clock.now().astimezone(clock.VIETNAM) + timedelta(days=1)
    return {
        "title": "Tập huấn trực tuyến", "kind": "broadcast", "place": "VN", "starts_at": f"{start:%Y-%m-%dT%H:%M}",
        "ends_at": f"{start + timedelta(hours=2):%Y-%m-%dT%H:%M}", **more,
    }  # fmt: skip


def test_the_centre_schedules_one_session_for_every_commune_of_the_nation(cast: Cast) -> None:
    client = cast.client("an")
    address = client.post("/events/new/", form()).headers["Location"]
    with CaptureQueriesContext(connection) as asked:
        client.post(f"{address}points/", {"places": ["VN"], "name": NAME})
    assert len(asked) < 60
    client.post(f"{address}points/", {"places": [TUYEN_QUANG], "name": NAME})
    with whole_nation():
        event = TrainingEvent.objects.get(title="Tập huấn trực tuyến")
        assert Point.objects.filter(event_id=event.id).count() == 3321
    assert [client.post(f"{address}{verb}/").status_code for verb in ("announce", "announce", "open")] == [
        302,
        409,
        302,
    ]
    page = client.get(address).content.decode()
    assert "3.321" in page
    assert f"?place={TUYEN_QUANG}" in page


def test_the_board_counts_points_and_never_people_one_by_one(cast: Cast) -> None:
    event = a_broadcast()
    point = point_of(event)
    tell(cast.actor("lan"), a_check_in(point, screen_code(point)))
    an = cast.actor("an")
    with scope(an.scope), CaptureQueriesContext(connection) as asked:
        board = event_queries.board(event, event.place, an)
    assert (board.totals.points, board.totals.present) == (2, 1)
    about_people = [query["sql"] for query in asked if "training_attendance" in query["sql"]]
    assert all("'held'" in sql for sql in about_people)
    assert [(row.place, row.present) for row in board.rows] == [("01", 0), (TUYEN_QUANG, 1)]


def test_a_point_is_connected_while_its_page_is_open_and_silent_otherwise(cast: Cast) -> None:
    event = a_broadcast()
    point = point_of(event)
    an, son = cast.actor("an"), cast.client("son")
    with scope(an.scope):
        assert event_queries.board(event, event.place, an).silent_count == 2
    page = son.post(f"/points/{LUNG_CU}/{point.id}/beat/").content.decode()
    assert "<svg" in page
    code = spoken_code(point)
    assert f"{code[:3]} {code[3:]}" in page
    with scope(an.scope):
        board = event_queries.board(event, event.place, an)
        assert (board.totals.connected, board.silent_count) == (1, 1)
        assert [one.commune_code for one in board.silent] == [BA_DINH]


def test_a_host_sees_a_claim_of_another_point_and_the_owner_settles_it(cast: Cast) -> None:
    event = a_broadcast()
    here, there = point_of(event), point_of(event, BA_DINH)
    lan = cast.actor("lan")
    tell(lan, a_check_in(here, screen_code(here)), a_check_in(there, screen_code(there)))
    son, an = cast.client("son"), cast.client("an")
    first = here if point_of(event).present else there
    second = there if first is here else here
    mine = son.get(f"/points/{LUNG_CU}/{here.id}/").content.decode()
    assert "Vàng Thị Lan" in mine
    assert "phường Ba Đình" in mine if first is here else "đã được tính ở điểm cầu khác" in mine
    page = an.get(f"/events/{event.id}/").content.decode()
    settle = re.search(r'action="(/points/settle/[^"]+)"', page)
    assert settle
    assert "Vàng Thị Lan" not in page
    assert son.post(settle[1], {"counts": "yes"}).status_code == 404
    assert an.post(settle[1], {"counts": "yes", "from": "event"}).status_code == 302
    assert (point_of(event, first.commune_code).present, point_of(event, second.commune_code).present) == (
        0,
        1,
    )


def test_the_list_names_people_only_to_who_may_read_them_and_is_audited(cast: Cast) -> None:
    event = a_broadcast(place=TUYEN_QUANG)
    point = point_of(event)
    tell(cast.actor("lan"), a_check_in(point, screen_code(point)))
    by_duc = cast.client("duc").get(f"/events/{event.id}/attendance.csv").getvalue().decode()
    assert "Vàng Thị Lan" in by_duc
    answer = cast.client("duc").get(f"/events/{event.id}/attendance.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.getvalue())).active
    assert [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)] == ["Vàng Thị Lan"]
    by_an = cast.client("an").get(f"/events/{event.id}/attendance.csv").getvalue().decode()
    assert "Vàng Thị Lan" not in by_an
    assert str(volunteer_id("lan")) in by_an
    assert AuditEntry.objects.filter(action="training.attendance_list.read").count() == 3


def test_who_was_taught_passes_it_on_and_the_chain_is_shown(cast: Cast) -> None:
    event = a_broadcast()
    point = point_of(event)
    minh = cast.client("minh")
    assert minh.get("/events/new/").status_code == 404
    tell(cast.actor("minh"), a_check_in(point, screen_code(point)))
    told = form(kind="cascade", parent=str(event.id), place=LUNG_CU, title="Truyền đạt cho đội")
    address = minh.post("/events/new/", told).headers["Location"]
    minh.post(f"{address}points/", {"places": [LUNG_CU], "name": "Nhà văn hoá"})
    minh.post(f"{address}announce/")
    page = cast.client("lan").get(address).content.decode()
    assert "Tập huấn trực tuyến toàn quốc" in page
    assert "Nguyễn Đức Minh truyền đạt" in page
    assert "Truyền đạt cho đội" in cast.client("an").get(f"/events/{event.id}/").content.decode()
    assert minh.get("/events/new/").status_code == 200
    assert cast.client("binh").get(address).status_code == 404


def test_nobody_passes_on_what_they_were_not_at(cast: Cast) -> None:
    event, minh, lan = a_broadcast(), cast.actor("minh"), cast.actor("lan")
    now = clock.now()
    facts = EventFacts(
        "x",
        TrainingEvent.Kind.CASCADE,
        place_by_code(LUNG_CU),
        now,
        now + timedelta(hours=1),
        parent=event,
        taught_by=minh.volunteer_id,
    )
    with scope(minh.scope), pytest.raises(TeacherWasNotThere):
        actions.schedule_event(facts=facts, by=minh)
    with scope(lan.scope), pytest.raises(NotAllowed):
        actions.schedule_event(facts=facts, by=lan)


@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("ends_at", {"ends_at": "2020-01-01T10:00"}), ("link", {"link": "javascript:alert(1)"}), ("starts_at", {"starts_at": "x"}),
        ("title", {"title": "Gọi 0912345678"}), ("kind", {"kind": "cascade"}),
    ],
)  # fmt: skip
def test_a_form_with_something_wrong_says_where(cast: Cast, field: str, more: dict[str, str]) -> None:
    page = cast.client("an").post("/events/new/", form(**more)).content.decode()
    wrong = re.findall(r'class="field wrong"><label for="id_(\w+)"', page)
    assert field in wrong
    assert not TrainingEvent.objects.exists()


def test_a_spoken_code_on_a_page_checks_in_one_browser_for_three_people_at_most(cast: Cast) -> None:
    point = point_of(a_broadcast())
    client = cast.client("lan")
    assert "Bạn đã được điểm danh." in client.post("/attend/", {"code": spoken_code(point)}).content.decode()
    assert "từ trước" in client.post("/attend/", {"code": spoken_code(point)}).content.decode()
    assert client.post("/attend/", {"code": "346789"}).status_code in (200, 409)
    assert client.cookies["phone"].value


def test_a_draft_is_seen_by_its_owners_alone(cast: Cast) -> None:
    event = a_broadcast("draft")
    seen = {
        name: cast.client(name).get(f"/events/{event.id}/").status_code
        for name in ("an", "duc", "son", "lan", "thu")
    }
    assert seen == {"an": 200, "duc": 404, "son": 404, "lan": 404, "thu": 404}


def test_points_lie_within_the_sessions_place(cast: Cast) -> None:
    event = a_broadcast(place=TUYEN_QUANG)
    with whole_nation(), pytest.raises(UnfitEvent):
        actions.add_point(
            event=event, commune=place_by_code(BA_DINH), name="x", capacity=0, host=None, by=SYSTEM
        )
    with whole_nation():
        assert [point.commune_code for point in Point.objects.filter(event_id=event.id)] == [LUNG_CU]


def host_page(point: Point) -> str:
    return f"/points/{point.commune_code}/{point.id}/"


def test_an_organiser_names_who_answers_for_a_point_after_it_was_opened(cast: Cast) -> None:
    point = point_of(a_broadcast())
    minh, son = cast.client("minh"), cast.client("son")
    assert minh.get(host_page(point)).status_code == 404
    answer = son.post(f"{host_page(point)}host/", {"host": " MINH "}, follow=True).content.decode()
    assert "Đã ghi người phụ trách điểm cầu." in answer
    assert point_of_id(point).host_id == account_id("minh")
    page = minh.get(host_page(point)).content.decode()
    assert "Nguyễn Đức Minh" in page
    assert "host/" not in page
    assert minh.post(f"{host_page(point)}host/", {"host": "lan"}).status_code == 404
    assert son.post(f"{host_page(point)}host/", {"host": ""}).status_code == 302
    assert minh.get(host_page(point)).status_code == 404
    assert AuditEntry.objects.filter(action="training.point.host_named").count() == 2


@pytest.mark.parametrize("name", ["binh", "nobody-of-this-name"])
def test_nobody_answers_for_a_point_who_could_not_open_its_page(cast: Cast, name: str) -> None:
    point = point_of(a_broadcast())
    page = cast.client("son").post(f"{host_page(point)}host/", {"host": name}).content.decode()
    assert 'class="field wrong"><label for="id_host"' in page
    assert point_of_id(point).host_id is None
    added = {"commune": LUNG_CU, "name": "Nhà văn hoá", "host": name}
    event = f"/events/{point.event_id}/points/"
    assert 'class="field wrong"><label for="id_host"' in cast.client("an").post(event, added).content.decode()


def test_a_frozen_point_changes_hands_no_more(cast: Cast) -> None:
    event = a_broadcast()
    with whole_nation():
        actions.close_event(event=event, minutes="", by=SYSTEM)
    point = point_of(event)
    son = cast.client("son")
    assert "host/" not in son.get(host_page(point)).content.decode()
    assert son.post(f"{host_page(point)}host/", {"host": "minh"}).status_code == 200
    assert point_of_id(point).host_id is None


def test_who_passes_a_session_on_answers_for_the_points_they_open_and_may_hand_them_over(cast: Cast) -> None:
    broadcast = a_broadcast()
    tell(cast.actor("minh"), a_check_in(point_of(broadcast), screen_code(point_of(broadcast))))
    minh = cast.client("minh")
    told = form(kind="cascade", parent=str(broadcast.id), place=LUNG_CU, title="Truyền đạt cho đội")
    address = minh.post("/events/new/", told).headers["Location"]
    minh.post(f"{address}points/", {"places": [LUNG_CU], "name": "Nhà văn hoá"})
    with whole_nation():
        point = Point.objects.get(place="Nhà văn hoá")
    assert point.host_id == account_id("minh")
    assert minh.post(f"{host_page(point)}host/", {"host": "lan"}).status_code == 302
    assert point_of_id(point).host_id == account_id("lan")
    assert minh.get(host_page(point)).status_code == 200


def point_of_id(point: Point) -> Point:
    with whole_nation():
        return Point.objects.get(commune_code=point.commune_code, id=point.id)


def test_the_points_go_out_as_a_list_with_hosts_where_they_may_be_known(cast: Cast) -> None:
    event = a_broadcast(place=TUYEN_QUANG)
    point = point_of(event)
    with whole_nation():
        Point.objects.filter(id=point.id).update(host_id=account_id("minh"), capacity=40)
    tell(cast.actor("lan"), a_check_in(point, screen_code(point)))
    address = f"/events/{event.id}/points"
    sheet = openpyxl.load_workbook(io.BytesIO(cast.client("duc").get(f"{address}.xlsx").getvalue())).active
    ((code, commune, place, host, seats, *_, present_there),) = sheet.iter_rows(min_row=2, values_only=True)
    assert (code, place, host, seats, present_there) == (LUNG_CU, NAME, "Nguyễn Đức Minh", 40, 1)
    assert "Lũng Cú" in commune
    by_an = cast.client("an").get(f"{address}.csv").getvalue().decode()
    assert LUNG_CU in by_an
    assert "Nguyễn Đức Minh" not in by_an
    assert cast.client("lan").get(f"{address}.csv").status_code == 404
    assert cast.client("duc").get(f"{address}.pdf").status_code == 404
    assert AuditEntry.objects.filter(action="training.point_list.read").count() == 2
