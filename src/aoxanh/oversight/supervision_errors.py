"""Refusals about tasks, visits, saved views and alert rules."""

from django.utils.translation import gettext_lazy as _

from aoxanh.kernel.errors import DomainError


class NoSuchTask(DomainError):
    """There is no such open task for this person."""

    code = "no_such_task"
    status = 404
    message = _("There is no such task for you.")
    remedy = _("Open the list of tasks again; somebody may have dealt with it.")


class UnfitStep(DomainError):
    """A task cannot be dealt with in that way."""

    code = "unfit_step"
    status = 400
    message = _("The task was not changed: {reason}.")
    remedy = _("Say in a short sentence why, and for putting off a day within the next 14 days.")


class NoSuchVisit(DomainError):
    """There is no such planned visit of this person."""

    code = "no_such_visit"
    status = 404
    message = _("There is no such planned visit of yours.")
    remedy = _("Open the plan again.")


class UnfitVisit(DomainError):
    """A plan or a visit has facts that do not fit."""

    code = "unfit_visit"
    status = 400
    message = _("The visits were not planned: {reason}.")
    remedy = _("Change what does not fit and try again.")


class UnfitView(DomainError):
    """A view or an alert rule cannot be kept."""

    code = "unfit_view"
    status = 400
    message = _("It was not saved: {reason}.")
    remedy = _("Change what does not fit and try again.")
