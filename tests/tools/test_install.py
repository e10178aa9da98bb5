"""The scripts behind make fail with a remedy, never with a riddle."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.architecture.house import ROOT

PROGRAMS = (("chromium.sh", "AOXANH_CHROMIUM"), ("pgbouncer.sh", "AOXANH_PGBOUNCER_BIN"))
NEEDED = ("sh", "cat", "cksum", "sed", "grep", "awk", "rm", "tail", "id", "dirname")


@pytest.fixture
def bare_machine(tmp_path: Path) -> Path:
    """A folder of the project on a machine that has no Python and no browser."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in NEEDED:
        found = shutil.which(name)
        assert found, name
        (programs / name).symlink_to(found)
    project = tmp_path / "project"
    project.mkdir()
    for name in ("requirements.lock", "requirements.in", "pyproject.toml"):
        shutil.copy(ROOT / name, project)
    return project


def run(machine: Path, script: str, *arguments: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    environment = {"PATH": str(machine.parent / "bin"), **settings}
    command = ["/bin/sh", str(ROOT / "tools" / script), *arguments]
    return subprocess.run(
        command, cwd=machine, env=environment, capture_output=True, text=True, check=False, timeout=60
    )


def pretend_python(machine: Path, body: str) -> None:
    program = machine.parent / "bin" / "python3"
    program.write_text(f"#!/bin/sh\n{body}\n")
    program.chmod(0o755)


def test_without_python_it_says_what_to_install(bare_machine: Path) -> None:
    result = run(bare_machine, "install.sh", "requirements.lock")
    assert result.returncode == 1
    assert "Python 3.11 or newer was not found." in result.stderr
    assert "apt install python3 python3-venv" in result.stderr


def test_an_older_python_is_not_taken(bare_machine: Path) -> None:
    pretend_python(bare_machine, 'case "$2" in *version_info*) exit 1;; *) exit 0;; esac')
    assert (
        "Python 3.11 or newer was not found." in run(bare_machine, "install.sh", "requirements.lock").stderr
    )


def test_without_the_venv_module_it_says_so(bare_machine: Path) -> None:
    pretend_python(bare_machine, 'case "$2" in *ensurepip*) exit 1;; *) exit 0;; esac')
    result = run(bare_machine, "install.sh", "requirements.lock")
    assert result.returncode == 1
    assert "apt install python3-venv" in result.stderr


def test_a_lock_file_that_is_not_there_is_named(bare_machine: Path) -> None:
    assert "other.lock is missing." in run(bare_machine, "install.sh", "other.lock").stderr


def test_without_chromium_and_rights_it_says_what_to_install(bare_machine: Path) -> None:
    (bare_machine.parent / "bin" / "id").unlink()
    pretend = bare_machine.parent / "bin" / "id"
    pretend.write_text("#!/bin/sh\necho 1000\n")
    pretend.chmod(0o755)
    result = run(bare_machine, "chromium.sh")
    assert result.returncode == 1
    assert "Install the package chromium" in result.stderr


@pytest.mark.parametrize(("script", "variable"), PROGRAMS)
def test_a_program_that_is_none_is_named(bare_machine: Path, script: str, variable: str) -> None:
    result = run(bare_machine, script, **{variable: "/no/such/program"})
    assert result.returncode == 1
    assert "/no/such/program is not a program" in result.stderr


@pytest.mark.parametrize(("script", "variable"), PROGRAMS)
def test_a_named_program_is_taken(bare_machine: Path, script: str, variable: str) -> None:
    shell = shutil.which("sh")
    assert shell
    assert run(bare_machine, script, **{variable: shell}).returncode == 0


def test_help_names_every_public_command() -> None:
    told = subprocess.run(
        ["make", "-s", "help"],
        cwd=ROOT,
        env={**os.environ, "MAKEFLAGS": ""},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for command in ("install", "demo", "test", "check", "reference", "messages", "lock", "clean"):
        assert f"make {command} " in told
