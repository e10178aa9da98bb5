"""Refusals about rosters, shifts, swaps and check-ins."""

from django.utils.translation import gettext_lazy as _

from aoxanh.kernel.errors import DomainError


class UnfitRoster(DomainError):
    """The days or the pattern of a roster cannot be."""

    code = "unfit_roster"
    status = 400
    message = _("This roster cannot be made: {reason}.")
    remedy = _("Correct the field and try again.")


class RosterOverlaps(DomainError):
    """The team has a published roster for some of these days."""

    code = "roster_overlaps"
    message = _("The team has a published roster for some of these days already.")
    remedy = _("Change the published one, or choose later weeks.")


class RosterNotOpen(DomainError):
    """The roster is at work, replaced or discarded."""

    code = "roster_not_open"
    message = _("This roster cannot be changed now: it is {state}.")
    remedy = _("Load the page again, or open the team's present roster.")


class RosterChanged(DomainError):
    """The published roster changed after the mended draft was made."""

    code = "roster_changed"
    message = _("The published roster has changed since this draft was made, for example by a swap.")
    remedy = _("Discard the draft and have the roster mended again.")


class NobodyToRoster(DomainError):
    """The team has no members in these weeks."""

    code = "nobody_to_roster"
    message = _("The team has no members in these weeks.")
    remedy = _("Add members to the team first.")


class DoubleBooked(DomainError):
    """Somebody is on another shift in the same half day, here or in another team."""

    code = "double_booked"
    message = _("{who} is on another shift on {day}, {half}.")
    remedy = _("Take the person off one of the two shifts.")


class AgainstRule(DomainError):
    """A rule of the roster forbids it; `rule` is its name."""

    code = "against_rule"
    message = _("{who} cannot take this place: {why}.")
    remedy = _("Choose another person or another shift.")


class MayNotLeave(DomainError):
    """Somebody under age would be left without an adult."""

    code = "may_not_leave"
    message = _("{who} cannot leave this place: {why}.")
    remedy = _("Find an adult for the shift first.")


class ShiftOver(DomainError):
    """The day of the shift is past."""

    code = "shift_over"
    message = _("The day of this shift is past.")
    remedy = _("Only shifts of today and later can be changed.")


class UnfitShift(DomainError):
    """A shift's day, seats or place cannot be."""

    code = "unfit_shift"
    status = 400
    message = _("This shift cannot be: {reason}.")
    remedy = _("Correct the field and try again.")


class ShiftHeld(DomainError):
    """People hold seats on a shift that should go."""

    code = "shift_held"
    message = _("People are on this shift.")
    remedy = _("Take them off first.")


class UnfitAbsence(DomainError):
    """The days of an absence or a wish cannot be."""

    code = "unfit_absence"
    status = 400
    message = _("These days cannot be: {reason}.")
    remedy = _("Correct the days and try again.")


class TooManyWishes(DomainError):
    """More wishes or absences than a roster can weigh."""

    code = "too_many_wishes"
    message = _("There are {count} already.")
    remedy = _("Remove one first.")


class SwapSettled(DomainError):
    """The swap was answered or withdrawn, or its shifts are held by others now."""

    code = "swap_settled"
    message = _("This question was answered already, or the places have changed hands.")
    remedy = _("Load the page again and ask anew.")


class AlreadyAsked(DomainError):
    """The same person was asked about the same shift."""

    code = "already_asked"
    message = _("You have asked this person about this shift already.")
    remedy = _("Wait for the answer, or withdraw the question.")


class NotOnShift(DomainError):
    """The person holds no seat on the shift."""

    code = "not_on_shift"
    status = 404
    message = _("There is no such place for you.")
    remedy = _("Load your shifts again.")
