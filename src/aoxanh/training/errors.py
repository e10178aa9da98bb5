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
