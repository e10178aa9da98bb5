"""The signs that the engine knows: each turns recorded work into units (days or rows), some of which are hits."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from aoxanh.oversight.anomaly.work import DESK, HOUR, Calendar, Flags, Ints, People, PersonDays, Work, local

Key = Literal[
    "hours", "pace", "night", "closed", "copies", "lockstep", "device", "counts", "heaping", "smooth", "closing", "confirmed",
    "several",
]  # fmt: skip

MOST_MINUTES = 12 * 60
"""The longest working day with overtime that the Labour Code of 2019 knows (article 107)."""
QUICK_MS, QUICK_ENTRIES = 120_000, 4
NIGHT_BEGINS, NIGHT_ENDS = 22 * HOUR, 5 * HOUR
ALIKE_ROWS, COPIED_DAY = 3, 4
FENCE = 3.0
"""Tukey's outer fence: quartile plus three times the distance between quartiles, on the logarithm of the count."""
FEW_FOR_A_FENCE = 100
SIZE_STEPS = np.array([2, 3, 5, 10, 20])


@dataclass(frozen=True)
class Units:
    """What one sign counted: for each unit whose it is, in which stratum it is compared, whether it is a hit, and the day.

    A `share` is a habit that everybody has to some extent; else hits are events that hardly happen to honest people. Units of
    `by` "day" are days of work, those of "row" single entries. `partner` names who else, where there is one, or is -1.
    """

    key: Key
    owner: Ints
    stratum: Ints
    hit: Flags
    day: Ints
    by: Literal["day", "row"] = "day"
    share: bool = False
    partner: Ints | None = None


def all_signs(days: PersonDays, people: People, calendar: Calendar) -> Iterator[Units]:
    """Yield every sign that the work can show; those without a unit are left out."""
    found = (
        *_by_day(days, people, calendar),
        _closed(days, people, calendar),
        _copies(days, people),
        _lockstep(days, people),
        _device(days, people),
        _counts(days, people),
        *_habits(days, people),
        _confirmed(people),
    )
    yield from (units for units in (*found, _several(days, people, found)) if len(units.owner))


def _several(days: PersonDays, people: People, found: tuple[Units, ...]) -> Units:
    """Count the days that are odd in any way, so that a little of everything adds up."""
    odd = np.zeros(len(days.start), bool)
    key = days.volunteer * (int(days.day.max()) + 1) + days.day
    for units in found:
        if units.by == "day":
            mine = (units.owner * (int(days.day.max()) + 1) + units.day)[units.hit]
            odd[np.searchsorted(key, mine)] = True
    return Units("several", days.volunteer, _strata(days, people), odd, days.day)


def _strata(days: PersonDays, people: People) -> Ints:
    """Compare a day with days of about as many entries of the same kind of peers."""
    steps = len(SIZE_STEPS) + 1
    return people.group[days.volunteer] * steps + np.searchsorted(SIZE_STEPS, days.size, side="right")


def _by_day(days: PersonDays, people: People, calendar: Calendar) -> Iterator[Units]:
    rows, strata = days.rows, _strata(days, people)
    over = days.total(rows.minutes) > MOST_MINUTES
    gap = np.diff(rows.saved, prepend=rows.saved[:1])
    gap[days.start] = QUICK_MS
    quick = days.total(gap < QUICK_MS)
    clock = local(rows.saved)
    late = days.total((clock >= NIGHT_BEGINS) | (clock < NIGHT_ENDS))
    yield Units("hours", days.volunteer, strata, over, days.day)
    yield Units(
        "pace", days.volunteer, strata, (quick >= QUICK_ENTRIES) & (2 * quick >= days.size - 1), days.day
    )
    yield Units("night", days.volunteer, strata, 2 * late >= days.size, days.day)
    if calendar.closing:
        closing = np.isin(days.day, list(calendar.closing))
        group = people.group[rows.volunteer]
        yield Units("closing", rows.volunteer, group, closing[days.number], rows.day, by="row", share=True)


def _closed(days: PersonDays, people: People, calendar: Calendar) -> Units:
    """Count the days on which the centre was shut and most of the work is said to be done at its desk."""
    shut = np.isin(days.day, list(calendar.closed))
    at_desk = 2 * days.total(days.rows.mode == DESK) >= days.size
    return Units("closed", days.volunteer[shut], _strata(days, people)[shut], at_desk[shut], days.day[shut])


def _copies(days: PersonDays, people: People) -> Units:
    """Count the days of which at least half says the same, word for word."""
    order = np.lexsort((days.rows.content, days.number))
    number, content = days.number[order], days.rows.content[order]
    new = np.ones(len(order), bool)
    new[1:] = (number[1:] != number[:-1]) | (content[1:] != content[:-1])
    start = np.flatnonzero(new)
    length = np.diff(np.append(start, len(order)))
    first_of_day = np.flatnonzero(np.diff(number[start], prepend=-1))
    most = np.maximum.reduceat(length, first_of_day)
    big = days.size >= COPIED_DAY
    hit = (most >= ALIKE_ROWS) & (2 * most >= days.size)
    return Units("copies", days.volunteer[big], _strata(days, people)[big], hit[big], days.day[big])


