"""The linear program of one province, written as arrays.

People flow from their class through (commune, level, posts) to a post and out by steps of falling worth; side rows want
speakers, leaders and half days, each with a priced shortfall, so that the program always has a solution and every shortage
is named. Costs are points to be made as small as possible.
"""

from dataclasses import dataclass

import numpy as np

from aoxanh.staffing.allocation.classes import BITS, Ground
from aoxanh.staffing.allocation.needs import LEADERS, SHIFTS, SPEAKERS, Prices, Wants, steps, wants
from aoxanh.staffing.allocation.offers import Guests, Offers, offers
from aoxanh.staffing.allocation.problem import KINDS, LEVELS, Floats, Ints
from aoxanh.staffing.allocation.worth import fits

POSTS = len(KINDS)
INFINITY = np.inf
HAIR = 0.003  # points
MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9))


@dataclass(frozen=True)
class Program:
    """Columns and rows in the form HiGHS takes, column by column; keys name columns and rows across programs."""

    cost: Floats
    upper: Floats
    row_lower: Floats
    row_upper: Floats
    start: Ints
    index: Ints
    value: Floats
    column_key: Ints
    row_key: Ints


@dataclass(frozen=True)
class Model:
    """A program with the meaning of its parts. Columns: offers, kept offers, duties, steps, shortfalls; `at` are their first columns."""

    program: Program
    where: Ints
    offers: Offers
    kept: Ints  # offers that also have a column for people who stay
    node_where: Ints
    node_level: Ints
    node_posts: Ints
    node_of: Ints  # offer -> node
    duty_node: Ints
    duty_kind: Ints
    wants: Wants
    at: tuple[int, int, int, int, int]
    rows: tuple[int, int, int]  # the first row of nodes, posts, side requirements


def build(ground: Ground, province: int, pairs: Ints, guests: Guests | None = None) -> Model:
    """Return the model of a province for these offers, those of guests among them."""
    where = np.flatnonzero(ground.communes.province == province)
    offer = _with_fees(offers(ground, pairs), guests)
    node_code = (offer.where * LEVELS * LEVELS + ground.classes.level[offer.who]) * (1 << POSTS) + offer.posts
    nodes, node_of = np.unique(node_code, return_inverse=True)
    posts = nodes % (1 << POSTS)
    duty_node, duty_kind = np.nonzero(posts[:, None] & BITS[None, :])
    kept = np.flatnonzero(offer.kept)
    want = wants(ground)
    mine = ground.communes.province[want.commune] == province
    want = Wants(
        *(getattr(want, name)[mine] for name in ("commune", "sort", "language", "wanted", "penalty"))
    )
    draft = _Draft(ground, where, offer, kept, nodes, node_of, duty_node, duty_kind, want)
    program, at, rows = draft.program()
    level = nodes // (1 << POSTS) % (LEVELS * LEVELS)
    place = nodes // (1 << POSTS) // (LEVELS * LEVELS)
    return Model(
        program, where, offer, kept, place, level, posts, node_of, duty_node, duty_kind, want, at, rows
    )  # fmt: skip


def _with_fees(offer: Offers, guests: Guests | None) -> Offers:
    if guests is None or not len(guests.who):
        return offer
    fee = np.zeros(int(offer.who.max(initial=0)) + 1, dtype=np.int64)
    known = guests.who < len(fee)
    fee[guests.who[known]] = guests.fee[known]
    return Offers(offer.who, offer.where, offer.cost + fee[offer.who], offer.posts, offer.kept)


