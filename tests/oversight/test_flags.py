"""Questions about figures: asked by the weekly look alone, seen by three people, answered, talked over, appealed, closed with a reason."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest

from aoxanh.audit.models import AuditEntry
from aoxanh.desk.models import Confirmation, SupportSession
from aoxanh.kernel import clock
from aoxanh.kernel.errors import DomainError
from aoxanh.kernel.ids import uuid7
from aoxanh.kernel.scope import scope, whole_nation
from aoxanh.oversight import flag_queries
from aoxanh.oversight.actions import flags as actions
from aoxanh.oversight.errors import FlagMovedOn, NobodyElse, UnfitWords
from aoxanh.oversight.models import Flag
from aoxanh.people.actors import system
from aoxanh.people.errors import NotAllowed
from aoxanh.people.models import Membership, RoleAssignment
from aoxanh.places.queries import place_by_code
from aoxanh.privacy.errors import PersonalData
from aoxanh.procedures.models import Procedure
from tests.cast import LAN_TEAM, LUNG_CU, TUYEN_QUANG, account_id, volunteer_id
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
PEERS, WEEKS = 60, 6


def asked(**more: Any) -> Flag:
    """Return an open question about Lan's figures, which Minh is to talk over with her."""
    today = clock.today()
    told = {
        "commune_id": LUNG_CU, "team_id": LAN_TEAM, "volunteer_id": volunteer_id("lan"), "coach_id": account_id("minh"),
        "first_day": today - timedelta(days=50), "last_day": today, "due_on": today + timedelta(days=10),
        "evidence": [{"key": "night", "by": "day", "hits": 5, "units": 9, "expected": 0.1, "peers": 40, "days": [today.isoformat()]}],
    }  # fmt: skip
    with whole_nation():
        return Flag.objects.create(**told | more)


def take(cast: Cast, name: str, step: Callable[..., Flag], **told: Any) -> Flag:
    """Let one of the cast take a step within their own reach, as a request does."""
    by = cast.actor(name)
    with scope(by.scope):
        return step(by=by, **told)


def a_session(who: UUID, day: Any, hour: float, **told: Any) -> SupportSession:
    id_ = uuid7()
    saved = datetime.combine(day, time(), clock.VIETNAM).astimezone(UTC) + timedelta(hours=hour)
    minutes = 6 + (id_.int >> 3) % 27
    values = {
        "commune_code": LUNG_CU, "day": day, "id": id_, "root_id": id_, "volunteer_id": who, "team_id": LAN_TEAM, "device_id": who,
        "seq": 1, "schema": 1, "activity": "procedure", "mode": "home", "outcome": "finished" if id_.int % 2 else "guided",
        "obstacle": "none", "minutes": minutes, "captured_at": saved, "sha256": "0" * 64,
        "age_band": ("young", "middle", "old")[id_.int % 3],
    }  # fmt: skip
    return SupportSession(**values | told)


def a_campaign() -> None:
    """Let sixty people work as people do, and Lan record most of her days deep in the night."""
    codes = list(Procedure.objects.values_list("code", flat=True)[:9])
    first = clock.today() - timedelta(days=7 * WEEKS)
    rows = []
    for number in range(PEERS):
        who = uuid7()
        for day in range(number % 3, 7 * WEEKS, 3):
            times = [
                8 + ((number * 7 + day * 3 + turn * 11) % 80) / 10 for turn in range(1 + (number + day) % 5)
            ]
            rows += [
                a_session(who, first + timedelta(days=day), hour, procedure_id=codes[(number + turn) % 9])
                for turn, hour in enumerate(times)
            ]
    for day in range(0, 7 * WEEKS - 1, 4):
        rows += [
            a_session(
                volunteer_id("lan"), first + timedelta(days=day), 22.3 + turn / 5, procedure_id=codes[turn]
            )
            for turn in range(7)
        ]
    with whole_nation():
        SupportSession.objects.bulk_create(rows, batch_size=500)


def answers(asked: int, confirmed_by_peers: int, confirmed_by_lan: int) -> None:
    """Let everybody give codes in `asked` sessions of ordinary days, of which so many are confirmed, evenly over the days."""
    first = clock.today() - timedelta(days=7 * WEEKS)
    codes = list(Procedure.objects.values_list("code", flat=True)[:9])
    rows, told = [], []
    people = [(uuid7(), confirmed_by_peers) for _ in range(PEERS)]
    for who, confirmed in [*people, (volunteer_id("lan"), confirmed_by_lan)]:
        for number in range(asked):
            hour = 8 + (number * 7 + who.int % 11) % 80 / 10
            day = first + timedelta(days=number * 11 % (7 * WEEKS))
            code = f"{number:06}"
            row = a_session(who, day, hour, procedure_id=codes[number % 9], return_code=code)
            rows.append(row)
            if number * 7 % asked < confirmed:
                told.append(
                    Confirmation(
                        commune_code=LUNG_CU, day=day, id=row.id, code=code, channel="qr", answer="done"
                    )
                )
    with whole_nation():
        SupportSession.objects.bulk_create(rows, batch_size=500)
        Confirmation.objects.bulk_create(told, batch_size=500)


