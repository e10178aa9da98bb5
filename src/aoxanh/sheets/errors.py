"""What the sheets room refuses."""

from django.utils.translation import gettext_lazy as _

from aoxanh.kernel.errors import DomainError


class UnknownKind(DomainError):
    """No sheet of this kind can be read or written."""

    code = "unknown_kind_of_sheet"
    status = 404
    message = _("There is no list of this kind.")
    remedy = _("Choose volunteers, teams, memberships or traits.")


class NoSuchImport(DomainError):
    """The upload is gone, or somebody else's; both look alike."""

    code = "no_such_import"
    status = 404
    message = _("This upload is no longer there.")
    remedy = _("Uploads are kept until they are stored, for 24 hours at most. Send the file again.")


class NotReady(DomainError):
    """The upload is still being read, was stored already, or was refused."""

    code = "import_not_ready"
    message = _("This file cannot be stored now.")
    remedy = _("Load the page again to see how far it is.")


class HasBadRows(DomainError):
    """All rows were asked for, but some are bad."""

    code = "import_has_bad_rows"
    message = _("{bad} rows are not right, so nothing was stored.")
    remedy = _("Correct them in the marked file and send it again, or store only the good rows.")


class UnfitFile(DomainError):
    """The file cannot be read as the list it should be."""

    code = "unfit_file"
    status = 400
    message = _("{message}")
    remedy = _("{remedy}")


class TooManyUploads(DomainError):
    """One person has several uploads waiting."""

    code = "too_many_uploads"
    message = _("You have {count} uploads that are not finished.")
    remedy = _("Store or remove one of them first.")


class TooManyRows(DomainError):
    """The list is too long to be written as .xlsx while a person waits."""

    code = "too_many_rows"
    message = _("The list has more than {limit} rows.")
    remedy = _("Take it as CSV, or one province at a time.")
