"""What the engine is given: counts by commune and period, traits of the communes, and when each one adopted."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
NEVER = -1
ROUGH_DENOMINATOR = 5  # a share of fewer cases says nothing of a month; such a commune is left out


class PanelUnfit(ValueError):
    """The arrays of a panel contradict each other."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A ratio of two counts, told as so many per `per`; `worth` is the smallest change that anybody would act on."""

    key: str
    per: int = 100
    higher_is_better: bool = True
    worth: float = 5.0


@dataclass(frozen=True, slots=True)
class Panel:
    """Counts of every commune in every period. `adopted` is the number of the period in which it began, or NEVER.

    `pilot` marks the adopters from whom the first claim came; the others copied them. `names` are those of the traits'
    columns, and `kinds` tells for which sort of place effects are also told apart.
    """

    units: tuple[str, ...]
    provinces: tuple[str, ...]
    numerator: Floats
    denominator: Floats
    adopted: Ints
    traits: Floats
    names: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    pilot: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, np.bool_))

    def __post_init__(self) -> None:
        number = len(self.units)
        if self.numerator.shape != self.denominator.shape or self.numerator.ndim != 2:
            raise PanelUnfit("numerator and denominator must be two tables of the same shape")
        rows = {len(self.provinces), len(self.numerator), len(self.adopted), len(self.traits)}
        if rows != {number} or (self.kinds and len(self.kinds) != number):
            raise PanelUnfit("every commune needs one row in every table")
        if len(self.pilot) not in {0, number}:
            raise PanelUnfit("pilots are marked for every commune or for none")
        if len(set(self.units)) != number:
            raise PanelUnfit("a commune stands in the panel twice")
        if not (np.isfinite(self.numerator).all() and np.isfinite(self.denominator).all()):
            raise PanelUnfit("counts must be numbers")
        if (self.numerator < 0).any() or (self.denominator < 0).any():
            raise PanelUnfit("counts cannot be below zero")
        if ((self.adopted < NEVER) | (self.adopted >= self.numerator.shape[1])).any():
            raise PanelUnfit("an adoption lies outside the periods; one that is still to come is NEVER")

    @property
    def periods(self) -> int:
        return int(self.numerator.shape[1])

    @property
    def adopters(self) -> NDArray[np.bool_]:
        return np.asarray(self.adopted != NEVER, np.bool_)

    def rates(self, per: int) -> Floats:
        """Return numerator per `per` of the denominator; NaN where there was nothing to share."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(self.denominator > 0, per * self.numerator / self.denominator, np.nan)

    def kept(self, rows: NDArray[np.bool_]) -> "Panel":
        """Return the panel of some communes only."""
        chosen = np.flatnonzero(rows)
        pick = chosen.tolist()
        return Panel(
            units=tuple(self.units[row] for row in pick),
            provinces=tuple(self.provinces[row] for row in pick),
            numerator=self.numerator[chosen],
            denominator=self.denominator[chosen],
            adopted=self.adopted[chosen],
            traits=self.traits[chosen],
            names=self.names,
            kinds=tuple(self.kinds[row] for row in pick) if self.kinds else (),
            pilot=self.pilot[chosen] if len(self.pilot) else self.pilot,
        )

    def readable(self) -> "Panel":
        """Return the communes whose every period has enough cases, without those that adopted before the first period ended."""
        typical = np.median(self.denominator, axis=1)
        return self.kept(
            (self.denominator > 0).all(axis=1) & (typical >= ROUGH_DENOMINATOR) & (self.adopted != 0)
        )
