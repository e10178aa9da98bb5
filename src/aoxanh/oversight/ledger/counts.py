"""What was counted of a unit in a period: reports, answers by channel, checks, returned cases, and how team days differ."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts of one unit; they add up over units and days.

    `said` holds credited confirmations by channel. `squares` are, over the team days, the sums of asked × asked, of credit × asked and
    of credit × credit, with credit in hundredths; they tell how far team days differ from each other. `due` and `due_returned`
    are of sessions that ended so long ago that a returned dossier would have shown.
    """

    reported: int = 0
    asked: int = 0
    said: Mapping[str, int] = field(default_factory=dict)
    denied: int = 0
    doubted: int = 0
    checked: int = 0
    passed: int = 0
    failed: int = 0
    returned: int = 0
    team_days: int = 0
    squares: tuple[int, int, int] = (0, 0, 0)
    due: int = 0
    due_returned: int = 0

    @property
    def confirmed(self) -> int:
        return sum(self.said.values())

    @property
    def answered(self) -> int:
        return self.confirmed + self.doubted + self.denied
