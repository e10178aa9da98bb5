"""A planner killed mid-run: the published plan and its people are untouched, and the next worker finishes the draft."""

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import psycopg
import pytest

from tests.database import clone
from tests.site import LiveSite, free_port

pytestmark = pytest.mark.faults
BEGIN = """
import django
django.setup()
from aoxanh.kernel.scope import whole_nation
from aoxanh.people import queries as people
from aoxanh.people.models import Account
from aoxanh.places import queries as places
from aoxanh.staffing import actions, tasks
from aoxanh.staffing.actions import NeedFacts, PostFacts
with whole_nation():
    duc = people.actor_of(Account.objects.get(username="duc"))
    here, province = places.place_by_code("00715"), places.place_by_code("08")
"""
PUBLISH = """
with whole_nation():
    actions.correct_need(commune=here, facts=NeedFacts({"outreach": PostFacts(2, 1)}), by=duc)
    plan = actions.draft_plan(place=province, name="công bố", by=duc)
    plan = actions.make_plan(plan_id=plan.id, by=duc)
    actions.approve_communes(plan=plan, communes=["00715"], by=duc)
    assert actions.publish_plan(plan=plan, by=duc).told == 2
"""
ASK = """
with whole_nation():
    actions.correct_need(commune=here, facts=NeedFacts({"outreach": PostFacts(1, 1)}), by=duc)
    tasks.make_plan.defer(plan_id=str(actions.draft_plan(place=province, name="nháp", by=duc).id))
"""
RESUME = "tasks.resume(timestamp=0)"
AT_THE_END = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    " AND position('audit_audithead' in query) > 0 AND pid <> pg_backend_pid()"
)
OTHERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'"
    " AND pid <> pg_backend_pid()"
)
PLANS = "SELECT name, state, answer IS NULL FROM staffing_plan ORDER BY made_at"
HELD = "SELECT volunteer_id, commune_id, kind, state FROM staffing_assignment ORDER BY id"


@pytest.fixture
def site() -> Iterator[LiveSite]:
    """A database of its own, without a web server."""
    made = LiveSite(clone(f"aoxanh_planner_{secrets.token_hex(4)}"), free_port())
    try:
        yield made
    finally:
        made.stop()
        made.database.drop()


def play(site: LiveSite, script: str) -> None:
    subprocess.run([sys.executable, "-c", BEGIN + script], env=site.environment, check=True)


def wait_until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 90
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in 90 s"
        time.sleep(0.05)


def test_a_planner_killed_mid_run_leaves_the_published_plan_and_the_next_one_finishes(site: LiveSite) -> None:
    play(site, PUBLISH)
    held = site.sql(HELD)
    assert len(held) == 2
    play(site, ASK)
    with psycopg.connect(site.database.url("owner")) as blocker:
        # The audit comes last, so who waits for it has solved the plan and written all else.
        blocker.execute("LOCK TABLE audit_audithead IN ACCESS EXCLUSIVE MODE")
        site.worker = site._spawn("worker")
        wait_until(lambda: site.sql(AT_THE_END) == [(1,)])
        os.killpg(site.worker.pid, signal.SIGKILL)
        site.worker.wait()
    wait_until(lambda: site.sql(OTHERS) == [(0,)])
    assert site.sql(PLANS) == [("công bố", "published", False), ("nháp", "planning", True)]
    assert site.sql(HELD) == held
    site.sql("UPDATE staffing_plan SET touched_at = touched_at - interval '10 minutes'")
    play(site, RESUME)
    site.worker = site._spawn("worker")
    wait_until(lambda: site.sql("SELECT state FROM staffing_plan WHERE name = 'nháp'") == [("draft",)])
    assert site.sql(PLANS)[0] == ("công bố", "published", False)
    assert site.sql(HELD) == held
