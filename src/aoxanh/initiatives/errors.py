"""Refusals of the initiatives room."""

from django.utils.translation import gettext_lazy as _

from aoxanh.kernel.errors import DomainError


class UnfitInitiative(DomainError):
    """Something that an initiative must say is missing, too long or out of bounds."""

    code = "unfit_initiative"
    status = 400
    message = _("This cannot be taken as it is: {reason}.")
    remedy = _("Correct the field and send it again.")


class InitiativeMovedOn(DomainError):
    """Its state does not allow this step; mostly somebody else took one first."""

    code = "initiative_moved_on"
    message = _("This initiative is no longer where this step could be taken.")
    remedy = _("Load the page again and look at what was decided.")


class ReasonMissing(DomainError):
    """Whoever sends back, retires or merges says why."""

    code = "reason_missing"
    status = 400
    message = _("This step needs a reason.")
    remedy = _("Write in a sentence or two why, so that others can learn from it.")


class NotTheSame(DomainError):
    """Only two initiatives of which one can take the other in may be merged."""

    code = "not_the_same"
    message = _("These two cannot be merged.")
    remedy = _("Choose another initiative that is still alive and that you may read.")


class AlreadyAdopted(DomainError):
    """A commune copies an initiative once at a time."""

    code = "already_adopted"
    message = _("This commune has adopted the initiative already.")
    remedy = _("Open the copy that is running; stop it before you begin another one.")


class AdoptionStopped(DomainError):
    """What is over takes no more entries."""

    code = "adoption_stopped"
    message = _("This copy was stopped.")
    remedy = _("Adopt the initiative again if it goes on.")


class UnfitFile(DomainError):
    """A file that is too large, or of a type that is not taken."""

    code = "unfit_file"
    status = 400
    message = _("This file cannot be taken: {reason}.")
    remedy = _("Send a PDF or a sound clip (MP3, Ogg, M4A or WebM) within the size that is named.")


class ConsentMissing(DomainError):
    """A voice belongs to somebody."""

    code = "consent_missing"
    status = 400
    message = _("A sound clip needs the consent of whoever is heard.")
    remedy = _("Ask for it, and note in a few words how it was given, without a name.")


class UnfitWaves(DomainError):
    """Waves that leave nothing fair to compare, or that cannot be carried out."""

    code = "unfit_waves"
    status = 400
    message = _("Waves cannot be drawn so: {reason}.")
    remedy = _("Choose more communes, fewer waves or fewer communes that wait.")


class OfferAnswered(DomainError):
    """An offer is answered once."""

    code = "offer_answered"
    message = _("This offer was answered already.")
    remedy = _("Load the page again and look at what was answered.")


class UnfitCount(DomainError):
    """Counts that contradict each other."""

    code = "unfit_count"
    status = 400
    message = _("These counts cannot be right: {reason}.")
    remedy = _("Count again and correct the field.")


class TooManyProposals(DomainError):
    """Proposals are read by people; nobody has more than these can read in hand."""

    code = "too_many_proposals"
    message = _("Many of your proposals wait to be read already.")
    remedy = _("Wait until your commune has answered some of them.")


class UnknownInitiative(DomainError):
    """There is none, or none that this person may read."""

    code = "unknown_initiative"
    status = 404
    message = _("There is no such initiative.")
    remedy = _("Go back to the list of initiatives.")
