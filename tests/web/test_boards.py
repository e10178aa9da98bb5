"""The boards' pages: who sees which, that they drill down, stay fresh, copy well, and say what they count."""

import csv
import io
import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from aoxanh.kernel import clock
from aoxanh.oversight.definitions import DEFINITIONS
from aoxanh.people.models import Team
from tests.cast import BA_DINH, BINH_TEAM, HA_NOI, LAN_TEAM, LUNG_CU, TUYEN_QUANG
from tests.conftest import Cast
from tests.oversight.rows import work

NATION, PROVINCE, COMMUNE = "/board/VN/", f"/board/{TUYEN_QUANG}/", f"/board/{LUNG_CU}/"
TEAM = f"/board/{LUNG_CU}/team/{LAN_TEAM}/"
BINH = f"/board/{BA_DINH}/team/{BINH_TEAM}/"
READERS = {
    NATION: {"an", "thu"},
    PROVINCE: {"an", "thu", "duc"},
    f"/board/{HA_NOI}/": {"an", "thu"},
    COMMUNE: {"an", "thu", "duc", "ha", "son"},
    f"/board/{BA_DINH}/": {"an", "thu"},
    TEAM: {"an", "thu", "duc", "ha", "son", "minh", "lan"},
    BINH: {"an", "thu", "binh"},
}


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return response.content.decode()


@pytest.mark.parametrize("address", READERS)
@pytest.mark.parametrize("who", ["lan", "minh", "ha", "son", "duc", "an", "thu", "binh"])
def test_a_board_opens_for_its_readers_and_is_absent_for_others(cast: Cast, who: str, address: str) -> None:
    client = cast.client(who)
    expected = 200 if who in READERS[address] else 404
    assert client.get(address).status_code == expected
    assert client.get(f"{address}table.csv").status_code == expected
    assert client.get(address, headers={"HX-Request": "true"}).status_code == expected


def test_a_visitor_is_asked_to_sign_in(cast: Cast) -> None:
    assert cast.client(None).get(NATION)["Location"].startswith("/account/login/")


@pytest.mark.parametrize(
    ("who", "address"), [("an", NATION), ("duc", PROVINCE), ("ha", COMMUNE), ("lan", TEAM), ("binh", BINH)]
)
def test_everybody_is_led_to_their_own_board(cast: Cast, who: str, address: str) -> None:
    assert cast.client(who).get("/board/")["Location"] == address


@pytest.mark.parametrize("code", ["99", "00000", "vn", "0071", "x" * 300, "%F0%9F%98%80"])
def test_a_place_that_is_none_is_absent(cast: Cast, code: str) -> None:
    assert cast.client("an").get(f"/board/{code}/").status_code == 404


def test_the_nation_leads_down_to_a_team_and_back_up(cast: Cast) -> None:
    client = cast.client("an")
    for here, below in ((NATION, PROVINCE), (PROVINCE, COMMUNE), (COMMUNE, TEAM)):
        assert f'href="{below}?' in text_of(client, here)
    team = text_of(client, TEAM)
    assert all(f'href="{above}?' in team for above in (NATION, PROVINCE, COMMUNE))


def test_a_trail_holds_no_board_the_reader_cannot_open(cast: Cast) -> None:
    assert NATION not in text_of(cast.client("duc"), COMMUNE)
    assert "/board/0" not in text_of(cast.client("lan"), TEAM).split("<main")[1].replace(TEAM, "")


def test_figures_are_shown_as_vietnamese_readers_write_them(cast: Cast) -> None:
    work(LUNG_CU, clock.today(), LAN_TEAM, 12345, outcome_finished=10000, outcome_handed_over=2345)
    page = text_of(cast.client("an"), NATION)
    assert "12.345" in page
    assert "81,0%" in page
    assert "Toàn cảnh cả nước" in page


def test_an_empty_board_says_so(cast: Cast) -> None:
    assert "Chưa có lượt nào." in text_of(cast.client("an"), NATION)
    assert "Chưa có lượt nào." in text_of(cast.client("lan"), TEAM)
    work(LUNG_CU, clock.today(), LAN_TEAM, 1)
    assert "Chưa có lượt nào." not in text_of(cast.client("an"), NATION)


