"""The pages of rosters refuse whatever is thrown at them, and what is kept about people goes when it should."""

import re
from datetime import timedelta
from itertools import product
from typing import Any

from django.db import transaction
from django.db.models import F
from django.test import Client

from aoxanh.kernel.scope import whole_nation
from aoxanh.people.models import Account, Volunteer
from aoxanh.privacy.actions import forget, retain
from aoxanh.staffing import roster_actions as actions
from aoxanh.staffing.models import CheckIn, Roster, RosterMember, Shift, ShiftAssignment, Swap, Wish
from aoxanh.staffing.roster_problem import seats_of
from tests.cast import LAN_TEAM, LUNG_CU, volunteer_id
from tests.conftest import Cast
from tests.staffing.duty import SYSTEM, a_published_roster, a_seat_today, at, fresh, monday, people_a_team

TEXTS = ("", "x" * 5000, "9" * 40, "٣", "9999-12-31")
PATTERN = "first_day weeks duty mobile market duty_vneid mobile_outreach mobile_police place km language"
SHIFT = "day half kind place km language seats_vneid seats_outreach"
ABSENCE = "first_day last_day half kind"


def fit_pattern() -> dict[str, Any]:
    return {
        "first_day": monday(3).isoformat(),
        "weeks": "1",
        "duty": ["0", "2"],
        "duty_vneid": "1",
        "place": "Nhà văn hoá",
        "km": "3",
    }


def throw(client: Client, address: str, fields: str, fit: dict[str, Any]) -> set[int]:
    """Send a form that is right but for one field, each time another; return the statuses."""
    seen = set()
    for name, text in product(fields.split(), TEXTS):
        with transaction.atomic():
            seen.add(client.post(address, fit | {name: text}).status_code)
            transaction.set_rollback(True)
    return seen


def test_no_form_about_rosters_is_answered_by_a_500(cast: Cast) -> None:
    with whole_nation():
        people_a_team()
        roster = a_published_roster()
        shift = Shift.objects.filter(roster=roster).first()
        seat = seats_of(roster).filter(volunteer=volunteer_id("lan")).first()
    assert shift is not None
    assert seat is not None
    minh, lan = cast.client("minh"), cast.client("lan")
    day = monday().isoformat()
    fit_shift = {"day": day, "half": "am", "kind": "mobile", "seats_outreach": "2", "place": "Chợ"}
    absent = {"first_day": day, "last_day": day, "half": "", "kind": "other"}
    expected = {200, 302, 400, 404, 409}
    base = f"/rosters/{roster.id}"
    assert throw(minh, f"/rosters/team/{LAN_TEAM}/", PATTERN, fit_pattern()) <= expected
    assert throw(minh, f"{base}/shifts/new/", SHIFT, fit_shift) <= expected
    assert throw(minh, f"{base}/shifts/{shift.id}/", SHIFT, fit_shift) <= expected
    assert (
        throw(minh, f"{base}/shifts/{shift.id}/seat/", "who verb", {"who": f"vneid:{volunteer_id('lan')}"})
        <= expected
    )
    assert (
        throw(
            minh, f"{base}/absence/", f"volunteer {ABSENCE}", absent | {"volunteer": str(volunteer_id("lan"))}
        )
        <= expected
    )
    assert (
        throw(cast.client("son"), "/rosters/", "first_day weeks", {"first_day": day, "weeks": "1"})
        <= expected
    )
    assert throw(lan, "/shifts/absences/", ABSENCE, absent) <= expected
    assert (
        throw(lan, "/shifts/wishes/", "likes weekday half", {"likes": "yes", "weekday": "1", "half": ""})
        <= expected
    )
    assert throw(lan, f"/shifts/{seat.shift_id}/swap/", "whom", {}) <= expected
    assert throw(lan, f"/shifts/{seat.shift_id}/sign-up/", "seat", {}) <= expected
    for query in ("?week=0", "?week=99", "?week=-1", "?week=x", "?week=٣", "?page=x", "?place=x"):
        assert minh.get(f"{base}/{query}").status_code in expected
        assert cast.client("son").get(f"/rosters/{query}").status_code in expected
    for token in ("x", "x" * 400, "%00", "..%2f"):
        assert cast.client(None).get(f"/calendar/{token}.ics").status_code in (400, 404)


