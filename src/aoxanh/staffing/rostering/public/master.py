"""The linear program over whole personal rosters: one of each person's columns is chosen, and cover is paid for; by HiGHS."""

from dataclasses import dataclass

import highspy
import numpy as np

from aoxanh.staffing.rostering.public.instance import Instance
from aoxanh.staffing.rostering.public.pricing import REST, Floats, Line

NEAR, HALF = 0.999, 0.5  # costs are whole, and so are choices
Column = tuple[int, Line]  # a person's number and days


class _Quiet(highspy.Highs):
    """HiGHS without its callbacks, which print a banner when they are switched on."""

    def __init__(self) -> None:
        super(highspy.Highs, self).__init__()
        for name, value in (("output_flag", False), ("threads", 1), ("random_seed", 1)):
            self.setOptionValue(name, value)


@dataclass(frozen=True)
class Relaxed:
    """An optimum of the program as it stands: what it costs, a price for each line of cover and each person, how much of each column."""

    cost: float
    cover: Floats
    person: Floats
    value: Floats


class Master:
    """Grows column by column; `columns` is in the order of what `solve` tells."""

    def __init__(self, instance: Instance, wish: Floats) -> None:
        self.instance, self.wish = instance, wish
        self.columns: list[Column] = []
        self._known: dict[Column, int] = {}
        self._settled: list[int] = []
        self._rows: dict[tuple[int, int], list[int]] = {}
        shifts = {name: at for at, name in enumerate(instance.shifts)}
        self.cells = [(cover.day, shifts[cover.shift]) for cover in instance.cover]
        self._highs = _Quiet()
        for number, cover in enumerate(instance.cover):
            self._highs.addRow(cover.wanted, cover.wanted, 0, [], [])
            self._rows.setdefault(self.cells[number], []).append(number)
        for _ in instance.staff:
            self._highs.addRow(1.0, 1.0, 0, [], [])
        for number, cover in enumerate(instance.cover):
            self._highs.addCol(cover.under, 0.0, highspy.kHighsInf, 1, [number], [1.0])
            self._highs.addCol(cover.over, 0.0, highspy.kHighsInf, 1, [number], [-1.0])
        self._first = 2 * len(instance.cover)

    def add(self, person: int, line: Line) -> bool:
        """Offer a person's days; False if they were offered before."""
        if (person, line) in self._known:
            return False
        self._known[person, line] = len(self.columns)
        rows, cost = [len(self.instance.cover) + person], 0.0
        for day, shift in enumerate(line):
            if shift != REST:
                rows += self._rows.get((day, shift), ())
                cost += float(self.wish[person, day, shift])
        self._highs.addCol(cost, 0.0, highspy.kHighsInf, len(rows), rows, [1.0] * len(rows))
        self.columns.append((person, line))
        return True

    def number(self, person: int, line: Line) -> int:
        """Return the number of a person's days among the columns."""
        return self._known[person, line]

    def solve(self) -> Relaxed:
        """Solve from the last basis."""
        self._highs.run()
        found = self._highs.getSolution()
        duals, covers = np.array(found.row_dual), len(self.instance.cover)
        return Relaxed(
            self._highs.getInfo().objective_function_value,
            duals[:covers], duals[covers:], np.array(found.col_value[self._first :]),
        )  # fmt: skip

    def settle(self, column: int) -> None:
        """Give a person this column for good, until `free`."""
        self._highs.changeColBounds(self._first + column, 1.0, 1.0)
        self._settled.append(column)

    def free(self) -> None:
        """Let every column be chosen or not again."""
        for column in self._settled:
            self._highs.changeColBounds(self._first + column, 0.0, highspy.kHighsInf)
        self._settled.clear()

    def prices(self, cover: Floats) -> Floats:
        """Return what a shift costs each person at the prices of cover: (people, days, shifts)."""
        paid = np.zeros(self.wish.shape[1:])
        np.add.at(paid, tuple(np.array(self.cells).T), cover)
        return self.wish - paid

    def whole(self, keep: list[int], start: list[int], seconds: float) -> tuple[list[int], bool]:
        """Return one column of each person, the best of those to keep that is found in time, and whether none is better."""
        place = set(keep)
        highs = _Quiet()
        highs.passModel(self._highs.getLp())
        unwanted = [self._first + column for column in range(len(self.columns)) if column not in place]
        highs.deleteCols(len(unwanted), np.array(unwanted, dtype=np.int32))
        numbers = np.arange(self._first, self._first + len(keep), dtype=np.int32)
        kinds = np.full(len(keep), int(highspy.HighsVarType.kInteger), dtype=np.uint8)
        highs.changeColsIntegrality(len(keep), numbers, kinds)
        known, begin = highspy.HighsSolution(), set(start)
        known.col_value = self._complete(start) + [float(at in begin) for at in keep]
        highs.setSolution(known)
        for name, value in (("time_limit", seconds), ("mip_abs_gap", NEAR), ("mip_rel_gap", 0.0)):
            highs.setOptionValue(name, value)
        highs.run()
        sure = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
        if highs.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return start, sure
        amounts = highs.getSolution().col_value[self._first :]
        return [column for column, amount in zip(keep, amounts, strict=True) if amount > HALF], sure

    def _complete(self, chosen: list[int]) -> list[float]:
        """Return what is missing and too many of each line of cover with these columns."""
        here = np.zeros(self.wish.shape[1:], dtype=np.int64)
        for _, line in (self.columns[at] for at in chosen):
            for day, shift in enumerate(line):
                if shift != REST:
                    here[day, shift] += 1
        slack: list[float] = []
        for cover, cell in zip(self.instance.cover, self.cells, strict=True):
            over = int(here[cell]) - cover.wanted
            slack += [float(max(0, -over)), float(max(0, over))]
        return slack
