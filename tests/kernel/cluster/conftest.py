"""Real servers in folders of their own, once for each PostgreSQL build on this machine."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import aoxanh
from aoxanh.kernel.cluster import Cluster
from aoxanh.kernel.cluster.binaries import installed_builds

SOURCES = str(Path(aoxanh.__file__).parents[1])
CHOSEN = os.environ.get("AOXANH_PG")
BUILDS = [CHOSEN] if CHOSEN else sorted({build.kind for build in installed_builds()})


@pytest.fixture(scope="module", params=BUILDS)
def build(request: pytest.FixtureRequest) -> Iterator[str]:
    """Give each PostgreSQL build found here in turn; AOXANH_PG narrows it to one."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param != "custom":
            patch.setenv("AOXANH_PG", request.param)
        yield request.param


def _folder() -> Iterator[Path]:
    # Not tmp_path: only its owner may enter that one, and then root cannot lend the server another account.
    folder = Path(tempfile.mkdtemp(prefix="aoxanh-test-"))
    folder.chmod(0o755)
    yield folder
    Cluster(folder / "pg").stop()
    shutil.rmtree(folder)


@pytest.fixture
def folder() -> Iterator[Path]:
    yield from _folder()


@pytest.fixture
def cluster(build: str, folder: Path) -> Cluster:
    """Give a cluster that nobody has made yet."""
    return Cluster(folder / "pg")


@pytest.fixture(scope="module")
def running(build: str) -> Iterator[Cluster]:
    """Give a running cluster shared by a module's tests; they must leave it running."""
    for folder in _folder():
        shared = Cluster(folder / "pg")
        shared.start(attached=True)
        yield shared


@pytest.fixture
def start_python() -> Iterator[Callable[..., "subprocess.Popen[str]"]]:
    """Run a piece of Python that uses clusters in a process of its own, which a test may kill."""
    started: list[subprocess.Popen[str]] = []

    def start(code: str, *arguments: object) -> "subprocess.Popen[str]":
        command = [sys.executable, "-c", code, *map(str, arguments)]
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": SOURCES}
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()
