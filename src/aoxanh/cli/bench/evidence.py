"""bench evidence: planted effects found or not, beside what is usually done, and replication candidates for the nation."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.metadata import version
from time import process_time

import numpy as np

from aoxanh.cli.bench import Report
from aoxanh.cli.bench.copies import measure_copies
from aoxanh.cli.bench.instance import places
from aoxanh.cli.bench.naive import before_after, two_way
from aoxanh.cli.bench.national_candidates import measure_candidates
from aoxanh.cli.bench.planted_effects import SCENARIOS, Campaign, Scenario, draw
from aoxanh.initiatives.evidence.candidates import Nation, candidates
from aoxanh.initiatives.evidence.contrasts import HORIZON
from aoxanh.initiatives.evidence.estimate import Evidence, estimate
from aoxanh.initiatives.evidence.panel import Indicator, Panel

REPLICATIONS = 200
FINISHED = Indicator("finished")


@dataclass
class Tally:
    """Of one estimator in one scenario: its estimates with their intervals, and the truth of each campaign."""

    found: list[tuple[float, float, float]] = field(default_factory=list)
    truth: list[float] = field(default_factory=list)

    def add(self, told: tuple[float, float, float], truth: float) -> None:
        self.found.append(told)
        self.truth.append(truth)

    @property
    def bias(self) -> float:
        return float(np.mean([told[0] - truth for told, truth in zip(self.found, self.truth, strict=True)]))

    @property
    def rmse(self) -> float:
        missed = [(told[0] - truth) ** 2 for told, truth in zip(self.found, self.truth, strict=True)]
        return float(np.sqrt(np.mean(missed)))

    @property
    def covered_pct(self) -> float:
        """How often the interval held what adoption really changed among that campaign's own adopters."""
        told = zip(self.found, self.truth, strict=True)
        return 100 * float(np.mean([low <= truth <= high for (_, low, high), truth in told]))

    @property
    def claimed_pct(self) -> float:
        """How often the interval left nothing out of the question."""
        return 100 * float(np.mean([low > 0 or high < 0 for _, low, high in self.found]))


Tallies = dict[tuple[str, str], Tally]


def measure(*, seed: int, size: float) -> Report:
    """Draw every scenario many times over and count what each estimator said of it."""
    report = Report(
        goals={
            "coverage_error_points": ("<=", 2),
            "false_positive_pct": ("<=", 6),
            "copy_false_pct": ("<=", 6),
            "cpu_s_candidates": ("<=", 2),
        },
        versions={name: version(name) for name in ("diff-diff", "numpy", "statsmodels")},
    )
    times = max(4, round(REPLICATIONS * size))
    tallies, checks = _campaigns(seed, times)
    _tell(report, tallies, checks)
    measure_copies(report, seed, times)
    _candidates(report, seed)
    report.size |= {"replications": times, "scenarios": len(SCENARIOS)}
    return report


def _campaigns(seed: int, times: int) -> tuple[Tallies, dict[str, list[bool]]]:
    """Return what each estimator found, and how often the checks of the time before rang without a cause."""
    nation = places()
    tallies: Tallies = {}
    checks: dict[str, list[bool]] = {"drift": [], "fake": []}
    for number, scenario in enumerate(SCENARIOS):
        mine = {name: Tally() for name in ("ours", "library", "two_way", "before_after")}
        tallies |= {(scenario.key, name): tally for name, tally in mine.items()}
        for time in range(times):
            campaign = draw(scenario, nation, np.random.default_rng([seed, number, time]))
            evidence = estimate(campaign.panel, FINISHED)
            if evidence.effect is None:
                continue
            _count(mine, campaign, evidence)
            if scenario.key in {"zero", "constant"} and evidence.drift and evidence.fake:
                checks["drift"].append(evidence.drift.p < 0.05)
                checks["fake"].append(evidence.fake.p < 0.05)
    return tallies, checks


