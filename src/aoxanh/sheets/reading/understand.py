"""Understanding one row after another: cells to plain values, in the order in which a kind is staged."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from aoxanh.sheets.reading import cells, counted, needed, skills
from aoxanh.sheets.reading.flaw import CellFlaw, Flaw
from aoxanh.sheets.reading.gazetteer import Gazetteer
from aoxanh.sheets.reading.header import Header
from aoxanh.sheets.reading.layout import Layout
from aoxanh.sheets.reading.names import folded, is_name, listed, person

LONGEST_TEAM, LONGEST_SOURCE = 100, 300
KEEP, NOTHING = "", "-"
_MANY_DIGITS = re.compile(r"(?:\d[\s.\-]?){8,}|@")
TEAM_KINDS = {
    **dict.fromkeys(("truc tai trung tam", "truc", "truc trung tam", "on duty", "tai trung tam", "co dinh", "tai cho"), "on_duty"),
    **dict.fromkeys(("luu dong", "mobile", "co dong"), "mobile"),
    **dict.fromkeys(("chuyen sau", "specialist", "chuyen gia", "chuyen mon", "chuyen trach"), "specialist"),
}  # fmt: skip
POSITIONS = {
    **dict.fromkeys(("thanh vien", "doi vien", "tnv", "tinh nguyen vien", "member"), "member"),
    **dict.fromkeys(("doi pho", "pho doi", "pho doi truong", "doi pho doi", "deputy", "nhom pho"), "deputy"),
    **dict.fromkeys(("doi truong", "truong doi", "leader", "nhom truong"), "leader"),
}
TRAITS = {
    **dict.fromkeys(("bien gioi", "xa bien gioi", "border"), "border"),
    **dict.fromkeys(("hai dao", "dao", "xa dao", "island"), "island"),
    **dict.fromkeys(
        ("vung xa", "vung sau vung xa", "vung sau", "vung kho khan", "remote", "xa xoi"), "remote"
    ),
    **dict.fromkeys(("ngon ngu", "tieng dan toc", "language", "tieng"), "language"),
}
STATUSES = {
    **dict.fromkeys(("cho xac nhan", "de xuat", "chua xac nhan", "candidate"), "candidate"),
    **dict.fromkeys(("da xac nhan", "xac nhan", "dung", "confirmed"), "confirmed"),
    **dict.fromkeys(("bac bo", "khong dung", "sai", "rejected"), "rejected"),
}


@dataclass(frozen=True)
class Surroundings:
    """What rows are understood by: today, the places and languages there are, and where the person may write.

    `reach` are codes of provinces and communes, None for the whole nation.
    """

    today: date
    gazetteer: Gazetteer
    languages: dict[str, str]
    reach: frozenset[str] | None


@dataclass(slots=True)
class Understood:
    """A row: its values in the staged order, or what is wrong; `key` tells who or what it is, to find repetitions."""

    values: list[str]
    flaws: list[Flaw]
    key: tuple[str, ...] = ()
    unknown_place: tuple[str, str] | None = None


Values = dict[str, str]
Parse = Callable[[Any], str]
MOST_CACHED = 50_000


class _OfClass(dict[Any, str | CellFlaw]):
    """What the cells of one class became."""

    def __init__(self, parse: Parse, memory: "Memory") -> None:
        self._parse, self._memory = parse, memory

    def __missing__(self, cell: Any) -> str | CellFlaw:
        known = _parsed(self._parse, cell)
        self._memory.has_flaws = self._memory.has_flaws or isinstance(known, CellFlaw)
        if len(self) < MOST_CACHED:
            self[cell] = known
        return known


class Memory(dict[type, _OfClass]):
    """What the cells of one column became, by their class, for 1, 1.0 and True are not the same."""

    def __init__(self, parse: Parse) -> None:
        self._parse = parse
        self.has_flaws = False

    def __missing__(self, kind: type) -> _OfClass:
        known = self[kind] = _OfClass(self._parse, self)
        return known

    def of_all(self, cells: list[Any]) -> list[str | CellFlaw]:
        """Return what cells became, all at once when they are of one class, as nearly always."""
        kinds = set(map(type, cells))
        if len(kinds) == 1:
            return list(map(self[kinds.pop()].__getitem__, cells))
        return [self[cell.__class__][cell] for cell in cells]


@dataclass
class Reader:
    """Understands the rows of one sheet; the same cell in the same column is understood once."""

    layout: Layout
    header: Header
    around: Surroundings
    places: dict[tuple[str, str, str], str] = field(default_factory=dict)
    _told: str = ""

    def __post_init__(self) -> None:
        parsers, plain = self._parsers(), _plain(LONGEST_SOURCE)
        # Names hardly repeat, so they have no memory of whole cells, only of words.
        self.columns: list[tuple[str, int, Memory | None]] = [
            (key, index, None if key == "full_name" else Memory(parsers.get(key, plain)))
            for key, index in self.header.columns.items()
        ]
        makers = {"full_name", "given_name", "name", "team", "commune", "place_code", "trait", "province"}
        self._makers = [index for key, index in self.header.columns.items() if key in makers]
        self._finish = {
            "volunteers": self._volunteer,
            "teams": self._team,
            "memberships": self._membership,
            "traits": self._trait,
            "needs": self._need,
            "totals": self._total,
        }[self.layout.kind]

    def is_blank(self, row: list[Any]) -> bool:
        """Tell whether nothing that makes a row is there: a blank line, or remarks below the list."""
        width = len(row)
        return not any(index < width and not _empty(row[index]) for index in self._makers)

    def understand(self, row: list[Any]) -> Understood:
        """Return what a row says."""
        values: Values = {}
        flaws: list[Flaw] = []
        width = len(row)
        for key, index, memory in self.columns:
            value = row[index] if index < width else ""
            if memory is None:
                values[key] = person(value) if value.__class__ is str else _words(value)
                continue
            known = memory[value.__class__][value]
            if isinstance(known, str):
                values[key] = known
            else:
                flaws.append(Flaw(known.code, key, known.facts))
                values[key] = ""
        for key, index in self.header.spill.items():
            if index < width and not _empty(row[index]):
                values[key] = f"{values[key]} {_words(row[index])}".strip()
        return self._finish(values, flaws)

    def understand_at(self, row: list[Any], code: str) -> Understood:
        """Return what a row says, with its place known from elsewhere."""
        self._told = code
        try:
            return self.understand(row)
        finally:
            self._told = ""

    def _parsers(self) -> dict[str, Callable[[Any], str]]:
        languages = self.around.languages
        return {
            "id": _uuid,
            "volunteer_id": _uuid,
            "technology": skills.level_of,
            "communication": skills.level_of,
            "availability": skills.availability_of,
            "languages": lambda value: skills.languages_of(value, languages),
            "adult_on": _day,
            "birth": self._majority,
            "is_active": _truth,
            "kind": lambda value: cells.choice_of(value, TEAM_KINDS),
            "position": lambda value: cells.choice_of(value, POSITIONS),
            "active_from": _day,
            "active_to": _day,
            "valid_from": _day,
            "valid_to": _day,
            "as_of": _day,
            "trait": lambda value: cells.choice_of(value, TRAITS),
            "status": lambda value: cells.choice_of(value, STATUSES),
            "value": self._language,
            **needed.parsers(languages),
            **counted.parsers(self.around.today),
        }

    def _majority(self, value: Any) -> str:
        """Return the 18th birthday of a minor, "-" for an adult; the birth date itself goes no further than this line."""
        today = self.around.today
        year = cells.year_of(value)
        if year is not None and year < today.year - 18:
            return NOTHING
        if year is not None and year > today.year - 16:
            raise CellFlaw("too_young")
        born = cells.date_of(value)
        if born is None:
            return KEEP
        if born > today or born.year < today.year - 100:
            raise CellFlaw("no_birth")
        return _minority(_years_after(born, 18), today)

    def _language(self, value: Any) -> str:
        text = cells.text_of(value)
        if not text:
            return ""
        code = self.around.languages.get(skills.language_key(text))
        if code is None:
            raise CellFlaw("no_language", text=text[:60])
        return code

    def place(
        self, values: Values, flaws: list[Flaw], *, province_will_do: bool = False
    ) -> tuple[str, tuple[str, str] | None]:
        """Return the place's code, or note what is wrong; what only a search can tell comes back as the two texts."""
        if self._told:
            return self._within_reach(self._told, flaws), None
        texts = values.get("place_code", ""), values.get("commune", ""), values.get("province", "")
        if code := self.places.get(texts):
            return code, None
        before = len(flaws)
        code, unknown = self._looked_up(texts, flaws, province_will_do=province_will_do)
        if code and len(flaws) == before:
            self.places[texts] = code
        return code, unknown

    def _looked_up(
        self, texts: tuple[str, str, str], flaws: list[Flaw], *, province_will_do: bool
    ) -> tuple[str, tuple[str, str] | None]:
        gazetteer = self.around.gazetteer
        code_text, commune, province = texts
        if code_text:
            code = gazetteer.by_code(code_text)
            if not code:
                flaws.append(Flaw("no_place_code", "place_code", {"text": code_text[:20]}))
            return self._within_reach(code, flaws), None
        if not commune:
            code = gazetteer.province(province) or "" if province_will_do else ""
            if not code:
                flaws.append(Flaw("missing", "commune"))
            return self._within_reach(code, flaws), None
        answer = gazetteer.commune(commune, province)
        if answer.code:
            return self._within_reach(answer.code, flaws), None
        if answer.candidates:
            flaws.append(
                Flaw("which_place", "commune", {"text": commune[:60], "codes": " ".join(answer.candidates)})
            )
            return "", None
        return "", (commune, province)

    def _within_reach(self, code: str, flaws: list[Flaw]) -> str:
        reach = self.around.reach
        if (
            code
            and reach is not None
            and code not in reach
            and self.around.gazetteer.province_of.get(code) not in reach
        ):
            flaws.append(Flaw("outside", "commune"))
        return code

    def _name(self, values: Values, flaws: list[Flaw]) -> str:
        name = values.get("full_name", "")
        if not name:
            name = " ".join(part for part in (values.get("family_name"), values.get("given_name")) if part)
        if not name:
            flaws.append(Flaw("missing", "full_name"))
            return ""
        if not is_name(name):
            code = "number_in_name" if _MANY_DIGITS.search(name) else "no_name"
            flaws.append(Flaw(code, "full_name", {} if code == "number_in_name" else {"text": name[:40]}))
        return name

    def _volunteer(self, values: Values, flaws: list[Flaw]) -> Understood:
        name = self._name(values, flaws)
        home, unknown = self.place(values, flaws)
        adult_on = values.get("birth", KEEP)
        if told := values.get("adult_on"):
            try:
                adult_on = _minority(date.fromisoformat(told), self.around.today)
            except CellFlaw as flaw:
                flaws.append(Flaw(flaw.code, "adult_on", flaw.facts))
        given = values.get("id", "")
        staged = [
            given, name, folded(name), listed(name), home, values.get("technology", ""), values.get("communication", ""),
            values.get("availability", ""), values.get("languages", ""), adult_on, values.get("is_active", ""),
        ]  # fmt: skip
        return Understood(staged, flaws, (given,) if given else (home, name), unknown)

    def _team(self, values: Values, flaws: list[Flaw]) -> Understood:
        name = _team_name(values.get("name", ""), "name", flaws)
        commune, unknown = self.place(values, flaws)
        first, last = values.get("active_from", ""), values.get("active_to", "")
        if first and last and last < first:
            flaws.append(Flaw("ends_before", "active_to"))
        given = values.get("id", "")
        staged = [given, name, folded(name), commune, values.get("kind", ""), first, last]
        return Understood(staged, flaws, (given,) if given else (commune, folded(name)), unknown)

    def _membership(self, values: Values, flaws: list[Flaw]) -> Understood:
        given = values.get("volunteer_id", "")
        name = self._name(values, [] if given else flaws)
        team = _team_name(values.get("team", ""), "team", flaws)
        commune, unknown = self.place(values, flaws)
        first, last = values.get("valid_from", ""), values.get("valid_to", "")
        if first and last and last < first:
            flaws.append(Flaw("ends_before", "valid_to"))
        staged = [
            given, name, folded(name), team, folded(team), commune, values.get("position", ""), first, last,
        ]  # fmt: skip
        return Understood(staged, flaws, (commune, folded(team), given or name), unknown)

    def _trait(self, values: Values, flaws: list[Flaw]) -> Understood:
        place, unknown = self.place(values, flaws, province_will_do=True)
        trait, value = values.get("trait", ""), values.get("value", "")
        for key in ("trait", "source", "as_of"):
            if not values.get(key) and not any(flaw.column == key for flaw in flaws):
                flaws.append(Flaw("missing", key))
        if trait == "language" and not value and not any(flaw.column == "value" for flaw in flaws):
            flaws.append(Flaw("missing", "value"))
        if trait and trait != "language" and value:
            flaws.append(Flaw("no_value_wanted", "value"))
        if _MANY_DIGITS.search(values.get("source", "")) and "@" in values.get("source", ""):
            flaws.append(Flaw("number_in_name", "source"))
        if (as_of := values.get("as_of", "")) and as_of > self.around.today.isoformat():
            flaws.append(Flaw("in_future", "as_of"))
        staged = [
            place,
            trait,
            value,
            values.get("source", ""),
            values.get("as_of", ""),
            values.get("status", ""),
        ]
        return Understood(staged, flaws, (place, trait, value), unknown)

    def _need(self, values: Values, flaws: list[Flaw]) -> Understood:
        place, unknown = self.place(values, flaws)
        return Understood([place, *needed.staged(values, flaws)], flaws, (place,), unknown)

    def _total(self, values: Values, flaws: list[Flaw]) -> Understood:
        place, unknown = self.place(values, flaws)
        staged = counted.staged(values, flaws)
        return Understood([place, *staged], flaws, (place, *staged[:3]), unknown)


