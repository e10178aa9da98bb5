"""What is thrown: values that have broken other programs, and planted personal data that must never be found again."""

import re
from collections.abc import Iterable
from random import Random
from typing import Any

from aoxanh.kernel.text import is_storable

HOSTILE = (
    "", " ", "\x00", "a\x00b", "\ud800", "\udfff\ud800", "\u202e", "\ufeff", "\ufffe", "é" * 90, "e\u0301" * 40, "\U000e0001", "\n", "\r\nX: y",
    "%", "%00", "%zz", "%c0%af", "{0}", "{x}", "{{ x }}", "%s%n", "$(id)", "'\"<script>alert(1)</script>", "' OR 1=1 --", "\\", "\\x00", "..", "../../etc/passwd",
    "0", "-1", "1.5", "1e400", "NaN", "-Infinity", "9" * 30, "9" * 5000, str(2**31), str(2**63), str(-(2**63) - 1), "٣٤", "１２", "0x10", "1_000", "+1",
    "null", "true", "[]", "{}", "on", "vi", "xx-yy", "VN", "00715", "08", "99999", "1.001193", "00000000-0000-0000-0000-000000000000",
    "2025-11-20", "0001-01-01", "9999-12-31", "10000-01-01", "2025-02-30", "31/12/9999", "2025-W01", "20251120", "2025-11-20T00:00:00Z", "-0001-01-01", "//evil.example/",
    "1.VN.-99999999999999999999999999", "-99999999999999999.VN.1", "9" * 18 + ".VN.1", "0001-01-01.01970000-0000-7000-8000-000000000000.x", "x" * 300, "x" * 70_000,
)  # fmt: skip
JSON_VALUES: tuple[Any, ...] = (
    None, True, False, -1, 0, 1, 101, 601, 2**31, 2**53 + 1, 2**63, 10**30, 0.5, 12.0, 1e300, [], {}, [[]], {"": None}, [None], [0], ["otp"] * 9, [1] * 99,
    *HOSTILE[:-1],
)  # fmt: skip
_CONSONANTS = "bcdghklmnpqtvx"
_RUNS = re.compile(r"\d+")
_GAPS = re.compile(r"(?<=\d)[ .\u00a0-](?=\d)")
_ADDRESSES = re.compile(r"[\w.+-]+@[\w.-]+\.vn")


class Planted:
    """The personal data planted so far: phone numbers, citizens' numbers and e-mail addresses that belong to nobody."""

    def __init__(self) -> None:
        self.marks: set[str] = set()

    def plant(self, dice: Random) -> str:
        """Return a text with one new piece of personal data in it, written as people write it."""
        mark = dice.choice((_phone, _citizen_number, _address))(dice)
        digits = "".join(_RUNS.findall(mark))
        self.marks.add(mark if "@" in mark else digits)
        if digits.startswith("84"):
            self.marks.add("0" + digits[2:])
        return dice.choice(("{}", "SĐT {}", "gọi {} nhé", "số của bà: {}.", "CCCD {}", "mail {}")).format(
            mark
        )

    def found_in(self, text: str) -> list[str]:
        """Return the planted data that stand in a text, with or without the gaps that people write in numbers."""
        words = {*_RUNS.findall(text), *_RUNS.findall(_GAPS.sub("", text)), *_ADDRESSES.findall(text)}
        return sorted(words & self.marks)


def _phone(dice: Random) -> str:
    digits = f"{dice.choice((90, 91, 96, 97, 98, 32, 35, 38, 70, 77, 83))}{dice.randrange(10**7):07d}"
    first, second, third = digits[:3], digits[3:6], digits[6:]
    return dice.choice(
        (f"0{digits}", f"0{first} {second} {third}", f"0{first}.{second}.{third}", f"+84{digits}")
    )


def _citizen_number(dice: Random) -> str:
    place = dice.choice(("001", "002", "008", "031", "048", "079", "092"))
    digits = f"{place}{dice.randrange(2)}{dice.randrange(40, 100):02d}{dice.randrange(10**6):06d}"
    return dice.choice((digits, " ".join(digits[i : i + 3] for i in range(0, 12, 3))))


def _address(dice: Random) -> str:
    return "".join(dice.choice(_CONSONANTS) for _ in range(14)) + "@example.vn"


def as_bytes(text: str) -> bytes:
    """Return a text as a careless program sends it: half a character stays half a character."""
    return text.encode(errors="surrogatepass")


def a_word(dice: Random, planted: Planted, known: Iterable[str] = ()) -> str:
    """Return something to put into a field: hostile, planted, or something that leads somewhere."""
    known = tuple(known)
    roll = dice.random()
    if known and roll < 0.45:
        return dice.choice(known)
    if roll < 0.6:
        return planted.plant(dice)
    # What the door itself turns away must not keep the rest from going further in.
    word = dice.choice(HOSTILE)
    return word if roll > 0.97 or is_storable(word) else dice.choice(HOSTILE[:2])
