"""The record a phone hands in, decoded and checked field by field."""

import hashlib
import re
import unicodedata
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

SCHEMA = 1
MAX_RECORDS = 200
MAX_BODY_BYTES = 512 * 1024

Activity = Literal["procedure", "vneid", "digitise", "id_sync", "outreach", "class"]
Mode = Literal["desk", "home", "mobile", "remote"]
Outcome = Literal["finished", "guided", "handed_over", "come_back", "stopped"]
Obstacle = Literal[
    "none", "papers", "no_phone", "no_signal", "account", "otp", "data", "language", "portal", "other"
]
AgeBand = Literal["unknown", "young", "middle", "old"]
TypedBy = Literal["citizen", "relative", "official", "nobody"]
Refused = Literal["otp", "password", "card_photo", "submit", "pay", "decide"]
HandoverReason = Literal["", "decision", "police", "identity", "unusual", "complaint"]
COUNTED_ACTIVITIES = frozenset({"digitise", "id_sync", "outreach", "class"})

Small = Annotated[int, Meta(ge=0, le=100)]
Text = Annotated[str, Meta(max_length=200)]


class SessionRecord(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """One revision of a support session, schema 1. Times are milliseconds since 1970 UTC, `minutes` are minutes."""

    id: UUID
    seq: Annotated[int, Meta(ge=1, le=2**53)]
    schema: Literal[1]
    root: UUID
    revision: Small = 0
    withdrawn: bool = False
    reason: Text = ""
    commune: Annotated[str, Meta(pattern=r"^[0-9]{5}\Z")]
    day: date
    captured_at: Annotated[int, Meta(ge=0, le=4_102_444_800_000)]
    team: UUID
    activity: Activity
    procedure: Annotated[str, Meta(max_length=20)] | None = None
    procedure_version: Annotated[int, Meta(ge=1, le=100_000)] | None = None
    mode: Mode
    outcome: Outcome
    obstacle: Obstacle = "none"
    minutes: Annotated[int, Meta(ge=0, le=600)]
    quantity: Annotated[int, Meta(ge=1, le=100_000)] = 1
    language: Annotated[str, Meta(pattern=r"^[a-z]{3}\Z")] = "vie"
    age_band: AgeBand = "unknown"
    typed_by: TypedBy = "citizen"
    steps_done: Annotated[tuple[Annotated[int, Meta(ge=1, le=100)], ...], Meta(max_length=60)] = ()
    refused: Annotated[tuple[Refused, ...], Meta(max_length=6)] = ()
    handover_reason: HandoverReason = ""
    return_code: Annotated[str, Meta(pattern=r"^([A-HJ-NP-Z2-9]{6})?\Z")] = ""
    note: Annotated[str, Meta(max_length=280)] = ""


class Envelope(msgspec.Struct, kw_only=True):
    """The batch around the records; each record stays raw so that a bad one cannot spoil the others."""

    sent_at: Annotated[int, Meta(ge=0, le=4_102_444_800_000)]
    pending: Annotated[int, Meta(ge=0, le=10_000_000)] = 0
    app: Annotated[str, Meta(max_length=20)] = ""
    records: Annotated[list[msgspec.Raw], Meta(max_length=MAX_RECORDS)]


class _Probe(msgspec.Struct):
    id: str | None = None
    schema: int | None = None


class Flaw(Exception):
    """What is wrong with one record: a stable code and the field it is about."""

    def __init__(self, code: str, field: str = "", detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.detail = detail


_envelope = msgspec.json.Decoder(Envelope)
_probe = msgspec.json.Decoder(_Probe)
_record = msgspec.json.Decoder(SessionRecord)
_canonical = msgspec.json.Encoder(order="deterministic")
_PATH = re.compile(r"`\$\.?([a-z_]+)")
_UNKNOWN = re.compile(r"(?:unknown|missing required) field `([a-z_]+)`")
# A release number or a digest; a run of nine digits, or a long text without a letter, could be a person's number.
_VERSION = re.compile(r"(?!.*[0-9]{9})(?![0-9.+_-]{11})[0-9A-Za-z.+_-]*")
# A pair of surrogates or any other escape; group 1 is a surrogate without its other half.
_ESCAPE = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def read_envelope(body: bytes) -> Envelope:
    """Decode a batch; raises Flaw("invalid_batch") with the field when its outside is wrong."""
    try:
        envelope = _decoded(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Flaw("invalid_batch", _field_in(str(error)), str(error)) from error
    # What is no version could be anything, and is not kept; it must not hold up the records either.
    return envelope if _VERSION.fullmatch(envelope.app) else msgspec.structs.replace(envelope, app="")


def _decoded(body: bytes) -> Envelope:
    """Decode a batch; half a character in one record (a text cut within an emoji) must not spoil the others.

    The decoder refuses such a body whole, so it is read again with each half made a NUL, which its own record is refused for.
    """
    try:
        return _envelope.decode(body)
    except msgspec.DecodeError:
        whole = _ESCAPE.sub(lambda found: b"\\u0000" if found[1] else found[0], body)
        if whole == body:
            raise
        return _envelope.decode(whole)


def identify(raw: msgspec.Raw) -> UUID | None:
    """Return the record's id if it can be read at all."""
    try:
        return UUID(_probe.decode(raw).id or "")
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError, RecursionError):
        return None


def read_record(raw: msgspec.Raw) -> SessionRecord:
    """Decode one record and check what can be checked without the database; raises Flaw."""
    try:
        record = _record.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _decoding_flaw(raw, str(error)) from error
    _check_texts(record)
    _check_pairs(record)
    return record


def meaning(record: SessionRecord) -> str:
    """Return the SHA-256 (hex) of what the record says, the same however and by which device number it was sent."""
    fields = msgspec.structs.asdict(record)
    del fields["seq"]
    return hashlib.sha256(_canonical.encode(fields)).hexdigest()


def _decoding_flaw(raw: msgspec.Raw, message: str) -> Flaw:
    try:
        schema = _probe.decode(raw).schema
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Flaw("unreadable", detail=message)
    if schema is not None and schema > SCHEMA:
        return Flaw("newer_schema", "schema")
    return Flaw("invalid_field", _field_in(message), message)


def _field_in(message: str) -> str:
    found = _PATH.search(message) or _UNKNOWN.search(message)
    return found[1] if found else ""


def _check_texts(record: SessionRecord) -> None:
    for field in ("note", "reason"):
        text = getattr(record, field)
        if text and (_FORBIDDEN.search(text) or unicodedata.normalize("NFC", text) != text):
            raise Flaw("invalid_field", field, "text must be NFC without control characters")


def _check_pairs(record: SessionRecord) -> None:
    """Check the rules that join two fields."""
    if (record.revision == 0) != (record.root == record.id):
        raise Flaw("invalid_field", "root", "the first revision's root is its own id, a later one's is not")
    if record.revision > 0 and not record.reason.strip():
        raise Flaw("reason_missing", "reason")
    if record.withdrawn and record.revision == 0:
        raise Flaw("invalid_field", "withdrawn", "only a later revision can withdraw")
    if record.activity == "procedure" and not record.procedure:
        raise Flaw("invalid_field", "procedure", "help with a procedure names it")
    if record.activity in COUNTED_ACTIVITIES and record.procedure is not None:
        raise Flaw("invalid_field", "procedure", "counted work names no procedure")
    if (record.outcome == "handed_over") != bool(record.handover_reason):
        raise Flaw("invalid_field", "handover_reason", "a hand-over has a reason, and only a hand-over")
