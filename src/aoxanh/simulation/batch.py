"""Sessions as columns: one array for each thing a session says, one entry for each session."""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

Column = NDArray[Any]
HOUR, MINUTE, DAY = 3_600_000, 60_000, 86_400_000
"""Milliseconds."""
VIETNAM_OFFSET = 7 * HOUR


@dataclass
class Batch:
    """The words are indexes into words.py and the catalogue; `day` counts days, `captured` and `received` milliseconds since 1970.

    `root` is the position of the first revision in the same batch, `code` a return code as a number or -1, `planted` the
    number of the fabricator who made it up or -1 (it never leaves the memory of the simulation but for the truth file).
    """

    team: Column
    volunteer: Column
    day: Column
    captured: Column
    received: Column
    root: Column
    revision: Column
    withdrawn: Column
    reason: Column
    activity: Column
    procedure: Column
    mode: Column
    outcome: Column
    obstacle: Column
    minutes: Column
    quantity: Column
    language: Column
    age: Column
    typed: Column
    steps: Column
    refused: Column
    handover: Column
    code: Column
    note: Column
    planted: Column

    def __len__(self) -> int:
        return len(self.team)

    def take(self, chosen: Column) -> "Batch":
        """Return the rows at some positions (or under a mask); roots still name the old positions."""
        return Batch(**{field.name: getattr(self, field.name)[chosen] for field in fields(self)})

    def keep(self, chosen: Column) -> "Batch":
        """Return the rows at some positions, in that order, with roots renamed; a root must be kept with its revisions."""
        moved = np.full(len(self), -1, np.int64)
        moved[chosen] = np.arange(len(chosen))
        kept = self.take(chosen)
        kept.root = moved[kept.root]
        return kept

    @classmethod
    def joined(cls, parts: "list[Batch]") -> "Batch":
        """Put batches one after the other; each part's roots name positions within that part."""
        starts = np.cumsum([0, *[len(part) for part in parts[:-1]]])
        together = {
            field.name: np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(cls)
        }
        together["root"] = np.concatenate(
            [part.root + start for part, start in zip(parts, starts, strict=True)]
        )
        return cls(**together)
