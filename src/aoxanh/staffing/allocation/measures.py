"""What a plan does for people, in figures that need no points: coverage, minimums, kilometres, what is missing."""

from dataclasses import asdict, dataclass

import numpy as np

from aoxanh.staffing.allocation.problem import NOWHERE, Ints, Problem
from aoxanh.staffing.allocation.roads import FAR
from aoxanh.staffing.allocation.value import lacking, points, tally, travel


@dataclass(frozen=True)
class Measures:
    """Shares are in per cent; `worst_5_pct` is the coverage that only one commune in twenty falls short of."""

    matched: int
    matched_pct: float
    posts_below_minimum: int
    priority_posts_below_minimum: int
    places_below_minimum: int
    worst_5_pct: float
    priority_covered_pct: float
    km: int
    away_from_home: int
    abroad: int
    moved: int
    reserve: int
    speakers_short: int
    leaders_short: int
    half_days_short: int
    below_level: int
    points: int

    def as_dict(self) -> dict[str, float]:
        return asdict(self)


def measure(problem: Problem, where: Ints, kind: Ints) -> Measures:
    """Return the figures of a plan given by person, -1 for those who serve nowhere."""
    communes, people = problem.communes, problem.people
    brought, who = tally(problem, where, kind), np.flatnonzero(where >= 0)
    met = np.minimum(brought.filled, communes.needs)
    below = np.maximum(0, communes.floors - brought.filled)
    need = communes.needs.sum(axis=1)
    covered = met.sum(axis=1)[need > 0] / need[need > 0]
    urgent = communes.priority
    km = travel(problem, who, where[who])
    return Measures(
        matched=int(met.sum()), matched_pct=_percent(met.sum(), need.sum()),
        posts_below_minimum=int((below > 0).sum()), priority_posts_below_minimum=int((below[urgent] > 0).sum()),
        places_below_minimum=int(below.sum()),
        worst_5_pct=100 * float(np.quantile(covered, 0.05)) if len(covered) else 100.0,
        priority_covered_pct=_percent(met[urgent].sum(), need[urgent].sum()),
        km=int(km[km < FAR].sum()), away_from_home=int((people.home[who] != where[who]).sum()),
        abroad=int((communes.province[people.home[who]] != communes.province[where[who]]).sum()),
        moved=int(((people.last != NOWHERE) & (where >= 0) & (people.last != where)).sum()),
        reserve=int((people.available & (where < 0)).sum()),
        speakers_short=int(np.maximum(0, communes.speakers - brought.spoken).sum()),
        leaders_short=int(np.maximum(0, communes.leaders - brought.led).sum()),
        half_days_short=int(np.maximum(0, communes.shifts - brought.covered).sum()),
        below_level=int((lacking(problem, who, where[who], kind[who]) > 0).sum()),
        points=points(problem, where, kind),
    )  # fmt: skip


def _percent(part: float, whole: float) -> float:
    return 100 * float(part) / float(whole) if whole else 100.0
