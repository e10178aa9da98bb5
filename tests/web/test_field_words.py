"""The field app's own sentences: both languages say the same things, and nothing that the app says is missing."""

import re
from pathlib import Path

import pytest

from aoxanh.desk import vocabulary
from aoxanh.privacy.detection import KINDS
from aoxanh.procedures.models import ProcedureGroup
from aoxanh.web.field import shell

FOLDER = shell.STATIC / "field"
ENTRY = re.compile(r'^  "([a-z0-9_.]+)": "((?:[^"\\]|\\.)*)",$', re.MULTILINE)
CALL = re.compile(r'\b(?:t|has|fact|jump|figure)\(\s*"([a-z0-9_.]+)"')
FIXED = re.compile(r'"([a-z_]+\.[a-z0-9_.]+)"')
HOLE = re.compile(r"\{(\w+)\}")
LISTS = {
    "activity": vocabulary.Activity,
    "mode": vocabulary.Mode,
    "outcome": vocabulary.Outcome,
    "obstacle": vocabulary.Obstacle,
    "age_band": vocabulary.AgeBand,
    "typed_by": vocabulary.TypedBy,
    "refused": vocabulary.Refused,
    "handover_reason": vocabulary.HandoverReason,
    "group": ProcedureGroup,
}


AREAS = [FOLDER, *sorted(path.parent for path in FOLDER.glob("later/*/words.vi.js"))]


def catalogue(language: str, folder: Path = FOLDER) -> dict[str, str]:
    text = (folder / f"words.{language}.js").read_text(encoding="utf-8")
    entries = ENTRY.findall(text)
    assert len(entries) == text.count('": "'), "an entry is not on one line of its own"
    assert len(entries) == len(dict(entries)), "a key stands twice"
    return dict(entries)


def scripts() -> list[Path]:
    return [path for path in FOLDER.rglob("*.js") if not path.name.startswith("words.")]


@pytest.mark.parametrize("folder", AREAS, ids=lambda folder: folder.name)
def test_both_languages_have_the_same_keys_but_for_english_singulars(folder):
    vietnamese, english = set(catalogue("vi", folder)), set(catalogue("en", folder))
    assert vietnamese - english == set()
    assert all(
        key.endswith(".one") and key.removesuffix(".one") in vietnamese for key in english - vietnamese
    )


@pytest.mark.parametrize("folder", AREAS, ids=lambda folder: folder.name)
def test_both_languages_fill_in_the_same_facts(folder):
    english = catalogue("en", folder)
    for key, sentence in catalogue("vi", folder).items():
        assert set(HOLE.findall(sentence)) == set(HOLE.findall(english[key])), key


@pytest.mark.parametrize("path", scripts(), ids=lambda path: path.name)
def test_every_sentence_that_a_script_asks_for_exists(path):
    asked = set(CALL.findall(path.read_text(encoding="utf-8")))
    known = set(catalogue("vi")) | (set(catalogue("vi", path.parent)) if path.parent in AREAS else set())
    assert {key for key in asked if "." in key} <= known


@pytest.mark.parametrize("family", LISTS)
def test_every_word_of_the_closed_lists_has_its_sentence(family):
    assert {f"{family}.{word}" for word in LISTS[family].values} <= set(catalogue("vi"))


@pytest.mark.parametrize("family", LISTS)
def test_the_apps_closed_lists_are_the_servers(family):
    text = (FOLDER / "vocabulary.js").read_text(encoding="utf-8")
    offered = set(re.findall(r'"([a-z_]+)"', text))
    assert {
        word for word in LISTS[family].values if family != "activity" or word in vocabulary.COUNTED
    } <= offered


def test_every_kind_of_personal_data_has_its_name():
    assert {f"kind.{kind}" for kind in KINDS} <= set(catalogue("vi"))


def test_no_sentence_is_left_over():
    used = "\n".join(path.read_text(encoding="utf-8") for path in scripts())
    families = {key.split("${", maxsplit=1)[0] for key in re.findall(r"`([a-z_.]+\$\{)", used)}
    known = set(FIXED.findall(used))
    spare = [
        key
        for key in catalogue("vi")
        if key not in known
        and not any(key.startswith(family) for family in (*families, *(f"{name}." for name in LISTS)))
    ]
    assert spare == []
