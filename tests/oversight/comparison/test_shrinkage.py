"""Shrunken rates hold what they promise on simulated truth, beat the raw shares, and agree with a hand-computed example."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aoxanh.oversight.comparison.shrinkage import rates, shares


def test_a_prior_known_exactly_gives_the_posterior_computed_by_hand() -> None:
    """4,000 units of one share: the prior is as good as a point at 0.5, so a unit of 4 of 4 stays near 0.5."""
    won, of = [50.0] * 4000, [100.0] * 4000
    found = shares([*won, 4.0], [*of, 4.0])
    assert found.common == pytest.approx(0.5, abs=0.002)
    assert found.estimates[-1].value == pytest.approx(0.5, abs=0.01)
    assert found.estimates[-1].weight < 0.05


def test_two_camps_are_told_apart_as_the_beta_of_their_moments_by_hand() -> None:
    """Shares of 0.2 and 0.8 in equal parts.

    Their mean is 1/2 and their variance 0.09, so a + b = 0.25 / 0.09 - 1 = 1.78, and 800 of 1000 moves to
    (0.89 + 800) / (1.78 + 1000) = 0.7995.
    """
    found = shares([200.0, 800.0] * 50, [1000.0] * 100)
    assert found.estimates[1].value == pytest.approx(0.7995, abs=0.0005)
    assert found.estimates[0].value == pytest.approx(0.2005, abs=0.0005)
    assert found.estimates[0].weight > 0.99


@pytest.mark.parametrize(("a", "b"), [(8, 4), (80, 20), (2, 2), (400, 200)], ids=["8-4", "80-20", "2-2", "400-200"])  # fmt: skip
def test_intervals_of_shares_cover_the_truth_as_often_as_they_say(a: float, b: float) -> None:
    draw = np.random.default_rng(20260101)
    covered, better, count = 0, 0.0, 0
    for _campaign in range(40):
        of = draw.integers(3, 120, 60).astype(float)
        truth = draw.beta(a, b, 60)
        won = draw.binomial(of.astype(int), truth).astype(float)
        found = shares(list(won), list(of)).estimates
        covered += sum(each.low <= true <= each.high for each, true in zip(found, truth, strict=True))
        values = np.array([each.value for each in found])
        better += float(((won / of - truth) ** 2).sum() - ((values - truth) ** 2).sum())
        count += 60
    assert 0.93 <= covered / count <= 0.995
    assert better > 0


@pytest.mark.parametrize("shape", [2.0, 20.0, 400.0], ids=["2", "20", "400"])
def test_intervals_of_rates_cover_the_truth_as_often_as_they_say(shape: float) -> None:
    draw = np.random.default_rng(20260102)
    covered, count = 0, 0
    for _campaign in range(40):
        exposed = draw.uniform(1, 40, 60)
        truth = draw.gamma(shape, 5 / shape, 60)
        events = draw.poisson(truth * exposed).astype(float)
        found = rates(list(events), list(exposed)).estimates
        covered += sum(each.low <= true <= each.high for each, true in zip(found, truth, strict=True))
        count += 60
    assert 0.93 <= covered / count <= 0.995


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), min_size=1, max_size=30))
def test_any_counts_give_a_value_within_its_interval(pairs: list[tuple[int, int]]) -> None:
    hits, totals = [min(pair) for pair in pairs], [max(pair) for pair in pairs]
    for each in shares(hits, totals).estimates:
        assert 0 <= each.low <= each.value <= each.high <= 1
        assert 0 <= each.weight <= 1
    for each in rates(hits, [total + 1 for total in totals]).estimates:
        assert 0 <= each.low <= each.value <= each.high


def test_a_small_unit_is_drawn_in_further_than_a_big_one_of_the_same_share() -> None:
    found = shares([9.0, 900.0, *[60.0, 70.0, 50.0, 65.0] * 10], [10.0, 1000.0, *[100.0] * 40]).estimates
    assert found[0].value < found[1].value < 0.9
    assert found[0].high - found[0].low > found[1].high - found[1].low


@pytest.mark.parametrize(
    ("hits", "totals"),
    [([], []), ([2], [1]), ([-1], [1]), ([float("nan")], [1]), ([1, 2], [3])],
    ids=["none", "more hits", "negative", "nan", "lengths"],
)
def test_counts_that_cannot_be_are_refused(hits: list[float], totals: list[float]) -> None:
    with pytest.raises(ValueError, match=r"count|more|rates"):
        shares(hits, totals)


def test_events_without_an_exposure_are_refused() -> None:
    with pytest.raises(ValueError, match="exposure"):
        rates([1.0], [0.0])