def look(**more: Any) -> list[Flag]:
    return actions.look_at_province(province=place_by_code(TUYEN_QUANG), by=system("test"), **more)


def test_who_records_at_night_what_nobody_else_does_is_asked_and_only_they_are() -> None:
    a_campaign()
    [flag] = look()
    assert (flag.volunteer_id, flag.coach_id, flag.state) == (volunteer_id("lan"), account_id("minh"), "open")
    night = next(one for one in flag.evidence if one["key"] == "night")
    assert (night["hits"], night["units"], len(night["days"])) == (11, 11, 11)
    assert str(volunteer_id("lan")) not in str(flag.evidence)
    assert flag.due_on > clock.today()


def test_a_second_look_asks_nothing_twice_not_even_after_the_end(cast: Cast) -> None:
    a_campaign()
    [flag] = look()
    assert look() == []
    take(cast, "lan", actions.explain_flag, flag_id=flag.id, words="Ban đêm mới có điện")
    take(cast, "minh", actions.close_flag, flag_id=flag.id, outcome="fine", words="Đúng vậy")
    assert look() == []


def test_a_coach_is_given_no_more_than_can_be_talked_over(monkeypatch: pytest.MonkeyPatch) -> None:
    a_campaign()
    monkeypatch.setattr(actions, "MOST_A_COACH", 0)
    assert look() == []


def test_who_is_confirmed_far_less_than_comparable_people_is_asked_about_it() -> None:
    answers(asked=40, confirmed_by_peers=24, confirmed_by_lan=1)
    [flag] = look()
    assert flag.volunteer_id == volunteer_id("lan")
    [reason] = [one for one in flag.evidence if one["key"] == "confirmed"]
    assert (reason["hits"], reason["units"], reason["days"]) == (39, 40, [])
    assert 14 <= reason["expected"] <= 18


def test_where_hardly_anybody_is_confirmed_or_one_a_little_less_nobody_is_asked() -> None:
    answers(asked=40, confirmed_by_peers=2, confirmed_by_lan=0)
    assert look() == []
    answers(asked=40, confirmed_by_peers=24, confirmed_by_lan=22)
    assert look() == []


def test_corrected_and_withdrawn_work_is_compared_as_it_stands() -> None:
    a_campaign()
    with whole_nation():
        for row in SupportSession.objects.filter(volunteer_id=volunteer_id("lan")):
            row.pk = (row.commune_code, row.day, uuid7())
            row.revision, row.withdrawn, row.reason = 1, True, "Ghi nhầm"
            row.save(force_insert=True)
    assert look() == []


def test_nobody_chooses_whom_to_look_at(cast: Cast) -> None:
    for name in ("son", "duc", "an"):
        with pytest.raises(NotAllowed):
            actions.look_at_province(province=place_by_code(TUYEN_QUANG), by=cast.actor(name))


def test_a_question_whose_coach_has_left_goes_to_who_is_in_charge() -> None:
    a_campaign()
    with whole_nation():
        flag = asked()
        Membership.objects.filter(volunteer=volunteer_id("minh")).update(valid_to=clock.today())
    look()
    with whole_nation():
        flag.refresh_from_db()
    assert flag.coach_id == account_id("son")


def test_the_leader_is_talked_with_by_the_secretary() -> None:
    with whole_nation():
        team = Membership.objects.get(volunteer=volunteer_id("minh")).team
        assert actions.coaching.coach_for(team, volunteer_id("minh")) == account_id("son")
        assert actions.coaching.coach_for(team, volunteer_id("lan")) == account_id("minh")


def test_a_question_goes_from_word_to_talk_to_its_end(cast: Cast) -> None:
    flag = asked()
    take(cast, "lan", actions.explain_flag, flag_id=flag.id, words="  Bản em   chỉ có sóng lúc khuya ")
    take(cast, "minh", actions.coach_flag, flag_id=flag.id, words="Đã nghe bạn kể")
    closed = take(cast, "minh", actions.close_flag, flag_id=flag.id, outcome="fine", words="Lý do rõ ràng")
    assert (closed.answer, closed.outcome, closed.is_open) == ("Bản em chỉ có sóng lúc khuya", "fine", False)
    told = AuditEntry.objects.filter(subject=f"question:{flag.id}").order_by("number")
    assert list(told.values_list("action", flat=True)) == [
        f"oversight.flag.{step}" for step in ("explained", "coached", "closed")
    ]
    assert all("khuya" not in entry.details for entry in told)


