"""Reports of fraud: told by anybody without a name, seen, handled and answered by the team's leader and the police."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from aoxanh.audit import actions as audit
from aoxanh.kernel import clock
from aoxanh.kernel.scope import Scope, scope
from aoxanh.people.actors import Actor
from aoxanh.people.models import Team
from aoxanh.people.permissions import Permission, require
from aoxanh.places.models import Place
from aoxanh.privacy.queries import check_text
from aoxanh.safety import tasks
from aoxanh.safety.errors import ReportMovedOn, TooManyReports, UnfitAnswer, UnfitReport
from aoxanh.safety.models import ScamReport

LONGEST = 500
# A fraud who has a code or a password acts within minutes; the rest can wait for a day.
DUE = {
    ScamReport.Kind.OTP: timedelta(hours=4),
    ScamReport.Kind.PASSWORD: timedelta(hours=4),
    ScamReport.Kind.MONEY: timedelta(hours=4),
}
DUE_OTHERWISE = timedelta(hours=24)
MOST_AN_HOUR = 60


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What a citizen tells. Team, volunteer and what the page said of the badge are known when a badge was looked at."""

    commune: Place
    kind: str
    text: str = ""
    team: Team | None = None
    about: UUID | None = None
    badge: str = ""


def tell_report(*, facts: ReportFacts) -> ScamReport:
    """Store a report of somebody unknown, and tell those who must act. Raises UnfitReport, PersonalData or TooManyReports.

    Nobody acts here, so that nothing about the reporter can be kept; the audit says that a report came in, from "anonymous".
    """
    if facts.commune.level != Place.Level.COMMUNE:
        raise UnfitReport(field="commune", reason=_("no commune was chosen"))
    if facts.kind not in ScamReport.Kind.values:
        raise UnfitReport(field="kind", reason=_("it does not say what happened"))
    text = check_text(" ".join(facts.text.split()), "text")
    if len(text) > LONGEST:
        raise UnfitReport(field="text", reason=_("the text is longer than 500 characters"))
    now = clock.now()
    # Who reports reaches nothing; this one row lies in the commune that it is about.
    with scope(Scope(communes=frozenset({facts.commune.code}))), transaction.atomic():
        lately = ScamReport.objects.filter(commune=facts.commune, made_at__gt=now - timedelta(hours=1))
        if lately.count() >= MOST_AN_HOUR:
            raise TooManyReports
        report = ScamReport.objects.create(
            commune=facts.commune,
            team=facts.team,
            about=facts.about,
            badge=facts.badge,
            kind=facts.kind,
            text=text,
            made_at=now,
            due_at=now + DUE.get(ScamReport.Kind(facts.kind), DUE_OTHERWISE),
        )
        audit.record(
            chain=facts.commune.code,
            actor="anonymous",
            action="safety.report.told",
            subject=f"report:{report.id}",
            details={"kind": report.kind},
        )
        tasks.announce(report)
    return report


@transaction.atomic
def move_report(*, report: ScamReport, state: str, by: Actor, answer: str = "") -> ScamReport:
    """Say that a report was seen, is being handled, or was answered; states go forward only.

    Raises ReportMovedOn when it is there already, UnfitAnswer, or PersonalData.
    """
    rows = ScamReport.objects.select_for_update(of=("self",)).select_related("commune", "team")
    report = rows.get(id=report.id)
    require(by, Permission.REPORT_HANDLE, report.commune, team_id=report.team_id)
    order = ScamReport.ORDER
    if state not in order[1:]:
        raise UnfitAnswer(field="state")
    if order.index(state) <= order.index(report.state):
        raise ReportMovedOn
    now = clock.now()
    if state == ScamReport.State.ANSWERED:
        report.answer = check_text(" ".join(answer.split()), "answer")
        if not 0 < len(report.answer) <= LONGEST:
            raise UnfitAnswer(field="answer")
        report.answered_at = now
    report.seen_at = report.seen_at or now
    report.state = state
    report.handler = min((str(grant.role) for grant in by.grants), default="")
    report.save(update_fields=["answer", "answered_at", "seen_at", "state", "handler"])
    if state == ScamReport.State.SEEN:
        _record(report, by, action="safety.report.seen")
    elif state == ScamReport.State.HANDLING:
        _record(report, by, action="safety.report.handling")
    else:
        _record(report, by, action="safety.report.answered")
    return report


def _record(report: ScamReport, by: Actor, *, action: str) -> None:
    audit.record(chain=report.commune_id, actor=str(by), action=action, subject=f"report:{report.id}")
