"""`aoxanh quiz`: the bank is checked, and travels through files without losing a word."""

import re
from pathlib import Path

import msgspec
import pytest
import yaml
from click.testing import CliRunner, Result

from aoxanh.cli import quiz
from aoxanh.cli.quiz import command
from aoxanh.training import courses
from aoxanh.training.quiz.item import Item

QUIZ = Path(quiz.__file__).parents[1] / "training" / "quiz"


def run(*words: object) -> Result:
    return CliRunner().invoke(command, [str(word) for word in words])


def test_the_bank_of_this_version_is_sound() -> None:
    result = run("check")
    assert result.exit_code == 0, result.output
    assert "vneid: 7 modules, 42 items" in result.output


def test_a_flaw_is_named_and_ends_with_one(monkeypatch: pytest.MonkeyPatch) -> None:
    spoilt = msgspec.structs.replace(courses.bank("vneid")[0], module="nowhere")
    monkeypatch.setattr(courses, "bank", lambda _code: (spoilt,))
    result = run("check")
    assert result.exit_code == 1
    assert f"{spoilt.id}, module: there is no such module." in result.output


@pytest.mark.parametrize("form", ["gift", "xml"])
def test_a_bank_written_and_read_again_is_the_same(tmp_path: Path, form: str) -> None:
    for language in ("vi", "en"):
        written = run(
            "export",
            "--course",
            "ai",
            "--language",
            language,
            "--format",
            form,
            "--output",
            tmp_path / language,
        )
        assert written.exit_code == 0, written.output
    result = run("import", tmp_path / "vi", tmp_path / "en", "--output", tmp_path / "items.yaml")
    assert result.exit_code == 0, result.output
    items = msgspec.convert(yaml.safe_load((tmp_path / "items.yaml").read_text(encoding="utf-8")), list[Item])
    assert items == list(courses.bank("ai"))


def test_what_is_left_out_is_named_with_file_line_and_reason(tmp_path: Path) -> None:
    path = tmp_path / "mine.txt"
    path.write_text("Đúng? {T}\n\n::Ai::Ai? {=Nguyễn Du}\n", encoding="utf-8")
    result = run("import", path, "--module", "scams")
    assert result.exit_code == 1, "the item taken has no English yet"
    assert f"{path}, line 3 “Ai”: a short answer is typed, which we do not mark; left out." in result.output
    assert f"{path}, line 1: taken without English" in result.output
    assert "ask.en: this text is empty." in result.output


def test_a_file_that_cannot_be_read_ends_with_two(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xml"
    path.write_text('<!DOCTYPE q [<!ENTITY a "x">]><quiz>&a;</quiz>', encoding="utf-8")
    result = run("import", path)
    assert result.exit_code == 2
    assert f"{path}, line 1: the file declares a document type, which no quiz needs." in result.output


def test_a_course_that_is_not_there_is_refused_with_those_that_are() -> None:
    result = run("export", "--course", "cooking")
    assert result.exit_code == 2
    assert "conduct, vneid, services, ai" in result.output


def test_every_code_of_the_engine_has_words() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in QUIZ.rglob("*.py"))
    assert set(re.findall(r'LeftOut\("(\w+)"', source)) <= set(quiz.REMARKS)
    assert set(re.findall(r'Unreadable\("(\w+)"', source)) == set(quiz.UNREADABLE)
    rules = (QUIZ / "rules.py").read_text(encoding="utf-8")
    told = set(re.findall(r'yield (?:f?"[^"]+", )?"(\w+)"', rules)) | set(
        re.findall(r'"id", "(\w+)"|"module", "(\w+)"', rules)[0]
    )
    assert told - {""} <= set(quiz.FLAWS)
