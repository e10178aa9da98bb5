"""Files stay readable, doors explain themselves, and lock files name no address."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.house import ROOT, modules

DOORS = {"models", "actions", "queries", "permissions", "errors", "events"}
CODE = {".py", ".js", ".css", ".html", ".sh", ".sql"}
LONGEST = 450


def door_modules() -> list[Path]:
    return [path for path in modules() if path.stem in DOORS or path.parent.name in DOORS]


def test_no_file_of_code_is_longer_than_a_reader_can_hold() -> None:
    paths = [
        path
        for folder in ("src", "tests", "tools")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in CODE and path.parent.name != "upgrade"  # databases, written by a tool
    ]
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in paths
    }
    assert len(lengths) > 50
    assert not {name: length for name, length in lengths.items() if length > LONGEST}


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT / "src" / "aoxanh")))
def test_a_module_opens_with_a_sentence(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not source.strip() or ast.get_docstring(ast.parse(source))


@pytest.mark.parametrize(
    "path", door_modules(), ids=lambda path: str(path.relative_to(ROOT / "src" / "aoxanh"))
)
def test_what_a_door_offers_is_explained(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not [node.name for node in offered(tree) if not ast.get_docstring(node)]


def offered(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
            yield node


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_file_pins_everything_by_hash_and_names_no_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert "index-url" not in text
    pins = re.findall(r"^[A-Za-z0-9][\w.\-\[\]]*==", text, re.MULTILINE)
    packages = re.split(r"(?m)^(?=[A-Za-z0-9][\w.\-\[\]]*==)", text)[1:]
    assert len(packages) == len(pins) > 20
    assert not [package.split("==")[0] for package in packages if "--hash=sha256:" not in package]


def test_rooms_know_no_http() -> None:
    """`web`, `api` and `config` are the only ones that may speak it; names are enough, since imports are absolute."""
    doors = ("web", "api", "config")
    inside = [path for path in modules() if path.relative_to(ROOT / "src" / "aoxanh").parts[0] not in doors]
    assert not [
        str(path)
        for path in inside
        if re.search(
            r"^\s*from django\.(http|shortcuts|views)\b", path.read_text(encoding="utf-8"), re.MULTILINE
        )
    ]


def test_shell_scripts_are_well_formed() -> None:
    scripts = [*(ROOT / "tools").glob("*.sh"), ROOT / ".ci" / "run"]
    assert len(scripts) > 2
    for script in scripts:
        shell = "bash" if script.name == "run" else "sh"
        assert subprocess.run([shell, "-n", script], check=False).returncode == 0