def test_every_figure_says_what_it_counts(cast: Cast) -> None:
    page = text_of(cast.client("an"), NATION)
    for definition in DEFINITIONS.values():
        assert str(definition.counts)
    counted = re.findall(r"<dt>", page)
    assert len(counted) == len(DEFINITIONS)
    cards = page.count('class="kpi" ')
    assert cards >= 5
    assert page.count('class="what"') == cards + 5


def test_polling_is_answered_with_nothing_until_a_figure_changes(cast: Cast) -> None:
    client = cast.client("an")
    work(LUNG_CU, clock.today(), LAN_TEAM, 3)
    for address in (NATION, PROVINCE, COMMUNE, TEAM):
        seen = re.search(r'hx-get="([^"]+)"', text_of(client, address))
        assert seen
        poll = address + seen[1].replace("&amp;", "&")
        assert client.get(poll, headers={"HX-Request": "true"}).status_code == 204
    work(LUNG_CU, clock.today() - timedelta(days=1), LAN_TEAM, 39)
    fresh = client.get(poll, headers={"HX-Request": "true"})
    assert fresh.status_code == 200
    assert '<p class="value">42</p>' in fresh.content.decode()
    assert "<html" not in fresh.content.decode()


def test_the_map_shows_all_provinces_and_both_archipelagos(cast: Cast) -> None:
    work(LUNG_CU, clock.today(), LAN_TEAM, 3)
    page = text_of(cast.client("an"), NATION)
    drawing = page[page.index('<svg class="map"') : page.index("</svg>", page.index('<svg class="map"'))]
    assert len(set(re.findall(r'href="/board/(\d\d)/', drawing))) == 34
    assert "QĐ. Hoàng Sa" in drawing
    assert "QĐ. Trường Sa" in drawing
    assert "Tỉnh Tuyên Quang: 3 lượt" in drawing
    assert f'href="{COMMUNE}?' in text_of(cast.client("an"), PROVINCE)


def rows_of(page: str) -> list[str]:
    body = page[page.index("<tbody>") : page.index("</tbody>")]
    return re.findall(r'<th scope="row"><a [^>]+>([^<]+)</a>', body)


def test_the_table_sorts_by_any_column_both_ways(cast: Cast) -> None:
    work(LUNG_CU, clock.today(), LAN_TEAM, 3)
    work(BA_DINH, clock.today(), BINH_TEAM, 5)
    client = cast.client("an")
    assert rows_of(text_of(client, NATION))[:2] == ["Thành phố Hà Nội", "Tỉnh Tuyên Quang"]
    assert rows_of(text_of(client, f"{NATION}?sort=sessions&order=asc"))[-2:] == [
        "Tỉnh Tuyên Quang",
        "Thành phố Hà Nội",
    ]
    by_name = rows_of(text_of(client, f"{NATION}?sort=name&order=asc"))
    assert by_name[0] == "Tỉnh An Giang"
    assert by_name == rows_of(text_of(client, f"{NATION}?sort=name&order=desc"))[::-1]
    assert len(rows_of(text_of(client, f"{NATION}?sort=nonsense"))) == 34


def test_days_of_ones_own_are_taken_as_people_write_them(cast: Cast) -> None:
    work(LUNG_CU, date(2025, 8, 5), LAN_TEAM, 8)
    client = cast.client("an")
    page = text_of(client, f"{NATION}?period=custom&from=5/8/2025&to=05/08/2025")
    assert '<p class="value">8</p>' in page
    assert "05/08/2025" in page


@pytest.mark.parametrize(
    "query",
    [
        "from=31/02/2026",
        "from=9/8/2025&to=5/8/2025",
        "period=custom",
        "period=custom&from=1/1/9999",
        "from=%00%FF",
    ],
)
def test_days_that_cannot_be_are_explained_and_never_break_the_page(cast: Cast, query: str) -> None:
    response = cast.client("an").get(f"{NATION}?{query}")
    assert response.status_code in (200, 400)
    if response.status_code == 200:
        assert 'role="alert"' in response.content.decode()


