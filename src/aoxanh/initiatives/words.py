"""Texts as they are stored: tidied, bounded, checked for personal data, and folded for search."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from aoxanh.initiatives.errors import UnfitInitiative
from aoxanh.initiatives.kinds import Helper, Kind
from aoxanh.kernel.text import fold, nfc
from aoxanh.privacy.queries import check_text

EARLIEST = date(2020, 1, 1)
LATEST = date(2100, 1, 1)
MOST_PEOPLE = 100_000
MOST_COST = 1_000_000_000_000


def fit(text: str, field: str, most: int, *, needed: bool = False, lines: bool = False) -> str:
    """Return a text in one line (or in its lines). Raises UnfitInitiative, PersonalData or UnreadableText."""
    kept = text.splitlines() if lines else [text]
    tidy = "\n".join(line for line in (" ".join(part.split()) for part in kept) if line)
    tidy = check_text(tidy, field)
    if needed and not tidy:
        raise UnfitInitiative(field=field, reason=_("something must be written here"))
    if len(tidy) > most:
        raise UnfitInitiative(
            field=field, reason=_("the text is longer than {most} letters").format(most=most)
        )
    return tidy


def fit_days(first: date | None, last: date | None) -> None:
    """Raise UnfitInitiative for days that lie too far away or in the wrong order."""
    for name, day in (("first_day", first), ("last_day", last)):
        if day is not None and not EARLIEST <= day < LATEST:
            raise UnfitInitiative(field=name, reason=_("this day cannot be right"))
    if first and last and last < first:
        raise UnfitInitiative(field="last_day", reason=_("it ends before it begins"))


def fit_people(people: Mapping[str, int]) -> dict[str, int]:
    """Return how many of each role took part, those of whom nobody did left out. Raises UnfitInitiative."""
    for role, count in people.items():
        if role not in Helper.values or not 0 <= count <= MOST_PEOPLE:
            raise UnfitInitiative(field=role, reason=_("this number of people cannot be right"))
    return {role: people[role] for role in Helper.values if people.get(role)}


def searchable(kind: str, *texts: str) -> str:
    """Return what a search looks through."""
    return fold(" ".join([*texts, str(dict(Kind.choices).get(kind, ""))]))


def wanted_words(text: str) -> list[str]:
    """Return the words of a search, folded; at most eight."""
    return fold(nfc(text))[:120].split()[:8]
