"""The best plan of a tiny campaign by one integer program over persons, for comparison with the engine."""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from aoxanh.staffing.allocation.problem import Edit, Settings
from tests.staffing.checker import ASKS, Judge


def best_points(judge: Judge, bans: list[Edit]) -> int:
    """The worth of the best plan that keeps every rule."""
    settings = Settings()
    pinned = {pin[0]: pin[1:] for pin in judge.pins}
    arcs = [
        (name, code, kind)
        for name, person in judge.people.items()
        for code in judge.communes
        for kind in ASKS
        if judge.may(person, code, kind, bans) and pinned.get(name, (code, kind)) == (code, kind)
    ]
    steps = [
        (code, kind, worth) for code in judge.communes for kind in ASKS for worth in judge.steps(code, kind)
    ]
    wants = []
    for code, there in judge.communes.items():
        times = settings.priority if there.priority else 1
        wants += [
            (code, wanted, int(settings.language * times), lambda p, name=name: int(name in p.languages))
            for name, wanted in there.languages.items()
        ]
        wants.append((code, there.leaders, int(settings.leader * times), lambda p: int(p.leads and p.adult)))
        wants.append((code, there.shifts, int(settings.shift * times), lambda p: p.shifts))
    size = len(arcs) + len(steps) + len(wants)
    if size == 0:
        return 0
    cost = [-judge.own(judge.people[name], code, kind) for name, code, kind in arcs]
    cost += [-worth for _, _, worth in steps] + [want[2] for want in wants]
    rows, low, high = [], [], []

    def row(entries: dict[int, float], least: float, most: float) -> None:
        line = np.zeros(size)
        for at, value in entries.items():
            line[at] = value
        rows.append(line)
        low.append(least)
        high.append(most)

    for name in judge.people:
        mine = {at: 1.0 for at, arc in enumerate(arcs) if arc[0] == name}
        row(mine, 1 if name in pinned else 0, 1)
    for code in judge.communes:
        for kind in ASKS:
            entries = {at: 1.0 for at, arc in enumerate(arcs) if arc[1:] == (code, kind)}
            entries |= {len(arcs) + at: -1.0 for at, step in enumerate(steps) if step[:2] == (code, kind)}
            row(entries, 0, 0)
    for number, (code, wanted, _, brings) in enumerate(wants):
        entries = {at: float(brings(judge.people[arc[0]])) for at, arc in enumerate(arcs) if arc[1] == code}
        row(entries | {len(arcs) + len(steps) + number: 1.0}, wanted, np.inf)
    upper = np.r_[np.ones(len(arcs) + len(steps)), np.full(len(wants), np.inf)]
    whole = np.r_[np.ones(len(arcs) + len(steps)), np.zeros(len(wants))]
    found = milp(np.array(cost, float), constraints=LinearConstraint(np.array(rows), low, high),
                 bounds=Bounds(np.zeros(size), upper), integrality=whole)  # fmt: skip
    assert found.success
    return round(-found.fun)
