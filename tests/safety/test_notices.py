"""Warnings: published downwards, read on phones exactly once, counted team by team."""

import csv
import io
import json
from datetime import timedelta
from typing import Any

import pytest

from aoxanh.kernel import clock
from aoxanh.kernel.ids import uuid7
from aoxanh.people.badges import tokens
from aoxanh.people.errors import NotAllowed
from aoxanh.people.models import Device
from aoxanh.people.queries import token_digest
from aoxanh.places.models import Place
from aoxanh.safety import actions
from aoxanh.safety.actions import NoticeFacts
from aoxanh.safety.models import NoticeReading, SafetyNotice
from tests.cast import HA_NOI, TUYEN_QUANG, account_id
from tests.conftest import Cast
from tests.safety.badges import BadgePhone

pytestmark = pytest.mark.django_db


def publish(cast: Cast, by: str = "an", place: str = "VN", **more: Any) -> SafetyNotice:
    told = {
        "place": Place.objects.get(code=place),
        "title_vi": "Giả danh tình nguyện viên",
        "text_vi": "Có nhóm đòi mã OTP.",
        "last_day": clock.today() + timedelta(days=7),
    }
    return actions.publish_notice(facts=NoticeFacts(**told | more), by=cast.actor(by))


def read(client: Any, *readings: dict[str, Any]) -> Any:
    return client.post(
        "/api/v1/safety/readings", json.dumps({"readings": readings}), content_type="application/json"
    )


def reading(notice: SafetyNotice, **more: Any) -> dict[str, Any]:
    return {"id": str(uuid7()), "notice": str(notice.id), "read_at": clock.milliseconds(clock.now()), **more}


def notices_of(cast: Cast, name: str) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = cast.client(name).get("/api/v1/reference").json()["notices"]
    return told


def test_a_notice_reaches_every_phone_in_its_place_and_no_other(cast: Cast) -> None:
    publish(cast)
    publish(cast, "duc", TUYEN_QUANG, title_vi="Chỉ ở tỉnh", title_en="Province only", urgent=True)
    publish(cast, place=HA_NOI, title_vi="Chỉ ở Hà Nội")
    assert [one["title"]["vi"] for one in notices_of(cast, "lan")] == [
        "Chỉ ở tỉnh",
        "Giả danh tình nguyện viên",
    ]
    assert {one["title"]["vi"] for one in notices_of(cast, "binh")} == {
        "Chỉ ở Hà Nội",
        "Giả danh tình nguyện viên",
    }
    first = notices_of(cast, "lan")[0]
    assert (first["urgent"], first["read"], first["title"]["en"]) == (True, False, "Province only")


def test_only_the_centre_and_the_province_publish_and_only_downwards(cast: Cast) -> None:
    for name, place in (("son", TUYEN_QUANG), ("minh", "VN"), ("duc", "VN"), ("duc", HA_NOI), ("thu", "VN")):
        with pytest.raises(NotAllowed):
            publish(cast, name, place)


def test_a_reading_counts_once_however_often_and_from_wherever_it_is_told(cast: Cast) -> None:
    notice, lan = publish(cast), cast.client("lan")
    told = reading(notice)
    assert [read(lan, told).json()["results"][0]["status"] for _ in range(3)] == [
        "accepted",
        "already",
        "already",
    ]
    assert read(lan, reading(notice)).json()["results"][0]["status"] == "already"
    assert NoticeReading.objects.count() == 1
    assert notices_of(cast, "lan")[0]["read"]
    assert not notices_of(cast, "binh")[0]["read"]


