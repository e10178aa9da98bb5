"""The only place that talks to HiGHS: a program in, values and prices out; one thread, no clock, so that runs repeat exactly."""

from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np

from aoxanh.staffing.allocation.model import Program
from aoxanh.staffing.allocation.problem import Flags, Floats, Ints

BASIC = int(highspy.HighsBasisStatus.kBasic)
LOWER = int(highspy.HighsBasisStatus.kLower)
UPPER = int(highspy.HighsBasisStatus.kUpper)
DUAL_SIMPLEX = 1
FINE = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty)


class ProgramUnsolved(Exception):
    """HiGHS ended a program without an optimum; the message carries its reason."""


@dataclass(frozen=True)
class Basis:
    """Which columns and rows are basic, by their keys, so that the next, slightly different program can start from it."""

    column_key: Ints
    column: Ints
    row_key: Ints
    row: Ints


@dataclass(frozen=True)
class Solution:
    """An optimum of the linear program."""

    objective: float
    value: Floats
    row_dual: Floats
    reduced: Floats
    basis: Basis
    iterations: int


def solve_linear(program: Program, start: Basis | None = None, *, near: bool = False) -> Solution:
    """Return an optimal vertex by the simplex method, from a kept basis if there is one.

    `near` says that little has changed since that basis: disturbing the costs, which helps from afar, would have to be undone.
    """
    highs = _loaded(program)
    highs.setOptionValue("presolve", "off")
    highs.setOptionValue("solver", "simplex")
    highs.setOptionValue("simplex_strategy", DUAL_SIMPLEX)
    if start is not None:
        highs.setBasis(_matched(program, start))
        if near:
            highs.setOptionValue("dual_simplex_cost_perturbation_multiplier", 0.0)
    highs.run()
    if highs.getModelStatus() not in FINE:
        raise ProgramUnsolved(highs.modelStatusToString(highs.getModelStatus()))
    solution, basis = highs.getSolution(), highs.getBasis()
    return Solution(
        highs.getInfo().objective_function_value,
        _floats(solution.col_value, len(program.cost)), _floats(solution.row_dual, len(program.row_lower)),
        _floats(solution.col_dual, len(program.cost)),
        Basis(
            program.column_key, np.array([int(status) for status in basis.col_status], dtype=np.int8),
            program.row_key, np.array([int(status) for status in basis.row_status], dtype=np.int8),
        ),
        highs.getInfo().simplex_iteration_count,
    )  # fmt: skip


@dataclass(frozen=True)
class Limits:
    """Where columns may lie, which must be whole, and when the search may end: at a gap in points or after so many nodes."""

    lower: Floats
    upper: Floats
    integer: Flags
    gap: float
    nodes: int


def solve_integer(program: Program, limits: Limits, known: Floats | None = None) -> Floats | None:
    """Return values within the limits, or None if none was found; never ended by the clock."""
    highs = _loaded(program, limits)
    highs.setOptionValue("mip_abs_gap", limits.gap)
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.setOptionValue("mip_max_nodes", limits.nodes)
    if known is not None:
        start = highspy.HighsSolution()
        start.col_value = known.tolist()
        highs.setSolution(start)
    highs.run()
    if highs.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None
    return np.array(highs.getSolution().col_value)


class _Quiet(highspy.Highs):
    """HiGHS without its callbacks, which print a banner when they are switched on."""

    def __init__(self) -> None:
        super(highspy.Highs, self).__init__()
        self.setOptionValue("output_flag", False)


def _loaded(program: Program, limits: Limits | None = None) -> Any:
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(program.cost), len(program.row_lower)
    lp.col_cost_ = program.cost
    lp.col_lower_ = np.zeros(len(program.cost)) if limits is None else limits.lower
    lp.col_upper_ = program.upper if limits is None else limits.upper
    lp.row_lower_, lp.row_upper_ = program.row_lower, program.row_upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = program.start.astype(np.int32)
    lp.a_matrix_.index_ = program.index.astype(np.int32)
    lp.a_matrix_.value_ = program.value
    if limits is not None:
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        lp.integrality_ = [kinds[flag] for flag in limits.integer.astype(int)]
    highs = _Quiet()
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("random_seed", 1)
    highs.passModel(lp)
    return highs


def _matched(program: Program, start: Basis) -> Any:
    """Carry a basis over by keys; what is new starts at its lower bound, and HiGHS mends what does not fit."""
    basis = highspy.HighsBasis()
    status = list(highspy.HighsBasisStatus.__members__.values())
    by_number = {int(each): each for each in status}
    column = _carried(program.column_key, start.column_key, start.column, LOWER)
    column[(column == UPPER) & ~np.isfinite(program.upper)] = LOWER
    row = _carried(program.row_key, start.row_key, start.row, BASIC)
    basis.col_status = [by_number[number] for number in column.tolist()]
    basis.row_status = [by_number[number] for number in row.tolist()]
    basis.alien = True
    basis.valid = True
    return basis


def _carried(keys: Ints, old_keys: Ints, old: Ints, otherwise: int) -> Ints:
    order = np.argsort(old_keys, kind="stable")
    at = np.minimum(np.searchsorted(old_keys[order], keys), len(old_keys) - 1)
    found = old_keys[order][at] == keys
    return np.where(found, old[order][at], otherwise).astype(np.int8)


def _floats(values: list[float], size: int) -> Floats:
    """Return a solver's list; an empty program answers with nothing at all."""
    return np.array(values) if len(values) == size else np.zeros(size)
