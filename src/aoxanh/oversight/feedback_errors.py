"""Refusals around what citizens say of a team."""

from django.utils.translation import gettext_lazy as _

from aoxanh.kernel.errors import DomainError


class UnfitFeedback(DomainError):
    """One of the three taps is missing, or the text is too long."""

    code = "unfit_feedback"
    status = 400
    message = _("One of the three answers is missing, or the text is longer than {most} characters.")
    remedy = _("Tap one answer in each row; keep the text short.")


class TooMuchFeedback(DomainError):
    """More has come for one team, or from one address, than people who were helped can have sent."""

    code = "too_much_feedback"
    status = 429
    message = _("Very much has been sent in a short time.")
    remedy = _("Please try again tomorrow, or tell the commune’s office.")
    retry_seconds = 3600


class ComplaintAnswered(DomainError):
    """Somebody answered it first, or it never was a complaint."""

    code = "complaint_answered"
    message = _("This has been answered already.")
    remedy = _("Load the page again to read the answer.")


class UnfitComplaintAnswer(DomainError):
    """An answer without words, or with too many."""

    code = "unfit_complaint_answer"
    status = 400
    message = _("An answer needs 10 to {most} characters.")
    remedy = _("Say what was found and what is done about it; no names, no numbers of people.")
