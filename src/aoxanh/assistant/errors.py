"""Refusals of the assistant's room."""

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


class UnfitApproval(DomainError):
    """An approved answer without words, without an office, or too long."""

    code = "unfit_approval"
    status = 400
    message = _("This answer cannot be approved: {reason}.")
    remedy = _("Correct the field and approve it again.")


class CardMovedOn(DomainError):
    """The procedure has another card now than the one that was read."""

    code = "card_moved_on"
    message = _("The card of {code} has changed since you opened this page.")
    remedy = _("Read the card as it is now, and approve the answer again.")


class AnswerEnded(DomainError):
    """Somebody replaced or withdrew the answer already."""

    code = "answer_ended"
    message = _("This answer was replaced or withdrawn already.")
    remedy = _("Load the page again.")


class UnfitFlag(DomainError):
    """A flag, or the answer to one, that says too little or too much."""

    code = "unfit_flag"
    status = 400
    message = _("This cannot be taken: {reason}.")
    remedy = _("Choose from the list and keep the text short, without names and numbers of people.")


class FlagAnswered(DomainError):
    """None of the flags is open any more."""

    code = "flag_answered"
    message = _("These flags have been answered already.")
    remedy = _("Load the page again.")


class UnfitQuestion(DomainError):
    """A question that is empty or too long, or closed without what would answer it."""

    code = "unfit_question"
    status = 400
    message = _("This question cannot be taken: {reason}.")
    remedy = _("Write the question in one or two sentences, without names and numbers of people.")


class TooManyQuestions(DomainError):
    """More questions from one commune in a day than an office can read."""

    code = "too_many_questions"
    status = 429
    message = _("Very many questions have been sent from this commune today.")
    remedy = _("Ask the official on duty, and send the question tomorrow.")


class UnfitClosing(DomainError):
    """A group closed by something that is not there."""

    code = "unfit_closing"
    status = 400
    message = _("These questions cannot be closed like this: {reason}.")
    remedy = _("Add what answers them first, or choose another way.")


class QuestionsClosed(DomainError):
    """None of the questions is open any more."""

    code = "questions_closed"
    message = _("These questions have been closed already.")
    remedy = _("Load the page again.")


class UnfitAlias(DomainError):
    """Words that cannot stand for a procedure."""

    code = "unfit_alias"
    status = 400
    message = _("These words cannot be taken: {reason}.")
    remedy = _(
        "Write what people call the matter, in two to twelve words, without names and numbers of people."
    )


class AliasKnown(DomainError):
    """The words are there already."""

    code = "alias_known"
    message = _("These words are already known for this procedure: {state}.")
    remedy = _("Nothing needs to be done, or decide the proposal that is there.")


class AliasDecided(DomainError):
    """Somebody decided the proposal already."""

    code = "alias_decided"
    message = _("This proposal has been decided already.")
    remedy = _("Load the page again.")
