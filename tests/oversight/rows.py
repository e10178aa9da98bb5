"""Writes rows of the daily rollup for tests of the boards, as the desk's own rollup would."""

from datetime import date
from typing import Any
from uuid import UUID

from aoxanh.desk.models import DailyFigure
from aoxanh.kernel.scope import whole_nation
from aoxanh.oversight.rollup import add_up_provinces


def work(commune: str, day: date, team_id: UUID, sessions: int, **columns: Any) -> None:
    """One team's day: by default every session is certified copies, at the desk, finished, without an obstacle."""
    every = {
        "group_chung_thuc": sessions,
        "mode_desk": sessions,
        "outcome_finished": sessions,
        "obstacle_none": sessions,
        "volunteers": 1,
        "minutes": 10 * sessions,
    }
    with whole_nation():
        DailyFigure.objects.create(
            commune_code=commune, day=day, team_id=team_id, sessions=sessions, **{**every, **columns}
        )
        add_up_provinces([(commune, day)])
