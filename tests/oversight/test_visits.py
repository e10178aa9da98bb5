"""Visits: a plan near the best, hidden from the visited, moved by who made it, and what was seen stored once."""

from datetime import timedelta
from itertools import permutations
from random import Random
from typing import Any

import pytest

from aoxanh.kernel import clock
from aoxanh.kernel.errors import DomainError
from aoxanh.kernel.ids import uuid7
from aoxanh.kernel.scope import scope, whole_nation
from aoxanh.oversight import supervision_queries as queries
from aoxanh.oversight.actions import visits
from aoxanh.oversight.models import SupervisionTask, Visit
from aoxanh.oversight.supervision.checklist import checklist
from aoxanh.oversight.supervision.planning import this_monday
from aoxanh.oversight.supervision.rules import policy
from aoxanh.oversight.supervision.visiting import Candidate, minutes_of, plan
from aoxanh.places.models import Place
from aoxanh.training.watched import NOT_SEEN
from tests.cast import LAN_TEAM, LUNG_CU, account_id
from tests.conftest import Cast

RATES = policy().visits
BASE = (22.8, 105.0)


def some_candidates(random: Random, count: int) -> list[Candidate]:
    return [
        Candidate(f"{number:05}", (22.8 + random.uniform(-0.4, 0.4), 105 + random.uniform(-0.4, 0.4)),
                  random.randrange(6), random.randrange(14), random.randrange(12))
        for number in range(count)
    ]  # fmt: skip


def best_value(found: list[Candidate]) -> float:
    """Return the best value of a single trip, by trying every one."""
    best = 0.0
    for size in range(1, len(found) + 1):
        for trip in permutations(found, size):
            if minutes_of(trip, BASE, RATES) <= RATES.half_day_minutes:
                best = max(best, sum(one.value(RATES) for one in trip))
    return best


@pytest.mark.parametrize("seed", range(25))
def test_the_best_trip_lies_between_what_is_planned_and_the_bound(seed: int) -> None:
    found = some_candidates(Random(seed), 6)
    route, best = plan(found, BASE, 1, RATES), best_value(found)
    assert route.value <= best + 1e-9
    assert best <= route.bound + 1e-9
    assert route.value >= best / 2


@pytest.mark.parametrize("seed", range(25))
def test_every_trip_fits_its_half_day_and_no_commune_is_visited_twice(seed: int) -> None:
    found = some_candidates(Random(seed), 30)
    route = plan(found, BASE, 4, RATES)
    assert all(minutes_of(trip, BASE, RATES) <= RATES.half_day_minutes for trip in route.trips)
    codes = [one.code for trip in route.trips for one in trip]
    assert len(codes) == len(set(codes)) > 0
    assert plan(found[::-1], BASE, 4, RATES).trips == route.trips


def planned(cast: Cast, **changes: Any) -> Visit:
    """Return a visit of Đức's to Lũng Cú today."""
    told: dict[str, Any] = {
        "commune_id": LUNG_CU,
        "supervisor_id": account_id("duc"),
        "day": clock.today(),
        "half": "am",
    }
    with whole_nation():
        return Visit.objects.create(**(told | changes))


def seen(visit: Visit, **changes: Any) -> visits.Seen:
    latest = checklist().latest
    told: dict[str, Any] = {
        "id": uuid7(), "visit": visit.id, "day": clock.today(), "version": latest.version,
        "marks": dict.fromkeys(latest.ids, "done"), "note": "Đội có mặt đủ",
    }  # fmt: skip
    return visits.Seen(**(told | changes))


def told(cast: Cast, name: str, *some: visits.Seen) -> list[str]:
    by = cast.actor(name)
    with scope(by.scope):
        return [answer.code or answer.status for answer in visits.record_seen(seen=some, by=by)]


def test_a_plan_of_a_province_names_its_communes_with_reasons_and_is_made_anew(cast: Cast) -> None:
    duc = cast.actor("duc")
    monday = this_monday() + timedelta(weeks=1)
    with scope(duc.scope):
        first = visits.plan_week(monday=monday, half_days=3, base=None, by=duc)
        assert {Place.objects.get(code=row.commune_id).parent_id for row in first} == {"08"}
        assert all(set(row.reasons) == {"risk", "silent_days", "weeks"} for row in first)
        again = visits.plan_week(monday=monday, half_days=3, base=None, by=duc)
        assert [row.commune_id for row in again] == [row.commune_id for row in first]
        assert queries.own_visits(duc, monday, monday + timedelta(days=6)).count() == len(first)


