"""Old units that a sentence names with their kind ("huyện Đồng Văn"), and the places that they are today."""

import re
from dataclasses import dataclass, field

from aoxanh.kernel.text import nfc
from aoxanh.places import names, search
from aoxanh.places.models import Place
from aoxanh.places.names import Asked, Span

MOST_UNITS = 2
_KINDS = "|".join(sorted(names.WORDS_OF_KINDS.values(), key=len, reverse=True))
_FIRST = re.compile(rf"\b(?:{_KINDS}|xa|phuong|huyen|quan|tinh|thi xa|thi tran|tp)\s+\w", re.IGNORECASE)
# These are also everyday words without their marks ("ra xa lam giay"), so a name after them has to be typed with its marks.
_ASKED_WITH_MARKS = frozenset({"xa", "phuong", "tinh", "quan"})


@dataclass(frozen=True)
class FormerUnit:
    """An old unit with the units around it ("Huyện Đồng Văn, Tỉnh Hà Giang"), and what it is today, in reading order."""

    was: str
    now: tuple[Place, ...]


@dataclass
class _Named:
    """An old unit that a span of the words may name."""

    span: Span
    around: frozenset[str]
    now: dict[str, Place] = field(default_factory=dict)


def former_units(text: str) -> list[FormerUnit]:
    """Return the old units named in a text, in its order; none that several fit, or that a place of today is called alike."""
    first = _FIRST.search(nfc(text))
    if first is None:
        return []
    asked = names.ask(nfc(text)[first.start() :])
    named = _named(asked)
    if not named:
        return []
    today = {(span.start, span.end, one.kind) for one, spans in search.present_units(asked) for span in spans}
    told: list[tuple[Span, FormerUnit]] = []
    by_span: dict[tuple[int, int], list[str]] = {}
    for was, one in named.items():
        # A place that kept its name and kind needs no translation.
        if any(place.fold == one.span.text and place.kind == one.span.kind for place in one.now.values()):
            continue
        by_span.setdefault((one.span.start, one.span.end), []).append(was)
    for (start, end), all_of_it in sorted(
        by_span.items(), key=lambda item: (item[0][0] - item[0][1], item[0])
    ):
        near = [was for was in all_of_it if _has_around(asked, named[was])]
        is_called_alike = (start, end, named[all_of_it[0]].span.kind) in today
        fitting = near or ([] if is_called_alike else all_of_it)
        if len(fitting) == 1 and not any(named[fitting[0]].span.overlaps(span) for span, _ in told):
            one = named[fitting[0]]
            now = sorted(one.now.values(), key=lambda place: place.sort_key)
            told.append((one.span, FormerUnit(fitting[0], tuple(now))))
    told.sort(key=lambda item: item[0].start)
    return [unit for _, unit in told][:MOST_UNITS]


def _named(asked: Asked) -> dict[str, _Named]:
    found: dict[str, _Named] = {}
    for one, spans in search.old_units(asked):
        if one.reason == "name":
            continue
        was = names.named(one.kind, one.was) if one.reason == "old_province" else one.was
        for span in spans:
            if one.was and span.kind == one.kind and _is_written_so(span, one.name):
                held = found.setdefault(was, _Named(span, frozenset(one.around)))
                held.now[one.place.code] = one.place
    return found


def _is_written_so(span: Span, name: str) -> bool:
    has_marks = span.marked != span.text
    if has_marks:
        return span.marked == names.mark_key(name)
    return span.kind not in _ASKED_WITH_MARKS or names.mark_key(name) == span.text


def _has_around(asked: Asked, one: _Named) -> bool:
    """Tell whether the district or province that the unit lay in is named as well."""
    return any(
        not other.overlaps(one.span) and (other.kind or other.marked != other.text)
        for text in one.around
        for other in asked.by_text.get(text, ())
    )
