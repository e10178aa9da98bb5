"""bench replan: one in a hundred people leaves and another comes, one need in two hundred changes; then one province while somebody waits."""

import time
from dataclasses import replace
from importlib.metadata import version

import numpy as np

from aoxanh.cli.bench import Report
from aoxanh.cli.bench.instance import campaign, cpu_seconds, peak_mib
from aoxanh.staffing.allocation.problem import Problem
from aoxanh.staffing.allocation.replan import one_province, replan, unaffected
from aoxanh.staffing.allocation.solve import solve

WORKERS = 2
LEAVE, CHANGE = 0.01, 0.005


def measure(*, seed: int, size: float) -> Report:
    """Return what planning again costs, how good it is, and how many whom the change did not touch keep their place."""
    report = Report(
        goals={
            "gap_pct": ("<=", 0.05),
            "cpu_s": ("<=", 10),
            "unaffected_kept_pct": (">=", 98),
            "one_province_cpu_s": ("<=", 1),
        },
        versions={name: version(name) for name in ("highspy", "numpy")},
    )
    problem = campaign(seed, size)
    started = cpu_seconds()
    first = solve(problem, workers=WORKERS)
    report.baselines["first_plan_cpu_s"] = cpu_seconds() - started
    changed = shaken(problem, seed)
    started, clock = cpu_seconds(), time.perf_counter()
    again = replan(first, changed, workers=WORKERS)
    report.figures["cpu_s"] = cpu_seconds() - started
    report.figures["wall_s"] = time.perf_counter() - clock
    report.figures["gap_pct"] = again.gap_pct
    same = unaffected(first, again)
    stays = again.where == again.problem.people.last
    report.figures["unaffected_kept_pct"] = 100 * float(stays[same].mean())
    report.figures["moved"] = int((same & ~stays).sum())
    largest = int(np.bincount(problem.communes.province[problem.people.home]).argmax())
    started = time.process_time()
    alone, _ = one_province(first, changed, largest)
    report.figures["one_province_cpu_s"] = time.process_time() - started
    report.figures["one_province_gap_pct"] = alone.gap_pct
    report.figures["peak_mib"] = peak_mib(WORKERS)
    report.size = {"people": len(problem.people), "communes": len(problem.communes)}
    return report


def shaken(problem: Problem, seed: int) -> Problem:
    """Return the problem after people left and others like somebody else came, and some needs changed by up to a fifth."""
    random = np.random.default_rng(seed + 7)
    people, size = problem.people, len(problem.people)
    number = max(1, round(LEAVE * size))
    leave = random.choice(size, number, replace=False)
    model = random.choice(size, number)
    columns = {}
    for name in list(type(people).__dataclass_fields__)[1:]:
        column = getattr(people, name).copy()
        column[leave] = column[model]
        columns[name] = column
    ids = list(people.ids)
    for at in leave.tolist():
        ids[at] = f"n{at:06d}"
    needs = problem.communes.needs.copy()
    posts = np.argwhere(needs > 0)
    some = posts[random.choice(len(posts), max(1, round(CHANGE * len(posts))), replace=False)]
    before = needs[some[:, 0], some[:, 1]]
    needs[some[:, 0], some[:, 1]] = np.maximum(
        1, np.rint(before * random.uniform(0.8, 1.2, len(some)))
    ).astype(np.int64)
    floors = np.minimum(problem.communes.floors, needs)
    communes = replace(problem.communes, needs=needs, floors=floors)
    return replace(problem, people=replace(people, ids=ids, **columns), communes=communes)
