"""Single cells as people type them, turned into one plain form, or refused with the rule they break."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from aoxanh.kernel.text import fold, nfc
from aoxanh.sheets.reading.flaw import CellFlaw

_HIDDEN = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_GUARDED = re.compile(r"^'(?=[=+\-@\t\r\n|%'＝＋－＠])")
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4}|\d{2})(?:\D.*)?")
_YEAR_FIRST = re.compile(r"(\d{4})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{1,2})(?:\D.*)?")
_IN_WORDS = re.compile(r"(?:ngay\s+)?(\d{1,2})\s*,?\s*thang\s+(\d{1,2})\s*,?\s*nam\s+(\d{4})")
_YEAR = re.compile(r"(?:19|20)\d\d")
_EPOCH = date(1899, 12, 30)
_SERIALS = range(1, 80_000)
_YEARS = range(1900, 2101)
LONGEST = 300

YES = frozenset("co x v 1 true yes dung roi y dang dang hoat dong hoat dong con ✓ ✔".split()) | {
    "dang hoat dong", "hoat dong", "con hoat dong",
}  # fmt: skip
NO = frozenset("khong 0 false no sai chua n ko k nghi thoi".split()) | {
    "da nghi", "ngung", "ngung hoat dong", "khong hoat dong", "dung hoat dong",
}  # fmt: skip


def text_of(value: Any) -> str:  # noqa: PLR0911 - one return for each kind of cell
    """Return a cell as text: composed, trimmed, whole numbers without ".0", dates dd/mm/yyyy; raises for unreadable signs."""
    if value is None:
        return ""
    if isinstance(value, str):
        text = _HIDDEN.sub("", value) if not value.isascii() else value
        if _CONTROL.search(text):
            raise CellFlaw("unreadable")
        return nfc(_GUARDED.sub("", text.strip(" ")))
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return f"{value:%d/%m/}{value.year:04}"
    if isinstance(value, date):
        return f"{value:%d/%m/}{value.year:04}"
    if isinstance(value, (time, timedelta)):
        raise CellFlaw("unreadable")
    return nfc(str(value))


def date_of(value: Any) -> date | None:  # noqa: PLR0911 - one return for each way of writing a date
    """Return the day a cell names: a date, dd/mm/yyyy and its kin, ISO, or Excel's serial number; None for a blank cell."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _from_serial(value)
    text = text_of(value)
    if not text:
        return None
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
        return _day(_full_year(year) if len(match[3]) == 2 else year, month, day)
    if match := _YEAR_FIRST.fullmatch(text):
        return _day(*(int(part) for part in match.groups()))
    if match := _IN_WORDS.fullmatch(fold(text)):
        day, month, year = (int(part) for part in match.groups())
        return _day(year, month, day)
    if text.isascii() and text.isdigit() and len(text) == 5:
        return _from_serial(int(text))
    if _YEAR.fullmatch(text):
        raise CellFlaw("year_only", text=text)
    raise CellFlaw("no_date", text=text[:40])


def year_of(value: Any) -> int | None:
    """Return the year when a cell holds only that, as birth columns often do."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return int(value) if value in _YEARS else None
    text = text_of(value)
    return int(text) if _YEAR.fullmatch(text) else None


def truth_of(value: Any) -> bool | None:
    """Return what a yes-or-no cell says; None for a blank one."""
    if isinstance(value, bool):
        return value
    word = fold(text_of(value)).strip(". ")
    if not word:
        return None
    if word in YES:
        return True
    if word in NO:
        return False
    raise CellFlaw("no_truth", text=word[:40])


def number_of(value: Any, most: int) -> int | None:
    """Return the whole number from 0 to `most` that a cell says; None for a blank one."""
    text = text_of(value)
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,9}(?:[.,]0+)?", text):
        raise CellFlaw("no_number", text=text[:40], most=str(most))
    number = int(re.split("[.,]", text)[0])
    if number > most:
        raise CellFlaw("no_number", text=text[:40], most=str(most))
    return number


def choice_of(value: Any, words: dict[str, str]) -> str:
    """Return the choice that a folded word stands for; "" for a blank cell."""
    text = text_of(value)
    word = fold(text).strip(". ")
    if not word:
        return ""
    if word not in words:
        raise CellFlaw("no_choice", text=text[:40])
    return words[word]


def _from_serial(number: float) -> date:
    if number in _YEARS:
        raise CellFlaw("year_only", text=str(int(number)))
    if not (number == number and abs(number) < 1e9 and int(number) in _SERIALS):  # noqa: PLR0124 - NaN is not itself
        raise CellFlaw("no_date", text=str(number)[:40])
    return _EPOCH + timedelta(days=int(number))


def _full_year(short: int) -> int:
    """Return the year two digits mean: up to ten years from now lies ahead, the rest in the last century."""
    limit = (date.today().year + 10) % 100  # noqa: DTZ011 - only the decade matters
    return 2000 + short if short <= limit else 1900 + short


def _day(year: int, month: int, day: int) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise CellFlaw("no_date", text=f"{day}/{month}/{year}") from None
    if found.year not in _YEARS:
        raise CellFlaw("no_date", text=f"{day}/{month}/{year}")
    return found