def copied(page: str, name: str) -> str:
    found = re.search(rf'<textarea id="{name}"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    assert found
    return found[1]


def test_the_copied_table_has_plain_numbers_in_tabbed_columns(cast: Cast) -> None:
    work(LUNG_CU, clock.today(), LAN_TEAM, 12345)
    lines = [
        line.split("\t") for line in copied(text_of(cast.client("an"), NATION), "table-text").splitlines()
    ]
    assert len(lines) == 1 + 34 + 1
    assert len({len(line) for line in lines}) == 1
    assert lines[1][0] == "Tỉnh Tuyên Quang"
    assert "12345" in lines[1]
    assert lines[-1][0] == "Tổng cộng"


def test_the_message_for_zalo_tells_the_board_in_words(cast: Cast) -> None:
    work(LUNG_CU, clock.today(), LAN_TEAM, 1200)
    message = copied(text_of(cast.client("an"), NATION), "message-text")
    assert message.startswith("TOÀN CẢNH CẢ NƯỚC, ")
    assert "Lượt hỗ trợ: 1.200" in message
    assert "Nhiều lượt nhất: Tỉnh Tuyên Quang 1.200" in message
    assert "Chưa có lượt nào: 33 trên 34" in message
    assert "\t" not in message


def test_the_file_opens_in_excel_with_every_figure(cast: Cast) -> None:
    work(LUNG_CU, clock.today(), LAN_TEAM, 7, obstacle_none=4, obstacle_otp=3)
    response = cast.client("an").get(f"{NATION}table.csv")
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert "attachment" in response["Content-Disposition"]
    table = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    line = next(line for line in table if line["Mã"] == TUYEN_QUANG)
    assert line["Lượt hỗ trợ"] == "7"
    assert sum(int(value) for name, value in line.items() if name.startswith("Theo vướng mắc")) == 7
    assert len(table) == 35


@pytest.mark.parametrize("name", ["=1+1", "+84", "-2+3", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_a_name_is_never_a_formula(cast: Cast, name: str) -> None:
    team_id = uuid4()
    Team.objects.create(id=team_id, commune_id=LUNG_CU, name=name, active_from=date(2025, 7, 1))
    client = cast.client("an")
    table = list(csv.reader(io.StringIO(client.get(f"{COMMUNE}table.csv").content.decode("utf-8-sig"))))
    cells = [cell for line in table for cell in line]
    assert f"'{name}" in cells
    assert name not in cells
    assert "\n&#x27;" in copied(text_of(client, COMMUNE), "table-text")


def test_a_name_is_never_markup(cast: Cast) -> None:
    Team.objects.create(commune_id=LUNG_CU, name="<script>alert(1)</script>", active_from=date(2025, 7, 1))
    assert "<script>alert" not in text_of(cast.client("an"), COMMUNE)


def test_the_page_keeps_to_the_content_security_policy(cast: Cast) -> None:
    response = cast.client("an").get(NATION)
    assert "unsafe" not in response["Content-Security-Policy"]
    page = response.content.decode()
    assert not re.search(r'\sstyle="|\son\w+="|<style|hx-on|javascript:', page)
    assert all(" src=" in tag for tag in re.findall(r"<script[^>]*>", page))


def test_the_board_speaks_english_when_asked(cast: Cast) -> None:
    work(LUNG_CU, clock.today(), LAN_TEAM, 12345)
    client = cast.client("an")
    client.cookies["language"] = "en"
    page = text_of(client, NATION)
    assert "12,345" in page
    assert "Support sessions" in page


SAID = {
    "asked": 8,
    "said_qr": 4,
    "team_days": 1,
    "asked_squared": 64,
    "credit_asked": 2880,
    "credit_squared": 129600,
}


@pytest.mark.parametrize("address", [NATION, PROVINCE, COMMUNE, TEAM])
def test_no_drawing_of_counts_stands_without_its_confirmed_share(cast: Cast, address: str) -> None:
    work(LUNG_CU, clock.today(), LAN_TEAM, 12, outcome_finished=12, obstacle_none=12, mode_desk=12, group_ho_tich=12, **SAID)  # fmt: skip
    page = text_of(cast.client("an"), address)
    sentence = "Trên toàn bộ số liệu ở đây: 45% được người dân xác nhận"
    maps = 1 if address in (NATION, PROVINCE) else 0
    assert page.count(sentence) == 5 + maps, "each of four breakdowns, the days, and the map"
    days = page[page.index('<figure class="days">') :]
    listed = days[days.index('<ul class="plain scroll-y">') :].split("</ul>")[0]
    assert "12, 45% được người dân xác nhận" in listed
    columns = days.split("</figure>")[0]
    assert "12, 45% được người dân xác nhận" in columns
    if maps:
        drawing = page[page.index('<svg class="map"') :].split("</svg>")[0]
        assert "12 lượt, 45% được người dân xác nhận" in drawing


def test_a_board_tells_what_came_back_only_of_days_old_enough(cast: Cast) -> None:
    days = f"{COMMUNE}?from=01/01/2026"
    work(LUNG_CU, clock.today() - timedelta(days=29), LAN_TEAM, 50, returned=20, **SAID)
    assert 'data-figure="first_time_right"' not in text_of(cast.client("an"), days)
    work(LUNG_CU, clock.today() - timedelta(days=30), LAN_TEAM, 50, returned=2, **SAID)
    page = text_of(cast.client("an"), days)
    card = page[page.index('data-figure="first_time_right"') :].split("</section>")[0]
    assert "75%" in card
    assert "trên 8 lượt" in card
    assert "từ 41% đến 93%" in card


def test_a_board_tells_what_second_looks_found(cast: Cast) -> None:
    work(LUNG_CU, clock.today(), LAN_TEAM, 50, checked=5, checks_passed=3, checks_failed=1, **SAID)
    page = text_of(cast.client("an"), NATION)
    card = page[page.index('data-figure="checked"') :].split("</section>")[0]
    assert "75%" in card
    assert "trên 4 lượt" in card


def test_the_map_shows_what_was_chosen_with_its_interval_and_keeps_the_choice(cast: Cast) -> None:
    today = clock.today()
    work(LUNG_CU, today, LAN_TEAM, 60, outcome_finished=40, outcome_guided=20)
    client = cast.client("duc")
    assert "Xã Lũng Cú: 60 lượt" in text_of(client, PROVINCE)
    page = text_of(client, f"{PROVINCE}?map=finished")
    assert "Xã Lũng Cú: 67% (54–77%)" in page
    assert "Xong tại chỗ theo xã" in page
    assert re.search(r'class="shade-4[^"]*"><path[^>]*><title>Xã Lũng Cú', page)
    assert f"{COMMUNE}?period=7days&amp;map=finished" in page
    assert 'name="map" value="finished"' in page
    work(BA_DINH, today, BINH_TEAM, 29)
    assert "Phường Ba Đình: dưới 30 lượt" in text_of(cast.client("an"), f"/board/{HA_NOI}/?map=obstructed")
    assert "Lượt hỗ trợ theo tỉnh" in text_of(cast.client("an"), f"{NATION}?map=%F0%9F%98%80")


def test_a_board_names_the_communes_that_were_not_reached(cast: Cast) -> None:
    work(LUNG_CU, clock.today(), LAN_TEAM, 3)
    page = text_of(cast.client("duc"), PROVINCE)
    missing = re.search(r'id="unreached"><summary>(\d+) trên (\d+) xã', page)
    assert missing
    assert int(missing[1]) == int(missing[2]) - 1
    listed = page.split('id="unreached"')[1].split("</details>")[0]
    assert "Xã Lũng Cú<" not in listed
    assert listed.count("<li>") == int(missing[1])
    nation = text_of(cast.client("an"), NATION).split('id="unreached"')[1].split("</details>")[0]
    assert f"Tỉnh Tuyên Quang: {missing[1]}/{missing[2]}" in nation
    assert 'id="unreached"' not in text_of(cast.client("ha"), COMMUNE)
