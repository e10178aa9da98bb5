"""The documents say what the code says, and every link inside them leads somewhere."""

import re
from pathlib import Path

import pytest

from tests.architecture.house import PACKAGE, ROOT
from tools import reference

REFERENCE = ROOT / "docs" / "reference"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *PACKAGE.rglob("*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def page(name: str) -> str:
    return (REFERENCE / f"{name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", reference.MADE)
def test_a_reference_page_is_what_the_code_says_now(name: str) -> None:
    assert page(name) == reference.page(name), "run `make reference`"


def test_every_environment_variable_read_anywhere_is_documented() -> None:
    read = {
        found
        for path in PACKAGE.rglob("*.py")
        for found in re.findall(
            r"environ(?:\.get\(|\[)\s*[\"']((?:AOXANH|PG|DATABASE)_\w+)[\"']",
            path.read_text(encoding="utf-8"),
        )
    }
    assert not [name for name in sorted(read) if f"| `{name}` |" not in page("settings")]


def test_error_codes_differ_unless_they_mean_the_same() -> None:
    meant: dict[str, set[int]] = {}
    for error in reference.domain_errors():
        meant.setdefault(error.code, set()).add(error.status)
    assert not {code: statuses for code, statuses in meant.items() if len(statuses) > 1}


def test_every_dependency_says_what_it_does_for_us() -> None:
    lines = (ROOT / "requirements.in").read_text(encoding="utf-8").splitlines()
    wanted = {
        re.split(r"[\[<>=;, ]", line)[0].lower() for line in lines if line and not line.startswith(("#", "-"))
    }
    table = (ROOT / "docs" / "develop" / "dependencies.md").read_text(encoding="utf-8")
    told = {
        name.lower()
        for name in re.findall(r"^\| `([\w.-]+)` \|", table.partition("## For development")[0], re.MULTILINE)
    }
    assert told == wanted


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    for link in LINK.findall(path.read_text(encoding="utf-8")):
        target = link.partition("#")[0]
        if target and "://" not in target and not target.startswith("mailto:"):
            assert (path.parent / target).exists(), f"{link} leads nowhere"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_tests_that_a_document_names_exist(path: Path) -> None:
    for named in re.findall(r"`(tests/[\w/.]+)`", path.read_text(encoding="utf-8")):
        assert (ROOT / named).exists(), f"{named} does not exist"


@pytest.mark.parametrize(
    "path", sorted((ROOT / "docs" / "decisions").glob("0*.md")), ids=lambda path: path.stem
)
def test_a_decision_is_short_and_whole(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 60
    for part in ("## Context", "## Decision", "## Set aside", "## Consequences", "## Checked by"):
        assert part in text


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs" / "decisions").glob("0*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))
