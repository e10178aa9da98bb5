"""Running the reading process: orders in, frames out, and nothing of what a file can do to it comes through."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aoxanh.kernel import clock
from aoxanh.places import queries as places
from aoxanh.places import seed
from aoxanh.sheets.reading.flaw import FileFlaw
from aoxanh.sheets.reading.skills import language_key

MOST_HEAD = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Frame:
    """What the process says: `head` with the facts, `body` with rows as COPY text."""

    head: dict[str, Any]
    body: bytes


def orders_for(kind: str, path: Path, reach: list[str] | None) -> dict[str, Any]:
    """Return what the process must know to understand a file, as plain values."""
    languages: dict[str, str] = {}
    for language in places.languages():
        for name in (language.name_vi, language.name_en, language.code):
            languages.setdefault(language_key(name), language.code)
    return {
        "kind": kind,
        "path": str(path),
        "today": clock.today().isoformat(),
        "reach": reach,
        "provinces": {name: code for code, names in seed.province_names().items() for name in names},
        "communes": places.commune_names(),
        "old": places.old_ward_names(),
        "languages": languages,
    }


def read_frames(order: dict[str, Any]) -> Iterator[Frame]:
    """Yield what the process says about the file; its question about places is answered here.

    Raises FileFlaw when it refuses the file, or when the file broke it.
    """
    with _process() as (process, out):
        try:
            process.stdin.write(json.dumps(order).encode() + b"\n")  # type: ignore[union-attr]
            process.stdin.flush()  # type: ignore[union-attr]
            while (frame := _next(out)) is not None:
                if frame.head["frame"] == "refused":
                    raise FileFlaw(frame.head["code"], **frame.head["facts"])
                if frame.head["frame"] == "which":
                    answers = [_answer(texts) for texts in frame.head["places"]]
                    process.stdin.write(json.dumps(answers).encode() + b"\n")  # type: ignore[union-attr]
                    process.stdin.flush()  # type: ignore[union-attr]
                    continue
                yield frame
                if frame.head["frame"] == "end":
                    return
        except (BrokenPipeError, ValueError) as error:
            if isinstance(error, FileFlaw):
                raise
        # It ended without its last word: the file crashed it, or hit the limits set on it.
        raise FileFlaw("broken")


@contextmanager
def _process() -> Iterator[tuple["subprocess.Popen[bytes]", Any]]:
    package = Path(__file__).resolve().parent.parent.parent
    with tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(
            [sys.executable, "-m", "aoxanh.sheets.reading.program"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            # No address, key or password of ours is of use to something that opens strangers' files.
            env={
                "PYTHONPATH": str(package),
                "PATH": os.environ.get("PATH", ""),
                "PYTHONUTF8": "1",
                "MALLOC_ARENA_MAX": "2",
            },
        )
        try:
            yield process, process.stdout
        finally:
            process.kill()
            process.communicate()


def _next(out: Any) -> Frame | None:
    line = out.readline(MOST_HEAD)
    if not line.endswith(b"\n"):
        return None
    head = json.loads(line)
    body = out.read(head["size"])
    return Frame(head, body) if len(body) == head["size"] else None


def _answer(texts: list[str]) -> dict[str, Any]:
    """Return what a search makes of a place that no plain name matches."""
    found = places.find_places(", ".join(text for text in texts if text), limit=6)
    only = found.only
    if only is not None and only.level == "commune":
        return {"code": only.code, "ask_back": False, "candidates": []}
    communes = [match.place for match in found.matches if match.place.level == "commune"]
    candidates = communes or [place for place in found.suggestions if place.level == "commune"]
    return {"code": "", "ask_back": bool(communes), "candidates": [place.code for place in candidates[:6]]}
