"""The published shift-scheduling format is read as written, and solved within its rules."""

import math
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aoxanh.staffing.rostering.public.columns import Columns
from aoxanh.staffing.rostering.public.draw import SIZES, draw
from aoxanh.staffing.rostering.public.instance import OFF, Cover, Employee, Instance, ShiftType
from aoxanh.staffing.rostering.public.pricing import REST, Pricing
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


def lawful(instance: Instance, person: str) -> list[list[str]]:
    """Every way through the horizon that keeps a person's own limits, by trying all."""
    others = {name: [OFF] * instance.days for name in instance.staff}
    return [
        list(days) for days in product([OFF, *instance.shifts], repeat=instance.days)
        if not any(each.startswith(f"{person}:") for each in breaches(instance, {**others, person: list(days)}))
    ]  # fmt: skip


def exact(instance: Instance) -> int:
    """The least cost by trying every week of each person: their rules are their own, so lawful weeks are listed first."""
    weeks = [lawful(instance, person) for person in instance.staff]
    return min(cost(instance, dict(zip(instance.staff, each, strict=True))) for each in product(*weeks))


def text_of(instance: Instance) -> str:
    """The instance in the published format."""
    rows: dict[str, list[list[object]]] = {
        "HORIZON": [[instance.days]],
        "SHIFTS": [[each.id, each.minutes, "|".join(sorted(each.bars))] for each in instance.shifts.values()],
        "STAFF": [
            [each.id, "|".join(f"{shift}={most}" for shift, most in each.most_shifts.items()), each.most_minutes, each.least_minutes,
             each.most_row, each.least_row, each.least_off, each.most_weekends] for each in instance.staff.values()
        ],
        "DAYS_OFF": [[each.id, *sorted(each.days_off)] for each in instance.staff.values() if each.days_off],
        "SHIFT_ON_REQUESTS": [[*key, weight] for key, weight in instance.on.items()],
        "SHIFT_OFF_REQUESTS": [[*key, weight] for key, weight in instance.off.items()],
        "COVER": [[each.day, each.shift, each.wanted, each.under, each.over] for each in instance.cover],
    }  # fmt: skip
    return "\n".join(
        f"SECTION_{name}\n# as the public files have it\n"
        + "".join(",".join(map(str, row)) + "\n" for row in lines)
        for name, lines in rows.items()
    )


@pytest.mark.parametrize("size", [*SIZES, (50, 4, 5)])
def test_instances_of_every_published_size_are_read_as_they_were_written(size):
    instance = draw(*size, 5)
    assert read(text_of(instance)) == instance


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_cheapest_days_are_the_cheapest_of_all_lawful_ones(data):
    """Against trying everything: rows, weekends, minutes, counted and closed shifts, days off, what may follow what."""
    days, kinds = data.draw(st.sampled_from([(7, "DN"), (8, "DN"), (9, "D"), (12, "D")]))
    number = st.integers
    shifts = {
        name: ShiftType(name, data.draw(st.sampled_from([240, 360, 480])), frozenset(data.draw(st.sets(st.sampled_from(kinds), max_size=1))))
        for name in kinds
    }  # fmt: skip
    least = data.draw(number(0, 900))
    person = Employee(
        "A", {name: data.draw(number(0, days)) for name in kinds}, least + data.draw(number(0, 2400)), least, data.draw(number(0, 5)),
        data.draw(number(0, 3)), data.draw(number(0, 3)), data.draw(number(0, 2)), frozenset(data.draw(st.sets(number(0, days - 1), max_size=2))),
    )  # fmt: skip
    instance = Instance(days, shifts, {"A": person}, {}, {}, ())
    prices = np.array(
        data.draw(st.lists(number(-9, 9), min_size=days * len(kinds), max_size=days * len(kinds)))
    )
    prices = prices.reshape(1, days, len(kinds)).astype(float)

    def paid(week: list[str]) -> float:
        return sum(prices[0, day, kinds.index(shift)] for day, shift in enumerate(week) if shift != OFF)

    least_cost, line = Pricing(instance).best(prices, {0})[0]
    every = lawful(instance, "A")
    if not every:
        assert (least_cost, line) == (math.inf, ())
        return
    week = [OFF if shift == REST else kinds[shift] for shift in line]
    assert week in every
    assert least_cost == paid(week) == min(map(paid, every))


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_the_bound_of_the_columns_is_never_above_the_best_of_all_rosters(seed):
    instance = read(SMALL)
    random = np.random.default_rng(seed)
    wishes = [
        {(name, int(random.integers(7)), "EL"[random.integers(2)]): int(random.integers(1, 60)) for name in "AB" for _ in range(3)}
        for _ in range(2)
    ]  # fmt: skip
    cover = tuple(
        Cover(day, "E", int(random.integers(0, 3)), int(random.integers(1, 100)), int(random.integers(1, 30))) for day in range(7)
    )  # fmt: skip
    drawn = replace(instance, on=wishes[0], off=wishes[1], cover=cover)
    columns = Columns(drawn)
    alone = {name: [OFF] * 7 for name in drawn.staff}
    for person in range(2):
        columns.cheapest_beside(alone, person)
    columns.generate(lambda: columns.closed)
    assert columns.closed
    answer = Search(drawn, 1.0).run()
    assert columns.bound <= answer.bound <= answer.objective == exact(drawn)


def test_the_search_finds_and_proves_what_trying_everything_finds():
    instance = read(SMALL)
    answer = Search(instance, 3.0).run()
    assert breaches(instance, answer.roster) == []
    assert answer.objective == cost(instance, answer.roster) == answer.bound == exact(instance)


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 3), st.integers(2, 6))
def test_any_roster_found_keeps_every_rule_and_its_cost_is_above_its_bound(seed, types, staff):
    instance = draw(staff, 2, types, seed)
    answer = Search(read(text_of(instance)), 1.5, seed).run()
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
