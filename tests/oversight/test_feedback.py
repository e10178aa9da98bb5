"""Feedback: three taps from nobody in particular; a complaint has one person, a day and an answer, and is never hidden by the team."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
from django.test import Client

from aoxanh.audit.models import AuditEntry
from aoxanh.kernel import clock
from aoxanh.kernel.scope import scope, whole_nation
from aoxanh.oversight import feedback_queries as queries
from aoxanh.oversight.actions import feedback as actions
from aoxanh.oversight.actions.feedback import FeedbackFacts, answer_complaint, give_feedback
from aoxanh.oversight.actions.tasks import refresh_tasks
from aoxanh.oversight.feedback_errors import (
    ComplaintAnswered,
    TooMuchFeedback,
    UnfitComplaintAnswer,
    UnfitFeedback,
)
from aoxanh.oversight.intervals import share
from aoxanh.oversight.models import Feedback, SupervisionTask
from aoxanh.oversight.team_voice import own_teams
from aoxanh.people.actors import system
from aoxanh.people.errors import NotAllowed
from aoxanh.people.models import Membership, RoleAssignment, Team, Volunteer
from aoxanh.privacy.errors import PersonalData
from aoxanh.staffing.models import Roster, Shift
from tests.cast import BINH_TEAM, FIRST_DAY, LAN_TEAM, LUNG_CU, account_id
from tests.conftest import Cast

GOOD = {"helped": "yes", "treated": "well", "waited": "short"}
BAD = {"helped": "no", "treated": "badly", "waited": "long"}
WORDS = "Đã gặp đội, đội xin lỗi và đổi giờ trực."


def team() -> Team:
    return Team.objects.select_related("commune__parent").get(id=LAN_TEAM)


def say(**told: Any) -> Feedback:
    return give_feedback(facts=FeedbackFacts(**{"team": team(), **GOOD, **told}))


def answer(cast: Cast, name: str, row: Feedback, words: str = WORDS) -> Feedback:
    by = cast.actor(name)
    with scope(by.scope):
        return answer_complaint(feedback_id=row.id, commune=LUNG_CU, answer=words, by=by)


def stored(row: Feedback) -> Feedback:
    with whole_nation():
        return Feedback.objects.get(id=row.id)


def test_praise_is_kept_and_asks_nobody_for_an_answer(cast: Cast) -> None:
    row = say(text="các bạn   rất nhiệt tình")
    assert (row.text, row.is_complaint, row.is_open, row.handler_id) == (
        "các bạn rất nhiệt tình",
        False,
        False,
        None,
    )
    with whole_nation():
        entry = AuditEntry.objects.get(action="oversight.feedback.given")
    assert (entry.actor, "text" in entry.details) == ("anonymous", False)


@pytest.mark.parametrize("told", [BAD, GOOD | {"wants_answer": True}], ids=["badly", "asks"])
def test_a_complaint_goes_to_the_secretary_with_five_days(cast: Cast, told: dict[str, Any]) -> None:
    row = say(**told)
    assert row.handler_id == account_id("son")
    assert row.due_at is not None
    assert timedelta(days=4.9) < row.due_at - clock.now() <= timedelta(days=5)


def test_a_secretary_who_serves_in_the_team_does_not_answer_for_it(cast: Cast) -> None:
    volunteer = Volunteer.objects.create(
        account_id=account_id("son"), full_name="Lò Văn Sơn", home_id=LUNG_CU
    )
    Membership.objects.create(team_id=LAN_TEAM, volunteer=volunteer, valid_from=FIRST_DAY)
    row = say(**BAD)
    assert row.handler_id == account_id("duc")
    with pytest.raises(NotAllowed):
        answer(cast, "son", row)


def test_without_a_secretary_the_province_answers(cast: Cast) -> None:
    RoleAssignment.objects.filter(account=account_id("son")).update(valid_to=clock.today())
    assert say(**BAD).handler_id == account_id("duc")


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"helped": ""}, UnfitFeedback),
        ({"treated": "kindly"}, UnfitFeedback),
        ({"waited": "\x00"}, UnfitFeedback),
        ({"text": "a" * 501}, UnfitFeedback),
        ({"text": "gọi tôi 0912 345 678"}, PersonalData),
    ],
    ids=["missing", "no_choice", "nul", "long", "number"],
)
def test_what_is_no_feedback_is_refused_and_nothing_is_kept(
    cast: Cast, told: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        say(**told)
    with whole_nation():
        assert not Feedback.objects.exists()


def test_no_team_gets_more_in_a_day_than_people_can_have_sent(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "MOST_A_DAY", 2)
    say()
    say()
    with pytest.raises(TooMuchFeedback):
        say()


@pytest.mark.parametrize("name", ["son", "duc"])
def test_who_is_in_charge_answers_once_and_the_citizen_reads_it_by_the_address(cast: Cast, name: str) -> None:
    row = say(**BAD)
    waiting = queries.said_by(LUNG_CU, row.id)
    assert waiting is not None
    assert (waiting.is_complaint, waiting.is_open, waiting.answer) == (True, True, "")
    answer(cast, name, row)
    told = queries.said_by(LUNG_CU, row.id)
    assert told is not None
    assert (told.is_open, told.answer) == (False, WORDS)
    assert stored(row).handler_id == account_id(name)
    with pytest.raises(ComplaintAnswered):
        answer(cast, name, row)


@pytest.mark.parametrize("name", ["lan", "minh", "ha", "an", "thu", "binh"])
def test_nobody_else_answers(cast: Cast, name: str) -> None:
    row = say(**BAD)
    with pytest.raises(NotAllowed):
        answer(cast, name, row)
    assert stored(row).is_open


@pytest.mark.parametrize(
    ("words", "refusal"),
    [("", UnfitComplaintAnswer), ("đã xong", UnfitComplaintAnswer), ("a" * 501, UnfitComplaintAnswer), ("Gọi số 0912345678 nhé", PersonalData)],
    ids=["empty", "short", "long", "number"],
)  # fmt: skip
def test_an_answer_has_words_and_nobodys_number(cast: Cast, words: str, refusal: type[Exception]) -> None:
    row = say(**BAD)
    with pytest.raises(refusal):
        answer(cast, "son", row, words)


def test_a_waiting_complaint_is_a_task_of_the_person_named_and_overdue_one_of_the_province(
    cast: Cast,
) -> None:
    row = say(**BAD)
    with whole_nation():
        Feedback.objects.filter(id=row.id).update(due_at=clock.now() - timedelta(days=1))
        refresh_tasks(by=system("test"))
        told = SupervisionTask.objects.filter(rule__startswith="complaint").order_by("rule")
        assert [(task.rule, task.account_id, task.owner, task.n) for task in told] == [
            ("complaint_overdue", None, "province_coordinator", 1),
            ("complaint_waiting", account_id("son"), "", 1),
        ]
    answer(cast, "son", row)
    with whole_nation():
        refresh_tasks(by=system("test"))
        assert not SupervisionTask.objects.filter(rule__startswith="complaint", closed_at=None).exists()


@pytest.mark.parametrize("gone", ["role", "account"])
def test_when_who_was_named_is_gone_the_task_goes_to_whoever_is_in_charge(cast: Cast, gone: str) -> None:
    row = say(**BAD)
    with whole_nation():
        if gone == "role":
            RoleAssignment.objects.filter(account=account_id("son")).update(valid_to=clock.today())
        else:
            Feedback.objects.filter(id=row.id).update(handler_id=UUID(int=7))
        refresh_tasks(by=system("test"))
        task = SupervisionTask.objects.get(rule="complaint_waiting")
    assert (task.account_id, task.owner, task.place_id) == (None, "commune_secretary", LUNG_CU)


def test_shares_by_team_come_with_their_interval(cast: Cast) -> None:
    for told in (GOOD, GOOD, BAD, {**GOOD, "treated": "fair"}):
        say(**told)
    by = cast.actor("duc")
    with scope(by.scope):
        (line,) = queries.tallies(by)
    assert (line.said, line.complaints, line.helped.value, line.well.value) == (4, 1, 0.75, 0.5)
    assert line.helped.low < 0.5
    assert line.helped.high > 0.9


@pytest.mark.parametrize("name", ["lan", "minh", "binh"])
def test_the_team_and_strangers_read_nothing_of_what_is_said(cast: Cast, name: str) -> None:
    say(**BAD)
    by = cast.actor(name)
    with scope(by.scope):
        assert not queries.feedback_visible_to(by).exists()
    assert cast.client(name).get("/feedback/").status_code == 404


def test_a_citizen_taps_three_times_on_a_page_without_cookie_or_script(cast: Cast) -> None:
    client, address = cast.client(None), f"/y/{LAN_TEAM}"
    asked = client.get(address)
    assert (asked.status_code, b"<script" in asked.content) == (200, False)
    assert client.post(address, {**GOOD, "helped": ""}).status_code == 400
    refused = client.post(address, {**BAD, "text": "số 0912345678"})
    assert (refused.status_code, "0912345678" in refused.content.decode()) == (422, True)
    told = client.post(address, BAD, follow=True)
    assert (told.status_code, dict(client.cookies)) == (200, {})
    with whole_nation():
        row = Feedback.objects.get()
    assert told.redirect_chain == [(f"/y/{LUNG_CU}/{row.id}", 302)]
    answer(cast, "son", row)
    assert WORDS in client.get(f"/y/{LUNG_CU}/{row.id}").content.decode()
    assert client.get(f"/y/{LUNG_CU}/{UUID(int=row.id.int + 1)}").status_code == 404


def test_what_fills_in_the_field_that_people_do_not_see_is_thanked_and_forgotten(cast: Cast) -> None:
    assert cast.client(None).post(f"/y/{LAN_TEAM}", {**BAD, "website": "x"}).status_code == 200
    with whole_nation():
        assert not Feedback.objects.exists()


def test_those_in_charge_see_complaints_first_and_answer_on_the_page(cast: Cast) -> None:
    say(text="rất tốt")
    row = say(**BAD, text="chờ mãi không ai gọi")
    client = cast.client("son")
    page = client.get("/feedback/").content.decode()
    assert page.index("chờ mãi không ai gọi") < page.index("rất tốt")
    address = f"/feedback/{LUNG_CU}/{row.id}/answer/"
    short = client.post(address, {"answer": "ừ"})
    assert (short.status_code, 'role="alert"' in short.content.decode()) == (400, True)
    assert client.post(address, {"answer": WORDS}).status_code == 302
    assert not stored(row).is_open


def test_the_poster_leads_to_the_teams_page(cast: Cast) -> None:
    page = cast.client("minh").get(f"/feedback/poster/{LAN_TEAM}/").content.decode()
    assert f"/y/{LAN_TEAM}" in page
    assert "<svg" in page


def test_a_leader_reads_what_is_said_of_the_own_team_but_no_complaint_and_of_no_other_team(
    cast: Cast,
) -> None:
    for number in range(4):
        say(text=f"lời khen thứ {number}")
    say(**BAD, text="bạn trực nói gắt")
    say_of_binhs_team("đội khác làm nhanh")
    by = cast.actor("minh")
    with scope(by.scope):
        (own,) = own_teams(by)
    assert own.tally is not None
    assert (own.team.id, own.tally.said, own.tally.complaints) == (LAN_TEAM, 5, 1)
    assert own.tally.helped == share(4, 5)
    assert own.remarks == [f"lời khen thứ {number}" for number in range(4)]
    page = cast.client("minh").get("/feedback/own/").content.decode()
    assert "lời khen thứ 3" in page
    assert "nói gắt" not in page
    assert "đội khác" not in page


def test_words_of_few_people_are_kept_from_the_teams_leader(cast: Cast) -> None:
    for number in range(4):
        say(text=f"lời khen thứ {number}")
    page = cast.client("minh").get("/feedback/own/").content.decode()
    assert "lời khen" not in page
    assert "từ 5 người" in page


@pytest.mark.parametrize("name", ["lan", "son", "duc", "an", "thu"])
def test_who_leads_no_team_has_no_page_of_an_own_team(cast: Cast, name: str) -> None:
    with scope(cast.actor(name).scope), pytest.raises(NotAllowed):
        own_teams(cast.actor(name))


def say_of_binhs_team(text: str) -> Feedback:
    other = Team.objects.select_related("commune__parent").get(id=BINH_TEAM)
    return give_feedback(facts=FeedbackFacts(team=other, **GOOD, text=text))


def a_shift_at(place: str, state: str = "published") -> None:
    today = clock.today()
    monday = today - timedelta(days=today.weekday())
    with whole_nation():
        roster = Roster.objects.create(
            team_id=LAN_TEAM,
            commune_id=LUNG_CU,
            first_day=monday,
            last_day=monday + timedelta(days=6),
            state=state,
        )
        Shift.objects.create(
            roster=roster, commune_id=LUNG_CU, day=today, half="am", kind="mobile", place=place
        )


def test_a_poster_of_a_place_tells_where_it_was_scanned(cast: Cast) -> None:
    a_shift_at("thôn Lô Lô Chải")
    a_shift_at("chợ nháp", state="draft")
    poster = cast.client("minh").get(f"/feedback/poster/{LAN_TEAM}/").content.decode()
    ((key, name),) = re.findall(r'<option value="([0-9a-f]{8})">([^<]+)', poster)
    assert name == "thôn Lô Lô Chải"
    printed = cast.client("minh").get(f"/feedback/poster/{LAN_TEAM}/", {"at": key}).content.decode()
    assert f"/y/{LAN_TEAM}?at={key}" in printed
    assert "thôn Lô Lô Chải" in Client().get(f"/y/{LAN_TEAM}?at={key}").content.decode()
    assert Client().post(f"/y/{LAN_TEAM}?at={key}", GOOD).status_code == 302
    with whole_nation():
        assert Feedback.objects.get().at == "thôn Lô Lô Chải"
    assert "thôn Lô Lô Chải" in cast.client("son").get("/feedback/").content.decode()


@pytest.mark.parametrize("at", ["0" * 8, "<script>", "thôn Lô Lô Chải", "x" * 5000, "%ff"], ids=["no-key", "markup", "name", "long", "bytes"])  # fmt: skip
def test_a_place_that_the_team_does_not_serve_is_never_taken_from_an_address(cast: Cast, at: str) -> None:
    a_shift_at("thôn Lô Lô Chải")
    assert Client().get(f"/y/{LAN_TEAM}", {"at": at}).status_code == 200
    assert Client().post(f"/y/{LAN_TEAM}?{urlencode({'at': at})}", GOOD).status_code == 302
    with whole_nation():
        assert Feedback.objects.get().at == ""
