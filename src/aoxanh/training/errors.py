"""Refusals of the training room."""

from django.utils.translation import gettext_lazy as _

from aoxanh.kernel.errors import DomainError


class UnfitCertificate(DomainError):
    """A certificate's dates or source cannot be."""

    code = "unfit_certificate"
    status = 400
    message = _("This certificate cannot be recorded: {reason}.")
    remedy = _("Look at the paper again and correct the field.")


class CertificateRevoked(DomainError):
    """Somebody took the certificate back already."""

    code = "certificate_revoked"
    message = _("This certificate has been taken back already.")
    remedy = _("Load the page again.")


class UnfitEvent(DomainError):
    """An event cannot be as it was told."""

    code = "unfit_event"
    status = 400
    message = _("This event cannot be stored: {reason}.")
    remedy = _("Correct the field and send it again.")


class TeacherWasNotThere(DomainError):
    """Whoever passes an event on was not present at it."""

    code = "teacher_was_not_there"
    message = _("Whoever passes a session on must have been present at it.")
    remedy = _("Choose the session that was attended, or let somebody teach who was there.")


class NotInThatState(DomainError):
    """The event is not at the step that the wish needs."""

    code = "event_not_in_that_state"
    message = _("This cannot be done while the event is “{state}”.")
    remedy = _("Load the page again and look at the state of the event.")


class PointThere(DomainError):
    """The commune has a point of that place already."""

    code = "point_there"
    message = _("This commune has a point of that name already.")
    remedy = _("Give the second point another name.")


class SettledAlready(DomainError):
    """Somebody settled it first."""

    code = "attendance_settled"
    message = _("This was settled already.")
    remedy = _("Load the page again.")


class CodeOver(DomainError):
    """A code is wrong, or its time is over."""

    code = "code_over"
    message = _("This code is wrong or no longer holds.")
    remedy = _("Look at the screen of the point, or listen, and use the present code.")


class TooManyTries(DomainError):
    """Somebody tried too many codes."""

    code = "too_many_tries"
    status = 429
    message = _("Too many wrong codes were tried.")
    remedy = _("Wait ten minutes, or ask the host of the point to tick your name.")


class CannotCheckIn(DomainError):
    """Nobody can check in there now."""

    code = "cannot_check_in"
    message = _("You cannot be checked in here: {reason}.")
    remedy = _("Ask the host of the point.")


class NoPaper(DomainError):
    """A certificate that does not hold today is neither signed nor printed."""

    code = "no_paper"
    message = _("This certificate does not hold today.")
    remedy = _("Only a certificate that holds can be downloaded; take the course again to renew it.")


class UnfitGate(DomainError):
    """A decision about a gate lacks its reason."""

    code = "unfit_gate"
    status = 400
    message = _("This cannot be decided: {reason}.")
    remedy = _("Correct the field.")


class UnknownKey(DomainError):
    """No published key has this thumbprint, or it is the one in use."""

    code = "unknown_credential_key"
    status = 404
    message = _("No key that can be withdrawn has this thumbprint.")
    remedy = _("List the keys with: aoxanh credentials keys. The key in use must be rotated first.")