def test_a_citizens_number_in_a_places_name_is_refused(cast: Cast) -> None:
    with whole_nation():
        people_a_team()
    answer = cast.client("minh").post(
        f"/rosters/team/{LAN_TEAM}/", fit_pattern() | {"place": "Nhà chị Mai 0912345678"}
    )
    assert answer.status_code == 200
    with whole_nation():
        assert not Roster.objects.exists()


def test_a_forgotten_volunteer_leaves_no_row_on_any_roster(cast: Cast) -> None:
    with whole_nation():
        people_a_team()
        a_published_roster()
        seat, lan = a_seat_today(), cast.actor("lan")
        actions.check_in(presences=[actions.Presence(Account().id, seat.shift_id, at(8))], by=lan)
        actions.make_feed_address(by=lan)
        actions.make_wish(likes=True, weekday=2, by=lan)
        actions.record_own_absence(facts=actions.AbsenceFacts(monday(9), monday(9)), by=lan)
        Swap.objects.create(
            shift=seat.shift,
            commune_id=seat.commune_id,
            giver_id=volunteer_id("minh"),
            taker_id=volunteer_id("lan"),
        )
    forget(username="lan", by="test")
    with whole_nation():
        assert not Volunteer.objects.filter(id=volunteer_id("lan")).exists()
        for model in (ShiftAssignment, CheckIn, RosterMember):
            assert not model.objects.filter(volunteer=volunteer_id("lan")).exists()
        assert not Swap.objects.exists()


def test_rosters_go_when_their_time_is_over_mended_ones_with_them(cast: Cast) -> None:
    with whole_nation():
        people_a_team()
        roster = a_published_roster()
        mend = actions.order_mend(roster=roster, by=SYSTEM)
        actions.draft_roster(roster_id=mend.id, by=SYSTEM)
        actions.publish_roster(roster=fresh(mend), by=SYSTEM)
        long_ago = timedelta(days=1001)
        Roster.objects.update(first_day=monday() - long_ago, last_day=monday() - long_ago + timedelta(days=6))
        for model in (Shift, ShiftAssignment):
            model.objects.update(day=F("day") - long_ago)
    for _night in range(3):
        retain(by="test")
    with whole_nation():
        assert not Roster.objects.exists()
        assert not ShiftAssignment.objects.exists()


def test_wishes_are_for_half_days_on_which_the_team_serves(cast: Cast) -> None:
    lan = cast.client("lan")
    page = lan.get("/shifts/").content.decode()
    offered = re.findall(r'<option value="(\d)">([^<]+)</option>', page.partition('name="weekday"')[2])[:7]
    days = dict(offered)
    assert days["5"].endswith("(sáng)")
    assert "6" not in days
    wish = {"likes": "yes", "weekday": "5"}
    assert "Buổi đó đội bạn không trực" in lan.post("/shifts/wishes/", wish | {"half": "pm"}).content.decode()
    assert lan.post("/shifts/wishes/", wish | {"half": "am"}).status_code == 302
    assert lan.post("/shifts/wishes/", {"likes": "yes", "weekday": "6", "half": ""}).status_code == 200
    with whole_nation():
        assert [(one.weekday, one.half) for one in Wish.objects.all()] == [(5, "am")]


def test_a_published_shift_on_a_sunday_afternoon_can_be_wished_for_and_an_idle_wish_says_so(
    cast: Cast,
) -> None:
    lan = cast.client("lan")
    with whole_nation():
        people_a_team()
        actions.make_wish(likes=True, weekday=6, half="pm", by=cast.actor("lan"))
    assert "Buổi đó đội bạn không trực." in lan.get("/shifts/").content.decode()
    with whole_nation():
        roster = a_published_roster()
        Shift.objects.create(
            roster=roster,
            commune_id=LUNG_CU,
            day=monday(1) + timedelta(days=6),
            half="pm",
            seats={"vneid": 1},
        )
    page = lan.get("/shifts/").content.decode()
    assert "Buổi đó đội bạn không trực." not in page
    assert "(chiều)" in page
