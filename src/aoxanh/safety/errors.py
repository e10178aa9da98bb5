"""Refusals of the safety room."""

from django.utils.translation import gettext_lazy as _

from aoxanh.kernel.errors import DomainError


class UnfitReport(DomainError):
    """A report without what happened or without a commune."""

    code = "unfit_report"
    status = 400
    message = _("The report cannot be taken: {reason}.")
    remedy = _("Go back, choose from the list and send it again. In danger, call 113.")


class TooManyReports(DomainError):
    """So many reports of one commune in an hour are no longer citizens' own."""

    code = "too_many_reports"
    status = 429
    message = _("Very many reports have come in from this commune within the hour.")
    remedy = _("Please call the commune police, or 113 if you are in danger.")


class ReportMovedOn(DomainError):
    """Somebody took the step already."""

    code = "report_moved_on"
    message = _("This report has been answered already.")
    remedy = _("Load the page again.")


class UnfitAnswer(DomainError):
    """An answer says what was done."""

    code = "unfit_answer"
    status = 400
    message = _("Say in a sentence or two what was done.")
    remedy = _("Write at most 500 characters, without names and numbers of people.")


class UnfitContact(DomainError):
    """The number is not that of an office."""

    code = "unfit_contact"
    status = 400
    message = _("This cannot be the number of an office.")
    remedy = _(
        "Enter a landline (02…), a hotline (1800…, 1900…) or a short number such as 113; never somebody's own mobile."
    )


class UnfitNotice(DomainError):
    """A notice without words, or one that ends before it begins."""

    code = "unfit_notice"
    status = 400
    message = _("This notice cannot be published: {reason}.")
    remedy = _("Correct the field and publish it again.")
