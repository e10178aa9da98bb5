"""What is entered by a citizen's code: once, from nobody who gave the help, so many a day, and a code that is none is refused."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from aoxanh.audit.models import AuditEntry
from aoxanh.desk import codes, entering
from aoxanh.desk.actions import enter_answer, note_check, note_return, receive_batch, take_answer
from aoxanh.desk.answer_tokens import Token
from aoxanh.desk.channels import Channel
from aoxanh.desk.entering import Entered
from aoxanh.desk.errors import (
    DailyLimitReached,
    EnteredAlready,
    OwnWork,
    ReturnTooLate,
    SeveralDays,
    TooManyWrongCodes,
    UnfitEntry,
    UnfitReturnDay,
    UnknownReturnCode,
)
from aoxanh.desk.models import CaseReturned, Confirmation, DailyFigure, WorkCheck
from aoxanh.desk.rollup import recompute_dirty_days
from aoxanh.kernel import clock
from aoxanh.kernel.ids import uuid7
from aoxanh.kernel.scope import scope, whole_nation
from aoxanh.people.errors import NotAllowed
from aoxanh.people.models import Role, RoleAssignment
from aoxanh.privacy.errors import PersonalData
from tests.cast import FIRST_DAY, LUNG_CU, account_id
from tests.conftest import Cast
from tests.desk.record_examples import a_batch, a_record

CODE, OTHER = "ABC234", "XYZ789"
JSON = "application/json"


pytestmark = pytest.mark.usefixtures("nobody_tried_yet")


def ago(days: int) -> date:
    return clock.today() - timedelta(days=days)


def help_given(cast: Cast, *, days: int = 3, code: str = CODE, **changes: Any) -> dict[str, Any]:
    record = a_record(day=ago(days), return_code=code, **changes)
    receipt = receive_batch(body=a_batch(record), device_id=uuid7(), by=cast.actor("lan"))
    assert [answer.status for answer in receipt.answers] == ["accepted"]
    return record


def withdraw(cast: Cast, record: dict[str, Any]) -> None:
    gone = {**record, "id": str(uuid7()), "revision": 1, "withdrawn": True, "reason": "ghi nhầm", "seq": 2}
    receive_batch(body=a_batch(gone), device_id=uuid7(), by=cast.actor("lan"))


def answer(cast: Cast, name: str = "ha", **told: Any) -> Entered:
    by = cast.actor(name)
    with scope(by.scope):
        return enter_answer(**{"code": CODE, "channel": "slip", "answer": "done", "by": by, **told})


def came_back(cast: Cast, name: str = "ha", **told: Any) -> Entered:
    by = cast.actor(name)
    with scope(by.scope):
        return note_return(**{"code": CODE, "why": "dossier", "happened_on": ago(0), "by": by, **told})


def check(cast: Cast, name: str = "duc", **told: Any) -> Entered:
    by = cast.actor(name)
    with scope(by.scope):
        return note_check(
            **{"code": CODE, "kind": "visit", "verdict": "passed", "reason": "", "by": by, **told}
        )


def counted(column: str) -> int:
    while recompute_dirty_days():
        pass
    with whole_nation():
        return sum(DailyFigure.objects.values_list(column, flat=True))


@pytest.mark.parametrize("channel", ["slip", "callback"])
def test_an_official_enters_an_answer_and_it_counts_by_its_channel(cast: Cast, channel: str) -> None:
    help_given(cast)
    assert answer(cast, channel=channel, code=" abc-234 ").is_new
    assert counted(f"said_{channel}") == 1
    with whole_nation():
        entry = AuditEntry.objects.get(action="desk.answer.entered")
    assert (entry.details, entry.actor.split()[0]) == (
        f'{{"channel":"{channel}"}}',
        f"account:{account_id('ha')}",
    )


def test_the_same_slip_again_changes_nothing_and_another_answer_is_refused(cast: Cast) -> None:
    help_given(cast)
    answer(cast)
    assert not answer(cast).is_new
    with pytest.raises(EnteredAlready):
        answer(cast, answer="not_helped")
    assert counted("said_slip") == 1


def test_a_call_takes_the_place_of_what_was_tapped_on_the_volunteers_phone(cast: Cast) -> None:
    record = help_given(cast)
    token = Token(LUNG_CU, ago(3), record["id"], CODE)
    take_answer(token=token, answer="done", channel=Channel.BUTTON)
    answer(cast, channel="callback", answer="not_helped")
    with whole_nation():
        assert list(Confirmation.objects.values_list("answer", "channel")) == [("not_helped", "callback")]


def test_a_returned_case_is_noted_once_and_counts_against_the_help(cast: Cast) -> None:
    help_given(cast, days=40, code=OTHER)
    help_given(cast)
    assert came_back(cast, happened_on=ago(1)).is_new
    assert not came_back(cast, why="person").is_new
    with whole_nation():
        assert list(CaseReturned.objects.values_list("why", "happened_on")) == [("dossier", ago(1))]
        assert AuditEntry.objects.filter(action="desk.case.returned").count() == 1
    assert counted("returned") == 1


@pytest.mark.parametrize(
    ("helped", "happened", "why", "refusal"),
    [
        (35, 4, "dossier", ReturnTooLate),
        (3, 3, "person", ReturnTooLate),
        (3, 5, "dossier", ReturnTooLate),
        (3, -1, "dossier", UnfitReturnDay),
        (3, 31, "dossier", UnfitReturnDay),
        (3, 0, "moved", UnfitEntry),
    ],
    ids=["after_thirty_days", "same_day", "before_the_help", "tomorrow", "told_too_late", "no_such_thing"],
)
def test_a_return_that_cannot_tell_against_the_help_is_refused(
    cast: Cast, helped: int, happened: int, why: str, refusal: type[Exception]
) -> None:
    help_given(cast, days=helped)
    with pytest.raises(refusal):
        came_back(cast, happened_on=ago(happened), why=why)
    assert counted("returned") == 0


def test_a_dossier_may_be_returned_on_the_day_of_the_help(cast: Cast) -> None:
    help_given(cast, days=3)
    assert came_back(cast, happened_on=ago(3)).is_new


def test_the_latest_help_before_the_return_is_meant(cast: Cast) -> None:
    for days in (20, 6, 1):
        help_given(cast, days=days)
    assert came_back(cast, happened_on=ago(2)).help.day == ago(6)


def test_a_code_of_several_days_asks_for_the_day(cast: Cast) -> None:
    for days in (6, 1):
        help_given(cast, days=days)
    with pytest.raises(SeveralDays):
        answer(cast)
    with pytest.raises(UnknownReturnCode):
        answer(cast, day=ago(2))
    assert answer(cast, day=ago(6)).help.day == ago(6)


@pytest.mark.parametrize("code", ["", "ABC", "ABC23", "O00000", OTHER, "ABC234X", "\x00BC234", "١٢٣٤٥٦"])
def test_a_code_that_nobody_holds_is_told_so(cast: Cast, code: str) -> None:
    help_given(cast)
    for enter in (answer, came_back, check):
        with pytest.raises(UnknownReturnCode):
            enter(cast, code=code)


def test_a_withdrawn_record_hides_its_code_and_its_answer_counts_no_more(cast: Cast) -> None:
    record = help_given(cast)
    answer(cast)
    assert counted("said_slip") == 1
    withdraw(cast, record)
    assert (counted("said_slip"), counted("asked")) == (0, 0)
    for enter in (answer, came_back, check):
        with pytest.raises(UnknownReturnCode):
            enter(cast)


def test_the_pages_of_recorded_work_show_a_code_only_while_it_stands(cast: Cast) -> None:
    record = help_given(cast)
    client = cast.client("ha")
    assert CODE in client.get("/sessions/").content.decode()
    withdraw(cast, record)
    page = client.get("/sessions/").content.decode()
    assert "đã rút lại, không tính" in page
    assert CODE not in page


def test_work_that_helped_nobody_has_no_code(cast: Cast) -> None:
    help_given(cast, activity="outreach", procedure=None, quantity=20)
    with pytest.raises(UnknownReturnCode):
        answer(cast)


@pytest.mark.parametrize(
    ("enter", "allowed"),
    [(answer, {"ha"}), (came_back, {"ha"}), (check, {"duc"})],
    ids=["answer", "return", "check"],
)
def test_only_who_may_enters_and_only_within_reach(
    cast: Cast, enter: Callable[..., Entered], allowed: set[str]
) -> None:
    help_given(cast)
    for name in {"lan", "minh", "ha", "son", "duc", "an", "thu", "binh"} - allowed:
        with pytest.raises(NotAllowed):
            enter(cast, name)


@pytest.mark.parametrize(
    ("name", "why"), [("lan", "gave the help"), ("minh", "leads the team")], ids=["volunteer", "leader"]
)
def test_nobody_enters_what_is_said_of_their_own_or_their_teams_work(cast: Cast, name: str, why: str) -> None:
    RoleAssignment.objects.create(
        account_id=account_id(name), role=Role.PASC_OFFICIAL, place_id=LUNG_CU, valid_from=FIRST_DAY
    )
    help_given(cast)
    for enter in (answer, came_back):
        with pytest.raises(OwnWork):
            enter(cast, name)
    assert counted("said_slip") == 0, why


def test_one_person_enters_only_so_many_a_day(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(entering.MOST_A_DAY, "slip", 2)
    for code in ("AAAAAA", "BBBBBB", "CCCCCC"):
        help_given(cast, code=code)
    answer(cast, code="AAAAAA")
    answer(cast, code="BBBBBB")
    with pytest.raises(DailyLimitReached):
        answer(cast, code="CCCCCC")
    assert counted("said_slip") == 2
    answer(cast, code="CCCCCC", channel="callback")


def test_who_keeps_guessing_codes_has_to_wait(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes, "MOST_WRONG", 3)
    help_given(cast)
    for _number in range(3):
        with pytest.raises(UnknownReturnCode):
            answer(cast, code=OTHER)
    with pytest.raises(TooManyWrongCodes):
        answer(cast)
    assert check(cast).is_new, "somebody else is not kept waiting"


def test_a_second_look_counts_and_what_is_not_right_needs_a_reason(cast: Cast) -> None:
    help_given(cast)
    with pytest.raises(UnfitEntry):
        check(cast, verdict="failed")
    with pytest.raises(UnfitEntry):
        check(cast, kind="file")
    with pytest.raises(PersonalData):
        check(cast, verdict="failed", reason="gọi cô ấy 0912345678")
    assert check(cast).is_new
    assert not check(cast).is_new
    with pytest.raises(EnteredAlready):
        check(cast, verdict="failed", reason="chưa giúp")
    assert check(cast, kind="test", verdict="failed", reason="gõ thay người dân").is_new
    assert (counted("checked"), counted("checks_passed"), counted("checks_failed")) == (1, 0, 1)
    with whole_nation():
        assert WorkCheck.objects.count() == 2


def test_the_page_takes_a_slip_and_says_what_is_wrong_with_a_code(cast: Cast) -> None:
    help_given(cast)
    client = cast.client("ha")
    wrong = client.post("/codes/answers/", {"code": OTHER, "channel": "slip", "answer": "done"})
    assert (wrong.status_code, 'role="alert"' in wrong.content.decode()) == (404, True)
    done = client.post("/codes/answers/", {"code": CODE, "channel": "slip", "answer": "done"}, follow=True)
    assert done.status_code == 200
    assert 'value="slip" required checked' in done.content.decode()
    back = client.post("/codes/returns/", {"code": CODE, "why": "person"})
    assert back.status_code == 302
    assert (counted("said_slip"), counted("returned")) == (1, 1)


def test_slips_to_print_have_the_three_answers_and_a_place_for_the_code(cast: Cast) -> None:
    page = cast.client("ha").get("/codes/slips/").content.decode()
    assert page.count('class="slip"') == 8
    assert page.count("Tôi không được giúp") == 8
    assert page.count('<p class="boxes"') == 8


def test_a_program_enters_the_same_and_may_send_it_again(cast: Cast) -> None:
    help_given(cast)
    client = cast.client("ha")
    told = {"code": CODE, "channel": "callback", "answer": "not_yet"}
    first = client.post("/api/v1/codes/answers", told, JSON)
    again = client.post("/api/v1/codes/answers", told, JSON)
    assert [one.json()["already"] for one in (first, again)] == [False, True]
    back = {"code": CODE, "why": "dossier", "happened_on": str(clock.today())}
    assert client.post("/api/v1/codes/returns", back, JSON).json()["day"] == str(ago(3))
    refused = client.post("/api/v1/codes/returns", {**back, "code": OTHER}, JSON)
    assert (refused.status_code, refused.json()["error"]["code"]) == (404, "unknown_return_code")
    looked = {"code": CODE, "kind": "test", "verdict": "passed"}
    assert cast.client("duc").post("/api/v1/codes/checks", looked, JSON).json()["already"] is False
