"""The words for skills, half days and languages in cells, and the words in which we write them."""

import re
from typing import Any

from aoxanh.kernel.text import fold
from aoxanh.sheets.reading.cells import choice_of, text_of
from aoxanh.sheets.reading.flaw import CellFlaw

LEVELS_WRITTEN = ("Không", "Cơ bản", "Tốt", "Dạy được người khác")
LEVELS = {
    **dict.fromkeys(("0", "khong", "khong biet", "chua biet", "yeu", "kem", "nhut nhat", "none"), "0"),
    **dict.fromkeys(("1", "co ban", "trung binh", "tb", "biet it", "basic", "duoc", "binh thuong", "dat"), "1"),
    **dict.fromkeys(("2", "tot", "kha", "kha tot", "good"), "2"),
    **dict.fromkeys(
        (
            "3", "gioi", "rat tot", "xuat sac", "thanh thao", "day duoc nguoi khac", "day duoc", "huong dan duoc nguoi khac",
            "co the day nguoi khac", "can teach others", "can teach",
        ),
        "3",
    ),
}  # fmt: skip
TONGUE_LEVELS = {
    **dict.fromkeys(("1", "biet it", "biet mot it", "vai cau", "cau don gian", "co ban", "so cap"), 1),
    **dict.fromkeys(("2", "giao tiep", "noi duoc", "tot", "kha", "hoi thoai"), 2),
    **dict.fromkeys(
        ("3", "thanh thao", "me de", "tieng me de", "gioi", "rat tot", "ban ngu", "thong thao"), 3
    ),
}
DAYS_WRITTEN = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
_DAY_WORDS = {
    **{word: index for index, word in enumerate("hai ba tu nam sau bay".split())},
    **{str(number): number - 2 for number in range(2, 9)},
}
_HALVES = {"sang": 1, "chieu": 2, "ca ngay": 3, "": 3, "buoi sang": 1, "buoi chieu": 2, "s": 1, "c": 2}
_ALL_WEEK = frozenset({"ca tuan", "hang ngay", "tat ca", "moi ngay", "tat ca cac ngay", "full"})
_NONE = frozenset({"khong", "khong co", "-", "0", "ko", "khong ro"})
_DAY = r"(?:thu\s*|t\s*)?([2-8]|hai|ba|tu|nam|sau|bay)|(cn|chu nhat|c\.n)"
_ONE_DAY = re.compile(rf"(?:{_DAY})")
_SPAN = re.compile(rf"(?:{_DAY})\s*(?:-|–|den|toi)\s*(?:{_DAY})")
_HALF = re.compile(r"(?:^|\s|\()(?:buoi )?(sang|chieu|ca ngay)\)?$|^(?:buoi )?(sang|chieu)\s+")


def level_of(value: Any) -> str:
    """Return "0" to "3" for a skill, "" for a blank cell."""
    return choice_of(value, LEVELS)


def availability_of(value: Any) -> str:
    """Return the 14 bits of half days as a number, "" for a blank cell: "T2 sáng, T4-T6 chiều, CN"."""
    text = text_of(value)
    word = fold(text).strip(". ")
    if not word:
        return ""
    if word in _NONE:
        return "0"
    bits = 0
    for part in re.split(r"[,;/\n+]| va ", word):
        bits |= _bits(part.strip(" .:"), text)
    return str(bits)


def _bits(part: str, text: str) -> int:
    if not part:
        return 0
    if part in _ALL_WEEK:
        return (1 << 14) - 1
    half = 3
    if match := _HALF.search(part):
        half = _HALVES[match[1] or match[2]]
        part = (part[: match.start()] + part[match.end() :]).strip(" :(")
    if not part or part in _ALL_WEEK:
        return sum(half << 2 * day for day in range(7))
    if match := _SPAN.fullmatch(part):
        first, last = _index(match[1], match[2]), _index(match[3], match[4])
        if first <= last:
            return sum(half << 2 * day for day in range(first, last + 1))
    if match := _ONE_DAY.fullmatch(part):
        return half << 2 * _index(match[1], match[2])
    raise CellFlaw("no_half_days", text=text[:40])


def _index(weekday: str | None, sunday: str | None) -> int:
    return 6 if sunday or weekday == "8" else _DAY_WORDS[weekday or "2"]


def half_days_written(bits: int) -> str:
    """Return half days as a cell that `availability_of` reads back to the same bits."""
    if bits == (1 << 14) - 1:
        return "Cả tuần"
    words = {1: " sáng", 2: " chiều", 3: ""}
    days = [(name, bits >> 2 * day & 3) for day, name in enumerate(DAYS_WRITTEN)]
    return ", ".join(name + words[half] for name, half in days if half)


def languages_of(value: Any, known: dict[str, str]) -> str:
    """Return languages as "code:level" in order of code, "" for a blank cell, "-" for none: "Mông (3), Tày: giao tiếp"."""
    text = text_of(value)
    word = fold(text).strip(". ")
    if not word:
        return ""
    if word in _NONE:
        return "-"
    found: dict[str, int] = {}
    for part in _language_parts(word, known):
        code, level = _language(part, known, text)
        found[code] = max(level, found.get(code, 0))
    return ",".join(f"{code}:{level}" for code, level in sorted(found.items())) or "-"


def speakers_of(value: Any, known: dict[str, str], most: int) -> str:
    """Return how many speakers of each language as "code:count", "" for a blank cell, "-" for none: "Mông 3; Tày (2)"."""
    text = text_of(value)
    word = fold(text).strip(". ")
    if not word:
        return ""
    if word in _NONE:
        return "-"
    found: dict[str, int] = {}
    for part in _language_parts(word, known):
        match = re.fullmatch(r"(.+?)[\s:(–-]*([0-9]{1,4})\s*\)?(?: nguoi)?", part)
        code = known.get(language_key(match[1])) if match else None
        if match is None or code is None:
            raise CellFlaw("no_speakers", text=text[:60])
        if int(match[2]) > most:
            raise CellFlaw("no_number", text=match[2], most=str(most))
        found[code] = max(int(match[2]), found.get(code, 0))
    return ",".join(f"{code}:{count}" for code, count in sorted(found.items()) if count) or "-"


def _language_parts(word: str, known: dict[str, str]) -> list[str]:
    """Split at commas, but not inside a name that holds one ("Giáy, Bố Y")."""
    for name in known:
        if "," in name and name in word:
            word = word.replace(name, name.replace(",", "\x1e"))
    parts = re.split(r"[,;/\n+]| va ", word)
    return [part.replace("\x1e", ",").strip(" .") for part in parts if part.strip(" .")]


def _language(part: str, known: dict[str, str], text: str) -> tuple[str, int]:
    if code := known.get(language_key(part)):
        return code, 2
    # The name itself may end in brackets ("Chăm (tây)"), so the last ones are the level only when they read as one.
    match = re.fullmatch(r"(.+?)\s*(?:\(([^()]*)\)|[:–-]\s*([^:]*))", part)
    if match:
        code, level = (
            known.get(language_key(match[1])),
            TONGUE_LEVELS.get((match[2] or match[3] or "").strip()),
        )
        if code and level:
            return code, level
    raise CellFlaw("no_language", text=text[:60])


def language_key(name: str) -> str:
    """Return a language's name as it is looked up: folded, without "tiếng" and apostrophes."""
    return fold(name).removeprefix("tieng ").replace("'", "").replace("-", " ").strip()
