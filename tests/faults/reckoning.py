"""Whether everything that phones saved is on the server exactly once, audited once and counted right."""

import contextlib
import json
import subprocess
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from aoxanh.desk.sync import merge, records
from aoxanh.desk.sync.records import SessionRecord
from tests.desk.record_examples import decoded
from tests.site import LiveSite

Saved = Mapping[str, dict[str, Any]]


@dataclass
class Flaws:
    """What is wrong, as ids of records under the name of the wrong."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    unaudited: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any(vars(self).values())


def compare(saved: Saved, rows: Mapping[str, list[str]], audited: Collection[str]) -> Flaws:
    """Compare what was saved (and not refused) with the stored hashes by id and the ids that audit entries name."""
    named = Counter(audited)
    return Flaws(
        lost=[id_ for id_ in saved if id_ not in rows],
        doubled=[id_ for id_, hashes in rows.items() if len(hashes) != 1],
        changed=[
            id_
            for id_, record in saved.items()
            if id_ in rows and rows[id_][0] != records.meaning(decoded(record))
        ],
        foreign=[id_ for id_ in rows if id_ not in saved],
        unaudited=[id_ for id_ in rows if named[id_] != 1] + [id_ for id_ in named if id_ not in rows],
    )


def stored(site: LiveSite, devices: Iterable[UUID]) -> dict[str, list[str]]:
    """Return the hashes that the server holds of these phones, by record id."""
    rows: dict[str, list[str]] = defaultdict(list)
    query = "SELECT id::text, sha256 FROM desk_supportsession WHERE device_id = ANY(%s)"
    for id_, sha256 in site.sql(query, list(devices)):
        rows[id_].append(sha256)
    return dict(rows)


def audited_ids(site: LiveSite, devices: Iterable[UUID]) -> list[str]:
    """Return every record id that the audit says was accepted from these phones."""
    entries = site.sql(
        "SELECT details FROM audit_auditentry WHERE action = 'desk.session.accepted' AND subject = ANY(%s)",
        [f"device:{device}" for device in devices],
    )
    return [id_ for (details,) in entries for id_ in json.loads(details)["ids"]]


def broken_chains(site: LiveSite) -> int:
    """Return how many audit chains `aoxanh audit verify` finds broken."""
    try:
        printed = site.run("audit", "verify", "--json")
    except subprocess.CalledProcessError as error:
        printed = error.stdout
    return len(json.loads(printed)["breaks"])


def wrong_figures(site: LiveSite, saved: Saved) -> list[Any]:
    """Return the (commune, day, team) keys whose daily figures differ from what the pure engine says of the phones' records."""
    # Days that nobody counts in time are left to show as wrong figures.
    with contextlib.suppress(TimeoutError):
        site.wait_for_rollup()
    expected: dict[Any, list[int]] = defaultdict(lambda: [0, 0, 0])
    for record in merge.effective(decoded(record) for record in saved.values()).values():
        sums = expected[record.commune, record.day, record.team]
        sums[0] += record.activity in ("procedure", "vneid")
        sums[1] += record.minutes
        sums[2] += _handed_over(record)
    found = {
        (commune, day, team): [sessions, minutes, handed_over]
        for commune, day, team, sessions, minutes, handed_over in site.sql(
            "SELECT commune_code, day, team_id, sessions, minutes, outcome_handed_over FROM desk_dailyfigure"
        )
    }
    return [key for key in expected.keys() | found.keys() if expected.get(key) != found.get(key)]


def _handed_over(record: SessionRecord) -> bool:
    return record.activity in ("procedure", "vneid") and record.outcome == "handed_over"