def _count(mine: dict[str, Tally], campaign: Campaign, evidence: Evidence) -> None:
    panel, truth = _read(campaign)
    if evidence.effect is None:
        return
    mine["ours"].add((evidence.effect.value, evidence.effect.low, evidence.effect.high), truth)
    mine["library"].add(evidence.as_the_library, truth)
    mine["two_way"].add(two_way(panel, FINISHED.per), truth)
    mine["before_after"].add(before_after(panel, FINISHED.per), truth)


def _read(campaign: Campaign) -> tuple[Panel, float]:
    """Return the communes that can be read at all, and by how much adoption moved their first periods on average."""
    panel = campaign.panel.readable()
    row = {code: number for number, code in enumerate(campaign.panel.units)}
    moved = [
        campaign.moved[row[code], began : began + HORIZON].mean()
        for code, began in zip(panel.units, panel.adopted.tolist(), strict=True)
        if began >= 0
    ]
    return panel, float(np.mean(moved))


def _tell(report: Report, tallies: Tallies, checks: dict[str, list[bool]]) -> None:
    for name in ("ours", "library", "two_way", "before_after"):
        figures, prefix = (report.figures, "") if name == "ours" else (report.baselines, f"{name}_")
        mine = {scenario.key: tallies[scenario.key, name] for scenario in SCENARIOS}
        zero = [tally for key, tally in mine.items() if key.startswith("zero")]
        some = [tally for key, tally in mine.items() if not key.startswith("zero")]
        figures[f"{prefix}coverage_pct"] = _mean(tally.covered_pct for tally in mine.values())
        figures[f"{prefix}false_positive_pct"] = _mean(tally.claimed_pct for tally in zero)
        figures[f"{prefix}power_pct"] = _mean(tally.claimed_pct for tally in some)
        figures[f"{prefix}bias_points"] = _mean(abs(tally.bias) for tally in mine.values())
        figures[f"{prefix}rmse_points"] = _mean(tally.rmse for tally in mine.values())
        for scenario in SCENARIOS:
            _tell_one(figures, prefix, scenario, mine[scenario.key])
    report.figures["coverage_error_points"] = abs(report.figures["coverage_pct"] - 95)
    report.figures["drift_alarms_pct"] = 100 * float(np.mean(checks["drift"]))
    report.figures["fake_date_alarms_pct"] = 100 * float(np.mean(checks["fake"]))


def _tell_one(figures: dict[str, float], prefix: str, scenario: Scenario, tally: Tally) -> None:
    figures[f"{prefix}{scenario.key}_bias_points"] = tally.bias
    figures[f"{prefix}{scenario.key}_coverage_pct"] = tally.covered_pct
    figures[f"{prefix}{scenario.key}_claimed_pct"] = tally.claimed_pct


def _mean(values: Iterable[float]) -> float:
    return float(np.mean(list(values)))


def _candidates(report: Report, seed: int) -> None:
    """Ask for replication candidates among all communes of the nation after one campaign that worked: the ranking alone, and the whole."""
    rng, here = np.random.default_rng(seed), places()
    campaign = draw(SCENARIOS[-1], here, rng)
    evidence = estimate(campaign.panel, FINISHED)
    adopted = {
        code for code, began in zip(campaign.panel.units, campaign.panel.adopted, strict=True) if began >= 0
    }
    hard = np.array([place.border or place.remote or place.island for place in here])
    nation = Nation(
        units=tuple(place.code for place in here),
        provinces=tuple(place.province for place in here),
        kinds=tuple("hard" if each else "easy" for each in hard),
        level=100 * rng.beta(6, 4, len(here)),
        cases=rng.lognormal(4, 0.7, len(here)),
        traits=np.column_stack([[place.town for place in here], hard]).astype(float),
        adopted=np.array([place.code in adopted for place in here]),
    )
    started = process_time()
    candidates(nation, evidence, most=len(here))
    report.figures["cpu_s_ranking"] = process_time() - started
    report.size |= {"communes": len(here)}
    measure_candidates(report, evidence, sorted(adopted))
