"""What is asked of a simulation: how large, from which seed, over which days."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
from django.utils.translation import gettext_lazy as _

from aoxanh.desk.partitions import FIRST_MONTH
from aoxanh.kernel import clock
from aoxanh.kernel.errors import DomainError

DETAILED_PROVINCE = "08"
SCALES = ("commune", "province", "national")
SESSIONS = {"commune": 4_000, "province": 250_000, "national": 5_000_000}
DAYS = {"commune": 120, "province": 90, "national": 0}
OUTLINE_DAYS = 45
VOLUNTEERS = 240_000
# Teams of the campaign's first report (240,000 volunteers) and of its last (480,000); between them in proportion.
TEAMS = ((240_000, 4_821), (480_000, 25_410))
_LARGEST = 100_000_000
# What each independent stream of random numbers is for; part of the data's definition, so never renumber.
STREAM_ROSTER, STREAM_TEAMS, STREAM_FABRICATORS, STREAM_BLOCK, STREAM_ACCOUNTS, STREAM_VOICES = (
    1,
    2,
    3,
    4,
    5,
    6,
)


class ImpossiblePlan(DomainError):
    """The wishes do not make a campaign."""

    code = "impossible_plan"
    message = _("This simulation cannot be made: {why}.")
    remedy = _("Choose a day from 2025-07-01 to today, at least one day, and 1 to 100,000,000 sessions.")


@dataclass(frozen=True, slots=True)
class Plan:
    """One simulation, fully decided: the same plan gives the same rows, whatever machine or chunk size.

    `cutoff` is the moment after which nothing was uploaded yet: what is later is still on the phones. For a day that is over
    it is the day's end, so only a plan up to today depends on the time it is made.
    """

    scale: str
    seed: int
    volunteers: int
    sessions: int
    first: date
    until: date
    cutoff: datetime

    def rng(self, stream: int, *block: int) -> np.random.Generator:
        """Return the random numbers of one independent piece of work."""
        return np.random.Generator(np.random.PCG64(np.random.SeedSequence([self.seed, stream, *block])))

    def months(self) -> list[date]:
        """Return the first day of each month that the plan touches."""
        first, last = (day.year * 12 + day.month - 1 for day in (self.first, self.until))
        return [date(month // 12, month % 12 + 1, 1) for month in range(first, last + 1)]


def make_plan(
    *,
    scale: str,
    seed: int,
    volunteers: int = VOLUNTEERS,
    sessions: int | None = None,
    days: int | None = None,
    until: date | None = None,
) -> Plan:
    """Return a plan with the scale's own size where nothing else is wished; raises ImpossiblePlan."""
    today = clock.today()
    until = until or today
    wanted = DAYS[scale] if days is None else days
    first = max(FIRST_MONTH, until - timedelta(days=wanted - 1)) if wanted else FIRST_MONTH
    count = SESSIONS[scale] if sessions is None else sessions
    if not FIRST_MONTH <= until <= today:
        raise ImpossiblePlan(why=f"{until} is no day of the campaign so far", field="until")
    if (days is not None and days < 1) or not 1 <= count <= _LARGEST or seed < 0:
        raise ImpossiblePlan(why="a size is out of range", field="sessions")
    end = datetime.combine(until + timedelta(days=1), time(), clock.VIETNAM).astimezone(UTC)
    return Plan(scale, seed, volunteers, count, first, until, min(end, clock.now()))


def teams_for(volunteers: int) -> int:
    """Return how many teams so many volunteers form, by the campaign's own reports."""
    (few, few_teams), (many, many_teams) = TEAMS
    if volunteers <= few:
        return max(1, round(few_teams * volunteers / few))
    return round(few_teams + (many_teams - few_teams) * (volunteers - few) / (many - few))