def test_an_appeal_is_read_by_somebody_else_who_alone_may_end_it(cast: Cast) -> None:
    flag = asked()
    appealed = take(cast, "lan", actions.appeal_flag, flag_id=flag.id, words="Em thấy khác")
    assert appealed.reader_id == account_id("son") != appealed.coach_id
    for name in ("minh", "duc", "lan"):
        with pytest.raises(NotAllowed):
            take(cast, name, actions.close_flag, flag_id=flag.id, outcome="shown", words="x")
    with pytest.raises(FlagMovedOn):
        take(cast, "minh", actions.coach_flag, flag_id=flag.id, words="x")
    assert (
        take(
            cast, "son", actions.close_flag, flag_id=flag.id, outcome="unfounded", words="Bạn nói đúng"
        ).outcome
        == "unfounded"
    )


def test_where_nobody_else_is_in_charge_an_appeal_says_so_and_changes_nothing(cast: Cast) -> None:
    flag = asked()
    with whole_nation():
        RoleAssignment.objects.filter(account__in=[account_id("son"), account_id("duc")]).update(
            valid_to=clock.today()
        )
    with pytest.raises(NobodyElse):
        take(cast, "lan", actions.appeal_flag, flag_id=flag.id, words="Em thấy khác")
    with whole_nation():
        flag.refresh_from_db()
    assert flag.state == "open"


def test_a_coach_cannot_end_what_nobody_has_spoken_about(cast: Cast) -> None:
    flag = asked()
    with pytest.raises(FlagMovedOn):
        take(cast, "minh", actions.close_flag, flag_id=flag.id, outcome="shown", words="x")


@pytest.mark.parametrize("name", ["lan", "minh", "ha", "son", "duc", "an", "thu", "binh"])
def test_only_the_person_asked_and_the_coach_see_a_question(cast: Cast, name: str) -> None:
    flag = asked()
    with whole_nation():
        seen = flag_queries.flag_seen_by(cast.actor(name), flag.id)
    assert (seen is not None) == (name in ("lan", "minh"))


def test_a_coach_without_the_role_sees_nothing_any_more(cast: Cast) -> None:
    flag = asked()
    with whole_nation():
        RoleAssignment.objects.filter(account=account_id("minh")).update(valid_to=clock.today())
        assert flag_queries.flag_seen_by(cast.actor("minh"), flag.id) is None


@pytest.mark.parametrize("words", ["", "   ", "x" * 1001], ids=["none", "blank", "too long"])
def test_words_must_be_said_and_fit(cast: Cast, words: str) -> None:
    flag = asked()
    with pytest.raises(UnfitWords):
        take(cast, "lan", actions.explain_flag, flag_id=flag.id, words=words)


def test_personal_data_of_a_citizen_are_refused_in_every_text(cast: Cast) -> None:
    flag, number = asked(), "số 0912345678"
    steps: list[tuple[Any, str, dict[str, str]]] = [
        (actions.explain_flag, "lan", {}),
        (actions.appeal_flag, "lan", {}),
        (actions.coach_flag, "minh", {}),
    ]
    for step, name, more in steps:
        with pytest.raises(PersonalData):
            take(cast, name, step, flag_id=flag.id, words=number, **more)


def test_the_page_asks_kindly_and_shows_figures_that_can_be_counted_again(cast: Cast) -> None:
    flag = asked()
    page = cast.client("lan").get(f"/questions/{flag.id}/").content.decode()
    assert "Số liệu này khác với đồng đội. Bạn kể giúp chuyện gì đã xảy ra?" in page
    assert "5 trên 9 ngày" in page
    assert "40 người khác" in page


def test_a_refused_word_stays_in_the_form(cast: Cast) -> None:
    flag = asked()
    answer = cast.client("lan").post(f"/questions/{flag.id}/explain/", {"words": "gọi 0912345678 nhé"})
    assert answer.status_code == 422
    assert "gọi 0912345678 nhé" in answer.content.decode()


@pytest.mark.parametrize("words", ["\x00", "\ud800", "a" * 100_000], ids=["nul", "surrogate", "long"])
@pytest.mark.parametrize("step", ["explain", "coach", "appeal", "close", "nothing"])
def test_hostile_words_are_refused_and_break_nothing(cast: Cast, step: str, words: str) -> None:
    flag = asked()
    form = f"words={words}&words={words}&outcome={words}".encode(errors="surrogatepass")
    for name in ("lan", "minh"):
        answer = cast.client(name).post(
            f"/questions/{flag.id}/{step}/", form, content_type="application/x-www-form-urlencoded"
        )
        assert answer.status_code in (400, 404, 409, 422)


def test_a_refusal_is_a_domain_error_with_a_remedy() -> None:
    for refusal in (FlagMovedOn(), NobodyElse(), UnfitWords()):
        assert isinstance(refusal, DomainError)
        assert refusal.remedy_text
