"""Between which places a unit may lie among its peers: a rank is only told with its interval, and many units share one."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_DRAWS = 4000


@dataclass(frozen=True, slots=True)
class RankInterval:
    """First and last place that can be told from the counts; 1 is the highest rate."""

    best: int
    worst: int
    of: int

    @property
    def tells_nothing(self) -> bool:
        """Whether the interval covers more than half of all places, so that naming a place would mislead."""
        return (self.worst - self.best + 1) > self.of / 2


def rank_intervals(posteriors: Sequence[tuple[float, float]], *, is_share: bool, seed: int = 0, level: float = 0.95) -> list[RankInterval]:  # fmt: skip
    """Return each unit's interval of places, from the posteriors of `shrinkage`: (a, b) of a beta, or shape and rate of a gamma.

    Drawn at random from a seed, so the same counts give the same answer.
    """
    if not posteriors:
        return []
    draw = np.random.default_rng(seed)
    first, second = (np.array(column) for column in zip(*posteriors, strict=True))
    size = (_DRAWS, len(posteriors))
    drawn = draw.beta(first, second, size) if is_share else draw.gamma(first, 1 / second, size)
    places = np.argsort(np.argsort(-drawn, axis=1), axis=1) + 1
    best, worst = np.quantile(
        places, [(1 - level) / 2, (1 + level) / 2], axis=0, method="closest_observation"
    )
    return [RankInterval(int(b), int(w), len(posteriors)) for b, w in zip(best, worst, strict=True)]
