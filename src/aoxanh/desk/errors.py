"""Refusals of the desk: whole batches, single records, and hand-overs."""

from django.utils.translation import gettext_lazy as _

from aoxanh.kernel.errors import DomainError


class DamagedBody(DomainError):
    """The body does not match its digest; nothing of it was stored."""

    code = "damaged_body"
    status = 400
    message = _("The data were damaged on the way.")
    remedy = _("Send the same batch again.")


class InvalidBatch(DomainError):
    """The batch around the records cannot be read."""

    code = "invalid_batch"
    status = 400
    message = _("The batch cannot be read (field: {field_name}).")
    remedy = _("Update the app and send again; the records stay on the phone.")


class BatchTooLarge(DomainError):
    """More than 200 records or 512 KiB."""

    code = "batch_too_large"
    status = 413
    message = _("The batch is too large.")
    remedy = _("Send at most 200 records and 512 KiB at a time.")


class HandoverAlreadyTaken(DomainError):
    """Somebody else took the hand-over, or it was settled or withdrawn."""

    code = "handover_taken"
    message = _("This hand-over is no longer waiting.")
    remedy = _("Reload the page to see who has it.")


class UnknownReturnCode(DomainError):
    """No session of this commune carries the code."""

    code = "unknown_return_code"
    status = 404
    message = _("No session here has this return code.")
    remedy = _("Check the six characters with the citizen; the code belongs to one commune.")


class PlaceNeeded(DomainError):
    """Somebody who reaches the whole nation asked for single pieces of work without naming a place."""

    code = "place_needed"
    status = 400
    message = _("Single pieces of work are shown for one province or commune at a time.")
    remedy = _("Choose a province or a commune.")


class TooManyDays(DomainError):
    """The days run backwards, or are more than one list of single pieces of work can hold."""

    code = "too_many_days"
    status = 400
    message = _("The days must run forwards, and be at most {limit}.")
    remedy = _("Choose a first and a last day closer together.")


class SessionsExist(DomainError):
    """Whole months are loaded only where there is nothing yet."""

    code = "sessions_exist"
    message = _(
        "This installation already has support sessions; whole months can only be loaded into an empty one."
    )
    remedy = _("Use an empty installation: set AOXANH_DATA_DIR to a new folder.")


class NotTheOwner(DomainError):
    """Loading puts tables in place, which the application role may not do."""

    code = "not_the_owner"
    message = _("Loading whole months needs the role that owns the tables.")
    remedy = _(
        "Put the owner's address into DATABASE_OWNER_URL (docs/operate/install.md) and run the command again."
    )


class UnknownBookmark(DomainError):
    """The place in a list from which to go on cannot be found."""

    code = "unknown_bookmark"
    status = 400
    message = _("The list cannot go on from there.")
    remedy = _("Start again from the first page.")


# What is wrong with one record: code -> (message, remedy). The codes are part of the sync protocol.
class MonthInUse(DomainError):
    """A month of raw sessions could not be let go of, since other work held its table through every try."""

    code = "month_in_use"
    status = 409
    message = _("The month {month} is in use by other work.")
    remedy = _("Nothing was lost. Run it again, or leave it to the nightly job.")


RECORD_FLAWS = {
    "unreadable": (_("The record cannot be read."), _("Update the app; the record stays on the phone.")),
    "newer_schema": (
        _("The app is newer than the server."),
        _("Keep the record; it is sent again after the server is updated."),
    ),
    "invalid_field": (
        _("The field {field_name} has a value that is not allowed."),
        _("Open the record, correct it and save."),
    ),
    "reason_missing": (_("A correction needs a reason."), _("Write in a few words what was wrong.")),
    "personal_data": (
        _("The text seems to hold personal data ({kinds})."),
        _("Take out names, numbers and addresses; write only about the work."),
    ),
    "not_your_team": (
        _("You were not in this team on that day."),
        _("Ask your team leader to add you to the team from that day, then send again."),
    ),
    "not_certified": (
        _("You held no valid certificate for “{kinds}” on that day."),
        _(
            "The record stays on your phone. Ask your commune secretary to record the certificate from that day, then send again."
        ),
    ),
    "consent_missing": (
        _("You are under 18 and no guardian's consent is recorded for that day."),
        _("Give the signed paper to the commune's secretary; once it is recorded, send again."),
    ),
    "day_out_of_range": (
        _("The day is too far from today on the server."),
        _("Check the phone's date; if the date was wrong, record the help again and withdraw this one."),
    ),
    "unknown_procedure": (
        _("The procedure is not in the list."),
        _("Update the reference data, then choose the procedure again."),
    ),
    "unknown_language": (_("The language is not in the list."), _("Choose another language.")),
    "not_your_record": (
        _("Somebody else recorded this session."),
        _("Ask them, or the leader of the team, to correct it."),
    ),
    "clash": (
        _("Another record with the same number is already stored."),
        _("Nothing was overwritten. Open the record and save it as a new one."),
    ),
}


