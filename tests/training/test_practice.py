"""Observed practice: each observation once, by who answers for the volunteer, and only of what the checklist asks."""

from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.urls import reverse

from aoxanh.desk import vocabulary
from aoxanh.kernel import clock
from aoxanh.kernel.ids import uuid7
from aoxanh.kernel.scope import scope
from aoxanh.training import queries as training
from aoxanh.training.actions import Observed, record_observations
from aoxanh.training.models import Observation, SkillGroup
from aoxanh.training.next_steps import LEAST_TIMES, OBSTACLES, next_steps
from aoxanh.training.practice import checklists
from aoxanh.training.practice_queries import unmet
from aoxanh.training.watched import NEEDS_WORK, NOT_SEEN
from tests.cast import BINH_TEAM, LAN_TEAM, volunteer_id
from tests.conftest import Cast

LAN, MINH, BINH = volunteer_id("lan"), volunteer_id("minh"), volunteer_id("binh")
MODULES = {f"{course.code}/{module.id}" for course in training.courses() for module in course.modules}


def observed(**changes: Any) -> Observed:
    checklist = checklists()[changes.pop("checklist", "conduct")]
    told: dict[str, Any] = {
        "id": uuid7(), "volunteer": LAN, "team": LAN_TEAM, "day": clock.today(), "checklist": checklist.code,
        "version": checklist.latest.version, "marks": dict.fromkeys(checklist.latest.ids, "done"), "note": "",
    }  # fmt: skip
    return Observed(**(told | changes))


def told(cast: Cast, name: str, *some: Observed) -> list[str]:
    by = cast.actor(name)
    with scope(by.scope):
        answers = record_observations(observed=some, by=by)
    return [answer.code or answer.status for answer in answers]


def test_an_observation_told_in_any_order_and_number_counts_once(cast: Cast) -> None:
    some = [observed(), observed(checklist="vneid"), observed(checklist="services")]
    random = Random(5)
    for _ in range(6):
        batch = random.choices(some, k=4)
        assert set(told(cast, "minh", *batch)) <= {"accepted", "already"}
    assert told(cast, "minh", *some) == ["already"] * 3
    with scope(cast.actor("minh").scope):
        assert Observation.objects.count() == 3


@pytest.mark.parametrize(
    ("name", "changes", "code"),
    [
        ("minh", {"volunteer": MINH}, "not_oneself"),
        ("lan", {}, "not_your_team"),
        ("lan", {"volunteer": MINH}, "not_your_team"),
        ("minh", {"volunteer": BINH, "team": BINH_TEAM}, "not_your_team"),
        ("minh", {"team": BINH_TEAM}, "not_your_team"),
        ("binh", {}, "not_your_team"),
        ("an", {}, "not_your_team"),
        ("minh", {"day": clock.today() - timedelta(days=61)}, "wrong_day"),
        ("minh", {"day": clock.today() + timedelta(days=2)}, "wrong_day"),
        ("minh", {"version": 99}, "unknown_checklist"),
        ("minh", {"marks": {}}, "unfit_marks"),
        ("minh", {"marks": {"own_hands": "done"}}, "unfit_marks"),
        ("minh", {"note": "gọi mẹ bạn ấy 0912 345 678"}, "personal_data"),
        ("minh", {"note": "a\x00b"}, "unreadable_text"),
        ("son", {}, "accepted"),
        ("ha", {}, "accepted"),
        ("duc", {}, "accepted"),
        ("minh", {"note": "Nói chậm, dễ hiểu."}, "accepted"),
    ],
)
def test_who_may_observe_whom_and_what_is_refused_is_told(
    cast: Cast, name: str, changes: dict[str, Any], code: str
) -> None:
    assert told(cast, name, observed(**changes)) == [code]


def test_a_form_on_which_nothing_was_seen_is_refused(cast: Cast) -> None:
    nothing = dict.fromkeys(checklists()["conduct"].latest.ids, NOT_SEEN)
    assert told(cast, "minh", observed(marks=nothing)) == ["nothing_seen"]


def test_an_id_belongs_to_who_told_it_first(cast: Cast) -> None:
    mine = observed()
    assert told(cast, "minh", mine) == ["accepted"]
    assert told(cast, "son", mine) == ["id_taken"]


def test_the_last_time_a_point_was_seen_decides(cast: Cast) -> None:
    ids = sorted(checklists()["conduct"].latest.ids)

    def marks(first: str, second: str) -> dict[str, str]:
        return dict.fromkeys(ids, "done") | {ids[0]: first, ids[1]: second}

    rows = [
        Observation(checklist="conduct", marks=marks(NOT_SEEN, "done")),
        Observation(checklist="conduct", marks=marks(NEEDS_WORK, NEEDS_WORK)),
        Observation(checklist="conduct", marks=marks("done", NEEDS_WORK)),
    ]
    assert unmet(rows) == [("conduct", ids[0])]


