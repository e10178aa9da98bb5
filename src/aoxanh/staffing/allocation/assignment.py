"""The generalised assignment problem in the OR-Library's format, by the same general solver as it stands.

Each job goes to one agent, each agent has a capacity; the cost is to be as small as possible. First the linear program; then
the integer program over a core: the pairs whose reduced cost is small enough that changing them could pay; then over all pairs that a better answer could use, for the
proof. It shows what the
solver can do on instances that others publish; nothing in it is tuned to them.
"""

from dataclasses import dataclass

import numpy as np

from aoxanh.staffing.allocation.assignment_proof import proven
from aoxanh.staffing.allocation.highs import Limits, Solution, solve_integer, solve_linear
from aoxanh.staffing.allocation.model import Program
from aoxanh.staffing.allocation.problem import Floats, Ints

CORES = (4, 12)  # pairs a job keeps, besides those the linear program uses
NODES = 20_000
SECONDS = 60.0  # for the whole program at the end


class UnreadableInstance(Exception):
    """The text is not in the OR-Library's format; the message says where it ends."""


@dataclass(frozen=True)
class Instance:
    """(agents, jobs) costs and uses, and each agent's capacity."""

    cost: Ints
    use: Ints
    capacity: Ints


@dataclass(frozen=True)
class Assignment:
    """The agent of each job, what it costs, and a bound below which no assignment can be; None if none was found."""

    agent: Ints | None
    cost: int | None
    bound: float


def read_instances(text: str) -> list[Instance]:
    """Read a file that begins with the number of instances, or one instance without it."""
    try:
        numbers = [int(word) for word in text.split()]
    except ValueError as error:
        raise UnreadableInstance(f"whole numbers only: {error}") from None
    for at, count in ((1, numbers[0] if numbers else 0), (0, 1)):
        found = _read(numbers, at, count)
        if found:
            return found
    raise UnreadableInstance(
        "numbers are missing or left over: agents, jobs, costs, uses, capacities are expected"
    )


def _read(numbers: list[int], at: int, count: int) -> list[Instance]:
    found = []
    for _ in range(count):
        if at + 2 > len(numbers):
            return []
        agents, jobs = numbers[at : at + 2]
        size = agents * jobs
        if agents < 1 or jobs < 1 or at + 2 + 2 * size + agents > len(numbers):
            return []
        tables = np.array(numbers[at + 2 : at + 2 + 2 * size + agents], dtype=np.int64)
        found.append(
            Instance(
                tables[:size].reshape(agents, jobs),
                tables[size : 2 * size].reshape(agents, jobs),
                tables[2 * size :],
            )
        )
        at += 2 + 2 * size + agents
    return found if at == len(numbers) else []


def assign(instance: Instance, seconds: float = SECONDS) -> Assignment:
    """Return the best assignment that is found, and a bound; after the cores at most so many seconds go into closing the gap."""
    program = _program(instance)
    linear = solve_linear(program)
    bound = float(np.ceil(linear.objective - 1e-6))
    best: Floats | None = None
    for width in CORES:
        found = _core(instance, program, linear, width, best)
        best = found if found is not None else best
        if best is not None and program.cost @ best <= bound:
            break
    if best is None or program.cost @ best > bound:
        best, better = proven(program, linear, best, seconds)
        bound = max(bound, float(np.ceil(better - 1e-6)))
    if best is None:
        return Assignment(None, None, bound)
    agent = np.rint(best).reshape(instance.cost.shape).argmax(axis=0)
    cost = int(instance.cost[agent, np.arange(len(agent))].sum())
    return Assignment(agent, cost, min(bound, float(cost)))


def _program(instance: Instance) -> Program:
    """Write the linear program: columns are (agent, job), rows are jobs and then agents."""
    agents, jobs = instance.cost.shape
    size = agents * jobs
    agent, job = np.divmod(np.arange(size), jobs)
    index = np.column_stack([job, jobs + agent]).ravel()
    value = np.column_stack([np.ones(size), instance.use.ravel()]).ravel().astype(np.float64)
    return Program(
        instance.cost.ravel().astype(np.float64), np.ones(size),
        np.concatenate([np.ones(jobs), np.full(agents, -np.inf)]),
        np.concatenate([np.ones(jobs), instance.capacity.astype(np.float64)]),
        np.arange(size + 1) * 2, index, value, np.arange(size), np.arange(jobs + agents),
    )  # fmt: skip


def _core(
    instance: Instance, program: Program, linear: Solution, width: int, known: Floats | None
) -> Floats | None:
    reduced = linear.reduced.reshape(instance.cost.shape)
    rank = np.argsort(np.argsort(reduced, axis=0, kind="stable"), axis=0, kind="stable")
    keep = (rank.ravel() < width) | (linear.value > 1e-9)
    if known is not None:
        keep |= known > 0.5
    limits = Limits(
        np.zeros(len(keep)), keep.astype(np.float64), np.ones(len(keep), dtype=np.bool_), 0.999, NODES
    )
    return solve_integer(program, limits, known)
