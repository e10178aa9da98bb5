"""The list of teams: found by place, read page by page, founded from."""

from uuid import uuid4

from django.urls import reverse
from tests.cast import FIRST_DAY, HA_NOI, LUNG_CU, TUYEN_QUANG

from aoxanh.people.models import Team
from aoxanh.web.people.teams import PAGE


def text(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_a_secretary_of_one_commune_founds_a_team_from_the_list_without_choosing_a_place(cast):
    page = text(cast.client("son").get(reverse("teams")))
    assert f"{reverse('team_new')}?place={LUNG_CU}" in page
    assert 'name="place"' not in page


def test_the_centre_chooses_a_province_and_sees_only_its_teams(cast):
    client = cast.client("an")
    assert 'name="place"' in text(client.get(reverse("teams")))
    shown = text(client.get(reverse("teams"), {"place": TUYEN_QUANG}))
    assert "Đội hình Lũng Cú" in shown
    assert "Đội hình Ba Đình" not in shown
    assert "Đội hình Ba Đình" in text(client.get(reverse("teams"), {"place": HA_NOI}))


def test_every_team_is_reached_page_by_page_and_a_wrong_page_shows_one_that_is_there(cast):
    Team.objects.bulk_create(
        Team(id=uuid4(), commune_id=LUNG_CU, name=f"Tổ {number:03}", active_from=FIRST_DAY)
        for number in range(PAGE + 5)
    )
    client = cast.client("son")
    pages = [text(client.get(reverse("teams"), {"page": page})) for page in (1, 2)]
    assert all(any(f"Tổ {number:03}<" in page for page in pages) for number in range(PAGE + 5))
    assert "?page=2" in pages[0]
    for odd in ("0", "-1", "99", "x", "9" * 30):
        assert "Đội hình" in text(client.get(reverse("teams"), {"page": odd}))
