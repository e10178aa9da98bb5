"""Frozen texts: JSON that is the same for equal content, numbers as exact decimals, and its SHA-256."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


class TamperedDocument(ValueError):
    """A frozen text no longer has the hash it was frozen with."""


def canonical(content: Mapping[str, Any]) -> str:
    """Return the one text of some content: sorted keys, no spaces. Raises TypeError for a float, whose last digit is nobody's."""
    _no_floats(content)
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def opened(text: str, sha256: str) -> dict[str, Any]:
    """Return the content of a frozen text. Raises TamperedDocument unless it has the hash it was frozen with."""
    if digest(text) != sha256:
        raise TamperedDocument("the frozen text does not have its hash")
    content: dict[str, Any] = json.loads(text)
    return content


def _no_floats(part: Any) -> None:
    if isinstance(part, float):
        raise TypeError("frozen numbers are whole or exact decimals written as text")
    for inner in (
        part.values() if isinstance(part, Mapping) else part if isinstance(part, (list, tuple)) else ()
    ):
        _no_floats(inner)
