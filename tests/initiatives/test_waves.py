"""Waves are drawn by lot, evenly, and can be drawn again."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aoxanh.initiatives.evidence.waves import Misfit, WavesUnfit, Wish, draw

plans = st.tuples(
    st.integers(1, 6), st.integers(5, 30), st.integers(0, 200), st.integers(1, 8), st.integers(0, 10**6)
)


def places(number: int, strata: int) -> tuple[list[str], list[str]]:
    return [f"{row:05}" for row in range(number)], [f"s{row * row % strata}" for row in range(number)]


@settings(max_examples=150, deadline=None)
@given(plans)
def test_everybody_has_one_wave_and_sizes_differ_by_one_at_most(plan: tuple[int, int, int, int, int]) -> None:
    waves, waiting, more, strata, seed = plan
    units, stratum = places(5 * waves + waiting + more, strata)
    drawn = draw(units, stratum, Wish(waves, waiting), seed)
    counted = Counter(drawn.wave)
    assert [counted[wave] for wave in range(waves + 1)] == list(drawn.sizes)
    assert max(drawn.sizes[:-1]) - min(drawn.sizes[:-1]) <= 1
    assert drawn.sizes[-1] == waiting


@settings(max_examples=150, deadline=None)
@given(plans)
def test_every_stratum_is_in_every_wave_in_fair_share(plan: tuple[int, int, int, int, int]) -> None:
    waves, waiting, more, strata, seed = plan
    units, stratum = places(5 * waves + waiting + more, strata)
    drawn = draw(units, stratum, Wish(waves, waiting), seed)
    for name, size in Counter(stratum).items():
        for wave, of_all in enumerate(drawn.sizes):
            here = sum(
                1 for code, each in zip(stratum, drawn.wave, strict=True) if (code, each) == (name, wave)
            )
            assert abs(here - size * of_all / len(units)) <= 3


@settings(max_examples=50, deadline=None)
@given(plans, st.randoms(use_true_random=False))
def test_the_seed_draws_the_same_again_in_whatever_order_they_are_listed(
    plan: tuple[int, int, int, int, int], shuffler: "np.random.Generator"
) -> None:
    waves, waiting, more, strata, seed = plan
    units, stratum = places(5 * waves + waiting + more, strata)
    once = dict(zip(units, draw(units, stratum, Wish(waves, waiting), seed).wave, strict=True))
    listed = list(zip(units, stratum, strict=True))
    shuffler.shuffle(listed)
    again = draw([unit for unit, _ in listed], [code for _, code in listed], Wish(waves, waiting), seed)
    assert dict(zip(again.units, again.wave, strict=True)) == once


def test_other_seeds_draw_otherwise_and_everybody_is_as_likely_to_begin() -> None:
    units, stratum = places(40, 4)
    first = Counter[str]()
    for seed in range(400):
        drawn = draw(units, stratum, Wish(3, 10), seed)
        first.update(unit for unit, wave in zip(units, drawn.wave, strict=True) if wave == 0)
    # Each begins first in a quarter of the draws; four standard deviations of a fair lot.
    assert all(abs(first[unit] - 100) < 4 * np.sqrt(400 * 0.25 * 0.75) for unit in units)


@pytest.mark.parametrize(
    ("number", "wish", "misfit", "bound"),
    [
        (30, Wish(0, 5), Misfit.NUMBER_OF_WAVES, 8),
        (90, Wish(9, 5), Misfit.NUMBER_OF_WAVES, 8),
        (30, Wish(2, 4), Misfit.NOBODY_WAITS, 5),
        (14, Wish(2, 5), Misfit.TOO_FEW_PLACES, 15),
        (30, Wish(2, 5, apart=1), Misfit.TOO_CLOSE, 2),
        (40, Wish(2, 5, capacity=10), Misfit.OVER_CAPACITY, 25),
    ],
    ids=["none", "many", "nobody waits", "few", "close", "capacity"],
)
def test_waves_that_leave_nothing_to_compare_are_refused_with_the_limit(
    number: int, wish: Wish, misfit: Misfit, bound: int
) -> None:
    units, stratum = places(number, 3)
    with pytest.raises(WavesUnfit) as refusal:
        draw(units, stratum, wish, 1)
    assert (refusal.value.misfit, refusal.value.bound) == (misfit, bound)


def test_balance_tells_each_traits_mean_in_each_wave() -> None:
    units, stratum = places(60, 2)
    trait = np.array([[float(code == "s1"), row] for row, code in enumerate(stratum)])
    drawn = draw(units, stratum, Wish(2, 20), 7, (("ward", "size"), trait))
    ward, size = drawn.balance
    assert len(ward.means) == len(drawn.sizes) == 3
    assert ward.worst < 0.4
    assert size.means[0] == pytest.approx(np.mean([row for row, wave in enumerate(drawn.wave) if wave == 0]))
    assert drawn.starts == (0, 3)


def test_a_commune_listed_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="once"):
        draw(["00001"] * 20, ["s"] * 20, Wish(1, 5), 1)
