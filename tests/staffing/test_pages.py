"""The coordinator's pages over HTTP: plan, look, compare, ask why, edit, publish; and the volunteer's own."""

import re
from uuid import UUID

import pytest
from django.test import Client

from aoxanh.kernel.scope import whole_nation
from aoxanh.people.models import Volunteer
from aoxanh.staffing import tasks
from aoxanh.staffing.keeping import DamagedPlan
from aoxanh.staffing.models import Assignment, Plan
from aoxanh.staffing.opened import open_plan
from tests.cast import LUNG_CU, TUYEN_QUANG, account_id, volunteer_id
from tests.conftest import Cast
from tests.staffing.campaign import DONG_VAN, a_plan, need, volunteer


@pytest.fixture
def here(cast: Cast) -> UUID:
    """Somebody certified in Lũng Cú; one is needed there and two in Đồng Văn, so something is missing."""
    need(cast, LUNG_CU, vneid=1, speakers={"hmn": 1}, leaders=1)
    need(cast, DONG_VAN, vneid=2)
    volunteer("Sùng Mí Sính", DONG_VAN)
    return volunteer("Giàng A Chứ", groups=["vneid"])


@pytest.fixture
def duc(cast: Cast, here: UUID) -> Client:
    return cast.client("duc")


@pytest.fixture
def plan(cast: Cast, here: UUID) -> Plan:
    return a_plan(cast)


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return re.sub(r"\s+", " ", answer.content.decode())


def test_asking_for_a_plan_leads_to_its_page_which_tells_how_far_it_is(duc: Client) -> None:
    answer = duc.post("/staffing/plans/", {"place": TUYEN_QUANG, "name": "Hè"})
    assert answer.status_code == 302
    assert 'id="progress"' in text(duc, answer["Location"])
    assert "Hè" in text(duc, "/staffing/plans/")
    polled = duc.get(answer["Location"], headers={"HX-Request": "true"})
    assert polled.content.decode().strip().startswith("<section")


def test_a_name_that_holds_personal_data_is_refused_on_the_page(duc: Client) -> None:
    answer = duc.post("/staffing/plans/", {"place": TUYEN_QUANG, "name": "gọi 0912345678"})
    assert answer.status_code == 422
    assert "0912345678" not in answer.content.decode()


def test_the_plan_shows_communes_in_need_first_and_folds_the_others(duc: Client, plan: Plan) -> None:
    answer = duc.get(f"/staffing/plans/{plan.id}/")
    (first, heading), (rest, folded) = answer.context["parts"]
    assert heading == ""
    assert folded
    assert {row["line"].code for row in first} == {DONG_VAN, LUNG_CU}
    shown = re.findall(r'name="commune" value="(\d+)"', answer.content.decode())
    assert sorted(shown) == sorted(row["line"].code for row in answer.context["rows"])
    assert len(shown) == len(first) + len(rest) > len(first)


def test_a_plan_is_decoded_once_for_many_pages_and_damage_is_still_found(plan: Plan) -> None:
    assert (
        open_plan(plan).plan
        is open_plan(
            Plan(
                inputs=plan.inputs,
                answer=plan.answer,
                inputs_sha256=plan.inputs_sha256,
                answer_sha256=plan.answer_sha256,
            )
        ).plan
    )
    plan.answer = bytes(plan.answer)[:-1] + b"?"
    with pytest.raises(DamagedPlan):
        open_plan(plan)


def test_the_plan_shows_figures_map_and_what_is_missing(duc: Client, plan: Plan) -> None:
    page = text(duc, f"/staffing/plans/{plan.id}/")
    assert "<svg" in page
    assert f"/staffing/plans/{plan.id}/communes/{DONG_VAN}/" in page
    assert plan.inputs_sha256[:12] in page


