"""Refusals of the assistant."""

from django.utils.translation import gettext_lazy as _

from aoxanh.kernel.errors import DomainError


class UnfitSwitch(DomainError):
    """A decision about the language model lacks its reason."""

    code = "unfit_switch"
    status = 400
    message = _("The reason is missing or too long.")
    remedy = _("Say in one short sentence why, without names.")


class NotCertifiedToDraft(DomainError):
    """The tools that draft texts need the certificate of the third skill group."""

    code = "not_certified_to_draft"
    message = _("Drafting needs a certificate of the skill group “{group}”.")
    remedy = _("Take the course and its quiz; passing gives the certificate for a year.")


class UnfitDraft(DomainError):
    """A draft was asked for without what it is made from."""

    code = "unfit_draft"
    status = 400
    message = _("There is nothing to make a draft from.")
    remedy = _("Choose one to three procedures, or for a summary write down the difficulties, one a line.")
