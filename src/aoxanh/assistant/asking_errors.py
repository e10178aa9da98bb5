"""What the assistant refuses before it has read a question."""

from django.utils.translation import gettext_lazy as _

from aoxanh.kernel.errors import DomainError


class PersonalQuestion(DomainError):
    """A question holds what could lead to a citizen. Carries the kinds, never the text."""

    code = "personal_question"
    status = 422
    message = _("Your question holds personal data: {kinds}. It was not read and not kept.")
    remedy = _("Ask again without it. The assistant needs to know what is wanted, never who wants it.")


class UnreadableQuestion(DomainError):
    """A question is empty, far too long, or holds characters that nobody can read."""

    code = "unreadable_question"
    status = 422
    message = _("This question cannot be read.")
    remedy = _("Type it again in one or two sentences, at most {limit} characters.")


class AskedTooFast(DomainError):
    """One account asks faster than a person can."""

    code = "asked_too_fast"
    status = 429
    message = _("Too many questions were asked in one minute.")
    remedy = _("Wait a minute, then ask again. The field app answers on the phone itself and is never busy.")
    retry_seconds = 60
