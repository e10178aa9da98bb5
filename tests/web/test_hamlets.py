"""Hamlets: the list that a commune keeps, who may, what is refused by its line, and what boards tell of the ones not reached."""

import html
import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from aoxanh.audit.models import AuditEntry
from aoxanh.kernel import clock
from aoxanh.kernel.scope import whole_nation
from aoxanh.people.actions import keep_hamlets
from aoxanh.people.errors import NotAllowed
from aoxanh.places.errors import NoHamletsHere, TooManyHamlets, UnfitHamlet
from aoxanh.places.hamlet_lists import hamlets_of
from aoxanh.places.models import Hamlet
from aoxanh.places.queries import communes_in, place_by_code
from aoxanh.staffing.models import Roster, Shift, ShiftAssignment
from tests.cast import BA_DINH, HA_NOI, LAN_TEAM, LUNG_CU, TUYEN_QUANG, volunteer_id
from tests.conftest import Cast

PAGE = f"/hamlets/{LUNG_CU}/"
BOARD, PROVINCE = f"/board/{LUNG_CU}/", f"/board/{TUYEN_QUANG}/"
NAMES = "Thôn 1\nThôn 12\nLô Lô Chải\nSéo Lủng"


def keep(cast: Cast, who: str, names: str = NAMES, commune: str = LUNG_CU) -> int:
    return keep_hamlets(commune=place_by_code(commune), names=names, by=cast.actor(who))


def shift(place: str, day: date | None = None, *, holds: bool = True) -> None:
    """Lan holds a seat (or, in a draft, is only planned) on a shift of her team at a place."""
    day = day or clock.today()
    here: dict[str, Any] = {"commune_id": LUNG_CU}
    with whole_nation():
        roster = Roster.objects.create(
            team_id=LAN_TEAM,
            first_day=day,
            last_day=day + timedelta(days=6),
            state="superseded",
            **here,
        )
        made = Shift.objects.create(roster=roster, day=day, half="am", place=place, **here)
        ShiftAssignment.objects.create(
            roster=roster, shift=made, volunteer_id=volunteer_id("lan"), day=day, half="am", seat="outreach", holds=holds, **here,
        )  # fmt: skip


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def of_hamlets(client: Client, address: str) -> str:
    """Return what a board tells of hamlets; "" where it tells nothing."""
    return text_of(client, address).partition('id="hamlets"')[2].partition("</section>")[0]


@pytest.mark.parametrize("who", ["lan", "minh", "an", "thu", "binh"])
def test_nobody_else_keeps_the_list(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        keep(cast, who)
    assert cast.client(who).get(PAGE).status_code == 404
    assert cast.client(who).post(PAGE, {"names": NAMES}).status_code == 404
    assert not Hamlet.objects.exists()


@pytest.mark.parametrize("who", ["ha", "son", "duc"])
def test_the_commune_and_its_province_keep_it_and_no_other_commune(cast: Cast, who: str) -> None:
    assert keep(cast, who) == 4
    with pytest.raises(NotAllowed):
        keep(cast, who, commune=BA_DINH)


def test_names_are_kept_in_order_as_people_count(cast: Cast) -> None:
    keep(cast, "son", "\r\n  Thôn   10 \r\n\r\nThôn 2\rĐội 1\nBản Ả\n\n")
    assert hamlets_of(LUNG_CU) == ["Bản Ả", "Đội 1", "Thôn 2", "Thôn 10"]


def test_what_is_given_replaces_the_list_and_a_name_that_stays_keeps_its_row(cast: Cast) -> None:
    keep(cast, "son", "Thôn 1\nLo Lo Chai\nSéo Lủng")
    before = {row.fold: row.id for row in Hamlet.objects.all()}
    keep(cast, "ha", "Lô Lô Chải\nThôn 1\nThôn 2")
    after = {row.fold: row.id for row in Hamlet.objects.all()}
    assert hamlets_of(LUNG_CU) == ["Lô Lô Chải", "Thôn 1", "Thôn 2"]
    assert {fold: before[fold] for fold in ("thon 1", "lo lo chai")}.items() <= after.items()
    entry = AuditEntry.objects.filter(action="places.hamlets.kept").latest("at")
    assert json.loads(entry.details) == {"new": 1, "respelt": 1, "gone": 1, "all": 3}
    assert keep(cast, "son", "") == 0
    assert not Hamlet.objects.exists()


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Thôn 01", "dòng 1"),
        ("Thon 1", "dòng 1"),
        ("x" * 61, "60"),
        ("...", "không có tên"),
        ("Ông Nguyễn Văn Linh 0912345678", "cá nhân"),
        ("Thôn \x1b", "không đọc được"),
    ],
    ids=["nought", "accents", "long", "signs", "person", "escape"],
)
def test_a_line_that_is_unfit_is_named_and_nothing_is_changed(cast: Cast, line: str, wanted: str) -> None:
    keep(cast, "son", "Séo Lủng")
    with pytest.raises(UnfitHamlet) as refusal:
        keep(cast, "son", f"Thôn 1\n\n{line}\nThôn 3")
    assert refusal.value.facts["line"] == 3
    answer = cast.client("son").post(PAGE, {"names": f"Thôn 1\n\n{line}\nThôn 3"})
    assert answer.status_code == 422
    page = html.unescape(answer.content.decode())
    told = page.partition('role="alert"')[2].partition("</div>")[0]
    assert "Dòng 3: " in told
    assert wanted in told
    assert "Thôn 3</textarea>" in page
    assert hamlets_of(LUNG_CU) == ["Séo Lủng"]


