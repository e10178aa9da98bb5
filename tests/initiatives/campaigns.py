"""A small campaign with a planted effect, quick enough for a test."""

import numpy as np

from aoxanh.initiatives.evidence.panel import NEVER, Panel


def campaign(
    seed: int = 1,
    *,
    points: float = 0.0,
    adopters: int = 16,
    provinces: int = 3,
    drift: float = 0.0,
    copies: float | None = None,
    periods: int = 13,
) -> Panel:
    """Return `provinces` of 40 communes; `copies` is the effect among every second adopter, if it is another one."""
    rng = np.random.default_rng(seed)
    number = 40 * provinces
    home = np.arange(number) % provinces
    hard = (rng.random(number) < 0.4).astype(float)
    began = np.full(number, NEVER)
    chosen = rng.permutation(number)[:adopters]
    began[chosen] = rng.integers(6, 10, adopters)
    pilot = np.zeros(number, bool)
    pilot[chosen[::2]] = True
    planted = np.where(pilot | (copies is None), points, copies or 0.0)
    time = np.arange(periods)
    since = (began[:, None] != NEVER) & (time >= began[:, None])
    share = 0.5 + rng.normal(0, 0.06, number)[:, None] + rng.normal(0, 0.03, (provinces, periods))[home]
    share = share + rng.normal(0, 0.02, (number, periods)) + (began != NEVER)[:, None] * drift * (time - 6)
    share = np.clip(share + since * planted[:, None] / 100, 0.02, 0.98)
    cases = rng.poisson(rng.lognormal(4, 0.5, number)[:, None], (number, periods)) + 1
    return Panel(
        units=tuple(f"{row:05}" for row in range(number)),
        provinces=tuple(f"{code:02}" for code in home),
        numerator=rng.binomial(cases, share).astype(float),
        denominator=cases.astype(float),
        adopted=began,
        traits=hard[:, None],
        names=("hard",),
        kinds=tuple("hard" if each else "easy" for each in hard),
        pilot=pilot if copies is not None else np.zeros(0, bool),
    )
