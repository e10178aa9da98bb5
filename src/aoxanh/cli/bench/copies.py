"""Single copies in the campaigns of `bench evidence`: how often the interval of one commune holds the truth, and claims what is not there."""

import numpy as np

from aoxanh.cli.bench import Report
from aoxanh.cli.bench.instance import places
from aoxanh.cli.bench.planted_effects import SCENARIOS, Campaign, draw
from aoxanh.initiatives.evidence.contrasts import HORIZON
from aoxanh.initiatives.evidence.copies import READ_BEFORE, Copy, CopyEvidence, Verdict, judge
from aoxanh.initiatives.evidence.panel import Indicator

OF_A_CAMPAIGN = 6  # copies judged of each, so that large campaigns do not drown small ones
FINISHED = Indicator("finished")


def measure_copies(report: Report, seed: int, times: int) -> None:
    """Judge some copies of every campaign by themselves."""
    nation = places()
    found: dict[str, list[tuple[CopyEvidence, float]]] = {}
    for number, scenario in enumerate(SCENARIOS):
        rng = np.random.default_rng([seed, 1000 + number])
        found[scenario.key] = [
            (told, truth)
            for _ in range(times)
            for told, truth in _judged(draw(scenario, nation, rng), rng)
            if told.value is not None
        ]
    held, claimed = (
        {key: _held(rows) for key, rows in found.items()},
        {key: _claimed(rows) for key, rows in found.items()},
    )
    report.figures["copy_coverage_pct"] = float(np.mean([*held.values()]))
    zero = {key: share for key, share in claimed.items() if key.startswith("zero")}
    report.figures["copy_false_pct"] = float(np.mean([*zero.values()]))
    report.figures["copy_power_pct"] = float(
        np.mean([share for key, share in claimed.items() if key not in zero])
    )
    report.figures |= {f"copy_{key}_false_pct": share for key, share in zero.items()}
    report.size["copies"] = sum(len(rows) for rows in found.values())


def _judged(campaign: Campaign, rng: np.random.Generator) -> list[tuple[CopyEvidence, float]]:
    panel, homes = campaign.panel, np.array(campaign.panel.provinces)
    adopters = rng.permutation(np.flatnonzero(panel.adopters))[:OF_A_CAMPAIGN]
    found = []
    for row in adopters.tolist():
        began = int(panel.adopted[row])
        first, last = max(0, began - READ_BEFORE), min(panel.periods, began + HORIZON)
        rows = [row, *np.flatnonzero((homes == homes[row]) & ~panel.adopters).tolist()]
        numerator, denominator = panel.numerator[rows, first:last], panel.denominator[rows, first:last]
        told = judge(Copy(numerator, denominator, panel.traits[rows], began - first), FINISHED)
        cases = panel.denominator[row, began:last]
        moved = np.nan_to_num(campaign.moved[row, began:last])
        found.append((told, float(cases @ moved / max(cases.sum(), 1))))
    return found


def _held(rows: list[tuple[CopyEvidence, float]]) -> float:
    """How often the interval held by how much this commune was really moved."""
    return 100 * float(
        np.mean(
            [
                told.low is not None and told.high is not None and told.low <= truth <= told.high
                for told, truth in rows
            ]
        )
    )


def _claimed(rows: list[tuple[CopyEvidence, float]]) -> float:
    return 100 * float(np.mean([told.verdict is not Verdict.UNCLEAR for told, _ in rows]))