def test_a_commune_tells_who_comes_what_is_missing_and_what_would_mend_it(duc: Client, plan: Plan) -> None:
    address = f"/staffing/plans/{plan.id}/communes/{DONG_VAN}/"
    page = text(duc, address)
    assert "?check=vneid&amp;remedy=0" in page
    checked = duc.get(f"{address}?check=vneid&remedy=0")
    assert checked.context["missing"][0]["checked"]
    assert duc.get(f"{address}?check=vneid&remedy=99999999").status_code == 200
    without = duc.get(f"/staffing/plans/{plan.id}/communes/{LUNG_CU}/?without=leaders")
    assert without.context["prices"]["checked"]
    assert duc.get(f"{address}?without=everything").context["prices"]["checked"] == ""
    assert duc.get(f"/staffing/plans/{plan.id}/communes/00004/").status_code == 404
    assert "Sùng Mí Sính" in text(duc, f"{address}?add=1")


def test_a_person_is_told_why_and_why_not_there(duc: Client, plan: Plan, here: UUID) -> None:
    address = f"/staffing/plans/{plan.id}/people/{here}/"
    assert duc.get(address).context["why"]
    asked = duc.get(f"{address}?commune={DONG_VAN}&kind=ai")
    assert asked.context["why_not"]
    assert not asked.context["may_check"]
    checked = duc.get(f"{address}?commune={DONG_VAN}&kind=vneid&check=1")
    assert checked.context["may_check"] == bool(checked.context["checked"])
    for wrong in (
        "?commune=xxxxx&kind=vneid",
        "?commune=00715&kind=cooking",
        "?commune=00004&kind=vneid&check=1",
    ):
        assert duc.get(address + wrong).context["asked"] is None
    assert duc.get(f"/staffing/plans/{plan.id}/people/{plan.id}/").status_code == 404


def test_two_plans_stand_side_by_side(cast: Cast, duc: Client, plan: Plan, here: UUID) -> None:
    address = f"/staffing/plans/{plan.id}/"
    done = duc.post(
        f"{address}edits/", {"verb": "ban", "volunteer": str(here), "commune": LUNG_CU}, follow=True
    )
    assert done.status_code == 200
    other = a_plan(cast, "khác")
    page = duc.get(f"{address}compare/?with={other.id}")
    assert page.context["count"] >= 1
    assert "shade-6" in page.context["map"] or "shade-3" in page.context["map"]
    assert "Giàng A Chứ" in page.content.decode()
    assert duc.get(f"{address}compare/?with=present").status_code == 200
    for wrong in ("nobody", "01970000-0000-7000-8000-000999999999"):
        assert duc.get(f"{address}compare/?with={wrong}").status_code == 404


def test_a_wrong_hand_edit_is_explained_on_the_plans_page(duc: Client, plan: Plan, here: UUID) -> None:
    address = f"/staffing/plans/{plan.id}/edits/"
    for wrong in (
        {},
        {"verb": "pin", "volunteer": "nobody", "commune": LUNG_CU, "kind": "vneid"},
        {"verb": "pin", "volunteer": str(here), "commune": LUNG_CU, "kind": "ai"},
        {"verb": "pin", "volunteer": str(here), "commune": "'; --", "kind": "vneid"},
    ):
        answer = duc.post(address, wrong)
        assert answer.status_code == 400
        assert 'role="alert"' in answer.content.decode()


def test_a_hand_edit_is_taken_back_on_the_plans_page(duc: Client, plan: Plan, here: UUID) -> None:
    address = f"/staffing/plans/{plan.id}/"
    duc.post(
        f"{address}edits/", {"verb": "pin", "volunteer": str(here), "commune": DONG_VAN, "kind": "vneid"}
    )
    edit = duc.get(address).context["edits"].get()
    assert duc.post(f"{address}edits/{edit.id}/").status_code == 302
    assert not duc.get(address).context["edits"].exists()
    assert duc.post(f"{address}edits/{edit.id}/").status_code == 400


