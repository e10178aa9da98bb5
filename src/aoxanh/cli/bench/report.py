"""bench report: the weekly reports of all communes in one job, drafted from the database and laid out, beside python-docx."""

import io
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from aoxanh.cli.bench import Report
from aoxanh.cli.bench.campaign import QUICK, simulate_in
from aoxanh.cli.bench.site import BenchSite, bench_site

if TYPE_CHECKING:
    from aoxanh.oversight.reporting.paper import Paper
    from aoxanh.places.models import Place

SESSIONS, VOLUNTEERS, DAYS = 1_000_000, 240_000, 75
# So many of the papers are written by the other writers too, evenly spread over all of them; and so many a quick run.
COMPARED, COMPARED_QUICK = 60, 2
# A weekly report reads two whole weeks, which the last twenty days always hold.
QUICK_DAYS = 20
# Reading the meter costs as much as reading a report, so stages are metered for so many communes together.
AT_ONCE = 50


@dataclass
class Week:
    """The last whole week of the campaign that was played."""

    first: date
    last: date

    @classmethod
    def before(cls, until: str) -> "Week":
        day = date.fromisoformat(until)
        monday = day - timedelta(days=day.weekday() + 7)
        return cls(monday, monday + timedelta(days=6))


@dataclass
class Meter:
    """CPU seconds of this process and PostgreSQL by stage; vacuum of the rows just loaded is counted in, so none is too low."""

    site: BenchSite
    spent: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        before = self._now()
        yield
        self.spent[name] = self.spent.get(name, 0.0) + self._now() - before

    def _now(self) -> float:
        return time.process_time() + self.site.cpu_seconds()["postgresql"]


def measure(*, seed: int, size: float) -> Report:
    """Return the CPU a commune's weekly report costs from gathering its figures to the PDF, all communes in one job.

    Below a whole run the job is that of the province with the fewest communes. `communes_missing` counts communes without a
    report or a whole PDF afterwards, `drafted_twice` those that the same job, ordered again, would draft once more.
    """
    report = Report(
        goals={
            "cpu_s_per_commune": ("<=", 0.5),
            "communes_missing": ("<=", 0),
            "drafted_twice": ("<=", 0),
        }
    )
    is_quick = size < QUICK
    with bench_site(serves=False) as site:
        made = simulate_in(
            site.folder,
            sessions=int(SESSIONS * size / (6 if is_quick else 1)),
            volunteers=max(8_000, int(VOLUNTEERS * min(1.0, size) / (3 if is_quick else 1))),
            seed=seed,
            days=QUICK_DAYS if is_quick else DAYS,
        )
        report.versions["postgresql"] = site.version
        report.size |= {name: made[name] for name in ("sessions", "volunteers", "teams")}
        site.enter()
        _job(site, Week.before(made["until"]), report, is_whole=size >= 1)
    return report


