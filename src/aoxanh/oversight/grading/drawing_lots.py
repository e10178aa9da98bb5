"""Which files are reviewed: drawn by a seed made of a secret committed to beforehand and of the frozen figures.

The secret is drawn when the cycle opens and only its hash is shown; so the office cannot choose it once the figures are known.
The figures enter the seed, so nobody could know beforehand which files it will pick. Later the secret is shown, and whoever has the
right can draw again: a file's lot is a hash, and the lowest lots win.
"""

import hashlib
from collections.abc import Iterable

from aoxanh.oversight.grading.documents import digest


def commitment_of(secret: str) -> str:
    """Return what is published of a secret when the cycle opens."""
    return digest(f"aoxanh commitment {secret}")


def combined(hashes: Iterable[str]) -> str:
    """Return one hash for the frozen texts of all units, whatever their order."""
    return digest("\n".join(sorted(hashes)))


def seed_of(secret: str, frozen: str) -> str:
    """Return the seed of a cycle's draw from its secret and the hash of all its frozen texts."""
    return digest(f"aoxanh draw {secret} {frozen}")


def drawn(seed: str, unit: str, files: Iterable[str], count: int) -> list[str]:
    """Return the `count` files of a unit whose lots are lowest, the lowest first."""
    return sorted(set(files), key=lambda file: (lot(seed, unit, file), file))[:count]


def lot(seed: str, unit: str, file: str) -> str:
    """Return a file's lot."""
    return hashlib.sha256(f"{seed} {unit} {file}".encode()).hexdigest()
