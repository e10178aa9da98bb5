"""The import contracts hold, and would be seen to break."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.house import PACKAGE, ROOT, floors

LINTER = Path(sys.executable).parent / "lint-imports"


@pytest.fixture(scope="module")
def copy_of_the_house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "pyproject.toml", copy)
    shutil.copytree(
        PACKAGE,
        copy / "src" / "aoxanh",
        ignore=shutil.ignore_patterns("__pycache__", "static", "data", "locale"),
    )
    return copy


def lint(house: Path) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "PYTHONPATH": str(house / "src")}
    return subprocess.run(
        [LINTER, "--no-cache"], cwd=house, env=environment, capture_output=True, text=True, check=False
    )


def test_the_contracts_hold_as_the_house_stands(copy_of_the_house: Path) -> None:
    result = lint(copy_of_the_house)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("kernel/clock.py", "from aoxanh.desk import models", "Imports run downwards only"),
        ("places/names.py", "from aoxanh.people.models import Team", "Imports run downwards only"),
        ("web/home.py", "from aoxanh.api import urls", "Imports run downwards only"),
        ("desk/sync/merge.py", "from django.db import models", "Engines are pure Python"),
        ("kernel/text.py", "import django", "Engines are pure Python"),
    ],
)
def test_a_forbidden_import_breaks_its_contract(
    copy_of_the_house: Path, module: str, line: str, contract: str
) -> None:
    path = copy_of_the_house / "src" / "aoxanh" / module
    before = path.read_text(encoding="utf-8")
    path.write_text(f"{before}\n{line}\n", encoding="utf-8")
    try:
        result = lint(copy_of_the_house)
    finally:
        path.write_text(before, encoding="utf-8")
    assert result.returncode == 1
    assert f"{contract} BROKEN" in result.stdout


def test_every_room_has_a_floor() -> None:
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert rooms - {"locale"} == set(floors())
