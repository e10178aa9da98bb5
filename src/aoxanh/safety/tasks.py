"""Telling of a new report by e-mail, where the installation sends any; the inbox has it in any case."""

from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from aoxanh.kernel.scope import whole_nation
from aoxanh.people import badge_queries as people
from aoxanh.safety.models import ScamReport


def announce(report: ScamReport) -> None:
    """Order the mail about a report, once it is stored; nothing where no mail can be sent."""
    if settings.EMAIL_HOST:
        transaction.on_commit(partial(mail_report.defer, report_id=str(report.id)))


@app.task(name="safety.mail_report", pass_context=False)
def mail_report(report_id: str) -> None:
    """Tell the police contact and those who lead the team that a report waits; what it says stays in the inbox."""
    with whole_nation():
        report = ScamReport.objects.select_related("commune__parent").filter(id=report_id).first()
        addresses = people.addresses_for_reports(report.commune, report.team_id) if report else []
    if report is None:
        return
    subject = _("A citizen of {commune} has reported a fraud").format(commune=report.commune.address)
    body = _("Please sign in and open “Fraud reports”; it should be answered by {when}.").format(
        when=report.due_at.astimezone().strftime("%H:%M %d/%m/%Y")
    )
    for address in addresses:
        # One mail each: nobody learns who else was told.
        EmailMessage(subject, body, to=[address]).send()
