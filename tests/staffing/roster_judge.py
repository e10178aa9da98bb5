"""An independent judge of rosters: every hard rule and the cost from the rows alone, in plain Python.

It shares no code with the engine on purpose: what both get wrong together would have to be misread twice.
"""

from datetime import timedelta
from itertools import combinations, product

ASKS = {"outreach": None, "vneid": 1, "services": 2, "ai": 3, "police": 1}


class Judge:
    def __init__(self, members, shifts, absences=(), wishes=(), pins=()) -> None:
        self.members = {each.id: each for each in members}
        self.shifts = {each.id: each for each in shifts}
        self.absences, self.wishes, self.pins = absences, wishes, set(pins)

    def able(self, member, shift, seat) -> bool:
        """Whether somebody may hold a seat if they do nothing else and company is there."""
        if ASKS[seat] is not None and ASKS[seat] not in member.certificates:
            return False
        if seat == "police" and not member.adult:
            return False
        for each in self.absences:
            if (
                each.member == member.id
                and each.first <= shift.day <= each.last
                and each.half in ("", shift.half)
            ):
                return False
        if not (member.halves >> (2 * shift.day.weekday() + (shift.half == "pm"))) & 1:
            return False
        if shift.km > member.reach or (not member.adult and shift.km > 5):
            return False
        return member.adult or not (shift.hot and shift.half == "pm" and shift.kind != "duty")

    def breaches(self, roster) -> list[str]:
        found = [
            f"{taken} is not able"
            for taken in roster
            if not self.able(self.members[taken.member], self.shifts[taken.shift], taken.seat)
        ]
        for member in self.members.values():
            own = [self.shifts[taken.shift] for taken in roster if taken.member == member.id]
            found += [f"{member.id}: {what}" for what in self.overburdened(member, own)]
        for shift in self.shifts.values():
            here = [taken for taken in roster if taken.shift == shift.id]
            found += [f"{shift.id}: {what}" for what in self.crowd(shift, here)]
        return found

    def overburdened(self, member, own):
        if len({(shift.day, shift.half) for shift in own}) < len(own):
            yield "two places at once"
        for week in {shift.day.isocalendar()[:2] for shift in own}:
            these = [shift for shift in own if shift.day.isocalendar()[:2] == week]
            yield from self.week(member, these)
        worked = {shift.day for shift in own}
        if any({day + timedelta(more) for more in range(6)} <= worked for day in worked):
            yield "six days in a row"
        yield from self.pairs(own)

    def week(self, member, these):
        outside = [shift for shift in these if shift.hot and shift.kind != "duty"]
        if len(these) > member.most:
            yield "too many half days"
        if len({shift.day for shift in these}) == 7:
            yield "no free day"
        if sum(shift.km for shift in these) > member.week_km:
            yield "too many kilometres"
        if len(outside) > 3 or len({shift.day for shift in outside}) < len(outside):
            yield "too much heat"

    def pairs(self, own):
        for one, two in combinations(sorted(own, key=lambda shift: (shift.day, shift.half)), 2):
            elsewhere = one.place != two.place or one.km != two.km
            if one.day == two.day and elsewhere and one.km + two.km > 20:
                yield "two places too far apart"
            if one.km >= 25 and two.day == one.day + timedelta(1) and two.half == "am":
                yield "no rest after a far trip"

    def crowd(self, shift, here):
        for seat in ASKS:
            if sum(taken.seat == seat for taken in here) > shift.seats.get(seat, 0):
                yield f"too many for {seat}"
        if (
            len(here) == 1
            and shift.kind != "duty"
            and not shift.seats.get("police")
            and here[0] not in self.pins
        ):
            yield "somebody alone"
        adults = [taken for taken in here if self.members[taken.member].adult]
        if here and not adults:
            yield "minors without an adult"
        clerks = [taken for taken in here if taken.seat == "services"]
        if clerks and not any(taken in adults for taken in clerks):
            yield "minors enter dossiers alone"

    def cost(self, roster) -> int:
        total = 0
        for shift in self.shifts.values():
            here = [taken for taken in roster if taken.shift == shift.id]
            people = [self.members[taken.member] for taken in here]
            for seat, wanted in shift.seats.items():
                held = sum(taken.seat == seat for taken in here)
                total += 60 * (wanted - held) + (240 if wanted and not held else 0)
            total += 150 * (shift.leader and not any(each.leads or each.experienced for each in people))
            total += 120 * bool(
                shift.language and not any(shift.language in each.languages for each in people)
            )
            total += 1000 * (len(here) == 1 and shift.kind != "duty" and not shift.seats.get("police"))
        for member in self.members.values():
            total += self.own_cost(
                member, [self.shifts[each.shift] for each in roster if each.member == member.id]
            )
        return total

    def own_cost(self, member, own) -> int:
        total = 0
        weeks = [shift.day.isocalendar()[:2] for shift in own]
        for week in set(weeks):
            total += sum(2 * more for more in range(1, weeks.count(week) - member.wished + 1))
        saturdays = sum(shift.day.weekday() == 5 for shift in own)
        total += sum(4 * more for more in range(1, saturdays))
        if not own and any(
            wanted and self.able(member, shift, seat)
            for shift in self.shifts.values()
            for seat, wanted in shift.seats.items()
        ):
            total += 12
        return total + sum(self.wish_cost(member, shift) for shift in own)

    def wish_cost(self, member, shift) -> int:
        mine = [each for each in self.wishes if each.member == member.id]
        met = [
            each
            for each in mine
            if each.weekday in (None, shift.day.weekday()) and each.half in ("", shift.half)
        ]
        if any(not each.likes for each in met):
            return 6
        return int(any(each.likes for each in mine) and not met)

    def best(self, taken_type) -> int:
        """The least cost of any roster by trying them all: for tiny teams only."""
        choices = [
            [None, *(taken_type(shift.id, member.id, seat) for shift in self.shifts.values()
                     if shift.day == day and shift.half == half
                     for seat, wanted in shift.seats.items() if wanted and self.able(member, shift, seat))]
            for member in self.members.values()
            for day, half in sorted({(shift.day, shift.half) for shift in self.shifts.values()})
        ]  # fmt: skip
        rosters = ([taken for taken in choice if taken] for choice in product(*choices))
        return min(self.cost(roster) for roster in rosters if not self.breaches(roster))
