"""When this installation was last backed up and rehearsed, noted in its data folder for whoever watches it."""

import json
import os
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

FILE = "backups.json"


@dataclass(frozen=True, slots=True)
class Kept:
    """Seconds since 1970; None for what never happened."""

    dumped_at: float | None = None
    drilled_at: float | None = None
    drill_passed: bool = False


def read(data_dir: Path) -> Kept:
    """Return what was noted; nothing when the note is missing or damaged."""
    try:
        return Kept(**json.loads((data_dir / FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return Kept()


def note_dump(data_dir: Path) -> None:
    """Note that a dump was written whole just now."""
    _write(data_dir, replace(read(data_dir), dumped_at=time.time()))


def note_drill(data_dir: Path, *, passed: bool) -> None:
    """Note that a drill ended just now."""
    _write(data_dir, replace(read(data_dir), drilled_at=time.time(), drill_passed=passed))


def _write(data_dir: Path, kept: Kept) -> None:
    # A dump must not fail for a note: with a managed server the data folder may belong to somebody else.
    with suppress(OSError):
        draft = data_dir / f".{FILE}.{os.getpid()}"
        draft.write_text(json.dumps(asdict(kept)), encoding="utf-8")
        draft.replace(data_dir / FILE)
