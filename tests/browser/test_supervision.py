"""A team goes silent: a task for its leader, handed up, a visit by the province, its checklist filled in where there is no network."""

import re
import subprocess
import sys
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from aoxanh.kernel import clock
from tests.browser.office import page_of
from tests.browser.phone import Phone
from tests.browser.readable import is_readable
from tests.browser.road import Lost, Message, Road
from tests.browser.visit_steps import NOTE, expect_on_phone, fill_in_checklist, plan_visit, see_on_phone
from tests.cast import LAN_TEAM, LUNG_CU
from tests.site import LiveSite

pytestmark = pytest.mark.browser
# Three shifts of the past weeks without a session, then what the worker does each morning.
SILENT_MORNING = """
import sys, datetime, django; django.setup()
from aoxanh.kernel import clock
from aoxanh.kernel.scope import whole_nation
from aoxanh.oversight.tasks import open_and_close_tasks
from aoxanh.staffing.models import Roster, Shift
today, team, commune = clock.today(), sys.argv[1], sys.argv[2]
with whole_nation():
    first = today - datetime.timedelta(days=14)
    roster = Roster.objects.create(team_id=team, commune_id=commune, first_day=first, last_day=today, state="published")
    for ago in (1, 3, 5):
        Shift.objects.create(roster=roster, commune_id=commune, day=today - datetime.timedelta(days=ago), half="am", seats={"outreach": 2})
open_and_close_tasks(timestamp=0)
"""


@pytest.fixture
def site(live_site: LiveSite) -> LiveSite:
    return live_site


def test_a_silent_team_is_visited_and_the_visit_told_from_where_there_is_no_network(
    new_phone: Callable[..., Phone], office: Browser, site: LiveSite, road: Road
) -> None:
    arguments = [sys.executable, "-c", SILENT_MORNING, str(LAN_TEAM), LUNG_CU]
    subprocess.run(arguments, env=site.environment, check=True)
    handed_up(office, site)
    duc = planned(office, site)

    phone = new_phone(road.url)
    phone.sign_in("duc", site.password)
    see_on_phone(phone)
    phone.go_offline()
    fill_in_checklist(phone)
    phone.expect_state("1 mục chưa gửi")
    phone.kill()
    phone.start_again(offline=True)
    phone.open("visits")
    expect_on_phone(phone, "chưa gửi")
    stays_until_handed_in(phone)
    assert told(site) == []

    handed_in(phone, road)
    assert told(site) == [(clock.today(), 1, "needs_work", "done", "not_seen", NOTE, "done")]
    closed = site.sql("SELECT outcome FROM oversight_supervisiontask WHERE rule = 'silent_team'")
    assert closed == [("done",)]
    assert duc.goto(f"{site.url}/tasks/")
    expect(duc.get_by_text("Không có việc nào đang chờ bạn")).to_be_visible()
    seen_by_the_commune(office, site)


def handed_up(office: Browser, site: LiveSite) -> None:
    """Let the leader see the task and hand it to the secretary, and the secretary to the province."""
    for name, width in (("minh", 360), ("son", 1280)):
        page = page_of(office, site, name, width)
        page.goto(f"{site.url}/tasks/")
        task = page.locator("#task-silent_team")
        expect(task).to_contain_text("3 ca trực gần nhất không có lượt hỗ trợ nào được ghi")
        is_readable(page)
        task.locator("summary").click()
        expect(task.get_by_role("button", name="Chuyển lên")).to_be_visible()
        is_readable(page)
        task.get_by_role("button", name="Chuyển lên").click()
        expect(page.get_by_role("alert")).to_be_visible()
        task.get_by_label("Kết quả hoặc lý do").fill("Máy của đội hỏng, cần cấp trên xem giúp.")
        task.get_by_role("button", name="Chuyển lên").click()
        expect(page.get_by_text("Đã ghi")).to_be_visible()
        expect(task).to_have_count(0)


def planned(office: Browser, site: LiveSite) -> Page:
    """Let the coordinator see what was handed up, and plan a visit."""
    duc = page_of(office, site, "duc", 1280)
    duc.goto(f"{site.url}/tasks/")
    expect(duc.locator("#task-silent_team")).to_contain_text("được chuyển lên")
    plan_visit(duc, site.url)
    for width in (360, 1280):
        duc.set_viewport_size({"width": width, "height": 800})
        is_readable(duc)
    return duc


def stays_until_handed_in(phone: Phone) -> None:
    phone.open("settings")
    phone.page.click("#log-out")
    expect(phone.page.locator("#leaving .notice")).to_be_visible()
    expect(phone.page.locator("#log-out-sure")).to_have_count(0)
    phone.open("visits")


def handed_in(phone: Phone, road: Road) -> None:
    """Lose the first answer on its way back, so that the phone has to tell again what the server has already."""
    answers: list[bytes] = []

    def lose_first(message: Message) -> None:
        if message.path == "/api/v1/visits/reports":
            answers.append(message.body)
            if len(answers) == 1:
                raise Lost

    road.after.append(lose_first)
    phone.go_online()
    phone.notice_network()
    while not answers:
        phone.page.wait_for_timeout(50)
    expect_on_phone(phone, "chưa gửi")
    phone.notice_network()
    expect_on_phone(phone, "đã gửi")
    phone.expect_all_sent()
    assert [re.findall(rb'"status": ?"(\w+)"', body) for body in answers] == [[b"accepted"], [b"already"]]


def told(site: LiveSite) -> list[tuple[object, ...]]:
    return site.sql(
        "SELECT seen_on, version, marks->>'point_open', marks->>'no_codes', marks->>'signs_up', note, state"
        " FROM oversight_visit WHERE commune_id = %s AND report_id IS NOT NULL",
        LUNG_CU,
    )


def seen_by_the_commune(office: Browser, site: LiveSite) -> None:
    """The secretary reads what was right and what was not; before, the visit was not known there."""
    son = page_of(office, site, "son", 360)
    son.goto(f"{site.url}/visits/place/{LUNG_CU}/")
    expect(son.get_by_text("Đạt 1 trên 2 điểm đã xem.")).to_be_visible()
    expect(son.get_by_text("Điểm hỗ trợ mở đúng giờ")).to_be_visible()
    expect(son.get_by_text(NOTE)).to_be_visible()
    is_readable(son)
