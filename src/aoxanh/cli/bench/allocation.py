"""bench allocation: who goes where in a whole nation, the proof of how good it is, and what people would do by hand."""

import time
from importlib.metadata import version

from aoxanh.cli.bench import Report
from aoxanh.cli.bench.instance import campaign, cpu_seconds, peak_mib
from aoxanh.staffing.allocation.baselines import first_come, greedy
from aoxanh.staffing.allocation.measures import Measures
from aoxanh.staffing.allocation.measures import measure as measures_of
from aoxanh.staffing.allocation.solve import solve

WORKERS = 2
SHOWN = (
    "matched_pct", "posts_below_minimum", "priority_posts_below_minimum", "worst_5_pct", "priority_covered_pct", "km",
    "away_from_home", "abroad", "moved", "speakers_short", "leaders_short", "half_days_short",
)  # fmt: skip


def measure(*, seed: int, size: float) -> Report:
    """Return gap, CPU and memory of the plan, its measures, and the same measures of plans made by hand."""
    report = Report(
        goals={"gap_pct": ("<=", 0.01), "cpu_s": ("<=", 60), "peak_mib": ("<=", 700)},
        versions={name: version(name) for name in ("highspy", "numpy")},
    )
    problem = campaign(seed, size)
    before, started = cpu_seconds(), time.perf_counter()
    plan = solve(problem, workers=WORKERS)
    report.figures |= {
        "gap_pct": plan.gap_pct,
        "cpu_s": cpu_seconds() - before,
        "wall_s": time.perf_counter() - started,
        "peak_mib": peak_mib(WORKERS),
    }
    _show(report.figures, "", measures_of(problem, plan.where, plan.kind))
    by_hand = {
        "first_come": first_come(problem, seed),
        "greedy": greedy(problem, seed=seed),
        "best_first": greedy(problem, best_first=True, seed=seed),
    }
    for name, (where, kind) in by_hand.items():
        found = measures_of(problem, where, kind)
        _show(report.baselines, f"{name}_", found)
        report.figures[f"matched_{name}_pct"] = found.matched_pct
    report.size = {"people": len(problem.people), "communes": len(problem.communes),
                   "places": int(problem.communes.needs.sum()), "teams": int(problem.communes.leaders.sum())}  # fmt: skip
    return report


def _show(figures: dict[str, float], prefix: str, found: Measures) -> None:
    figures |= {f"{prefix}{name}": value for name, value in found.as_dict().items() if name in SHOWN}
