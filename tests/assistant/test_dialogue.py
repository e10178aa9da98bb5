"""The assistant's turns: answers by slot, two questions in a message, asking back, and the thread of a dialogue."""

import re
from pathlib import Path

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from aoxanh.assistant.dialogue import Assistant
from aoxanh.assistant.dialogue.answers import Teller
from aoxanh.assistant.dialogue.hearing import Hearing
from aoxanh.assistant.dialogue.phrases import read_phrases
from aoxanh.assistant.entries import index_of
from aoxanh.assistant.replies import Kind, Pinned, Slot, plain
from aoxanh.procedures import seed
from aoxanh.procedures.card import texts_of

CARDS = {card.code: card for card in seed.read_cards()}
GUIDE = msgspec.to_builtins(seed.vneid())
DIALOGUES = yaml.safe_load((Path(__file__).parent / "dialogues.yaml").read_text(encoding="utf-8"))
FIGURES = re.compile(r"\d[\d./]*\d|\d")


@pytest.fixture(scope="module")
def assistant():
    return Assistant(list(CARDS.values()), index_of(CARDS.values()), vneid=GUIDE)


def told(part) -> str:
    return "\n".join([part.say, part.go, *(sentence.text for sentence in part.sentences)])


def as_asked(part) -> dict[str, str | None]:
    code = part.candidates[0].code if part.candidates else ""
    kind = Kind.ANSWER if part.kind is Kind.CHOOSE else part.kind
    return {"kind": kind.value, "slot": part.slot and part.slot.value, "code": code}


def holds(turn, reply, offered) -> list[str]:
    """Return what a reply lacks of what a turn expects."""
    part = reply.parts[0]
    got = as_asked(part)
    wrong = [
        f"{name}: {got[name]}" for name in ("kind", "slot", "code") if turn.get(name, got[name]) != got[name]
    ]
    named = {one.code for one in part.candidates}
    if not set(turn.get("offers", [])) <= named:
        wrong.append(f"offers: {named}")
    if "nth" in turn and got["code"] != offered[turn["nth"] - 1]:
        wrong.append(f"nth: {got['code']} of {offered}")
    if turn.get("has", "") not in told(part):
        wrong.append(f"has: {told(part)}")
    if "hasnt" in turn and any(turn["hasnt"] in sentence.text for sentence in part.sentences):
        wrong.append(f"hasnt: {told(part)}")
    if "parts" in turn and [as_asked(part) for part in reply.parts] != turn["parts"]:
        wrong.append(f"parts: {[as_asked(part) for part in reply.parts]}")
    return wrong


@pytest.mark.parametrize(
    ("text", "searched"),
    [
        ("đk tạm trú hết nhiu tiền z", "đk tạm trú z"),
        ("lm khai sinh cần j", "lm khai sinh"),
        ("khai sinh ở đâu, mất bao lâu", "khai sinh"),
        ("mất bao lâu?", "mất bao lâu?"),
    ],
)
def test_what_asks_is_not_searched_for_however_short_it_is_written(text, searched):
    assert Hearing(index_of(CARDS.values()), read_phrases()).searched(text) == searched


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=[dialogue["name"] for dialogue in DIALOGUES])
def test_a_dialogue_goes_as_people_expect(assistant, dialogue):
    pinned = Pinned()
    for turn in dialogue["turns"]:
        reply = assistant.turn(turn["says"], pinned)
        assert holds(turn, reply, pinned.offered) == [], turn["says"]
        pinned = reply.pinned


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("slot", [None, *Slot], ids=lambda slot: slot.value if slot else "none")
def test_no_figure_is_told_that_its_field_does_not_hold(slot, language):
    for card in CARDS.values():
        fields = {path: getattr(text, language) for path, text in texts_of(card)}
        fields["legal"] = "; ".join(card.legal)
        sentences = Teller(read_phrases(), language).of_slot(card, slot)
        assert sentences
        for sentence in sentences:
            field = fields.get(sentence.source.field, "")
            assert field in sentence.text
            assert set(FIGURES.findall(sentence.text)) <= set(FIGURES.findall(field))
            assert (sentence.source.code, sentence.source.valid_from) == (card.code, card.valid_from)


def test_a_fee_is_certain_only_where_the_card_is(assistant):
    for code, card in CARDS.items():
        [fee] = Teller(read_phrases(), "vi").of_slot(card, Slot.FEE)
        assert fee.is_certain == (card.fee.certainty in ("free", "fixed")), code


def test_a_reply_in_english_is_in_english(assistant):
    part = assistant.turn("marriage registration how much", language="en").parts[0]
    assert (part.kind, part.sentences[0].text) == (Kind.ANSWER, f"Fee: {CARDS['1.000894'].fee.en}")


@given(st.text(max_size=200), st.text(max_size=20), st.lists(st.text(max_size=9), max_size=3))
def test_no_text_and_no_memory_breaks_a_turn(assistant, text, code, offered):
    reply = assistant.turn(text, Pinned(code, Slot.FEE, tuple(offered), code))
    assert reply.parts
    assert plain(reply)["parts"]
