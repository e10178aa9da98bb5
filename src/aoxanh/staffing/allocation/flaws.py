"""From rows as people write them to a clean problem, naming every flaw with its rows and a remedy.

Nothing stops the plan: what cannot be used is left out or set to the nearest thing that can, and said so.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from aoxanh.staffing.allocation.edits import Desk, settle
from aoxanh.staffing.allocation.problem import (
    GROUPS,
    KINDS,
    LEVELS,
    NOWHERE,
    Commune,
    Communes,
    Edit,
    People,
    Problem,
    Settings,
    Volunteer,
)

NAMED = 10  # rows named in a flaw; the rest are counted
MOST_REACH, MOST_SHIFTS, MOST_PEOPLE = 1000, 21, 1_000_000


@dataclass(frozen=True)
class Flaw:
    """One kind of flaw: what is wrong with which rows, how many there are, what to do."""

    code: str
    rows: tuple[str, ...]
    count: int
    message: str
    remedy: str

    def __str__(self) -> str:
        more = f" and {self.count - len(self.rows)} more" if self.count > len(self.rows) else ""
        return f"{self.message}: {', '.join(self.rows)}{more}. {self.remedy}"


SENTENCES = {
    "person_without_id": ("People without an id were left out", "Give each person an id."),
    "person_twice": ("People listed more than once; the first row counts", "Delete the other rows."),
    "home_unknown": ("People without a home commune we know were left out", "Give the code of a commune of today."),
    "level_out_of_range": ("Technology or communication is not 0, 1 or 2 and counts as the nearest", "Correct the level."),
    "certificate_unknown": ("Certificates of unknown skill groups were ignored", "Use 1, 2 or 3."),
    "number_out_of_range": ("Reach or half days out of range count as the nearest that can be", "Correct the number."),
    "place_unknown": ("The last commune or a refused commune is unknown and was ignored", "Use a code of today."),
    "kind_unknown": ("Unknown kinds of post were ignored", f"Use one of {', '.join(KINDS)}."),
    "commune_without_code": ("Communes without a code or province were left out", "Give code and province."),
    "commune_twice": ("Communes listed more than once; the first row counts", "Delete the other rows."),
    "no_position": ("Communes without a position: nobody from elsewhere can be sent there", "Give latitude and longitude."),
    "no_road": ("Communes without a road: only their own people serve there", "Give the way by boat in boat_km, or a road."),
    "need_out_of_range": ("Needs that are negative or too large count as the nearest that can be", "Correct the number."),
    "floor_above_need": ("The minimum is above the need and counts as the need", "Lower the minimum or raise the need."),
    "wanted_level_out_of_range": ("Levels wanted that are not 0, 1 or 2 count as the nearest", "Correct the level."),
    "edit_unknown": ("Hand edits name a person, commune, kind or verb that is unknown and were left out", "Correct or delete them."),
    "edits_contradict": ("Hand edits contradict each other and were all left out", "Keep one of them."),
    "edit_against_no": ("Hand edits place people who said no and were left out", "Ask them again, or delete the edit."),
    "edit_against_rule": (
        "Hand edits place people in posts they may not hold and were left out",
        "Choose a post they hold the certificate for, near home for minors, or another person.",
    ),
    "edit_above_need": ("Hand edits place more people than the post needs; the last were left out", "Raise the need or delete edits."),
}  # fmt: skip


class Found:
    """Collects rows by flaw."""

    def __init__(self) -> None:
        self.rows: dict[str, list[str]] = defaultdict(list)
        self.counts: dict[str, int] = defaultdict(int)

    def add(self, code: str, row: str) -> None:
        self.counts[code] += 1
        if len(self.rows[code]) < NAMED:
            self.rows[code].append(row)

    def flaws(self) -> list[Flaw]:
        return [
            Flaw(code, tuple(self.rows[code]), self.counts[code], *SENTENCES[code])
            for code in SENTENCES
            if code in self.counts
        ]


def check(
    volunteers: Iterable[Volunteer],
    communes: Iterable[Commune],
    edits: Iterable[Edit] = (),
    settings: Settings | None = None,
) -> tuple[Problem, list[Flaw]]:
    """Return the problem that can be planned and what is wrong with the rows. Volunteers may be a stream."""
    found, settings = Found(), settings or Settings()
    places = _communes(communes, settings, found)
    index = {code: number for number, code in enumerate(places.codes)}
    reader = _Reader(index, places.languages, found)
    people = reader.read(volunteers)
    tongues = np.zeros((len(reader.tongues), len(places.languages)), dtype=np.bool_)
    for tongue, row in reader.tongues.items():
        tongues[row, list(tongue)] = True
    desk = Desk(people, places, index, list(reader.noes), settings, found.add)
    people, noes, pins = settle(desk, edits)
    return Problem(people, places, tongues, noes, pins, settings), found.flaws()


def _communes(rows: Iterable[Commune], settings: Settings, found: Found) -> Communes:
    kept: dict[str, Commune] = {}
    for row in rows:
        if not row.code or not row.province:
            found.add("commune_without_code", row.code or "(no code)")
        elif row.code in kept:
            found.add("commune_twice", row.code)
        else:
            kept[row.code] = row
    communes = list(kept.values())
    provinces = sorted({row.province for row in communes})
    languages = sorted({language for row in communes for language in row.languages})
    located = np.array([_located(row, found) for row in communes], dtype=np.bool_)
    needs = np.array([[_need(row, kind, found) for kind in KINDS] for row in communes], dtype=np.int64)
    needs = needs.reshape(len(communes), len(KINDS))
    return Communes(
        [row.code for row in communes], provinces,
        np.array([provinces.index(row.province) for row in communes], dtype=np.int64),
        np.array([row.lat or 0.0 for row in communes]), np.array([row.lon or 0.0 for row in communes]),
        located, np.array([_road(row, found) for row in communes], dtype=np.bool_),
        np.array([_amount(row.boat_km, row.code, found) for row in communes], dtype=np.int64),
        np.array([row.priority for row in communes], dtype=np.bool_),
        needs, _floors(communes, needs, settings, found),
        np.array([_amount(row.leaders, row.code, found) for row in communes], dtype=np.int64),
        np.array([_amount(row.shifts, row.code, found) for row in communes], dtype=np.int64),
        languages,
        np.array(
            [[_amount(row.languages.get(name, 0), row.code, found) for name in languages] for row in communes],
            dtype=np.int64,
        ).reshape(len(communes), len(languages)),
        np.array(
            [[_levels(row, kind, found) for kind in KINDS] for row in communes], dtype=np.int64
        ).reshape(len(communes), len(KINDS), 2),
    )  # fmt: skip


def _located(row: Commune, found: Found) -> bool:
    fine = row.lat is not None and row.lon is not None and abs(row.lat) <= 90 and abs(row.lon) <= 180
    if not fine:
        found.add("no_position", row.code)
    return fine


def _road(row: Commune, found: Found) -> bool:
    if not row.road:
        found.add("no_road", row.code)
    return row.road


def _amount(number: int, code: str, found: Found) -> int:
    if not 0 <= number <= MOST_PEOPLE:
        found.add("need_out_of_range", code)
    return min(max(number, 0), MOST_PEOPLE)


def _need(row: Commune, kind: str, found: Found) -> int:
    if kind == KINDS[0]:
        for unknown in sorted((row.needs.keys() | row.floors.keys() | row.levels.keys()) - set(KINDS)):
            found.add("kind_unknown", f"{row.code} {unknown}")
    return _amount(row.needs.get(kind, 0), f"{row.code} {kind}", found)


def _levels(row: Commune, kind: str, found: Found) -> tuple[int, int]:
    technology, communication = row.levels.get(kind, (0, 0))
    if not (0 <= technology < LEVELS and 0 <= communication < LEVELS):
        found.add("wanted_level_out_of_range", f"{row.code} {kind}")
    return min(max(technology, 0), LEVELS - 1), min(max(communication, 0), LEVELS - 1)


def _floors(
    rows: list[Commune],
    needs: "np.ndarray[tuple[int, int], np.dtype[np.int64]]",
    settings: Settings,
    found: Found,
) -> "np.ndarray[tuple[int, int], np.dtype[np.int64]]":
    floors = np.ceil(settings.floor_share * needs).astype(np.int64)
    for at, row in enumerate(rows):
        for kind, floor in row.floors.items():
            if kind in KINDS:
                column = KINDS.index(kind)
                if floor > needs[at, column]:
                    found.add("floor_above_need", f"{row.code} {kind}")
                floors[at, column] = min(_amount(floor, f"{row.code} {kind}", found), int(needs[at, column]))
    return np.asarray(floors, dtype=np.int64)


class _Reader:
    """Reads volunteers into columns one by one, so that a stream of a nation never stands in memory as rows."""

    def __init__(self, index: dict[str, int], languages: list[str], found: Found) -> None:
        self.index, self.found = index, found
        self.languages = {code: number for number, code in enumerate(languages)}
        self.tongues: dict[tuple[int, ...], int] = {(): 0}
        self.noes: dict[frozenset[tuple[int, int]], int] = {frozenset(): 0}
        self.seen: set[str] = set()
        self.ids: list[str] = []
        self.numbers: list[tuple[int, ...]] = []

    def read(self, volunteers: Iterable[Volunteer]) -> People:
        for row in volunteers:
            if self._known(row):
                self.seen.add(row.id)
                self.ids.append(row.id)
                self.numbers.append(self._row(row))
        columns = list(np.array(self.numbers, dtype=np.int64).reshape(len(self.ids), 14).T)
        home, technology, communication, certificates, tongue, shifts, reach = columns[:7]
        adult, leads, abroad, available = (columns[at].astype(np.bool_) for at in (7, 8, 9, 13))
        last, last_kind, noes = columns[10:13]
        return People(
            self.ids, home, technology, communication, certificates, tongue, shifts, reach,
            adult, leads, abroad, last, last_kind, noes, available,
        )  # fmt: skip

    def _known(self, row: Volunteer) -> bool:
        if not row.id:
            self.found.add("person_without_id", row.home or "(no home)")
        elif row.id in self.seen:
            self.found.add("person_twice", row.id)
        elif row.home not in self.index:
            self.found.add("home_unknown", row.id)
        else:
            return True
        return False

    def _row(self, row: Volunteer) -> tuple[int, ...]:
        tongue = tuple(sorted({self.languages[code] for code in row.languages if code in self.languages}))
        kind = KINDS.index(row.last_kind) if row.last_kind in KINDS else NOWHERE
        return (
            self.index[row.home], self._level(row, row.technology), self._level(row, row.communication),
            self._certificates(row), self.tongues.setdefault(tongue, len(self.tongues)),
            self._number(row, row.shifts, MOST_SHIFTS), self._number(row, row.reach, MOST_REACH),
            row.adult, row.leads, row.abroad, self._last(row), kind, self._refused(row), row.available,
        )  # fmt: skip

    def _level(self, row: Volunteer, level: int) -> int:
        if not 0 <= level < LEVELS:
            self.found.add("level_out_of_range", row.id)
        return min(max(level, 0), LEVELS - 1)

    def _number(self, row: Volunteer, number: int, most: int) -> int:
        if not 0 <= number <= most:
            self.found.add("number_out_of_range", row.id)
        return min(max(number, 0), most)

    def _certificates(self, row: Volunteer) -> int:
        if set(row.certificates) - set(GROUPS):
            self.found.add("certificate_unknown", row.id)
        return sum(1 << (group - 1) for group in set(row.certificates) & set(GROUPS))

    def _last(self, row: Volunteer) -> int:
        if row.last and row.last not in self.index:
            self.found.add("place_unknown", row.id)
        return self.index.get(row.last, NOWHERE)

    def _refused(self, row: Volunteer) -> int:
        for code in row.refuses:
            if code not in self.index:
                self.found.add("place_unknown", row.id)
        noes = frozenset((self.index[code], NOWHERE) for code in row.refuses if code in self.index)
        return self.noes.setdefault(noes, len(self.noes))
