"""Tasks come by themselves, one a rule and subject, reach only who answers for them, and close when their cause is gone."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any

import pytest

from aoxanh.desk.models import DailyFigure, Handover
from aoxanh.kernel import clock
from aoxanh.kernel.errors import DomainError
from aoxanh.kernel.ids import uuid7
from aoxanh.kernel.scope import scope, whole_nation
from aoxanh.oversight import supervision_queries as queries
from aoxanh.oversight.actions import (
    DifficultyFacts,
    answer_difficulty,
    hand_up_difficulty,
    raise_difficulty,
    tasks,
)
from aoxanh.oversight.models import Difficulty, SupervisionTask
from aoxanh.oversight.supervision.rules import Measured, changes, policy, urgency, wanted
from aoxanh.oversight.tasks import tell_who_is_asked
from aoxanh.people.actors import system
from aoxanh.places.models import Place
from aoxanh.staffing.models import Roster, Shift
from tests.cast import LAN_TEAM, LUNG_CU, TUYEN_QUANG
from tests.conftest import Cast

TODAY = date(2026, 7, 20)
RULES = [alert.name for alert in policy().alerts]


def roster_with_shifts(days: list[int]) -> None:
    """Give Lan's team a published roster with a shift so many days ago each."""
    with whole_nation():
        first = clock.today() - timedelta(days=14)
        roster = Roster.objects.create(
            team_id=LAN_TEAM, commune_id=LUNG_CU, first_day=first, last_day=first + timedelta(days=20), state="published"
        )  # fmt: skip
        for ago in days:
            day = clock.today() - timedelta(days=ago)
            Shift.objects.create(roster=roster, commune_id=LUNG_CU, day=day, half="am", seats={"outreach": 2})


def morning() -> tasks.Refreshed:
    with whole_nation():
        return tasks.refresh_tasks(by=system("supervision"))


def seen_by(cast: Cast, name: str) -> list[str]:
    by = cast.actor(name)
    with scope(by.scope):
        return sorted(row.rule for row in queries.inbox(by))


def worked(ago: int) -> None:
    with whole_nation():
        day = clock.today() - timedelta(days=ago)
        DailyFigure.objects.create(commune_code=LUNG_CU, day=day, team_id=LAN_TEAM, sessions=4)


def test_a_team_silent_for_three_shifts_is_a_task_of_its_leader_until_it_works_again(cast: Cast) -> None:
    roster_with_shifts([1, 3, 5, 8])
    worked(8)
    assert morning().opened == 1
    assert morning() == tasks.Refreshed(0, 1, 0)
    assert seen_by(cast, "minh") == ["silent_team"]
    assert [seen_by(cast, name) for name in ("lan", "son", "ha", "duc", "an", "thu", "binh")] == [[]] * 7
    worked(1)
    assert morning().closed == 1
    assert seen_by(cast, "minh") == []


def test_two_silent_shifts_and_shifts_of_today_are_no_task(cast: Cast) -> None:
    roster_with_shifts([0, 1, 3, 5])
    worked(5)
    assert morning().opened == 0


def test_a_task_past_due_is_also_seen_one_floor_above_and_can_be_handed_on(cast: Cast) -> None:
    roster_with_shifts([1, 3, 5])
    morning()
    with whole_nation():
        SupervisionTask.objects.update(due_on=clock.today() - timedelta(days=1))
        task = SupervisionTask.objects.get()
    assert seen_by(cast, "son") == ["silent_team"]
    assert seen_by(cast, "duc") == []
    son = cast.actor("son")
    with scope(son.scope):
        tasks.hand_on_task(task_id=task.id, reason="Đội thiếu người phụ trách", by=son)
    assert seen_by(cast, "minh") == []
    with scope(son.scope):
        tasks.hand_on_task(task_id=task.id, reason="Cần tỉnh cử người", by=son)
    assert seen_by(cast, "duc") == ["silent_team"]
    duc = cast.actor("duc")
    with scope(duc.scope), pytest.raises(DomainError):
        tasks.hand_on_task(task_id=task.id, reason="không còn ai", by=duc)


