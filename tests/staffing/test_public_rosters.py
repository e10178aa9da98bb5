"""The published shift-scheduling format is read as written, and solved within its rules."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aoxanh.staffing.rostering.public.draw import draw
from aoxanh.staffing.rostering.public.instance import OFF, Cover, Employee, Instance, ShiftType
from aoxanh.staffing.rostering.public.reader import UnreadableInstance, read
from aoxanh.staffing.rostering.public.search import Search, Unstaffable
from aoxanh.staffing.rostering.public.verify import breaches, cost

SMALL = """\
# A week for two people; written for this test.
SECTION_HORIZON
# The horizon length in days:
7

SECTION_SHIFTS
# ShiftID, Length in mins, Shifts which cannot follow this shift | separated
E,480,
L,480,E

SECTION_STAFF
# ID, MaxShifts, MaxTotalMinutes, MinTotalMinutes, MaxConsecutiveShifts, MinConsecutiveShifts, MinConsecutiveDaysOff, MaxWeekends
A,E=7|L=1,2400,1440,5,2,2,1
B,E=7|L=7,2400,1440,5,2,2,0

SECTION_DAYS_OFF
# EmployeeID, DayIndexes (start at zero)
A,0

SECTION_SHIFT_ON_REQUESTS
# EmployeeID, Day, ShiftID, Weight
A,2,L,3

SECTION_SHIFT_OFF_REQUESTS
# EmployeeID, Day, ShiftID, Weight
B,3,E,2

SECTION_COVER
# Day, ShiftID, Requirement, Weight for under, Weight for over
0,E,1,100,1
1,E,1,100,1
2,E,1,100,1
3,E,1,100,1
4,E,1,100,1
5,E,1,100,1
6,E,0,100,1
"""


def test_every_section_is_read():
    instance = read(SMALL)
    assert instance.days == 7
    assert instance.shifts["L"] == ShiftType("L", 480, frozenset({"E"}))
    assert instance.staff["A"] == Employee("A", {"E": 7, "L": 1}, 2400, 1440, 5, 2, 2, 1, frozenset({0}))
    assert (instance.on, instance.off) == ({("A", 2, "L"): 3}, {("B", 3, "E"): 2})
    assert instance.cover[0] == Cover(0, "E", 1, 100, 1)
    assert len(instance.cover) == 7


def test_windows_line_ends_and_a_byte_order_mark_change_nothing():
    assert read("\ufeff" + SMALL.replace("\n", "\r\n")) == read(SMALL)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("SECTION_COVER", "SECTION_CAVER", "unknown section SECTION_CAVER"),
        ("SECTION_HORIZON", "# nothing", "stands before the first SECTION_"),
        ("\n7\n", "\n-7\n", "line 4: '-7' is not a whole number"),
        ("\n7\n", "\n9999\n", "line 4: more than 400 days"),
        ("A,2,L,3", "X,2,L,3", "line 22: unknown employee X"),
        ("A,2,L,3", "A,7,L,3", "line 22: day 7 is after the horizon"),
        ("A,2,L,3", "A,2,L", "line 22: has 3 values, 4 or more"),
        ("L,480,E", "L,480,N", "line 9: unknown shift N"),
        ("B,E=7|L=7", "A,E=7|L=7", "line 14: A stands here twice"),
        ("E=7|L=1", "E=7|L=one", "line 13: 'one' is not a whole number"),
    ],
)
def test_what_cannot_be_read_is_named_by_its_line(old, new, told):
    with pytest.raises(UnreadableInstance, match=told.replace("(", r"\(")):
        read(SMALL.replace(old, new, 1))


def test_an_instance_without_cover_is_refused():
    with pytest.raises(UnreadableInstance, match="SECTION_COVER is missing or empty"):
        read(SMALL[: SMALL.index("SECTION_COVER")])


def exact(instance: Instance) -> int:
    """The least cost by trying every week of each person: their rules are their own, so lawful weeks are listed first."""
    lawful = []
    for person in instance.staff:
        others = {name: [OFF] * instance.days for name in instance.staff}
        weeks = product([OFF, *instance.shifts], repeat=instance.days)
        lawful.append([
            list(week) for week in weeks
            if not any(each.startswith(f"{person}:") for each in breaches(instance, {**others, person: list(week)}))
        ])  # fmt: skip
    return min(cost(instance, dict(zip(instance.staff, weeks, strict=True))) for weeks in product(*lawful))


def test_the_search_finds_and_proves_what_trying_everything_finds():
    instance = read(SMALL)
    answer = Search(instance, 3.0).run()
    assert breaches(instance, answer.roster) == []
    assert answer.objective == cost(instance, answer.roster) == answer.bound == exact(instance)


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 3), st.integers(2, 6))
def test_any_roster_found_keeps_every_rule_and_its_cost_is_above_its_bound(seed, types, staff):
    instance = draw(staff, 2, types, seed)
    answer = Search(instance, 1.5, seed).run()
    assert breaches(instance, answer.roster) == []
    assert answer.bound <= answer.objective == cost(instance, answer.roster) <= answer.first


def test_the_judge_of_public_rosters_names_each_rule():
    instance = read(SMALL)
    fine = {"A": [OFF, "E", "E", "E", OFF, OFF, OFF], "B": ["E", "E", "E", OFF, OFF, OFF, OFF]}
    assert breaches(instance, fine) == []
    assert cost(instance, fine) == 3 + 1 + 1 + 100 + 100
    for week, told in [
        (["E", "E", "E", OFF, OFF, OFF, OFF], "works on day 0"),
        ([OFF, "L", "E", "E", OFF, OFF, OFF], "E follows L"),
        ([OFF, "L", "L", "L", OFF, OFF, OFF], "more than 1 shifts L"),
        ([OFF, "E", "E", OFF, OFF, OFF, OFF], "960 minutes"),
        ([OFF, "E", "E", "E", "E", "E", "E"], "6 days in a row"),
        ([OFF, "E", OFF, OFF, "E", "E", OFF], "only 1 days of work"),
        ([OFF, "E", "E", OFF, "E", "E", OFF], "only 1 days of rest"),
    ]:
        assert any(told in each for each in breaches(instance, {**fine, "A": week})), told
    assert any(
        "1 weekends" in each
        for each in breaches(instance, {**fine, "B": [OFF, OFF, OFF, OFF, "E", "E", "E"]})
    )


def test_somebody_whose_limits_contradict_each_other_is_named():
    with pytest.raises(Unstaffable, match="no days of B"):
        Search(read(SMALL.replace("B,E=7|L=7,2400,1440", "B,E=0|L=0,2400,1440")), 2.0).run()
