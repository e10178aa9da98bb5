"""The auditor's page: for auditors only, filtered, paged, in words, with a check that can be believed."""

import ast
import re
from html import unescape

import pytest
from django.utils import translation

from aoxanh.audit.actions import record
from aoxanh.audit.checks import check_all
from aoxanh.audit.verify import Reason
from aoxanh.people.models import RoleAssignment
from aoxanh.web.audit.meanings import ACTIONS, REASONS, meaning
from tests import cast as the_cast
from tests.architecture.house import modules
from tests.cast import BA_DINH, HA_NOI, LUNG_CU, TUYEN_QUANG
from tests.conftest import Cast

PAGE = "/audit/"
STABLE = re.compile(
    r"(?:desk|people|places|procedures|privacy|simulation|oversight|staffing|training|initiatives)\.[a-z_]+\.[a-z_]+"
)


def text_of(cast: Cast, address: str = PAGE, who: str = "thu") -> str:
    response = cast.client(who).get(address)
    assert response.status_code == 200, (address, response.status_code)
    return unescape(response.content.decode())


def did(chain: str, action: str = "people.team.created", subject: str = "team:1", **details: object) -> None:
    record(chain=chain, actor=str(Cast().actor("minh")), action=action, subject=subject, details=details)


@pytest.mark.parametrize("who", ["lan", "minh", "ha", "son", "duc", "an", "binh"])
def test_it_is_absent_for_everybody_but_auditors(cast, who):
    for address in (PAGE, f"{PAGE}?place={LUNG_CU}", f"{PAGE}?place={LUNG_CU}&check=1"):
        assert cast.client(who).get(address).status_code == 404


def test_a_visitor_is_asked_to_sign_in(cast):
    assert cast.client(None).get(PAGE)["Location"].startswith("/account/login/")


def test_an_entry_is_told_in_words_with_place_and_roles_but_no_name(cast):
    did(LUNG_CU)
    page = text_of(cast)
    assert "Lập đội hình" in page
    assert "Xã Lũng Cú, tỉnh Tuyên Quang" in page
    assert "Đội trưởng, xã Lũng Cú, tỉnh Tuyên Quang" in page
    assert str(the_cast.account_id("minh")) in page
    assert "Nguyễn Đức Minh" not in page


def test_entries_of_the_chosen_place_and_below_are_shown(cast):
    did(LUNG_CU, subject="team:lung-cu")
    did(BA_DINH, subject="team:ba-dinh")
    for place, there, elsewhere in (
        (LUNG_CU, "team:lung-cu", "team:ba-dinh"),
        (HA_NOI, "team:ba-dinh", "team:lung-cu"),
    ):
        page = text_of(cast, f"{PAGE}?place={place}")
        assert there in page
        assert elsewhere not in page


def test_an_auditor_of_a_province_sees_that_province_only(cast):
    RoleAssignment.objects.filter(account=the_cast.account_id("thu")).update(place_id=TUYEN_QUANG)
    did(LUNG_CU, subject="team:lung-cu")
    did(TUYEN_QUANG, subject="team:province")
    did(BA_DINH, subject="team:ba-dinh")
    did("VN", subject="team:nation")
    page = text_of(cast)
    assert "team:lung-cu" in page
    assert "team:province" in page
    assert "team:ba-dinh" not in page
    assert "team:nation" not in page
    for place in (BA_DINH, HA_NOI, "VN"):
        assert cast.client("thu").get(f"{PAGE}?place={place}").status_code == 404


def test_filters_by_action_and_day_hold(cast):
    did(LUNG_CU, subject="team:found")
    did(LUNG_CU, "people.role.granted", "account:1")
    page = text_of(cast, f"{PAGE}?action=people.role.granted")
    assert "account:1" in page
    assert "team:found" not in page
    assert "team:found" not in text_of(cast, f"{PAGE}?day=01/07/2025&place={LUNG_CU}")


