"""The front page: for a visitor, and for each role its own work first."""

import pytest

from aoxanh.kernel import clock
from tests.cast import LAN_TEAM, LUNG_CU, TUYEN_QUANG
from tests.conftest import Cast
from tests.oversight.rows import work


def test_a_visitor_learns_what_this_is_and_where_to_sign_in(cast: Cast) -> None:
    page = cast.client(None).get("/").content.decode()
    assert 'href="/account/login/"' in page
    assert 'href="/field/"' in page
    assert "/board/" not in page


@pytest.mark.parametrize(
    ("who", "has", "lacks"),
    [
        ("lan", ["/field/", f"/board/{LUNG_CU}/team/{LAN_TEAM}/"], ["/board/VN/"]),
        ("ha", [f"/board/{LUNG_CU}/"], ["/board/VN/", f"/board/{TUYEN_QUANG}/"]),
        ("duc", [f"/board/{TUYEN_QUANG}/", "/teams/"], ["/board/VN/"]),
        ("an", ["/board/VN/"], []),
    ],
)
def test_each_role_finds_its_own_board_first(cast: Cast, who: str, has: list[str], lacks: list[str]) -> None:
    work(LUNG_CU, clock.today(), LAN_TEAM, 17)
    page = cast.client(who).get("/").content.decode()
    assert "<b>17</b>" in page
    assert all(f'href="{address}' in page for address in has)
    assert not any(f'href="{address}' in page for address in lacks)


def test_a_coordinator_sees_how_many_communes_are_silent(cast: Cast) -> None:
    work(LUNG_CU, clock.today(), LAN_TEAM, 1)
    assert "<b>3.320</b>" in cast.client("an").get("/").content.decode()


def test_the_menu_marks_the_page_one_is_on(cast: Cast) -> None:
    page = cast.client("an").get("/board/VN/").content.decode()
    assert page.count('aria-current="page"') == 1
    assert 'href="/board/" aria-current="page"' in page


def test_an_absent_page_says_what_to_do_next(cast: Cast) -> None:
    response = cast.client("lan").get("/nothing/here/")
    assert response.status_code == 404
    assert "<h1>" in response.content.decode()
