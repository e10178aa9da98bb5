"""A year of the rollup in two provinces, in which copying an initiative changed what is planted and nothing else."""

from datetime import date, timedelta
from itertools import chain

import numpy as np

from aoxanh.desk.models import DailyFigure
from aoxanh.initiatives.models import Adoption, Initiative
from aoxanh.initiatives.panel import DAYS
from aoxanh.kernel import clock
from aoxanh.kernel.ids import uuid7
from aoxanh.kernel.scope import whole_nation
from aoxanh.places.models import Place
from tests.cast import TUYEN_QUANG

PERIODS = 12
FIRST_COPY = 6
OTHER_PROVINCE = "04"


def first_of(period: int) -> date:
    """Return the first day of a period, the last of which ended yesterday."""
    return clock.today() - timedelta(days=(PERIODS - period) * DAYS)


def copied(initiative: Initiative, *, points: float, adopters: int = 12, seed: int = 7) -> list[str]:
    """Write the year and the copies; the share of finished sessions rises by so many points where it was copied. Returns who copied."""
    with whole_nation():
        communes = _communes()
        half = adopters // 2
        chosen = communes[0][:half] + communes[1][: adopters - half]
        for number, code in enumerate(chosen):
            day = first_of(FIRST_COPY + number % 3)
            Adoption.objects.create(initiative=initiative, commune_id=code, first_day=day)
    worked(initiative, points=points, seed=seed)
    return chosen


def worked(initiative: Initiative, *, points: float, seed: int = 7) -> None:
    """Write the year of all communes, those that copy the initiative from their own first day on with so many points more."""
    rng = np.random.default_rng(seed)
    with whole_nation():
        first_days = initiative.adoptions.values_list("commune", "first_day")
        began = {code: (day - first_of(0)).days // DAYS for code, day in first_days}
        rows = [
            _figure(code, period, began.get(code), points, rng)
            for code in chain(*_communes())
            for period in range(PERIODS)
        ]
        DailyFigure.objects.bulk_create(rows)


def _communes() -> list[list[str]]:
    return [
        list(Place.objects.filter(parent=code).order_by("code").values_list("code", flat=True))[:60]
        for code in (TUYEN_QUANG, OTHER_PROVINCE)
    ]


def _figure(
    code: str, period: int, began: int | None, points: float, rng: np.random.Generator
) -> DailyFigure:
    sessions = int(rng.poisson(80)) + 20
    share = 0.45 + rng.normal(0, 0.03) + (points / 100 if began is not None and period >= began else 0)
    finished = int(rng.binomial(sessions, min(0.98, share)))
    return DailyFigure(
        commune_code=code,
        day=first_of(period),
        team_id=uuid7(),
        sessions=sessions,
        group_chung_thuc=sessions,
        mode_desk=sessions,
        outcome_finished=finished,
        outcome_handed_over=sessions - finished,
        obstacle_none=sessions,
        volunteers=4,
        minutes=10 * sessions,
    )
