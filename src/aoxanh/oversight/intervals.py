"""How sure a share is: Wilson's interval, which stays between 0 and 1 and holds for small counts."""

from dataclasses import dataclass
from functools import cache
from math import sqrt
from statistics import NormalDist


@dataclass(frozen=True, slots=True)
class Share:
    """A share of a count with its interval, all between 0 and 1; of nothing the value is None and the interval everything."""

    hits: float
    total: float
    value: float | None
    low: float
    high: float


def share(hits: float, total: float, level: float = 0.95) -> Share:
    """Return the share with Wilson's score interval (E. B. Wilson, 1927).

    Counts may be weighted, and so need not be whole. Raises ValueError unless 0 <= hits <= total and 0 < level < 1.
    """
    if not 0 <= hits <= total or not 0 < level < 1:
        raise ValueError("a share needs 0 <= hits <= total and a level between 0 and 1")
    if total == 0:
        return Share(hits, total, None, 0.0, 1.0)
    z = _quantile(level)
    value = hits / total
    middle = value + z * z / (2 * total)
    reach = z * sqrt(value * (1 - value) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    # Rounding may leave a hair beyond the value where the bound touches it.
    low, high = min(value, (middle - reach) / scale), max(value, (middle + reach) / scale)
    return Share(hits, total, value, max(0.0, low), min(1.0, high))


@cache
def _quantile(level: float) -> float:
    return NormalDist().inv_cdf((1 + level) / 2)
