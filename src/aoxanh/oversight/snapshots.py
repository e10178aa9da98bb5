"""What is frozen of each unit: its figures, those of its like without names, targets, self-score, rubric. One text, one hash."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from aoxanh.oversight import ledger_queries, target_queries
from aoxanh.oversight.comparison.peers import Peers, like_units
from aoxanh.oversight.comparison.shrinkage import Shrunken, shares
from aoxanh.oversight.grading.rubric import Rubric, as_content
from aoxanh.oversight.indicators import Indicator, indicators
from aoxanh.oversight.models import Evaluation, EvaluationCycle
from aoxanh.oversight.periods import Period
from aoxanh.oversight.target_queries import Holding
from aoxanh.oversight.units import UnitFigures, figures_below
from aoxanh.people.actors import Actor

FORMAT = 1
_PLACES = Decimal("0.000001")


@dataclass
class Contents:
    """Makes the contents of a cycle's snapshots; like groups shared by many units are computed once."""

    cycle: EvaluationCycle
    rubric: Rubric
    by: Actor
    files: Mapping[str, list[str]]
    known: dict[str, UnitFigures] = field(default_factory=dict)
    targets: Holding = field(default_factory=lambda: Holding(()))
    shrunken: dict[tuple[str, tuple[str, ...]], Shrunken] = field(default_factory=dict)

    @property
    def period(self) -> Period:
        return Period(self.cycle.first_day, self.cycle.last_day)

    def gather(self) -> "Contents":
        """Read the figures of all units and the targets once."""
        self.known = {row.place.code: row for row in figures_below(self.cycle.place, self.period)}
        self.targets = target_queries.holding_on(self.cycle.last_day)
        return self

    def of(self, evaluation: Evaluation) -> dict[str, Any]:
        """Return what is frozen of one unit."""
        mine = self.known[evaluation.unit_id]
        peers = like_units(mine.unit, [row.unit for row in self.known.values()])
        wanted = [
            indicators()[criterion.indicator] for criterion in self.rubric.criteria if criterion.indicator
        ]
        return {
            "format": FORMAT,
            "cycle": str(self.cycle.id),
            "unit": evaluation.unit_id,
            "place_type": mine.unit.kind.value,
            "period": [self.cycle.first_day.isoformat(), self.cycle.last_day.isoformat()],
            "rubric": as_content(self.rubric),
            "peers": {
                "count": len(peers.keys),
                "alike_in": [what.value for what in peers.alike_in],
                "enough": peers.is_enough,
            },
            "figures": {each.key: self._figure(each, mine, peers) for each in wanted},
            "counts": {key: mine.sums[key] for key in sorted(mine.sums)},
            "voice": self._voice(mine),
            "files": {"known": len(self.files.get(evaluation.unit_id, []))},
            "self": {key: int(value) for key, value in sorted(evaluation.own_scores.items())},
        }

    def _figure(self, indicator: Indicator, mine: UnitFigures, peers: Peers) -> dict[str, Any]:
        """Return one figure: counts, the rate drawn towards like units, the target, and the like units' counts without names.

        Where there are too few like units, nothing is drawn in and the unit's own share stands.
        """
        numerator, denominator = indicator.count(mine.sums)
        target = self.targets.value_for(indicator.key, mine.place, mine.unit.kind.value)
        counts = [list(indicator.count(self.known[key].sums)) for key in peers.keys]
        told: dict[str, Any] = {
            "n": numerator,
            "d": denominator,
            "raw": decimal(numerator / denominator) if denominator else None,
            "target": None if target is None else decimal(target),
            "like": sorted(counts),
        }
        if not peers.is_enough:
            return told | {"value": told["raw"], "low": None, "high": None, "common": None}
        drawn = self._shrunken(indicator, peers.keys)
        mean = drawn.estimates[peers.keys.index(mine.unit.key)]
        return told | {
            "value": decimal(mean.value),
            "low": decimal(mean.low),
            "high": decimal(mean.high),
            "common": decimal(drawn.common),
        }

    def _shrunken(self, indicator: Indicator, keys: tuple[str, ...]) -> Shrunken:
        known = self.shrunken.get((indicator.key, keys))
        if known is None:
            counts = [indicator.count(self.known[key].sums) for key in keys]
            known = shares([min(pair) for pair in counts], [total for _hits, total in counts])
            self.shrunken[indicator.key, keys] = known
        return known

    def _voice(self, mine: UnitFigures) -> dict[str, int]:
        told = ledger_queries.shares(place=mine.place, days=self.period, by=self.by)
        return {"reported": told.reported, "answered": told.answered, "confirmed": told.confirmed}


def decimal(value: float | Decimal) -> str:
    """Return a number as the exact decimal that is frozen, to six places."""
    return str(Decimal(str(value)).quantize(_PLACES))
