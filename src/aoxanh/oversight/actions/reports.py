"""A report's life: drafted from the figures, edited, signed under a number, and corrected by a version that names the change."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from aoxanh.audit import actions as audit
from aoxanh.kernel import clock
from aoxanh.oversight.errors import (
    ReportAlreadyDrafted,
    ReportEditedMeanwhile,
    ReportNotADraft,
    ReportNotSigned,
    ReportNotYetOver,
    UnfitReportPlace,
    UnfitReportText,
)
from aoxanh.oversight.models import Report
from aoxanh.oversight.periods import Period, custom_period
from aoxanh.oversight.report_queries import entries_for, signs_for
from aoxanh.oversight.reporting import narrative, snapshot
from aoxanh.people.actions.accounts import fit_name
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.permissions import Permission, require
from aoxanh.places.models import Place
from aoxanh.privacy.queries import check_text

LONGEST_SECTION = 8_000
LONGEST_NAME, LONGEST_CHANGE = 120, 500
DAYS_OF_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """Which report: of which unit, what kind, in which format and language, over which days."""

    place: Place
    kind: str
    form: str
    first: date
    last: date
    language: str = "vi"


@transaction.atomic
def draft_report(*, facts: ReportFacts, by: Actor) -> Report:
    """Gather the figures and draft the text. Raises UnfitReportPlace, UnfitPeriod or ReportAlreadyDrafted."""
    require(by, Permission.UNIT_REPORT_WRITE, facts.place)
    _check(facts)
    _take_turns(facts.place, facts.form)
    same = Report.objects.filter(
        place=facts.place, form=facts.form, kind=facts.kind, first=facts.first, last=facts.last
    )
    if same.exists():
        raise ReportAlreadyDrafted
    report = compose_report(facts=facts, by=by)
    report.save(force_insert=True)
    _record(report, by, "oversight.report.drafted", {"kind": report.kind, "form": report.form})
    return report


def compose_report(*, facts: ReportFacts, by: Actor) -> Report:
    """Return a report with its figures and its drafted text without storing it. Raises UnfitReportPlace or UnfitPeriod."""
    require(by, Permission.UNIT_REPORT_WRITE, facts.place)
    _check(facts)
    report = Report(
        place=facts.place,
        kind=facts.kind,
        form=facts.form,
        language=facts.language,
        first=facts.first,
        last=facts.last,
    )
    _fill(report, by)
    report.text = narrative.draft(report.figures)
    return report


@transaction.atomic
def edit_report(*, report_id: UUID, text: Mapping[str, str], seen: datetime, by: Actor) -> Report:
    """Store the body as somebody wrote it; the figures and the annex stay as they were computed.

    `seen` is the draft's last change as the editor saw it. Raises ReportNotADraft, ReportEditedMeanwhile, UnfitReportText or
    PersonalData.
    """
    report = _locked_draft(report_id, by)
    if report.edited_at != seen:
        raise ReportEditedMeanwhile
    report.text = {section: _fit(text.get(section, ""), section) for section in narrative.SECTIONS}
    report.edited_at = clock.now()
    report.save(update_fields=["text", "edited_at"])
    _record(report, by, "oversight.report.edited", {})
    return report


@transaction.atomic
def refresh_report(*, report_id: UUID, by: Actor) -> Report:
    """Compute a draft's figures anew and draft its text from them; what was written by hand is lost. Raises ReportNotADraft."""
    report = _locked_draft(report_id, by)
    _fill(report, by)
    report.text = narrative.draft(report.figures)
    report.edited_at = clock.now()
    report.save(update_fields=["figures", "figures_hash", "text", "edited_at"])
    _record(report, by, "oversight.report.refreshed", {"figures": report.figures_hash})
    return report


@transaction.atomic
def discard_report(*, report_id: UUID, by: Actor) -> None:
    """Throw a draft away; it never had a number. Raises ReportNotADraft."""
    report = _locked_draft(report_id, by)
    _record(report, by, "oversight.report.discarded", {"kind": report.kind, "form": report.form})
    report.delete()


@transaction.atomic
def sign_report(*, report_id: UUID, position: str, signer: str, seen: datetime, by: Actor) -> Report:
    """Sign a draft as its unit: it gets the next number of the unit's book of the year, and nothing of it changes any more.

    Only somebody who holds the office at this very place may sign, not one above it. A correction ends what it replaces.
    Raises NotAllowed, ReportNotADraft, ReportEditedMeanwhile, ReportNotYetOver, UnfitReportText, UnfitName or PersonalData.
    """
    report = _locked_draft(report_id, by)
    if not signs_for(by, report.place, report.form):
        raise NotAllowed
    if report.edited_at != seen:
        raise ReportEditedMeanwhile
    if report.last >= clock.today():
        raise ReportNotYetOver(day=f"{report.last + timedelta(days=1):%d/%m/%Y}")
    name = fit_name(" ".join(signer.split()), "signer", LONGEST_NAME)
    if position not in Report.Position.values:
        raise UnfitReportText(field="position", reason=_("it does not say as what it is signed"))
    _take_turns(report.place, report.form)
    report.position, report.signer, report.signed_at = position, name, clock.now()
    report.year = report.signed_at.astimezone(clock.VIETNAM).year
    report.number = _next_number(report)
    report.state = Report.State.SIGNED
    report.digest = digest_of(report)
    report.code = code_of(report.digest)
    report.save()
    if report.replaces_id:
        Report.objects.filter(id=report.replaces_id).update(state=Report.State.CORRECTED)
    _record(report, by, "oversight.report.signed", {"number": report.number, "digest": report.digest})
    return report


