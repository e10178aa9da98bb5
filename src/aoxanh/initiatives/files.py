"""Which files are taken: documents and sound clips of a type that their first bytes show, never what they are called."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from aoxanh.initiatives.errors import UnfitFile

PDF = "application/pdf"
MOST_MATERIAL = 1_000_000
MOST_PHRASE = 300_000


def type_of(content: bytes) -> str:
    """Return the media type that the first bytes show, or "" for what is not taken."""
    if content.startswith((b"%PDF-1.", b"%PDF-2.")):
        return PDF
    if content.startswith(b"OggS"):
        return "audio/ogg"
    if content.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in content[:64]:
        return "audio/webm"
    # iso5 and iso6 are what Safari records.
    if content[4:11] in (b"ftypM4A", b"ftypmp4", b"ftypiso"):
        return "audio/mp4"
    # MPEG audio, layer III, with or without an ID3 tag before it.
    if content.startswith(b"ID3") or (content[:1] == b"\xff" and content[1:2] in (b"\xfb", b"\xf3", b"\xf2")):
        return "audio/mpeg"
    return ""


def read_file(pieces: Iterable[bytes], *, most: int, sound_only: bool = False) -> tuple[bytes, str]:
    """Return a file's bytes and type. Raises UnfitFile; reads no more than a piece beyond the limit."""
    content = b""
    for piece in pieces:
        content += piece
        if len(content) > most:
            raise UnfitFile(field="file", reason=_("it is larger than {most} kB").format(most=most // 1000))
    kind = type_of(content)
    if not kind or (sound_only and kind == PDF):
        raise UnfitFile(field="file", reason=_("its type is not among those that are taken"))
    return content, kind
