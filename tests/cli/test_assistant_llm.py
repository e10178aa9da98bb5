"""`aoxanh assistant llm check` shows what a model says and what of it holds."""

from typing import Any

import pytest
from click.testing import CliRunner
from django.core.cache import cache

from aoxanh.assistant.llm.client import Endpoint
from aoxanh.cli.assistant_llm import command
from aoxanh.cli.bench.bad_model import LYING, bad_model


@pytest.fixture(autouse=True)
def no_memory(db: None) -> None:
    cache.clear()


def test_without_settings_it_says_what_is_missing() -> None:
    shown = CliRunner().invoke(command, ["llm", "check"])
    assert shown.exit_code == 1
    assert "AOXANH_LLM_URL" in shown.output


def test_what_holds_what_is_dropped_and_what_failed_is_told(settings: Any) -> None:
    settings.LLM_ENABLED = True
    with bad_model() as server:
        settings.LLM_ENDPOINT = Endpoint(server.url, "tiny", "sk-secret", 20)
        good = CliRunner().invoke(command, ["llm", "check"])
        server.answering = LYING["number_added"]
        bad = CliRunner().invoke(command, ["llm", "check"])
        server.mode = "status_429"
        refused = CliRunner().invoke(command, ["llm", "check"])
    assert (good.exit_code, bad.exit_code, refused.exit_code) == (0, 1, 1)
    assert "held: Thời hạn giải quyết là 1 ngày làm việc." in good.output
    assert "answered" in good.output
    assert "dropped (numbers)" in bad.output
    assert "held:" not in bad.output
    assert "refused" in refused.output
    assert "sk-secret" not in good.output + bad.output + refused.output
