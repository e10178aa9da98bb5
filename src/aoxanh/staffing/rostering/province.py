"""Many teams in one job: each is a problem of its own, shared among processes, with a word after each team."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from typing import TypeVar

from aoxanh.staffing.rostering.flaws import Flaw, Rows, check
from aoxanh.staffing.rostering.problem import Absence, Member, Problem, Shift, Taken, Wish
from aoxanh.staffing.rostering.solve import Effort, Roster, solve

Progress = Callable[[str, int, int], None]
Own = TypeVar("Own", Absence, Wish, Taken)
Named = list[tuple[str, Flaw]]


def by_team(
    members: list[tuple[str, Member]],
    shifts: list[tuple[str, Shift]],
    absences: Iterable[Absence] = (),
    wishes: Iterable[Wish] = (),
    pins: Iterable[Taken] = (),
) -> tuple[dict[str, Problem], Named]:
    """Part rows with their team into a problem for each team, and name the flaws of each.

    What a member has goes to their team; rows of nobody we know go to the first team, which names them.
    """
    names = list(dict.fromkeys(team for team, _ in (*members, *shifts))) or [""]
    home = {member.id: team for team, member in reversed(members)}

    def parted(rows: Iterable[Own]) -> dict[str, list[Own]]:
        found: dict[str, list[Own]] = {name: [] for name in names}
        for row in rows:
            found[home.get(row.member, names[0])].append(row)
        return found

    people: dict[str, list[Member]] = {name: [] for name in names}
    work: dict[str, list[Shift]] = {name: [] for name in names}
    for team, member in members:
        people[team].append(member)
    for team, shift in shifts:
        work[team].append(shift)
    away, wanted, fixed = parted(absences), parted(wishes), parted(pins)
    problems: dict[str, Problem] = {}
    flaws: Named = []
    for name in names:
        problems[name], found = check(Rows(people[name], work[name], away[name], wanted[name], fixed[name]))
        flaws += [(name, flaw) for flaw in found]
    return problems, flaws


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
