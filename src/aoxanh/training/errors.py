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
