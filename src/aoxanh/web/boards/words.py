"""What a board and its rows are called."""

from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aoxanh.oversight.queries import Figures, Row
from aoxanh.places.models import Place, Trait
from aoxanh.web import numbers

TRAITS = {
    Trait.Key.BORDER: gettext_lazy("border"),
    Trait.Key.ISLAND: gettext_lazy("island"),
    Trait.Key.REMOTE: gettext_lazy("remote"),
}


def title(figures: Figures) -> str:
    """Return the board's name."""
    if figures.team is not None:
        return f"{figures.team.name} ({figures.place.address})"
    return place_name(figures.place, full=True)


def place_name(place: Place, *, full: bool = False) -> str:
    """Return a place's name with a capital; `full` says the province of a commune too."""
    if place.level == Place.Level.NATION:
        return _("The whole country")
    return capfirst(place.address if full else place.full_name)


def span(figures: Figures) -> str:
    """Return the days of the board in words."""
    period = figures.period
    return (
        numbers.day(period.first)
        if period.days == 1
        else f"{numbers.day(period.first)} – {numbers.day(period.last)}"
    )


def heading(figures: Figures) -> str:
    """Return what the rows of the board's table are."""
    if figures.team is not None:
        return _("Day")
    return {Place.Level.NATION: _("Province"), Place.Level.PROVINCE: _("Commune")}.get(
        Place.Level(figures.place.level), _("Team")
    )


def row_name(figures: Figures, row: Row) -> str:
    """Return a row's name as shown: places with a capital, days as days."""
    return (
        numbers.day(date.fromisoformat(row.key))
        if figures.team is not None and row.key
        else capfirst(row.name)
    )
