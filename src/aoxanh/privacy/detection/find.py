"""Applying the rules to a text."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from aoxanh.kernel import clock
from aoxanh.privacy.detection.reading import Reading, read
from aoxanh.privacy.detection.rules import PROVINCES, RULES, SAFE, Rule

LOOK_AROUND = 60
KINDS = tuple(dict.fromkeys(rule.kind for rule in RULES))


@dataclass(frozen=True, slots=True)
class Finding:
    """One piece of personal data: its kind and where it stands in the composed (NFC) text."""

    kind: str
    start: int
    end: int


def find(text: str) -> list[Finding]:
    """Return the personal data in a free text, in reading order and without overlaps; the rule listed first wins."""
    reading = read(text)
    veiled = _veiled(reading)
    digits = {False: _count_digits(veiled.plain), True: _count_digits(reading.plain)}
    taken: list[tuple[int, int, str]] = []
    for rule in RULES:
        if digits[rule.raw] < rule.digits or (
            rule.has and not any(word in reading.plain for word in rule.has)
        ):
            continue
        for start, end in _spans(rule, reading if rule.raw else veiled, reading.plain):
            if all(end <= first or start >= last for first, last, _kind in taken):
                taken.append((start, end, rule.kind))
    return [Finding(kind, reading.at[start], reading.at[end - 1] + 1) for start, end, kind in sorted(taken)]


def _count_digits(plain: str) -> int:
    return sum(map(plain.count, "0123456789"))


def _veiled(reading: Reading) -> Reading:
    """Return the reading with the safe spots blotted out: codes, laws, dates and amounts, whose digits are nobody's."""
    if not _count_digits(reading.plain):
        return reading
    for start, end in [match.span(1) for pattern in SAFE for match in pattern.finditer(reading.plain)]:
        reading = reading.blotted(start, end)
    return reading


def _spans(rule: Rule, reading: Reading, plain: str) -> Iterator[tuple[int, int]]:
    for match in rule.pattern.finditer(getattr(reading, rule.view)):
        start, end = match.span(1)
        if _fits(rule, plain, start, end):
            yield start, end


def _fits(rule: Rule, plain: str, start: int, end: int) -> bool:
    """Tell whether the surroundings and the digits bear the match out."""
    if rule.near and not rule.near.search(plain[max(0, start - rule.before) : end + rule.after]):
        return False
    around: tuple[tuple[re.Pattern[str] | None, str], ...] = (
        (rule.unless, plain[start:end]),
        (rule.unless_before, plain[max(0, start - LOOK_AROUND) : start]),
        (rule.unless_after, plain[end : end + LOOK_AROUND]),
    )
    if any(pattern and pattern.search(part) for pattern, part in around):
        return False
    return not rule.check or _CHECKS[rule.check](
        "".join(char for char in plain[start:end] if "0" <= char <= "9")
    )


def is_id_number(digits: str) -> bool:
    """Tell whether 12 digits can be a citizen's number: one of the 63 provinces before July 2025, a birth year not to come.

    Layout by decree 137/2015, article 13: three digits of place, one of century and sex, two of the year, six at random.
    """
    century = int(digits[3]) // 2
    return digits[:3] in PROVINCES and (
        century == 0 or (century == 1 and int(digits[4:6]) <= clock.today().year - 2000)
    )


def is_card_number(digits: str) -> bool:
    """Tell whether the digits carry the check digit of payment cards (Luhn)."""
    total = 0
    for index, char in enumerate(reversed(digits)):
        value = int(char) * (1 + index % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_long(digits: str) -> bool:
    """Tell whether a run is too long to be a count."""
    return len(digits) >= 8


_CHECKS: dict[str, Callable[[str], bool]] = {
    "id_number": is_id_number,
    "luhn": is_card_number,
    "eight_digits": is_long,
}
