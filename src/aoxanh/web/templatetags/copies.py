"""What a copy in a list changed in the main indicator, in words."""

from collections.abc import Iterable

from django import template

from aoxanh.initiatives.models import Adoption
from aoxanh.web.initiatives.changes import Changed, changed, main_change
from aoxanh.web.initiatives.changes import tally as _tally

register = template.Library()


@register.filter
def change_here(copy: Adoption) -> Changed | None:
    """Return what a copy changed; None where it was not judged yet."""
    row = main_change(copy)
    return changed(row) if row else None


@register.filter
def tally(copies: Iterable[Adoption]) -> str:
    """Return how many copies did better, worse, neither, or cannot be told."""
    return _tally(copies)
