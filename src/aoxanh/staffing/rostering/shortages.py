"""What a roster leaves uncovered, and why: for each empty seat, the first rule that keeps each member of the team from it."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from aoxanh.staffing.rostering.problem import POLICE, Problem, Shift, Taken
from aoxanh.staffing.rostering.rules import RULES, may_take

SEAT, LEADER, LANGUAGE, ALONE = "seat", "leader", "language", "alone"


@dataclass(frozen=True, slots=True)
class Shortage:
    """What is missing on a shift; `why` counts the members by the rule that keeps them away, "free" for those it would not."""

    shift: str
    what: str
    name: str
    missing: int
    why: tuple[tuple[str, int], ...] = ()

    def __str__(self) -> str:
        words = {
            SEAT: f"{self.missing} missing for {self.name}",
            LEADER: "no leader or experienced person",
            LANGUAGE: f"nobody speaks {self.name}",
            ALONE: "somebody is out alone",
        }
        reasons = "; ".join(
            f"{count}: {RULES.get(rule, 'could come at the cost of other shifts')}"
            for rule, count in self.why
        )
        return f"{self.shift}: {words[self.what]}" + (f" ({reasons})" if reasons else "")

    def as_dict(self) -> dict[str, object]:
        return {
            "shift": self.shift, "what": self.what, "name": self.name, "missing": self.missing,
            "why": dict(self.why),
        }  # fmt: skip


def shortages(problem: Problem, roster: Iterable[Taken]) -> list[Shortage]:
    """Return every shortage in the order of the shifts."""
    held = list(roster)
    here: dict[str, list[Taken]] = defaultdict(list)
    for taken in held:
        here[taken.shift].append(taken)
    found: list[Shortage] = []
    for shift in problem.shifts:
        found += _seats(problem, held, shift, here[shift.id])
        found += _sides(problem, shift, here[shift.id])
    return found


def _seats(problem: Problem, held: list[Taken], shift: Shift, here: list[Taken]) -> list[Shortage]:
    holders = Counter(taken.seat for taken in here)
    return [
        Shortage(shift.id, SEAT, seat, wanted - holders[seat], _why(problem, held, shift, seat))
        for seat, wanted in shift.seats.items()
        if holders[seat] < wanted
    ]


def _sides(problem: Problem, shift: Shift, here: list[Taken]) -> list[Shortage]:
    people = [problem.member[taken.member] for taken in here]
    found = []
    if shift.leader and not any(member.leads or member.experienced for member in people):
        found.append(Shortage(shift.id, LEADER, "", 1))
    if shift.language and not any(shift.language in member.languages for member in people):
        found.append(Shortage(shift.id, LANGUAGE, shift.language, 1))
    if shift.outdoors and not shift.seats.get(POLICE) and len(people) == 1:
        found.append(Shortage(shift.id, ALONE, "", 1))
    return found


def _why(problem: Problem, held: list[Taken], shift: Shift, seat: str) -> tuple[tuple[str, int], ...]:
    reasons: Counter[str] = Counter()
    for member in problem.members:
        broken = may_take(problem, held, member.id, shift.id, seat)
        reasons[broken.rule if broken else "free"] += 1
    return tuple(sorted(reasons.items(), key=lambda item: (-item[1], item[0])))
