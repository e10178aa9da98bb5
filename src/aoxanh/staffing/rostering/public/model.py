"""A public instance as a CP-SAT model, whole or for some people and days while the rest of a roster stands."""

from collections import defaultdict
from collections.abc import Iterable

from ortools.sat.python import cp_model

from aoxanh.staffing.rostering.public.instance import OFF, Employee, Instance, Roster


class Model:
    """Decides the days of `people`; with `window`, only these days of theirs. Everybody else stays as in `roster`."""

    def __init__(
        self,
        instance: Instance,
        roster: Roster,
        people: Iterable[str],
        window: range | None = None,
    ) -> None:
        self.instance, self.roster = instance, roster
        self.window = window or range(instance.days)
        self.people = sorted(people)
        self.cp = cp_model.CpModel()
        self.x: dict[tuple[str, int, str], cp_model.IntVar] = {}
        self.price: list[cp_model.LinearExpr | int] = []
        for name in self.people:
            self._person(instance.staff[name])
        self._cover()
        self.cp.minimize(sum(self.price) + instance.asked)

    def _person(self, person: Employee) -> None:
        works = [self._day(person, day) for day in range(self.instance.days)]
        for day in range(self.instance.days - 1):
            for shift in self.instance.shifts.values():
                barred = [self.x[person.id, day + 1, bar] for bar in sorted(shift.bars)]
                if barred:
                    self.cp.add_at_most_one([self.x[person.id, day, shift.id], *barred])
        days = range(self.instance.days)
        for shift_id, most in person.most_shifts.items():
            if most < self.instance.days:
                self.cp.add(sum(self.x[person.id, day, shift_id] for day in days) <= most)
        minutes = sum(
            shift.minutes * self.x[person.id, day, shift.id]
            for day in days
            for shift in self.instance.shifts.values()
        )
        self.cp.add_linear_constraint(minutes, person.least_minutes, person.most_minutes)
        self._rows(person, works)
        self._weekends(person, works)

    def _day(self, person: Employee, day: int) -> cp_model.IntVar:
        works = self.cp.new_bool_var("")
        shifts = []
        for shift in self.instance.shifts:
            variable = self.cp.new_bool_var("")
            self.x[person.id, day, shift] = variable
            shifts.append(variable)
            wish = self.instance.wish(person.id, day, shift)
            if wish:
                self.price.append(wish * variable)
            if day not in self.window:
                self.cp.add(variable == (self.roster[person.id][day] == shift))
        if day in person.days_off:
            self.cp.add(works == 0)
        self.cp.add_exactly_one([*shifts, works.negated()])
        return works

    def _rows(self, person: Employee, works: list[cp_model.IntVar]) -> None:
        days = len(works)
        for day in range(days - person.most_row):
            self.cp.add(sum(works[day : day + person.most_row + 1]) <= person.most_row)
        rests = [variable.negated() for variable in works]
        for least, inside, outside in (
            (person.least_row, rests, works),
            (person.least_off, works, rests),
        ):
            for length in range(1, least):
                for day in range(days - length - 1):
                    row = inside[day + 1 : day + length + 1]
                    self.cp.add_bool_or([outside[day], *row, outside[day + length + 1]])

    def _weekends(self, person: Employee, works: list[cp_model.IntVar]) -> None:
        busy = []
        for pair in self.instance.weekends:
            variable = self.cp.new_bool_var("")
            busy.append(variable)
            for day in pair:
                self.cp.add_implication(works[day], variable)
        if person.most_weekends < len(busy):
            self.cp.add(sum(busy) <= person.most_weekends)

    def _cover(self) -> None:
        """Count those who stand as they are, and charge what the others leave below or above."""
        free = set(self.people)
        standing: dict[tuple[int, str], int] = defaultdict(int)
        for name, shifts in self.roster.items():
            if name not in free:
                for day, shift in enumerate(shifts):
                    standing[day, shift] += 1
                    self.price.append(self.instance.wish(name, day, shift) if shift != OFF else 0)
        for cover in self.instance.cover:
            here = sum(self.x[name, cover.day, cover.shift] for name in self.people)
            stand = standing[cover.day, cover.shift]
            under = self.cp.new_int_var(0, max(0, cover.wanted - stand), "")
            over = self.cp.new_int_var(0, stand + len(self.people), "")
            self.cp.add(here + stand + under - over == cover.wanted)
            self.price += [cover.under * under, cover.over * over]

    def hint(self) -> None:
        """Start from the roster as it stands."""
        for (name, day, shift), variable in self.x.items():
            self.cp.add_hint(variable, self.roster[name][day] == shift)

    def found(self, solver: cp_model.CpSolver) -> Roster:
        """Return the roster with what the solver decided."""
        roster = {name: list(shifts) for name, shifts in self.roster.items()}
        for name in self.people:
            for day in range(self.instance.days):
                chosen = [
                    shift for shift in self.instance.shifts if solver.boolean_value(self.x[name, day, shift])
                ]
                roster[name][day] = chosen[0] if chosen else OFF
        return roster
