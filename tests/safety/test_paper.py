"""Badges on paper: printed by who leads the team, as a sheet whose codes lead to the badge's page."""

from datetime import timedelta
from typing import Any

import pytest

from aoxanh.kernel import clock
from aoxanh.people.badges import paper
from aoxanh.people.models import PrintedBadge
from tests.cast import LAN_TEAM, volunteer_id
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
ADDRESS = f"/teams/{LAN_TEAM}/badges/"


def form(name: str = "lan", days: int = 30) -> dict[str, Any]:
    return {"volunteers": [str(volunteer_id(name))], "last_day": str(clock.today() + timedelta(days=days))}


def test_the_leader_gets_a_sheet_whose_code_leads_to_a_printed_badge(cast: Cast, monkeypatch: Any) -> None:
    drawn: list[paper.Card] = []
    whole = paper.sheet

    def watch(cards: Any, words: Any, language: str) -> bytes:
        drawn.extend(cards)
        return whole(cards, words, language)

    monkeypatch.setattr(paper, "sheet", watch)
    client = cast.client("minh")
    answer = client.post(ADDRESS, form())
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    (card,) = drawn
    assert (card.name, card.team) == ("Vàng Thị Lan", "Đội hình Lũng Cú")
    page = client.get(card.address.removeprefix("http://testserver")).content.decode()
    assert 'class="verdict printed"' in page


def test_a_new_badge_ends_the_old_one_and_only_the_teams_own_get_one(cast: Cast) -> None:
    client = cast.client("minh")
    client.post(ADDRESS, form())
    client.post(ADDRESS, form())
    assert sorted(badge.revoked_at is None for badge in PrintedBadge.objects.all()) == [False, True]
    for wrong in (form("binh"), form(days=91), form(days=-1), {}):
        assert client.post(ADDRESS, wrong)["Content-Type"].startswith("text/html")
    assert PrintedBadge.objects.count() == 2


def test_a_lost_badge_is_taken_back_on_the_same_page(cast: Cast) -> None:
    client = cast.client("minh")
    client.post(ADDRESS, form())
    badge = PrintedBadge.objects.get()
    assert f"/badges/{badge.id}/revoke/" in client.get(ADDRESS).content.decode()
    client.post(f"/badges/{badge.id}/revoke/")
    badge.refresh_from_db()
    assert badge.revoked_at
