"""Being told in a browser: one's own alone, ended with the sign-in, and sent to those for whom something waits."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from aoxanh.audit.models import AuditEntry
from aoxanh.kernel import clock
from aoxanh.kernel.ids import uuid7
from aoxanh.kernel.scope import whole_nation
from aoxanh.oversight import push_queries as queries
from aoxanh.oversight import tasks
from aoxanh.oversight.actions import pushing
from aoxanh.oversight.models import Difficulty, PushSubscription, SupervisionTask
from aoxanh.oversight.pushing.keys import make_key
from aoxanh.people.actions import revoke_all_sessions
from aoxanh.people.actors import system
from aoxanh.people.models import Account, RoleAssignment
from aoxanh.privacy.actions import forget
from tests.cast import LUNG_CU, PASSWORD, TUYEN_QUANG, account_id
from tests.conftest import Cast
from tests.push_service import Browser, PushService, packed

CHROME = "Mozilla/5.0 (Linux; Android 14; SM-A146P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36"
PUSH = system("push")


@pytest.fixture
def service() -> Iterator[PushService]:
    with PushService.open() as opened:
        yield opened


@pytest.fixture(autouse=True)
def on(settings: Any, tmp_path: Path) -> None:
    """Push is on, and its service is a server on this machine: only this setting of the suite allows that."""
    settings.PUSH_KEY, settings.PUSH_CONTACT = tmp_path / "push-key", "mailto:operator@aoxanh.example"
    settings.PUSH_TO_LOOPBACK = True
    make_key(settings.PUSH_KEY)


def turn_on(client: Client, browser: Browser) -> UUID:
    assert client.post("/tasks/push/", browser.form, headers={"User-Agent": CHROME}).status_code == 302
    with whole_nation():
        return PushSubscription.objects.get(endpoint=browser.endpoint).id


def held() -> set[str]:
    with whole_nation():
        return {one.rpartition("/")[2] for one in PushSubscription.objects.values_list("endpoint", flat=True)}


def page(client: Client) -> str:
    return client.get("/tasks/").content.decode()


def a_task_for_minh() -> None:
    with whole_nation():
        SupervisionTask.objects.create(
            rule="own_alert", subject=f"alert:{uuid7()}", place_id=LUNG_CU, account_id=account_id("minh"), n=3,
            due_on=clock.today(),
        )  # fmt: skip


def told_now(attempt: int = 0) -> pushing.Again | None:
    """Send to whoever something waits for, as the morning does."""
    rounds = list(pushing.rounds_of(queries.browsers_waited_for()))
    answers = [pushing.send_round(ids=ids, attempt=attempt, by=PUSH) for ids in rounds]
    return answers[0] if answers else None


def test_without_a_key_no_page_speaks_of_it(cast: Cast, settings: Any) -> None:
    assert "Bật thông báo" in page(cast.client("minh"))
    settings.PUSH_KEY = settings.PUSH_KEY.with_name("none")
    assert "push" not in page(cast.client("minh"))
    assert (
        cast.client("minh").post("/tasks/push/", Browser("https://fcm.googleapis.com/1").form).status_code
        == 409
    )


def test_without_a_contact_neither(cast: Cast, settings: Any) -> None:
    settings.PUSH_CONTACT = ""
    assert "push" not in page(cast.client("minh"))


def test_a_browser_is_known_by_family_and_system_and_shown_to_its_owner_alone(
    cast: Cast, service: PushService
) -> None:
    minh = cast.client("minh")
    turn_on(minh, service.browser("a"))
    text = page(minh)
    assert "Chrome, Android" in text
    assert "SM-A146P" not in text
    assert service.url not in text
    assert "Chrome, Android" not in page(cast.client("son"))
    assert "Chrome, Android" not in page(cast.client("an"))


def test_who_waits_is_told_a_sentence_and_nothing_of_what_waits(cast: Cast, service: PushService) -> None:
    minh, lan, english = (service.browser(name) for name in ("minh", "lan", "english"))
    turn_on(cast.client("minh"), minh)
    turn_on(cast.client("lan"), lan)
    turn_on(cast.client("minh"), english)
    a_task_for_minh()
    assert told_now() is None
    (told,) = service.at("minh")
    said = minh.read(told)
    assert said == {
        "title": "Áo Xanh",
        "body": "Có việc đang chờ bạn. Mở “Việc cần làm” để xem.",
        "tag": "my-tasks",
    }
    assert service.at("english")
    assert service.at("lan") == []
    with whole_nation():
        assert PushSubscription.objects.get(
            account=account_id("minh"), endpoint=minh.endpoint
        ).last_success_at


def test_it_is_said_in_the_persons_language(cast: Cast, service: PushService) -> None:
    browser = service.browser("a")
    turn_on(cast.client("minh"), browser)
    Account.objects.filter(id=account_id("minh")).update(language="en")
    a_task_for_minh()
    told_now()
    assert browser.read(service.told[0])["body"] == "A task waits for you. Open “Tasks” to see it."


@pytest.mark.parametrize("why", ["closed", "put_off", "no_account"])
def test_nobody_is_told_for_whom_nothing_waits(cast: Cast, service: PushService, why: str) -> None:
    turn_on(cast.client("minh"), service.browser("a"))
    a_task_for_minh()
    with whole_nation():
        if why == "closed":
            SupervisionTask.objects.update(closed_at=clock.now(), outcome="gone")
        elif why == "put_off":
            SupervisionTask.objects.update(resting_until=clock.today() + timedelta(days=3))
        else:
            Account.objects.filter(id=account_id("minh")).update(is_active=False)
    told_now()
    assert service.told == []


def test_who_lost_the_account_since_a_round_was_ordered_is_not_told(cast: Cast, service: PushService) -> None:
    key = turn_on(cast.client("minh"), service.browser("a"))
    Account.objects.filter(id=account_id("minh")).update(is_active=False)
    assert pushing.send_round(ids=[key, uuid7()], attempt=0, by=PUSH) is None
    assert service.told == []


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_goes_at_once(cast: Cast, service: PushService, status: int) -> None:
    turn_on(cast.client("minh"), service.browser("a"))
    turn_on(cast.client("minh"), service.browser("b"))
    a_task_for_minh()
    service.answers["a"] = (status, {})
    assert told_now() is None
    assert held() == {"b"}


def test_a_browser_that_is_refused_goes_after_a_few_days_unless_it_is_taken_between(
    cast: Cast, service: PushService
) -> None:
    turn_on(cast.client("minh"), service.browser("a"))
    a_task_for_minh()
    service.answers["a"] = (403, {})
    for _day in range(pushing.MOST_REFUSALS - 1):
        told_now()
    del service.answers["a"]
    told_now()
    service.answers["a"] = (403, {})
    for _day in range(pushing.MOST_REFUSALS - 1):
        told_now()
    assert held() == {"a"}
    told_now()
    assert held() == set()


@pytest.mark.parametrize(
    ("status", "asked", "seconds"), [(429, "900", 900), (503, "1", 60), (500, "", 60), (429, "x", 60)]
)
def test_a_service_without_time_is_asked_again_when_it_said_and_not_sooner_than_we_would(
    cast: Cast, service: PushService, status: int, asked: str, seconds: int
) -> None:
    key = turn_on(cast.client("minh"), service.browser("a"))
    a_task_for_minh()
    service.answers["a"] = (status, {"Retry-After": asked})
    assert told_now() == pushing.Again([key], seconds)
    assert held() == {"a"}


def test_waiting_grows_and_ends(cast: Cast, service: PushService, caplog: pytest.LogCaptureFixture) -> None:
    turn_on(cast.client("minh"), service.browser("a"))
    a_task_for_minh()
    service.answers["a"] = (500, {})
    waits = [again.seconds for attempt in range(4) if (again := told_now(attempt))]
    assert waits == sorted(set(waits))
    assert len(waits) == 4
    with caplog.at_level(logging.INFO, "aoxanh.push"):
        assert told_now(4) is None
    assert service.url not in caplog.text
    assert "gave up on 1" in caplog.text


def test_what_was_agreed_for_another_key_of_the_site_goes_unsent(
    cast: Cast, service: PushService, settings: Any
) -> None:
    turn_on(cast.client("minh"), service.browser("a"))
    a_task_for_minh()
    settings.PUSH_KEY = settings.PUSH_KEY.with_name("another")
    make_key(settings.PUSH_KEY)
    told_now()
    assert (service.told, held()) == ([], set())


def test_a_stored_address_that_is_allowed_no_longer_is_not_posted_to(
    cast: Cast, service: PushService, settings: Any
) -> None:
    turn_on(cast.client("minh"), service.browser("a"))
    a_task_for_minh()
    settings.PUSH_TO_LOOPBACK = False
    told_now()
    assert service.told == []


@pytest.mark.parametrize(
    "changes",
    [{"endpoint": ""}, {"endpoint": "https://evil.example/x"}, {"endpoint": "http://127.0.0.1.evil.example/x"},
     {"endpoint": "https://fcm.googleapis.com:22/x"}, {"endpoint": "https://fcm.googleapis.com/" + "x" * 2000},
     {"endpoint": "https://fcm.googleapis.com/\x00"}, {"p256dh": ""}, {"p256dh": "x" * 5000}, {"p256dh": packed(b"\x04" * 65)},
     {"auth": "²" * 22}, {"auth": packed(b"x" * 17)}],
    ids=["none", "host", "suffix", "port", "long", "nul", "no_key", "long_key", "off_curve", "superscript", "long_auth"],
)  # fmt: skip
def test_what_cannot_be_used_is_refused(cast: Cast, service: PushService, changes: dict[str, str]) -> None:
    assert cast.client("minh").post("/tasks/push/", service.browser("a").form | changes).status_code == 400
    assert held() == set()


def test_nobody_needs_more_than_a_few_browsers(cast: Cast, service: PushService) -> None:
    for number in range(pushing.MOST_BROWSERS + 2):
        turn_on(cast.client("minh"), service.browser(str(number)))
    assert held() == {str(number + 2) for number in range(pushing.MOST_BROWSERS)}


def test_a_browser_turned_on_anew_is_one_browser(cast: Cast, service: PushService) -> None:
    minh = cast.client("minh")
    turn_on(minh, service.browser("a"))
    turn_on(minh, service.browser("a"))
    turn_on(minh, service.browser("b"))
    assert held() == {"b"}


def test_turning_off_ends_ones_own_browser_alone(cast: Cast, service: PushService) -> None:
    minh = cast.client("minh")
    key = turn_on(minh, service.browser("a"))
    for name in ("son", "an", "lan"):
        assert cast.client(name).post(f"/tasks/push/{key}/off/").status_code == 404
    assert held() == {"a"}
    assert minh.post(f"/tasks/push/{key}/off/").status_code == 302
    assert held() == set()


def test_signing_out_of_a_browser_ends_what_it_is_told_also_in_a_later_session(
    cast: Cast, service: PushService
) -> None:
    minh, elsewhere = cast.client("minh"), cast.client("minh")
    turn_on(minh, service.browser("a"))
    turn_on(elsewhere, service.browser("b"))
    minh.force_login(cast.account("minh"))
    assert minh.post("/account/logout/").status_code == 302
    assert held() == {"b"}


def test_somebody_else_signing_in_ends_what_the_one_before_was_told_there(
    cast: Cast, service: PushService
) -> None:
    shared = cast.client("minh")
    turn_on(shared, service.browser("a"))
    cookie = shared.cookies["push"].value
    other = Client()
    other.cookies["push"] = cookie
    other.post("/account/login/", {"login": "minh", "password": PASSWORD})
    assert held() == {"a"}
    other = Client()
    other.cookies["push"] = cookie
    assert other.post("/account/login/", {"login": "son", "password": PASSWORD}).status_code == 302
    assert held() == set()


def test_a_cookie_that_we_did_not_sign_ends_nothing(cast: Cast, service: PushService) -> None:
    key = turn_on(cast.client("minh"), service.browser("a"))
    for forged in (str(key), f"{key}:x:y", "x", ""):
        other = Client()
        other.cookies["push"] = forged
        assert other.post("/account/login/", {"login": "son", "password": PASSWORD}).status_code == 302
    assert held() == {"a"}


def test_who_turns_a_browser_on_takes_it_from_whoever_had_it(cast: Cast, service: PushService) -> None:
    browser = service.browser("a")
    turn_on(cast.client("minh"), browser)
    turn_on(cast.client("son"), browser)
    with whole_nation():
        assert PushSubscription.objects.get().account_id == account_id("son")


def test_a_lost_phone_ends_every_browser(cast: Cast, service: PushService) -> None:
    for name in ("a", "b"):
        turn_on(cast.client("minh"), service.browser(name))
    turn_on(cast.client("son"), service.browser("c"))
    duc = cast.actor("duc")
    with whole_nation():
        revoke_all_sessions(account=cast.account("minh"), by=duc)
    assert held() == {"c"}


def test_a_coordinator_ends_them_from_the_persons_page(cast: Cast, service: PushService) -> None:
    turn_on(cast.client("minh"), service.browser("a"))
    assert cast.client("son").post(f"/people/{account_id('minh')}/sign-out/").status_code == 302
    assert held() == set()


def test_a_new_password_ends_the_other_browsers(cast: Cast, service: PushService) -> None:
    minh, elsewhere = cast.client("minh"), cast.client("minh")
    turn_on(minh, service.browser("a"))
    turn_on(elsewhere, service.browser("b"))
    new = "một mật khẩu khác hẳn"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert minh.post("/account/password/change/", form).status_code == 302
    assert held() == {"a"}


def test_who_is_forgotten_is_told_nothing(cast: Cast, service: PushService) -> None:
    turn_on(cast.client("minh"), service.browser("a"))
    forget(username="minh", by="privacy")
    assert held() == set()


def test_the_audit_says_that_and_never_where(cast: Cast, service: PushService) -> None:
    minh = cast.client("minh")
    key = turn_on(minh, service.browser("a"))
    minh.post(f"/tasks/push/{key}/off/")
    entries = AuditEntry.objects.filter(action__startswith="oversight.push.").order_by("number")
    assert [entry.action for entry in entries] == ["oversight.push.on", "oversight.push.off"]
    assert not [entry for entry in entries if service.url in str(entry.details) + entry.subject]


def test_who_is_asked_something_is_told_within_the_day(cast: Cast, service: PushService) -> None:
    duc, son, an = (cast.client(name) for name in ("duc", "son", "an"))
    keys = {
        name: turn_on(client, service.browser(name))
        for name, client in (("duc", duc), ("son", son), ("an", an))
    }
    with whole_nation():
        SupervisionTask.objects.create(
            rule="difficulty_asked", subject="asked:x", place_id=TUYEN_QUANG, owner="province_coordinator", n=1, due_on=clock.today(),
        )  # fmt: skip
    everybody = [account_id(name) for name in ("duc", "son", "an")]
    assert queries.browsers_asked(everybody, TUYEN_QUANG) == [keys["duc"]]
    assert queries.browsers_asked([account_id("son")], TUYEN_QUANG) == []
    RoleAssignment.objects.filter(account=account_id("duc")).delete()
    assert queries.browsers_asked(everybody, TUYEN_QUANG) == []


def ordered_rounds() -> list[dict[str, Any]]:
    rows = ProcrastinateJob.objects.filter(task_name="oversight.push_round").order_by("id")
    return [row.args for row in rows]


def test_the_morning_orders_rounds_for_those_who_wait(
    cast: Cast, service: PushService, settings: Any
) -> None:
    key = turn_on(cast.client("minh"), service.browser("a"))
    turn_on(cast.client("lan"), service.browser("b"))
    a_task_for_minh()
    tasks.push_morning(timestamp=0)
    assert ordered_rounds() == [{"ids": [str(key)], "attempt": 0}]
    tasks.push_round(**ordered_rounds()[0])
    assert [told.path for told in service.told] == ["/a"]
    settings.PUSH_CONTACT = ""
    tasks.push_morning(timestamp=0)
    assert len(ordered_rounds()) == 1


@pytest.mark.parametrize("day", [True, False], ids=["day", "night"])
def test_what_is_put_to_a_unit_is_told_by_day_and_once(
    cast: Cast, service: PushService, monkeypatch: pytest.MonkeyPatch, day: bool
) -> None:
    key = turn_on(cast.client("duc"), service.browser("duc"))
    turn_on(cast.client("son"), service.browser("son"))
    monkeypatch.setattr(pushing, "is_daytime", lambda _moment: day)
    with whole_nation():
        Difficulty.objects.create(
            place_id=LUNG_CU, kind="difficulty", text="Ba bản xa không có sóng.", owner_id=TUYEN_QUANG,
            due=clock.today() + timedelta(days=5), made_on=clock.today(),
        )  # fmt: skip
    for _again in range(2):
        tasks.tell_who_is_asked(TUYEN_QUANG)
    assert ordered_rounds() == ([{"ids": [str(key)], "attempt": 0}] if day else [])


def test_each_round_goes_to_one_service_and_is_not_too_long(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pushing, "ROUND", 2)
    with whole_nation():
        rows = [
            PushSubscription.objects.create(account=cast.account("minh"), endpoint=f"https://{host}/{number}")
            for number in range(3)
            for host in ("a.example", "b.example")
        ]
    rounds = list(pushing.rounds_of([row.id for row in rows]))
    assert sorted(len(ids) for ids in rounds) == [1, 1, 2, 2]
    services = {row.id: row.endpoint.split("/")[2] for row in rows}
    assert [len({services[key] for key in ids}) for ids in rounds] == [1] * 4


def test_a_job_that_is_to_be_done_again_is_ordered_for_later(
    cast: Cast, service: PushService, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = turn_on(cast.client("minh"), service.browser("a"))
    a_task_for_minh()
    ordered: list[tuple[Any, Any]] = []

    class Later:
        def __init__(self, **how: Any) -> None:
            self.how = how

        def defer(self, **what: Any) -> None:
            ordered.append((self.how, what))

    monkeypatch.setattr(tasks.push_round, "configure", Later)
    service.answers["a"] = (429, {"Retry-After": "120"})
    tasks.push_round([str(key)], 1)
    assert ordered == [({"schedule_in": {"seconds": 300}}, {"ids": [str(key)], "attempt": 2})]
    service.answers.clear()
    tasks.push_round([str(key)], 2)
    assert len(ordered) == 1
