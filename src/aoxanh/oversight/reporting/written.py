"""Numbers, shares and days as a report writes them in its own language: 1.234,5 and 05/08/2025 in Vietnamese."""

from datetime import date

_SWAPPED = str.maketrans(",.", ".,")
NOTHING = "–"


def number(value: float, language: str, digits: int = 0) -> str:
    """Return the number with thousands separated."""
    text = f"{abs(value):,.{digits}f}"
    if language == "vi":
        text = text.translate(_SWAPPED)
    return f"−{text}" if value < 0 and text.strip("0.,") else text


def percent(value: float, language: str) -> str:
    """Return a share between 0 and 1 as a percentage, with a decimal unless it is nothing or all."""
    return f"{number(100 * value, language, 0 if value in (0, 1) else 1)}%"


def share(part: float, whole: float, language: str) -> str:
    """Return a part of a whole as a percentage, with a dash where there is no whole."""
    return percent(part / whole, language) if whole else NOTHING


def change(now: float, before: float | None, language: str) -> str:
    """Return the change in percent with its sign, or a dash where there is nothing to compare with."""
    if not before:
        return NOTHING
    value = 100 * (now - before) / before
    text = number(value, language, 1 if abs(value) < 100 else 0)
    return f"{'+' if value > 0 and text.strip('0.,') else ''}{text}%"


def day(value: date | str) -> str:
    """Return a day, given as one or in ISO form, as dd/mm/yyyy."""
    return f"{date.fromisoformat(value) if isinstance(value, str) else value:%d/%m/%Y}"
