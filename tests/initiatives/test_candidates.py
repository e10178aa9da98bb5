"""Candidates are alike, would gain, and are told why."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aoxanh.initiatives.evidence.candidates import Nation, Reason, candidates, shrunken
from aoxanh.initiatives.evidence.estimate import Evidence, estimate
from aoxanh.initiatives.evidence.fit import Interval
from aoxanh.initiatives.evidence.panel import Indicator
from tests.initiatives.campaigns import campaign

FINISHED = Indicator("finished")


@pytest.fixture(scope="module")
def worked() -> Evidence:
    return estimate(campaign(points=10), FINISHED)


def nation(number: int = 60, **changes: object) -> Nation:
    rng = np.random.default_rng(2)
    given = Nation(
        units=tuple(f"{row:05}" for row in range(number)),
        provinces=tuple(f"{row % 3:02}" for row in range(number)),
        kinds=("easy",) * number,
        level=rng.uniform(40, 70, number),
        cases=rng.uniform(50, 200, number),
        traits=np.zeros((number, 1)),
        adopted=np.arange(number) < 8,
    )
    return replace(given, **changes)


def test_nobody_who_adopted_already_is_offered(worked: Evidence) -> None:
    found = candidates(nation(), worked)
    assert found
    assert not {item.unit for item in found} & {f"{row:05}" for row in range(8)}


def test_the_best_come_first_and_every_gain_lies_within_its_interval(worked: Evidence) -> None:
    found = candidates(nation(), worked)
    assert [item.gain for item in found] == sorted((item.gain for item in found), reverse=True)
    assert all(item.gain_low < item.gain < item.gain_high for item in found)


def test_nobody_is_promised_more_than_was_seen(worked: Evidence) -> None:
    assert worked.effect is not None
    most = max(belief.value for belief in shrunken(worked.effect, worked.kinds).values())
    assert all(0 < item.points <= most for item in candidates(nation(), worked))


def test_of_two_alike_the_busier_and_the_one_further_behind_come_first(worked: Evidence) -> None:
    given = nation()
    level, cases = given.level.copy(), given.cases.copy()
    level[20:23], cases[20:23] = (55.0, 57.0, 55.0), (100.0, 100.0, 115.0)
    found = [item.unit for item in candidates(nation(level=level, cases=cases), worked)]
    assert found.index("00022") < found.index("00020") < found.index("00021")


def test_who_is_at_the_ceiling_gains_nothing(worked: Evidence) -> None:
    level = np.full(60, 60.0)
    level[30] = 100.0
    assert "00030" not in {item.unit for item in candidates(nation(level=level), worked)}


def test_a_place_unlike_every_adopter_is_not_offered(worked: Evidence) -> None:
    traits = np.zeros((60, 1))
    traits[40] = 1.0
    found = candidates(nation(traits=traits), worked)
    assert "00040" not in {item.unit for item in found}


def test_grounds_name_the_nearest_adopter_and_the_numbers(worked: Evidence) -> None:
    given = nation()
    row = int(np.argmin(given.level[8:])) + 8
    best = next(item for item in candidates(given, worked) if item.unit == given.units[row])
    grounds = {ground.reason: ground for ground in best.grounds}
    assert int(grounds[Reason.ALIKE].other) < 8
    assert 0 < grounds[Reason.ALIKE].value <= 1
    assert grounds[Reason.BEHIND].value == given.level[row]
    assert grounds[Reason.BEHIND].beside == pytest.approx(np.median(given.level))
    assert grounds[Reason.SAME_PROVINCE].value in {2.0, 3.0}


def test_without_an_effect_to_copy_nobody_is_offered(worked: Evidence) -> None:
    assert worked.effect is not None
    assert candidates(nation(), replace(worked, effect=None)) == []
    assert candidates(nation(), replace(worked, effect=replace(worked.effect, value=-3.0))) == []
    assert candidates(nation(adopted=np.zeros(60, bool)), worked) == []


def test_an_indicator_that_should_fall_is_offered_where_it_is_high(worked: Evidence) -> None:
    falls = replace(worked, indicator=replace(FINISHED, higher_is_better=False))
    assert falls.effect is not None
    falls = replace(falls, effect=replace(falls.effect, value=-8.0), kinds=())
    level, cases = nation().level.copy(), np.full(60, 100.0)
    level[20:22] = 50.0, 48.0
    found = candidates(nation(level=level, cases=cases), falls)
    units = [item.unit for item in found]
    assert all(item.points < 0 for item in found)
    assert units.index("00020") < units.index("00021")


def effect(value: float, error: float) -> Interval:
    return Interval(value, value - 2 * error, value + 2 * error, 0.01, 9, error, 10)


def test_kinds_that_do_not_differ_beyond_chance_all_get_the_common_effect() -> None:
    found = shrunken(effect(6, 1), [("hard", effect(6.5, 2)), ("easy", effect(5.5, 2))])
    assert found["hard"].value == found["easy"].value == found[""].value == 6


def test_kinds_that_differ_clearly_keep_most_of_their_own() -> None:
    found = shrunken(effect(7, 1), [("hard", effect(14, 1)), ("easy", effect(1, 1))])
    assert 12.5 < found["hard"].value < 14
    assert 1 < found["easy"].value < 2
    assert found[""].error > found["hard"].error


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.floats(-20, 20), st.floats(0.1, 10)), max_size=5),
    st.floats(-20, 20),
    st.floats(0.1, 10),
)
def test_a_shrunken_effect_lies_between_its_own_and_everybodys(
    kinds: list[tuple[float, float]], value: float, error: float
) -> None:
    given = [(f"kind {number}", effect(*each)) for number, each in enumerate(kinds)]
    found = shrunken(effect(value, error), given)
    for kind, told in given:
        low, high = sorted((told.value, value))
        assert low - 1e-9 <= found[kind].value <= high + 1e-9
