"""Many teams in one job: each is a problem of its own, shared among processes, with a word after each team."""

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

from aoxanh.staffing.rostering.problem import Problem
from aoxanh.staffing.rostering.solve import Effort, Roster, solve

Progress = Callable[[str, int, int], None]


def solve_all(
    teams: dict[str, Problem],
    effort: Effort | None = None,
    workers: int = 0,
    progress: Progress | None = None,
) -> dict[str, Roster]:
    """Return the roster of each team, in their order; the number of workers changes nothing but the time."""
    found: dict[str, Roster] = {}
    for name, roster in zip(teams, _rosters(teams, effort or Effort(), workers), strict=True):
        found[name] = roster
        if progress:
            progress(name, len(found), len(teams))
    return found


def _rosters(teams: dict[str, Problem], effort: Effort, workers: int) -> Iterator[Roster]:
    if workers < 2 or len(teams) < 2:
        yield from map(partial(solve, effort=effort), teams.values())
        return
    # Fresh processes: a fork would copy locks that other threads of a web server hold.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(partial(solve, effort=effort), teams.values())
