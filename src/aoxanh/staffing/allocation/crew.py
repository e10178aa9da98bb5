"""The processes that share the provinces. Each gets the ground once; what comes back is in the order that was asked for."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from types import TracebackType
from typing import Self, TypeVar

from aoxanh.staffing.allocation.classes import Ground
from aoxanh.staffing.allocation.province import Flow, Solved, Task, finish_province, solve_province

Progress = Callable[[str, int, int], None]
A = TypeVar("A")
R = TypeVar("R")
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
        return self._run("provinces", solve_province, _solve, tasks)

    def finish(self, solved: list[Solved]) -> list[Flow]:
        return self._run("whole people", finish_province, _finish, solved)

    def _run(
        self, step: str, here: Callable[[Ground, A], R], there: Callable[[A], R], work: list[A]
    ) -> list[R]:
        results = []
        answers = self.pool.map(there, work) if self.pool else (here(self.ground, each) for each in work)
        for answer in answers:
            results.append(answer)
            if self.progress:
                self.progress(step, len(results), len(work))
        return results


def _settle(ground: Ground) -> None:
    _here["ground"] = ground


def _solve(task: Task) -> Solved:
    return solve_province(_here["ground"], task)


def _finish(solved: Solved) -> Flow:
    return finish_province(_here["ground"], solved)