def test_a_commune_with_an_open_task_comes_first(cast: Cast) -> None:
    duc = cast.actor("duc")
    with whole_nation():
        SupervisionTask.objects.create(
            rule="silent_team", subject="x", place_id=LUNG_CU, team_id=LAN_TEAM, owner="team_leader", n=3, weight=9, due_on=clock.today()
        )  # fmt: skip
    base = Place.objects.get(code=LUNG_CU)
    with scope(duc.scope):
        rows = visits.plan_week(monday=this_monday() + timedelta(weeks=1), half_days=1, base=base, by=duc)
    assert LUNG_CU in [row.commune_id for row in rows]


def test_an_unannounced_visit_is_hidden_from_the_visited_and_an_announced_one_is_not(cast: Cast) -> None:
    planned(cast)
    commune = Place.objects.get(code=LUNG_CU)
    for shown, announced in ((0, False), (1, True)):
        with whole_nation():
            Visit.objects.update(announced=announced)
        for name in ("son", "ha"):
            by = cast.actor(name)
            for place in (commune, commune.parent):
                assert place is not None
                with scope(by.scope):
                    assert queries.visits_visible_to(by, place).count() == shown, (name, announced)
        by = cast.actor("duc")
        with scope(by.scope):
            assert queries.visits_visible_to(by, commune).count() == 1


def test_a_report_counts_once_and_answers_the_silence(cast: Cast) -> None:
    visit = planned(cast)
    with whole_nation():
        SupervisionTask.objects.create(
            rule="silent_team", subject="x", place_id=LUNG_CU, team_id=LAN_TEAM, owner="team_leader", n=3, due_on=clock.today()
        )  # fmt: skip
    one = seen(visit)
    assert told(cast, "duc", one, one) == ["accepted", "already"]
    assert told(cast, "duc", seen(visit)) == ["already_told"]
    with whole_nation():
        assert SupervisionTask.objects.get().outcome == "done"
        assert Visit.objects.get().state == "done"
    page = cast.client("son").get(f"/visits/place/{LUNG_CU}/").content.decode()
    assert "Đội có mặt đủ" in page


@pytest.mark.parametrize(
    ("name", "changes", "code"),
    [
        ("son", {}, "no_such_visit"),
        ("an", {}, "no_such_visit"),
        ("lan", {}, "no_such_visit"),
        ("duc", {"marks": {}}, "unfit_marks"),
        ("duc", {"marks": dict.fromkeys(checklist().latest.ids, NOT_SEEN)}, "nothing_seen"),
        ("duc", {"version": 99}, "unfit_marks"),
        ("duc", {"day": clock.today() - timedelta(days=61)}, "wrong_day"),
        ("duc", {"note": "gọi 0912 345 678"}, "personal_data"),
        ("duc", {"note": "a\x00b"}, "unreadable_text"),
    ],
    ids=["son", "an", "lan", "marks", "nothing", "version", "day", "personal", "nul"],
)  # fmt: skip
def test_what_does_not_fit_is_refused(cast: Cast, name: str, changes: dict[str, Any], code: str) -> None:
    assert told(cast, name, seen(planned(cast), **changes)) == [code]


def test_only_who_planned_a_visit_moves_it(cast: Cast) -> None:
    visit = planned(cast)
    day = clock.today() + timedelta(days=2)
    for name in ("son", "minh", "an"):
        by = cast.actor(name)
        with scope(by.scope), pytest.raises(DomainError):
            visits.change_visit(visit_id=visit.id, day=day, half="pm", announced=True, by=by)
    duc = cast.actor("duc")
    with scope(duc.scope):
        moved = visits.change_visit(visit_id=visit.id, day=day, half="pm", announced=True, by=duc)
    assert (moved.day, moved.half, moved.announced) == (day, "pm", True)
