"""Merging: what is new, what is a repeat, what clashes, and which revision of a session counts.

The stored rows form a set that only grows; these functions depend on the set alone, never on the order or number of
deliveries. That is why late, doubled and shuffled work gives the same figures.
"""

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple
from uuid import UUID

from aoxanh.desk.sync.records import SessionRecord

Status = Literal["accepted", "already", "rejected", "deferred"]


class Key(NamedTuple):
    """The primary key of a stored revision."""

    commune: str
    day: str
    id: UUID


class Candidate(NamedTuple):
    """A record that passed every check, with the hash of its meaning."""

    record: SessionRecord
    sha256: str

    @property
    def key(self) -> Key:
        return Key(self.record.commune, self.record.day.isoformat(), self.record.id)


def distinct(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the first of each key, in key order: the rows to insert, and an order of locks that cannot deadlock."""
    first: dict[Key, Candidate] = {}
    for candidate in candidates:
        first.setdefault(candidate.key, candidate)
    return [first[key] for key in sorted(first)]


def verdicts(candidates: Iterable[Candidate], inserted: set[Key], stored: Mapping[Key, str]) -> list[Status]:
    """Say what became of each candidate, in their order.

    `inserted` are the keys this delivery wrote, `stored` the hash now held under every candidate's key. Same key and same
    meaning is a repeat; same key and another meaning is a clash, answered "rejected", and the stored row stays.
    """
    fresh = set(inserted)
    answers: list[Status] = []
    for candidate in candidates:
        if stored[candidate.key] != candidate.sha256:
            answers.append("rejected")
        elif candidate.key in fresh:
            fresh.discard(candidate.key)
            answers.append("accepted")
        else:
            answers.append("already")
    return answers


def effective(revisions: Iterable[SessionRecord]) -> dict[UUID, SessionRecord]:
    """Return, for each root, the revision that counts: the highest (revision, id). Withdrawn ones are left out."""
    best: dict[UUID, SessionRecord] = {}
    for record in revisions:
        held = best.get(record.root)
        if held is None or (record.revision, record.id) > (held.revision, held.id):
            best[record.root] = record
    return {root: record for root, record in best.items() if not record.withdrawn}


def contested(revisions: Iterable[SessionRecord]) -> set[UUID]:
    """Return the roots that were corrected twice from the same revision, for the team leader to look at."""
    seen: set[tuple[UUID, int]] = set()
    roots: set[UUID] = set()
    for record in revisions:
        step = (record.root, record.revision)
        if step in seen:
            roots.add(record.root)
        seen.add(step)
    return roots
