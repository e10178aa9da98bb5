"""What the menu says waits for a person is what lies in their inbox, task for task, and the complaints that are theirs."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.db.models import Q

from aoxanh.kernel import clock
from aoxanh.kernel.scope import scope, whole_nation
from aoxanh.oversight.actions.feedback import FeedbackFacts, give_feedback
from aoxanh.oversight.models import SupervisionTask
from aoxanh.oversight.supervision_queries import inbox
from aoxanh.oversight.waiting import Waiting, waiting_for
from aoxanh.people.actors import ANONYMOUS, system
from aoxanh.people.models import Role, Team
from tests.cast import LAN_TEAM, LUNG_CU, PEOPLE, TUYEN_QUANG, account_id
from tests.conftest import Cast


def every_kind_of_task() -> Iterator[SupervisionTask]:
    """Give tasks of every role, at every level, of a team or none, due or late, put off or not, done or not, and own alerts."""
    today = clock.today()
    kinds = product(
        Role, (LUNG_CU, TUYEN_QUANG, "VN"), (LAN_TEAM, None), (1, -1), (None, 0, 1), (False, True)
    )
    for number, (owner, place, team, due, rests, closed) in enumerate(kinds):
        yield SupervisionTask(
            rule="silent_team", subject=f"number:{number}", place_id=place, team_id=team, owner=owner, n=1,
            due_on=today + timedelta(days=due), resting_until=None if rests is None else today + timedelta(days=rests),
            **({"closed_at": clock.now(), "outcome": "done"} if closed else {}),
        )  # fmt: skip
    for name in PEOPLE:
        alert: dict[str, Any] = {"rule": "own_alert", "n": 1, "due_on": today, "account_id": account_id(name)}
        yield SupervisionTask(subject=f"alert:{name}", place_id=LUNG_CU, **alert)


@pytest.mark.parametrize("name", PEOPLE)
def test_the_menu_counts_what_the_inbox_shows(cast: Cast, name: str) -> None:
    with whole_nation():
        SupervisionTask.objects.bulk_create(every_kind_of_task())
    by = cast.actor(name)
    with scope(by.scope):
        awake = inbox(by).filter(Q(resting_until=None) | Q(resting_until__lte=clock.today()))
        assert waiting_for(by) == Waiting(tasks=awake.count())


def test_a_secretary_is_told_of_tasks_and_a_volunteer_of_none_but_their_alert(cast: Cast) -> None:
    with whole_nation():
        SupervisionTask.objects.bulk_create(every_kind_of_task())
    counted = {}
    for name in ("lan", "minh", "son", "duc"):
        by = cast.actor(name)
        with scope(by.scope):
            counted[name] = waiting_for(by).tasks
    # Of a role, in a place: of two teams, two days due, two states awake; late ones of the floor below come on top.
    assert counted == {"lan": 1, "minh": 4 + 1, "son": 8 + 4 + 1, "duc": 2 * (8 + 4) + 1}


def test_a_complaint_waits_for_its_one_person_until_it_is_answered(cast: Cast) -> None:
    team = Team.objects.select_related("commune__parent").get(id=LAN_TEAM)
    give_feedback(facts=FeedbackFacts(team=team, helped="no", treated="badly", waited="long"))
    for name, complaints in (("son", 1), ("duc", 0)):
        by = cast.actor(name)
        with scope(by.scope):
            assert waiting_for(by).complaints == complaints


def test_nothing_waits_for_nobody(cast: Cast) -> None:
    assert waiting_for(ANONYMOUS) == waiting_for(system("supervision")) == Waiting()
