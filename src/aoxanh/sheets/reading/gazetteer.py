"""Which commune a row means: by code, or by name and province, old or new, with or without diacritics and kinds."""

import re
from dataclasses import dataclass, field

from aoxanh.kernel.text import fold, nfc
from aoxanh.places.names import mark_key, searchable

_COMMUNE_KINDS = {
    "xa": "xa",
    "phuong": "phuong",
    "thi tran": "thi_tran",
    "dac khu": "dac_khu",
    "p": "phuong",
    "x": "xa",
    "tt": "thi_tran",
    "dk": "dac_khu",
}
_PROVINCE_KIND = re.compile(r"^(?:tinh|thanh pho|tp|t)\.?\s+")
_KIND = re.compile(r"^(xa|phuong|thi tran|dac khu|(?:p|x|tt|dk)(?=[.\s0-9]))\.?\s*")


@dataclass(frozen=True, slots=True)
class Answer:
    """The commune meant, or the candidates to be asked back; neither means unknown."""

    code: str = ""
    candidates: tuple[str, ...] = ()


@dataclass
class Gazetteer:
    """Names by province: `communes` are (code, kind, name, province), `old` are (name, kind, old province, codes it went to)."""

    provinces: dict[str, str]
    province_of: dict[str, str] = field(default_factory=dict)
    _present: dict[tuple[str, str], list[tuple[str, str, str]]] = field(default_factory=dict)
    _old: dict[tuple[str, str], list[tuple[str, str, str]]] = field(default_factory=dict)
    _cache: dict[tuple[str, str], Answer] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        provinces: dict[str, str],
        communes: list[list[str]],
        old: list[list[str]],
    ) -> "Gazetteer":
        """Return the names, ready to look up: `provinces` maps every searchable name to a code."""
        made = cls(provinces, {code: province for code, _kind, _name, province in communes})
        for code, kind, name, province in communes:
            entry = (code, kind, mark_key(name))
            for where in (province, ""):
                made._present.setdefault((where, searchable(name)), []).append(entry)
        for name, kind, old_province, code in old:
            for where in (made.province_of.get(code, ""), ""):
                made._old.setdefault((where, name), []).append((code, kind, old_province))
        return made

    def province(self, text: str) -> str | None:
        """Return the code of the province a cell names, "" for a blank cell, None for a name nobody knows."""
        if not text:
            return ""
        word = fold(text)
        bare = _PROVINCE_KIND.sub("", word)
        for name in (bare, word):
            if code := self.provinces.get(searchable(name)):
                return code
        return word.zfill(2) if word.isdigit() and word.zfill(2) in self.provinces.values() else None

    def commune(self, text: str, province_text: str) -> Answer:
        """Return the commune that the two cells mean."""
        key = (text, province_text)
        answer = self._cache.get(key)
        if answer is None:
            answer = self._cache[key] = self._find(nfc(text), nfc(province_text))
        return answer

    def by_code(self, text: str) -> str:
        """Return the code in full when a commune has it; Excel drops leading zeros."""
        code = text.zfill(5) if text.isascii() and text.isdigit() else ""
        return code if code in self.province_of else ""

    def _find(self, text: str, province_text: str) -> Answer:
        province = self.province(province_text)
        if province is None:
            return Answer()
        for kind, name in _readings(text):
            if answer := self._among_present(province, kind, name):
                return answer
        for kind, name in _readings(text):
            if answer := self._among_old(
                province, kind, name, searchable(_PROVINCE_KIND.sub("", fold(province_text)))
            ):
                return answer
        return Answer()

    def _among_present(self, province: str, kind: str, name: str) -> Answer | None:
        found = self._present.get((province, searchable(name)), [])
        for narrower in (
            [entry for entry in found if entry[2] == mark_key(name)],
            [entry for entry in found if kind and entry[1] == kind],
        ):
            found = narrower or found
        return _answer([entry[0] for entry in found])

    def _among_old(self, province: str, kind: str, name: str, old_province: str) -> Answer | None:
        found = self._old.get((province, searchable(name)), [])
        for narrower in (
            [entry for entry in found if entry[2] == old_province],
            [entry for entry in found if kind and entry[1] == kind],
        ):
            found = narrower or found
        return _answer([entry[0] for entry in found])


def _readings(text: str) -> list[tuple[str, str]]:
    """Return (kind, name) as the cell may be read: with its first words taken for a kind, then as it stands."""
    match = _KIND.match(fold(text))
    plain = ("", text)
    if not match or match.end() >= len(fold(text)):
        return [plain]
    # Folding keeps the number of letters of composed text, so the same cut serves the name with its diacritics.
    return [(_COMMUNE_KINDS[match[1]], text[match.end() :].strip(" .")), plain]


def _answer(codes: list[str]) -> Answer | None:
    several = tuple(dict.fromkeys(codes))
    if not several:
        return None
    return Answer(several[0]) if len(several) == 1 else Answer("", several[:6])
