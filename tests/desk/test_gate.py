"""Without a certificate that holds on its day, work of a skill group is not taken; it stays on the phone and passes later."""

import json
from datetime import date, timedelta
from typing import Any

import pytest

from aoxanh.desk.actions import receive_batch
from aoxanh.desk.gate import NEEDS
from aoxanh.desk.vocabulary import Activity
from aoxanh.kernel import clock
from aoxanh.kernel.ids import uuid7
from aoxanh.people.models import Volunteer
from aoxanh.places.queries import place_by_code
from aoxanh.training import actions, certificate_queries
from aoxanh.training.actions import CertificateFacts, GateFacts
from aoxanh.training.models import Certificate, CertificateGate, SkillGroup
from tests.cast import LUNG_CU, TUYEN_QUANG, volunteer_id
from tests.conftest import Cast
from tests.desk.record_examples import a_batch, a_correction, a_record

DAY = timedelta(days=1)
DEVICE = uuid7()
REFUSED = ("rejected", "not_certified")
TAKEN = ("accepted", "")


def hand_in(cast: Cast, *records: Any, name: str = "lan") -> list[tuple[str, str]]:
    receipt = receive_batch(body=a_batch(*records), device_id=DEVICE, by=cast.actor(name))
    return [(answer.status, answer.flaw.code if answer.flaw else "") for answer in receipt.answers]


def certificates(name: str = "lan") -> Any:
    return Certificate.objects.filter(volunteer=volunteer_id(name))


def of_kind(activity: str, **more: Any) -> dict[str, Any]:
    is_help = activity in ("procedure", "vneid")
    procedure = {} if activity == "procedure" else {"procedure": None, "procedure_version": None}
    return a_record(activity=activity, **procedure, **({} if is_help else {"steps_done": []}), **more)


def decide(
    cast: Cast, group: str, holds_from: date | None, *, place: str = "VN", by: str = "an"
) -> CertificateGate:
    facts = GateFacts(SkillGroup.objects.get(code=group), holds_from, "Chưa kịp cấp chứng nhận")
    return actions.decide_gate(place=place_by_code(place), facts=facts, by=cast.actor(by))


@pytest.mark.parametrize("activity", Activity.values)
def test_each_kind_of_work_asks_for_the_certificate_that_the_table_says(cast: Cast, activity: str) -> None:
    needed = NEEDS.get(activity)
    assert hand_in(cast, of_kind(activity)) == [TAKEN]
    certificates().exclude(group=needed).delete()
    assert hand_in(cast, of_kind(activity)) == [TAKEN]
    certificates().delete()
    assert hand_in(cast, of_kind(activity)) == [REFUSED if needed else TAKEN]


def test_a_refused_record_passes_once_its_certificate_is_recorded(cast: Cast) -> None:
    certificates().delete()
    record, outreach = a_record(seq=1), of_kind("outreach", seq=2)
    assert hand_in(cast, record, outreach) == [REFUSED, TAKEN]
    facts = CertificateFacts(SkillGroup.objects.get(code="services"), clock.today(), "Lớp của tỉnh")
    lan = Volunteer.objects.get(id=volunteer_id("lan"))
    actions.record_certificate(volunteer=lan, facts=facts, by=cast.actor("son"))
    assert hand_in(cast, record, outreach) == [TAKEN, ("already", "")]


def test_the_refusal_names_the_skill_group_and_what_to_do(cast: Cast) -> None:
    certificates().delete()
    receipt = receive_batch(body=a_batch(a_record()), device_id=DEVICE, by=cast.actor("lan"))
    told = receipt.answers[0].as_dict()["error"]
    assert "Hỗ trợ dịch vụ công trực tuyến" in told["message"]
    assert told["field"] == "activity"
    assert told["remedy"]


def test_what_counts_is_the_day_of_the_work_and_not_of_handing_in(cast: Cast) -> None:
    today = clock.today()
    certificates().update(issued_on=today - 10 * DAY, valid_to=today - 2 * DAY)
    work = [a_record(seq=n, day=today - n * DAY) for n in (1, 2, 3, 10, 11)]
    assert hand_in(cast, *work) == [REFUSED, REFUSED, TAKEN, TAKEN, REFUSED]


def test_a_certificate_that_was_taken_back_covers_the_days_before_only(cast: Cast) -> None:
    today = clock.today()
    certificates().update(revoked_on=today - DAY)
    work = [a_record(seq=1, day=today - 2 * DAY), a_record(seq=2, day=today - DAY)]
    assert hand_in(cast, *work) == [TAKEN, REFUSED]


def test_what_is_stored_already_is_not_refused_afterwards(cast: Cast) -> None:
    record = a_record()
    assert hand_in(cast, record) == [TAKEN]
    certificates().delete()
    assert hand_in(cast, record) == [("already", "")]
    assert hand_in(cast, record | {"minutes": 1}) == [("rejected", "clash")]


