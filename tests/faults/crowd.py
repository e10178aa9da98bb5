"""A crowd of simulated volunteers who record, correct and hand in work over a network that fails on every second request."""

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import psycopg

from aoxanh.cli.bench.phones import HOMES, enrol
from aoxanh.simulation.phone import NETWORK_FAULTS, Fault, Phone, Unreachable
from tests.site import LiveSite

HANDS = 8
FAULTY_SHARE = 0.5
BATCHES = (1, 2, 5, 10, 20, 50)
AT_ONCE = 16
DAYS_BACK = 20
CORRECTED, BAD_NOTE, BAD_TEAM = 0.15, 0.006, 0.004
# Scaled from the protocol's 2 s to 5 min, so that a run ends: waits after an attempt without a usable answer.
PAUSES = (0.02, 0.05, 0.1, 0.2, 0.4)
PHONE_NUMBER = "gọi lại số 0912345678"


@dataclass
class Volunteer:
    """A phone, what was saved on it, and which of that the server must refuse."""

    phone: Phone
    commune: str
    team: str
    saved: dict[str, dict[str, Any]] = field(default_factory=dict)
    doomed: set[str] = field(default_factory=set)
    failures: int = 0

    def record(self) -> None:
        """Save one record: mostly new work, sometimes a correction or withdrawal, seldom one that must be refused."""
        random = self.phone.random
        made = self._correction() if self.saved and random.random() < CORRECTED else self._help()
        chance = random.random()
        if chance < BAD_NOTE:
            made["note"] = PHONE_NUMBER
        elif chance < BAD_NOTE + BAD_TEAM:
            made["team"] = str(_uuid7(random))
        if chance < BAD_NOTE + BAD_TEAM:
            self.doomed.add(made["id"])
        self.phone.save(made)
        self.saved[made["id"]] = made | {"seq": self.phone.seq}

    def hand_in(self, fault: Fault) -> None:
        """Try once; after a failure wait as the protocol asks, longer each time."""
        try:
            self.phone.sync(self.phone.random.choice(BATCHES), fault)
            self.failures = 0
        except Unreachable:
            time.sleep(PAUSES[min(self.failures, len(PAUSES) - 1)])
            self.failures += 1

    def _help(self) -> dict[str, Any]:
        random, id_ = self.phone.random, str(_uuid7(self.phone.random))
        at = datetime.now(UTC) - timedelta(days=random.randrange(DAYS_BACK))
        handed_over = random.random() < 0.1
        return {
            "id": id_, "seq": 0, "schema": 1, "root": id_, "revision": 0, "withdrawn": False, "reason": "",
            "commune": self.commune, "day": (at + timedelta(hours=7)).date().isoformat(),
            "captured_at": int(at.timestamp() * 1000), "team": self.team,
            "activity": "procedure", "procedure": "1.001193", "procedure_version": 1,
            "mode": random.choice(("desk", "home", "mobile")), "outcome": "handed_over" if handed_over else "finished",
            "obstacle": random.choice(("none", "papers", "otp")), "minutes": random.randint(3, 60), "quantity": 1,
            "language": "vie", "age_band": "old", "typed_by": "citizen", "steps_done": [1, 2], "refused": [],
            "handover_reason": "decision" if handed_over else "", "return_code": "", "note": "",
        }  # fmt: skip

    def _correction(self) -> dict[str, Any]:
        """Correct, or take back, something this person saved; whether it has arrived does not matter."""
        random = self.phone.random
        known = self.saved[random.choice(list(self.saved))] if len(self.saved) < 8 else self._lately(random)
        changes = {"id": str(_uuid7(random)), "revision": known["revision"] + 1, "reason": "chọn nhầm"}
        clean = {"note": "", "team": self.team}
        return (
            known | clean | changes | {"minutes": random.randint(3, 60), "withdrawn": random.random() < 0.2}
        )

    def _lately(self, random: Random) -> dict[str, Any]:
        ids = list(self.saved)
        return self.saved[ids[-random.randint(1, 8)]]


@dataclass
class Crowd:
    """All volunteers, and what their hands did."""

    volunteers: list[Volunteer]
    faults: Counter[Fault] = field(default_factory=Counter)

    @classmethod
    def enrolled(cls, site: LiveSite, seed: int, size: int) -> "Crowd":
        """Put volunteers with phones straight into the tables, spread over forty communes."""
        with psycopg.connect(site.database.url("owner"), autocommit=True) as connection:
            phones = [
                enrol(connection, Random(number), site.url, number)
                for number in range(seed * 10_000, seed * 10_000 + size)
            ]
        return cls([Volunteer(phone, *HOMES[phone.device]) for phone in phones])

    def work(self, seed: int, count: int, deadline: float) -> None:
        """Save `count` records and hand them in through every fault, then calmly until nothing is left or time is up."""
        shares = [self.volunteers[start::HANDS] for start in range(HANDS)]
        plan = [
            (Random(seed * 100 + n), share, count // HANDS + (n < count % HANDS))
            for n, share in enumerate(shares)
        ]
        self.faults = sum(self._all(lambda item: self._through_faults(*item, deadline), plan), Counter())
        self._all(lambda share: self._calmly(share, deadline), shares)

    @property
    def acknowledged(self) -> int:
        return sum(len(one.phone.acknowledged) for one in self.volunteers)

    @property
    def outstanding(self) -> list[str]:
        return [id_ for one in self.volunteers for id_ in one.phone.outbox]

    @property
    def devices(self) -> list[UUID]:
        return [one.phone.device for one in self.volunteers]

    def good(self) -> dict[str, dict[str, Any]]:
        """Return what was saved and must be taken, by id."""
        return {
            id_: record
            for one in self.volunteers
            for id_, record in one.saved.items()
            if id_ not in one.doomed
        }

    def answers(self) -> Counter[int]:
        return sum((one.phone.answers for one in self.volunteers), Counter())

    def _through_faults(
        self, random: Random, share: list[Volunteer], count: int, deadline: float
    ) -> Counter[Fault]:
        faults: Counter[Fault] = Counter()
        while (count or any(one.phone.outbox for one in share)) and time.monotonic() < deadline:
            one = random.choice(share if count else [one for one in share if one.phone.outbox])
            for _ in range(min(count, random.randint(1, AT_ONCE))):
                one.record()
                count -= 1
            fault = random.choice(NETWORK_FAULTS) if random.random() < FAULTY_SHARE else Fault.NONE
            faults[fault] += 1
            one.hand_in(fault)
        return faults

    @staticmethod
    def _calmly(share: list[Volunteer], deadline: float) -> None:
        for one in share:
            while one.phone.outbox and time.monotonic() < deadline:
                one.hand_in(Fault.NONE)
            one.phone.close()

    @staticmethod
    def _all(work: Callable[[Any], Any], parts: list[Any]) -> list[Any]:
        with ThreadPoolExecutor(HANDS) as pool:
            return list(pool.map(work, parts))


def _uuid7(random: Random) -> UUID:
    """Return a UUIDv7 of this moment whose random bits follow the seed."""
    value = (time.time_ns() // 1_000_000 & (1 << 48) - 1) << 80 | random.getrandbits(80)
    return UUID(int=value & ~(0xF << 76) & ~(0x3 << 62) | 7 << 76 | 2 << 62)
