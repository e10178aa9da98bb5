"""An independent judge of plans: every hard rule and the worth of a plan from the rows alone, in plain Python.

It shares no code with the engine on purpose: what both get wrong together would have to be misread twice.
"""

import math

from aoxanh.staffing.allocation.problem import Commune, Edit, Settings, Volunteer

ASKS = {"outreach": None, "vneid": 1, "services": 2, "ai": 3, "police": 1}
SKILL = {"outreach": (3, 14), "vneid": (9, 9), "services": (11, 8), "ai": (20, 3), "police": (8, 10)}


def km(first: Commune, second: Commune) -> int | None:
    """Road kilometres from the first to the second; None if nobody can go."""
    if first.code == second.code:
        return 0
    if None in (first.lat, first.lon, second.lat, second.lon) or not second.road:
        return None
    a, b = math.radians(first.lat), math.radians(second.lat)
    half = (
        math.sin((a - b) / 2) ** 2
        + math.cos(a) * math.cos(b) * math.sin(math.radians(first.lon - second.lon) / 2) ** 2
    )
    return max(1, round(2 * 6371.0 * math.asin(math.sqrt(half)) * Settings().detour) + second.boat_km)


class Judge:
    def __init__(
        self, people: list[Volunteer], communes: list[Commune], pins: set[tuple[str, str, str]]
    ) -> None:
        self.people = {person.id: person for person in people}
        self.communes = {commune.code: commune for commune in communes}
        self.pins = pins
        lives: dict[str, int] = {}
        wants: dict[str, int] = {}
        for person in people:
            if person.available:
                province = self.communes[person.home].province
                lives[province] = lives.get(province, 0) + 1
        for each in communes:
            wants[each.province] = wants.get(each.province, 0) + sum(each.needs.values())
        self.short = {province for province in wants if lives.get(province, 0) < wants[province]}

    def may(self, person: Volunteer, code: str, kind: str, bans: list[Edit] = ()) -> bool:  # noqa: PLR0911 - a rule a line
        """Whether somebody may serve in a post at all."""
        settings, home, there = Settings(), self.communes[person.home], self.communes[code]
        if (person.id, code, kind) in self.pins:
            return True
        if not person.available or code in person.refuses:
            return False
        if any(ban.person == person.id and ban.commune == code and ban.kind in ("", kind) for ban in bans):
            return False
        if ASKS[kind] is not None and ASKS[kind] not in person.certificates:
            return False
        if kind == "police" and not person.adult:
            return False
        way = km(home, there)
        if way is None:
            return False
        if home.province == there.province:
            return way <= (person.reach if person.adult else min(person.reach, settings.minor_km))
        helps = (
            person.abroad
            and person.adult
            and there.province in self.short
            and home.province not in self.short
        )
        return helps and way <= settings.abroad_km

    def breaches(self, plan: dict[str, tuple[str, str]], bans: list[Edit] = ()) -> list[str]:
        """Every hard rule that a plan breaks, as sentences."""
        found = []
        counts: dict[tuple[str, str], int] = {}
        for name, (code, kind) in plan.items():
            if not self.may(self.people[name], code, kind, bans):
                found.append(f"{name} may not be {kind} in {code}")
            counts[code, kind] = counts.get((code, kind), 0) + 1
        for (code, kind), count in counts.items():
            if count > self.communes[code].needs.get(kind, 0):
                found.append(f"{count} people are {kind} in {code}")
        found += [f"pin {pin} is not honoured" for pin in self.pins if plan.get(pin[0]) != pin[1:]]
        return found

    def own(self, person: Volunteer, code: str, kind: str) -> int:
        settings, there = Settings(), self.communes[code]
        technology, communication = SKILL[kind]
        result = technology * person.technology + communication * person.communication
        wanted = there.levels.get(kind, (0, 0))
        result -= settings.below * max(0, wanted[0] - person.technology)
        result -= settings.below * max(0, wanted[1] - person.communication)
        if any(there.languages.get(language, 0) > 0 for language in person.languages):
            result += settings.language_bonus
        if person.last == code:
            result += settings.stay
        if self.communes[person.home].province != there.province:
            result -= settings.abroad
        return result - (km(self.communes[person.home], there) or 0)

    def steps(self, code: str, kind: str) -> list[int]:
        """The worth of the first, second ... person in a post."""
        settings, there = Settings(), self.communes[code]
        need = there.needs.get(kind, 0)
        floor = min(need, there.floors.get(kind, math.ceil(settings.floor_share * need)))
        values = [settings.priority_floor if there.priority else settings.floor] * floor
        above, done = need - floor, 0
        for part, worth in enumerate(settings.steps, start=1):
            upto = math.ceil(above * part / len(settings.steps))
            values += [int(worth * (settings.priority if there.priority else 1))] * (upto - done)
            done = upto
        return values

    def points(self, plan: dict[str, tuple[str, str]]) -> int:
        """The worth of a plan."""
        total = sum(self.own(self.people[name], *post) for name, post in plan.items())
        for code, there in self.communes.items():
            here = [self.people[name] for name, post in plan.items() if post[0] == code]
            for kind in ASKS:
                filled = sum(post == (code, kind) for post in plan.values())
                total += sum(self.steps(code, kind)[:filled])
            total -= self.missing(there, here)
        return total

    def missing(self, there: Commune, here: list[Volunteer]) -> int:
        settings = Settings()
        times = settings.priority if there.priority else 1
        result = 0
        for language, wanted in there.languages.items():
            result += int(settings.language * times) * max(
                0, wanted - sum(language in each.languages for each in here)
            )
        leaders = sum(each.leads and each.adult for each in here)
        result += int(settings.leader * times) * max(0, there.leaders - leaders)
        result += int(settings.shift * times) * max(0, there.shifts - sum(each.shifts for each in here))
        return result
