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


class FlagMovedOn(DomainError):
    """The question is no longer where the step begins: somebody else was faster, or it is closed."""

    code = "flag_moved_on"
    status = 409
    message = _("This question has moved on.")
    remedy = _("Open it again and look at what was said since.")


class NobodyElse(DomainError):
    """There is nobody in charge but the person that the volunteer talked with."""

    code = "nobody_else"
    status = 409
    message = _("There is nobody else in charge here who could read it.")
    remedy = _("Ask the province to name a coordinator; the question stays open until then.")


class UnfitWords(DomainError):
    """Nothing was said, too much, or the end has no kind."""

    code = "unfit_words"
    status = 400
    message = _("A few words are needed, at most 1,000 characters, and for the end what came of it.")
    remedy = _("Say what happened in your own words.")


class NoProvince(DomainError):
    """Figures are compared within a province."""

    code = "no_province"
    status = 400
    message = _("“{code}” is not a province.")
    remedy = _("Give the two digits of a province, for example 08.")
