"""The processes that share the provinces. Each gets the ground once; what comes back is in the order that was asked for."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from types import TracebackType
from typing import Self

from aoxanh.staffing.allocation.classes import Ground
from aoxanh.staffing.allocation.province import Solved, Task, solve_province

Progress = Callable[[str, int, int], None]
_here: dict[str, Ground] = {}


class Crew:
    """Use in a `with`; with fewer than two workers everything runs in this process."""

    def __init__(self, ground: Ground, workers: int, progress: Progress | None) -> None:
        self.ground, self.workers, self.progress = ground, workers, progress
        self.pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        if self.workers > 1:
            # Fresh processes: a fork would copy locks that other threads of a web server hold.
            self.pool = ProcessPoolExecutor(
                self.workers, mp_context=get_context("spawn"), initializer=_settle, initargs=(self.ground,)
            )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.pool is not None:
            self.pool.shutdown(cancel_futures=kind is not None)

    def solve(self, tasks: list[Task]) -> list[Solved]:
        """Return the answers in the order of the tasks."""
        results: list[Solved] = []
        answers = (
            self.pool.map(_solve, tasks)
            if self.pool
            else (solve_province(self.ground, task) for task in tasks)
        )
        for answer in answers:
            results.append(answer)
            if self.progress:
                self.progress("provinces", len(results), len(tasks))
        return results


def _settle(ground: Ground) -> None:
    _here["ground"] = ground


def _solve(task: Task) -> Solved:
    return solve_province(_here["ground"], task)
