"""The page behind a badge, as a citizen without an account meets it."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client

from aoxanh.kernel import clock
from aoxanh.kernel.scope import whole_nation
from aoxanh.people import actions as people
from aoxanh.people.models import Account, Membership, Team, Volunteer
from aoxanh.staffing.models import CheckIn
from aoxanh.web.safety import badge as page_of_badge
from tests.cast import LAN_TEAM, account_id, volunteer_id
from tests.conftest import Cast
from tests.safety.badges import BadgePhone
from tests.staffing.duty import a_seat_today

pytestmark = pytest.mark.django_db
SECONDS, MINUTES = timedelta(seconds=1), timedelta(minutes=1)


@pytest.fixture
def phone(cast: Cast) -> BadgePhone:
    made = BadgePhone()
    made.device = made.enrol("lan")  # type: ignore[attr-defined]
    return made


def look(token: str, language: str = "vi", status: int = 200) -> str:
    answer = Client().get(f"/b/{token}?lang={language}")
    assert answer.status_code == status
    return unescape(answer.content.decode())


def verdict(token: str) -> str:
    text = look(token)
    return text.partition('<section class="verdict ')[2].partition('"')[0]


def test_a_genuine_badge_shows_given_name_team_commune_and_limits(phone: BadgePhone) -> None:
    for language, words in (
        (
            "vi",
            [
                "Tình nguyện viên thật",
                "Đội hình Lũng Cú",
                "tỉnh Tuyên Quang",
                "mã OTP",
                "mật khẩu",
                "ảnh chụp",
            ],
        ),
        ("en", ["Genuine volunteer", "Đội hình Lũng Cú", "your one-time code (OTP)", "Report this person"]),
    ):
        text = look(phone.token(), language)
        assert '<p class="name">Lan</p>' in text
        assert "Vàng" not in text
        assert [word for word in words if word not in text] == []


def test_a_badge_lives_for_two_minutes_and_a_minute_ahead(phone: BadgePhone, monkeypatch: Any) -> None:
    start = clock.from_milliseconds(1_800_000_000_000)
    token = phone.token(start)
    for shift, expected in (
        (-61 * SECONDS, "early"), (-59 * SECONDS, "genuine"), (0 * SECONDS, "genuine"), (119 * SECONDS, "genuine"),
        (121 * SECONDS, "expired"), (5 * MINUTES, "expired"), (1440 * MINUTES, "expired"),
    ):  # fmt: skip
        monkeypatch.setattr(clock, "now", lambda shift=shift: start + shift)
        assert verdict(token) == expected, shift


def test_a_clock_that_is_a_day_off_is_explained_and_a_screenshot_is_not_excused(phone: BadgePhone) -> None:
    day = timedelta(days=1)
    assert "bật ngày giờ tự động" in look(phone.token(clock.now() - day))
    assert "bật ngày giờ tự động" in look(phone.token(clock.now() + day))
    assert "bật ngày giờ tự động" not in look(phone.token(clock.now() - 4 * MINUTES))


def test_what_has_expired_or_is_false_names_nobody(phone: BadgePhone, cast: Cast) -> None:
    for token in (phone.token(clock.now() - 5 * MINUTES), BadgePhone().token(), "nonsense", "A" * 5000):
        text = look(token)
        assert "Lan</p>" not in text
        assert "Đội hình Lũng Cú" not in text
        assert "<h1>Tình nguyện viên thật</h1>" not in text


def test_a_badge_ends_with_its_phone_its_account_and_its_team(phone: BadgePhone, cast: Cast) -> None:
    assert verdict(phone.token()) == "genuine"
    Account.objects.filter(id=account_id("lan")).update(is_active=False)
    assert verdict(phone.token()) == "revoked"
    Account.objects.filter(id=account_id("lan")).update(is_active=True)
    Membership.objects.filter(volunteer=volunteer_id("lan")).update(valid_to=clock.today())
    assert verdict(phone.token()) == "revoked"
    Membership.objects.filter(volunteer=volunteer_id("lan")).update(valid_to=None)
    people.revoke_device(device=phone.device, by=cast.actor("lan"))  # type: ignore[attr-defined]
    assert verdict(phone.token()) == "revoked"


def test_duty_follows_check_in_and_check_out(phone: BadgePhone) -> None:
    assert 'class="duty off"' in look(phone.token())
    with whole_nation():
        seat = a_seat_today()
        came = CheckIn.objects.create(
            id=phone.key_id, shift=seat.shift, commune_id=seat.commune_id, volunteer_id=seat.volunteer_id,
            day=seat.day, arrived_at=clock.now() - MINUTES,
        )  # fmt: skip
    assert 'class="duty here"' in look(phone.token())
    with whole_nation():
        came.left_at = clock.now()
        came.save()
    assert 'class="duty off"' in look(phone.token()) or 'class="duty rostered"' in look(phone.token())


def test_a_printed_badge_says_so_shows_no_name_and_can_be_taken_back(cast: Cast) -> None:
    from aoxanh.people.badges import tokens

    team, by = Team.objects.get(id=LAN_TEAM), cast.actor("minh")
    (badge,) = people.print_badges(
        team=team, volunteers=[volunteer_id("lan")], last_day=clock.today() + timedelta(days=30), by=by
    )
    token = tokens.printed(badge.id, badge.last_day, tokens.server_key("only for tests"))
    text = look(token)
    assert verdict(token) == "printed"
    assert 'class="name"' not in text
    assert "Đội hình Lũng Cú" in text
    people.revoke_printed_badge(badge=badge, by=by)
    assert verdict(token) == "revoked"
    forged = tokens.printed(badge.id, badge.last_day + timedelta(days=900), tokens.server_key("guessed"))
    assert verdict(forged) == "false"


def test_the_page_sets_no_cookie_and_is_kept_nowhere(phone: BadgePhone) -> None:
    answer = Client().get(f"/b/{phone.token()}")
    assert not answer.cookies
    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert "<script" not in answer.content.decode()


def test_the_log_holds_the_route_and_never_the_badge(phone: BadgePhone, caplog: Any) -> None:
    caplog.set_level("DEBUG")
    token = phone.token()
    look(token)
    lines = [record for record in caplog.records if record.name == "aoxanh.access"]
    assert [record.facts["route"] for record in lines] == ["badge"]  # type: ignore[attr-defined]
    assert token not in caplog.text
    assert "127.0.0.1" not in caplog.text


def test_a_machine_that_asks_without_end_has_to_wait(phone: BadgePhone, monkeypatch: Any) -> None:
    monkeypatch.setattr(page_of_badge.LOOKS, "most", 3)
    monkeypatch.setattr(page_of_badge.LOOKS, "_counts", type(page_of_badge.LOOKS._counts)())
    answers = [Client().get("/b/x").status_code for _ in range(5)]
    assert answers == [200, 200, 200, 429, 429]


def test_somebody_elses_volunteer_without_an_account_has_no_phone_badge(cast: Cast) -> None:
    phone = BadgePhone()
    phone.enrol("ha")
    assert Volunteer.objects.filter(account=account_id("ha")).count() == 0
    assert verdict(phone.token()) == "revoked"
