"""What a class is worth in a commune at given prices: the one formula behind the bound, the offers and the explanations."""

import numpy as np

from aoxanh.staffing.allocation.classes import BITS, Ground
from aoxanh.staffing.allocation.needs import Prices
from aoxanh.staffing.allocation.problem import (
    ANY_KIND,
    KINDS,
    LEVELS,
    Flags,
    Floats,
    Ints,
    fit,
    levels_lacking,
)
from aoxanh.staffing.allocation.roads import kilometres

NEVER = -np.inf
MASKS = 1 << len(KINDS)


def fits(ground: Ground, where: Ints) -> Ints:
    """Return (levels, where, kinds): points of each pair of technology and communication in each post, less what it lacks there."""
    technology, communication = np.divmod(np.arange(LEVELS * LEVELS), LEVELS)
    wanted = ground.communes.levels[where][None]
    lacking = levels_lacking(technology[:, None, None], communication[:, None, None], wanted)
    return np.asarray(
        fit(technology, communication)[:, None, :] - ground.settings.below * lacking, dtype=np.int64
    )


def best_post(ground: Ground, prices: Prices, where: Ints) -> Floats:
    """Return (masks, levels, where): what the best post is worth to people of a level who may hold the posts of a mask."""
    each = (fits(ground, where) + prices.post[where][None]).transpose(0, 2, 1)
    table = np.full((MASKS, LEVELS * LEVELS, len(where)), NEVER)
    for mask in range(1, MASKS):
        low = mask & -mask
        table[mask] = np.maximum(table[mask ^ low], each[:, low.bit_length() - 1])
    return table


def allowed(ground: Ground, who: Ints, where: Ints, km: Ints) -> Flags:
    """Tell which of these classes may be sent to which communes, leaving aside what single persons said no to."""
    classes, communes = ground.classes, ground.communes
    home, there = communes.province[classes.home[who]], communes.province[where]
    near = km <= np.where(home == there, classes.reach[who], ground.settings.abroad_km)
    helps = (classes.abroad[who] == 1) & (ground.short[there] == 1) & (ground.short[home] == 0)
    return np.asarray(near & ((home == there) | helps), dtype=np.bool_)


def way(ground: Ground, who: Ints, where: Ints, km: Ints) -> Ints:
    """Return what going costs: the way, and leaving one's province."""
    province, settings = ground.communes.province, ground.settings
    abroad = province[ground.classes.home[who]] != province[where]
    return np.asarray(settings.km * km + settings.abroad * abroad, dtype=np.int64)


def useful(ground: Ground, where: Ints) -> Ints:
    """Return (tongues, where): points for speaking a language that a commune needs."""
    # Products of whole numbers are slow, and these are small.
    wanted = (ground.communes.speakers[where] > 0).T.astype(np.float32)
    return np.asarray(
        ground.settings.language_bonus * (ground.tongues.astype(np.float32) @ wanted > 0), dtype=np.int64
    )


def worth(ground: Ground, prices: Prices, who: Ints, where: Ints) -> Floats:
    """Return (who, where): points at these prices, -inf where one may not go; staying is not counted."""
    classes = ground.classes
    value = best_post(ground, prices, where)[classes.posts[who], classes.level[who]]
    one, alike = _alike(who, classes.tongue, classes.leads, classes.shifts)
    brings = ground.tongues.astype(np.float64) @ prices.speaker[where].T + useful(ground, where)
    value += (
        brings[classes.tongue[one]]
        + np.outer(classes.leads[one], prices.leader[where])
        + np.outer(classes.shifts[one], prices.shift[where])
    )[alike]
    one, alike = _alike(who, classes.home, classes.reach, classes.abroad)
    homes, at = np.unique(classes.home[one], return_inverse=True)
    km = kilometres(ground.communes, homes, where, ground.settings)[at]
    one = one[:, None]
    value -= np.where(allowed(ground, one, where, km), way(ground, one, where, km), np.inf)[alike]
    _refuse(ground, prices, who, where, value)
    return value


def _alike(who: Ints, *columns: Ints) -> tuple[Ints, Ints]:
    """Return one class for each set of equals in these columns, and which set each class is in: less to reckon than every class."""
    code = np.zeros(len(who), dtype=np.int64)
    for column in columns:
        code = code * (int(column.max(initial=0)) + 1) + column[who]
    _, first, alike = np.unique(code, return_index=True, return_inverse=True)
    return who[first], alike


def add_stay(ground: Ground, who: Ints, where: Ints, value: Floats) -> None:
    """Add what staying earns those who served there last; `who` and `where` are sorted."""
    kept = ground.kept
    row = np.minimum(np.searchsorted(who, kept.who), len(who) - 1)
    column = np.minimum(np.searchsorted(where, kept.where), len(where) - 1)
    here = (who[row] == kept.who) & (where[column] == kept.where)
    value[row[here], column[here]] += ground.settings.stay


def _refuse(ground: Ground, prices: Prices, who: Ints, where: Ints, value: Floats) -> None:
    """Take out what people said no to. A no to one kind of post leaves the commune's other posts."""
    column = {int(commune): index for index, commune in enumerate(where)}
    for row in np.flatnonzero(ground.classes.noes[who]):
        for commune in {commune for commune, _ in ground.noes[ground.classes.noes[who[row]]]} & column.keys():
            left = posts_left(ground, int(who[row]), commune)
            here, index = value[row, column[commune]], np.array([commune])
            before = best_post(ground, prices, index)
            mask, level = ground.classes.posts[who[row]], ground.classes.level[who[row]]
            value[row, column[commune]] = (
                here - before[mask, level, 0] + before[left, level, 0] if left else NEVER
            )


def posts_left(ground: Ground, who: int, commune: int) -> int:
    """Return the mask of posts that a class may hold in a commune after what its people said no to."""
    mask = int(ground.classes.posts[who])
    for place, kind in ground.noes[ground.classes.noes[who]]:
        if place == commune:
            mask = 0 if kind == ANY_KIND else mask & ~int(BITS[kind])
    return mask
