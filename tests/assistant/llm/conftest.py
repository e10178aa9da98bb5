"""A real server that plays the model, and a product that is pointed at it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache

from aoxanh.assistant.llm.client import Endpoint
from aoxanh.cli.bench.bad_model import BadModel, bad_model

KEY = "sk-never-in-a-log"


@pytest.fixture
def server() -> Iterator[BadModel]:
    with bad_model() as model:
        yield model


@pytest.fixture
def model(server: BadModel, settings: Any, db: None) -> BadModel:
    """The server, and the product allowed to ask it."""
    settings.LLM_ENDPOINT = Endpoint(server.url, "tiny", KEY, 1.5)
    settings.LLM_ENABLED = True
    settings.LLM_SEARCH_TERMS = True
    settings.LLM_DAILY_BUDGET = 200_000
    cache.clear()
    return server
