"""Everybody's cheapest lawful days at given prices of shifts, exactly, by walking through the horizon day by day."""

import math
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aoxanh.staffing.rostering.public.instance import Employee, Instance, ShiftType

Floats = NDArray[np.float64]
Line = tuple[int, ...]  # the number of the shift of each day, REST for none
REST = -1
SATURDAY, SUNDAY = 5, 6
ALL = slice(None)
MOST_BYTES = 150_000_000  # of what one walk remembers; people beyond it walk in turn


@dataclass(frozen=True, slots=True)
class Limits:
    """What a contract allows; people with the same limits walk together. `counted` is (shift, most) where that can bind."""

    most_row: int
    least_row: int
    least_off: int
    most_minutes: int
    least_minutes: int
    most_weekends: int | None
    counted: tuple[tuple[int, int], ...]


class Pricing:
    """Answers for prices as often as asked; all hard rules of the format are about one person alone, and all are kept."""

    def __init__(self, instance: Instance) -> None:
        self.names = list(instance.staff)
        shifts = list(instance.shifts.values())
        self.shifts = [shift.id for shift in shifts]
        self.closed = np.zeros((len(self.names), instance.days, len(shifts)), dtype=np.bool_)
        self.wish = np.zeros(self.closed.shape)
        alike: dict[Limits, list[int]] = defaultdict(list)
        for number, person in enumerate(instance.staff.values()):
            alike[_limits(instance, person, shifts)].append(number)
            self.closed[number, np.array(sorted(person.days_off), dtype=np.int64)] = True
            for at, shift in enumerate(self.shifts):
                self.closed[number, :, at] |= person.most_shifts[shift] == 0 or person.most_row == 0
        at_person, at_shift = (
            {name: at for at, name in enumerate(each)} for each in (self.names, self.shifts)
        )
        for sign, requests in ((1, instance.off), (-1, instance.on)):
            for (name, day, shift), weight in requests.items():
                self.wish[at_person[name], day, at_shift[shift]] += sign * weight
        self.walks = [(_Walk(instance.days, shifts, limits), who) for limits, who in alike.items()]

    @property
    def bytes_each(self) -> int:
        """What the longest walk of one person remembers."""
        return max(walk.bytes_each for walk, _ in self.walks)

    def best(self, prices: Floats, who: set[int]) -> dict[int, tuple[float, Line]]:
        """Return the least cost of each person at `prices` (people, days, shifts) and days that cost it; infinite if there are none."""
        found: dict[int, tuple[float, Line]] = {}
        for walk, members in self.walks:
            wanted = [number for number in members if number in who]
            size = max(1, MOST_BYTES // walk.bytes_each)
            for first in range(0, len(wanted), size):
                part = wanted[first : first + size]
                costs = np.where(self.closed[part], np.inf, prices[part])
                found.update(zip(part, walk.best(costs), strict=True))
        return found


def _limits(instance: Instance, person: Employee, shifts: list[ShiftType]) -> Limits:
    weekends = person.most_weekends if person.most_weekends < len(instance.weekends) else None
    counted = tuple(
        (at, person.most_shifts[shift.id])
        for at, shift in enumerate(shifts)
        if 0 < person.most_shifts[shift.id] < min(instance.days, person.most_minutes // shift.minutes)
    )
    return Limits(
        min(max(1, person.most_row), instance.days), person.least_row, max(1, person.least_off),
        min(person.most_minutes, instance.days * max(shift.minutes for shift in shifts)),
        person.least_minutes, weekends, counted,
    )  # fmt: skip


class _Walk:
    """Walks people of the same limits from day to day.

    A state is what the rules remember: the shift and the length of the row of work, or the length of the row of rest; and how many
    weekends, minutes and shifts of a counted kind were used. A row as long as the days so far began with the horizon, and may be short.
    """

    def __init__(self, days: int, shifts: list[ShiftType], limits: Limits) -> None:
        self.days, self.limits = days, limits
        self.unit = math.gcd(*(shift.minutes for shift in shifts))
        self.minutes = [shift.minutes // self.unit for shift in shifts]
        self.before = [[at for at, one in enumerate(shifts) if shift.id not in one.bars] for shift in shifts]
        self.used = (
            (limits.most_weekends or 0) + 1,
            limits.most_minutes // self.unit + 1,
            *(most + 1 for _, most in limits.counted),
        )
        self.least = -(-limits.least_minutes // self.unit)

    @property
    def bytes_each(self) -> int:
        rows = len(self.minutes) * self.limits.most_row + self.limits.least_off
        return 8 * self.days * rows * math.prod(self.used)

    def best(self, costs: Floats) -> list[tuple[float, Line]]:
        """Return the least cost and its days for each row of `costs` (people, days, shifts)."""
        works, rests = self._forth(costs)
        ends = np.concatenate([works[-1].reshape(-1, *works[-1].shape[2:]), rests[-1]])[:, :, :, self.least :]
        if not ends.shape[3]:
            return [(math.inf, ())] * len(costs)
        found = []
        for person in range(len(costs)):
            mine = ends[:, person]
            at = np.unravel_index(int(mine.argmin()), mine.shape)
            state = int(at[0]), (int(at[1]), int(at[2]) + self.least, *map(int, at[3:]))
            least = float(mine[at])
            found.append((least, self._back(works, rests, person, state) if least < math.inf else ()))
        return found

    def _forth(self, costs: Floats) -> tuple[list[Floats], list[Floats]]:
        kinds, longest, rest_rows = len(self.minutes), self.limits.most_row, self.limits.least_off
        shape = (len(costs), *self.used)
        start = np.full(shape, np.inf)
        start.reshape(len(costs), -1)[:, 0] = 0.0
        works: list[Floats] = []
        rests: list[Floats] = []
        for day in range(self.days):
            work, rest = np.full((kinds, longest, *shape), np.inf), np.full((rest_rows, *shape), np.inf)
            fresh = start
            if day:
                fresh = rests[-1][self._long_enough(day, rest_rows, rest_rows)].min(axis=0)
                ended = works[-1][:, self._long_enough(day, self.limits.least_row, longest)]
                rest[0] = ended.min(axis=(0, 1), initial=np.inf)
                rest[1:] = rests[-1][:-1]
                rest[-1] = np.minimum(rest[-1], rests[-1][-1])
            else:
                rest[0] = start
            for shift in range(kinds):
                price = costs[:, day, shift].reshape(-1, *(1 for _ in self.used))
                into, out = self._step(shift, touches=day % 7 >= SATURDAY)
                work[shift, 0][ALL, *into] = fresh[ALL, *out] + price
                if day and longest > 1:
                    row = works[-1][self.before[shift], :-1].min(axis=0, initial=np.inf)
                    into, out = self._step(shift, touches=day % 7 == SATURDAY)
                    work[shift, 1:][ALL, ALL, *into] = row[ALL, ALL, *out] + price
            works.append(work)
            rests.append(rest)
        return works, rests

    @staticmethod
    def _long_enough(day: int, least: int, longest: int) -> list[int]:
        """Return which rows (by length less one) may end before this day."""
        return [at for at in range(longest) if at + 1 >= least or at + 1 == day]

    def _taken(self, shift: int, *, touches: bool) -> list[int]:
        """Return what a shift uses up; `touches` when it is the first of a weekend."""
        weekend = int(touches and self.limits.most_weekends is not None)
        return [weekend, self.minutes[shift], *(int(kind == shift) for kind, _ in self.limits.counted)]

    def _step(self, shift: int, *, touches: bool) -> tuple[tuple[slice, ...], tuple[slice, ...]]:
        taken = self._taken(shift, touches=touches)
        into = tuple(slice(amount, None) for amount in taken)
        out = tuple(slice(0, max(0, size - amount)) for size, amount in zip(self.used, taken, strict=True))
        return into, out

    def _back(
        self, works: list[Floats], rests: list[Floats], person: int, state: tuple[int, tuple[int, ...]]
    ) -> Line:
        """Return the days that lead to a state of the last day; states of work come first, by shift and length."""
        longest, line = self.limits.most_row, []
        work_states = len(self.minutes) * longest
        at, used = state
        for day in range(self.days - 1, -1, -1):
            works_then, rests_then = works[day - 1], rests[day - 1]
            if at < work_states:
                shift, row = divmod(at, longest)
                line.append(shift)
                touches = day % 7 == SATURDAY or (day % 7 == SUNDAY and row == 0)
                used = tuple(
                    have - taken
                    for have, taken in zip(used, self._taken(shift, touches=touches), strict=True)
                )
                if row:
                    came = [one * longest + row - 1 for one in self.before[shift]]
                else:
                    rows = self._long_enough(day, self.limits.least_off, self.limits.least_off)
                    came = [work_states + length for length in rows]
            else:
                line.append(REST)
                came = self._before_rest(day, at - work_states, work_states)
            if day:
                at = min(
                    came,
                    key=lambda each: self._value(works_then, rests_then, each, (person, *used)),
                )
        return tuple(reversed(line))

    def _before_rest(self, day: int, row: int, work_states: int) -> list[int]:
        longest, came = self.limits.most_row, []
        if row == 0:
            rows = self._long_enough(day, self.limits.least_row, longest)
            came = [shift * longest + length for shift in range(len(self.minutes)) for length in rows]
        else:
            came.append(work_states + row - 1)
        if row == self.limits.least_off - 1:
            came.append(work_states + row)
        return came

    def _value(self, works: Floats, rests: Floats, state: int, at: tuple[int, ...]) -> float:
        work_states = len(self.minutes) * self.limits.most_row
        if state < work_states:
            return float(works[(*divmod(state, self.limits.most_row), *at)])
        return float(rests[(state - work_states, *at)])
