"""The roster as a CP-SAT model: a yes or no for each seat somebody may hold, the hard rules, and a price for all that is missing."""

from collections import defaultdict
from collections.abc import Iterable

from ortools.sat.python import cp_model

from aoxanh.staffing.rostering.problem import DOSSIERS, POLICE, SATURDAY, Member, Problem, Shift, Taken
from aoxanh.staffing.rostering.rules import clash, fits

Terms = list[cp_model.IntVar]


class Model:
    """Build once, then solve or search around a roster. `seats` are the open decisions."""

    def __init__(self, problem: Problem, before: Iterable[Taken] | None = None) -> None:
        """Take the published roster as `before` to charge every change against it."""
        self.problem, self.settings = problem, problem.settings
        self.cp = cp_model.CpModel()
        self.seats: dict[Taken, cp_model.IntVar] = {}
        self.on: dict[tuple[str, str], Terms] = defaultdict(list)
        self.here: dict[str, list[Taken]] = defaultdict(list)
        self.price: list[cp_model.LinearExpr | int] = []
        self._open()
        for shift in problem.shifts:
            self._cover(shift)
            self._company(shift)
        for member in problem.members:
            own = [shift for shift in problem.shifts if (member.id, shift.id) in self.on]
            self._bear(member, own)
            self._please(member, own)
        if before is not None:
            self._keep(set(before))
        self.cp.minimize(sum(self.price))

    def _open(self) -> None:
        pinned = set(self.problem.pins)
        for shift in self.problem.shifts:
            for seat, wanted in sorted(shift.seats.items()):
                for member in self.problem.members:
                    taken = Taken(shift.id, member.id, seat)
                    if wanted and (taken in pinned or not fits(self.problem, member, shift, seat)):
                        variable = self.cp.new_bool_var("")
                        self.seats[taken] = variable
                        self.on[member.id, shift.id].append(variable)
                        self.here[shift.id].append(taken)
                        if taken in pinned:
                            self.cp.add(variable == 1)

    def _short(self, price: int, most: int = 1) -> cp_model.IntVar:
        """Return how many are missing, at a price each."""
        variable = self.cp.new_int_var(0, most, "")
        self.price.append(price * variable)
        return variable

    def _cover(self, shift: Shift) -> None:
        here = self.here[shift.id]
        for seat, wanted in sorted(shift.seats.items()):
            if wanted:
                holders = sum(self.seats[taken] for taken in here if taken.seat == seat)
                missing = self._short(self.settings.missing, wanted - 1) if wanted > 1 else 0
                self.cp.add(holders + missing + self._short(self.settings.empty) == wanted)
        member = self.problem.member
        if shift.leader:
            leads = [
                self.seats[taken]
                for taken in here
                if member[taken.member].leads or member[taken.member].experienced
            ]
            self.cp.add(sum(leads) + self._short(self.settings.leader) >= 1)
        if shift.language:
            speak = [self.seats[taken] for taken in here if shift.language in member[taken.member].languages]
            self.cp.add(sum(speak) + self._short(self.settings.language) >= 1)

    def _company(self, shift: Shift) -> None:
        """Nobody goes out alone, and a minor finds an adult."""
        here = self.here[shift.id]
        if shift.outdoors and not shift.seats.get(POLICE):
            two = self.cp.new_bool_var("")
            self.cp.add(sum(self.seats[taken] for taken in here) >= 2 * two)
            pinned = any(pin.shift == shift.id for pin in self.problem.pins)
            alone = self._short(self.settings.alone) if pinned else 0
            for taken in here:
                self.cp.add(self.seats[taken] <= two + alone)
        adults = [taken for taken in here if self.problem.member[taken.member].adult]
        for taken in here:
            if not self.problem.member[taken.member].adult:
                beside = [each for each in adults if taken.seat != DOSSIERS or each.seat == DOSSIERS]
                self.cp.add(self.seats[taken] <= sum(self.seats[each] for each in beside))

    def _bear(self, member: Member, own: list[Shift]) -> None:
        slots: dict[tuple[int, str], Terms] = defaultdict(list)
        days: dict[int, Terms] = defaultdict(list)
        weeks: dict[int, list[Shift]] = defaultdict(list)
        for shift in own:
            slots[shift.slot] += self.on[member.id, shift.id]
            days[shift.number] += self.on[member.id, shift.id]
            weeks[shift.week].append(shift)
        for slot in slots.values():
            self.cp.add_at_most_one(slot)
        self._rest(days)
        for week in weeks.values():
            self._week(member, week)
        for first in own:
            for second in own:
                if clash(self.settings, first, second):
                    self.cp.add_at_most_one(self.on[member.id, first.id] + self.on[member.id, second.id])

    def _rest(self, days: dict[int, Terms]) -> None:
        worked = {}
        for day, terms in sorted(days.items()):
            worked[day] = self.cp.new_bool_var("")
            for term in terms:
                self.cp.add_implication(term, worked[day])
        row = self.settings.days_in_row
        for day in worked:
            if all(day + more in worked for more in range(row + 1)):
                self.cp.add(sum(worked[day + more] for more in range(row + 1)) <= row)
        weeks: dict[int, Terms] = defaultdict(list)
        for day, variable in worked.items():
            weeks[(day - 1) // 7].append(variable)
        for week in weeks.values():
            if len(week) > self.settings.days_a_week:
                self.cp.add(sum(week) <= self.settings.days_a_week)

    def _week(self, member: Member, week: list[Shift]) -> None:
        terms = [term for shift in week for term in self.on[member.id, shift.id]]
        possible = len({shift.slot for shift in week})
        most = min(member.most, possible)
        if possible > member.most:
            self.cp.add(sum(terms) <= member.most)
        if sum(shift.km for shift in week) > member.week_km:
            ways = [shift.km * term for shift in week for term in self.on[member.id, shift.id]]
            self.cp.add(sum(ways) <= member.week_km)
        self._steps(terms, member.wished, most, self.settings.above)
        hot: dict[int, Terms] = defaultdict(list)
        for shift in week:
            if shift.hot and shift.outdoors:
                hot[shift.number] += self.on[member.id, shift.id]
        for day in hot.values():
            self.cp.add(sum(day) <= self.settings.hot_a_day)
        self.cp.add(sum(term for day in hot.values() for term in day) <= self.settings.hot_a_week)

    def _steps(self, terms: Terms, free: int, most: int, price: int) -> None:
        """Charge the first above `free` once the price, the second twice: rising steps make a burden be shared."""
        if most > free:
            steps = [self._short(price * (step + 1)) for step in range(most - free)]
            self.cp.add(sum(terms) <= free + sum(steps))

    def _please(self, member: Member, own: list[Shift]) -> None:
        terms = [term for shift in own for term in self.on[member.id, shift.id]]
        saturdays = [shift for shift in own if shift.weekday == SATURDAY]
        self._steps(
            [term for shift in saturdays for term in self.on[member.id, shift.id]],
            1, len({shift.slot for shift in saturdays}), self.settings.saturday,
        )  # fmt: skip
        if terms:
            self.cp.add(sum(terms) + self._short(self.settings.idle) >= 1)
        for shift in own:
            price = self.problem.wish.get((member.id, shift.id), 0)
            self.price += [price * term for term in self.on[member.id, shift.id] if price]

    def _keep(self, published: set[Taken]) -> None:
        before = {(taken.member, taken.shift) for taken in published}
        for key, terms in self.on.items():
            held = sum(terms)
            self.price.append(self.settings.change * (1 - held if key in before else held))
        gone = [key for key in before if key not in self.on]
        self.price.append(self.settings.change * len(gone))
        for taken, variable in self.seats.items():
            if (taken.member, taken.shift) in before and taken not in published:
                self.price.append(self.settings.reseat * variable)
