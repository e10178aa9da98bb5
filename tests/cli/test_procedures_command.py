"""`aoxanh procedures`, as an operator types it."""

import json

import pytest
from click.testing import CliRunner

from aoxanh.cli.procedures import command
from aoxanh.procedures.models import ProcedureVersion

pytestmark = pytest.mark.django_db


def run(*words: str):
    return CliRunner().invoke(command, words)


def test_find_prints_the_best_first_and_ends_with_1_when_there_is_none():
    found = run("find", "lam", "khai", "sinh")
    assert found.exit_code == 0
    assert found.stdout.splitlines()[0].split() == ["1.001193", "Đăng", "ký", "khai", "sinh"]
    assert run("find", "xyz", "qwerty").exit_code == 1
    assert json.loads(run("find", "cccd", "--json").stdout)["procedures"][0]["code"] == "1.116410"


def test_show_tells_fee_steps_and_limits():
    shown = run("show", "1.001193")
    assert "[volunteer]" in shown.stdout
    assert "fee (council)" in shown.stdout
    assert (
        json.loads(run("show", "1.013978", "--json", "--province", "08").stdout)["card"]["asks_province"]
        is True
    )


def test_an_unknown_code_is_refused_with_a_remedy_and_no_traceback():
    refused = run("show", "9.999999")
    assert refused.exit_code == 1
    assert "Traceback" not in refused.output
    assert "9.999999" in refused.output


def test_load_is_safe_to_repeat():
    assert json.loads(run("load", "--json").stdout)["made"] == []
    assert "unchanged: 74" in run("load").stdout


def test_check_ends_with_1_when_a_card_in_force_breaks_a_rule():
    good = run("check", "--json")
    report = json.loads(good.stdout)
    assert (good.exit_code, report["shipped"], report["in_force"], report["broken"]) == (0, 74, 74, {})
    version = ProcedureVersion.objects.get(procedure="1.001193")
    version.card["never"] = []
    version.save()
    bad = run("check")
    assert bad.exit_code == 1
    assert "1.001193" in bad.output
