"""What the places room refuses."""

from django.utils.translation import gettext_lazy as _

from aoxanh.kernel.errors import DomainError


class UnknownPlace(DomainError):
    """No province or commune has the code."""

    code = "unknown_place"
    status = 404
    message = _("No province or commune has the code {code}.")
    remedy = _("Search for the place by its name.")


class ChangeOutOfOrder(DomainError):
    """A place is changed from a day on or before its last change."""

    code = "change_out_of_order"
    status = 409
    message = _("{place} already changed on {last}; an earlier change would rewrite its history.")
    remedy = _("Give a later date.")


class WrongKindOfPlace(DomainError):
    """A commune is given a province's kind, or the reverse."""

    code = "wrong_kind_of_place"
    status = 422
    message = _("{place} cannot become a unit of that kind.")
    remedy = _("Choose a kind of the same level.")


class NoMap(DomainError):
    """There is no drawing of the place."""

    code = "no_map"
    status = 404
    message = _("There is no map of the place with the code {code}.")
    remedy = _("Maps exist for the whole country and for each province.")


class NoHamletsHere(DomainError):
    """Hamlets are listed for the nation or a province, which have none of their own."""

    code = "no_hamlets_here"
    status = 422
    message = _("{place} is no commune; hamlets are listed by commune.")
    remedy = _("Open the list of one commune.")


class UnfitHamlet(DomainError):
    """A line of a commune's list of hamlets cannot be kept."""

    code = "unfit_hamlet"
    status = 422
    message = _("Line {line}: {reason}.")
    remedy = _("Correct that line and save again; nothing was changed yet.")


class TooManyHamlets(DomainError):
    """A commune's list of hamlets is longer than any commune's can be."""

    code = "too_many_hamlets"
    status = 422
    message = _("The list has {count} names; at most {limit} can be kept.")
    remedy = _("Write one name in each line and leave everything else out.")
