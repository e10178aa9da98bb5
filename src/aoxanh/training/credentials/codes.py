"""A certificate's short code: its id in Crockford's base 32, which can be read out, typed in any case, and put into a small QR code."""

from uuid import UUID

DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 26
_MISREAD = str.maketrans({"o": "0", "i": "1", "l": "1", "-": None, " ": None})
_VALUES = {digit: value for value, digit in enumerate(DIGITS)}


def code_of(id_: UUID) -> str:
    """Return the 26 characters that stand for an id."""
    number, digits = id_.int, []
    for _ in range(LENGTH):
        number, rest = divmod(number, 32)
        digits.append(DIGITS[rest])
    return "".join(reversed(digits))


def id_of(code: str) -> UUID | None:
    """Return the id that a code stands for, however it was typed; None when it is no code."""
    digits = code.strip().lower().translate(_MISREAD)
    if len(digits) != LENGTH or any(digit not in _VALUES for digit in digits):
        return None
    number = 0
    for digit in digits:
        number = number * 32 + _VALUES[digit]
    return UUID(int=number) if number < 1 << 128 else None


def grouped(code: str) -> str:
    """Return a code as it is printed: upper case, in groups that the eye can follow."""
    return "-".join(code[start : start + 5] for start in range(0, LENGTH, 5)).upper()
