"""Corrections and withdrawals: later revisions of some sessions, with a reason."""

import numpy as np

from aoxanh.simulation import words
from aoxanh.simulation.batch import HOUR, MINUTE, Batch, Column
from aoxanh.simulation.sessions import FINISHED, HANDED_OVER, midnight

CORRECTED = 0.016
AGAIN = 0.08  # share of the corrected that are corrected once more
WITHDRAWN = 0.22  # share of corrections that take the session back


def with_corrections(rng: np.random.Generator, batch: Batch, month_ends: int) -> Batch:
    """Return the batch with revisions 1 and 2 of some sessions behind it; `month_ends` is the first day after the month."""
    chosen = np.flatnonzero(rng.random(len(batch)) < CORRECTED)
    first = _revise(rng, batch, chosen, chosen, month_ends)
    again = np.flatnonzero(~first.withdrawn & (rng.random(len(first)) < AGAIN))
    second = _revise(rng, first, again, first.root[again], month_ends)
    first.root = first.root - len(batch)
    second.root = second.root - len(batch) - len(first)
    return Batch.joined([batch, first, second])


def _revise(rng: np.random.Generator, batch: Batch, chosen: Column, roots: Column, month_ends: int) -> Batch:
    """Return the next revision of the chosen rows: later on the phone's clock, with a reason, something changed."""
    revised, n = batch.take(chosen), len(chosen)
    later = revised.captured + rng.integers(3 * MINUTE, 36 * HOUR, n)
    soon = revised.captured + rng.integers(2 * MINUTE, 20 * MINUTE, n)
    end = midnight(np.full(n, month_ends))
    revised.captured = np.where(later < end, later, soon)
    revised.received = np.maximum(revised.received + 1_000, revised.captured + rng.integers(2_000, 90_000, n))
    revised.root = roots
    revised.revision = (revised.revision + 1).astype(np.int8)
    revised.withdrawn = rng.random(n) < WITHDRAWN
    revised.reason = np.where(
        revised.withdrawn, words.WITHDRAWAL, rng.integers(1, words.WITHDRAWAL, n)
    ).astype(np.int8)
    change = ~revised.withdrawn
    revised.minutes = np.where(
        change, np.clip(revised.minutes + rng.integers(-5, 15, n), 2, 240), revised.minutes
    ).astype(np.int16)
    closes = change & (revised.outcome != HANDED_OVER) & (rng.random(n) < 0.4)
    revised.outcome = np.where(closes, FINISHED, revised.outcome).astype(np.int8)
    return revised
