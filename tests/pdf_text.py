"""The text of a PDF as Typst writes it, page by page: the letters are looked up in the tables that its fonts bring for copying."""

import re
import zlib

_OBJECT = re.compile(rb"(?m)^(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
_STREAM = re.compile(rb"stream\n(.*)\nendstream", re.DOTALL)
# Brackets inside a string stand unescaped where they come in pairs, one within the other.
_PLAIN = rb"\\.|[^\\()]"
_STRING = _PLAIN
for _depth in range(6):
    _STRING = rb"\((?:" + _PLAIN + (rb"|" + _STRING if _depth else b"") + rb")*\)"
_MARK = re.compile(rb"/(?P<font>\w+) [\d.]+ Tf|(?P<shown>" + _STRING + rb")|(?P<end>\bET\b)", re.DOTALL)
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(.))", re.DOTALL)
_CONTROLS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def pages(pdf: bytes) -> list[str]:
    """Return the text of each page; runs of letters and lines are parted by single spaces."""
    objects = {int(number): body for number, body in _OBJECT.findall(pdf)}
    root = next(body for body in objects.values() if b"/Type/Pages" in body)
    kids = _references(root, b"Kids")
    return [_page(objects, objects[kid]) for kid in kids]


def _page(objects: dict[int, bytes], page: bytes) -> str:
    resources = objects[_references(page, b"Resources")[0]]
    fonts = {
        name.decode(): _letters(objects, int(number))
        for name, number in re.findall(rb"/(f\d+) (\d+) 0 R", resources)
    }
    letters: dict[bytes, str] = {}
    said: list[str] = []
    for content in _references(page, b"Contents"):
        for mark in _MARK.finditer(_content(objects[content])):
            if mark["font"]:
                letters = fonts[mark["font"].decode()]
            elif mark["end"]:
                said.append(" ")
            else:
                glyphs = _unescaped(mark["shown"][1:-1])
                said += [letters.get(glyphs[at : at + 2], "") for at in range(0, len(glyphs), 2)]
    return " ".join("".join(said).split())


def _letters(objects: dict[int, bytes], font: int) -> dict[bytes, str]:
    """Return which letters each glyph of a font stands for."""
    table = _content(objects[_references(objects[font], b"ToUnicode")[0]])
    pairs = re.findall(rb"(?m)^<([0-9A-F]{4})> <([0-9A-F]+)>$", table)
    return {
        bytes.fromhex(glyph.decode()): bytes.fromhex(letters.decode()).decode("utf-16-be")
        for glyph, letters in pairs
    }


def _content(body: bytes) -> bytes:
    stream = _STREAM.search(body)
    assert stream, body[:80]
    return zlib.decompress(stream[1]) if b"FlateDecode" in body else stream[1]


def _references(body: bytes, key: bytes) -> list[int]:
    """Return the numbers of the objects that a key refers to, be it one or a list."""
    found = re.search(rb"/" + key + rb"\s*(\[[^\]]*\]|\d+ 0 R)", body)
    assert found, key
    return [int(number) for number in re.findall(rb"(\d+) 0 R", found[1])]


def _unescaped(text: bytes) -> bytes:
    def plain(found: re.Match[bytes]) -> bytes:
        octal, other = found.groups()
        return bytes([int(octal, 8)]) if octal else _CONTROLS.get(other, other)

    return _ESCAPE.sub(plain, text)
