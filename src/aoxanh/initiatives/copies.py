"""What each copy of an initiative changed, judged from the rollup, as facts to be stored."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import numpy as np

from aoxanh.desk import series
from aoxanh.initiatives.evidence.contrasts import HORIZON
from aoxanh.initiatives.evidence.copies import READ_BEFORE, Copy, CopyEvidence, Lack, Verdict, judge
from aoxanh.initiatives.evidence.panel import Floats
from aoxanh.initiatives.indicators import MEASURES
from aoxanh.initiatives.models import Adoption, Initiative
from aoxanh.initiatives.panel import DAYS, traits_of
from aoxanh.kernel import clock
from aoxanh.places import queries as places

COLUMNS = tuple(dict.fromkeys(name for one in MEASURES.values() for name in (one.numerator, one.denominator)))


@dataclass(frozen=True, slots=True)
class Judged:
    """One copy with what can be said of it, by indicator, and the last day that was read."""

    adoption_id: UUID
    last: date | None
    found: tuple[CopyEvidence, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """The periods that a copy is judged by: counted from its first day, so that it began exactly with one of them."""

    first: date
    before: int
    since: int

    @property
    def last(self) -> date:
        return self.first + timedelta(days=(self.before + self.since) * DAYS - 1)


def copies_by_province(initiative: Initiative) -> dict[str, list[Adoption]]:
    """Return the copies of an initiative by the province that they are judged in."""
    found: dict[str, list[Adoption]] = {}
    for copy in initiative.adoptions.select_related("commune"):
        found.setdefault(str(copy.commune.parent_id), []).append(copy)
    return found


def judged(province: str, copies: list[Adoption]) -> list[Judged]:
    """Judge all copies of an initiative in a province, each beside the communes there that did not copy it."""
    worked, communes = series.first_day(), list(places.communes_below([province]))
    here = _Province([commune.code for commune in communes], traits_of(communes))
    return [_judged(copy, copies, worked, here) for copy in copies]


def _judged(copy: Adoption, copies: list[Adoption], worked: date | None, here: "_Province") -> Judged:
    window = window_of(copy, worked)
    if isinstance(window, Lack):
        return Judged(copy.id, None, _nothing(window))
    if _copied_before(copy, copies, window):
        return Judged(copy.id, None, _nothing(Lack.COPIED_BEFORE))
    others = {one.commune_id for one in copies if one.first_day <= window.last}
    return Judged(copy.id, window.last, here.told(copy, others, window))


def window_of(copy: Adoption, worked: date | None) -> Window | Lack:
    """Return the whole periods before a copy and since, as far as it ran and as work was recorded from `worked` on."""
    yesterday = clock.today() - timedelta(days=1)
    last = min(copy.last_day or yesterday, yesterday)
    since = min(HORIZON, ((last - copy.first_day).days + 1) // DAYS)
    if since < 1:
        return Lack.TOO_EARLY
    before = min(READ_BEFORE, (copy.first_day - worked).days // DAYS) if worked else 0
    return (
        Window(copy.first_day - timedelta(days=before * DAYS), before, since)
        if before >= 1
        else Lack.FEW_BEFORE
    )


def _copied_before(copy: Adoption, copies: list[Adoption], window: Window) -> bool:
    """Tell whether an earlier copy of the same commune reaches into the time before, which would then be no time without."""
    return any(
        one.commune_id == copy.commune_id
        and one.first_day < copy.first_day
        and (one.last_day is None or one.last_day >= window.first)
        for one in copies
    )


def _nothing(lack: Lack) -> tuple[CopyEvidence, ...]:
    return tuple(CopyEvidence(one.indicator, Verdict.TOO_LITTLE, lack) for one in MEASURES.values())


@dataclass(frozen=True, slots=True)
class _Province:
    """The communes of a province with their traits."""

    codes: list[str]
    traits: Floats

    def told(self, copy: Adoption, copied: set[str], window: Window) -> tuple[CopyEvidence, ...]:
        others = (row for row, code in enumerate(self.codes) if code not in copied)
        rows = [self.codes.index(copy.commune_id), *others]
        counts = _counts([self.codes[row] for row in rows], window)
        return tuple(
            judge(
                Copy(counts[one.numerator], counts[one.denominator], self.traits[rows], window.before),
                one.indicator,
            )
            for one in MEASURES.values()
        )


def _counts(codes: list[str], window: Window) -> dict[str, Floats]:
    periods = window.before + window.since
    counts = np.zeros((len(COLUMNS), len(codes), periods))
    row = {code: number for number, code in enumerate(codes)}
    for (code, period), told in series.sums_by_period(codes, COLUMNS, window.first, periods, DAYS).items():
        counts[:, row[code], period] = told
    return dict(zip(COLUMNS, counts, strict=True))
