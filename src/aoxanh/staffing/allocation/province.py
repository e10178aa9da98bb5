"""Solving one province: the linear program, offering more places until it is proven that none would pay, whole people."""

from dataclasses import dataclass

import numpy as np

from aoxanh.staffing.allocation.classes import Ground
from aoxanh.staffing.allocation.highs import Basis, Solution, solve_linear
from aoxanh.staffing.allocation.model import Model, build, no_prices, prices_of
from aoxanh.staffing.allocation.needs import Prices, mean, of_places
from aoxanh.staffing.allocation.offers import Guests, pack
from aoxanh.staffing.allocation.problem import Floats, Ints
from aoxanh.staffing.allocation.rounding import whole
from aoxanh.staffing.allocation.worth import worth

# Of the objective: what all places that were not offered could still add; on the way to a plan, and in the end.
ROUGH, CLOSE = 3e-4, 1e-5
ADDED = 5  # places offered to a class in one round
DULL = (
    40.0  # points: a place that is so far from paying is taken back, and offered again if it would pay later
)
ROUNDS = 12
WORTHWHILE = 0.01  # points


Lent = tuple[Ints, Ints]  # classes, people


@dataclass(frozen=True)
class Task:
    """What a worker is asked: a province, the pairs to begin with, who comes to help, who of its own are lent away, a basis.

    `prices` are the province's earlier ones. Near an earlier plan a program of few places has prices that are far off, at which
    much seems to pay; half way to the earlier ones is nearer to the truth.
    """

    province: int
    pairs: Ints
    guests: Guests
    lent: Lent
    basis: Basis | None = None
    prices: Prices | None = None
    last: bool = False  # whether whole people are wanted
    close: float = ROUGH

    def smooth(self, prices: Prices, where: Ints) -> Prices:
        """Return prices half way to the earlier ones, if there are any."""
        if self.prices is None:
            return prices
        half = prices.copy()
        between = mean([of_places(prices, where), self.prices])
        half.post[where], half.speaker[where] = between.post, between.speaker
        half.leader[where], half.shift[where] = between.leader, between.shift
        return half

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


GUEST = ("who", "count", "fee")


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

    def answers(self, task: Task, lent: Lent) -> bool:
        """Tell whether this, found while these were lent, also answers a task: the same guests at the same fees, the same people at home.

        Other pairs to begin with change nothing: no place that was not offered would pay.
        """
        return (
            not task.last
            and all(map(np.array_equal, lent, task.lent))
            and all(np.array_equal(getattr(self.guests, name), getattr(task.guests, name)) for name in GUEST)
        )

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
        more, room = _paying(ground, model, task.smooth(prices, model.where), task.guests)
        if not len(more) or room <= task.close * abs(linear.objective) or number == ROUNDS - 1:
            break
        pairs = np.union1d(_bright(model, linear), more)
    pairs = _bright(model, linear)
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


def _bright(model: Model, linear: Solution) -> Ints:
    """Return the pairs that are used, or near to it at these prices."""
    offer = model.offers
    bright = (linear.reduced[: model.at[1]] < DULL) | (linear.value[: model.at[1]] > 0)
    bright[model.kept] = True
    return pack(offer.who[bright], offer.where[bright])


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