def test_work_can_always_be_withdrawn_but_not_turned_into_other_work(cast: Cast) -> None:
    certificates().delete()
    outreach = of_kind("outreach", seq=1)
    help_ = a_record(seq=1)
    turned = a_correction(
        outreach, activity="procedure", procedure="1.001193", procedure_version=1, steps_done=[]
    )
    assert hand_in(cast, outreach, turned) == [TAKEN, REFUSED]
    Certificate.objects.create(
        volunteer_id=volunteer_id("lan"), group_id="services", issued_on=clock.today(), source="x"
    )
    assert hand_in(cast, help_) == [TAKEN]
    certificates().delete()
    assert hand_in(cast, a_correction(help_, withdrawn=True)) == [TAKEN]


def test_a_leaders_correction_counts_for_whoever_did_the_work(cast: Cast) -> None:
    record = a_record()
    assert hand_in(cast, record) == [TAKEN]
    certificates("minh").delete()
    assert hand_in(cast, a_correction(record), name="minh") == [TAKEN]
    certificates("lan").delete()
    Certificate.objects.create(
        volunteer_id=volunteer_id("minh"), group_id="services", issued_on=date(2026, 1, 1), source="x"
    )
    assert hand_in(cast, a_correction(record), name="minh") == [REFUSED]


def test_a_decision_opens_the_gate_until_its_day_and_the_latest_one_counts(cast: Cast) -> None:
    certificates().delete()
    today = clock.today()
    decide(cast, "services", today)
    work = [a_record(seq=1, day=today - DAY), a_record(seq=2)]
    assert hand_in(cast, *work) == [TAKEN, REFUSED]
    decide(cast, "services", None, place=TUYEN_QUANG, by="duc")
    assert hand_in(cast, a_record(seq=3), of_kind("vneid", seq=4)) == [TAKEN, REFUSED]
    decide(cast, "services", date(2025, 7, 1))
    assert hand_in(cast, a_record(seq=5, day=today - DAY)) == [REFUSED]


def test_a_decision_for_another_province_opens_nothing_here(cast: Cast) -> None:
    certificates().delete()
    decide(cast, "services", None, place="01")
    assert hand_in(cast, a_record()) == [REFUSED]


def test_a_batch_asks_once_and_outreach_not_at_all(cast: Cast, django_assert_num_queries: Any) -> None:
    hand_in(cast, a_record())
    by = cast.actor("lan")
    outreach = a_batch(*(of_kind("outreach", seq=n) for n in range(10, 15)))
    helps = a_batch(*(a_record(seq=n) for n in range(20, 25)))
    with django_assert_num_queries(count_of(outreach, by) + 1):
        receive_batch(body=renumbered(helps), device_id=DEVICE, by=by)


def count_of(body: bytes, by: Any) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as caught:
        receive_batch(body=body, device_id=DEVICE, by=by)
    return len(caught)


def renumbered(body: bytes) -> bytes:
    return json.dumps(json.loads(body)).encode()


def test_a_phone_is_told_what_is_asked_and_what_its_owner_holds(cast: Cast) -> None:
    today = clock.today()
    certificates().filter(group="vneid").update(valid_to=today + 9 * DAY, revoked_on=today + 3 * DAY)
    decide(cast, "services", today)
    device = str(uuid7())
    token = (
        cast.client("lan")
        .post("/api/v1/devices", {"device": device, "label": ""}, "application/json")
        .json()["token"]
    )
    me = cast.client(None).get("/api/v1/sync", headers={"Authorization": f"Bearer {token}"}).json()["me"]
    held = {one["group"]: (one["from"], one["to"]) for one in me["certificates"]}
    assert held == {"vneid": ("2025-07-01", (today + 3 * DAY).isoformat()), "services": ("2025-07-01", None)}
    asks = {one["activity"]: (one["group"], one["from"]) for one in me["teams"][0]["asks"]}
    assert asks["vneid"] == ("vneid", None)
    assert asks["procedure"] == ("services", today.isoformat())
    assert "outreach" not in asks
    assert me["groups"]["vneid"]["vi"] == "Hỗ trợ VNeID"


def test_whether_a_volunteer_may_is_one_question_for_every_room(cast: Cast) -> None:
    lan, today = Volunteer.objects.get(id=volunteer_id("lan")), clock.today()
    assert certificate_queries.may(lan, "services", today)
    assert not certificate_queries.may(lan, "ai", today)
    assert not certificate_queries.may(lan, "no such group", today)
    decide(cast, "ai", None, place=LUNG_CU)
    assert certificate_queries.may(lan, "ai", today)
