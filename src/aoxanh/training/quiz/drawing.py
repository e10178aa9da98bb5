"""A form of a quiz, drawn from the bank by a seed: the same seed and bank give the same form, on any machine.

The order is that of a hash of seed and name, not of a random generator, so that another program (or a later release)
can draw the same form, and an item that joins or leaves the bank disturbs a form no more than it must.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from aoxanh.training.quiz.item import Item


class TooFewItems(ValueError):
    """The bank holds fewer items than the form asks for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a form. `order` lists the item's own options (matching: its right sides) as they are shown."""

    item: str
    version: str
    order: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """The questions that one person is asked, in order."""

    seed: str
    questions: tuple[Asked, ...]


def draw(items: Collection[Item], *, seed: str, size: int) -> Form:
    """Draw a form of `size` questions: modules take turns, no item twice, questions and options shuffled.

    Raises TooFewItems; ValueError for a size below one or a bank that holds an id twice.
    """
    if size < 1 or len({item.id for item in items}) < len(items):
        raise ValueError("a form needs a question, and a bank names each item once")
    if size > len(items):
        raise TooFewItems(f"{size} questions from {len(items)} items")
    by_module: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        by_module[item.module].append(item)
    shares = share_out(size, {module: len(stock) for module, stock in by_module.items()}, seed)
    drawn = [
        item
        for module, share in shares.items()
        for item in sorted(by_module[module], key=lambda item: _key(seed, "draw", item.id))[:share]
    ]
    drawn.sort(key=lambda item: _key(seed, "order", item.id))
    return Form(seed, tuple(Asked(item.id, item.version, _shuffled(item, seed)) for item in drawn))


def share_out(size: int, stock: Mapping[str, int], seed: str) -> dict[str, int]:
    """Return how many questions each module gives: one each in turn until the form is full.

    Shares differ by one at most unless a module has run out; who begins depends on the seed.
    """
    turns = sorted(stock, key=lambda module: _key(seed, "module", module))
    shares = dict.fromkeys(turns, 0)
    left = min(size, sum(stock.values()))
    while left:
        for module in turns:
            if left and shares[module] < stock[module]:
                shares[module] += 1
                left -= 1
    return shares


def _shuffled(item: Item, seed: str) -> tuple[int, ...]:
    """True-or-false keeps its order, since people look for it where it always is; numbers have none."""
    count = len(item.options) or len(item.pairs)
    return _by_hash(range(count), seed, item.id)


def _by_hash(numbers: Iterable[int], seed: str, name: str) -> tuple[int, ...]:
    return tuple(sorted(numbers, key=lambda number: _key(seed, "option", name, str(number))))


def _key(*parts: str) -> bytes:
    """Return where a thing stands. Each part carries its length, so that no two lists of parts run together."""
    told = b"".join(len(part.encode()).to_bytes(4, "big") + part.encode() for part in parts)
    return hashlib.blake2b(told, digest_size=16).digest()
