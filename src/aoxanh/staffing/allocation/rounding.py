"""From fractions to whole people: a small exact program of the fractional part.

Whatever the linear optimum gives in whole numbers is kept; fractional columns are decided again, each between its neighbours.
"""

import numpy as np

from aoxanh.staffing.allocation.highs import Limits, Solution, solve_integer
from aoxanh.staffing.allocation.model import Model, Program
from aoxanh.staffing.allocation.problem import Flags, Floats, Ints

WHOLE = 1e-6
EXACT = 1e-5  # of the objective: the small program may end here
NODES = 40


def whole(model: Model, linear: Solution) -> Floats:
    """Return whole values of all columns that keep every rule, as cheap as could be found."""
    program, near = model.program, np.round(linear.value)
    fractional = np.abs(linear.value - near) > WHOLE
    if not fractional[: model.at[4]].any():
        return near
    low = np.where(fractional, np.floor(linear.value), near)
    high = np.where(fractional, np.ceil(linear.value), near)
    # Shortfalls follow from the rest and are always free.
    low[model.at[4] :], high[model.at[4] :] = 0.0, np.inf
    free = np.flatnonzero(high > low)
    integer = free < model.at[4]
    small = _restricted(program, np.where(high > low, 0.0, low), free)
    limits = Limits(low[free], high[free], integer, EXACT * abs(linear.objective), NODES)
    found = solve_integer(small, limits)
    if found is None:
        raise ArithmeticError("a flow always has a whole solution between its neighbours")
    low[free] = np.where(integer, np.round(found), found)
    return low


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
