"""The door of the engine: a panel goes in, an effect with its checks and its grade comes out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from aoxanh.initiatives.evidence import contrasts
from aoxanh.initiatives.evidence.comparison import Design, design, unmatched
from aoxanh.initiatives.evidence.fit import Fit, Interval, fit
from aoxanh.initiatives.evidence.grade import (
    DOUBTFUL,
    ENOUGH_ADOPTERS,
    ENOUGH_PROVINCES,
    FEWEST_ADOPTERS,
    FEWEST_AFTER,
    FEWEST_BEFORE,
    FEWEST_COMPARISONS,
    PROVINCES_ALONE,
    Doubt,
    Grade,
    failed_to_replicate,
    grade,
)
from aoxanh.initiatives.evidence.panel import Indicator, Panel
from aoxanh.initiatives.evidence.placebo import Placebo, widened

SHOWN_AFTER = contrasts.HORIZON


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the course: periods since adoption, and the difference to the comparison there."""

    relative: int
    effect: Interval


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of one initiative and one indicator; everything a page, a sentence or a plot needs.

    `p_adjusted` counts how many questions were asked at once, after `corrected`. `left_out` communes adopted but have too few
    cases or no time before. `drift` is the change each period before adoption, `fake` the effect of a made-up earlier date.
    `as_the_library` is the library's own mean with its own interval, for comparison; it is never shown as the result.
    """

    indicator: Indicator
    grade: Grade
    doubts: tuple[Doubt, ...]
    effect: Interval | None
    adopters: int
    comparisons: int
    provinces: int
    left_out: int
    p_adjusted: float | None = None
    course: tuple[Point, ...] = ()
    drift: Interval | None = None
    fake: Interval | None = None
    placebo: Placebo | None = None
    kinds: tuple[tuple[str, Interval], ...] = ()
    pilots: Interval | None = None
    copies: Interval | None = None
    as_the_library: tuple[float, float, float] = (0.0, 0.0, 0.0)


def estimate(panel: Panel, indicator: Indicator, *, draws: int = 0, seed: int = 1) -> Evidence:
    """Estimate what adopting changed.

    With `draws` the whole estimate is repeated so often with comparison communes in the adopters' place (each about 0.1 s of CPU);
    where those show more than chance allows, the interval is widened accordingly. Raises PanelUnfit for contradicting arrays.
    """
    readable = panel.readable()
    left_out = int(panel.adopters.sum() - readable.adopters.sum())
    short = _too_little(readable)
    if short:
        return _nothing(indicator, readable, left_out, short)
    chosen = design(readable, indicator.per)
    found = fit(chosen, indicator.per)
    before = fit(unmatched(readable, indicator.per), indicator.per)
    effect = found.average(contrasts.after(found))
    if effect is None or effect.adopters < FEWEST_ADOPTERS:
        return _nothing(indicator, readable, left_out, {Doubt.FEW_ADOPTERS})
    from aoxanh.initiatives.evidence.placebo import placebo

    fakes = placebo(readable, indicator, effect, draws, seed) if draws else None
    told = Evidence(
        indicator=indicator,
        grade=Grade.TOO_LITTLE,
        doubts=(),
        effect=widened(effect, fakes),
        adopters=effect.adopters,
        comparisons=int((~chosen.panel.adopters).sum()),
        provinces=_provinces(chosen),
        left_out=left_out,
        course=tuple(_course(before, found)),
        drift=before.average(contrasts.slope_before(before)),
        fake=before.average(contrasts.fake_date(before)),
        placebo=fakes,
        kinds=tuple(_by_kind(found)),
        pilots=_part(found, pilots=True),
        copies=_part(found, pilots=False),
        as_the_library=(found.result.overall_att, *found.result.overall_conf_int),
    )
    return _graded(told, is_local=chosen.is_local, was_piloted=bool(len(readable.pilot)))


def corrected(found: Sequence[Evidence]) -> list[Evidence]:
    """Return the same evidence, graded with Holm's correction for having asked so many questions at once."""
    from statsmodels.stats.multitest import multipletests

    asked = [item for item in found if item.effect is not None]
    if not asked:
        return list(found)
    _, adjusted, _, _ = multipletests([item.effect.p for item in asked if item.effect], method="holm")
    by_item = {id(item): float(p) for item, p in zip(asked, adjusted, strict=True)}
    return [_recounted(item, by_item[id(item)]) if id(item) in by_item else item for item in found]


