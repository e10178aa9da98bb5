"""Instances of the published shape and size, drawn from a seed; no public file is part of this product."""

import numpy as np

from aoxanh.staffing.rostering.public.instance import Cover, Employee, Instance, ShiftType

# Staff, weeks and shift types of the published instances 1 to 10.
SIZES = (
    (8, 2, 1), (14, 2, 2), (20, 2, 3), (10, 4, 2), (16, 4, 2), (18, 4, 3), (20, 4, 3), (30, 4, 4), (36, 4, 4), (40, 4, 5),
)  # fmt: skip
TYPES = (("D", 480, ()), ("L", 480, ("D", "E")), ("E", 480, ()), ("N", 600, ("D", "E", "L")), ("M", 360, ()))


def draw(staff: int, weeks: int, types: int, seed: int) -> Instance:
    """Return an instance whose cover asks for about as much as the staff can give."""
    random = np.random.default_rng(seed)
    names = [name for name, _, _ in TYPES[:types]]
    shifts = {
        name: ShiftType(name, minutes, frozenset(bars) & frozenset(names))
        for name, minutes, bars in TYPES[:types]
    }
    days = 7 * weeks
    people = {f"P{number:02d}": _employee(random, f"P{number:02d}", names, weeks) for number in range(staff)}
    on: dict[tuple[str, int, str], int] = {}
    off: dict[tuple[str, int, str], int] = {}
    for name in people:
        for day in range(days):
            chance = random.random()
            if chance < 0.25:
                asked = on if chance < 0.15 else off
                asked[name, day, str(random.choice(names))] = int(random.integers(1, 4))
    power = sum(person.most_minutes for person in people.values()) / 490 / days
    shares = random.dirichlet(np.full(types, 6.0))
    cover = tuple(
        Cover(day, name, max(1, round(power * share * random.uniform(0.75, 1.15))), 100, 1)
        for day in range(days)
        for name, share in zip(names, shares, strict=True)
    )
    return Instance(days, shifts, people, on, off, cover)


def _employee(random: np.random.Generator, id_: str, names: list[str], weeks: int) -> Employee:
    days = 7 * weeks
    full = random.random() < 0.7
    most = (2160 if full else 1200) * weeks
    barred = {name: 0 for name in names[1:] if random.random() < 0.2}
    return Employee(
        id_, {**dict.fromkeys(names, days), **barred}, most, most - 480 * weeks, 5 if full else 4, 2, int(random.integers(2, 4)),
        max(1, weeks // 2), frozenset(random.choice(days, weeks // 2, replace=False).tolist()),
    )  # fmt: skip
