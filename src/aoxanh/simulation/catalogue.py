"""The lists that sessions choose from: procedures with their cards' versions and steps, and languages."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aoxanh.procedures import queries as procedures
from aoxanh.simulation.land import Land
from aoxanh.simulation.plan import Plan
from aoxanh.simulation.words import PROCEDURES


@dataclass(frozen=True)
class Catalogue:
    """`town` and `country` are the cumulative shares of the procedures; `languages` begins with Vietnamese."""

    codes: list[str]
    versions: list[int]
    steps: NDArray[np.int16]
    town: NDArray[np.float64]
    country: NDArray[np.float64]
    languages: list[str]


def read_catalogue(plan: Plan, land: Land) -> Catalogue:
    """Read the cards that hold on the plan's last day; a procedure that has none is not chosen."""
    shown = {
        item.card.code: item for item in procedures.current_cards(day=plan.until, codes=list(PROCEDURES))
    }
    codes = [code for code in PROCEDURES if code in shown]
    weights = np.array([PROCEDURES[code] for code in codes], dtype=np.float64)
    shares = np.cumsum(weights, axis=0) / weights.sum(axis=0)
    spoken = sorted({language for languages in land.languages for language in languages})
    return Catalogue(
        codes,
        [shown[code].version.number for code in codes],
        np.array([len(shown[code].card.steps) for code in codes], np.int16),
        shares[:, 0],
        shares[:, 1],
        ["vie", *spoken],
    )