def _recounted(item: Evidence, p: float) -> Evidence:
    doubts = set(item.doubts) - {Doubt.MANY_QUESTIONS} | ({Doubt.MANY_QUESTIONS} if p >= DOUBTFUL else set())
    return _with(replace(item, p_adjusted=p), doubts)


def _graded(told: Evidence, *, is_local: bool, was_piloted: bool) -> Evidence:
    doubts = {
        Doubt.FEW_ADOPTERS: told.adopters < ENOUGH_ADOPTERS,
        Doubt.ONE_PROVINCE: told.provinces < ENOUGH_PROVINCES,
        Doubt.NO_LOCAL_COMPARISON: not is_local,
        Doubt.FEW_COMPARISONS: told.comparisons < FEWEST_COMPARISONS
        or (not is_local and told.provinces < PROVINCES_ALONE),
        Doubt.DRIFTED_BEFORE: told.drift is not None and told.drift.p < DOUBTFUL,
        Doubt.FAKE_DATE: told.fake is not None and told.fake.p < DOUBTFUL,
        Doubt.PLACEBO: told.placebo is not None and told.placebo.p >= DOUBTFUL,
        Doubt.WIDENED: told.placebo is not None and told.placebo.widening > 1,
        Doubt.NOT_COPIED: was_piloted and (told.copies is None or not _is_clear(told.copies)),
    }
    return _with(told, {doubt for doubt, holds in doubts.items() if holds})


def _with(told: Evidence, doubts: Iterable[Doubt]) -> Evidence:
    known = frozenset(doubts) - {Doubt.WIDE}
    failed = failed_to_replicate(told.indicator, told.pilots, told.copies)
    found = grade(told.indicator, told.effect, known, failed_copy=failed)
    if found is Grade.TOO_LITTLE and not known:
        known |= {Doubt.WIDE}
    return replace(told, grade=found, doubts=tuple(sorted(known)))


def _is_clear(effect: Interval) -> bool:
    return effect.low > 0 or effect.high < 0


def _too_little(panel: Panel) -> set[Doubt]:
    """Return what is missing before anything can be estimated."""
    began = panel.adopted[panel.adopters]
    short = {
        Doubt.FEW_ADOPTERS: len(began) < FEWEST_ADOPTERS,
        Doubt.FEW_COMPARISONS: int((~panel.adopters).sum()) < FEWEST_COMPARISONS,
        Doubt.SHORT_BEFORE: len(began) > 0 and float(np.median(began)) < FEWEST_BEFORE,
        Doubt.SHORT_AFTER: len(began) > 0 and panel.periods - float(np.median(began)) < FEWEST_AFTER,
    }
    return {doubt for doubt, holds in short.items() if holds}


def _nothing(indicator: Indicator, panel: Panel, left_out: int, doubts: set[Doubt]) -> Evidence:
    places = {code for code, adopts in zip(panel.provinces, panel.adopters, strict=True) if adopts}
    adopters = int(panel.adopters.sum())
    return Evidence(
        indicator=indicator,
        grade=Grade.TOO_LITTLE,
        doubts=tuple(sorted(doubts)),
        effect=None,
        adopters=adopters,
        comparisons=len(panel.units) - adopters,
        provinces=len(places),
        left_out=left_out,
    )


def _provinces(chosen: Design) -> int:
    return len(
        {code for code, adopts in zip(chosen.panel.provinces, chosen.panel.adopters, strict=True) if adopts}
    )


def _course(before: Fit, after: Fit) -> Iterable[Point]:
    """Yield the course: up to adoption against all communes around, since those matched for a like course would be flat anyway."""
    for relative in range(-contrasts.SHOWN_BEFORE, SHOWN_AFTER):
        found = before if relative < 0 else after
        effect = found.average(contrasts.at(found, relative))
        if effect is not None:
            yield Point(relative, effect)


def _by_kind(found: Fit) -> Iterable[tuple[str, Interval]]:
    """Yield the effect by sort of place, where at least five of a sort adopted."""
    kinds = np.array(found.design.panel.kinds)
    for kind in sorted(set(kinds.tolist())):
        effect = found.average(contrasts.after(found), kinds == kind)
        if effect is not None and effect.adopters >= FEWEST_ADOPTERS:
            yield str(kind), effect


def _part(found: Fit, *, pilots: bool) -> Interval | None:
    marked = found.design.panel.pilot
    return found.average(contrasts.after(found), marked == pilots) if len(marked) else None
