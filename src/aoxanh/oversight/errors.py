"""Refusals of the oversight room."""

from django.utils.translation import gettext_lazy as _

from aoxanh.kernel.errors import DomainError


class UnreadableDay(DomainError):
    """A day that is not in the calendar or not written as one."""

    code = "unreadable_day"
    status = 400
    message = _("“{text}” is not a day.")
    remedy = _("Write the day as dd/mm/yyyy, for example 05/08/2025.")


class UnfitPeriod(DomainError):
    """The last day comes before the first, or the period is too long."""

    code = "unfit_period"
    status = 400
    message = _("The period must run from an earlier to a later day and cover at most {limit} days.")
    remedy = _("Change the first or the last day.")
