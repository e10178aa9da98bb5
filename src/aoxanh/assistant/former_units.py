"""What old units named in a question are called today, in a sentence each."""

from django.utils import translation
from django.utils.translation import gettext as _

from aoxanh.places import queries as places
from aoxanh.places.former import FormerUnit

MOST_NAMED = 5


def former_units(text: str, language: str) -> tuple[str, ...]:
    """Return a sentence for each old ward, district or province that a text names with its kind; most texts name none."""
    found = places.former_units_in(text)
    with translation.override(language):
        return tuple(_told(unit) for unit in found)


def _told(unit: FormerUnit) -> str:
    named = ", ".join(place.address for place in unit.now[:MOST_NAMED])
    if len(unit.now) > MOST_NAMED:
        return _("“%(was)s” is an old name; its area now belongs to %(now)s and %(more)s other units.") % {
            "was": unit.was,
            "now": named,
            "more": len(unit.now) - MOST_NAMED,
        }
    return _("“%(was)s” is an old name; its area now belongs to %(now)s.") % {"was": unit.was, "now": named}
