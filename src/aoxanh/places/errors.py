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
