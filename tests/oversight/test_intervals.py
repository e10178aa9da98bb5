"""Wilson's interval against scipy's, and what it owes at the edges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from aoxanh.oversight.intervals import share


@given(st.integers(1, 5_000), st.data(), st.sampled_from([0.8, 0.95, 0.99]))
def test_the_interval_is_scipys(total: int, data: st.DataObject, level: float) -> None:
    hits = data.draw(st.integers(0, total))
    theirs = binomtest(hits, total).proportion_ci(level, method="wilson")
    ours = share(hits, total, level)
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=1e-12)
    assert ours.value is not None
    assert ours.low <= ours.value <= ours.high


def test_of_nothing_everything_is_possible() -> None:
    nothing = share(0, 0)
    assert (nothing.value, nothing.low, nothing.high) == (None, 0.0, 1.0)


@pytest.mark.parametrize(("hits", "total", "level"), [(2, 1, 0.95), (-1, 1, 0.95), (1, 1, 1.0), (1, 1, 0.0)])
def test_what_is_no_share_is_refused(hits: float, total: float, level: float) -> None:
    with pytest.raises(ValueError, match="0 <= hits <= total"):
        share(hits, total, level)