class UnfitAnswer(DomainError):
    """A citizen's answer that is none of the three."""

    code = "unfit_answer"
    status = 400
    message = _("The answer is missing.")
    remedy = _("Choose one of the three answers.")


class UnknownAnswerCode(DomainError):
    """The token names no commune, or its code is not the session's."""

    code = "unknown_answer_code"
    status = 404
    message = _("This code does not belong to any help that was given.")
    remedy = _("Scan the code again from the volunteer’s phone or from your slip.")


class AnswerClosed(DomainError):
    """The help lies too far back, or its day has not come."""

    code = "answer_closed"
    status = 410
    message = _("This code no longer takes an answer; it does so for {days} days.")
    remedy = _("You can still tell the commune’s office about the help you were given.")


class AnsweredAlready(DomainError):
    """Each session takes one answer."""

    code = "answered_already"
    message = _("An answer has been given for this help already.")
    remedy = _("Thank you; nothing more is needed.")


class TooManyAnswers(DomainError):
    """More answers without a session wait in this commune than any day of help has had."""

    code = "too_many_answers"
    status = 429
    message = _("Very many answers have come for this commune today.")
    remedy = _("Please try again tomorrow.")
    retry_seconds = 3600


class SeveralDays(DomainError):
    """A code that stands for help on several days."""

    code = "several_days"
    message = _("This code stands for help on several days: {days}.")
    remedy = _("Choose the day of the help that is meant.")


class OwnWork(DomainError):
    """Nobody enters what a citizen says of their own work or that of their team."""

    code = "own_work"
    message = _("You gave this help yourself, or belong to the team that did.")
    remedy = _("Hand the slip or the code to an official who does not.")


class TooManyWrongCodes(DomainError):
    """Somebody keeps trying codes that nobody holds."""

    code = "too_many_wrong_codes"
    status = 429
    message = _("Too many codes were wrong within an hour.")
    remedy = _("Wait an hour, then read the six characters again with the citizen.")
    retry_seconds = 3600


class UnfitEntry(DomainError):
    """What happened is missing, or is none of the choices."""

    code = "unfit_entry"
    status = 400
    message = _("Something is missing or is none of the choices (field: {field_name}).")
    remedy = _("Choose what happened, and write a reason where something was wrong.")


class UnfitReturnDay(DomainError):
    """A return that lies in the future, or too long ago to be told."""

    code = "unfit_return_day"
    status = 400
    message = _("A return can be noted for today and the {days} days before.")
    remedy = _("Correct the day on which it happened.")


class ReturnTooLate(DomainError):
    """The code is of help given too long before, or only on the same day or later."""

    code = "return_too_late"
    message = _("This code is of no help in the {days} days before that day.")
    remedy = _("Correct the day. What comes back later than that no longer tells against the help.")


class EnteredAlready(DomainError):
    """An answer that weighs as much, or a verdict of the same kind, is there."""

    code = "entered_already"
    message = _("For this help something was told already that weighs as much.")
    remedy = _("Put the slip aside; nothing more is needed.")


class DailyLimitReached(DomainError):
    """One person entered as many as a day of honest work holds."""

    code = "daily_limit_reached"
    status = 429
    message = _("You have entered {most} of these today; more are not taken from one person.")
    remedy = _("Go on tomorrow, or let a colleague enter the rest.")
    retry_seconds = 3600
