"""What cannot be planned: a sentence that names the rows and the remedy, and the best plan without them."""

from pathlib import Path

from django.test import Client

from aoxanh.kernel.scope import whole_nation
from aoxanh.sheets import actions as sheets
from aoxanh.staffing.models import Need, Plan
from aoxanh.web.staffing import words
from tests.cast import LUNG_CU
from tests.conftest import Cast
from tests.sheets import lists
from tests.staffing.campaign import DONG_VAN, a_plan, need, sent, volunteer


def told(plan: Plan) -> dict[str, dict[str, object]]:
    shown = words.flaws(plan.flaws, {DONG_VAN: "xã Đồng Văn"})
    return {flaw["code"]: line for flaw, line in zip(plan.flaws, shown, strict=True)}


def test_nobody_from_elsewhere_is_sent_where_there_is_no_road_and_the_plan_says_so(cast: Cast) -> None:
    need(cast, DONG_VAN, outreach=3)
    at_home = volunteer("Lý Thị Dở", DONG_VAN)
    elsewhere = volunteer("Giàng A Chứ")
    with whole_nation():
        Need.objects.filter(commune=DONG_VAN).update(has_road=False)
    plan = a_plan(cast)
    assert sent(plan)[str(at_home)][0] == DONG_VAN
    assert str(elsewhere) not in sent(plan)
    assert told(plan)["no_road"]["rows"] == ["xã Đồng Văn"]
    assert told(plan)["no_road"]["remedy"]


def test_needs_that_cannot_be_met_are_named_worst_first_and_the_rest_is_planned(cast: Cast) -> None:
    need(cast, LUNG_CU, ai=40, vneid=1, speakers={"hmn": 9}, leaders=30)
    helper = volunteer("Giàng A Chứ", groups=["vneid"])
    plan = a_plan(cast)
    assert sent(plan)[str(helper)] == (LUNG_CU, "vneid")
    missing = {row["sort"]: row["missing"] for row in plan.shortages if row["commune"] == LUNG_CU}
    assert missing["ai"] == 40
    assert missing["leaders"] == 30
    assert missing["speakers"] >= 8
    assert plan.shortages[0]["below_minimum"] > 0


def test_ten_thousand_copies_of_one_row_are_one_need(cast: Cast, tmp_path: Path) -> None:
    titles = ["Xã/phường", "Tỉnh/thành phố", "VNeID: cần"]
    rows = [["Lũng Cú", "Tuyên Quang", 4]] * 10_000
    content = lists.text(tmp_path / "needs.csv", titles, *rows).read_bytes()
    son = cast.actor("son")
    sheet = sheets.receive_sheet(kind="needs", content=[content], by=son)
    sheet = sheets.read_sheet(import_id=sheet.id, by=son)
    assert (sheet.new, sheet.repeated, sheet.bad) == (1, 9_999, 0)


def test_no_address_of_a_plan_breaks_on_nonsense(cast: Cast) -> None:
    need(cast, LUNG_CU, vneid=1)
    helper = volunteer("Giàng A Chứ", groups=["vneid"])
    plan, duc = a_plan(cast), cast.client("duc")
    for code in ("%00", "0071", "00715'", "VN", "08", "x" * 300, "０0715"):
        for address in (
            f"plans/{plan.id}/communes/{code}/",
            f"needs/{code}/",
            f"plans/?place={code}",
            f"sent/?place={code}",
        ):
            assert _asked(duc, f"/staffing/{address}") < 500
    for query in (
        "check=1&remedy=-1",
        "check=vneid&remedy=٣",
        "without=%00",
        "add=1&check[]=x",
        "kind=vneid&commune=%F0%9F",
    ):
        assert _asked(duc, f"/staffing/plans/{plan.id}/communes/{LUNG_CU}/?{query}") < 500
        assert _asked(duc, f"/staffing/plans/{plan.id}/people/{helper}/?{query}") < 500
    for body in (
        {"place": "08", "name": "\x00"},
        {"place": ["08", "01"], "name": "x" * 9_000},
        {"name": "🦆"},
    ):
        assert duc.post("/staffing/plans/", body).status_code < 500
    assert (
        duc.post(f"/staffing/plans/{plan.id}/approve/", {"commune": ["", "\u202e", "0" * 999]}).status_code
        < 500
    )


def _asked(client: Client, address: str) -> int:
    return client.get(address).status_code
