"""Item analysis names the items that were spoilt on purpose, and lets the sound ones be."""

import math
import random
import statistics

import msgspec
import pytest

from aoxanh.training import courses
from aoxanh.training.quiz.analysis import Answered, Figures, Sitting, analyse, correlation
from aoxanh.training.quiz.drawing import draw
from aoxanh.training.quiz.item import Item

BANK = [item for item in courses.bank("vneid") if item.kind == "single"]
MISKEYED, EASY, HARD, NOISE, DEAD = (item.id for item in BANK[:5])


def chance(ability: float, difficulty: float) -> float:
    return 1 / (1 + math.exp(difficulty - ability))


def answer(item: Item, ability: float, luck: random.Random) -> Answered:
    """Answer as somebody of this ability would; five items are spoilt, each in its own way."""
    difficulty = -0.6
    knows = luck.random() < {EASY: 0.995, HARD: 0.06, NOISE: 0.5}.get(item.id, chance(ability, difficulty))
    right = next(at for at, option in enumerate(item.options) if option.right)
    wrong = [at for at in range(len(item.options)) if at != right]
    if item.id == DEAD:
        wrong = wrong[1:]
    chosen = right if knows else luck.choice(wrong)
    keyed = chosen != right if item.id == MISKEYED else chosen == right
    return Answered(float(keyed), (chosen,))


def sat(people: int, seed: int = 5) -> list[Sitting]:
    luck = random.Random(seed)
    by_id = {item.id: item for item in BANK}
    found: list[Sitting] = []
    for person in range(people):
        ability = luck.gauss(0.4, 1.2)
        form = draw(BANK, seed=f"{seed}-{person}", size=15)
        found.append({asked.item: answer(by_id[asked.item], ability, luck) for asked in form.questions})
    return found


@pytest.fixture(scope="module")
def figures() -> dict[str, Figures]:
    return {row.item: row for row in analyse(BANK, sat(800))}


@pytest.mark.parametrize(
    ("item", "flag"),
    [(MISKEYED, "negative"), (EASY, "too_easy"), (HARD, "too_hard"), (DEAD, "dead_distractor")],
)
def test_a_spoilt_item_is_named_with_what_is_wrong(figures: dict[str, Figures], item: str, flag: str) -> None:
    assert flag in figures[item].flags


def test_an_item_that_tells_nothing_is_named(figures: dict[str, Figures]) -> None:
    assert {"weak", "negative"} & set(figures[NOISE].flags)


def test_sound_items_are_let_be(figures: dict[str, Figures]) -> None:
    sound = [row for name, row in figures.items() if name not in (MISKEYED, EASY, HARD, NOISE, DEAD)]
    assert len(sound) > 15
    assert [row.item for row in sound if row.is_bad] == []
    assert statistics.mean(row.r or 0 for row in sound) > 0.2


def test_figures_are_counted_from_what_was_answered() -> None:
    item, other = BANK[0], BANK[1]
    sittings = [
        {item.id: Answered(1.0, (0,)), other.id: Answered(1.0)},
        {item.id: Answered(0.0, (2,)), other.id: Answered(0.0)},
    ]
    row = analyse([item], sittings)[0]
    assert (row.n, row.p) == (2, 0.5)
    assert row.r == pytest.approx(1)
    assert row.chosen[0] == row.chosen[2] == 1


def test_an_item_is_left_out_of_what_it_is_compared_with() -> None:
    """In a form of two unrelated items each would correlate with the whole at 0.7, and must not with the rest."""
    luck = random.Random(3)
    one, two = BANK[:2]
    sittings = [
        {one.id: Answered(float(luck.random() < 0.5)), two.id: Answered(float(luck.random() < 0.5))}
        for _ in range(2000)
    ]
    row = analyse([one], sittings)[0]
    assert row.r is not None
    assert abs(row.r) < 0.1


def test_few_answers_wait_instead_of_being_judged() -> None:
    rows = analyse(BANK, sat(20))
    assert all(not row.flags for row in rows)
    assert all({"discrimination"} <= set(row.waiting) for row in rows)


def test_an_item_nobody_met_has_no_figures_and_no_flags() -> None:
    row = analyse([BANK[0]], [])[0]
    assert (row.n, row.p, row.r, row.flags) == (0, None, None, ())
    assert set(row.waiting) == {"difficulty", "discrimination", "distractors"}


def test_items_without_options_have_no_distractors_to_wait_for() -> None:
    claim = next(item for item in courses.bank("vneid") if item.kind == "truefalse")
    assert "distractors" not in analyse([claim], [])[0].waiting


def test_an_answer_everybody_gets_right_has_no_discrimination() -> None:
    sittings = [{BANK[0].id: Answered(1.0, (0,)), BANK[1].id: Answered(float(at % 2))} for at in range(200)]
    row = analyse([msgspec.structs.replace(BANK[0])], sittings)[0]
    assert row.r is None
    assert row.flags == ("too_easy",)


def test_correlation_is_that_of_the_standard_library() -> None:
    luck = random.Random(1)
    pairs = [(x := luck.random(), x + luck.gauss(0, 0.5)) for _ in range(300)]
    expected = statistics.correlation([x for x, _ in pairs], [y for _, y in pairs])
    assert correlation(pairs) == pytest.approx(expected)