def test_what_was_dealt_with_rests_and_comes_back_only_afterwards(cast: Cast) -> None:
    roster_with_shifts([1, 3, 5])
    morning()
    minh = cast.actor("minh")
    with scope(minh.scope):
        task = queries.inbox(minh).get()
        tasks.settle_task(task_id=task.id, reason="Đã gọi, mai đội trực lại", by=minh)
    assert morning().opened == 0
    with whole_nation():
        SupervisionTask.objects.update(resting_until=clock.today())
    assert morning().opened == 1


@pytest.mark.parametrize(
    ("days", "reason", "code"),
    [(0, "bận", "unfit_step"), (15, "bận", "unfit_step"), (3, " ", "unfit_step"), (3, "gọi 0912 345 678", "personal_data"), (3, "x" * 281, "unfit_step")],
)  # fmt: skip
def test_putting_off_asks_for_a_near_day_and_a_reason_without_personal_data(
    cast: Cast, days: int, reason: str, code: str
) -> None:
    roster_with_shifts([1, 3, 5])
    morning()
    minh = cast.actor("minh")
    with scope(minh.scope):
        task = queries.inbox(minh).get()
        with pytest.raises(DomainError) as refused:
            tasks.put_off_task(
                task_id=task.id, until=clock.today() + timedelta(days=days), reason=reason, by=minh
            )
    assert refused.value.code == code


@pytest.mark.parametrize("name", ["lan", "ha", "duc", "an", "thu", "binh"])
def test_nobody_else_can_deal_with_a_task(cast: Cast, name: str) -> None:
    roster_with_shifts([1, 3, 5])
    morning()
    with whole_nation():
        task = SupervisionTask.objects.get()
    by = cast.actor(name)
    with scope(by.scope), pytest.raises(DomainError) as refused:
        tasks.settle_task(task_id=task.id, by=by)
    assert refused.value.code == "no_such_task"


def test_a_long_queue_is_the_secretarys_and_the_inbox_tells_how_many_more_there_are(cast: Cast) -> None:
    with whole_nation():
        for _ in range(10):
            Handover.objects.create(
                commune_code=LUNG_CU, day=clock.today(), id=uuid7(), team_id=LAN_TEAM, reason="police"
            )
        for number in range(20):
            SupervisionTask.objects.create(
                rule="question_overdue",
                subject=f"x:{number}",
                place_id=LUNG_CU,
                owner="commune_secretary",
                n=1,
                due_on=clock.today(),
            )
    by = cast.actor("son")
    with whole_nation():
        SupervisionTask.objects.filter(subject="x:0").update(due_on=clock.today() - timedelta(days=5))
    with scope(by.scope):
        shown = queries.shown_inbox(by)
        assert (len(shown.tasks), shown.more) == (policy().most_shown, 20 - policy().most_shown)
        assert shown.tasks[0].subject == "x:0"
    morning()
    assert seen_by(cast, "son") == ["long_queue"]
    page = cast.client("son").get("/tasks/")
    assert b'class="count">1<' in page.content


def put_to(owner: str, days: int, how_many: int = 1) -> None:
    """Let the commune raise difficulties that a unit is to answer in so many days."""
    with whole_nation():
        for number in range(how_many):
            Difficulty.objects.create(
                place_id=LUNG_CU, kind="difficulty", text=f"Thiếu {number + 1} máy quét.", owner_id=owner,
                due=clock.today() + timedelta(days=days),
            )  # fmt: skip


def test_what_a_unit_was_to_settle_itself_is_its_task_once_the_day_is_past(cast: Cast) -> None:
    put_to(LUNG_CU, 0)
    put_to(LUNG_CU, -1)
    assert morning().opened == 1
    assert {name: seen_by(cast, name) for name in ("son", "duc", "minh", "ha", "an", "binh")} == {
        "son": ["difficulty_overdue"], "duc": [], "minh": [], "ha": [], "an": [], "binh": []
    }  # fmt: skip