def test_checklists_are_whole_in_both_languages_and_every_point_has_its_module(db: None) -> None:
    groups = set(SkillGroup.objects.values_list("code", flat=True))
    covered = set()
    for code, checklist in checklists().items():
        assert checklist.code == code
        assert checklist.group in {"", *groups}
        covered.add(checklist.group)
        numbers = [one.version for one in checklist.versions]
        assert numbers == sorted(set(numbers), reverse=True)
        for version in checklist.versions:
            assert 4 <= len(version.points) == len(version.ids) <= 10
            for point in version.points:
                assert point.vi.strip()
                assert point.en.strip()
                assert point.module in MODULES
    assert covered == {"", *groups}


def test_every_obstacle_leads_to_a_module_that_exists_or_says_nothing() -> None:
    assert set(OBSTACLES) == {str(one) for one in vocabulary.Obstacle} - {"none", "other"}
    assert set(OBSTACLES.values()) <= MODULES


@pytest.mark.parametrize("seed", range(30))
def test_what_to_learn_next_names_only_what_was_met_and_puts_practice_first(seed: int) -> None:
    random = Random(seed)
    met = {name: random.randint(0, 20) for name in random.sample(sorted([*OBSTACLES, "other"]), 5)}
    sessions = sum(met.values()) + random.randint(0, 100)
    points = [(code, point.id) for code, one in checklists().items() for point in one.latest.points]
    wanting = random.sample(points, random.randint(0, 3))
    steps = next_steps(met=met, sessions=sessions, unmet=wanting, courses=training.courses())
    assert len(steps) <= 4
    assert len({(step.course.code, step.module.id) for step in steps}) == len(steps)
    kinds = [step.reasons[0].point is not None for step in steps]
    assert kinds == sorted(kinds, reverse=True)
    for step in steps:
        for reason in step.reasons:
            if reason.obstacle:
                assert (reason.times, reason.of) == (met[reason.obstacle], sessions)
                assert reason.times >= LEAST_TIMES
                assert reason.times * 10 >= sessions
    if wanting:
        assert steps
    assert next_steps(met={"otp": 2}, sessions=2, unmet=[], courses=training.courses()) == []


def test_the_phone_gets_whom_it_may_observe_and_its_own_record_only(cast: Cast) -> None:
    marks = dict.fromkeys(checklists()["conduct"].latest.ids, "done") | {"no_codes": NEEDS_WORK}
    one = observed(marks=marks, note="Nhớ quay đi khi cô chú gõ mã.")
    body = {"observations": [vars_of(one)]}
    minh = cast.client("minh")
    answer = minh.post("/api/v1/growth/observations", body, content_type="application/json").json()
    assert [each["status"] for each in answer["results"]] == ["accepted"]
    mine = minh.get("/api/v1/growth").json()
    assert {member["volunteer"] for member in mine["members"]} == {str(LAN)}
    assert mine["own"]["seen"] == []
    lan = cast.client("lan").get("/api/v1/growth").json()
    assert lan["members"] == []
    assert [(each["done"], each["watched"]) for each in lan["own"]["seen"]] == [(len(marks) - 1, len(marks))]
    assert [step["module"] for step in lan["own"]["steps"]] == ["secrets"]
    assert cast.client("an").get("/api/v1/growth").json()["own"] is None


def test_a_record_shows_its_reasons_to_its_owner_and_the_leader_and_to_nobody_else(cast: Cast) -> None:
    marks = dict.fromkeys(checklists()["conduct"].latest.ids, "done") | {"no_codes": NEEDS_WORK}
    assert told(cast, "minh", observed(marks=marks)) == ["accepted"]
    page = reverse("volunteer_record", args=[LAN])
    for name in ("lan", "minh"):
        text = cast.client(name).get(page).content.decode()
        assert "/learn/conduct/secrets/" in text
        assert "cần rèn thêm" in text
    assert cast.client("binh").get(page).status_code == 404
    assert "/learn/conduct/secrets/" in cast.client("lan").get(reverse("my_record")).content.decode()


def vars_of(one: Observed) -> dict[str, Any]:
    names = ("id", "volunteer", "team", "day", "checklist", "version", "marks", "note")
    values = {name: getattr(one, name) for name in names}
    return {
        name: str(value) if not isinstance(value, dict | int) else value for name, value in values.items()
    }
