"""What is seen in a question when examples decide: which field it asks for, and whether to ask back."""

from collections.abc import Sequence

from aoxanh.assistant.replies import Slot
from aoxanh.assistant.retrieval import Searched
from aoxanh.assistant.weighing import Features, levels, with_neighbours

SLOTS, ASKING_BACK = "slots", "asking_back"
"""The two decisions."""

NO_SLOT = "none"
ASK, ANSWER = "ask", "answer"

HEARD = 2.0
"""How much a word counts for asking back, where what was found counts 1."""

AT_THE_END = 4
"""So many last words are seen once more, as last ones: a question mostly ends with what it asks."""

LONG = (3, 4, 5, 6, 7, 8, 10, 12, 15, 20)
TELLING = (0, 1, 2, 3, 4, 5, 6, 8, 10)
AHEAD = (-10, 0, 2, 5, 10, 15, 20, 30, 40, 60, 80)
"""Steps of how many words there are, how many of them name something, and by how many points the first one leads."""


def of_slot(words: Sequence[str], slot: Slot | None, *, is_strong: bool) -> Features:
    """Return what is seen of the field that a question asks for; `slot` is what the phrases make of it."""
    said = [*with_neighbours(words), *(f"~{word}" for word in words[-AT_THE_END:])]
    apart = (f"{one}_{other}" for one, other in zip(words, words[2:], strict=False))
    return dict.fromkeys((*said, *apart, _phrase(slot, is_strong=is_strong)), 1.0)


def of_asking_back(
    words: Sequence[str],
    matter: Sequence[str],
    searched: Searched,
    slot: tuple[Slot | None, bool],
    *,
    is_named: bool,
    is_family: bool,
) -> Features:
    """Return what is seen of whether a question tells procedures apart.

    `is_named`: it says a word that means a whole family; `is_family`: and by the phrases nothing that tells its members apart.
    """
    heard = dict.fromkeys(with_neighbours(words), HEARD)
    scores = [one.score for one in searched.found]
    first, second, third = (*scores, 0.0, 0.0, 0.0)[:3]
    seen = (
        *levels("long", len(words), LONG),
        *levels("telling", len(matter), TELLING),
        *levels("second", first - second, AHEAD),
        *levels("third", first - third, AHEAD),
        *levels("elsewhere", first - searched.elsewhere, AHEAD),
        _phrase(slot[0], is_strong=slot[1]),
        f"=named:{int(is_named)}",
        f"=family:{int(is_family)}",
        f"=first:{searched.found[0].code if searched.found else ''}",
    )
    return {**heard, **dict.fromkeys(seen, 1.0)}


def _phrase(slot: Slot | None, *, is_strong: bool) -> str:
    return f"={slot.value if slot else NO_SLOT}{'!' if is_strong else ''}"
