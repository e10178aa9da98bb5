"""Funnel limits agree with tables, hold under chance alone, and widen when units differ by nature; ranks tell how sure they are."""

import numpy as np
import pytest
from scipy.stats import binom

from aoxanh.oversight.comparison.funnel import ACTION, WARNING, Funnel, rate_funnel, share_funnel
from aoxanh.oversight.comparison.ranks import rank_intervals
from aoxanh.oversight.comparison.shrinkage import shares


def test_limits_of_ten_coins_are_those_computed_by_hand() -> None:
    """P(X <= 1) = 11/1024, P(X <= 2) = 56/1024: 0.025 is reached at 2, less (56 - 25.6) / 45 of the step: 1.3244 of 10."""
    limits = Funnel(0.5, 1.0, is_share=True).limits(10, WARNING)
    assert limits.low == pytest.approx((2 - (56 - 25.6) / 45) / 10)
    assert limits.high == pytest.approx((8 - (1013 - 998.4) / 45) / 10)


def test_under_chance_alone_few_units_lie_outside() -> None:
    draw = np.random.default_rng(7)
    outside = far = count = 0
    for _each in range(40):
        of = draw.integers(20, 400, 50)
        won = draw.binomial(of, 0.7)
        funnel = share_funnel(list(won), list(of))
        places = [funnel.position(x / n, n) for x, n in zip(won, of, strict=True)]
        outside += sum(place != 0 for place in places)
        far += sum(abs(place) == 2 for place in places)
        count += 50
    assert outside / count <= 0.06
    assert far / count <= 0.005


def test_units_that_differ_by_nature_widen_the_funnel_and_one_that_stands_apart_does_not() -> None:
    draw = np.random.default_rng(8)
    of = [200] * 60
    alike = list(draw.binomial(of, 0.7))
    assert share_funnel(alike, of).dispersion == 1
    assert share_funnel([*alike[:-1], 20], of).dispersion == 1
    natural = list(draw.binomial(of, draw.beta(14, 6, 60)))
    assert share_funnel(natural, of).dispersion > 3
    wide, narrow = share_funnel(natural, of), Funnel(share_funnel(natural, of).target, 1.0, is_share=True)
    assert wide.limits(200).low < narrow.limits(200).low


def test_one_that_stands_apart_is_found() -> None:
    of = [200] * 60
    won = [*[140] * 59, 90]
    assert share_funnel(won, of).position(90 / 200, 200) == -2
    assert share_funnel(won, of).position(140 / 200, 200) == 0


def test_limits_close_in_as_a_unit_grows_and_the_outer_hold_the_inner() -> None:
    funnel = Funnel(0.3, 1.4, is_share=True)
    widths = [funnel.limits(size).high - funnel.limits(size).low for size in (5, 20, 100, 1000)]
    assert widths == sorted(widths, reverse=True)
    for size in (1, 5, 50, 500):
        inner, outer = funnel.limits(size, WARNING), funnel.limits(size, ACTION)
        assert 0 <= outer.low <= inner.low <= 0.3 <= inner.high <= outer.high <= 1


def test_limits_of_a_rate_are_poisson() -> None:
    funnel = rate_funnel([10, 10, 10], [2, 2, 2])
    assert funnel.target == 5
    assert funnel.limits(2, WARNING).low == pytest.approx(0.4 * 5, abs=0.3)
    assert funnel.position(5, 2) == 0
    assert funnel.position(20, 2) == 2


def test_a_target_that_all_reach_has_no_spread() -> None:
    funnel = share_funnel([5, 9], [5, 9])
    assert (funnel.limits(5).low, funnel.limits(5).high) == (1, 1)


@pytest.mark.parametrize(("hits", "totals"), [([], []), ([0], [0]), ([3], [2])], ids=["none", "nothing", "more"])  # fmt: skip
def test_a_funnel_of_nothing_is_refused(hits: list[float], totals: list[float]) -> None:
    with pytest.raises(ValueError, match="funnel"):
        share_funnel(hits, totals)


def test_interpolated_limits_lie_within_a_step_of_the_quantile() -> None:
    for size in (7, 33, 250):
        limits = Funnel(0.42, 1.0, is_share=True).limits(size, WARNING)
        assert 0 <= binom.ppf(0.025, size, 0.42) / size - limits.low <= 1 / size


def test_ranks_hold_the_truth_and_alike_units_share_their_places() -> None:
    draw = np.random.default_rng(9)
    held = count = 0
    for _each in range(30):
        truth = draw.beta(12, 8, 20)
        of = draw.integers(20, 300, 20)
        found = shares(list(draw.binomial(of, truth)), list(of))
        places = np.argsort(np.argsort(-truth)) + 1
        intervals = rank_intervals(found.posteriors, is_share=True, seed=3)
        held += sum(each.best <= place <= each.worst for each, place in zip(intervals, places, strict=True))
        count += 20
    assert held / count >= 0.93
    alike = shares([7.0] * 10, [10.0] * 10)
    assert all(each.tells_nothing for each in rank_intervals(alike.posteriors, is_share=True))
    assert rank_intervals([], is_share=True) == []
