"""`aoxanh push`: a key made once, and whether messages can be sent."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from aoxanh.cli.push import command
from aoxanh.oversight.pushing.envelope import KEY_BYTES, unpacked
from aoxanh.oversight.pushing.keys import key_at


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> None:
    settings.PUSH_KEY, settings.PUSH_CONTACT = tmp_path / "push-key", "mailto:operator@aoxanh.example"


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(command, arguments)
    return result.exit_code, result.output


def test_the_key_is_made_once_and_its_public_half_printed(settings: Any) -> None:
    code, first = run("keys")
    key = key_at(settings.PUSH_KEY)
    assert key is not None
    assert (code, first.split("\n")[0]) == (0, key.public)
    assert len(unpacked(key.public)) == KEY_BYTES
    _code, second = run("keys")
    assert second.split("\n")[0] == key.public
    assert "already" in second


def test_a_file_that_holds_something_else_is_left_and_told_of(settings: Any) -> None:
    settings.PUSH_KEY.write_text("no key")
    code, said = run("keys")
    assert code == 1
    assert "Move it away" in said
    assert settings.PUSH_KEY.read_text() == "no key"


def test_the_state_says_what_is_missing(settings: Any, db: None) -> None:
    assert run("status") == (0, "off: run `aoxanh push keys`\n")
    run("keys")
    assert run("status")[1].startswith("on: key ")
    assert "0 browsers" in run("status")[1]
    assert "fcm.googleapis.com" in run("status")[1]
    settings.PUSH_CONTACT = ""
    assert run("status") == (0, "off: set AOXANH_PUSH_CONTACT\n")
