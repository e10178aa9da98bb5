"""How each item does among real answers: too hard, too easy, telling nothing, or wrongly keyed."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from aoxanh.training.quiz.item import Item

EASIEST, HARDEST = 0.95, 0.20
LEAST_DISCRIMINATION = 0.10
NEEDED_FOR_DIFFICULTY = 30
NEEDED_FOR_DISCRIMINATION = 100
"""The standard error of a correlation near 0 is about 1/sqrt(n): with 30 answers it is 0.18, and 0.1 could not be told from
a good item's 0.3; with 100 it is 0.1."""
NEEDED_FOR_EACH_DISTRACTOR = 5
"""So many wrong answers for each distractor before "nobody chooses it" says more than chance: with fair distractors one
of three stays empty among 15 wrong answers about once in 150 items."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer in a sitting: its mark from 0 to 1, and the options chosen, in the item's own numbering."""

    mark: float
    chosen: tuple[int, ...] = ()


Sitting = Mapping[str, Answered]
"""What one person answered in one form, by item."""


@dataclass(frozen=True, slots=True)
class Figures:
    """One item's figures. `p` is the mean mark; `r` correlates its mark with the mean mark of the sitting's other items.

    `r` is None where marks or the rest do not vary. `chosen` counts how often each option was taken. `flags` says what is
    wrong, `waiting` what cannot be judged yet for lack of answers.
    """

    item: str
    n: int
    p: float | None
    r: float | None
    chosen: tuple[int, ...]
    flags: tuple[str, ...]
    waiting: tuple[str, ...]

    @property
    def is_bad(self) -> bool:
        return bool(self.flags)


def analyse(items: Iterable[Item], sittings: Iterable[Sitting]) -> list[Figures]:
    """Return the figures of every item, in the order of the items; items nobody met are waiting for answers.

    Forms are drawn at random, so an item is compared with the mean mark of whatever else stood in the same form, itself
    left out (the corrected point-biserial): with itself inside, every item of a short form would look good.
    """
    marks: dict[str, list[tuple[float, float]]] = defaultdict(list)
    met: Counter[str] = Counter()
    total: defaultdict[str, float] = defaultdict(float)
    choices: dict[str, Counter[int]] = defaultdict(Counter)
    for sitting in sittings:
        whole = math.fsum(answer.mark for answer in sitting.values())
        for name, answer in sitting.items():
            met[name] += 1
            total[name] += answer.mark
            choices[name].update(answer.chosen)
            if len(sitting) > 1:
                marks[name].append((answer.mark, (whole - answer.mark) / (len(sitting) - 1)))
    return [_figures(item, met[item.id], total[item.id], marks[item.id], choices[item.id]) for item in items]


def _figures(
    item: Item, n: int, total: float, marks: list[tuple[float, float]], choices: Counter[int]
) -> Figures:
    p = total / n if n else None
    r = correlation(marks)
    chosen = tuple(choices[at] for at in range(len(item.options)))
    flags: list[str] = []
    waiting: list[str] = []
    if p is None or n < NEEDED_FOR_DIFFICULTY:
        waiting.append("difficulty")
    elif not HARDEST <= p <= EASIEST:
        flags.append("too_hard" if p < HARDEST else "too_easy")
    if len(marks) < NEEDED_FOR_DISCRIMINATION:
        waiting.append("discrimination")
    elif r is not None and r < LEAST_DISCRIMINATION:
        flags.append("negative" if r < 0 else "weak")
    dead = _dead(item, chosen)
    if dead is None:
        waiting.append("distractors")
    elif dead:
        flags.append("dead_distractor")
    return Figures(item.id, n, p, r, chosen, tuple(flags), tuple(waiting))


def _dead(item: Item, chosen: tuple[int, ...]) -> bool | None:
    """Tell whether a wrong option is chosen by nobody; None while too few were wrong to tell. Items without options have none."""
    wrong = [count for count, option in zip(chosen, item.options, strict=True) if not option.right]
    if wrong and sum(wrong) < NEEDED_FOR_EACH_DISTRACTOR * len(wrong):
        return None
    return 0 in wrong


def correlation(pairs: list[tuple[float, float]]) -> float | None:
    """Return Pearson's r, or None where one side does not vary."""
    if len(pairs) < 2:
        return None
    n = len(pairs)
    mean_x = math.fsum(x for x, _ in pairs) / n
    mean_y = math.fsum(y for _, y in pairs) / n
    spread_x = math.fsum((x - mean_x) ** 2 for x, _ in pairs)
    spread_y = math.fsum((y - mean_y) ** 2 for _, y in pairs)
    scale = math.sqrt(spread_x) * math.sqrt(spread_y)
    if scale <= 1e-12 * n:
        return None
    shared = math.fsum((x - mean_x) * (y - mean_y) for x, y in pairs)
    return max(-1.0, min(1.0, shared / scale))
