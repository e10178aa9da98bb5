"""The end of a generalised-assignment run: the integer program over all pairs that a better answer could use, with what it proves."""

import highspy
import numpy as np

from aoxanh.staffing.allocation.highs import Limits, Solution, _loaded
from aoxanh.staffing.allocation.model import Program
from aoxanh.staffing.allocation.problem import Floats

NEAR, HALF = 0.999, 0.5  # costs are whole: an answer that is better is better by one; and so are choices


def proven(
    program: Program, linear: Solution, known: Floats | None, seconds: float
) -> tuple[Floats | None, float]:
    """Return the best values found in so many seconds, and a bound below which no answer can be.

    A pair whose reduced cost alone lifts the linear program above `known` is in no better answer, so leaving it out proves as much as
    keeping it.
    """
    room = np.inf if known is None else program.cost @ known - linear.objective
    keep = linear.reduced < room
    if known is not None:
        keep |= known > HALF
    size = len(keep)
    highs = _loaded(
        program,
        Limits(np.zeros(size), keep.astype(np.float64), np.ones(size, dtype=np.bool_), NEAR, 0),
    )
    for name, value in (("mip_abs_gap", NEAR), ("mip_rel_gap", 0.0), ("time_limit", seconds)):
        highs.setOptionValue(name, value)
    if known is not None:
        start = highspy.HighsSolution()
        start.col_value = known.tolist()
        highs.setSolution(start)
    highs.run()
    found = highs.getInfo()
    bound = max(linear.objective, found.mip_dual_bound)
    if highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible and known is None:
        return None, np.inf
    if found.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return known, linear.objective if not np.isfinite(bound) else bound
    return np.array(highs.getSolution().col_value), bound
