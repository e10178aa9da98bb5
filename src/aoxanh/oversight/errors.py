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


class UnfitReportText(DomainError):
    """A section of a report that is too long, or a part that is missing."""

    code = "unfit_report_text"
    status = 400
    message = _("The report cannot be taken like this: {reason}.")
    remedy = _("Change what is named and save again.")


class UnfitReportPlace(DomainError):
    """A format or a unit that does not go together."""

    code = "unfit_report_place"
    status = 400
    message = _("A report of this kind cannot be made for this unit.")
    remedy = _("Choose the Youth Union's format, or another unit.")


class ReportAlreadyDrafted(DomainError):
    """The unit has a report of this kind for these days."""

    code = "report_already_drafted"
    message = _("There is a report of this kind for these days already.")
    remedy = _("Open it in the list; a signed one can be corrected.")


class ReportNotADraft(DomainError):
    """What is signed never changes."""

    code = "report_not_a_draft"
    message = _("This report is signed and cannot be changed.")
    remedy = _("Make a correction: a new version that says what changed and why.")


class ReportEditedMeanwhile(DomainError):
    """Somebody else saved the draft since it was opened."""

    code = "report_edited_meanwhile"
    message = _("Somebody else has saved this draft since you opened it.")
    remedy = _("Open it again in another window and put your changes in there.")


class ReportNotYetOver(DomainError):
    """A report is signed when its days are over, or its figures would not be whole."""

    code = "report_not_yet_over"
    message = _("The days of this report are not over yet.")
    remedy = _("Sign it from {day} on.")


class ReportNotSigned(DomainError):
    """Only a signed report, and only its newest version, can be corrected."""

    code = "report_not_signed"
    message = _("Only the newest signed version of a report can be corrected.")
    remedy = _("Open the newest version.")


class UnfitDifficulty(DomainError):
    """An entry of the briefing without its words, its unit or its day."""

    code = "unfit_difficulty"
    status = 400
    message = _("The entry cannot be taken: {reason}.")
    remedy = _("Change what is named and send it again.")


class DifficultyAnswered(DomainError):
    """Somebody answered it already."""

    code = "difficulty_answered"
    message = _("This entry has been answered already.")
    remedy = _("Load the page again.")