@dataclass(frozen=True)
class _Draft:
    """Everything a program is written from."""

    ground: Ground
    where: Ints
    offer: Offers
    kept: Ints
    nodes: Ints
    node_of: Ints
    duty_node: Ints
    duty_kind: Ints
    want: Wants

    def program(self) -> tuple[Program, tuple[int, int, int, int, int], tuple[int, int, int]]:
        open_ = steps(self.ground)
        places, worth = open_.places[self.where], open_.worth[self.where]
        home, kind, step = np.nonzero(places)
        count = self.ground.classes.count[self.offer.who]
        sizes = [len(self.offer.who), len(self.kept), len(self.duty_node), len(home), len(self.want.commune)]
        at = tuple(int(edge) for edge in np.concatenate([[0], np.cumsum(sizes)[:-1]]))
        level = self.nodes // (1 << POSTS) % (LEVELS * LEVELS)
        cost = np.concatenate([
            self.offer.cost,
            self.offer.cost[self.kept] - self.ground.settings.stay,
            -fits(self.ground, self.where)[level[self.duty_node], self._local()[self.duty_node], self.duty_kind],
            -worth[home, kind, step],
            self.want.penalty,
        ])  # fmt: skip
        upper = np.concatenate([
            count - self.offer.kept,
            self.offer.kept[self.kept],
            np.full(len(self.duty_node), INFINITY),
            places[home, kind, step],
            np.full(len(self.want.commune), INFINITY),
        ])  # fmt: skip
        columns, rows, values, first, bounds = self._matrix(at, home * POSTS + kind)
        order = np.argsort(columns, kind="stable")
        start = np.searchsorted(columns[order], np.arange(len(cost) + 1))
        keys = self._keys(home, kind, step)
        program = Program(
            cost + _hair(keys[0]), upper.astype(np.float64), bounds[0], bounds[1],
            start, rows[order], values[order], keys[0], keys[1],
        )  # fmt: skip
        return program, (at[0], at[1], at[2], at[3], at[4]), first

    def _matrix(
        self, at: tuple[int, ...], step_post: Ints
    ) -> tuple[Ints, Ints, Floats, tuple[int, int, int], tuple[Floats, Floats]]:
        """Return column, row and value of each entry, the first rows of nodes, posts and wants, and the rows' bounds."""
        several, class_row = self._several()
        first = (several, several + len(self.nodes), several + len(self.nodes) + len(self.where) * POSTS)
        arc = np.arange(len(self.offer.who))
        column = np.concatenate([arc, at[1] + np.arange(len(self.kept))])
        source = np.concatenate([arc, self.kept])
        row_of_class = class_row[source]
        counted = row_of_class >= 0
        local = self._local()
        duty = at[2] + np.arange(len(self.duty_node))
        step = at[3] + np.arange(len(step_post))
        short = at[4] + np.arange(len(self.want.commune))
        side_column, side_row, side_value = self._side(column, source)
        entries = [
            (column[counted], row_of_class[counted], 1.0),
            (column, first[0] + self.node_of[source], 1.0),
            (duty, first[0] + self.duty_node, -1.0),
            (duty, first[1] + local[self.duty_node] * POSTS + self.duty_kind, 1.0),
            (step, first[1] + step_post, -1.0),
            (short, first[2] + np.arange(len(short)), 1.0),
        ]
        columns = np.concatenate([entry[0] for entry in entries] + [side_column])
        rows = np.concatenate([entry[1] for entry in entries] + [first[2] + side_row])
        values = np.concatenate([np.full(len(entry[0]), entry[2]) for entry in entries] + [side_value])
        flat = np.zeros(first[2] - several)
        counts = self.ground.classes.count[self._counted()].astype(np.float64)
        lower = np.concatenate([np.full(several, -INFINITY), flat, self.want.wanted.astype(np.float64)])
        upper = np.concatenate([counts, flat, np.full(len(short), INFINITY)])
        return columns, rows, values, first, (lower, upper)

    def _local(self) -> Ints:
        """Return each node's commune as a number within the province."""
        return np.searchsorted(self.where, self.nodes // (1 << POSTS) // (LEVELS * LEVELS))

    def _counted(self) -> Ints:
        """Return the classes that need a row: those with more than one offer. For the others the column's bound is enough."""
        who, times = np.unique(self.offer.who, return_counts=True)
        return who[times > 1]

    def _several(self) -> tuple[int, Ints]:
        counted = self._counted()
        at = np.searchsorted(counted, self.offer.who)
        inside = np.minimum(at, max(len(counted) - 1, 0))
        known = counted[inside] == self.offer.who if len(counted) else np.zeros(len(at), dtype=np.bool_)
        return len(counted), np.where(known, inside, -1)

    def _side(self, column: Ints, source: Ints) -> tuple[Ints, Ints, Floats]:
        """Return the entries of the side rows: who counts as a speaker, a leader, and how many half days each brings."""
        classes, want = self.ground.classes, self.want
        who, there = self.offer.who[source], self.offer.where[source]
        table = np.full((3, len(self.ground.communes)), -1)
        for sort in (LEADERS, SHIFTS):
            rows = np.flatnonzero(want.sort == sort)
            table[sort, want.commune[rows]] = rows
        found = [
            _entries(column, table[LEADERS, there], classes.leads[who]),
            _entries(column, table[SHIFTS, there], classes.shifts[who]),
        ]
        languages = np.full(self.ground.communes.speakers.shape, -1)
        rows = np.flatnonzero(want.sort == SPEAKERS)
        languages[want.commune[rows], want.language[rows]] = rows
        speaks = np.flatnonzero(classes.tongue[who])
        entry, language = np.nonzero(self.ground.tongues[classes.tongue[who[speaks]]])
        spoken = speaks[entry]
        found.append(_entries(column[spoken], languages[there[spoken], language], np.ones(len(spoken))))
        return (
            np.concatenate([part[0] for part in found]),
            np.concatenate([part[1] for part in found]),
            np.concatenate([part[2] for part in found]),
        )

    def _keys(self, home: Ints, kind: Ints, step: Ints) -> tuple[Ints, Ints]:
        key = self.ground.classes.key
        pair = key[self.offer.who]
        post = self.where[home] * POSTS + kind
        all_posts = (self.where[:, None] * POSTS + np.arange(POSTS)[None, :]).ravel()
        side = (self.want.commune * 3 + self.want.sort) * (1 << 10) + self.want.language + 1
        # Where all of a class stay, the kept column does the plain one's work and takes over its place in a basis.
        whole = self.offer.kept == self.ground.classes.count[self.offer.who]
        tag = np.where(whole, 2, 1)
        column = np.concatenate([
            _mix(tag, pair, self.offer.where), _mix(3 - tag[self.kept], pair[self.kept], self.offer.where[self.kept]),
            _mix(3, self.nodes[self.duty_node], self.duty_kind), _mix(4, post, step), _mix(5, side, side),
        ])  # fmt: skip
        row = np.concatenate([
            _mix(6, key[self._counted()], np.zeros_like(self._counted())), _mix(7, self.nodes, self.nodes),
            _mix(8, all_posts, all_posts), _mix(9, side, side),
        ])  # fmt: skip
        return column, row


def _entries(column: Ints, row: Ints, value: Ints | Floats) -> tuple[Ints, Ints, Floats]:
    real = (row >= 0) & (value > 0)
    return column[real], row[real], value[real].astype(np.float64)


def _hair(key: Ints) -> Floats:
    """Return next to nothing for each column, so that equal ways have an order, the same in every program that has them."""
    return np.asarray(HAIR * (key % 1_000_003) / 1_000_003, dtype=np.float64)


def _mix(tag: int | Ints, first: Ints, second: Ints) -> Ints:
    """Return well-spread 63-bit keys for pairs of numbers."""
    with np.errstate(over="ignore"):
        mixed = (
            first.astype(np.uint64) * MIX[0]
            + second.astype(np.uint64) * MIX[1]
            + np.asarray(tag).astype(np.uint64) * MIX[2]
        )
        mixed ^= mixed >> np.uint64(29)
        mixed *= MIX[1]
        mixed ^= mixed >> np.uint64(32)
    return np.asarray(mixed >> np.uint64(1), dtype=np.int64)


def prices_of(model: Model, row_dual: Floats, prices: Prices) -> None:
    """Write the duals of a province's rows into the prices of the nation, where they are zero or more by meaning."""
    post = row_dual[model.rows[1] : model.rows[2]].reshape(len(model.where), POSTS)
    prices.post[model.where] = post
    side, want = row_dual[model.rows[2] :], model.wants
    side = np.clip(side, 0, want.penalty)
    speaks, leads, covers = (want.sort == sort for sort in (SPEAKERS, LEADERS, SHIFTS))
    prices.speaker[want.commune[speaks], want.language[speaks]] = side[speaks]
    prices.leader[want.commune[leads]] = side[leads]
    prices.shift[want.commune[covers]] = side[covers]


def no_prices(ground: Ground) -> Prices:
    """Return prices of nothing: what any plan may be worth if every place were had for free."""
    size = len(ground.communes)
    return Prices(
        np.zeros((size, POSTS)), np.zeros(ground.communes.speakers.shape), np.zeros(size), np.zeros(size)
    )
