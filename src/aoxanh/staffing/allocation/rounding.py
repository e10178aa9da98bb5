"""From fractions to whole people: small exact programs around the fractional part, widened until the gap is small enough.

Whatever the linear optimum gives in whole numbers is kept; only fractional columns, then those that cost next to nothing to
change, are decided again.
"""

import numpy as np

from aoxanh.staffing.allocation.highs import Limits, Solution, solve_integer
from aoxanh.staffing.allocation.model import Model, Program
from aoxanh.staffing.allocation.problem import Flags, Floats, Ints

WHOLE = 1e-6
ENOUGH = 6e-5  # of the objective: widening ends here
EXACT = 1e-5  # of the objective: each small program ends here
NODES = 40
WIDER = (2.0,)  # points of reduced cost up to which a column is free again


def whole(model: Model, linear: Solution) -> Floats:
    """Return whole values of all columns that keep every rule, as cheap as could be found."""
    program, near = model.program, np.round(linear.value)
    fractional = np.abs(linear.value - near) > WHOLE
    if not fractional[: model.at[4]].any():
        return near
    low = np.where(fractional, np.floor(linear.value), near)
    high = np.where(fractional, np.ceil(linear.value), near)
    best = _decide(model, low, high, linear, None)
    if best is None:
        raise ArithmeticError("a flow always has a whole solution between its neighbours")
    for margin in WIDER:
        if program.cost @ best - linear.objective <= ENOUGH * abs(linear.objective):
            break
        loose = (np.abs(linear.reduced) <= margin) | (np.abs(best - linear.value) > WHOLE)
        reach = np.where(loose, 1.0, 0.0)
        low, high = np.maximum(best - reach, 0), np.minimum(best + reach, program.upper)
        wider = _decide(model, low, high, linear, best)
        if wider is not None and program.cost @ wider < program.cost @ best:
            best = wider
    return best


def _decide(model: Model, low: Floats, high: Floats, linear: Solution, known: Floats | None) -> Floats | None:
    """Solve for the columns between `low` and `high`; shortfalls follow from the rest and are always free."""
    low, high = low.copy(), high.copy()
    low[model.at[4] :], high[model.at[4] :] = 0.0, np.inf
    free = np.flatnonzero(high > low)
    small = _restricted(model.program, np.where(high > low, 0.0, low), free)
    integer = free < model.at[4]
    limits = Limits(low[free], high[free], integer, EXACT * abs(linear.objective), NODES)
    found = solve_integer(small, limits, None if known is None else known[free])
    if found is None:
        return None
    value = low.copy()
    value[free] = np.where(integer, np.round(found), found)
    return value


def _restricted(program: Program, fixed: Floats, free: Ints) -> Program:
    """Return the program of the free columns, with what the others use taken off the rows; empty rows are dropped."""
    size = np.diff(program.start)
    used = np.bincount(
        program.index, np.repeat(fixed, size) * program.value, minlength=len(program.row_lower)
    )
    keep: Flags = np.zeros(len(program.cost), dtype=np.bool_)
    keep[free] = True
    entry = np.repeat(keep, size)
    rows, index = np.unique(program.index[entry], return_inverse=True)
    start = np.concatenate([[0], np.cumsum(size[free])])
    return Program(
        program.cost[free], program.upper[free],
        (program.row_lower - used)[rows], (program.row_upper - used)[rows],
        start, index, program.value[entry], program.column_key[free], program.row_key[rows],
    )  # fmt: skip