def _parsed(parse: Callable[[Any], str], value: Any) -> str | CellFlaw:
    try:
        return parse(value)
    except CellFlaw as flaw:
        return flaw


def _empty(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _words(value: Any) -> str:
    try:
        return cells.text_of(value)
    except CellFlaw:
        return ""


def _plain(limit: int) -> Callable[[Any], str]:
    def parse(value: Any) -> str:
        text = cells.text_of(value)
        if len(text) > limit:
            raise CellFlaw("too_long", limit=str(limit))
        return text

    return parse


def _uuid(value: Any) -> str:
    text = cells.text_of(value)
    # An office numbers its lists itself; only the long form is ours, and anything else is theirs to keep.
    if len(text) < 32:
        return ""
    try:
        return str(UUID(text))
    except ValueError:
        raise CellFlaw("no_id") from None


def _day(value: Any) -> str:
    day = cells.date_of(value)
    return day.isoformat() if day else ""


def _truth(value: Any) -> str:
    said = cells.truth_of(value)
    return "" if said is None else str(int(said))


def _minority(adult_on: date, today: date) -> str:
    """Return the day on which somebody of 16 or 17 turns 18, "-" for an adult. Raises for children under 16."""
    if adult_on <= today:
        return NOTHING
    if adult_on > _years_after(today, 2):
        raise CellFlaw("too_young")
    return adult_on.isoformat()


def _years_after(day: date, years: int) -> date:
    return day.replace(year=day.year + years, day=min(day.day, 28) if day.month == 2 else day.day)


def _team_name(name: str, column: str, flaws: list[Flaw]) -> str:
    if not name:
        flaws.append(Flaw("missing", column))
    elif len(name) > LONGEST_TEAM or not name.isprintable():
        flaws.append(Flaw("too_long", column, {"limit": str(LONGEST_TEAM)}))
    elif _MANY_DIGITS.search(name):
        flaws.append(Flaw("number_in_name", column))
    return name
