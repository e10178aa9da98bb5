"""Refusals of the privacy room, and the names of the kinds of personal data."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from aoxanh.kernel.errors import DomainError
from aoxanh.privacy.detection import Finding

KIND_NAMES: dict[str, Any] = {
    "id_number": _("citizen number"),
    "old_id_number": _("old identity card number"),
    "phone": _("phone number"),
    "email": _("e-mail address"),
    "bank": _("bank account or card number"),
    "insurance": _("insurance number"),
    "passport": _("passport number"),
    "plate": _("vehicle plate"),
    "otp": _("one-time code"),
    "password": _("password"),
    "birth_date": _("date of birth"),
    "full_name": _("full name"),
    "address": _("home address"),
    "social_link": _("personal web page"),
    "long_number": _("long number"),
}


class PersonalData(DomainError):
    """A free text holds what could lead to a citizen. Carries the kinds, never the text."""

    code = "personal_data"
    status = 422
    message = _("This text holds personal data: {kinds}.")
    remedy = _("Take it out and write only what was done. If it is not personal data, write it in words.")


class UnreadableText(DomainError):
    """A text holds control characters or halves of characters."""

    code = "unreadable_text"
    status = 422
    message = _("This text holds characters that cannot be read.")
    remedy = _("Delete the text and type it again instead of pasting it.")


class UnknownPerson(DomainError):
    """There is no account of that name to forget."""

    code = "unknown_person"
    status = 404
    message = _("There is no account with the name {username}.")
    remedy = _("Check the account name; somebody already forgotten has none.")


def kinds_in_words(findings: Iterable[Finding]) -> str:
    """Return the kinds found, each once, in the reader's language: "phone number, full name"."""
    return ", ".join(str(KIND_NAMES[kind]) for kind in dict.fromkeys(finding.kind for finding in findings))
