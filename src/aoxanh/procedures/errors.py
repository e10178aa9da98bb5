"""Refusals of the procedures room."""

from django.utils.translation import gettext_lazy as _

from aoxanh.kernel.errors import DomainError
from aoxanh.procedures.card import Flaw


class CardInvalid(DomainError):
    """A card breaks the rules of cards; `flaws` lists everything that is wrong, not only the first thing."""

    code = "card_invalid"
    status = 422
    message = _("The card {card} is not right at “{field}”: {problem}")
    remedy = _("Put that field right, then save again.")

    def __init__(self, *, card: str, flaws: tuple[Flaw, ...]) -> None:
        self.flaws = flaws
        super().__init__(field=flaws[0].field, card=card, problem=flaws[0].message)
        self.facts["field"] = flaws[0].field

    @classmethod
    def twice(cls, code: str) -> "CardInvalid":
        """Return the refusal of a second card with the same code."""
        return cls(card=code, flaws=(Flaw("code", str(_("Another card has this code already."))),))


class EditConflict(DomainError):
    """Somebody published a version after the one that this edit began from."""

    code = "edit_conflict"
    message = _("While you were editing, version {newest} of this card was published.")
    remedy = _("Compare your text with the new version, then publish on top of it.")


class UnknownProcedure(DomainError):
    """No card has that code, or none holds for that day and province."""

    code = "unknown_procedure"
    status = 404
    message = _("No procedure card has the code {code}.")
    remedy = _("Search by name, or check the code on the national portal.")


class NotSupersedable(DomainError):
    """A procedure cannot take the place of itself, nor of the one that takes its own place."""

    code = "not_supersedable"
    message = _("{new} cannot take the place of {old}.")
    remedy = _("Choose a procedure that is in force and does not lead back.")