def test_pages_follow_each_other(cast):
    for number in range(60):
        did(LUNG_CU, subject=f"team:number-{number:02d}")
    first = text_of(cast, f"{PAGE}?place={LUNG_CU}&action=people.team.created")
    [more] = re.findall(r'href="\?([^"]*after=[^"]*)"', first)
    assert "action=people.team.created" in more
    second = text_of(cast, f"{PAGE}?{more}")
    shown = [set(re.findall(r"team:number-\d\d", page)) for page in (first, second)]
    assert len(shown[0]) == 50
    assert len(shown[1]) == 10
    assert not shown[0] & shown[1]


def test_the_chain_of_a_place_is_checked_on_demand(cast):
    did(LUNG_CU)
    page = text_of(cast, f"{PAGE}?place={LUNG_CU}&check=1")
    assert "Vừa kiểm tra: xã Lũng Cú, tỉnh Tuyên Quang" in page
    assert "Mọi mục đều còn nguyên" in page


def test_a_broken_chain_is_told_with_place_and_number(cast, owner_sql):
    owner_sql("INSERT INTO audit_audithead (chain, number, hash) VALUES (%s, 3, %s)", BA_DINH, "f" * 64)
    try:
        page = text_of(cast, f"{PAGE}?place={BA_DINH}&check=1")
    finally:
        owner_sql("DELETE FROM audit_audithead WHERE chain = %s", BA_DINH)
    assert "Phường Ba Đình, thành phố Hà Nội: chuỗi đứt ở mục 1" in page
    assert "Mọi mục đều còn nguyên" not in page


def test_the_nightly_check_is_told(cast, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    assert "hiện chưa có kết quả" in text_of(cast)
    check_all()
    assert "Lần kiểm tra toàn bộ gần nhất" in text_of(cast)


@pytest.mark.parametrize(
    "query",
    ["place=99", "place=%F0%9F%98%80", "place=vn", "place=" + "9" * 300],
)
def test_a_place_that_is_none_is_absent(cast, query):
    assert cast.client("thu").get(f"{PAGE}?{query}").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "day=32/13/2026",
        "day=x",
        "day=9999-99-99",
        "action=x",
        "after=x.y.z",
        "after=",
        "check=1",
        "day=0001-01-01",
    ],
)
def test_a_choice_that_makes_no_sense_breaks_nothing(cast, query):
    text_of(cast, f"{PAGE}?{query}")


def test_what_was_written_is_never_taken_for_markup(cast):
    did(LUNG_CU, subject="<script>x</script>", note="<img src=x>")
    page = cast.client("thu").get(PAGE).content.decode()
    assert "<script>x" not in page
    assert "<img src=x>" not in page


def strings_of(tree: ast.AST) -> set[str]:
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def keywords_of(tree: ast.AST, name: str) -> set[str]:
    keywords = [node for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == name]
    return {word for keyword in keywords for word in strings_of(keyword.value)}


def test_every_action_that_the_rooms_write_is_put_into_words():
    written: set[str] = set()
    for path in modules():
        if "web/audit" in path.as_posix():
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        source = path.read_text(encoding="utf-8")
        if "audit" in source or "actions" in path.parts:
            written |= {text for text in strings_of(tree) if STABLE.fullmatch(text)}
            written |= {
                text for text in keywords_of(tree, "action") if re.fullmatch(r"[a-z]+\.[a-z_.]+", text)
            }
        written |= {
            f"{text}.read" for text in keywords_of(tree, "what") if re.fullmatch(r"[a-z]+\.[a-z_]+", text)
        }
    assert written == set(ACTIONS)


def test_every_reason_of_a_break_is_put_into_words():
    assert set(REASONS) == set(Reason.__args__)


def test_an_action_without_words_shows_its_stable_name():
    with translation.override("vi"):
        assert meaning("people.team.created") == "Lập đội hình"
        assert meaning("other.thing.done") == "other.thing.done"
