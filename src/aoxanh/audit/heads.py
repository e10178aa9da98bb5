"""Telling where the chains end to a second place, so that a cut or wholly rewritten chain is noticed.

One file a day, `audit-heads/heads-YYYY-MM-DD.jsonl` in the data folder, one signed line an hour. A day's first line tells every
head, later ones what moved. Each line holds the hash of the line before. Copy the folder to a machine that the
administrators of this one cannot write to; what stays here alone proves little.
"""

import hashlib
import json
import os
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from aoxanh.audit import signing
from aoxanh.audit.actions import FIRST_HASH, canonical
from aoxanh.audit.models import AuditHead
from aoxanh.kernel import clock

PUBLIC_KEY = "public-key"
_EXPORT_LOCK = 7_203_114


@dataclass(frozen=True, slots=True)
class Head:
    """A chain's last number and hash."""

    number: int
    hash: str


@dataclass(slots=True)
class ExportedHeads:
    """What the newest file says, and what is wrong with that file (lines by number)."""

    file: str = ""
    at: datetime | None = None
    heads: dict[str, Head] = field(default_factory=dict)
    bad_lines: list[int] = field(default_factory=list)


def folder() -> Path:
    """Return where heads are exported to."""
    return Path(settings.DATA_DIR) / "audit-heads"


def current_heads(chain: str | None = None) -> dict[str, Head]:
    """Return where the chains end according to the database, of one chain or all."""
    rows = AuditHead.objects.filter(chain=chain) if chain else AuditHead.objects.all()
    return {
        name: Head(number, digest) for name, number, digest in rows.values_list("chain", "number", "hash")
    }


def export_heads(directory: Path | None = None) -> Path:
    """Add a signed line with every head (the day's first) or those that moved, and return the file it stands in."""
    directory = directory or folder()
    directory.mkdir(parents=True, exist_ok=True)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_EXPORT_LOCK])
        path = directory / f"heads-{clock.today():%Y-%m-%d}.jsonl"
        told = read_heads(path).heads if path.exists() else {}
        moved = {chain: head for chain, head in current_heads().items() if told.get(chain) != head}
        line = _signed_line(moved, _last_line_hash(_files(directory)), whole=not path.exists())
        _replace(path, (path.read_bytes() if path.exists() else b"") + line + b"\n")
        _replace(directory / PUBLIC_KEY, signing.public_key(Path(settings.DATA_DIR)).encode())
    return path


def newest_heads(directory: Path | None = None) -> ExportedHeads:
    """Return the newest exported heads; empty when nothing was exported yet."""
    files = _files(directory or folder())
    return read_heads(files[-1]) if files else ExportedHeads()


def exported_at(directory: Path | None = None) -> float | None:
    """Return when the newest file of heads was last written, in seconds since 1970; None when nothing was exported yet."""
    files = _files(directory or folder())
    return files[-1].stat().st_mtime if files else None


def read_heads(path: Path) -> ExportedHeads:
    """Read one file, leaving out lines that are not signed by this installation or do not follow the line before."""
    found = ExportedHeads(path.name)
    files = _files(path.parent)
    earlier = files[: files.index(path)]
    previous = _last_line_hash(earlier) if earlier else None
    public = signing.public_key(Path(settings.DATA_DIR))
    for number, raw in enumerate(path.read_bytes().splitlines() or [b""], start=1):
        told = _checked(raw, public)
        if told is None or previous not in (None, told["previous"]) or told["whole"] != (number == 1):
            found.bad_lines.append(number)
        else:
            found.at = datetime.fromisoformat(told["at"])
            found.heads |= {chain: Head(*head) for chain, head in told["heads"].items()}
        previous = _hash(raw)
    return found


def _signed_line(heads: dict[str, Head], previous: str, *, whole: bool) -> bytes:
    told = {
        "at": clock.now().isoformat(timespec="seconds"),
        "heads": {chain: [head.number, head.hash] for chain, head in sorted(heads.items())},
        "previous": previous,
        "whole": whole,
    }
    signature = signing.sign(Path(settings.DATA_DIR), canonical(told).encode())
    return canonical(told | {"signature": signature}).encode()


def _checked(raw: bytes, public: str) -> dict[str, Any] | None:
    """Return what a line tells, or None when it is not as this installation signed it."""
    try:
        told: dict[str, Any] = json.loads(raw)
        signature = told.pop("signature")
        return told if signing.is_signed(public, canonical(told).encode(), signature) else None
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _files(directory: Path) -> list[Path]:
    return sorted(directory.glob("heads-????-??-??.jsonl"))


def _last_line_hash(files: list[Path]) -> str:
    """Return the hash of the newest line of these files; zeros before the first."""
    return _hash((files[-1].read_bytes().splitlines() or [b""])[-1]) if files else FIRST_HASH


def _hash(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()


def _replace(path: Path, content: bytes) -> None:
    """Write the file whole or not at all, on the disk before it takes the old one's place."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
