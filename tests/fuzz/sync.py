"""The storm over the sync door: every answer is compared with a second reading of the protocol, and every row with what was sent."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any
from uuid import UUID

from aoxanh.desk.models import SupportSession
from aoxanh.kernel import clock
from aoxanh.kernel.scope import whole_nation
from aoxanh.places import queries as places
from aoxanh.procedures import queries as procedures
from tests.cast import FIRST_DAY, LAN_TEAM, LUNG_CU
from tests.fuzz.bodies import around_body, hostile_body
from tests.fuzz.ground import hand_out_phones, phone_keys
from tests.fuzz.thrower import Headers, Reply, Request, Thrower
from tests.fuzz.validity import REFUSED, Judged, Surroundings, judge_body
from tests.fuzz.words import Planted

SYNC = "/api/v1/sync"
GROUP = "sync_bodies"
LARGEST = 512 * 1024
SAME_NAME = (
    "revision withdrawn reason seq schema activity procedure_version mode outcome obstacle minutes quantity language age_band typed_by steps_done"
    " refused handover_reason return_code note"
).split()
Key = tuple[str, date, UUID]


@dataclass
class SyncStorm:
    """Lan's phone gone mad, and what it may believe to be stored."""

    thrower: Thrower
    dice: Random
    planted: Planted
    stored: dict[Key, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        hand_out_phones()
        self.around = Surroundings(
            LAN_TEAM, LUNG_CU, FIRST_DAY, clock.today(), frozenset(procedures.known_codes()), frozenset(places.known_languages()), self.planted
        )  # fmt: skip

    def play(self, inputs: int) -> None:
        """Throw so many bodies; one in twenty is thrown again, and must change nothing."""
        for number in range(1, inputs + 1):
            if self.thrower.seconds_left <= 0:
                break
            body = hostile_body(self.dice, self.planted, seq=number * 4)
            headers, length, whole = around_body(self.dice, body)
            self._throw(body, headers, length, whole=whole)
            if self.dice.random() < 0.05:
                self._throw(body, headers, length, whole=whole)

    def _throw(self, body: bytes, headers: Headers, length: str | None, *, whole: bool) -> None:
        request = Request("POST", SYNC, headers=(*phone_keys("lan"), *headers), body=body, length=length)
        reply = self.thrower.throw(GROUP, request)
        judged = judge_body(body, self.around) if whole and len(body) <= LARGEST else REFUSED
        as_json = ("Content-Type", "application/json") in headers
        if reply.status in (400, 413):
            if judged.records is not None and as_json and not judged.either:
                self.thrower.tally.breach(
                    "valid_refused",
                    f"batch {reply.status}",
                    f"{reply.status} {reply.body[:200]!r}: {request}",
                )
        elif judged.records is None or reply.status != 200:
            self.thrower.tally.breach(
                "invalid_accepted", f"batch {reply.status}", f"{reply.status} for the batch: {request}"
            )
        else:
            self._compare(judged.records, reply, str(request))

    def _compare(self, judged: list[Judged], reply: Reply, story: str) -> None:
        answers = answers_in(reply)
        if len(answers) != len(judged):
            self.thrower.tally.breach("answers_missing", "batch", story)
        for one, answer in zip(judged, answers, strict=False):
            expected = self._expected(one, answer["status"])
            if answer["status"] in expected or self._is_false_alarm(one, answer):
                continue
            kind = "invalid_accepted" if answer["status"] in ("accepted", "already") else "valid_refused"
            error = answer.get("error") or {}
            place = (
                f"{answer['status']} {error.get('code', '')} {error.get('field', '')} not {sorted(expected)}"
            )
            self.thrower.tally.breach(kind, place, f"{answer} where {sorted(expected)} was right: {story}")

    def _expected(self, one: Judged, got: str) -> set[str]:
        """Return the answers that are right, and remember what must now be stored."""
        if one.verdict == "unsure" and got == "rejected":
            return {got}
        if one.verdict == "newer":
            return {"deferred", "rejected"}
        if not one.fields:
            return {"rejected"}
        told = one.fields
        key = (told["commune"], told["day"], told["id"])
        if key in self.stored:
            return {"already"} if _meaning(self.stored[key]) == _meaning(told) else {"rejected"}
        self.stored[key] = told
        return {"accepted"}

    def _is_false_alarm(self, one: Judged, answer: dict[str, Any]) -> bool:
        """Tell whether the guard found personal data where none was planted; it is meant to find too much rather than too little."""
        if answer["status"] != "rejected" or answer["error"]["code"] != "personal_data" or not one.fields:
            return False
        del self.stored[one.fields["commune"], one.fields["day"], one.fields["id"]]
        return True

    def check_rows(self) -> None:
        """Compare every stored row with what was sent: none missing, none besides, each field as it was told."""
        with whole_nation():
            rows = {(row.commune_code, row.day, row.id): row for row in SupportSession.objects.all()}
        for key in self.stored.keys() ^ rows.keys():
            self.thrower.tally.breach(
                "half_done", "lost" if key in self.stored else "never accepted", str(key)
            )
        for key in self.stored.keys() & rows.keys():
            for difference in _differences(self.stored[key], rows[key]):
                self.thrower.tally.breach("stored_otherwise", difference.split()[0], f"{key}: {difference}")


def answers_in(reply: Reply) -> list[dict[str, Any]]:
    answers: list[dict[str, Any]] = json.loads(reply.body)["results"]
    return answers


def _meaning(told: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if name != "seq"}


def _differences(told: dict[str, Any], row: SupportSession) -> Iterator[str]:
    pairs = [(name, told[name], getattr(row, name)) for name in SAME_NAME]
    pairs += [
        ("root", told["root"], row.root_id),
        ("team", told["team"], row.team_id),
        ("procedure", told["procedure"], row.procedure_id),
    ]  # type: ignore[attr-defined]
    pairs.append(("captured_at", told["captured_at"], clock.milliseconds(row.captured_at)))
    for name, sent, kept in pairs:
        if sent != kept:
            yield f"{name} was {sent!r} and is {kept!r}"
