"""What a file really is, and whether opening it is safe; nothing is unpacked into memory to find out."""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Literal

from aoxanh.sheets.reading.flaw import FileFlaw

Form = Literal["xlsx", "xls", "csv"]

MIB = 1024 * 1024
MOST_BYTES = 40 * MIB
MOST_UNPACKED = 800 * MIB
# An honest sheet of 240,000 rows unpacks 12-fold; below the floor any ratio is harmless.
MOST_RATIO = 100
RATIO_FLOOR = 8 * MIB
MOST_ENTRIES = 2_000
MOST_ROWS = 500_000
_BLOCK = 1 * MIB
_STORED, _DEFLATED = 0, 8
_LOCAL_HEADER = 30
_ZIP, _CFB = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NOT_TEXT = (
    b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"MZ", b"\x7fELF", b"PK\x05\x06",
)  # fmt: skip


def form_of(path: Path) -> Form:
    """Return what the file is by its content, whatever its name says. Raises FileFlaw unless it is safe to open.

    An archive is measured by inflating it block by block, since declared sizes can lie; a bomb is stopped at its first block
    over the limit.
    """
    size = path.stat().st_size
    if size == 0:
        raise FileFlaw("empty")
    if size > MOST_BYTES:
        raise FileFlaw("too_large", limit=str(MOST_BYTES // MIB))
    with path.open("rb") as file:
        start = file.read(4096)
        if start.startswith(_ZIP):
            _measure(file, size)
            return "xlsx"
    if start.startswith(_CFB):
        return "xls"
    if start.startswith(_NOT_TEXT):
        raise FileFlaw("not_a_sheet")
    if _is_xml(start):
        raise FileFlaw("web_page")
    return "csv"


def _is_xml(start: bytes) -> bool:
    """Tell whether it is a web page or XML that calls itself .xls, as some programs write."""
    head = start.removeprefix(b"\xef\xbb\xbf").lstrip()[:200].lower()
    return head.startswith((b"<?xml", b"<html", b"<!doctype", b"<table", b"<meta"))


def _measure(file: BinaryIO, size: int) -> None:
    try:
        entries = zipfile.ZipFile(file).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError, UnicodeDecodeError):
        raise FileFlaw("broken") from None
    _check_directory(entries, size)
    left, rows = _most(size), 0
    for entry in entries:
        is_sheet, first, tail = "worksheets/" in entry.filename.lower(), True, b""
        for block in _inflated(file, entry, left):
            left -= len(block)
            if first and b"<!DOCTYPE" in block.upper():
                raise FileFlaw("entities")
            if is_sheet:
                # The end of the block before goes in front, so that a tag cut in two is counted once.
                rows += (tail + block).count(b"<row ")
                tail = block[-4:]
                if rows > MOST_ROWS:
                    raise FileFlaw("too_many_rows", limit=f"{MOST_ROWS:,}".replace(",", "."))
            first = False


def _check_directory(entries: list[zipfile.ZipInfo], size: int) -> None:
    """Refuse what the archive itself says is unfit."""
    names = {entry.filename for entry in entries}
    if len(entries) > MOST_ENTRIES or len(names) < len(entries):
        raise FileFlaw("broken")
    if not any(name.replace("\\", "/").lower() == "xl/workbook.xml" for name in names):
        raise FileFlaw("not_a_sheet")
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileFlaw("locked")
    if sum(entry.file_size for entry in entries) > _most(size):
        raise FileFlaw("bomb")


def _most(size: int) -> int:
    return min(MOST_UNPACKED, max(RATIO_FLOOR, MOST_RATIO * size))


def _inflated(file: BinaryIO, entry: zipfile.ZipInfo, left: int) -> Iterator[bytes]:
    """Yield an entry's content in blocks, reading past its declared size as a careless reader would. Raises FileFlaw."""
    if entry.compress_type not in (_STORED, _DEFLATED):
        raise FileFlaw("broken")
    file.seek(entry.header_offset)
    header = file.read(_LOCAL_HEADER)
    if len(header) < _LOCAL_HEADER or not header.startswith(_ZIP):
        raise FileFlaw("broken")
    file.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1)
    packed_left = entry.compress_size
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    waiting = b""
    while packed_left > 0 or waiting:
        packed = waiting or file.read(min(_BLOCK // 4, packed_left))
        if not packed:
            raise FileFlaw("broken")
        if not waiting:
            packed_left -= len(packed)
        try:
            block = packed if entry.compress_type == _STORED else inflater.decompress(packed, _BLOCK)
        except zlib.error:
            raise FileFlaw("broken") from None
        waiting = b"" if entry.compress_type == _STORED else inflater.unconsumed_tail
        left -= len(block)
        if left < 0:
            raise FileFlaw("bomb")
        if block:
            yield block
        if inflater.eof:
            return
