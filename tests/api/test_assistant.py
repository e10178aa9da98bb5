"""The assistant's door: what it says, what it will not read, and that nothing of a question stays."""

import gzip
import json
import logging
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.conftest import Cast

from aoxanh.assistant import pace, queries
from aoxanh.assistant.asking_errors import PersonalQuestion

ASK = "/api/v1/assistant/ask"
PACK = "/api/v1/assistant/pack"
BIRTH = "1.001193"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_has_asked() -> None:
    pace.forget_pace()


def ask(client: Any, text: Any, **told: Any) -> Any:
    return client.post(ASK, json.dumps({"text": text, **told}), content_type="application/json")


@pytest.mark.parametrize(
    "text",
    ["làm giấy khai sinh cho cháu", "lam giay khai sinh cho chau", "lafm giaays khai sinh cho chasu", BIRTH],
    ids=["accents", "none", "telex", "code"],
)
def test_a_question_typed_anyhow_is_answered_with_the_right_procedure_first(cast: Cast, text: str) -> None:
    reply = ask(cast.client("lan"), text).json()
    assert reply["parts"][0]["candidates"][0]["code"] == BIRTH
    assert reply["pinned"]["code"] in (BIRTH, "")


def test_the_reply_is_in_the_language_asked_for(cast: Cast) -> None:
    reply = ask(cast.client("lan"), "khai sinh", language="en").json()
    assert reply["language"] == "en"
    assert reply["parts"][0]["candidates"][0]["title"] == "Birth registration"


def test_what_the_dialogue_remembers_goes_back_and_forth(cast: Cast) -> None:
    client = cast.client("son")
    first = ask(client, "giấy khai sinh").json()
    assert BIRTH in first["pinned"]["offered"]
    second = ask(client, "không có cái nào", pinned=first["pinned"])
    assert second.status_code == 200
    assert second.json()["parts"][0]["kind"] == "outside"


@pytest.mark.parametrize(
    "text",
    [
        "cô Nguyễn Thị Hoa số căn cước 001185012345 muốn làm khai sinh",
        "gọi cho em 0912 345 678 nhé, khai sinh cần gì",
        "mã OTP là 482913, nhập giúp em",
    ],
    ids=["number", "phone", "otp"],
)
def test_personal_data_are_refused_before_the_text_is_read(cast: Cast, text: str, monkeypatch: Any) -> None:
    monkeypatch.setattr(queries.Assistant, "turn", lambda *_: pytest.fail("the text was read"))
    response = ask(cast.client("lan"), text)
    assert response.status_code == 422
    error = response.json()["error"]
    assert (error["code"], error["field"]) == ("personal_question", "text")
    assert not any(word in response.content.decode() for word in ("001185012345", "345 678", "482913", "Hoa"))


def test_nothing_of_a_question_is_written_anywhere(cast: Cast, caplog: Any) -> None:
    client = cast.client("lan")
    ask(client, "khai sinh")
    caplog.set_level(logging.DEBUG)
    with CaptureQueriesContext(connection) as asked:
        assert ask(client, "zyxwv giấy khai sinh cho cháu").status_code == 200
    writing = [one["sql"] for one in asked if one["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
    # What people ask is counted by kind and procedure; a word of it is nowhere.
    assert not [sql for sql in writing if "django_session" not in sql and "assistant_askedcount" not in sql]
    assert not any("zyxwv" in one["sql"] for one in asked)
    assert "zyxwv" not in caplog.text


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("[]", 400),
        ("{", 400),
        ("{}", 400),
        ('{"text": 5}', 400),
        ('{"text": null}', 400),
        ('{"text": "a\\u0000b"}', 400),
        ('{"text": "\\ud800"}', 400),
        ('{"text": ""}', 422),
        ('{"text": "   "}', 422),
        ('{"text": "khai sinh", "language": "fr"}', 400),
        ('{"text": "khai sinh", "pinned": []}', 400),
        ('{"text": "khai sinh", "pinned": {"slot": "colour"}}', 400),
        ('{"text": "khai sinh", "pinned": {"offered": "1.001193"}}', 400),
        (json.dumps({"text": "khai sinh", "pinned": {"offered": ["x"] * 21}}), 400),
        (json.dumps({"text": "khai sinh", "pinned": {"offered": ["x" * 41]}}), 400),
        (json.dumps({"text": "khai sinh", "pinned": {"code": "x" * 41}}), 400),
        (json.dumps({"text": "k" * 2001}), 400),
        (json.dumps({"text": "k" * 70_000}), 413),
    ],
    ids=[
        "list", "cut", "empty", "number", "null", "nul", "surrogate", "no-text", "blank", "language", "pinned-list", "slot", "offered",
        "many-offered", "long-offered", "long-code", "long-text", "huge",
    ],
)  # fmt: skip
def test_a_bad_body_is_refused_and_never_an_error_of_ours(cast: Cast, body: str, status: int) -> None:
    response = cast.client("lan").post(ASK, body, content_type="application/json")
    assert response.status_code == status, response.content
    assert response.json()["error"]["remedy"]


def test_a_stranger_and_a_form_are_refused(cast: Cast) -> None:
    assert ask(cast.client(None), "khai sinh").status_code == 401
    assert cast.client("lan").post(ASK, {"text": "khai sinh"}).status_code == 400


@pytest.mark.parametrize(
    "text", ["?", "🙂🙂", "1" * 2000, "a " * 1000, "\u200b\u200b", "%s{}$(x)' OR 1=1 --"], ids=range(6)
)
def test_strange_text_gets_a_reply_or_a_refusal(cast: Cast, text: str) -> None:
    assert ask(cast.client("lan"), text).status_code in (200, 422)


def test_one_account_asks_as_fast_as_a_person_types_and_no_faster(cast: Cast) -> None:
    client = cast.client("lan")
    statuses = [ask(client, "khai sinh").status_code for _ in range(pace.MOST + 1)]
    assert statuses == [200] * pace.MOST + [429]
    refused = ask(client, "khai sinh")
    assert (refused.json()["error"]["code"], refused["Retry-After"]) == ("asked_too_fast", "60")
    assert ask(cast.client("son"), "khai sinh").status_code == 200


def test_the_pack_is_fetched_once_for_each_version(cast: Cast) -> None:
    client = cast.client("lan")
    first = client.get(PACK)
    assert first.json()["phrases"]
    # Phrases, limits and weights grow with what people say; they are fetched once and the budget of index and texts is 1.5 MB.
    assert len(gzip.compress(first.content)) < 650_000
    assert client.get(PACK, {"held": first.json()["version"]}).status_code == 304
    assert client.get(PACK, headers={"if-none-match": first["ETag"]}).status_code == 304
    assert client.get(PACK, {"held": "an older one"}).json() == first.json()
    assert "private" in first["Cache-Control"]


def test_the_guard_stands_before_every_door() -> None:
    with pytest.raises(PersonalQuestion):
        queries.ask("số căn cước của tôi là 001185012345")
