"""`aoxanh ask`, as a person types it: one question, a dialogue, and what it refuses."""

import json

import pytest
from click.testing import CliRunner
from tests.browser.test_ask_offline import HARD

from aoxanh.cli import main
from aoxanh.cli.ask import command

pytestmark = pytest.mark.django_db
BIRTH = "1.001193"


def run(*words: str, typed: str | None = None):
    return CliRunner().invoke(command, words, input=typed)


def test_a_question_is_answered_with_the_right_procedure_by_name():
    told = run("làm", "giấy", "khai", "sinh")
    assert told.exit_code == 0
    assert f"1. {BIRTH}" in told.stdout
    assert "Đăng ký khai sinh" in told.stdout


def test_the_reply_can_be_read_by_a_program_and_goes_on_from_what_it_remembers():
    first = json.loads(run("giấy khai sinh", "--json").stdout)
    assert first["parts"][0]["candidates"][0]["code"] == BIRTH
    second = run("không có cái nào", "--json", "--pinned", json.dumps(first["pinned"]))
    assert json.loads(second.stdout)["parts"][0]["kind"] == "outside"


def test_options_may_stand_before_the_question():
    assert json.loads(run("--json", "--lang", "en", "khai sinh").stdout)["language"] == "en"
    assert "Birth registration" in run("--lang", "en", "--province", "08", "khai sinh").stdout


def test_without_a_question_each_line_is_one_and_a_refused_line_does_not_end_the_dialogue():
    lines = "giấy khai sinh\n\nsố căn cước 001185012345\nđăng ký kết hôn\n"
    told = run("--json", typed=lines)
    assert told.exit_code == 0
    first, second = (json.loads(line) for line in told.stdout.splitlines())
    assert first["parts"][0]["candidates"][0]["code"] == BIRTH
    assert second["parts"][0]["candidates"][0]["code"] == "1.000894"
    assert "001185012345" not in told.output


def test_personal_data_end_a_single_question_with_a_reason_and_without_the_text():
    refused = run("số căn cước của tôi là 001185012345")
    assert refused.exit_code == 1
    assert "001185012345" not in refused.output
    assert "Traceback" not in refused.output


@pytest.mark.parametrize(
    "given", ["{", "[]", '{"slot": "colour"}', '{"code": 5}'], ids=["cut", "list", "slot", "code"]
)
def test_a_spoilt_memory_is_refused_with_a_remedy(given: str):
    refused = run("khai sinh", "--pinned", given)
    assert refused.exit_code == 2
    assert "--pinned" in refused.output


def test_the_command_replies_as_a_phone_without_a_network_does():
    """The phone is held to these very questions in tests/browser/test_ask_offline.py."""
    told = run("--json", typed="\n".join(text for text, _ in HARD) + "\n")
    for line, (text, expected) in zip(told.stdout.splitlines(), HARD, strict=True):
        parts = json.loads(line)["parts"]
        assert [part["kind"] for part in parts] == [kind for kind, _, _ in expected], text
        for part, (_, answered, named) in zip(parts, expected, strict=True):
            codes = [one["code"] for one in part["candidates"]]
            assert named <= set(codes), text
            assert not answered or codes[0] == answered, text


def test_an_old_unit_in_a_question_is_told_with_what_it_is_today():
    told = run("tỉnh Hà Giang làm khai sinh ở đâu").stdout
    assert "tỉnh Tuyên Quang" in told.splitlines()[0]


def test_an_unknown_province_is_refused():
    assert run("khai sinh", "--province", "99").exit_code == 1


def test_the_command_stands_in_the_help():
    assert "ask" in CliRunner().invoke(main, ["--help"]).stdout
    assert "question" in run("--help").stdout
