"""A second reading of the sync protocol, written from its page alone: says what a body is worth without asking the product.

The storm compares every answer of the server with it. What the page leaves open is `unsure`: either answer will do, but a stored
row must still be what was sent.
"""

import json
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal
from uuid import UUID

from tests.fuzz.words import Planted

Verdict = Literal["valid", "invalid", "newer", "unsure"]
WORDS = {
    "activity": "procedure vneid digitise id_sync outreach class",
    "mode": "desk home mobile remote",
    "outcome": "finished guided handed_over come_back stopped",
    "obstacle": "none papers no_phone no_signal account otp data language portal other",
    "age_band": "unknown young middle old",
    "typed_by": "citizen relative official nobody",
    "handover_reason": "decision police identity unusual complaint",
    "refused": "otp password card_photo submit pay decide",
}
NUMBERS = {
    "seq": (1, 2**53),
    "revision": (0, 100),
    "captured_at": (0, 4_102_444_800_000),
    "procedure_version": (1, 100_000),
    "minutes": (0, 600),
    "quantity": (1, 100_000),
}
LEFT_OUT: dict[str, Any] = {
    "revision": 0, "withdrawn": False, "reason": "", "procedure": None, "procedure_version": None, "obstacle": "none", "quantity": 1,
    "language": "vie", "age_band": "unknown", "typed_by": "citizen", "steps_done": [], "refused": [], "handover_reason": "", "return_code": "", "note": "",
}  # fmt: skip
REQUIRED = "id seq schema root commune day captured_at team activity mode outcome minutes".split()
COUNTED = ("digitise", "id_sync", "outreach", "class")
# Nobody's software nests a record this deep; where exactly a reader gives up is its own affair.
DEEP = 60
_HUGE = 10**400
_UUID = re.compile(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{32}", re.IGNORECASE)


@dataclass(frozen=True)
class Surroundings:
    """What a record must agree with: the sender's team since a day, and the lists of procedures and languages."""

    team: UUID
    commune: str
    since: date
    today: date
    procedures: frozenset[str]
    languages: frozenset[str]
    planted: Planted = field(default_factory=Planted)


@dataclass(frozen=True)
class Judged:
    """What one record is worth, and its fields when they can be read."""

    verdict: Verdict
    fields: dict[str, Any] = field(default_factory=dict)


class Wrong(Exception):
    """The record breaks a rule of the page."""


@dataclass(frozen=True)
class JudgedBatch:
    """What a body is worth: a judgement for each record, or None when it must be refused whole; `either` allows both."""

    records: list[Judged] | None
    either: bool = False


REFUSED = JudgedBatch(None)


def judge_body(body: bytes, around: Surroundings) -> JudgedBatch:
    """Judge a batch. A byte that is no UTF-8 spoils the record it stands in and no other; of two values of one name the last counts."""
    try:
        text = body.decode(errors="surrogateescape")
        batch = json.loads(text, parse_constant=_no_number, parse_int=_whole, object_pairs_hook=_object)
    except RecursionError:
        return JudgedBatch(None, either=True)
    except ValueError:
        return REFUSED
    if not isinstance(batch, dict) or not _number(batch.get("sent_at"), 0, 4_102_444_800_000):
        return REFUSED
    if not _number(batch.get("pending", 0), 0, 10_000_000):
        return REFUSED
    app, records = batch.get("app", ""), batch.get("records")
    if not isinstance(app, str) or len(app) > 20 or not isinstance(records, list) or len(records) > 200:
        return REFUSED
    envelope = {name: value for name, value in batch.items() if name != "records"}
    either = isinstance(batch, Twice) or _has_bad_bytes(envelope) or is_deep(body)
    return JudgedBatch([judge_record(record, around) for record in records], either)


class Twice(dict[str, Any]):
    """An object that names something twice; the last one counts, or it is refused."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    return told if len(told) == len(pairs) else Twice(told)


def _has_bad_bytes(value: Any) -> bool:
    if isinstance(value, str):
        return any("\udc80" <= char <= "\udcff" for char in value)
    if isinstance(value, dict):
        return any(_has_bad_bytes(key) or _has_bad_bytes(item) for key, item in value.items())
    return isinstance(value, list) and any(map(_has_bad_bytes, value))


def is_deep(body: bytes) -> bool:
    """Tell whether brackets are nested deeper than any record is; those within texts count too."""
    depth = deepest = 0
    for char in body:
        depth += (char in b"[{") - (char in b"]}")
        deepest = max(deepest, depth)
    return deepest > DEEP


def judge_record(record: Any, around: Surroundings) -> Judged:
    """Return what one record is worth in these surroundings, before anything stored is looked at."""
    try:
        return Judged("unsure" if isinstance(record, Twice) else "valid", _checked(record, around))
    except Wrong:
        schema = record.get("schema") if isinstance(record, dict) else None
        newer = _number(schema, 2, _HUGE)
        return Judged("newer" if newer else "invalid")


def _checked(record: Any, around: Surroundings) -> dict[str, Any]:
    _must(isinstance(record, dict) and set(record) <= {*REQUIRED, *LEFT_OUT} and set(REQUIRED) <= set(record))
    told = LEFT_OUT | record
    _must(_number(told["schema"], 1, 1) and isinstance(told["withdrawn"], bool))
    for name, (least, most) in NUMBERS.items():
        _must(_number(told[name], least, most) or (name == "procedure_version" and told[name] is None))
    for name in ("id", "root", "team"):
        _must(isinstance(told[name], str) and bool(_UUID.fullmatch(told[name])))
        told[name] = UUID(told[name])
    for name in ("activity", "mode", "outcome", "obstacle", "age_band", "typed_by"):
        _must(told[name] in WORDS[name].split())
    _must(told["handover_reason"] in ("", *WORDS["handover_reason"].split()))
    _must(isinstance(told["steps_done"], list) and len(told["steps_done"]) <= 60)
    _must(all(_number(step, 1, 100) for step in told["steps_done"]))
    _must(isinstance(told["refused"], list) and len(told["refused"]) <= 6)
    _must(all(isinstance(word, str) and word in WORDS["refused"].split() for word in told["refused"]))
    for name, pattern in (
        ("commune", r"[0-9]{5}"),
        ("language", r"[a-z]{3}"),
        ("return_code", r"([A-HJ-NP-Z2-9]{6})?"),
    ):
        _must(isinstance(told[name], str) and bool(re.fullmatch(pattern, told[name])))
    _check_texts(told, around.planted)
    _check_pairs(told)
    _check_surroundings(told, around)
    return told


def _check_texts(told: dict[str, Any], planted: Planted) -> None:
    for name, most in (("reason", 200), ("note", 280)):
        text = told[name]
        _must(isinstance(text, str) and len(text) <= most and text == unicodedata.normalize("NFC", text))
        _must(
            not any(
                (ord(char) < 32 and char not in "\t\n") or char == "\x7f" or "\ud800" <= char <= "\udfff"
                for char in text
            )
        )
        _must(not planted.found_in(text))


def _check_pairs(told: dict[str, Any]) -> None:
    _must((told["revision"] == 0) == (told["root"] == told["id"]))
    _must(told["revision"] == 0 or bool(told["reason"].strip()))
    _must(not (told["withdrawn"] and told["revision"] == 0))
    _must(told["procedure"] is None or (isinstance(told["procedure"], str) and len(told["procedure"]) <= 20))
    _must(told["activity"] != "procedure" or bool(told["procedure"]))
    _must(told["activity"] not in COUNTED or told["procedure"] is None)
    _must((told["outcome"] == "handed_over") == bool(told["handover_reason"]))


def _check_surroundings(told: dict[str, Any], around: Surroundings) -> None:
    _must(isinstance(told["day"], str) and bool(re.fullmatch(r"\d{4}-\d\d-\d\d", told["day"], re.ASCII)))
    try:
        told["day"] = date.fromisoformat(told["day"])
    except ValueError:
        raise Wrong from None
    _must(
        max(around.since, around.today - timedelta(days=400))
        <= told["day"]
        <= around.today + timedelta(days=2)
    )
    _must((told["team"], told["commune"]) == (around.team, around.commune))
    _must(told["procedure"] is None or told["procedure"] in around.procedures)
    _must(told["language"] in around.languages)


def _must(holds: bool) -> None:
    if not holds:
        raise Wrong


def _number(value: Any, least: int, most: int) -> bool:
    """Tell whether a JSON value is written as a whole number within bounds: 12, but neither 12.0 nor true."""
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _whole(digits: str) -> int:
    return int(digits) if len(digits) < 4000 else _HUGE


def _no_number(name: str) -> None:
    raise ValueError(name)
