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
STATUS = np.array(sorted(highspy.HighsBasisStatus.__members__.values(), key=int), dtype=object)
DUAL_SIMPLEX = 1
FINE = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty)


class ProgramUnsolved(Exception):
    """HiGHS ended a program without an optimum; the message carries its reason."""


@dataclass(frozen=True)
class Basis:
    """Where an optimum lies, by keys, so that the next, slightly different program can start from it.

    Columns that are not named are at their lower bound, rows that are not named are basic.
    """

    basic: Ints
    upper: Ints
    tight: Ints


@dataclass(frozen=True)
class Solution:
    """An optimum of the linear program."""

    objective: float
    value: Floats
    row_dual: Floats
    reduced: Floats
    basis: Basis


def solve_linear(program: Program, start: Basis | None = None) -> Solution:
    """Return an optimal vertex by the dual simplex method, from a kept basis if there is one.

    From afar it helps to disturb the costs; near a kept basis the program's own way of breaking ties has to do.
    """
    highs = _loaded(program)
    highs.setOptionValue("presolve", "off")
    highs.setOptionValue("solver", "simplex")
    highs.setOptionValue("simplex_strategy", DUAL_SIMPLEX)
    if start is not None:
        highs.setBasis(_matched(program, start))
        highs.setOptionValue("dual_simplex_cost_perturbation_multiplier", 0.0)
    highs.run()
    if highs.getModelStatus() not in FINE:
        raise ProgramUnsolved(highs.modelStatusToString(highs.getModelStatus()))
    solution = highs.getSolution()
    value = _floats(solution.col_value, len(program.cost))
    return Solution(
        highs.getInfo().objective_function_value,
        value, _floats(solution.row_dual, len(program.row_lower)), _floats(solution.col_dual, len(program.cost)),
        _basis(program, highs, value),
    )  # fmt: skip


def _basis(program: Program, highs: Any, value: Floats) -> Basis:
    if not len(program.cost):
        # HiGHS solves nothing then, and its basic variables mean nothing: hand edits filled every place.
        return Basis(program.column_key, program.column_key, program.row_key[:0])
    basic = np.asarray(highs.getBasicVariables()[1], dtype=np.int64)
    column = np.zeros(len(program.cost), dtype=np.bool_)
    column[basic[basic >= 0]] = True
    tight = np.ones(len(program.row_lower), dtype=np.bool_)
    tight[-1 - basic[basic < 0]] = False
    upper = ~column & (value > 0)
    return Basis(program.column_key[column], program.column_key[upper], program.row_key[tight])


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
    """Return a HiGHS that holds the program; whole arrays are handed over, since its lists are read number by number."""
    columns, rows = len(program.cost), len(program.row_lower)
    lower = np.zeros(columns) if limits is None else limits.lower
    integer = np.zeros(columns, dtype=np.int32) if limits is None else limits.integer.astype(np.int32)
    highs = _Quiet()
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("random_seed", 1)
    highs.passModel(
        columns, rows, len(program.index), int(highspy.MatrixFormat.kColwise), int(highspy.ObjSense.kMinimize), 0.0,
        program.cost, lower, program.upper if limits is None else limits.upper,
        program.row_lower, program.row_upper,
        program.start.astype(np.int32), program.index.astype(np.int32), program.value, integer,
    )  # fmt: skip
    return highs


def _matched(program: Program, start: Basis) -> Any:
    """Carry a basis over by keys; HiGHS mends what does not fit."""
    column = np.full(len(program.column_key), LOWER)
    column[np.isin(program.column_key, start.upper) & np.isfinite(program.upper)] = UPPER
    column[np.isin(program.column_key, start.basic)] = BASIC
    row = np.where(np.isfinite(program.row_lower), LOWER, UPPER)
    row[~np.isin(program.row_key, start.tight)] = BASIC
    basis = highspy.HighsBasis()
    basis.col_status, basis.row_status = STATUS[column].tolist(), STATUS[row].tolist()
    basis.alien = basis.valid = True
    return basis


def _floats(values: list[float], size: int) -> Floats:
    """Return a solver's list; an empty program answers with nothing at all."""
    return np.array(values) if len(values) == size else np.zeros(size)
