"""Makes hostile sync bodies: good batches in which a field, or some bytes, have been spoilt."""

import base64
import gzip
import hashlib
import json
from collections.abc import Callable
from random import Random
from typing import Any
from uuid import UUID

from aoxanh.kernel import clock
from tests.desk.record_examples import a_correction, a_record
from tests.fuzz.thrower import Headers
from tests.fuzz.words import JSON_VALUES, Planted

NOTES = (
    "",
    "sóng yếu ở bản xa",
    "bà con hỏi thêm 😀",
    "quầy đông buổi sáng",
    "tab\tvà dòng\nmới",
    "\\ud83d chỉ là chữ",
)
BYTES = (
    b"\x00", b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xfe\xff", b"\\u0000", b"\\ud800", b"\\udc00\\ud800", b"\\", b'"', b"'", b",", b":", b"{", b"}", b"[", b"]",
    b"null", b"true", b"NaN", b"Infinity", b"-", b"1e400", b"9" * 25, b"0", b".0", b"e5", b" ", b"\n", b"\x0b", b"//", b"/**/", b"\xe2\x80\xae", b"\xcc\x81", b"[" * 70, b"[" * 3000,
)  # fmt: skip
PHONE_FIELDS = (
    "note",
    "reason",
    "procedure",
    "return_code",
    "commune",
    "language",
    "app",
    "handover_reason",
    "mode",
    "extra",
)


def fresh_id(dice: Random) -> str:
    """Return an id as a phone makes it (UUIDv7), the same for the same seed."""
    raw = (clock.milliseconds(clock.now()) << 80) | dice.getrandbits(80)
    return str(UUID(int=(raw & ~(0xF000 << 64) & ~(0xC000 << 48)) | (0x7000 << 64) | (0x8000 << 48)))


def good_record(dice: Random, seq: int) -> dict[str, Any]:
    """Return a record that is right in every field, a correction of something unknown now and then."""
    record = a_record(id=fresh_id(dice), seq=seq, note=dice.choice(NOTES), minutes=dice.randrange(601))
    if dice.random() < 0.2:
        record |= {"outcome": "handed_over", "handover_reason": "police", "return_code": "LAN234"}
    if dice.random() < 0.2:
        record |= {
            "activity": "outreach",
            "procedure": None,
            "procedure_version": None,
            "quantity": dice.randrange(1, 90),
        }
    return (
        a_correction(record, id=fresh_id(dice), withdrawn=dice.random() < 0.3)
        if dice.random() < 0.15
        else record
    )


def good_batch(dice: Random, seq: int) -> dict[str, Any]:
    records = [good_record(dice, seq + step) for step in range(dice.choice((1, 1, 2, 3)))]
    return {
        "sent_at": clock.milliseconds(clock.now()),
        "pending": len(records),
        "app": "0.1.0",
        "records": records,
    }


def hostile_body(dice: Random, planted: Planted, seq: int) -> bytes:
    """Return a batch with up to three things wrong, in its fields or in its bytes; one in ten is left as it is."""
    batch: Any = good_batch(dice, seq)
    if dice.random() < 0.55:
        for _ in range(dice.choice((1, 1, 2))):
            batch = spoil_field(dice, batch, planted)
    body = as_json(dice, batch)
    if dice.random() < 0.6:
        for _ in range(dice.choice((1, 1, 1, 2, 3))):
            body = dice.choice(SPOILERS)(dice, body)
    return body


def as_json(dice: Random, batch: Any) -> bytes:
    text = json.dumps(batch, ensure_ascii=dice.random() < 0.5, separators=(",", ":"))
    return text.encode(errors="surrogatepass")


def spoil_field(dice: Random, batch: dict[str, Any], planted: Planted) -> dict[str, Any]:
    """Put a hostile or planted value into one field of the batch or of one record."""
    records = batch["records"]
    if not isinstance(records, list) or not records or dice.random() < 0.12:
        name = dice.choice(("sent_at", "pending", "app", "records", "extra"))
        return batch | {name: planted.plant(dice) if dice.random() < 0.2 else dice.choice(JSON_VALUES)}
    index = dice.randrange(len(records))
    record = records[index]
    if not isinstance(record, dict) or dice.random() < 0.06:
        spoilt: Any = dice.choice(JSON_VALUES)
    elif dice.random() < 0.3:
        spoilt = record | {dice.choice(PHONE_FIELDS): planted.plant(dice)}
    elif dice.random() < 0.1:
        spoilt = {key: value for key, value in record.items() if key != dice.choice(list(record))}
    else:
        spoilt = record | {dice.choice([*record, "extra"]): dice.choice(JSON_VALUES)}
    return batch | {"records": [*records[:index], spoilt, *records[index + 1 :]]}


