"""What an initiative changed, estimated from the rollup over its copies, as facts to be stored."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import override

from aoxanh.desk import series
from aoxanh.initiatives.actions.adoptions import EffectFacts
from aoxanh.initiatives.evidence.estimate import Evidence, corrected, estimate
from aoxanh.initiatives.evidence.fit import Interval
from aoxanh.initiatives.evidence.grade import Grade
from aoxanh.initiatives.evidence.panel import Indicator, Panel
from aoxanh.initiatives.indicators import MEASURES
from aoxanh.initiatives.models import Adoption, Decision, Effect, Initiative
from aoxanh.initiatives.panel import DAYS, MOST_PERIODS, Course, panel_for
from aoxanh.initiatives.wording import sentence
from aoxanh.kernel import clock
from aoxanh.people.actors import Actor

BEFORE = 6  # periods read before the first copy began
DRAWS = 99
SEED = 1
DRAWN_FOR = frozenset({Grade.PROVEN, Grade.PROMISING, Grade.HARMFUL, Grade.NOT_REPLICATED})
STORED = {Grade.NO_EFFECT: Effect.Grade.NONE}
GRADES = {Effect.Grade.NONE: Grade.NO_EFFECT}


@dataclass(frozen=True, slots=True)
class Question:
    """One initiative as the engine is asked about it: the course of its copies, and a panel for each indicator."""

    course: Course
    panels: tuple[tuple[Indicator, Panel], ...]


def course_of(initiative: Initiative) -> Course | None:
    """Return who adopted when; None where nobody has, or where less than one period was ever worked.

    Each commune counts from its first copy on, also when it stopped: to leave out those that gave up would flatter what is left.
    Those that had begun before it was recognised are the pilots.
    """
    last, worked = clock.today() - timedelta(days=1), series.first_day()
    adopted: dict[str, date] = {}
    rows = Adoption.objects.filter(initiative=initiative).order_by("first_day")
    for code, first in rows.values_list("commune", "first_day"):
        adopted.setdefault(code, first)
    periods = ((last - worked).days + 1) // DAYS if worked else 0
    if not adopted or periods < 1:
        return None
    wanted = max(0, (last - min(adopted.values())).days) // DAYS + 1 + BEFORE
    return Course(adopted, last, min(periods, wanted, MOST_PERIODS), _pilots(initiative, adopted))


def question_about(initiative: Initiative, by: Actor) -> Question | None:
    """Read everything that the engine needs, so that it can work after the transaction is over."""
    course = course_of(initiative)
    if course is None:
        return None
    return Question(
        course,
        tuple((measure.indicator, panel_for(measure, course, by)) for measure in MEASURES.values()),
    )


def answered(question: Question) -> list[EffectFacts]:
    """Estimate every indicator and correct for having asked so many at once.

    Placebos cost a hundred estimates more; they are drawn only where something would be claimed, and can only take from it.
    """
    found = [estimate(panel, indicator) for indicator, panel in question.panels]
    drawn = [
        estimate(panel, indicator, draws=DRAWS, seed=SEED) if one.grade in DRAWN_FOR else one
        for one, (indicator, panel) in zip(found, question.panels, strict=True)
    ]
    return [facts_of(one, question.course) for one in corrected(drawn)]


def facts_of(found: Evidence, course: Course) -> EffectFacts:
    """Return an estimate as it is stored."""
    with override("vi"):
        vi = sentence(found)
    with override("en"):
        en = sentence(found)
    effect = found.effect
    return EffectFacts(
        indicator=found.indicator.key,
        grade=str(STORED.get(found.grade, found.grade.value)),
        estimate=effect.value if effect else None,
        low=effect.low if effect else None,
        high=effect.high if effect else None,
        adopters=found.adopters,
        comparisons=found.comparisons,
        sentence_vi=vi,
        sentence_en=en,
        points=[
            [point.relative, point.effect.value, point.effect.low, point.effect.high]
            for point in found.course
        ],
        first_day=course.first,
        last_day=course.last,
        doubts=[doubt.value for doubt in found.doubts],
        error=effect.error if effect else None,
        kinds=[
            [kind, told.value, told.low, told.high, told.error, told.adopters] for kind, told in found.kinds
        ],
    )


def evidence_of(effect: Effect) -> Evidence:
    """Return a stored estimate as the engine told it, as far as candidates are ranked by it."""
    whole = None
    if effect.estimate is not None and effect.low is not None and effect.high is not None:
        whole = Interval(
            effect.estimate, effect.low, effect.high, 1.0, effect.adopters, error=effect.error or 0.0
        )
    return Evidence(
        indicator=MEASURES[effect.indicator].indicator,
        grade=GRADES.get(Effect.Grade(effect.grade)) or Grade(effect.grade),
        doubts=(),
        effect=whole,
        adopters=effect.adopters,
        comparisons=effect.comparisons,
        provinces=0,
        left_out=0,
        kinds=tuple(
            (kind, Interval(value, low, high, 1.0, communes, error=error))
            for kind, value, low, high, error, communes in effect.kinds
        ),
    )


def _pilots(initiative: Initiative, adopted: dict[str, date]) -> frozenset[str]:
    decided = initiative.decisions.filter(step=Decision.Step.RECOGNISE).order_by("made_at").first()
    if decided is None:
        return frozenset()
    recognised = decided.made_at.astimezone(clock.VIETNAM).date()
    return frozenset(code for code, day in adopted.items() if day < recognised)
