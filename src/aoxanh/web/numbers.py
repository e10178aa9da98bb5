"""Numbers, shares and days as the reader's language writes them: 1.234,5 and 05/08/2025 in Vietnamese."""

from datetime import date, datetime

from django.utils.translation import get_language

from aoxanh.kernel.clock import VIETNAM

NOTHING = "–"
_MINUS = "−"
_SWAPPED = str.maketrans(",.", ".,")


def number(value: float, digits: int = 0) -> str:
    """Return the number with thousands separated."""
    text = f"{abs(value):,.{digits}f}"
    # Short whole numbers are the same in every language, and to ask for the reader's costs more than the rest.
    if ("," in text or "." in text) and (get_language() or "vi").startswith("vi"):
        text = text.translate(_SWAPPED)
    return f"{_MINUS}{text}" if value < 0 and text.strip("0.,") else text


def share(part: int, whole: int) -> str:
    """Return a part of a whole as a percentage, with a dash where there is no whole."""
    if not whole:
        return NOTHING
    percent = 100 * part / whole
    return f"{number(percent, 0 if percent in (0, 100) else 1)}%"


def percent_change(now: int, before: int | None) -> float | None:
    """Return the change in percent; None where there is nothing to compare with."""
    return None if not before else 100 * (now - before) / before


def change(now: int, before: int | None) -> str:
    """Return the change with its sign, or a dash where there is nothing to compare with."""
    percent = percent_change(now, before)
    if percent is None:
        return NOTHING
    text = number(percent, 1 if abs(percent) < 100 else 0)
    return f"{'+' if percent > 0 and text.strip('0.,') else ''}{text}%"


def day(value: date) -> str:
    """Return the day as dd/mm/yyyy."""
    return f"{value:%d/%m/%Y}"


def moment(value: datetime) -> str:
    """Return the moment by Vietnam's clock, to the second."""
    return f"{value.astimezone(VIETNAM):%H:%M:%S %d/%m/%Y}"