@transaction.atomic
def correct_report(*, report_id: UUID, change: str, by: Actor) -> Report:
    """Begin a correction of a signed report: a new draft with fresh figures, the old text, and what changed and why.

    Raises ReportNotSigned, ReportAlreadyDrafted where a correction waits already, UnfitReportText or PersonalData.
    """
    old = _locked(report_id)
    require(by, Permission.UNIT_REPORT_WRITE, old.place)
    if old.state != Report.State.SIGNED:
        raise ReportNotSigned
    if Report.objects.filter(replaces=old).exists():
        raise ReportAlreadyDrafted
    why = check_text(" ".join(change.split()), "change")
    if not 0 < len(why) <= LONGEST_CHANGE:
        raise UnfitReportText(field="change", reason=_("it does not say what changes and why"))
    new = Report(
        place=old.place,
        kind=old.kind,
        form=old.form,
        language=old.language,
        first=old.first,
        last=old.last,
        version=old.version + 1,
        replaces=old,
        change=why,
    )
    _fill(new, by)
    new.text = old.text
    new.save(force_insert=True)
    _record(new, by, "oversight.report.correction_begun", {"version": new.version})
    return new


def digest_of(report: Report) -> str:
    """Return the SHA-256 of all that a signature stands for; anybody with the row can compute it again."""
    signed = report.signed_at
    return snapshot.digest({
        "place": report.place_id, "kind": report.kind, "form": report.form, "language": report.language,
        "first": report.first.isoformat(), "last": report.last.isoformat(), "version": report.version,
        "replaces": str(report.replaces_id or ""), "change": report.change, "figures": snapshot.digest(report.figures),
        "text": report.text, "number": report.number, "year": report.year, "position": report.position,
        "signer": report.signer, "signed_at": signed.isoformat() if signed else "",
    })  # fmt: skip


def code_of(digest: str) -> str:
    """Return the code that a paper carries: the first 80 bits of its digest in base 32."""
    return base64.b32encode(bytes.fromhex(digest)[:10]).decode()


def _check(facts: ReportFacts) -> None:
    known = (
        facts.kind in Report.Kind.values
        and facts.form in Report.Form.values
        and facts.language in Report.Language.values
    )
    is_at_desk = facts.form != Report.Form.STATE or facts.place.level == Place.Level.COMMUNE
    if not known or not is_at_desk:
        raise UnfitReportPlace(field="form")
    period = custom_period(facts.first, facts.last)
    if facts.kind == Report.Kind.WEEKLY and period.days > DAYS_OF_A_WEEK:
        raise UnfitReportText(field="last", reason=_("a weekly report covers seven days at most"))


def _fill(report: Report, by: Actor) -> None:
    period = Period(report.first, report.last)
    entries = entries_for(report.place, period, by)
    report.figures = snapshot.gather(report.place, period, by, report.language, entries)
    report.figures_hash = snapshot.digest(report.figures)


def _take_turns(place: Place, form: str) -> None:
    """Let one transaction at a time write into a unit's book, so that its numbers have no gap and no double."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"report book {place.code} {form}"]
        )


def _next_number(report: Report) -> int:
    book = Report.objects.filter(place=report.place, form=report.form, year=report.year)
    return 1 + (book.aggregate(last=Max("number"))["last"] or 0)


def _locked(report_id: UUID) -> Report:
    return Report.objects.select_for_update(of=("self",)).select_related("place__parent").get(id=report_id)


def _locked_draft(report_id: UUID, by: Actor) -> Report:
    report = _locked(report_id)
    require(by, Permission.UNIT_REPORT_WRITE, report.place)
    if not report.is_draft:
        raise ReportNotADraft
    return report


def _fit(text: str, section: str) -> str:
    lines = (" ".join(line.split()) for line in text.strip().splitlines())
    fit = check_text("\n".join(lines), section)
    if len(fit) > LONGEST_SECTION:
        raise UnfitReportText(field=section, reason=_("a section is longer than 8,000 characters"))
    return fit


def _record(report: Report, by: Actor, action: str, details: dict[str, Any]) -> None:
    days = {"first": report.first.isoformat(), "last": report.last.isoformat()}
    audit.record(
        chain=report.place_id,
        actor=str(by),
        action=action,
        subject=f"report:{report.id}",
        details=days | details,
    )
