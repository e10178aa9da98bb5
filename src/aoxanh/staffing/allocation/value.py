"""What a plan is worth in points, told from who serves where alone; the engine's claims are held to this."""

from dataclasses import dataclass

import numpy as np

from aoxanh.staffing.allocation.needs import step_places, step_worth
from aoxanh.staffing.allocation.problem import COMMUNICATION, KINDS, TECHNOLOGY, Ints, Problem, levels_lacking
from aoxanh.staffing.allocation.roads import FAR, kilometres


@dataclass(frozen=True)
class Tally:
    """What a plan brings to each commune: people by kind, speakers by language, leaders, half days."""

    filled: Ints
    spoken: Ints
    led: Ints
    covered: Ints


def tally(problem: Problem, where: Ints, kind: Ints) -> Tally:
    """Count the people who serve (`where` >= 0) in each commune."""
    communes, people = problem.communes, problem.people
    who = np.flatnonzero(where >= 0)
    filled = np.zeros_like(communes.needs)
    np.add.at(filled, (where[who], kind[who]), 1)
    spoken = np.zeros_like(communes.speakers)
    np.add.at(spoken, where[who], problem.tongues[people.tongue[who]].astype(np.int64))
    led = np.bincount(where[who], (people.leads & people.adult)[who], minlength=len(communes))
    covered = np.bincount(where[who], people.shifts[who], minlength=len(communes))
    return Tally(filled, spoken, led.astype(np.int64), covered.astype(np.int64))


def travel(problem: Problem, who: Ints, where: Ints) -> Ints:
    """Return each one's way in km by road; FAR if a position is missing."""
    homes, row = np.unique(problem.people.home[who], return_inverse=True)
    places, column = np.unique(where, return_inverse=True)
    result = np.zeros(len(who), dtype=np.int64)
    order = np.argsort(row, kind="stable")
    edges = np.searchsorted(row[order], np.arange(len(homes) + 1))
    for start in range(0, len(homes), 256):
        mine = order[edges[start] : edges[min(start + 256, len(homes))]]
        block = kilometres(problem.communes, homes[start : start + 256], places, problem.settings)
        result[mine] = block[row[mine] - start, column[mine]]
    return result


def own_points(problem: Problem, who: Ints, where: Ints, kind: Ints) -> Ints:
    """Return what each of these people brings by themselves: fit, language, staying, less levels that they lack and the way."""
    people, communes, settings = problem.people, problem.communes, problem.settings
    fit = people.technology[who] * TECHNOLOGY[kind] + people.communication[who] * COMMUNICATION[kind]
    short = lacking(problem, who, where, kind)
    useful = (problem.tongues[people.tongue[who]] & (communes.speakers[where] > 0)).any(axis=1)
    km = travel(problem, who, where)
    abroad = communes.province[people.home[who]] != communes.province[where]
    stays = people.last[who] == where
    way = settings.km * np.where(km == FAR, 0, km) + settings.abroad * abroad
    own = fit - settings.below * short + settings.language_bonus * useful + settings.stay * stays - way
    return np.asarray(own, dtype=np.int64)


def lacking(problem: Problem, who: Ints, where: Ints, kind: Ints) -> Ints:
    """Return how many levels of technology and communication each lacks of what their post wants."""
    people, wanted = problem.people, problem.communes.levels[where, kind]
    return levels_lacking(people.technology[who], people.communication[who], wanted)


def place_points(problem: Problem, filled: Ints) -> int:
    """Return what the filled places are worth, step by step."""
    communes = problem.communes
    whole = step_places(communes.needs, communes.floors, problem.settings)
    before = np.cumsum(whole, axis=-1) - whole
    taken = np.clip(filled[..., None] - before, 0, whole)
    return int((taken * step_worth(communes.priority, problem.settings)[:, None, :]).sum())


def missing_points(problem: Problem, brought: Tally) -> int:
    """Return the price of speakers, leaders and half days that are missing."""
    communes, settings = problem.communes, problem.settings
    times = np.where(communes.priority, settings.priority, 1.0)
    speakers = np.maximum(0, communes.speakers - brought.spoken).sum(axis=1)
    leaders = np.maximum(0, communes.leaders - brought.led)
    shifts = np.maximum(0, communes.shifts - brought.covered)
    price = [
        (amount * times).astype(np.int64) for amount in (settings.language, settings.leader, settings.shift)
    ]
    return int(price[0] @ speakers + price[1] @ leaders + price[2] @ shifts)


def points(problem: Problem, where: Ints, kind: Ints) -> int:
    """Return the plan's worth; `where` and `kind` are by person, -1 for those who serve nowhere."""
    brought = tally(problem, where, kind)
    who = np.flatnonzero(where >= 0)
    own = own_points(problem, who, where[who], kind[who])
    return int(own.sum()) + place_points(problem, brought.filled) - missing_points(problem, brought)


def settled_points(problem: Problem) -> int:
    """Return what pinned people bring by themselves and by the places they take; it stands whatever else is planned."""
    who, where, kind = problem.pins.T
    filled = np.zeros((len(problem.communes), len(KINDS)), dtype=np.int64)
    np.add.at(filled, (where, kind), 1)
    return int(own_points(problem, who, where, kind).sum()) + place_points(problem, filled)
