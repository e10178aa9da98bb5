"""A plan or roster whose job fails says so with a remedy, can be let go of and made again, and keeps nobody waiting."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError

from aoxanh.kernel import clock
from aoxanh.kernel.scope import whole_nation
from aoxanh.people.queries import actor_of
from aoxanh.places import queries as places
from aoxanh.staffing import actions, roster_inputs, roster_tasks, tasks
from aoxanh.staffing import roster_actions as rosters
from aoxanh.staffing.actions import plans
from aoxanh.staffing.actions.rosters import MOST_ATTEMPTS, SILENT
from aoxanh.staffing.actions.runs import carry_out_run, order_run
from aoxanh.staffing.models import Plan, Roster, RosterRun
from aoxanh.staffing.patterns import Pattern
from tests.cast import LUNG_CU, TUYEN_QUANG
from tests.conftest import Cast
from tests.staffing.campaign import need
from tests.staffing.duty import SYSTEM, a_published_roster, fresh, monday, people_a_team, team

pytestmark = pytest.mark.django_db


class Broken(Exception):
    """What nobody foresaw."""


def breaks(error: type[Exception] = Broken) -> Any:
    def broken(*_: Any, **__: Any) -> Any:
        raise error

    return broken


def an_order() -> Roster:
    with whole_nation():
        return rosters.order_roster(team=team(), first_day=monday(), weeks=1, pattern=Pattern(), by=SYSTEM)


def state_of(row: Roster | Plan | RosterRun) -> str:
    with whole_nation():
        row.refresh_from_db()
    return row.state


@pytest.fixture
def failed(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Roster:
    people_a_team()
    roster = an_order()
    with monkeypatch.context() as patched:
        patched.setattr(roster_inputs.Order, "carry_out", breaks())
        with pytest.raises(Broken):
            rosters.draft_roster(roster_id=roster.id, by=SYSTEM)
    assert state_of(roster) == Roster.State.FAILED
    return roster


def test_a_roster_whose_draft_failed_is_drafted_again_from_its_page(cast: Cast, failed: Roster) -> None:
    minh = cast.client("minh")
    for address in (f"/rosters/{failed.id}/", f"/rosters/team/{failed.team_id}/"):
        assert "không lập được" in minh.get(address).content.decode()
    assert "Bạn hãy xếp lại" in minh.get(f"/rosters/{failed.id}/").content.decode()
    assert minh.post(f"/rosters/{failed.id}/again/").status_code == 302
    assert state_of(failed) == Roster.State.WAITING
    rosters.draft_roster(roster_id=failed.id, by=SYSTEM)
    assert state_of(failed) == Roster.State.DRAFT


def test_a_roster_whose_draft_failed_can_be_thrown_away(cast: Cast, failed: Roster) -> None:
    cast.client("minh").post(f"/rosters/{failed.id}/discard/")
    assert state_of(failed) == Roster.State.DISCARDED


def test_a_roster_that_was_cut_off_too_often_is_given_up_and_counts_anew_when_ordered_again(
    cast: Cast,
) -> None:
    people_a_team()
    published = a_published_roster()
    with whole_nation():
        mend = rosters.order_mend(roster=published, by=SYSTEM)
        Roster.objects.filter(id=mend.id).update(state="drafting", attempts=MOST_ATTEMPTS)
        assert rosters.draft_roster(roster_id=mend.id, by=SYSTEM) is None
    assert (state_of(mend), state_of(published)) == ("failed", "published")
    with whole_nation():
        rosters.order_again(roster=fresh(mend), by=SYSTEM)
        assert rosters.draft_roster(roster_id=mend.id, by=SYSTEM) is not None
    assert state_of(mend) == Roster.State.DRAFT


def test_a_roster_of_which_nothing_is_heard_is_taken_up_once(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    people_a_team()
    roster, taken = an_order(), []
    monkeypatch.setattr(roster_tasks.draft_roster, "defer", lambda **told: taken.append(told["roster_id"]))
    tasks.resume(timestamp=0)
    assert taken == []
    with whole_nation():
        Roster.objects.filter(id=roster.id).update(
            state="drafting", touched_at=clock.now() - SILENT - timedelta(seconds=1)
        )
    tasks.resume(timestamp=0)
    tasks.resume(timestamp=0)
    assert taken == [str(roster.id)]


def test_a_run_counts_the_team_whose_draft_fails_and_ends(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    people_a_team()
    monkeypatch.setattr(roster_inputs.Order, "carry_out", breaks())
    with whole_nation():
        run = order_run(place=places.place_by_code(LUNG_CU), first_day=monday(), weeks=1, by=SYSTEM)
    carry_out_run(run_id=run.id, by=SYSTEM)
    assert state_of(run) == RosterRun.State.DONE
    assert (run.drafted, run.unable) == (0, run.total)


def asked(cast: Cast) -> Plan:
    need(cast, LUNG_CU, outreach=1)
    with whole_nation():
        return actions.draft_plan(
            place=places.place_by_code(TUYEN_QUANG), name="Hè", by=actor_of(cast.account("duc"))
        )


def test_a_plan_that_ends_in_an_error_says_so_and_is_made_again_or_discarded(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = asked(cast)
    monkeypatch.setattr(plans, "solve", breaks())
    with pytest.raises(Broken):
        tasks.make_plan(plan_id=str(plan.id))
    assert state_of(plan) == Plan.State.FAILED
    duc = cast.client("duc")
    page = duc.get(f"/staffing/plans/{plan.id}/").content.decode()
    assert "Bạn hãy lập lại" in page
    assert "Lập lại" in page
    again = duc.post("/staffing/plans/", {"place": TUYEN_QUANG, "name": "Hè"})
    assert again.status_code == 302
    assert duc.post(f"/staffing/plans/{plan.id}/discard/").status_code == 302
    assert state_of(plan) == Plan.State.DISCARDED


def test_a_plan_waits_for_a_database_that_is_away_instead_of_being_given_up(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = asked(cast)
    monkeypatch.setattr(plans, "solve", breaks(OperationalError))
    with pytest.raises(OperationalError):
        tasks.make_plan(plan_id=str(plan.id))
    assert state_of(plan) == Plan.State.PLANNING
