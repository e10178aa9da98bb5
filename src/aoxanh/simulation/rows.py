"""Batches as rows of COPY, each with the same hash of its meaning that a phone's record would get.

Building a record object for each row only to hash it would be most of the work, so the canonical JSON is put together from
ready pieces here; tests hold it to `records.meaning` for every kind of row.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aoxanh.desk.bulk import COPY_COLUMNS
from aoxanh.simulation import words
from aoxanh.simulation.batch import Batch, Column
from aoxanh.simulation.roster import uuid_texts
from aoxanh.simulation.sessions import EPOCH, Campaign

CHUNK = 8_000
_ORDER = (
    "commune_code day id root_id revision withdrawn reason team_id seq activity procedure_id procedure_version mode outcome obstacle"
    " minutes quantity language age_band typed_by steps_done refused handover_reason return_code note captured_at sha256"
    " volunteer_id device_id schema received_at"
)
assert tuple(_ORDER.split()) == COPY_COLUMNS, "the line below must give its values in the desk's order"  # noqa: S101
_ALPHABET = np.frombuffer(words.RETURN_CODE.encode(), np.uint8)
Objects = NDArray[np.object_]


@dataclass
class _Pieces:
    """Each word's text, in lists that arrays of indexes pick from."""

    commune: Objects
    team: Objects
    volunteer: Objects
    device: Objects
    procedure: Objects
    procedure_json: Objects
    version: Objects
    version_json: Objects
    language: Objects
    steps: Objects


class RowWriter:
    """Writes batches as chunks of COPY text; holds each phone's last number, so batches must come in the order of months."""

    def __init__(self, campaign: Campaign, *, chunk: int = CHUNK) -> None:
        self._chunk = chunk
        self._seq = np.zeros(campaign.roster.volunteers, np.int64)
        self._pieces = _pieces(campaign)
        self._days = _Days(campaign)

    def chunks(self, batch: Batch, raw: NDArray[np.uint8]) -> Iterator[bytes]:
        """Yield the rows in the order in which the server had them, with their ids and with numbers."""
        seq = self._numbers(batch)
        for start in range(0, len(batch), self._chunk):
            part = slice(start, start + self._chunk)
            chosen = np.arange(len(batch))[part]
            yield self._lines(batch.take(chosen), raw[part], raw[batch.root[part]], seq[part])

    def _numbers(self, batch: Batch) -> Column:
        """Return each row's number on its phone, in the order of saving."""
        order = np.lexsort((batch.revision, batch.captured, batch.volunteer))
        volunteer = batch.volunteer[order]
        starts = (
            np.flatnonzero(np.r_[True, volunteer[1:] != volunteer[:-1]]) if len(batch) else np.zeros(0, int)
        )
        lengths = np.diff(np.r_[starts, len(batch)])
        rank = np.arange(len(batch)) - np.repeat(starts, lengths) + 1
        seq = np.empty(len(batch), np.int64)
        seq[order] = self._seq[volunteer] + rank
        self._seq[volunteer[starts]] += lengths
        return seq

    def _lines(self, batch: Batch, raw: NDArray[np.uint8], root_raw: NDArray[np.uint8], seq: Column) -> bytes:
        pieces, take = self._pieces, _pick
        captured, received = stamps(batch.captured), stamps(batch.received)
        lines = []
        sha256 = hashlib.sha256
        for (
            commune, day, id_, root, revision, withdrawn, reason, team, number, activity, procedure, procedure_json, version,
            version_json, mode, outcome, obstacle, minutes, quantity, language, age, typed, steps, refused, handover, code,
            note, milliseconds, saved, volunteer, device, arrived,
        ) in zip(
            pieces.commune[batch.team].tolist(), self._days.texts(batch.day), uuid_texts(raw).tolist(),
            uuid_texts(root_raw).tolist(), batch.revision.tolist(), take(_TRUTH, batch.withdrawn), take(_CORRECTIONS, batch.reason),
            pieces.team[batch.team].tolist(), seq.tolist(), take(_ACTIVITIES, batch.activity), take(pieces.procedure, batch.procedure),
            take(pieces.procedure_json, batch.procedure), take(pieces.version, batch.procedure),
            take(pieces.version_json, batch.procedure), take(_MODES, batch.mode), take(_OUTCOMES, batch.outcome),
            take(_OBSTACLES, batch.obstacle), batch.minutes.tolist(), batch.quantity.tolist(), take(pieces.language, batch.language),
            take(_AGES, batch.age), take(_TYPED, batch.typed), take(pieces.steps, batch.steps), take(_REFUSED, batch.refused),
            take(_REASONS, batch.handover), codes_as_text(batch.code), take(_NOTES, batch.note), batch.captured.tolist(), captured,
            take(pieces.volunteer, batch.volunteer), take(pieces.device, batch.volunteer), received, strict=True,
        ):  # fmt: skip
            canonical = (
                f'{{"activity":"{activity}","age_band":"{age}","captured_at":{milliseconds},"commune":"{commune}","day":"{day}",'
                f'"handover_reason":"{handover}","id":"{id_}","language":"{language}","minutes":{minutes},"mode":"{mode}",'
                f'"note":"{note}","obstacle":"{obstacle}","outcome":"{outcome}","procedure":{procedure_json},'
                f'"procedure_version":{version_json},"quantity":{quantity},"reason":"{reason}","refused":[{refused[1]}],'
                f'"return_code":"{code}","revision":{revision},"root":"{root}","schema":1,"steps_done":[{steps}],"team":"{team}",'
                f'"typed_by":"{typed}","withdrawn":{withdrawn}}}'
            )
            lines.append(
                f"{commune}\t{day}\t{id_}\t{root}\t{revision}\t{withdrawn}\t{reason}\t{team}\t{number}\t{activity}\t{procedure}\t{version}"
                f"\t{mode}\t{outcome}\t{obstacle}\t{minutes}\t{quantity}\t{language}\t{age}\t{typed}\t{{{steps}}}\t{{{refused[0]}}}"
                f"\t{handover}\t{code}\t{note}\t{saved}+00\t{sha256(canonical.encode()).hexdigest()}\t{volunteer}\t{device}\t1\t{arrived}+00\n"
            )
        return "".join(lines).encode()


