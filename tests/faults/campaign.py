"""`make faults`: a hundred thousand records through every network fault while server and PostgreSQL are killed, as one JSON object.

The seed decides records, faults, batches and the moments of the kills, so a failing seed is run again by `make faults SEED=n`;
which of two threads comes first stays the machine's.
"""

import argparse
import json
import sys
import time
from dataclasses import dataclass
from typing import Any

from aoxanh.cli.bench import Report
from tests.faults.standalone import standing_alone

NEVER = (
    "acknowledged_missing", "lost", "doubled", "changed", "foreign", "stuck", "wrongly_answered", "audit_gaps",
    "broken_chains", "wrong_figures", "replies_500", "processes_ended",
)  # fmt: skip


@dataclass(frozen=True)
class Size:
    """How much happens, and the time after which it ends whatever has happened."""

    records: int
    phones: int
    web_kills: int
    postgres_kills: int
    minutes: float


def sized(records: int, minutes: float) -> Size:
    """Return the campaign of that many records; from 100,000 on it has at least 24 and 12 kills."""
    share = records / 100_000
    return Size(
        records,
        max(24, min(480, round(240 * share))),
        max(2, round(24 * share)),
        max(2, round(12 * share)),
        minutes,
    )


def play(seed: int, size: Size) -> Report:
    """Run one campaign on a site of its own and reckon up."""
    from tests.faults.crowd import Crowd
    from tests.faults.own_site import OwnSite
    from tests.faults.ruin import Ruin

    started = time.monotonic()
    with OwnSite.open() as site:
        crowd = Crowd.enrolled(site, seed, size.phones)
        ruin = Ruin(
            site, seed, records=size.records, web_kills=size.web_kills, postgres_kills=size.postgres_kills
        )
        ruin.watch(lambda: crowd.acknowledged)
        crowd.work(seed, size.records, started + size.minutes * 60)
        ruin.done.set()
        ruin.join()
        report = Report(goals=goals(size))
        if ruin.failure:
            raise ruin.failure
        for kind in ("web", "postmaster", "whole"):
            report.figures[f"kills_{kind}"] = ruin.kills[kind]
        report.figures["kills_postgres"] = ruin.kills["postmaster"] + ruin.kills["whole"]
        _describe(report, crowd)
        _reckon(report, site, crowd)
        report.figures["seconds"] = time.monotonic() - started
        report.versions["postgresql"] = site.database.cluster.status().version
        report.size = {"records": size.records, "phones": size.phones}
        if not report.holds:
            print(site.log()[-20_000:], file=sys.stderr)
    return report


def goals(size: Size) -> dict[str, tuple[str, float]]:
    """Return what has to hold: nothing wrong, and every kill struck."""
    kills = {"kills_web": (">=", float(size.web_kills)), "kills_postgres": (">=", float(size.postgres_kills))}
    return dict.fromkeys(NEVER, ("<=", 0.0)) | kills


def _describe(report: Report, crowd: Any) -> None:
    from aoxanh.simulation.phone import Fault

    requests = crowd.faults.total()
    report.figures["requests"] = requests
    report.figures["faulty_pct"] = 100 * (1 - crowd.faults[Fault.NONE] / requests)
    for fault in Fault:
        if fault not in (Fault.NONE, Fault.DIE):
            report.figures[f"fault_{fault}"] = crowd.faults[fault]
    for status, count in sorted(crowd.answers().items()):
        report.figures[f"replies_{status}"] = count
    report.figures["replies_500"] = sum(
        count for status, count in crowd.answers().items() if status >= 500 and status != 503
    )


def _reckon(report: Report, site: Any, crowd: Any) -> None:
    from tests.faults import reckoning

    volunteers = crowd.volunteers
    doomed = set().union(*(one.doomed for one in volunteers))
    acknowledged = {id_ for one in volunteers for id_ in one.phone.acknowledged}
    rejected = {id_: record["error"] for one in volunteers for id_, record in one.phone.rejected.items()}
    good = crowd.good()
    rows = reckoning.stored(site, crowd.devices)
    flaws = reckoning.compare(good, rows, reckoning.audited_ids(site, crowd.devices))
    told = {id_ for id_, error in rejected.items() if error and error["message"] and error["remedy"]}
    report.figures |= {
        "saved": sum(len(one.saved) for one in volunteers),
        "acknowledged": len(acknowledged),
        "rejected": len(rejected),
        "stored": len(rows),
        "audited": len(reckoning.audited_ids(site, crowd.devices)),
        "acknowledged_missing": len(acknowledged - rows.keys()),
        "lost": len(flaws.lost),
        "doubled": len(flaws.doubled),
        "changed": len(flaws.changed),
        "foreign": len(flaws.foreign),
        "stuck": len(crowd.outstanding),
        "wrongly_answered": len(acknowledged & doomed)
        + len(rejected.keys() - doomed)
        + len(rejected.keys() - told),
        "audit_gaps": len(flaws.unaudited),
        "broken_chains": reckoning.broken_chains(site),
        "wrong_figures": len(reckoning.wrong_figures(site, good)),
        "processes_ended": sum(
            process is None or process.poll() is not None for process in (site.web, site.worker)
        ),
    }


def main() -> None:
    """Play one seed, print one JSON object last, end with 1 when anything is off."""
    parser = argparse.ArgumentParser(prog="make faults", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--minutes", type=float, default=30, help="stop by then, whatever has happened")
    chosen = parser.parse_args()
    with standing_alone():
        report = play(chosen.seed, sized(chosen.records, chosen.minutes))
    print(json.dumps(report.as_dict("faults", chosen.seed), ensure_ascii=False))
    sys.exit(not report.holds)


if __name__ == "__main__":
    main()
