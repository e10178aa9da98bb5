"""The letters of a CSV file: UTF-8 with or without mark, UTF-16, or Windows-1258 with its combining tone marks."""

import unicodedata

from aoxanh.sheets.reading.flaw import FileFlaw

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SAMPLE = 4096
# What Windows-1258 leaves undefined is read as Latin letters rather than refused: one odd quote must not cost a roster.
_UNDEFINED = {code: chr(code) for code in range(0x80, 0xA0)}


def decode(data: bytes) -> str:
    """Return the text, composed (NFC). Raises FileFlaw when it is no text at all."""
    text = _decoded(data)
    if "\x00" in text:
        raise FileFlaw("not_a_sheet")
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _decoded(data: bytes) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(name)
            except UnicodeDecodeError:
                raise FileFlaw("broken_letters") from None
    if name := _wide(data[:_SAMPLE]):
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            raise FileFlaw("broken_letters") from None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1258", errors="replace").translate(_UNDEFINED)


def _wide(sample: bytes) -> str:
    """Return the UTF-16 that unmarked text with a NUL in most pairs must be, or ""."""
    pairs = len(sample) // 2
    if pairs < 4:
        return ""
    if sample[1::2].count(0) > pairs * 0.6:
        return "utf-16-le"
    return "utf-16-be" if sample[0::2].count(0) > pairs * 0.6 else ""
