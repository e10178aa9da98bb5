"""`aoxanh credentials`: listing, changing and withdrawing keys, and checking a file."""

from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.cast import volunteer_id

from aoxanh.cli.credentials import command
from aoxanh.kernel import clock
from aoxanh.training import actions
from aoxanh.training.models import Certificate


@pytest.fixture(autouse=True)
def own_key(db: None, tmp_path: Any, settings: Any) -> None:
    settings.CREDENTIAL_KEY = tmp_path / "credential-key"


def run(*arguments: str, text: str = "") -> Result:
    return CliRunner().invoke(command, list(arguments), input=text)


def token() -> str:
    held = Certificate.objects.create(
        volunteer_id=volunteer_id("lan"), group_id="ai", issued_on=clock.today(), source="x"
    )
    return actions.credential_of(certificate=held, site="http://testserver")


def test_a_genuine_file_is_told_and_a_changed_one_fails() -> None:
    good = token()
    told = run("check", text=good + "\n")
    assert (told.exit_code, told.output) == (0, "genuine  Lan V.  ai\n")
    assert (run("check", text=good[:-9]).output, run("check", text="").exit_code) == ("forged\n", 1)


def test_a_key_is_rotated_then_withdrawn_and_its_files_are_believed_no_more() -> None:
    good, old = token(), actions.published_key().thumbprint
    assert run("withdraw", old).exit_code == 1
    assert run("rotate").exit_code == 0
    assert [line.split("  ")[2] for line in run("keys").output.splitlines()] == ["published", "in use"]
    assert run("check", text=good).exit_code == 0
    assert run("withdraw", old).exit_code == 0
    assert run("check", text=good).output == "forged\n"
    assert "withdrawn" in run("keys").output
