"""The engine's rules, flaws and kinds of seat in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

RULES: Mapping[str, Any] = {
    "member_unknown": _("this person is not in the team"),
    "shift_unknown": _("this shift is not on the roster"),
    "seat_unknown": _("this shift has no such seat"),
    "seat_full": _("all seats of this kind are taken"),
    "certificate": _("the seat asks for a valid certificate"),
    "adult_with_police": _("only an adult pairs with the police"),
    "away": _("an absence or another team's shift lies on this half day"),
    "half_day": _("this is not one of the free half days told"),
    "reach": _("the place is farther than this person travels"),
    "consent": _("this person is under 18 and no guardian's consent is recorded"),
    "minor_far": _("the place is too far from home for somebody under 18"),
    "minor_heat": _("nobody under 18 works outdoors on an afternoon with a heat warning"),
    "taken": _("this person is on another shift in this half day"),
    "week": _("the half days of the week are used up"),
    "days_a_week": _("one day of the week stays free"),
    "days_in_row": _("too many days in a row"),
    "heat": _("too much work outdoors in the heat"),
    "week_km": _("the kilometres of the week are used up"),
    "between": _("the two places of this day are too far apart"),
    "rest": _("the morning after a far trip is free"),
    "minor_alone": _("somebody under 18 needs an adult on the shift"),
    "minor_dossiers": _("somebody under 18 enters dossiers beside an adult only"),
}

SEATS: Mapping[str, Any] = {
    "outreach": _("Outreach"),
    "vneid": _("VNeID"),
    "services": _("Online services"),
    "ai": _("AI assistant"),
    "police": _("Pair with the police"),
}

FLAWS: Mapping[str, Any] = {
    "lone_shift": _("Shifts outdoors for one person were raised to two: nobody goes alone."),
    "row_unknown": _("Absences or wishes with impossible days were left out."),
    "pin_unknown": _("Places set by hand for people who left the team were let go of."),
    "pin_against_rule": _("Places set by hand that a rule now forbids were let go of."),
    "no_hours": _("Members who told no free half days cannot be rostered; ask them for their hours."),
}