@pytest.mark.parametrize(
    "names", ["Thôn\x00 2", "\ud800", "x" * 100_000, "1\n" * 5000], ids=["nul", "surrogate", "long", "many"]
)
def test_hostile_text_is_refused_and_never_an_error(cast: Cast, names: str) -> None:
    with pytest.raises((UnfitHamlet, TooManyHamlets)):
        keep(cast, "son", names)
    sent = names.encode("utf-8", "surrogatepass")
    answer = cast.client("son").post(PAGE, b"names=" + sent, content_type="application/x-www-form-urlencoded")
    assert 400 <= answer.status_code < 500


def test_a_list_longer_than_any_communes_and_a_place_without_hamlets_are_refused(cast: Cast) -> None:
    with pytest.raises(TooManyHamlets):
        keep(cast, "son", "\n".join(f"Thôn {number}" for number in range(1, 152)))
    assert keep(cast, "son", "\n".join(f"Thôn {number}" for number in range(1, 151))) == 150
    with pytest.raises(NoHamletsHere):
        keep(cast, "duc", commune=TUYEN_QUANG)
    assert cast.client("duc").get(f"/hamlets/{TUYEN_QUANG}/").status_code == 404


def test_the_longest_names_that_fit_fit_the_columns_too(cast: Cast) -> None:
    keep(cast, "son", "\n".join(["1ặ" * 30, "İ" * 58 + "ặ1", "a." * 30]))
    assert len(hamlets_of(LUNG_CU)) == 3


def test_the_page_shows_what_is_kept_and_is_found_from_the_place(cast: Cast) -> None:
    client = cast.client("son")
    assert PAGE in text_of(client, f"/places/{LUNG_CU}/")
    assert PAGE not in text_of(cast.client("an"), f"/places/{LUNG_CU}/")
    assert PAGE not in text_of(cast.client(None), f"/places/{LUNG_CU}/")
    assert client.post(PAGE, {"names": NAMES})["Location"] == PAGE
    page = text_of(client, PAGE)
    assert "Đã lưu 4 thôn, bản." in page
    assert "Lô Lô Chải\nSéo Lủng\nThôn 1\nThôn 12</textarea>" in page


def test_a_commune_without_a_list_is_offered_one_by_its_board_where_one_may(cast: Cast) -> None:
    assert PAGE in of_hamlets(cast.client("son"), BOARD)
    assert of_hamlets(cast.client("thu"), BOARD) == ""
    assert of_hamlets(cast.client("duc"), PROVINCE) == ""


def test_the_board_names_the_hamlets_that_no_shift_went_to(cast: Cast) -> None:
    keep(cast, "son")
    assert "chưa có buổi hỗ trợ trong kỳ: 4 trên 4" in of_hamlets(cast.client("son"), BOARD)
    shift("nhà văn hoá thôn 12, xóm lo lo chai")
    for who in ("son", "thu"):
        told = of_hamlets(cast.client(who), BOARD)
        assert "chưa có buổi hỗ trợ trong kỳ: 2 trên 4" in told
        assert "<li>Séo Lủng</li><li>Thôn 1</li></ul>" in told
        assert (PAGE in told) == (who == "son")


def test_a_shift_counts_in_its_period_once_its_day_has_come_and_somebody_serves(cast: Cast) -> None:
    keep(cast, "son")
    client, today = cast.client("son"), clock.today()
    shift("Thôn 1", today + timedelta(days=1))
    shift("Thôn 12", today - timedelta(days=20))
    shift("Lô Lô Chải", holds=False)
    shift("", today - timedelta(days=2))
    assert "4 trên 4" in of_hamlets(client, BOARD)
    own = f"?from={today - timedelta(days=20):%d/%m/%Y}&to={today + timedelta(days=9):%d/%m/%Y}&period=custom"
    assert "3 trên 4" in of_hamlets(client, BOARD + own)


def test_the_province_tells_where_hamlets_were_not_reached_the_worst_first(cast: Cast) -> None:
    other = next(one for one in communes_in(TUYEN_QUANG) if one.code != LUNG_CU)
    keep(cast, "son")
    keep(cast, "duc", "Thôn 1\nThôn 2", commune=other.code)
    shift("Thôn 1")
    told = of_hamlets(cast.client("duc"), PROVINCE)
    assert "5 trên 6" in told
    assert f"{other.full_name}: 2/2".lower() in told.lower()
    assert told.index("2/2") < told.index("3/4")
    assert f'href="{BOARD}?' in told


def test_boards_of_the_nation_teams_and_polls_tell_nothing_of_hamlets(cast: Cast) -> None:
    keep(cast, "son")
    assert of_hamlets(cast.client("an"), "/board/VN/") == ""
    assert of_hamlets(cast.client("an"), f"/board/{HA_NOI}/") == ""
    assert of_hamlets(cast.client("son"), f"{BOARD}team/{LAN_TEAM}/") == ""
    poll = cast.client("son").get(BOARD, headers={"HX-Request": "true"})
    assert 'id="hamlets"' not in poll.content.decode()
