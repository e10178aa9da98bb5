"""Solving one province: the linear program, offering more places until it is proven that none would pay, whole people."""

from dataclasses import dataclass

import numpy as np

from aoxanh.staffing.allocation.classes import Ground
from aoxanh.staffing.allocation.highs import Basis, Solution, solve_linear
from aoxanh.staffing.allocation.model import Model, build, no_prices, prices_of
from aoxanh.staffing.allocation.needs import Prices
from aoxanh.staffing.allocation.offers import Guests, pack
from aoxanh.staffing.allocation.problem import Floats, Ints
from aoxanh.staffing.allocation.rounding import whole
from aoxanh.staffing.allocation.worth import worth

# Of the objective: what all places that were not offered could still add; on the way to a plan, and in the end.
ROUGH, CLOSE = 3e-4, 3e-5
ADDED = 10  # places offered to a class in one round
ROUNDS = 12
WORTHWHILE = 0.01  # points


@dataclass(frozen=True)
class Task:
    """What a worker is asked: a province, the pairs to begin with, who comes to help, who of its own are lent away, a basis."""

    province: int
    pairs: Ints
    guests: Guests
    lent: tuple[Ints, Ints]  # classes, people
    basis: Basis | None = None
    last: bool = False  # whether whole people are wanted
    close: float = ROUGH

    def ground(self, ground: Ground) -> Ground:
        """Return the ground without those who are lent away."""
        who, people = self.lent
        if not len(who):
            return ground
        count = ground.classes.count.copy()
        count[who] -= people
        return ground.with_count(count)


@dataclass(frozen=True)
class Flow:
    """Whole people: so many of a class go to a commune, and so many in (commune, level, posts) hold a kind of post."""

    who: Ints
    where: Ints
    count: Ints
    posts: Ints
    duty_where: Ints
    duty_level: Ints
    duty_posts: Ints
    duty_kind: Ints
    duty_count: Ints

    @classmethod
    def none(cls) -> "Flow":
        """Return a flow of nobody."""
        return cls(*(np.zeros(0, dtype=np.int64) for _ in range(9)))


@dataclass(frozen=True)
class Solved:
    """A province's optimum with the prices of its rows; `pairs` are all that were offered, `taken` how many of each guest."""

    province: int
    pairs: Ints
    guests: Guests
    taken: Ints
    basis: Basis
    flow: Flow
    post: Floats
    speaker: Floats
    leader: Floats
    shift: Floats

    def price(self, prices: Prices, where: Ints) -> None:
        """Write this province's prices into the nation's."""
        prices.post[where], prices.speaker[where] = self.post, self.speaker
        prices.leader[where], prices.shift[where] = self.leader, self.shift


def solve_province(ground: Ground, task: Task) -> Solved:
    """Return the optimum over every place within reach, as close as the task says."""
    ground = task.ground(ground)
    pairs, prices, basis = task.pairs, no_prices(ground), task.basis
    for number in range(ROUNDS):
        model = build(ground, task.province, pairs, task.guests)
        linear = solve_linear(model.program, basis)
        basis = linear.basis
        prices_of(model, linear.row_dual, prices)
        more, room = _paying(ground, model, prices, task.guests)
        if not len(more) or room <= task.close * abs(linear.objective) or number == ROUNDS - 1:
            break
        pairs = np.union1d(pairs, more)
    count, flow = _people(model, linear, last=task.last)
    came = np.bincount(model.offers.who, count, minlength=len(ground.classes))[task.guests.who]
    where = model.where
    return Solved(
        task.province, pairs, task.guests, np.rint(came).astype(np.int64), linear.basis, flow,
        prices.post[where], prices.speaker[where], prices.leader[where], prices.shift[where],
    )  # fmt: skip


def _paying(ground: Ground, model: Model, prices: Prices, guests: Guests) -> tuple[Ints, float]:
    """Return pairs that were not offered and would pay at these prices, and what all of them together could add at most."""
    home = ground.communes.province[ground.classes.home]
    here = ground.communes.province[model.where[0]]
    welcome = (home == here) & (ground.classes.reach > 0)  # the others have no choice
    welcome[guests.who] = True
    who = np.flatnonzero(welcome & (ground.classes.count > 0))
    value = worth(ground, prices, who, model.where)
    each = np.zeros(len(ground.classes))
    each[guests.who] = guests.fee
    mine = welcome[model.offers.who]
    at, there = model.offers.who[mine], model.offers.where[mine]
    # Where all of a class served last, each of them has what staying earns as well.
    stays = ground.settings.stay * (model.offers.kept == ground.classes.count[model.offers.who])[mine]
    np.maximum.at(each, at, value[np.searchsorted(who, at), np.searchsorted(model.where, there)] + stays)
    value -= each[who][:, None]
    most = value.max(axis=1, initial=0.0)
    room = float(most @ ground.classes.count[who])
    who, value = who[most > WORTHWHILE], value[most > WORTHWHILE]
    order = np.argsort(-value, axis=1, kind="stable")[:, :ADDED]
    row, column = np.repeat(np.arange(len(who)), order.shape[1]), order.ravel()
    pays = value[row, column] > WORTHWHILE
    return pack(who[row[pays]], model.where[column[pays]]), room


def _people(model: Model, linear: Solution, *, last: bool) -> tuple[Floats, Flow]:
    """Return how many take each offer, and whole people if this is the last word."""
    value = np.rint(whole(model, linear)) if last else linear.value
    count = value[: model.at[1]].copy()
    np.add.at(count, model.kept, value[model.at[1] : model.at[2]])
    if not last:
        return count, Flow.none()
    duty = value[model.at[2] : model.at[3]].astype(np.int64)
    goes, holds = np.flatnonzero(count), np.flatnonzero(duty)
    node = model.duty_node[holds]
    return count, Flow(
        model.offers.who[goes], model.offers.where[goes], count[goes].astype(np.int64), model.offers.posts[goes],
        model.node_where[node], model.node_level[node], model.node_posts[node], model.duty_kind[holds], duty[holds],
    )  # fmt: skip
