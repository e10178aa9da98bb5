"""What may be said of an effect: six grades, and the reasons that keep one from being better."""

from enum import StrEnum

from aoxanh.initiatives.evidence.fit import Interval
from aoxanh.initiatives.evidence.panel import Indicator

FEWEST_ADOPTERS, FEWEST_COMPARISONS, FEWEST_BEFORE, FEWEST_AFTER = 5, 20, 3, 2
ENOUGH_ADOPTERS, ENOUGH_PROVINCES, PROVINCES_ALONE = 10, 2, 5
DOUBTFUL = 0.05


class Grade(StrEnum):
    """How far an effect is established."""

    PROVEN = "proven"
    PROMISING = "promising"
    NO_EFFECT = "no_effect"
    HARMFUL = "harmful"
    TOO_LITTLE = "too_little"
    NOT_REPLICATED = "not_replicated"


class Doubt(StrEnum):
    """Why a grade is not better, or why nothing is said at all."""

    FEW_ADOPTERS = "few_adopters"
    FEW_COMPARISONS = "few_comparisons"
    SHORT_BEFORE = "short_before"
    SHORT_AFTER = "short_after"
    NO_LOCAL_COMPARISON = "no_local_comparison"
    ONE_PROVINCE = "one_province"
    MANY_QUESTIONS = "many_questions"
    DRIFTED_BEFORE = "drifted_before"
    FAKE_DATE = "fake_date"
    PLACEBO = "placebo"
    NOT_COPIED = "not_copied"
    WIDE = "wide"
    WIDENED = "widened"


SILENCING = frozenset({Doubt.SHORT_BEFORE, Doubt.SHORT_AFTER, Doubt.FEW_COMPARISONS})
MINOR = frozenset({Doubt.WIDENED})


def grade(
    indicator: Indicator, effect: Interval | None, doubts: frozenset[Doubt], *, failed_copy: bool = False
) -> Grade:
    """Return the grade of an effect, given what is doubtful about it.

    An effect is claimed only where the whole interval lies on one side of nothing; that none was seen, only where the interval
    leaves no room for a change worth having.
    """
    if effect is None or doubts & SILENCING or effect.adopters < FEWEST_ADOPTERS:
        return Grade.TOO_LITTLE
    if failed_copy:
        return Grade.NOT_REPLICATED
    worst, best = (effect.low, effect.high) if indicator.higher_is_better else (-effect.high, -effect.low)
    if worst > 0:
        return Grade.PROMISING if doubts - MINOR else Grade.PROVEN
    if best < 0:
        return Grade.TOO_LITTLE if doubts & {Doubt.DRIFTED_BEFORE, Doubt.MANY_QUESTIONS} else Grade.HARMFUL
    return Grade.NO_EFFECT if best < indicator.worth else Grade.TOO_LITTLE


def failed_to_replicate(indicator: Indicator, pilots: Interval | None, copies: Interval | None) -> bool:
    """Tell whether those that copied lack what the first ones showed: nothing seen among them, and clearly less than before."""
    if pilots is None or copies is None or min(pilots.adopters, copies.adopters) < FEWEST_ADOPTERS:
        return False
    sign = 1 if indicator.higher_is_better else -1
    claimed = min(sign * pilots.low, sign * pilots.high) > 0
    seen = min(sign * copies.low, sign * copies.high) > 0
    less = sign * (pilots.value - copies.value) > 1.96 * (pilots.error**2 + copies.error**2) ** 0.5
    return claimed and not seen and less