def _lockstep(days: PersonDays, people: People) -> Units:
    """Count the days of which at least half repeats what one other person of the commune recorded that day."""
    rows = days.rows
    order = np.lexsort((rows.saved, rows.content, rows.day, rows.commune))
    same = np.ones(len(order) - 1, bool)
    for column in (rows.commune, rows.day, rows.content):
        sorted_column = column[order]
        same &= sorted_column[1:] == sorted_column[:-1]
    same &= rows.volunteer[order][1:] != rows.volunteer[order][:-1]
    left, right = order[:-1][same], order[1:][same]
    pairs = np.unique(np.stack([np.concatenate([left, right]), rows.volunteer[np.concatenate([right, left])]]), axis=1)  # fmt: skip
    meets, counts = np.unique(np.stack([days.number[pairs[0]], pairs[1]]), axis=1, return_counts=True)
    best = np.lexsort((counts, meets[0]))
    alike, partner = np.zeros(len(days.start), np.int64), np.full(len(days.start), -1, np.int64)
    # The last written for a day is the partner met most often.
    alike[meets[0][best]], partner[meets[0][best]] = counts[best], meets[1][best]
    big = days.size >= ALIKE_ROWS
    hit = (alike >= ALIKE_ROWS) & (2 * alike >= days.size)
    return Units(
        "lockstep", days.volunteer[big], _strata(days, people)[big], hit[big], days.day[big], partner=partner[big]
    )  # fmt: skip


def _device(days: PersonDays, people: People) -> Units:
    """Count the days on which somebody else recorded with the same phone."""
    rows = days.rows
    known = np.flatnonzero(rows.device >= 0)
    order = known[np.lexsort((rows.volunteer[known], rows.day[known], rows.device[known]))]
    device, day, who = rows.device[order], rows.day[order], rows.volunteer[order]
    shared = (device[1:] == device[:-1]) & (day[1:] == day[:-1]) & (who[1:] != who[:-1])
    hit, partner = np.zeros(len(days.start), bool), np.full(len(days.start), -1, np.int64)
    first, second = order[:-1][shared], order[1:][shared]
    for one, other in ((first, second), (second, first)):
        hit[days.number[one]] = True
        partner[days.number[one]] = rows.volunteer[other]
    seen = np.zeros(len(days.start), bool)
    seen[days.number[known]] = True
    return Units(
        "device", days.volunteer[seen], people.group[days.volunteer[seen]], hit[seen], days.day[seen], partner=partner[seen]
    )  # fmt: skip


def _counts(days: PersonDays, people: People) -> Units:
    """Count the entries of counted work beyond the outer fence of the same work of the same kind of peers."""
    rows = days.rows
    chosen = np.flatnonzero(rows.quantity > 0)
    group = people.group[rows.volunteer[chosen]]
    kind, size = rows.kind[chosen], np.log(rows.quantity[chosen].astype(np.float64))
    hit = np.zeros(len(chosen), bool)
    for one in np.unique(kind):
        all_of_it = kind == one
        everywhere = _fence(size[all_of_it])
        for peers in np.unique(group[all_of_it]):
            here = all_of_it & (group == peers)
            limit = _fence(size[here]) if here.sum() >= FEW_FOR_A_FENCE else everywhere
            hit[here] = size[here] > limit
    return Units("counts", rows.volunteer[chosen], group, hit, rows.day[chosen], by="row")


def _fence(values: NDArray[np.float64]) -> float:
    low, high = np.quantile(values, [0.25, 0.75])
    return float(high + FENCE * (high - low))


def _habits(days: PersonDays, people: People) -> Iterator[Units]:
    """Yield how often minutes are round and how often all went well, beside peers who help in the same places."""
    rows: Work = days.rows
    helped = np.flatnonzero(rows.helped)
    owner = rows.volunteer[helped]
    strata = people.group[owner] * (int(rows.mode.max(initial=0)) + 1) + rows.mode[helped]
    for key, hit in (("heaping", rows.minutes[helped] % 5 == 0), ("smooth", rows.smooth[helped])):
        yield Units(key, owner, strata, hit, rows.day[helped], by="row", share=True)  # type: ignore[arg-type]


def _confirmed(people: People) -> Units:
    """Count citizens who were asked and did not say that they were helped."""
    if people.asked is None or people.confirmed is None:
        nothing = np.zeros(0, np.int64)
        return Units("confirmed", nothing, nothing, nothing.astype(bool), nothing, by="row", share=True)
    owner = np.repeat(np.arange(len(people)), people.asked)
    rank = np.arange(len(owner)) - np.repeat(np.cumsum(people.asked) - people.asked, people.asked)
    denied = rank >= people.confirmed[owner]
    return Units(
        "confirmed", owner, people.group[owner], denied, np.full(len(owner), -1), by="row", share=True
    )
