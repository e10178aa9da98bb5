"""A report as the parts of one paper, ready for any format: head, title, sections, signature, receivers and annexes."""

import io
from dataclasses import dataclass
from datetime import date
from typing import Literal

import segno
from django.utils.translation import gettext as _
from django.utils.translation import override

from aoxanh.kernel import clock
from aoxanh.oversight.models import Report
from aoxanh.oversight.reporting import heads, written
from aoxanh.oversight.reporting.narrative import SECTIONS, place_in_words
from aoxanh.oversight.reporting.tables import Table, annexes

Block = tuple[Literal["part", "item", "paragraph"], str]


@dataclass(frozen=True, slots=True)
class Check:
    """Where a signed paper can be checked, and the code for it."""

    address: str
    code: str
    digest: str


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything that is printed, in the report's language; nothing of it is markup."""

    language: str
    form: str
    head: heads.Head
    number: str
    place_and_day: str
    title: str
    excerpt: str
    replaces: str
    sections: list[tuple[str, list[Block]]]
    recipients: str
    signer: str
    signed: str
    tables: list[Table]
    annex: str
    notes: str
    check: Check | None
    draft: str

    @property
    def is_draft(self) -> bool:
        return self.check is None


def paper_of(report: Report, *, site: str) -> Paper:
    """Return the paper of a report (with what it replaces); a draft has no number, day or signature and says so."""
    with override(report.language):
        on = day_signed(report)
        head = heads.head_of(report.figures, report.form, report.position)
        return Paper(
            language=report.language,
            form=report.form,
            head=head,
            number=heads.number_of(head, report.form, report.number),
            place_and_day=heads.place_and_day(head, on, (on or clock.today()).year),
            title=_("REPORT"),
            excerpt=excerpt_of(report),
            replaces=_replaces(report),
            sections=[
                (f"{numeral}. {heading}", blocks_of(report.text.get(section, "")))
                for numeral, section, heading in zip(
                    ("I", "II", "III", "IV", "V"), SECTIONS, headings(), strict=True
                )
            ],
            recipients=_("Received by:"),
            signer=report.signer,
            signed=_("Signed electronically on {day}").format(day=written.day(on)) if on else "",
            tables=annexes(report.figures),
            annex=_("ANNEX"),
            notes=_("What the figures count"),
            check=Check(f"{site}/r/{report.code}/", grouped(report.code), report.digest)
            if report.code
            else None,
            draft=_("DRAFT"),
        )


def headings() -> tuple[str, ...]:
    """Return the titles of the five sections, as reports of the Union have them."""
    return (
        _("SITUATION"),
        _("RESULTS"),
        _("ASSESSMENT"),
        _("TASKS AHEAD"),
        _("DIFFICULTIES AND PROPOSALS"),
    )


def excerpt_of(report: Report) -> str:
    """Return what the report is about, in the line below its title."""
    days = {"first": written.day(report.first), "last": written.day(report.last)}
    if report.kind == Report.Kind.WEEKLY:
        return _(
            "Results of the volunteer youth teams supporting the two-level local government, week from {first} to {last}"
        ).format(**days)
    if report.kind == Report.Kind.MIDTERM:
        return _(
            "Mid-term results of the volunteer youth teams supporting the two-level local government, from {first} to {last}"
        ).format(**days)
    return _(
        "Final results of the volunteer youth teams supporting the two-level local government, from {first} to {last}"
    ).format(**days)


def name_of(report: Report) -> str:
    """Return what a list calls the report: kind, place and days."""
    kind = str(Report.Kind(report.kind).label)
    return f"{kind[:1].upper()}{kind[1:]} – {place_in_words(report.figures)}, {written.day(report.first)} – {written.day(report.last)}"


def day_signed(report: Report) -> date | None:
    """Return the day in Vietnam on which it was signed."""
    return report.signed_at.astimezone(clock.VIETNAM).date() if report.signed_at else None


def full_number(report: Report) -> str:
    """Return the number by which other papers quote the report, without "Số:"."""
    head = heads.head_of(report.figures, report.form, report.position)
    return heads.number_of(head, report.form, report.number).removeprefix("Số: ")


def grouped(code: str) -> str:
    """Return a code in groups of four, easier to read out."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def blocks_of(text: str) -> list[Block]:
    """Return a section's text as blocks: "1. …" opens a part, "- …" is an item, anything else a paragraph."""
    found: list[Block] = []
    for line in (line.strip() for line in text.splitlines()):
        number, dot, _rest = line.partition(". ")
        if dot and number.isdecimal() and len(number) <= 2:
            found.append(("part", line))
        elif line.startswith(("- ", "– ", "• ")):
            found.append(("item", line[2:].strip()))
        elif line:
            found.append(("paragraph", line))
    return found


def qr(address: str) -> str:
    """Return the QR code of an address as SVG."""
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", scale=4, border=1)
    return out.getvalue().decode()


def _replaces(report: Report) -> str:
    older = report.replaces
    on = day_signed(older) if older else None
    if older is None or on is None:
        return ""
    return _("(Replaces report {number} of {day}. {change})").format(
        number=full_number(older), day=written.day(on), change=report.change
    )
