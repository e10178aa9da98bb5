"""Finding a place by what somebody typed: a present, former or old name, with or without diacritics and kinds.

Every run of the typed words is looked up by indexed columns; each hit is then judged by how many of the words it and its
district and province account for. Costs three to five small queries, never a scan in Python.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import reduce
from itertools import chain
from operator import or_
from typing import Literal

from django.db.models import F, Q

from aoxanh.places import names, seed
from aoxanh.places.models import LegacyWard, Place, PlaceVersion
from aoxanh.places.names import Asked, Span

Reason = Literal["code", "name", "former_name", "old_code", "old_ward", "old_district", "old_province"]
LEAST_ACCOUNTED = 0.5  # A hit that explains less of the words than this is a coincidence.
LEAST_ALIKE = 0.72  # Chosen so that one wrong letter in a short syllable still suggests the name.
MOST_SUGGESTIONS = 5


@dataclass(frozen=True)
class PlaceMatch:
    """A place that may be meant, and why: `was` is the old name it was found by, with district and province."""

    place: Place
    reason: Reason
    was: str = ""
    divided: bool = False
    accounted: float = 1.0
    kind_agrees: int = 0
    marks_agree: int = 0
    usual: bool = True

    @property
    def rank(self) -> tuple[float, int, int]:
        """What decides; equal ranks are asked back."""
        return (self.accounted, self.kind_agrees, self.marks_agree)

    @property
    def order(self) -> tuple[float, int, int, bool, bool]:
        return (*self.rank, self.reason in ("name", "code"), self.usual)


@dataclass(frozen=True)
class FoundPlaces:
    """The answer to a search. `ask_back` says that the person must choose; with no match, names that look alike."""

    text: str
    matches: tuple[PlaceMatch, ...] = ()
    ask_back: bool = False
    suggestions: tuple[Place, ...] = ()

    @property
    def only(self) -> Place | None:
        """The place meant, when there is no doubt."""
        return self.matches[0].place if self.matches and not self.ask_back else None


@dataclass(frozen=True)
class _Candidate:
    """A unit, present or old, that a span of the words names."""

    place: Place
    reason: Reason
    kind: str
    name: str
    around: dict[str, frozenset[str]]
    levels: frozenset[str]
    was: str = ""
    divided: bool = False
    usual: bool = True


_Units = Iterator[tuple[_Candidate, list[Span]]]


def search(text: str, on: date | None, limit: int) -> FoundPlaces:
    """Find what `text` names, as of a day (today when None); see `queries.find_places`."""
    asked = names.ask(text)
    if not asked.pieces:
        return FoundPlaces(text)
    found = _by_code(text.strip(), on) or _best_by_place(_judged(asked, on))
    ranked = sorted(
        found, key=lambda match: (match.order, -len(match.place.code), match.place.sort_key), reverse=True
    )
    if not ranked:
        return FoundPlaces(text, suggestions=_alike(asked))
    best = ranked[0]
    top = sorted((match for match in ranked if match.rank == best.rank), key=_reading_order)
    unsure = len(top) > 1 or best.accounted < 1
    if unsure:
        top += [match for match in ranked if match.accounted == best.accounted and match.rank != best.rank]
    suggestions = _alike(asked) if best.accounted < 1 else ()
    return FoundPlaces(text, tuple(top[:limit]), unsure, suggestions)


def present_units(asked: Asked) -> _Units:
    """Yield the units of today whose name is among the words."""
    return _present(asked, None)


def old_units(asked: Asked) -> _Units:
    """Yield the wards, districts and provinces of before July 2025 whose name is among the words."""
    return chain(_old_wards(asked), _old_districts(asked), _old_provinces(asked))


def _reading_order(match: PlaceMatch) -> tuple[bool, bool, str]:
    return (match.reason != "name", not match.usual, match.place.sort_key)


def _by_code(text: str, on: date | None) -> list[PlaceMatch]:
    """Look a code up in both schemes: 1,871 codes name one unit now and another before July 2025."""
    if not (text.isascii() and text.isdigit() and len(text) in (2, 5)):
        return []
    matches = [
        PlaceMatch(place, "code") for place in Place.objects.filter(code=text).select_related("parent")
    ]
    present = {match.place.code for match in matches}
    if len(text) == 5:
        rows = LegacyWard.objects.filter(old_code=text).select_related("place__parent")
        matches += [_old_code_match(row) for row in rows if row.place_id not in present]
    if on is not None and on < seed.SCHEME_STARTS:
        matches = [match for match in matches if match.reason == "old_code"] or matches
    return matches


def _old_code_match(row: LegacyWard) -> PlaceMatch:
    return PlaceMatch(row.place, "old_code", _was(row), row.is_divided, usual=row.is_default)


def _judged(asked: Asked, on: date | None) -> Iterator[PlaceMatch]:
    """Yield what each kind of unit offers; whole districts only when nothing smaller explains every word."""
    best = 0.0
    for units in (_present(asked, on), _old_wards(asked), _old_provinces(asked)):
        for match in _matches(asked, units):
            best = max(best, match.accounted)
            yield match
    if best < 1:
        yield from _matches(asked, _old_districts(asked))


def _matches(asked: Asked, units: _Units) -> Iterator[PlaceMatch]:
    for candidate, spans in units:
        for span in spans:
            match = _judge(asked, candidate, span)
            if match is not None:
                yield match


def _judge(asked: Asked, candidate: _Candidate, span: Span) -> PlaceMatch | None:
    """Weigh one candidate for one span: how many words it explains, and whether kind and diacritics agree."""
    if span.kind and span.kind not in candidate.levels:
        return None  # "quận 3" is no ward called 3.
    explained = span.end - span.first
    taken = [span]
    for text, kinds in sorted(candidate.around.items(), key=lambda item: -len(item[0])):
        for other in asked.by_text.get(text, ()):
            if (not other.kind or other.kind in kinds) and not any(other.overlaps(one) for one in taken):
                taken.append(other)
                explained += other.end - other.first
                break
    if explained / asked.count < LEAST_ACCOUNTED:
        return None
    return PlaceMatch(
        candidate.place,
        candidate.reason,
        candidate.was,
        candidate.divided,
        explained / asked.count,
        int(span.kind == candidate.kind) if span.kind else 0,
        _marks_agree(span, candidate.name),
        candidate.usual,
    )


def _marks_agree(span: Span, name: str) -> int:
    if span.marked == span.text:
        return 0
    return 1 if span.marked == names.mark_key(name) else -1


def _best_by_place(matches: Iterable[PlaceMatch]) -> list[PlaceMatch]:
    best: dict[str, PlaceMatch] = {}
    for match in matches:
        known = best.get(match.place.code)
        if known is None or match.order > known.order:
            best[match.place.code] = match
    return list(best.values())


def _present(asked: Asked, on: date | None) -> _Units:
    """Yield the units whose name, today or on the day, is among the words; a name given up since is found as former."""
    if on is not None and on < seed.SCHEME_STARTS:
        return
    texts = asked.by_text
    by_name = Place.objects.filter(fold__in=texts).exclude(level=Place.Level.NATION).select_related("parent")
    versions = _versions_on(by_name, on)
    for place in by_name:
        kind, name = versions.get(place.code, (place.kind, place.name))
        if names.searchable(name) in texts:
            yield _unit(place, "name", kind, name), texts[names.searchable(name)]
    # Nearly all have borne one name since the scheme began: to join those as well costs more than all else here.
    changed = PlaceVersion.objects.exclude(valid_from=seed.SCHEME_STARTS, valid_to=None)
    for version in changed.exclude(name=F("place__name")).select_related("place__parent"):
        fold = names.searchable(version.name)
        if fold in texts:
            holds = (
                on is not None
                and version.valid_from <= on
                and (version.valid_to is None or on < version.valid_to)
            )
            yield (
                _unit(version.place, "name" if holds else "former_name", version.kind, version.name),
                texts[fold],
            )


def _versions_on(places: Iterable[Place], on: date | None) -> dict[str, tuple[str, str]]:
    if on is None:
        return {}
    rows = PlaceVersion.objects.filter(place__in=[place.code for place in places], valid_from__lte=on)
    return {row.place_id: (row.kind, row.name) for row in rows.order_by("valid_from")}


def _unit(place: Place, reason: Reason, kind: str, name: str) -> _Candidate:
    was = names.named(kind, name) if reason == "former_name" else ""
    if place.level == Place.Level.PROVINCE:
        return _Candidate(place, reason, kind, name, {}, names.PROVINCE_KINDS, was)
    around = dict.fromkeys(seed.province_names().get(place.parent_id or "", ()), names.PROVINCE_KINDS)
    return _Candidate(place, reason, kind, name, around, names.COMMUNE_KINDS, was)


def _old_wards(asked: Asked) -> _Units:
    texts = asked.by_text
    for row in LegacyWard.objects.filter(fold__in=texts).select_related("place__parent"):
        kind, name = split_kind(row.old_name)
        around = _around(row) | {row.fold_district: names.DISTRICT_KINDS}
        candidate = _Candidate(
            row.place,
            "old_ward",
            kind,
            name,
            around,
            names.COMMUNE_KINDS,
            _was(row),
            row.is_divided,
            row.is_default,
        )
        yield candidate, texts[row.fold]


def _old_districts(asked: Asked) -> _Units:
    """Yield every commune that an old district went to: there are no districts any more, so the person must choose."""
    texts = asked.by_text
    rows = LegacyWard.objects.filter(fold_district__in=texts, is_default=True).select_related("place__parent")
    for row in rows.order_by("place_id", "old_district").distinct("place_id", "old_district"):
        kind, name = split_kind(row.old_district)
        was = f"{row.old_district}, {row.old_province}"
        yield (
            _Candidate(row.place, "old_district", kind, name, _around(row), names.DISTRICT_KINDS, was),
            texts[row.fold_district],
        )


def _old_provinces(asked: Asked) -> _Units:
    texts = asked.by_text
    codes = {code for code, called in seed.province_names().items() if not called.isdisjoint(texts)}
    for place in Place.objects.filter(code__in=codes):
        merged = {names.searchable(name): name for name in seed.merged_provinces()[place.code]}
        for called in seed.province_names()[place.code] & texts.keys():
            was = merged.get(called, "")
            reason: Reason = "old_province" if was and called != place.fold else "name"
            yield (
                _Candidate(place, reason, "tinh", was or place.name, {}, names.PROVINCE_KINDS, was),
                texts[called],
            )


def _around(row: LegacyWard) -> dict[str, frozenset[str]]:
    """Return the provinces an old unit may be said to lie in: its own, and the one of today with its short names."""
    today = row.place.parent.fold if row.place.parent else ""
    nicknames = [short for short, code in seed.NICKNAMES.items() if code == row.place.parent_id]
    return dict.fromkeys([row.fold_province, today, *nicknames], names.PROVINCE_KINDS)


def split_kind(old_name: str) -> tuple[str, str]:
    """Return the kind and the bare name of a unit named with its kind: "Phường Trúc Bạch" -> phuong, Trúc Bạch."""
    for kind, words in names.WORDS_OF_KINDS.items():
        if old_name.lower().startswith(words + " "):
            return kind, old_name[len(words) + 1 :]
    return "", old_name


def _was(row: LegacyWard) -> str:
    return f"{row.old_name}, {row.old_district}, {row.old_province}"


def _alike(asked: Asked) -> tuple[Place, ...]:
    """Return the places whose present or old name looks most like the first piece of what was typed."""
    folded = [names.searchable(word) for word in asked.pieces[0]]
    kind_words = next(
        (span.kind_words for span in asked.spans if span.start == span.kind_words and span.kind), 0
    )
    wanted = " ".join(folded[kind_words:]) or folded[0]
    words = wanted.split()
    beginnings = (
        {words[0] + " ", words[0][:3], words[0][:2]} if len(words) == 1 else {words[0] + " ", words[0][:3]}
    )
    close = reduce(or_, (Q(fold__startswith=start) for start in beginnings)) | Q(
        fold__endswith=" " + words[-1]
    )
    scores: dict[str, float] = {}
    for fold, code in (
        *Place.objects.filter(close).values_list("fold", "code"),
        *LegacyWard.objects.filter(close, is_default=True).values_list("fold", "place"),
    ):
        scores[code] = max(scores.get(code, 0), _likeness(wanted, fold))
    best = sorted(
        (code for code, score in scores.items() if score >= LEAST_ALIKE),
        key=lambda code: (-scores[code], code),
    )
    places = Place.objects.select_related("parent").in_bulk(best[:MOST_SUGGESTIONS])
    return tuple(places[code] for code in best[:MOST_SUGGESTIONS])


def _likeness(wanted: str, name: str) -> float:
    if name.startswith(wanted) and len(wanted) > 1:
        return 0.95
    matcher = SequenceMatcher(None, wanted, name, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= LEAST_ALIKE else 0
