"""What single copies changed, as pages and workbooks show it: never as proof, and plainly where nothing can be said."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from aoxanh.initiatives.evidence.copies import Lack
from aoxanh.initiatives.indicators import MAIN
from aoxanh.initiatives.models import Adoption, CopyEffect
from aoxanh.initiatives.wording import LACKS, WHAT, copy_interval, copy_sentence
from aoxanh.sheets.writing import Cell

TONES = {CopyEffect.Verdict.BETTER: "ok", CopyEffect.Verdict.WORSE: "bad"}
WIDTHS = [12, 12, 10, 34]


@dataclass(frozen=True, slots=True)
class Changed:
    """One indicator of one copy in words."""

    what: str
    verdict: str
    tone: str
    said: str
    between: str


@dataclass(frozen=True, slots=True)
class Changes:
    """All that is known of one copy: what can be said, and of which indicators nothing can, by reason."""

    told: list[Changed]
    untold: list[tuple[str, str]]
    placebos: int
    sessions: int
    last_day: date | None


def changes(rows: list[CopyEffect]) -> Changes | None:
    """Return what a copy changed; None where it was not judged yet. A reason that holds for everything is said once."""
    if not rows:
        return None
    by_lack: dict[str, list[str]] = {}
    for row in rows:
        if row.lack:
            by_lack.setdefault(row.lack, []).append(str(WHAT[row.indicator]))
    untold = [
        (capfirst(str(LACKS[Lack(lack)])), "" if len(whats) == len(rows) else "; ".join(whats))
        for lack, whats in by_lack.items()
    ]
    told = [row for row in rows if not row.lack]
    main = next(row for row in rows if row.indicator == MAIN)
    placebos = max((row.placebos for row in told), default=0)
    return Changes([changed(row) for row in told], untold, placebos, main.cases, main.last_day)


def changed(row: CopyEffect) -> Changed:
    """Return one indicator of one copy in words."""
    verdict = CopyEffect.Verdict(row.verdict)
    return Changed(
        capfirst(str(WHAT[row.indicator])),
        capfirst(str(verdict.label)),
        TONES.get(verdict, ""),
        capfirst(copy_sentence(row)),
        capfirst(copy_interval(row)),
    )


def main_change(copy: Adoption) -> CopyEffect | None:
    """Return what a copy changed in the main indicator, of copies read for a list."""
    found: list[CopyEffect] = copy.main_change  # type: ignore[attr-defined]
    return found[0] if found else None


def tally(copies: Iterable[Adoption]) -> str:
    """Return how many copies did better, worse, neither, or cannot be told; a count of copies and no verdict on the model."""
    judged = [row for row in map(main_change, copies) if row is not None]
    counted = Counter(CopyEffect.Verdict(row.verdict) for row in judged)
    return ", ".join(
        f"{verdict.label}: {counted[verdict]}" for verdict in CopyEffect.Verdict if counted[verdict]
    )


def titles() -> list[str]:
    """Return the titles of the columns that `cells` fills."""
    return [
        _("Change here from, per 100"),
        _("Change here to, per 100"),
        _("Communes like it"),
        _("What that says"),
    ]


def cells(copy: Adoption | None) -> list[Cell]:
    """Return a copy's change in the main indicator for a workbook."""
    row = main_change(copy) if copy else None
    if row is None:
        return [None, None, None, _("Not judged yet.") if copy else ""]
    if row.low is None or row.high is None:
        return [None, None, None, capfirst(copy_sentence(row))]
    return [
        round(row.low),
        round(row.high),
        row.alike,
        capfirst(str(CopyEffect.Verdict(row.verdict).label)),
    ]