class _Days:
    def __init__(self, campaign: Campaign) -> None:
        self._first = (campaign.plan.first - EPOCH).days
        self._texts = _objects([day.isoformat() for day in campaign.days])

    def texts(self, day: Column) -> list[str]:
        found: list[str] = self._texts[day - self._first].tolist()
        return found


def _objects(values: list[str]) -> Objects:
    found = np.empty(len(values), dtype=object)
    found[:] = values
    return found


def _pick(table: Objects, index: Column) -> list[str]:
    found: list[str] = table[index.astype(np.int64)].tolist()
    return found


def _pieces(campaign: Campaign) -> _Pieces:
    """Make the tables; a procedure index of -1 picks the last entry, which stands for none."""
    roster, catalogue = campaign.roster, campaign.catalogue
    longest = int(catalogue.steps.max(initial=0))
    return _Pieces(
        _objects([campaign.land.codes[commune] for commune in roster.team_commune.tolist()]),
        _objects(roster.team_ids),
        _objects(roster.volunteer_ids),
        _objects(roster.device_ids),
        _objects([*catalogue.codes, r"\N"]),
        _objects([*(json.dumps(code) for code in catalogue.codes), "null"]),
        _objects([*map(str, catalogue.versions), r"\N"]),
        _objects([*map(str, catalogue.versions), "null"]),
        _objects(catalogue.languages),
        _objects([",".join(map(str, range(1, count + 1))) for count in range(longest + 1)]),
    )


_TRUTH = _objects(["false", "true"])
_ACTIVITIES, _MODES, _OUTCOMES, _OBSTACLES, _AGES, _TYPED, _REASONS, _NOTES, _CORRECTIONS = (
    _objects(list(table))
    for table in (
        words.ACTIVITIES,
        words.MODES,
        words.OUTCOMES,
        words.OBSTACLES,
        words.AGES,
        words.TYPED_BY,
        words.REASONS,
        words.NOTES,
        words.CORRECTIONS,
    )
)
# What was refused, as PostgreSQL's array and as JSON's.
_REFUSED = np.empty(len(words.REFUSED), dtype=object)
_REFUSED[:] = [(word, f'"{word}"' if word else "") for word in words.REFUSED]


def session_ids(captured: Column, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Return UUIDv7 of the moments of saving, as rows of 16 bytes."""
    raw = rng.integers(0, 256, (len(captured), 16), dtype=np.uint8)
    raw[:, :6] = captured.astype(">i8").view(np.uint8).reshape(-1, 8)[:, 2:]
    raw[:, 6] = raw[:, 6] & 0x0F | 0x70
    raw[:, 8] = raw[:, 8] & 0x3F | 0x80
    return raw


def codes_as_text(code: Column) -> list[str]:
    """Return return codes as text, empty for -1."""
    letters = _ALPHABET[(code[:, None] >> np.arange(0, 30, 5)) & 31]
    texts = np.ascontiguousarray(letters).view("S6").ravel().astype("U6")
    found: list[str] = np.where(code >= 0, texts, "").tolist()
    return found


def stamps(milliseconds: Column) -> list[str]:
    """Return moments as PostgreSQL reads them, without their zone, which is UTC."""
    found: list[str] = np.datetime_as_string(milliseconds.astype("M8[ms]")).tolist()
    return found