def test_a_reading_of_nothing_and_an_id_of_somebody_elses_are_refused_by_themselves(cast: Cast) -> None:
    notice, elsewhere = publish(cast), publish(cast, place=HA_NOI)
    mine = reading(notice)
    read(cast.client("binh"), mine)
    answers = read(cast.client("lan"), reading(elsewhere), mine, reading(notice)).json()["results"]
    assert [(one["status"], one["code"]) for one in answers] == [
        ("refused", "no_such_notice"), ("refused", "id_taken"), ("accepted", ""),
    ]  # fmt: skip
    assert read(cast.client("ha"), reading(notice)).status_code == 404
    for bad in ({"readings": []}, {"readings": [reading(notice, read_at=1)]}, {}):
        body = json.dumps(bad)
        assert (
            cast.client("lan")
            .post("/api/v1/safety/readings", body, content_type="application/json")
            .status_code
            == 400
        )


def test_what_is_over_or_taken_back_leaves_the_phones_yet_late_readings_count(cast: Cast) -> None:
    notice = publish(cast)
    actions.withdraw_notice(notice=notice, by=cast.actor("an"))
    assert notices_of(cast, "lan") == []
    assert read(cast.client("lan"), reading(notice)).json()["results"][0]["status"] == "accepted"
    with pytest.raises(NotAllowed):
        actions.withdraw_notice(notice=publish(cast), by=cast.actor("duc"))


def test_the_board_says_which_teams_have_read_it_and_exports_them(cast: Cast) -> None:
    notice = publish(cast)
    read(cast.client("lan"), reading(notice))
    page = cast.client("an").get(f"/notices/{notice.id}/").content.decode()
    assert "1 trên 3 tình nguyện viên; 0 trên 2 đội đã đọc đủ" in page
    answer = cast.client("an").get(f"/notices/{notice.id}/export/").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(answer)))
    assert [row[2:] for row in rows[1:]] == [
        ["Đội hình Ba Đình", "1", "0", "0"],
        ["Đội hình Lũng Cú", "2", "1", "50"],
    ]
    leader = cast.client("minh").get(f"/notices/{notice.id}/").content.decode()
    assert "1 trên 2" in leader
    assert "Ba Đình" not in leader


def test_a_notice_without_vietnamese_or_with_somebodys_number_is_not_published(cast: Cast) -> None:
    client = cast.client("an")
    form = {
        "place": "VN", "title_vi": "Cảnh báo", "text_vi": "Chú ý", "last_day": str(clock.today()), "urgent": "on",
    }  # fmt: skip
    for wrong in (
        {"title_vi": ""}, {"text_vi": "Gọi 0912345678"}, {"last_day": "2020-01-01"}, {"last_day": "x"}, {"place": "99"},
    ):  # fmt: skip
        assert client.post("/notices/", form | wrong).status_code == 200
    assert SafetyNotice.objects.count() == 0
    assert client.post("/notices/", form).status_code == 302
    assert SafetyNotice.objects.get().urgent


def test_a_phone_tells_the_key_of_its_badge_once_and_another_takes_its_place(cast: Cast) -> None:
    device = Device.objects.create(id=uuid7(), account_id=account_id("lan"), token_hash=token_digest("t"))
    phone = BadgePhone()

    def register(key_id: Any, point: str, status: int) -> None:
        body = json.dumps({"id": str(key_id), "public_key": point})
        answer = cast.client(None).post(
            "/api/v1/safety/badge-key",
            body,
            content_type="application/json",
            headers={"Authorization": "Bearer t"},
        )
        assert answer.status_code == status, answer.content

    register(phone.key_id, tokens.spell(phone.point), 200)
    register(phone.key_id, tokens.spell(phone.point), 200)
    other = BadgePhone()
    register(other.key_id, tokens.spell(other.point), 200)
    device.refresh_from_db()
    assert device.badge_key.id == other.key_id
    for point in ("", "AAAA", "not base64!", tokens.spell(b"\x04" + bytes(64)), "A" * 100):
        register(uuid7(), point, 400)
    stranger = BadgePhone()
    stranger.enrol("binh")
    register(stranger.key_id, tokens.spell(BadgePhone().point), 400)
    register(uuid7(), tokens.spell(stranger.point), 400)
    assert Device.objects.get(id=device.id).badge_key.id == other.key_id
