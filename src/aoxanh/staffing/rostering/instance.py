"""Teams of any size with four weeks of shifts, drawn from a seed: for benches, trials and the curious."""

from datetime import date, timedelta

import numpy as np

from aoxanh.staffing.rostering.problem import HALVES, Absence, Member, Problem, Shift, Wish

MONDAY = date(2026, 6, 1)
SHARE_FREE = (0.30, 0.45)  # on weekdays, on Saturdays


def team(seed: int, people: int = 50, weeks: int = 4, work: float = 0.75) -> Problem:
    """Return a team that could just do `work` of the half days its people would like to give."""
    random = np.random.default_rng(seed)
    members = tuple(_member(random, number) for number in range(people))
    shifts = tuple(_shifts(random, members, weeks, work))
    absences, wishes = [], []
    for member in members:
        if random.random() < 0.25:
            first = MONDAY + timedelta(int(random.integers(0, 7 * weeks)))
            absences.append(Absence(member.id, first, first + timedelta(int(random.integers(0, 6)))))
        wishes += [
            Wish(member.id, bool(random.random() < 0.5), weekday=int(random.integers(0, 6)),
                 half=str(random.choice(["", *HALVES])))
            for _ in range(int(random.integers(0, 3)))
        ]  # fmt: skip
    return Problem(members, shifts, tuple(absences), tuple(wishes))


def _member(random: np.random.Generator, number: int) -> Member:
    most = int(random.choice([2, 4, 6], p=[0.35, 0.45, 0.2]))
    free = [random.random() < SHARE_FREE[weekday >= 5] for weekday in range(7) for _ in HALVES]
    certificates = tuple(group for group, share in ((1, 0.8), (2, 0.6), (3, 0.25)) if random.random() < share)
    return Member(
        f"v{number:03d}", certificates, ("hmn",) if random.random() < 0.2 else (),
        bool(random.random() < 0.9), bool(random.random() < 0.08), bool(random.random() < 0.2),
        sum(1 << bit for bit, open_ in enumerate(free) if open_), most, int(random.integers(1, most + 1)),
        int(random.choice([5, 20, 40])), 120,
    )  # fmt: skip


def _shifts(random: np.random.Generator, members: tuple[Member, ...], weeks: int, work: float) -> list[Shift]:
    """Eleven half days at the centre a week, mobile days and home visits for each dozen people; market on Sunday morning."""
    giving = sum(min(member.wished, member.halves.bit_count()) for member in members)
    trips = max(1, len(members) // 16)
    seats = max(2.0, (work * giving - 3 * trips - 2) / 11)
    shifts = []
    for week in range(weeks):
        for weekday in range(6):
            for half in HALVES[: 1 if weekday == 5 else 2]:
                day = MONDAY + timedelta(7 * week + weekday)
                near = seats * random.uniform(0.85, 1.15)
                shares = {"outreach": 0.2, "vneid": 0.4, "services": 0.3, "ai": 0.1}
                wanted = {kind: max(1, round(near * share)) for kind, share in shares.items()}
                shifts.append(Shift(f"{day}-{half}-duty", day, half, "duty", wanted, place="centre"))
        for trip in range(trips):
            day = MONDAY + timedelta(7 * week + int(random.integers(0, 6)))
            half = str(random.choice(HALVES))
            sort, wanted = (
                ("mobile", {"outreach": 1, "vneid": 1, "police": 1}) if trip % 2 == 0
                else ("home_visit", {"outreach": 1, "services": 1})
            )  # fmt: skip
            km = int(random.choice([4, 12, 30]))
            shifts.append(Shift(
                f"{day}-{half}-{sort}{trip}", day, half, sort, wanted, sort == "mobile",
                "hmn" if random.random() < 0.4 else "", f"hamlet{trip}", km, bool(random.random() < 0.3),
            ))  # fmt: skip
        market = MONDAY + timedelta(7 * week + 6)
        shifts.append(Shift(
            f"{market}-am-market", market, "am", "mobile", {"outreach": 2}, language="hmn", place="market", km=5
        ))  # fmt: skip
    return shifts
