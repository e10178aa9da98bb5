"""One drill from dump to report; each step's failure is told, and nothing of it stays behind."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from aoxanh.kernel.cluster import Cluster, archive, comparison
from aoxanh.kernel.cluster.binaries import Build
from aoxanh.kernel.cluster.comparison import Content, Difference
from aoxanh.kernel.errors import DomainError

STEPS = ("restore", "compare", "migrate", "audit", "pages")


@dataclass
class Report:
    """What the drill saw; `steps` holds those that were reached, with "" or what went wrong."""

    dump: str
    compared_with: str
    tables: int = 0
    rows: int = 0
    differences: list[Difference] = field(default_factory=list)
    audit: dict[str, Any] = field(default_factory=dict)
    pages: list[dict[str, Any]] = field(default_factory=list)
    steps: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def passed(self) -> bool:
        return [*self.steps] == [*STEPS] and not any(self.steps.values())

    def as_dict(self) -> dict[str, Any]:
        return {"passed": self.passed, **asdict(self)}

    def as_text(self) -> str:
        lines = [f"Dump: {self.dump}; compared with {self.compared_with}."]
        for name in STEPS:
            wrong = self.steps.get(name, "not reached")
            lines.append(f"  {name:<8} {self.seconds.get(name, 0.0):6.1f} s  {wrong or 'as it should be'}")
        lines.append(
            f"{self.tables} tables with {self.rows} rows came back, equal to the last one."
            if self.passed
            else "THE DRILL FAILED: this dump, or this version, would not bring everything back."
        )
        return "\n".join(lines)


def rehearse(build: Build, url: str, path: Path | None, *, live: bool, folder: Path | None) -> Report:
    """Restore a dump, or a fresh one, into a cluster of its own under `folder`, and try it out."""
    base = Path(tempfile.mkdtemp(prefix="aoxanh-drill-", dir=folder))
    base.chmod(0o755)  # the account that runs the server must pass through
    copy = Cluster(base / "pg")
    try:
        dump = path or base / "fresh.dump"
        if path is None:
            archive.dump(build, url, dump)
        noted = None if live else comparison.read_sums(dump)
        compared_with = "the database as it is now" if noted is None else "what was noted when it was taken"
        report = Report(str(path or "a fresh one"), compared_with)
        expected = comparison.contents_at(url) if noted is None else noted
        _run_steps(report, copy, dump, expected)
        return report
    finally:
        copy.stop()
        shutil.rmtree(base, ignore_errors=True)


def _run_steps(report: Report, copy: Cluster, dump: Path, expected: Mapping[str, Content]) -> None:
    environment = _environment(copy.data_dir.parent)
    work: dict[str, Callable[[], str]] = {
        "restore": lambda: _restore(copy, dump),
        "compare": lambda: _compare(report, copy, expected),
        "migrate": lambda: _migrate(environment),
        "audit": lambda: _verify(report, environment),
        "pages": lambda: _visit(report, environment),
    }
    for name in STEPS:
        start = time.monotonic()
        report.steps[name] = work[name]()
        report.seconds[name] = round(time.monotonic() - start, 2)
        # A difference is no reason not to look further; a step that could not be done is.
        if report.steps[name] and name in ("restore", "migrate"):
            return


def _restore(copy: Cluster, dump: Path) -> str:
    started = copy.start(attached=True)
    build = Build(started.build, started.bindir, started.version)
    try:
        # The roles of an external server are not here; `migrate` grants to those that are.
        archive.restore(build, copy.url("owner"), dump, grants=False)
    except DomainError as error:
        return str(error)
    return ""


def _compare(report: Report, copy: Cluster, expected: Mapping[str, Content]) -> str:
    found = comparison.contents_at(copy.url("owner"))
    report.tables, report.rows = len(found), sum(content.rows for content in found.values())
    report.differences = comparison.differences(expected, found)
    return "; ".join(_told(difference) for difference in report.differences)


def _told(difference: Difference) -> str:
    there, here = difference.there, difference.here
    if there is None or here is None:
        return f"{difference.table} is {'not in the dump' if here is None else 'in the dump alone'}"
    if there.rows != here.rows:
        return f"{difference.table} has {here.rows} rows instead of {there.rows}"
    return f"{difference.table} has other content in {here.rows} rows"


def _migrate(environment: dict[str, str]) -> str:
    return _run(environment, "aoxanh", "migrate", "--quiet")[1]


def _verify(report: Report, environment: dict[str, str]) -> str:
    """Walk the chains of the copy. Exported heads are left out: they are of today, and a dump may be older."""
    said, wrong = _run(environment, "aoxanh", "audit", "verify", "--json")
    try:
        told = json.loads(said)
    except ValueError:
        return wrong or "the verification said nothing"
    report.audit = {name: told[name] for name in ("holds", "chains", "entries", "breaks")}
    broken = [f"chain {item['chain']} is broken at entry {item['number']}" for item in told["breaks"]]
    return "; ".join(broken) or ("" if told["holds"] else "the chains do not hold")


def _visit(report: Report, environment: dict[str, str]) -> str:
    said, wrong = _run(environment, "aoxanh.cli.drill.visit")
    if wrong:
        return wrong
    report.pages = json.loads(said)
    return "; ".join(
        f"{page['path']} answered {page['status']}" for page in report.pages if page["status"] != 200
    )


def _run(environment: dict[str, str], module: str, *words: str) -> tuple[str, str]:
    """Run one of our modules in the copy; return what it printed, and its last words if it failed."""
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", module, *words], env=environment, capture_output=True, text=True, check=False
    )
    last = done.stderr.strip().splitlines()[-1:] or [f"ended with {done.returncode}"]
    return done.stdout, last[0] if done.returncode else ""


def _environment(data_dir: Path) -> dict[str, str]:
    """Return what the copy's programs may know: nothing of the real installation's addresses and keys."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("AOXANH_", "DATABASE_"))
    }
    kept |= {name: os.environ[name] for name in ("AOXANH_PG",) if name in os.environ}
    return {**kept, "AOXANH_DATA_DIR": str(data_dir), "DJANGO_SETTINGS_MODULE": "aoxanh.config.settings"}
