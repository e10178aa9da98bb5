"""A province's recorded work as the columns that the engine compares, with who is who behind the numbers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING
from uuid import UUID

from aoxanh.desk.standing_queries import StandingWork, standing_work
from aoxanh.desk.vocabulary import COUNTED, Mode, Obstacle, Outcome
from aoxanh.oversight.closed_days import is_closed
from aoxanh.oversight.ledger_queries import shares_by_volunteer
from aoxanh.oversight.periods import Period
from aoxanh.people.actors import system
from aoxanh.people.coaching import teams_with_ids
from aoxanh.people.models import Team
from aoxanh.places import queries as places
from aoxanh.places.models import Place, Trait

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from aoxanh.oversight.anomaly import Calendar, People, Work

EPOCH = date(1970, 1, 1)
REPORTS_CLOSE = 2
"""The last days of a month on which its reports close."""
READER = "figures"
FAR, TOWN, COUNTRY = range(3)
_AT_A_TIME = 20_000
_MODES = {word: number for number, word in enumerate((Mode.DESK, Mode.HOME, Mode.MOBILE, Mode.REMOTE))}
_COLUMNS = 13


@dataclass(frozen=True)
class Compared:
    """What the engine gets, and whom its numbers stand for; `home_team` is the team a volunteer recorded most for."""

    work: "Work"
    people: "People"
    calendar: "Calendar"
    volunteers: list[UUID]
    teams: list[Team]
    home_team: list[int]


class _Numbers:
    """Gives things numbers in the order in which they are met."""

    def __init__(self) -> None:
        self.known: dict[object, int] = {}

    def of(self, thing: object) -> int:
        return self.known.setdefault(thing, len(self.known))


def compared(province: Place, first: date, last: date, asked_until: Mapping[UUID, date]) -> Compared | None:
    """Read a province's work between two days, or None when there is none; needs a reach over the province.

    Work up to the day in `asked_until` has been asked about and is left out.
    """
    import numpy as np

    from aoxanh.oversight.anomaly import Calendar, People, Work

    codes = list(places.communes_within([province.code]))
    volunteers, teams, others = _Numbers(), _Numbers(), _Numbers()
    rows = (
        row for row in standing_work(codes, first, last) if row.day > asked_until.get(row.volunteer, date.min)
    )
    table = _table(rows, volunteers, teams, others)
    if not len(table):
        return None
    known = teams_with_ids([id_ for id_ in teams.known if isinstance(id_, UUID)])
    found = [known[id_] for id_ in teams.known if isinstance(id_, UUID)]
    home = _most_often(table[:, 0], table[:, 12], len(volunteers.known))
    group = np.array([_kind_of_peers(team, _far(province)) for team in found], np.int64)
    names = (
        "volunteer",
        "commune",
        "device",
        "day",
        "saved",
        "kind",
        "mode",
        "content",
        "minutes",
        "quantity",
    )
    columns = {name: table[:, number] for number, name in enumerate(names)}
    work = Work(**columns, helped=table[:, 10] > 0, smooth=table[:, 11] > 0)
    ids = [id_ for id_ in volunteers.known if isinstance(id_, UUID)]
    asked, confirmed = _answers(province, (first, last), ids, asked_until)
    people = People(group[home], home, asked, confirmed)
    return Compared(work, people, Calendar(*_calendar(first, last)), ids, found, home.tolist())


def _answers(
    province: Place, between: tuple[date, date], ids: list[UUID], asked_until: Mapping[UUID, date]
) -> "tuple[NDArray[np.int64], NDArray[np.int64]]":
    """Return how many citizens each was to be confirmed by and how many did; who has been asked about some of those days, none."""
    import numpy as np

    shares = shares_by_volunteer(place=province, days=Period(*between), by=system(READER))
    fresh = (shares.get(id_) if asked_until.get(id_, date.min) < between[0] else None for id_ in ids)
    told = np.array([(one.asked, one.confirmed) if one else (0, 0) for one in fresh], np.int64)
    return told[:, 0], np.minimum(told[:, 1], told[:, 0])


def _table(
    rows: Iterable[StandingWork], volunteers: _Numbers, teams: _Numbers, others: _Numbers
) -> "NDArray[np.int64]":
    import numpy as np

    parts = []
    numbered = (_numbers(row, volunteers, teams, others) for row in rows)
    while piece := list(islice(numbered, _AT_A_TIME)):
        parts.append(np.array(piece, np.int64))
    return np.concatenate(parts) if parts else np.zeros((0, _COLUMNS), np.int64)


def _numbers(row: StandingWork, volunteers: _Numbers, teams: _Numbers, others: _Numbers) -> tuple[int, ...]:
    helped = row.activity not in COUNTED
    smooth = helped and row.outcome == Outcome.FINISHED and row.obstacle == Obstacle.NONE
    return (
        volunteers.of(row.volunteer), others.of(row.commune), others.of(row.device), (row.day - EPOCH).days, row.saved,
        others.of(row.activity), _MODES[Mode(row.mode)], hash(row[6:]), row.minutes, 0 if helped else row.quantity,
        helped, smooth, teams.of(row.team),
    )  # fmt: skip


def _most_often(owner: "NDArray[np.int64]", thing: "NDArray[np.int64]", count: int) -> "NDArray[np.int64]":
    """Return for each owner the thing they have most often."""
    import numpy as np

    pairs, times = np.unique(np.stack([owner, thing]), axis=1, return_counts=True)
    order = np.lexsort((times, pairs[0]))
    found = np.zeros(count, np.int64)
    found[pairs[0][order]] = pairs[1][order]
    return found


def _far(province: Place) -> set[str]:
    return {
        code
        for trait in (Trait.Key.BORDER, Trait.Key.REMOTE, Trait.Key.ISLAND)
        for code in places.codes_with_trait(trait, province_code=province.code)
    }


def _kind_of_peers(team: Team, far: set[str]) -> int:
    """Return one number for each kind of place and post."""
    in_town = team.commune.kind == Place.Kind.WARD
    place = FAR if team.commune_id in far else TOWN if in_town else COUNTRY
    return place * len(Team.Kind.values) + Team.Kind.values.index(team.kind)


def _calendar(first: date, last: date) -> tuple[frozenset[int], frozenset[int]]:
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    closed = frozenset((day - EPOCH).days for day in days if is_closed(day))
    ends = (day for day in days if (day + timedelta(days=REPORTS_CLOSE)).month != day.month)
    return closed, frozenset((day - EPOCH).days for day in ends)
