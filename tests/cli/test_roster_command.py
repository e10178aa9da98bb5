"""`aoxanh roster` and `aoxanh schedule`, as somebody with a spreadsheet types it."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from aoxanh.cli.roster import command
from aoxanh.cli.schedule import command as schedule

MEMBERS = """\
team,id,certificates,languages,adult,leads,halves,most,wished
north,lan,1;2,hmn,yes,no,mon;tue-am;sat,4,2
north,minh,1;2;3,,yes,yes,,6,3
south,binh,1,,no,no,,3,2
"""
SHIFTS = """\
team,id,day,half,kind,seats,leader,language,place,km,hot
north,n1,2026-06-01,am,duty,vneid:1;services:1,yes,,centre,0,no
north,n2,2026-06-07,am,mobile,outreach:2,no,hmn,market,4,no
south,s1,2026-06-02,pm,duty,vneid:1,yes,,,,
"""


@pytest.fixture
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("members.csv").write_text(MEMBERS, encoding="utf-8")
    Path("shifts.csv").write_text(SHIFTS, encoding="utf-8-sig")
    return tmp_path


def make(*words: str):
    return CliRunner().invoke(
        command, ["--members", "members.csv", "--shifts", "shifts.csv", "--out", "roster.csv", *words]
    )


def table(path: str = "roster.csv") -> list[dict[str, str]]:
    with Path(path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_tables_become_a_roster_with_what_is_missing(tables):
    made = make("--json")
    assert made.exit_code == 0, made.output
    said = json.loads(made.stdout)
    assert {(each["shift"], each["member"]) for each in table()} == {("n1", "lan"), ("n1", "minh")}
    assert [(each["team"], each["objective"] == each["bound"]) for each in said["rosters"]] == [
        ("north", True),
        ("south", True),
    ]
    assert {(each["shift"], each["what"]) for each in said["shortages"]} == {
        ("n2", "seat"), ("n2", "language"), ("s1", "seat"), ("s1", "leader"),
    }  # fmt: skip
    minor = next(each for each in said["shortages"] if each["shift"] == "s1")
    assert minor["why"] == {"minor_alone": 1}


def test_sickness_is_mended_from_the_published_roster(tables):
    make()
    Path("roster.csv").rename("published.csv")
    Path("absences.csv").write_text("member,first,last\nlan,2026-06-01,\n", encoding="utf-8")
    mended = make("--last", "published.csv", "--absences", "absences.csv", "--today", "2026-06-01")
    assert mended.exit_code == 0, mended.output
    assert {(each["shift"], each["member"]) for each in table()} == {("n1", "minh")}
    assert "1 missing for" in mended.stdout


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("shifts.csv", "2026-06-07", "7/6/2026", "row 3, column day"),
        ("members.csv", "tue-am", "tuesday", "row 2, column halves"),
        ("members.csv", "team,id", "team,name", "has no column id"),
        ("shifts.csv", "outreach:2", "outreach:two", "row 3, column seats"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_without_a_traceback(tables, file, old, new, told):
    text = Path(file).read_text(encoding="utf-8-sig")
    Path(file).write_text(text.replace(old, new), encoding="utf-8")
    refused = make()
    assert refused.exit_code == 1
    assert told in refused.output
    assert "Traceback" not in refused.output
    assert not Path("roster.csv").exists()


def test_flaws_are_told_and_stop_nothing(tables):
    Path("pins.csv").write_text("shift,member,seat\nn1,nobody,vneid\nn1,minh,vneid\n", encoding="utf-8")
    made = make("--pins", "pins.csv")
    assert made.exit_code == 0
    assert "Hand edits that name an unknown person" in made.stderr
    assert {"member": "minh", "seat": "vneid"}.items() <= {
        k: v for each in table() if each["member"] == "minh" for k, v in each.items()
    }.items()


def test_a_public_instance_is_solved_and_compared_with_the_best_known(tables):
    from tests.staffing.test_public_rosters import SMALL

    Path("Small.txt").write_text(SMALL, encoding="utf-8")
    Path("best.csv").write_text("instance,best\nSmall,7\n", encoding="utf-8")
    solved = CliRunner().invoke(schedule, "Small.txt --seconds 2 --best best.csv --json".split())
    assert solved.exit_code == 0, solved.output
    said = json.loads(solved.stdout)
    assert said["objective"] == said["bound"]
    assert (said["instance"], said["best_known"], said["breaches"]) == ("Small", 7, 0)
    assert (said["gap_pct"], said["over_best_pct"]) == (0.0, round(100 * (said["objective"] - 7) / 7, 3))
    assert "best_known unknown" in CliRunner().invoke(schedule, "Small.txt --seconds 2".split()).stdout
    Path("Small.txt").write_text("SECTION_HORIZON\nmany\n", encoding="utf-8")
    refused = CliRunner().invoke(schedule, ["Small.txt"])
    assert refused.exit_code == 1
    assert "Small.txt: SECTION_SHIFTS is missing" in refused.output
