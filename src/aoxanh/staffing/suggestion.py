"""What a commune probably needs, counted from its figures by one formula; told in docs/use/staffing.md. Pure.

People wanted = what comes in a week / what one person does in a week, never less than the least that a commune keeps open.
"""

from dataclasses import dataclass, field
from math import ceil

from aoxanh.staffing.allocation.problem import KINDS

WEEKS = 4
# What one person does in a week of about three half days.
SESSIONS_EACH = 6
REACHED_EACH = 30
SYNCED_EACH = 20
# Of the people wanted: the minimum that must not be missed, usually and in border, remote and island communes.
MINIMUM, PRIORITY_MINIMUM = 0.4, 0.6
LEAST = dict(zip(KINDS, (2, 1, 1, 0, 0), strict=True))
PRIORITY_LEAST = dict(zip(KINDS, (3, 2, 2, 1, 1), strict=True))
SERVICES_TO_ONE_AI = 4
PEOPLE_TO_ONE_LEADER = 15
HALF_DAYS_EACH = 3
# Languages: the share of sessions above which speakers are wanted, and what is assumed where only the trait is known.
SPOKEN_SHARE, ASSUMED_SHARE = 0.05, 0.3
MOST_WANTED = 2_000
WEEKDAYS = 0b11_1111_1111
SATURDAY_MORNING = 1 << 10


@dataclass(frozen=True, slots=True)
class Week:
    """What a commune has in a week: sessions of each kind, people reached and synced, hand-overs that wait."""

    procedures: float = 0
    vneid: float = 0
    come_back: float = 0
    reached: float = 0
    synced: float = 0
    waiting: int = 0
    outside: float = 0
    languages: dict[str, float] = field(default_factory=dict)  # share of the sessions, Vietnamese left out
    known_languages: tuple[str, ...] = ()  # traits of the commune
    priority: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """People wanted and the minimum by kind of post, speakers by language, leaders, half days, opening and mobile half days."""

    wanted: dict[str, int]
    minimum: dict[str, int]
    speakers: dict[str, int]
    leaders: int
    half_days: int
    open_halves: int
    mobile_halves: int


def suggest(week: Week) -> Suggestion:
    """Return what the formula says. People told to come back, and hand-overs that wait, come in once more."""
    services = ceil((week.procedures + week.come_back + week.waiting / WEEKS) / SESSIONS_EACH)
    counted = {
        "outreach": ceil(week.reached / REACHED_EACH),
        "vneid": ceil(week.vneid / SESSIONS_EACH),
        "services": services,
        "ai": services // SERVICES_TO_ONE_AI,
        "police": ceil(week.synced / SYNCED_EACH),
    }
    least = PRIORITY_LEAST if week.priority else LEAST
    wanted = {kind: min(MOST_WANTED, max(counted[kind], least[kind])) for kind in KINDS}
    share = PRIORITY_MINIMUM if week.priority else MINIMUM
    total = sum(wanted.values())
    return Suggestion(
        wanted,
        {kind: ceil(share * count) for kind, count in wanted.items()},
        {language: ceil(part * total) for language, part in _spoken(week).items()},
        ceil(total / PEOPLE_TO_ONE_LEADER),
        HALF_DAYS_EACH * total,
        WEEKDAYS,
        SATURDAY_MORNING if week.outside or week.priority else 0,
    )


def _spoken(week: Week) -> dict[str, float]:
    spoken = {code: share for code, share in week.languages.items() if share >= SPOKEN_SHARE}
    if not week.languages:
        spoken |= dict.fromkeys(week.known_languages, ASSUMED_SHARE / max(1, len(week.known_languages)))
    return spoken
