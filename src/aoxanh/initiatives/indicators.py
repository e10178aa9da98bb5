"""What an initiative can be asked to have changed, as ratios of two of the rollup's columns."""

from dataclasses import dataclass

from aoxanh.initiatives.evidence.panel import Indicator


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator and the columns of the daily rollup it is made of; `ceiling` is the highest it can be."""

    indicator: Indicator
    numerator: str
    denominator: str
    ceiling: float | None = 100.0


_ALL = (
    Measure(Indicator("finished", worth=5), "outcome_finished", "sessions"),
    Measure(Indicator("handed_over", higher_is_better=False, worth=5), "outcome_handed_over", "sessions"),
    Measure(Indicator("come_back", higher_is_better=False, worth=3), "outcome_come_back", "sessions"),
    Measure(Indicator("per_volunteer_day", per=10, worth=3), "sessions", "volunteers", None),
    Measure(Indicator("minutes", per=1, higher_is_better=False, worth=2), "minutes", "sessions", None),
    Measure(Indicator("other_language", worth=3), "other_language", "sessions"),
    Measure(Indicator("old_age", worth=3), "old_age", "sessions"),
)
MEASURES = {measure.indicator.key: measure for measure in _ALL}
MAIN = "finished"  # what copies are told by where there is room for one figure
