"""The gate to the model: switch, budget shared by servers, cache, pause, and a log without a word of text."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection

from aoxanh.assistant import language_model
from aoxanh.assistant.actions import switch_language_model
from aoxanh.assistant.errors import UnfitSwitch
from aoxanh.assistant.language_model_queries import calls_since, state
from aoxanh.assistant.llm.wording import Purpose
from aoxanh.assistant.models import LanguageModelCall, LanguageModelDay
from aoxanh.audit.models import AuditEntry
from aoxanh.cli.bench.bad_model import BadModel, changed
from aoxanh.kernel import clock
from aoxanh.people.errors import NotAllowed
from aoxanh.privacy.errors import PersonalData
from tests.assistant.llm.conftest import KEY
from tests.assistant.llm.replies import plain_reply
from tests.conftest import Cast

QUESTION = "khai sinh cho con ở bản Sảng Pả mất bao nhiêu"


def ask(question: str = QUESTION) -> bool:
    plain = plain_reply()
    return language_model.worded(plain, question) != plain


def outcomes() -> list[str]:
    return list(LanguageModelCall.objects.order_by("id").values_list("outcome", flat=True))


@pytest.fixture
def truthful(model: BadModel) -> BadModel:
    model.answering = changed(lambda text: "Cụ thể, " + text[0].lower() + text[1:])
    return model


def test_without_settings_there_is_no_model(db: None) -> None:
    assert not language_model.is_on()
    assert not ask()
    assert outcomes() == []


def test_the_settings_switch_and_the_switch_at_run_time_both_hold(
    truthful: BadModel, settings: Any, cast: Cast
) -> None:
    assert ask()
    switch_language_model(is_on=False, reason="Máy chủ bảo trì", by=cast.actor("an"))
    assert not ask()
    switch_language_model(is_on=True, reason="Bảo trì xong", by=cast.actor("an"))
    assert ask()
    settings.LLM_ENABLED = False
    assert not ask()
    assert not state().is_on
    assert list(
        AuditEntry.objects.filter(action="assistant.model.switched")
        .order_by("number")
        .values_list("details", flat=True)
    ) == [
        '{"on":false}',
        '{"on":true}',
    ]


@pytest.mark.parametrize("name", ["lan", "minh", "ha", "son", "duc", "thu", "binh"])
def test_only_the_centre_switches(cast: Cast, name: str) -> None:
    with pytest.raises(NotAllowed):
        switch_language_model(is_on=False, reason="Thử", by=cast.actor(name))


def test_a_switch_says_why_and_names_nobody(cast: Cast) -> None:
    with pytest.raises(UnfitSwitch):
        switch_language_model(is_on=False, reason="  ", by=cast.actor("an"))
    with pytest.raises(PersonalData):
        switch_language_model(is_on=False, reason="gọi 0912345678", by=cast.actor("an"))


def test_the_same_question_is_asked_once_a_day(truthful: BadModel) -> None:
    assert ask()
    assert ask()
    assert len(truthful.requests) == 1
    assert outcomes() == ["answered", "cached"]
    assert ask("một câu hỏi khác về khai sinh")
    assert len(truthful.requests) == 2


def test_what_is_beyond_the_budget_is_not_asked_and_what_was_not_used_is_given_back(
    truthful: BadModel, settings: Any
) -> None:
    assert ask("câu hỏi thứ nhất")
    assert LanguageModelDay.objects.get().tokens == 321
    settings.LLM_DAILY_BUDGET = 400
    assert not ask("câu hỏi thứ hai")
    assert len(truthful.requests) == 1
    assert outcomes() == ["answered", "budget"]
    assert LanguageModelDay.objects.get().tokens == 321
    LanguageModelDay.objects.update(day=clock.today() - timedelta(days=1))
    settings.LLM_DAILY_BUDGET = 200_000
    assert ask("câu hỏi thứ ba")
    assert state().used == 321


def test_a_budget_of_nothing_asks_nothing(truthful: BadModel, settings: Any) -> None:
    settings.LLM_DAILY_BUDGET = 0
    assert not ask()
    assert truthful.requests == []
    assert not LanguageModelDay.objects.exists()


def test_after_three_failures_nobody_waits_until_the_pause_is_over(truthful: BadModel) -> None:
    truthful.mode = "status_500"
    for number in range(5):
        assert not ask(f"câu hỏi {number}")
    assert outcomes() == ["broken"] * 3 + ["paused"] * 2
    assert len(truthful.requests) == 3
    truthful.mode = "honest"
    cache.clear()
    assert ask()


def test_a_third_call_at_once_is_answered_plainly(truthful: BadModel) -> None:
    held = [language_model._slots.acquire(blocking=False) for _ in range(language_model.MOST_AT_ONCE)]
    try:
        assert all(held)
        assert not ask()
    finally:
        for _ in held:
            language_model._slots.release()
    assert outcomes() == ["busy"]
    assert ask()


def test_no_table_no_log_and_no_cache_holds_a_question_or_the_key(
    truthful: BadModel, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        assert ask()
        language_model.search_terms(QUESTION)
        for mode in ("status_401", "not_json", "silent"):
            truthful.mode = mode
            ask(f"{QUESTION} {mode}")
    seen = caplog.text
    with connection.cursor() as cursor:
        for table in ("assistant_languagemodelcall", "assistant_languagemodelday", "cache_entry"):
            cursor.execute(f"SELECT * FROM {table}")
            seen += str(cursor.fetchall())
    assert "Sảng Pả" not in seen
    assert KEY not in seen


def test_the_board_counts_calls_by_purpose_and_outcome(truthful: BadModel) -> None:
    ask()
    ask()
    truthful.mode = "prose"
    ask("khác")
    found = {(row.purpose, row.outcome): (row.calls, row.tokens, row.kept) for row in calls_since(1)}
    assert found.keys() == {("answer", "answered"), ("answer", "cached"), ("answer", "malformed")}
    assert found["answer", "answered"][:2] == (1, 321)
    assert found["answer", "answered"][2] > 0
    assert Purpose.ANSWER == "answer"