def test_what_is_put_to_a_unit_above_is_its_task_by_the_day_agreed(cast: Cast) -> None:
    put_to(TUYEN_QUANG, 5, 2)
    put_to(TUYEN_QUANG, 9)
    put_to("VN", 3)
    assert morning().opened == 3
    assert {name: seen_by(cast, name) for name in ("son", "duc", "minh", "ha", "an", "binh")} == {
        "son": [], "duc": ["difficulty_asked"] * 2, "minh": [], "ha": [], "an": ["difficulty_asked"], "binh": []
    }  # fmt: skip
    with whole_nation():
        days = SupervisionTask.objects.filter(place=TUYEN_QUANG).values_list("due_on", "n")
        assert sorted(days) == [
            (clock.today() + timedelta(days=5), 2),
            (clock.today() + timedelta(days=9), 1),
        ]
    page = cast.client("duc").get("/tasks/").content.decode()
    assert "2 khó khăn hoặc đề xuất" in page
    assert 'href="/briefing/">Giao ban tuần' in page
    with whole_nation():
        Difficulty.objects.filter(owner=TUYEN_QUANG).update(answer="Tỉnh đã cấp.", answered_at=clock.now())
    assert morning().closed == 2
    assert seen_by(cast, "duc") == []


def test_the_task_is_there_as_soon_as_the_entry_is_and_goes_with_the_answer(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    son, duc, an = (cast.actor(name) for name in ("son", "duc", "an"))
    with whole_nation():
        commune, province = (
            Place.objects.select_related("parent").get(code=code) for code in (LUNG_CU, TUYEN_QUANG)
        )
    day = clock.today() + timedelta(days=4)
    facts = DifficultyFacts(commune, "difficulty", "Ba bản xa không có sóng.", province, day)

    def asked_after(step: Callable[[], Difficulty], owners: list[str]) -> tuple[list[str], list[str]]:
        """Take a step, do the jobs that it ordered, and return what is in the inboxes of the province and the centre."""
        with django_capture_on_commit_callbacks() as ordered:
            step()
        assert [job.keywords for job in ordered] == [{"owner_code": owner} for owner in owners]
        for owner in owners:
            tell_who_is_asked(owner_code=owner)
        return seen_by(cast, "duc"), seen_by(cast, "an")

    with scope(son.scope):
        assert asked_after(lambda: raise_difficulty(facts=facts, by=son), [TUYEN_QUANG]) == (
            ["difficulty_asked"],
            [],
        )
        entry = Difficulty.objects.get(text=facts.text)
    with scope(duc.scope):
        step = partial(hand_up_difficulty, entry_id=entry.id, by=duc)
        assert asked_after(step, [TUYEN_QUANG, "VN"]) == ([], ["difficulty_asked"])
    with scope(an.scope):
        step = partial(answer_difficulty, entry_id=entry.id, answer="Đã có bộ phát.", by=an)
        assert asked_after(step, ["VN"]) == ([], [])


@pytest.mark.parametrize("seed", range(40))
def test_after_any_morning_the_open_tasks_are_those_there_should_be(seed: int) -> None:
    random = Random(seed)
    held: set[tuple[str, str]] = set()
    for _ in range(5):
        measured = [
            Measured(random.choice(RULES), f"team:{random.randrange(6)}", LUNG_CU, random.randrange(20))
            for _ in range(12)
        ]
        due = wanted(measured, policy().alerts, TODAY)
        assert len({task.key for task in due}) == len(due)
        todo = changes(due, held, {}, TODAY)
        held = (held | {task.key for task in todo.open}) - set(todo.close)
        assert held == {task.key for task in due}
        again = changes(due, held, {}, TODAY)
        assert (again.open, again.close) == ((), ())


@pytest.mark.parametrize("n", [0, 1, 2, 3, 9, 10, 11])
def test_a_task_comes_from_its_threshold_on(n: int) -> None:
    for alert in policy().alerts:
        found = wanted([Measured(alert.name, "team:1", LUNG_CU, n)], policy().alerts, TODAY)
        assert bool(found) == (n >= alert.threshold)


def test_each_day_past_due_makes_a_task_press_more() -> None:
    pressing = [urgency(TODAY - timedelta(days=days), 1, 0, TODAY) for days in range(-8, 9)]
    assert pressing == sorted(pressing)
    assert len(set(pressing)) == len(pressing)


def test_every_alert_is_whole_in_both_languages() -> None:
    facts: dict[str, Any] = {"n": 3}
    for alert in policy().alerts:
        for language in ("vi", "en"):
            assert alert.title.within(language)
            assert "3" in alert.say.within(language, **facts)
