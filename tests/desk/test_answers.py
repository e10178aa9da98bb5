"""Citizens' answers: once, by a code alone, before or after the session, and nothing about who answers."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aoxanh.desk import answer_tokens
from aoxanh.desk.actions import receive_batch, take_answer
from aoxanh.desk.answer_tokens import Token
from aoxanh.desk.answers import let_lone_answers_go
from aoxanh.desk.channels import Channel
from aoxanh.desk.errors import AnswerClosed, AnsweredAlready, UnfitAnswer, UnknownAnswerCode
from aoxanh.desk.models import Confirmation, DailyFigure
from aoxanh.desk.rollup import recompute_dirty_days
from aoxanh.kernel import clock
from aoxanh.kernel.ids import uuid7
from aoxanh.kernel.scope import whole_nation
from tests.cast import LUNG_CU
from tests.conftest import Cast
from tests.desk.record_examples import a_batch, a_record

CODE = "ABC234"


def hand_in(cast: Cast, token: Token) -> None:
    record = a_record(id=token.id, day=token.day, return_code=token.code)
    receive_batch(body=a_batch(record), device_id=uuid7(), by=cast.actor("lan"))


def a_token(**changes: Any) -> Token:
    return replace(Token(LUNG_CU, clock.today(), uuid7(), CODE), **changes)


def confirmed() -> int:
    while recompute_dirty_days():
        pass
    with whole_nation():
        return sum(DailyFigure.objects.values_list("said_qr", flat=True))


def stored() -> list[tuple[str, str]]:
    with whole_nation():
        return list(Confirmation.objects.values_list("answer", "channel"))


@given(
    commune=st.integers(0, 99_999),
    code=st.text(answer_tokens.LETTERS, min_size=6, max_size=6),
    id_=st.uuids(),
)
def test_a_token_reads_as_it_was_spelt(commune: int, code: str, id_: UUID) -> None:
    token = Token(f"{commune:05}", clock.today(), id_, code)
    assert answer_tokens.read(answer_tokens.spell(token)) == token


@given(st.text(max_size=60))
def test_no_text_makes_the_reader_stumble(text: str) -> None:
    token = answer_tokens.read(text)
    assert token is None or answer_tokens.spell(token) == text


@pytest.mark.parametrize("first", ["session", "answer"])
def test_an_answer_counts_whether_it_comes_before_or_after_its_session(cast: Cast, first: str) -> None:
    token = a_token()
    if first == "session":
        hand_in(cast, token)
    take_answer(token=token, answer="done", channel=Channel.QR)
    if first == "answer":
        assert confirmed() == 0
        hand_in(cast, token)
    assert confirmed() == 1


def test_the_same_answer_again_changes_nothing_and_another_is_refused(cast: Cast) -> None:
    token = a_token()
    hand_in(cast, token)
    take_answer(token=token, answer="done", channel=Channel.QR)
    take_answer(token=token, answer="done", channel=Channel.QR)
    with pytest.raises(AnsweredAlready):
        take_answer(token=token, answer="not_helped", channel=Channel.QR)
    assert stored() == [("done", "qr")]


def test_a_weightier_channel_takes_the_place_of_a_lighter_one(cast: Cast) -> None:
    token = a_token()
    hand_in(cast, token)
    take_answer(token=token, answer="done", channel=Channel.BUTTON)
    take_answer(token=token, answer="not_helped", channel=Channel.QR)
    with pytest.raises(AnsweredAlready):
        take_answer(token=token, answer="done", channel=Channel.BUTTON)
    assert stored() == [("not_helped", "qr")]


def test_a_guessed_code_is_refused_when_the_session_is_there_and_never_counts_when_it_comes(
    cast: Cast,
) -> None:
    token = a_token()
    take_answer(token=replace(token, code="ZZZZZZ"), answer="done", channel=Channel.QR)
    hand_in(cast, token)
    assert confirmed() == 0
    with pytest.raises(UnknownAnswerCode):
        take_answer(token=replace(token, code="YYYYYY"), answer="done", channel=Channel.QR)
    take_answer(token=token, answer="done", channel=Channel.QR)
    assert confirmed() == 1


@pytest.mark.parametrize("days", [-31, 3], ids=["too_old", "not_yet"])
def test_an_answer_is_taken_for_thirty_days_only(cast: Cast, days: int) -> None:
    with pytest.raises(AnswerClosed):
        take_answer(
            token=a_token(day=clock.today() + timedelta(days=days)), answer="done", channel=Channel.QR
        )


def test_a_token_of_no_commune_and_an_answer_that_is_none_are_refused(cast: Cast) -> None:
    with pytest.raises(UnknownAnswerCode):
        take_answer(token=a_token(commune="99999"), answer="done", channel=Channel.QR)
    with pytest.raises(UnfitAnswer):
        take_answer(token=a_token(), answer="perhaps", channel=Channel.QR)


def test_answers_whose_session_never_came_are_let_go(cast: Cast) -> None:
    with whole_nation():
        for age in (10, 70):
            Confirmation.objects.create(
                commune_code=LUNG_CU, day=clock.today() - timedelta(days=age), id=uuid7(), code=CODE, channel="qr", answer="done"
            )  # fmt: skip
    assert let_lone_answers_go() == 1


def test_a_citizen_answers_on_a_page_that_sets_no_cookie_and_needs_no_script(cast: Cast) -> None:
    token = a_token()
    hand_in(cast, token)
    address, client = f"/c/{answer_tokens.spell(token)}", cast.client(None)
    asked = client.get(address)
    assert (asked.status_code, b"<script" in asked.content) == (200, False)
    assert client.post(address).status_code == 400
    told = client.post(address, {"answer": "done"})
    assert (told.status_code, dict(told.cookies)) == (200, {})
    assert client.post(address, {"answer": "not_helped"}).status_code == 409
    assert confirmed() == 1
