"""Stored effects as a page shows them: what can be said first, with its doubts and its course; what cannot is not dressed up."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.text import capfirst

from aoxanh.initiatives.evidence.estimate import Point
from aoxanh.initiatives.evidence.fit import Interval
from aoxanh.initiatives.evidence.grade import Doubt
from aoxanh.initiatives.models import Effect
from aoxanh.initiatives.wording import DOUBTS, WHAT
from aoxanh.web.initiatives.effect_plot import effect_plot

ORDER = ("proven", "promising", "harmful", "not_replicated", "none", "too_little")
TONES = {"proven": "ok", "harmful": "bad", "not_replicated": "bad"}


@dataclass(frozen=True, slots=True)
class Told:
    """One effect with its words and its drawing."""

    effect: Effect
    what: str
    said: str
    tone: str
    doubts: list[str]
    plot: SafeString

    @property
    def is_nothing(self) -> bool:
        return self.effect.grade == Effect.Grade.NONE


def told_effects(effects: Iterable[Effect]) -> list[Told]:
    """Return the effects, the surest first; those of which nothing can be said last."""
    return [told(effect) for effect in sorted(effects, key=lambda one: ORDER.index(one.grade))]


def told(effect: Effect) -> Told:
    """Return one effect in words; a course is drawn only where something is claimed of it."""
    what = capfirst(str(WHAT[effect.indicator]))
    course = [
        Point(int(relative), Interval(value, low, high, 1.0, effect.adopters))
        for relative, value, low, high in effect.points
    ]
    return Told(
        effect,
        what,
        effect.sentence.partition(": ")[2],
        TONES.get(effect.grade, ""),
        [str(DOUBTS[Doubt(key)]) for key in effect.doubts],
        effect_plot(course, what) if effect.is_claim else SafeString(""),
    )