def test_lan_sees_what_she_is_asked_says_no_and_is_ready_again(cast: Cast, duc: Client) -> None:
    need(cast, LUNG_CU, outreach=2)
    plan = a_plan(cast)
    address = f"/staffing/plans/{plan.id}/"
    duc.post(f"{address}approve/", {"commune": [LUNG_CU], "then": "publish"})
    lan = cast.client("lan")
    assert lan.get("/").context["assignment"].commune_id == LUNG_CU
    with whole_nation():
        asked = Assignment.objects.get(volunteer=volunteer_id("lan"))
    assert f"/staffing/assignments/{asked.id}/decline/" in text(lan, "/staffing/mine/")
    lan.post(f"/staffing/assignments/{asked.id}/decline/", {"reason": "study", "altogether": "on"})
    assert lan.post(f"/staffing/assignments/{asked.id}/decline/", {"reason": "study"}).status_code == 404
    page = lan.get("/staffing/mine/")
    said = page.context["declines"].get()
    assert said.commune_id is None
    assert duc.get(address).context["declined"] == 1
    lan.post(f"/staffing/declines/{said.id}/withdraw/")
    assert not lan.get("/staffing/mine/").context["declines"].exists()


def test_the_secretary_sees_who_is_sent_and_answers_for_somebody_without_a_phone(
    cast: Cast, duc: Client, here: UUID
) -> None:
    plan = a_plan(cast)
    duc.post(f"/staffing/plans/{plan.id}/approve/", {"commune": [LUNG_CU], "then": "publish"})
    son = cast.client("son")
    page = son.get("/staffing/sent/")
    asked = page.context["rows"][0]
    assert asked.volunteer_id == here
    assert son.post(f"/staffing/assignments/{asked.id}/decline/", {"reason": "work"}).status_code == 302
    assert "Giàng A Chứ" not in text(son, "/staffing/sent/")


def test_nothing_ticked_publishes_nothing_and_says_so(duc: Client, plan: Plan) -> None:
    answer = duc.post(f"/staffing/plans/{plan.id}/approve/", {"then": "publish"})
    assert answer.status_code == 409
    assert 'role="alert"' in answer.content.decode()


def test_a_volunteer_who_left_is_not_shown_in_a_plan_made_before(duc: Client, plan: Plan, here: UUID) -> None:
    Volunteer.objects.filter(id=here).delete()
    assert "Giàng A Chứ" not in text(duc, f"/staffing/plans/{plan.id}/communes/{LUNG_CU}/")
    assert duc.get(f"/staffing/plans/{plan.id}/compare/").status_code == 200
    assert duc.get(f"/staffing/plans/{plan.id}/people/{here}/").status_code == 404


def test_the_centre_plans_the_nation_and_publishes_it_province_by_province(cast: Cast, here: UUID) -> None:
    an, plan = cast.client("an"), a_plan(cast, "cả nước", "VN", "an")
    address = f"/staffing/plans/{plan.id}/"
    page = an.get(address)
    (row,) = [row for row in page.context["provinces"] if row["code"] == TUYEN_QUANG]
    assert (row["wanted"], row["below"]) == (3, 1)
    for wide in ("compare/", f"communes/{LUNG_CU}/", f"people/{here}/"):
        assert an.get(address + wide).status_code == 409
    assert an.post(f"{address}approve/", {"commune": [TUYEN_QUANG], "then": "publish"}).status_code == 302
    tasks.publish(plan_id=str(plan.id), account_id=str(account_id("an")))
    tasks.publish(plan_id=str(plan.id), account_id=str(account_id("an")))  # a second time changes nothing
    with whole_nation():
        held = {row.volunteer_id: row.commune_id for row in Assignment.objects.filter(state="holds")}
    assert held[here] == LUNG_CU
    (row,) = [row for row in an.get(address).context["provinces"] if row["code"] == TUYEN_QUANG]
    assert row["released"]
    again = a_plan(cast, "tỉnh")
    assert again.measures["moved"] == 0
