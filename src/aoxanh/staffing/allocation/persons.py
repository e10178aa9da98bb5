"""From classes back to persons: who of a class goes where, keeping people where they were as far as the flows allow."""

import numpy as np

from aoxanh.staffing.allocation.classes import Ground
from aoxanh.staffing.allocation.problem import KINDS, LEVELS, NOWHERE, Flags, Ints, Problem
from aoxanh.staffing.allocation.province import Flow


def persons(problem: Problem, ground: Ground, of: Ints, flows: list[Flow]) -> tuple[Ints, Ints]:
    """Return commune and kind of each person, -1 for nowhere. Equal people are told apart by their order in the problem."""
    people = problem.people
    where, kind = np.full(len(people), NOWHERE), np.full(len(people), NOWHERE)
    free, flows = np.flatnonzero(of >= 0), [Flow.none(), *flows]
    who, there, count, posts = (
        np.concatenate([getattr(flow, name) for flow in flows]) for name in ("who", "where", "count", "posts")
    )
    slot = np.repeat(np.arange(len(who)), count)
    given = match(of[free], people.last[free], who[slot], there[slot], slot)
    goes = free[given >= 0]
    given = given[given >= 0]
    where[goes] = there[given]
    node = _node(there[given], ground.classes.level[of[goes]], posts[given])
    duty = {
        name: np.concatenate([getattr(flow, name) for flow in flows])
        for name in ("duty_where", "duty_level", "duty_posts", "duty_kind", "duty_count")
    }
    duty_node = _node(duty["duty_where"], duty["duty_level"], duty["duty_posts"])
    each = np.repeat(np.arange(len(duty_node)), duty["duty_count"])
    wish = np.where(people.last[goes] == where[goes], people.last_kind[goes], NOWHERE)
    held = match(node, wish, duty_node[each], duty["duty_kind"][each], duty["duty_kind"][each])
    kind[goes] = held
    pinned, at, as_ = problem.pins.T
    where[pinned], kind[pinned] = at, as_
    return where, kind


def _node(where: Ints, level: Ints, posts: Ints) -> Ints:
    return np.asarray((where * LEVELS * LEVELS + level) * (1 << len(KINDS)) + posts, dtype=np.int64)


def match(group: Ints, wish: Ints, slot_group: Ints, slot_value: Ints, slot_gives: Ints) -> Ints:
    """Give each person a slot of their group, first those whose wish is a slot's value, then the rest in order; -1 without one."""
    got = np.full(len(group), NOWHERE)
    width = np.int64(max(int(slot_value.max(initial=0)), int(wish.max(initial=0))) + 2)
    left = _pair_up(group * width + wish + 1, slot_group * width + slot_value + 1, slot_gives, got, wish >= 0)
    rest = np.flatnonzero(got < 0)
    again = np.full(len(rest), NOWHERE)
    _pair_up(group[rest], slot_group[left], slot_gives[left], again, np.ones(len(rest), dtype=np.bool_))
    got[rest] = again
    return got


def _pair_up(code: Ints, slot_code: Ints, gives: Ints, got: Ints, may: Flags) -> Ints:
    """Pair the n-th person of a code with its n-th slot; return the slots that are left."""
    who = np.flatnonzero(may)
    who = who[np.argsort(code[who], kind="stable")]
    slots = np.argsort(slot_code, kind="stable")
    first = np.searchsorted(slot_code[slots], code[who], side="left")
    last = np.searchsorted(slot_code[slots], code[who], side="right")
    rank = np.arange(len(who)) - np.searchsorted(code[who], code[who], side="left")
    fits = first + rank < last
    taken = slots[(first + rank)[fits]]
    got[who[fits]] = gives[taken]
    left = np.ones(len(slot_code), dtype=np.bool_)
    left[taken] = False
    return np.flatnonzero(left)