def _job(site: BenchSite, week: Week, report: Report, *, is_whole: bool) -> None:
    from django.db import connection

    from aoxanh.oversight.actions import draft_for_communes
    from aoxanh.people.actors import system

    place, codes = _asked(is_whole=is_whole)
    meter, seen = Meter(site), Progress()
    started = time.monotonic()

    def draft() -> int:
        return draft_for_communes(
            place=place, first=week.first, last=week.last, by=system("bench"), progress=seen
        )

    with meter.stage("draft"):
        drafted = draft()
    every = COMPARED if is_whole else COMPARED_QUICK
    printed = Printed(every=max(1, len(codes) // every))
    for start in range(0, len(codes), AT_ONCE):
        _print(meter, codes[start : start + AT_ONCE], week, printed)
    report.figures["communes_missing"] = len(codes) - printed.whole
    report.figures["cpu_s_per_commune"] = sum(meter.spent.values()) / len(codes)
    report.figures["job_minutes"] = (time.monotonic() - started) / 60
    for stage, seconds in meter.spent.items():
        report.figures[f"{stage}_cpu_ms"] = seconds / len(codes) * 1000
    report.figures["pdf_kb"] = printed.size / max(1, printed.whole) / 1000
    report.figures["drafted_twice"] = draft()
    if seen.told != [(number, drafted) for number in range(1, drafted + 1)]:
        raise RuntimeError("the job did not tell how far it was, commune by commune")
    report.size |= {"communes": len(codes), "drafted": drafted}
    _compare(meter, printed.some, report)
    connection.close()


class Progress:
    """Notes what the job says of how far it is."""

    def __init__(self) -> None:
        self.told: list[tuple[int, int]] = []

    def __call__(self, done: int, total: int) -> None:
        self.told.append((done, total))


def _asked(*, is_whole: bool) -> tuple["Place", list[str]]:
    """Return the place whose communes are reported, with their codes: the nation, or its smallest province."""
    from aoxanh.kernel.scope import whole_nation
    from aoxanh.places import queries as places

    def communes(code: str) -> list[str]:
        return sorted(places.communes_within([code]))

    with whole_nation():
        if is_whole:
            nation = places.nation()
            return nation, communes(nation.code)
        fewest = min(places.provinces(), key=lambda province: (len(communes(province.code)), province.code))
        return fewest, communes(fewest.code)


@dataclass
class Printed:
    """How many papers came out whole, their size together, and one in `every` of them to compare with."""

    every: int
    whole: int = 0
    size: int = 0
    some: "list[Paper]" = field(default_factory=list)

    def add(self, paper: "Paper", made: bytes) -> None:
        if not (made.startswith(b"%PDF-") and made.rstrip().endswith(b"%%EOF")):
            return
        if self.whole % self.every == 0:
            self.some.append(paper)
        self.whole += 1
        self.size += len(made)


def _print(meter: Meter, codes: list[str], week: Week, printed: Printed) -> None:
    """Read the reports of some communes back, each within its own commune, and lay them out."""
    from aoxanh.oversight.reporting.files import file_of

    with meter.stage("read"):
        papers = [paper for code in codes if (paper := _paper(code, week))]
    with meter.stage("pdf"):
        made = [file_of(paper, "pdf") for paper in papers]
    for paper, content in zip(papers, made, strict=True):
        printed.add(paper, content)


def _paper(code: str, week: Week) -> "Paper | None":
    from aoxanh.kernel.scope import Scope, scope
    from aoxanh.oversight.report_queries import newest_of
    from aoxanh.oversight.reporting.paper import paper_of
    from aoxanh.places.queries import place_by_code

    with scope(Scope(communes=frozenset({code}))):
        stored = newest_of(place_by_code(code), "weekly", "union", week.first, week.last)
        return paper_of(stored, site="https://aoxanh.example") if stored else None


def _compare(meter: Meter, some: list["Paper"], report: Report) -> None:
    """Write the same papers with the other writers; `bare_docx` is python-docx with the same words and tables and no layout at all."""
    from aoxanh.oversight.reporting.files import file_of

    writers: dict[str, Callable[[Paper], bytes]] = {
        "docx": lambda paper: file_of(paper, "docx"),
        "xlsx": lambda paper: file_of(paper, "xlsx"),
        "bare_docx": _bare,
    }
    for name, write in writers.items():
        with meter.stage(name):
            for paper in some:
                write(paper)
        report.baselines[f"{name}_cpu_ms"] = meter.spent[name] / max(1, len(some)) * 1000


def _bare(paper: "Paper") -> bytes:
    from docx import Document

    document: Any = Document()
    for line in (paper.head.issuer, *paper.head.right, paper.number, paper.title, paper.excerpt):
        document.add_paragraph(line)
    for heading, blocks in paper.sections:
        document.add_heading(heading, 1)
        for _kind, text in blocks:
            document.add_paragraph(text)
    for table in paper.tables:
        rows = [tuple(column.title for column in table.columns)]
        rows += [tuple(cell.text(paper.language) for cell in row) for row in (*table.rows, table.total)]
        drawn = document.add_table(len(rows), len(table.columns))
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                drawn.cell(number, column).text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
