"""Refusals about telling people in their browser."""

from django.utils.translation import gettext_lazy as _

from aoxanh.kernel.errors import DomainError


class PushIsOff(DomainError):
    """Nobody made a key by which push services would know the site."""

    code = "push_is_off"
    status = 409
    message = _("This site cannot send messages to browsers.")
    remedy = _("The inbox and the mail in the morning tell the same.")


class UnfitBrowser(DomainError):
    """A browser gave an address or keys that cannot be used."""

    code = "unfit_browser"
    status = 400
    message = _("This browser cannot be told: {reason}.")
    remedy = _("Turn it on again from the page “Tasks”, or use another browser.")


class NoSuchBrowser(DomainError):
    """There is no such browser of this person."""

    code = "no_such_browser"
    status = 404
    message = _("There is no such browser of yours.")
    remedy = _("Open the page “Tasks” again.")
