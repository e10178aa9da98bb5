"""How likely a count is among honest peers: rates of like people, what people differ by, and tails that allow for both.

Rare events are counts whose rate differs from person to person by a gamma distribution (so a count is negative-binomial), habits
are shares that differ by a beta distribution (beta-binomial). Both predict what a peer with as little work as this one may show,
which is what shrinks small samples. The first look takes one rate for everybody and little spread, so that a few who make things up cannot
hide behind the rates they made themselves; those who stand out then, two in a hundred at most, are left out of what peers show.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import betaln, gammaln
from scipy.stats import nbinom

from aoxanh.oversight.anomaly.signs import Units
from aoxanh.oversight.anomaly.work import Flags, Floats, Ints

LEAST_RATE = 1e-4
"""Something odd may happen to anybody: no rate is taken to be lower, whatever the peers show."""
LEAST_SPREAD_RARE = 0.5
LEAST_SPREAD_SHARE = 1e-3
PARENT_WEIGHT = 50.0
"""A stratum's rate leans on that of everybody by so many units."""
STANDS_OUT, MOST_LEFT_OUT = 1e-3, 0.02
"""Studies of made-up interviews find one to three interviewers in a hundred; if more stand out, the peers are like that."""
LOOKS = 3
CHECKED_AT = (0.05, 0.01)


@dataclass(frozen=True)
class Judged:
    """One sign for everybody who may show it; people without a unit have p = 1. `rate` is what peers show, `peers` how many there are."""

    hits: Ints
    units: Ints
    expected: Floats
    p: Floats
    peers: Ints


def judge(units: Units, owner: Ints, group: Ints) -> Judged:
    """Judge every owner's count; `owner` may name persons or teams, `group` the kind of peers of each."""
    count = len(group)
    hits = np.bincount(owner, units.hit, count).astype(np.int64)
    total = np.bincount(owner, minlength=count)
    judged, ordinary = total > 0, total > 0
    for look in range(LOOKS):
        rate = _rates(units, ordinary[owner], coarse=look == 0 and not units.share)
        expected: Floats = np.bincount(owner, rate, count).astype(np.float64)
        tail = _share_tail if units.share else _rare_tail
        p = tail(hits, total, expected, ordinary if look else np.zeros(count, bool))
        ordinary = judged & ~_standing_out(p, int(judged.sum()))
    p = _as_honest_peers_show(p, ordinary)
    with_units = np.bincount(group[judged], minlength=int(group.max(initial=0)) + 1)
    return Judged(hits, total, expected, p, np.maximum(with_units[group] - 1, 0))


def _standing_out(p: Floats, judged: int) -> Flags:
    """Name those whose count chance does not explain, the surest first and never more than may be."""
    out = np.zeros(len(p), bool)
    sure = np.flatnonzero(p < STANDS_OUT)
    out[sure[np.argsort(p[sure], kind="stable")[: int(MOST_LEFT_OUT * judged)]]] = True
    return out


def _rates(units: Units, used: Flags, *, coarse: bool) -> Floats:
    """Return for each unit the rate of its stratum among ordinary people, leaning on that of all strata; `coarse`: only the latter."""
    size = int(units.stratum.max()) + 1
    hits = np.bincount(units.stratum[used], units.hit[used], size)
    total = np.bincount(units.stratum[used], minlength=size)
    overall = max(LEAST_RATE, hits.sum() / max(1, total.sum()))
    if coarse:
        return np.full(len(units.stratum), overall)
    rate = (hits + PARENT_WEIGHT * overall) / (total + PARENT_WEIGHT)
    of_unit: Floats = np.maximum(rate, LEAST_RATE)[units.stratum]
    return of_unit


def _rare_tail(hits: Ints, total: Ints, expected: Floats, ordinary: Flags) -> Floats:
    """Return the chance of at least so many hits for a peer with the same days."""
    over = ((hits - expected) ** 2 - expected)[ordinary].sum()
    spread = max(LEAST_SPREAD_RARE, over / max(1e-12, (expected[ordinary] ** 2).sum()))
    shape = 1.0 / spread
    p = np.ones(len(hits))
    some = (hits > 0) & (total > 0)
    p[some] = nbinom.sf(hits[some] - 1, shape, shape / (shape + expected[some]))
    return p


def _share_tail(hits: Ints, total: Ints, expected: Floats, ordinary: Flags) -> Floats:
    """Return the chance of at least such a share for a peer with as many entries; 1 for whoever is not above the peers."""
    mean = np.divide(expected, total, out=np.full(len(hits), 0.5), where=total > 0).clip(1e-6, 1 - 1e-6)
    rho = _spread_of_shares(hits[ordinary], total[ordinary], mean[ordinary])
    a, b = mean * (1 / rho - 1), (1 - mean) * (1 / rho - 1)
    above = np.flatnonzero((total > 0) & (hits > expected))
    p = np.ones(len(hits))
    length = total[above] - hits[above] + 1
    who = np.repeat(above, length)
    k = hits[who] + np.arange(len(who)) - np.repeat(np.cumsum(length) - length, length)
    n = total[who]
    log_choose = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
    mass = np.exp(log_choose + betaln(k + a[who], n - k + b[who]) - betaln(a[who], b[who]))
    p[above] = np.bincount(who, mass, len(hits))[above].clip(1e-300, 1.0)
    return p


def _spread_of_shares(hits: Ints, total: Ints, mean: Floats) -> float:
    """Return the correlation of two entries of one person, by moments."""
    many = total > 1
    n, m = total[many].astype(np.float64), mean[many]
    wanted = (hits[many] - n * m) ** 2 - n * m * (1 - m)
    rho = wanted.sum() / max(1e-12, (n * (n - 1) * m * (1 - m)).sum())
    return float(np.clip(rho, LEAST_SPREAD_SHARE, 0.9))


def _as_honest_peers_show(p: Floats, ordinary: Flags) -> Floats:
    """Make values larger where more peers than should be are below a value that chance alone explains.

    Where 3 % of people have p <= 0.01 the model is too sure, and p becomes p ** (log 0.03 / log 0.01). It never gets surer.
    """
    many = int(ordinary.sum())
    power = 1.0
    for at in CHECKED_AT:
        seen = float((p[ordinary] <= at).sum() + 1) / max(1, many)
        if at < seen < 1:
            power = min(power, float(np.log(seen) / np.log(at)))
    return p**power
