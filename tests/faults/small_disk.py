"""A site whose PostgreSQL lies on a disk that runs full, told as one JSON object; runs in a mount namespace of its own.

`python -m tests.faults.small_disk data|wal`: what fills up last, the tables only or the write-ahead log too.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from tests.faults.standalone import standing_alone

DISK_MIB = 240
# Twenty a second: a minute for an attempt to recover.
MOST_REFUSALS = 1200
ROUND = 10
RECORDS = 100
RESTARTS = 10


def in_its_own_namespace(case: str, environment: dict[str, str], *, root: bool) -> dict[str, Any]:
    """Run this module where it may mount a disk that vanishes with it: plainly as root, else in a user namespace."""
    namespace = (
        ["unshare", "--mount"]
        if root
        else ["unshare", "--user", "--map-current-user", "--keep-caps", "--mount"]
    )
    command = [*namespace, sys.executable, "-m", __name__, case]
    done = subprocess.run(command, env=environment, check=True, text=True, stdout=subprocess.PIPE)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


class Disk:
    """A small disk, and the ballast that takes its last byte."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MIB}m", "small", str(folder)]
        subprocess.run(mount, check=True)
        self.folder, self.ballast = folder, folder / "ballast"

    def fill(self) -> None:
        with self.ballast.open("ab", buffering=0) as file:
            for size in (1 << 20, 1 << 12, 1):
                _write_until_refused(file, b"\0" * size)

    def free(self) -> None:
        self.ballast.unlink()

    def remove(self) -> None:
        subprocess.run(["umount", "--lazy", str(self.folder)], check=True)
        shutil.rmtree(self.folder.parent)


def _write_until_refused(file: Any, block: bytes) -> None:
    try:
        while file.write(block) == len(block):
            pass
    except OSError:
        return


def play(case: str) -> dict[str, Any]:
    """Fill the disk under a syncing crowd, make room again, and say what became of everything."""
    from tests.faults.crowd import Crowd
    from tests.faults.own_site import OwnSite

    home = Path(tempfile.mkdtemp(prefix="aoxanh-faults-"))
    disk = Disk(home / "pg")
    with OwnSite.open(home, max_wal_size="64MB") as site:
        crowd = Crowd.enrolled(site, 1, ROUND)
        told: dict[str, Any] = {"before": _hand_in(crowd)}
        disk.fill()
        if case == "wal":
            _use_up_the_log(site)
        told["full"] = _hand_in(crowd)
        told["running_when_full"] = site.database.cluster.status().running
        told["acknowledged_when_full"] = crowd.acknowledged
        disk.free()
        if case == "wal":
            # What its service unit does: start what has ended.
            site.start_postgres()
        told["stored_when_full"] = len(_stored(site, crowd))
        told["after"] = _hand_in(crowd)
        told |= _reckon(site, crowd)
    disk.remove()
    return told


def _hand_in(crowd: Any) -> dict[str, int]:
    """Let every volunteer record and try once; return the statuses that came back."""
    from aoxanh.simulation.phone import Unreachable

    before = Counter(crowd.answers())
    for one in crowd.volunteers:
        for _ in range(RECORDS):
            one.record()
        try:
            one.phone.sync(2 * RECORDS)
        except Unreachable:
            one.phone.close()
    return {str(status): count for status, count in (crowd.answers() - before).items()}


def _use_up_the_log(site: Any) -> None:
    """Change to new log files until there is no room for another and PostgreSQL ends itself.

    It tries to recover first, in which time it runs and answers nobody; so only its end is waited for, not a number of tries.
    """
    import psycopg

    cluster = site.database.cluster
    changed = refused = 0
    while cluster.status().running:
        try:
            site.sql("INSERT INTO desk_dirtyday VALUES ('00000', '2025-07-01'::date + %s, now())", changed)
            site.sql("SELECT pg_switch_wal()")
            changed += 1
        except psycopg.Error:
            refused += 1
            time.sleep(0.05)
        if changed > DISK_MIB or refused > MOST_REFUSALS:
            raise RuntimeError(f"PostgreSQL goes on: {changed} changes of its log, {refused} refusals")


def _stored(site: Any, crowd: Any) -> dict[str, list[str]]:
    from tests.faults import reckoning

    return reckoning.stored(site, crowd.devices)


def _reckon(site: Any, crowd: Any) -> dict[str, Any]:
    from tests.faults import reckoning

    good = crowd.good()
    flaws = reckoning.compare(good, _stored(site, crowd), reckoning.audited_ids(site, crowd.devices))
    return {
        "stuck": len(crowd.outstanding),
        "flaws": {name: len(ids) for name, ids in vars(flaws).items() if ids},
        "broken_chains": reckoning.broken_chains(site),
        "wrong_figures": len(reckoning.wrong_figures(site, good)),
    }


if __name__ == "__main__":
    with standing_alone():
        print(json.dumps(play(sys.argv[1])))
