"""`aoxanh plan` on plain tables, as somebody types it."""

import json

import pytest
from click.testing import CliRunner

from aoxanh.cli.plan import command

PEOPLE = "id,home,certificates,reach,languages\nv1,a,1;2,20,hmn\nv2,a,,20,\nv3,b,3,0,\n"
NEEDS = (
    "code,province,lat,lon,outreach,services,ai,languages,priority\n"
    "a,P,21.0,105.8,1,0,0,,\nb,P,21.05,105.8,0,1,1,hmn:1,yes\n"
)


def run(tmp_path, *words, people=PEOPLE, needs=NEEDS):
    (tmp_path / "people.csv").write_text(people, encoding="utf-8")
    (tmp_path / "needs.csv").write_text(needs, encoding="utf-8")
    tables = ["--people", str(tmp_path / "people.csv"), "--needs", str(tmp_path / "needs.csv")]
    return CliRunner().invoke(command, [*tables, "--out", str(tmp_path / "plan.csv"), *words])


def test_a_plan_is_written_and_told(tmp_path):
    result = run(tmp_path, "--json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert told["measures"]["matched"] == 3
    assert told["measures"]["gap_pct"] <= 0.01
    assert told["shortages"] == []
    written = (tmp_path / "plan.csv").read_text(encoding="utf-8").splitlines()
    assert written == ["person,commune,kind", "v1,b,services", "v2,a,outreach", "v3,b,ai"]


def test_the_last_plan_and_hand_edits_are_read(tmp_path):
    (tmp_path / "edits.csv").write_text(
        "verb,person,commune,kind\nban,v1,b,\npin,v9,a,ai\n", encoding="utf-8"
    )
    run(tmp_path)
    result = run(tmp_path, "--last", str(tmp_path / "plan.csv"), "--edits", str(tmp_path / "edits.csv"))
    assert result.exit_code == 0, result.output
    assert "pin v9 a ai" in result.stderr
    assert (
        "b (border, remote or island commune): 1 services missing, 1 of them below the minimum"
        in result.stdout
    )


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ("name\nx\n", "no column id, home"),
        ("id,home,reach\nv1,a,far\n", "row 2, column reach: 'far' is not a whole number"),
        ("id,home,adult\nv1,a,perhaps\n", "row 2, column adult"),
        ("id,home,certificates\nv1,a,one\n", "row 2, column certificates"),
        (f"id,home\n{'v' * 600},a\n", "row 2, column id: longer"),
        ("", "no column id, home"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(tmp_path, people, said):
    result = run(tmp_path, people=people)
    assert result.exit_code == 1
    assert said in result.output
    assert "Traceback" not in result.output


def test_a_table_that_is_not_utf8_is_refused(tmp_path):
    (tmp_path / "bad.csv").write_bytes(b"id,home\nv\xff,a\n")
    (tmp_path / "needs.csv").write_text(NEEDS)
    result = CliRunner().invoke(
        command,
        [
            "--people",
            str(tmp_path / "bad.csv"),
            "--needs",
            str(tmp_path / "needs.csv"),
            "--out",
            str(tmp_path / "o"),
        ],
    )
    assert result.exit_code == 1
    assert "UTF-8" in result.output
