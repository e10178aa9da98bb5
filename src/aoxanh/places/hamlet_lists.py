"""The list of a commune's hamlets as people type it: read line by line, compared with what is kept, and stored."""

import re

from django.utils.translation import gettext as _

from aoxanh.audit import actions as audit
from aoxanh.kernel.text import nfc, sort_key
from aoxanh.places.errors import NoHamletsHere, TooManyHamlets, UnfitHamlet
from aoxanh.places.models import Hamlet, Place
from aoxanh.places.names import searchable
from aoxanh.privacy.errors import PersonalData, UnreadableText
from aoxanh.privacy.queries import check_text

MOST_HAMLETS = 150
LONGEST_HAMLET = 60
_LINES = re.compile(r"\r\n|\r|\n")
_NUMBERS = re.compile(r"[0-9]+")


def hamlets_of(code: str) -> list[str]:
    """Return the names of a commune's hamlets in order."""
    return list(Hamlet.objects.filter(commune=code).values_list("name", flat=True))


def store_hamlets(*, commune: Place, text: str, by: str) -> int:
    """Keep the names of a text, one in each line, as the commune's hamlets; a row whose folded name stays is kept.

    Who may was checked by the caller; `by` is the actor as the audit shows it. Call it inside a transaction.
    Raises NoHamletsHere, UnfitHamlet, TooManyHamlets.
    """
    if commune.level != Place.Level.COMMUNE:
        raise NoHamletsHere(place=commune.full_name, field="names")
    # Two who save at once wait for each other; keys that refer to the commune do not wait.
    Place.objects.select_for_update(no_key=True).get(code=commune.code)
    wanted = read_names(text)
    known = {row.fold: row for row in Hamlet.objects.filter(commune=commune)}
    gone = [row.id for fold, row in known.items() if fold not in wanted]
    new = [
        Hamlet(commune=commune, name=name, fold=fold, sort_key=in_order(name))
        for fold, name in wanted.items()
        if fold not in known
    ]
    respelt = [row for fold, row in known.items() if fold in wanted and row.name != wanted[fold]]
    for row in respelt:
        row.name, row.sort_key = wanted[row.fold], in_order(wanted[row.fold])
    Hamlet.objects.filter(id__in=gone).delete()
    Hamlet.objects.bulk_create(new)
    Hamlet.objects.bulk_update(respelt, ["name", "sort_key"])
    audit.record(
        chain=commune.code,
        actor=by,
        action="places.hamlets.kept",
        subject=f"place:{commune.code}",
        details={"new": len(new), "respelt": len(respelt), "gone": len(gone), "all": len(wanted)},
    )
    return len(wanted)


def read_names(text: str) -> dict[str, str]:
    """Return the names of a text by their folded form, in the order given. Raises UnfitHamlet, TooManyHamlets."""
    lines = [(number, line) for number, line in enumerate(_LINES.split(text), 1) if line.strip()]
    if len(lines) > MOST_HAMLETS:
        raise TooManyHamlets(count=len(lines), limit=MOST_HAMLETS, field="names")
    names: dict[str, str] = {}
    first: dict[str, int] = {}
    for number, line in lines:
        name = _name(line, number)
        fold = searchable(name)
        if not fold:
            raise UnfitHamlet(line=number, reason=_("it holds no name"), field="names")
        if fold in names:
            raise _twice(number, name, first[fold])
        names[fold], first[fold] = name, number
    return names


def in_order(name: str) -> str:
    """Return the key that sorts hamlets as people count them: Thôn 2 before Thôn 10."""
    return sort_key(_NUMBERS.sub(lambda number: number[0].zfill(3), name))


def _name(line: str, number: int) -> str:
    if len(line) > 10 * LONGEST_HAMLET or len(nfc(line)) > LONGEST_HAMLET:
        reason = _("the name is longer than {limit} signs").format(limit=LONGEST_HAMLET)
        raise UnfitHamlet(line=number, reason=reason, field="names")
    try:
        return check_text(nfc(line), "names")
    except PersonalData as found:
        reason = _("it looks like personal data ({kinds})").format(kinds=found.facts["kinds"])
        raise UnfitHamlet(line=number, reason=reason, field="names") from found
    except UnreadableText as found:
        reason = _("it holds characters that cannot be read")
        raise UnfitHamlet(line=number, reason=reason, field="names") from found


def _twice(number: int, name: str, first: int) -> UnfitHamlet:
    reason = _("“{name}” stands in line {first} already; names that differ only in accents count as one")
    return UnfitHamlet(line=number, reason=reason.format(name=name, first=first), field="names")
