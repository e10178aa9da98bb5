"""The fault campaign of `make faults`, small: every network fault, kills of the web server and of PostgreSQL, nothing wrong after."""

import json

import pytest

from aoxanh.cli.bench import Report
from aoxanh.simulation.phone import NETWORK_FAULTS
from tests.faults.campaign import NEVER, goals, play, sized

pytestmark = pytest.mark.faults


def test_a_small_campaign_loses_doubles_and_leaves_nothing() -> None:
    report = play(seed=3, size=sized(3000, minutes=10))
    figures = report.figures
    assert report.holds, json.dumps(figures)
    assert {name: figures[name] for name in NEVER} == dict.fromkeys(NEVER, 0)
    assert figures["stored"] == figures["audited"] == figures["acknowledged"] == 3000 - figures["rejected"]
    assert figures["rejected"] > 0
    assert all(figures[f"fault_{fault}"] > 0 for fault in NETWORK_FAULTS)
    assert 40 < figures["faulty_pct"] < 60


def test_a_campaign_with_too_few_kills_or_one_lost_record_does_not_hold() -> None:
    size = sized(100_000, minutes=1)
    assert (size.web_kills, size.postgres_kills) == (24, 12)
    figures = dict.fromkeys(NEVER, 0.0) | {"kills_web": 24.0, "kills_postgres": 12.0}
    assert Report(figures, goals(size)).holds
    assert not Report(figures | {"kills_web": 23.0}, goals(size)).holds
    assert not Report(figures | {"lost": 1.0}, goals(size)).holds
    assert not Report({name: value for name, value in figures.items() if name != "stuck"}, goals(size)).holds
