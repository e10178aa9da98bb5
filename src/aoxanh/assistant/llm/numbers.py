"""The numbers a sentence says, in digits or written out, each with its unit: 3 working days are not 3 days."""

import re
from collections.abc import Iterator

_DIGITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "bẩy": 7,
    "tám": 8, "chín": 9,
}  # fmt: skip
_SCALES = {"nghìn": 1000, "ngàn": 1000, "triệu": 1_000_000, "tỷ": 1_000_000_000, "tỉ": 1_000_000_000}
_ENGLISH = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
        " eighteen nineteen twenty".split()
    )
} | {
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100,
    "half": 0.5,
}  # fmt: skip
NUMBER_WORDS = frozenset((*_DIGITS, *_SCALES, *_ENGLISH, *"mười mươi trăm linh lẻ rưỡi".split()))
"""Words that may be part of a number; `numbers` judges them, so a comparison of words leaves them out."""

# Alone these are also a year, a father, the private "tư", a negation or an article: numbers only before a unit.
_MAY_BE_OTHERWISE = frozenset("không một mốt ba tư năm lăm one half".split())
# After these a word is a number all the same: "phiếu số ba".
_ANNOUNCED = frozenset("số mức cấp mẫu khoản điều nhóm thứ level number".split())
_UNITS = {
    "ngày làm việc": "working day", "working day": "working day", "working days": "working day",
    "ngày": "day", "day": "day", "days": "day", "hôm": "day",
    "tuần": "week", "week": "week", "weeks": "week",
    "tháng": "month", "month": "month", "months": "month",
    "năm": "year", "year": "year", "years": "year", "tuổi": "year of age", "years old": "year of age",
    "giờ": "hour", "tiếng": "hour", "hour": "hour", "hours": "hour", "phút": "minute", "minutes": "minute",
    "đồng": "dong", "đ": "dong", "vnđ": "dong", "vnd": "dong", "dong": "dong",
    "bản": "copy", "copy": "copy", "copies": "copy", "tờ": "sheet", "trang": "page", "page": "page", "pages": "page",
    "lần": "time", "time": "time", "times": "time", "người": "person", "person": "person", "persons": "person",
    "people": "person", "ảnh": "photo", "photo": "photo", "photos": "photo", "bộ": "set", "sets": "set",
    "km": "km", "%": "%", "phần trăm": "%", "percent": "%",
}  # fmt: skip
_TOKEN = re.compile(r"\d+(?:[.,/:]\d+)*|[^\W\d_]+|%")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_DAY = re.compile(r"ngày (\d{1,2}) tháng (\d{1,2})(?: năm (\d{4}))?")

Said = tuple[str, str]
"""A number in one spelling, and its unit or ""."""


def numbers(text: str) -> list[Said]:
    """Return what a text counts, in its order: "Hai ngày làm việc, phí 8.000đ" -> [("2", "working day"), ("8000", "dong")]."""
    told = _DAY.sub(lambda day: "/".join(part for part in day.groups() if part), text.lower())
    return list(_read(_TOKEN.findall(told)))


def _read(tokens: list[str]) -> Iterator[Said]:
    at = 0
    while at < len(tokens):
        number, size = _number_at(tokens, at)
        if size == 0:
            at += 1
            continue
        unit, words = _unit_at(tokens, at + size)
        is_announced = at > 0 and tokens[at - 1] in _ANNOUNCED
        if unit or size > 1 or is_announced or tokens[at] not in _MAY_BE_OTHERWISE:
            yield number, unit
        at += size + words


def _unit_at(tokens: list[str], at: int) -> tuple[str, int]:
    for size in (3, 2, 1):
        unit = _UNITS.get(" ".join(tokens[at : at + size]))
        if unit and at + size <= len(tokens):
            return unit, size
    return "", 0


def _number_at(tokens: list[str], at: int) -> tuple[str, int]:
    """Return the number that begins here, and over how many words it goes; 0 words where none begins."""
    first = tokens[at]
    if first[0].isdigit():
        return _in_digits(tokens, at)
    if first in _ENGLISH:
        second = tokens[at + 1] if at + 1 < len(tokens) else ""
        joined = 20 <= _ENGLISH[first] < 100 and 0 < _ENGLISH.get(second, 0) < 10
        return _spell(_ENGLISH[first] + (_ENGLISH[second] if joined else 0)), 1 + joined
    return _written(tokens, at)


def _in_digits(tokens: list[str], at: int) -> tuple[str, int]:
    first = tokens[at]
    if "/" in first or ":" in first:
        return "/".join(part.lstrip("0") or "0" for part in re.split("[/:]", first)), 1
    plain = re.sub("[.,]", "", first) if _THOUSANDS.fullmatch(first) else first.replace(",", ".")
    scale = tokens[at + 1] if at + 1 < len(tokens) else ""
    factor = _SCALES.get(scale) or (1000 if scale == "k" else 0)
    if plain.count(".") > 1 or not factor:
        return (plain.lstrip("0") or "0") if plain.isdigit() else plain, 1
    half = tokens[at + 2 : at + 3] == ["rưỡi"]
    return _spell((float(plain) + half / 2) * factor), 2 + half


def _written(tokens: list[str], at: int) -> tuple[str, int]:
    """Read a number in Vietnamese words: "hai mươi mốt", "một trăm linh năm", "ba triệu rưỡi"."""
    total, current, last, start = 0.0, 0.0, -1, at
    scale, ended = 1.0, False
    while at < len(tokens) and not ended:
        word = tokens[at]
        if word in _DIGITS and (
            last < 0 or tokens[at - 1] in ("mươi", "mười", "trăm", "linh", "lẻ", *_SCALES)
        ):
            if (
                word in ("năm", "không")
                and last >= 0
                and tokens[at - 1] not in ("mươi", "mười", "linh", "lẻ")
            ):
                break
            last, current = _DIGITS[word], current + _DIGITS[word]
        elif word == "mười" and (last < 0 or tokens[at - 1] in ("trăm", *_SCALES)):
            last, current = 0, current + 10
        elif word in ("mươi", "trăm") and last > 0:
            scale = 10 if word == "mươi" else 100
            current, last = current + last * (scale - 1), 0
        elif word in _SCALES and current:
            scale = _SCALES[word]
            total, current, last = total + current * scale, 0, 0
        elif word == "rưỡi" and scale > 1:
            total, ended = total + scale / 2, True
        elif not (word in ("linh", "lẻ") and current >= 100):
            break
        at += 1
    return _spell(total + current), at - start


def _spell(value: float) -> str:
    return str(int(value)) if value == int(value) else str(value)