def _place(dice: Random, body: bytes) -> int:
    return dice.randrange(len(body) + 1)


def _insert(dice: Random, body: bytes) -> bytes:
    at = _place(dice, body)
    return body[:at] + dice.choice(BYTES) + body[at:]


def _overwrite(dice: Random, body: bytes) -> bytes:
    at, piece = _place(dice, body), dice.choice(BYTES)
    return body[:at] + piece + body[at + len(piece) :]


def _flip(dice: Random, body: bytes) -> bytes:
    at = _place(dice, body)
    return body[:at] + bytes(byte ^ (1 << dice.randrange(8)) for byte in body[at : at + 1]) + body[at + 1 :]


def _cut(dice: Random, body: bytes) -> bytes:
    first, last = sorted((_place(dice, body), _place(dice, body)))
    return body[:first] + body[min(last, first + dice.choice((1, 3, 40))) :]


def _truncate(dice: Random, body: bytes) -> bytes:
    return body[: _place(dice, body)]


def _repeat(dice: Random, body: bytes) -> bytes:
    first, last = sorted((_place(dice, body), _place(dice, body)))
    return body[:last] + body[first:last] + body[last:]


def _twice_the_key(dice: Random, body: bytes) -> bytes:
    key = dice.choice((b'"minutes":', b'"id":', b'"note":', b'"records":', b'"team":'))
    return body.replace(key, key + dice.choice((b"7,", b'"x",', b"[],", b"null,")) + key, 1)


def _change_number(dice: Random, body: bytes) -> bytes:
    at = _place(dice, body)
    while at < len(body) and not body[at : at + 1].isdigit():
        at += 1
    return (
        body[:at]
        + dice.choice((b"9" * 4400, b"1e308", b"00", b"1.0", b"-1", b"0x1", b"1_0"))
        + body[at + 1 :]
    )


def _other_encoding(dice: Random, body: bytes) -> bytes:
    text = body.decode(errors="replace")
    return dice.choice(
        (
            text.encode("utf-16"),
            text.encode("utf-8-sig"),
            text.encode("utf-32-le"),
            gzip.compress(body, mtime=0),
        )
    )


SPOILERS: tuple[Callable[[Random, bytes], bytes], ...] = (
    _insert, _insert, _overwrite, _overwrite, _flip, _flip, _cut, _truncate, _repeat, _twice_the_key, _change_number, _other_encoding,
)  # fmt: skip


def digest_of(body: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


def around_body(dice: Random, body: bytes) -> tuple[Headers, str | None, bool]:
    """Return headers for a body, the Content-Length to claim (None: the true one), and whether the server can still take it."""
    roll = dice.random()
    kind, digest = ("Content-Type", "application/json"), ("Content-Digest", digest_of(body))
    if roll < 0.86:
        return (kind, digest), None, True
    if roll < 0.93:
        wrong = dice.choice(
            (
                "",
                "sha-256",
                "sha-256=::",
                "sha-256=:é:",
                "sha-512=:AAAA:",
                "=" * 400,
                ":",
                digest_of(body + b" "),
                digest[1][:-9],
                "sha-256=:" + "A" * 44 + ":",
            )
        )
        return (kind, ("Content-Digest", wrong)), None, False
    if roll < 0.96:
        length = dice.choice(("", "0", str(max(len(body) - 1, 0))))
        return (kind, digest), length, False
    other = dice.choice(
        (
            "text/plain",
            "application/json; charset=utf-16",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "multipart/form-data",
            "\u00e9",
            "application/json;" * 50,
        )
    )
    encoding = ("Content-Encoding", dice.choice(("gzip", "br", "identity", "x" * 300)))
    return (("Content-Type", other), digest, encoding), None, True
