"""What the questions that judge the assistant must be, so that its figures mean something."""

import re
import unicodedata
from collections import Counter
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml

import aoxanh
from aoxanh.kernel.text import fold
from aoxanh.privacy import detection
from aoxanh.procedures import seed

FOLDER = Path(aoxanh.__file__).parent / "assistant" / "evaluation"
HALVES: dict[str, list[dict[str, Any]]] = {
    name: yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    for name in ("tuning", "held_out")
}
QUESTIONS = [question for half in HALVES.values() for question in half]
CARDS = {card.code: card for card in seed.read_cards()}

# How many there are of each kind; more are welcome, fewer would make the figures less sure.
KINDS = {"answer": 330, "ask_back": 41, "refuse": 73, "police": 32, "province": 33, "outside": 30}
SLOTS = {"fee", "time", "place", "papers", "online", "steps", "who", "legal"}
FORMS = {"accents", "no_accents", "half", "telex", "teencode", "slips", "long_story", "regional"}
LIMITS = {
    "otp",
    "password",
    "card_photo",
    "number",
    "for_the_citizen",
    "as_official",
    "evade",
    "politics",
    "gossip",
    "other_person",
    "eligibility",
    "injection",
}
FIELDS = {"id", "text", "kind", "codes", "slot", "second", "form", "why", "note"}
HAVE_CODES = {"answer", "ask_back", "police", "province"}


def bare(text: str) -> str:
    """Return the syllables alone, as the assistant may see them: no marks, no capitals, no signs."""
    return " ".join(re.findall(r"\w+", fold(text)))


SPOKEN = {question["id"]: bare(question["text"]) for question in QUESTIONS}


def those(holds) -> list[str]:
    return [question["id"] for question in QUESTIONS if holds(question)]


def codes_asked(question: dict[str, Any]) -> list[str]:
    return [*question.get("codes", []), *question.get("second", {}).get("codes", [])]


def slots_asked(question: dict[str, Any]) -> list[str]:
    return [part["slot"] for part in (question, question.get("second", {})) if "slot" in part]


def test_every_question_has_a_number_of_its_own():
    assert [
        count for count in Counter(question["id"] for question in QUESTIONS).items() if count[1] > 1
    ] == []
    assert those(lambda question: not re.fullmatch(r"q\d{3}", question["id"])) == []


def test_the_number_alone_decides_the_half():
    held_out = {question["id"] for question in HALVES["held_out"]}
    assert those(lambda question: (int(question["id"][1:]) % 2 == 0) != (question["id"] in held_out)) == []


def test_kinds_forms_slots_and_limits_are_those_that_the_report_knows():
    assert {question["kind"] for question in QUESTIONS} == set(KINDS)
    assert {question["form"] for question in QUESTIONS} == FORMS
    assert {slot for question in QUESTIONS for slot in slots_asked(question)} == SLOTS
    assert {question["why"] for question in QUESTIONS if "why" in question} == LIMITS
    assert those(lambda question: not set(question) <= FIELDS) == []


def test_a_question_says_what_its_kind_needs_and_nothing_else():
    assert those(lambda question: ("codes" in question) != (question["kind"] in HAVE_CODES)) == []
    assert those(lambda question: ("why" in question) != (question["kind"] == "refuse")) == []
    assert those(lambda question: question["kind"] == "answer" and "slot" not in question) == []
    assert those(lambda question: "slot" in question and "codes" not in question) == []
    assert those(lambda question: set(question.get("second", {})) not in (set(), {"codes", "slot"})) == []
    assert those(lambda question: "second" in question and question["kind"] != "answer") == []


def test_every_code_is_of_a_card_we_hold_and_named_once():
    assert {code for question in QUESTIONS for code in codes_asked(question)} <= set(CARDS)
    assert those(lambda question: question.get("codes") == []) == []
    assert those(lambda question: len({*question.get("codes", [])}) < len(question.get("codes", []))) == []


def test_every_card_has_three_questions_or_more_and_some_in_each_half():
    asked = {
        name: Counter(
            code for question in half if question["kind"] != "ask_back" for code in codes_asked(question)
        )
        for name, half in HALVES.items()
    }
    assert {code for code in CARDS if sum(half[code] for half in asked.values()) < 3} == set()
    assert {code for code in CARDS if not all(half[code] for half in asked.values())} == set()


def test_a_fee_that_a_province_sets_is_never_asked_of_the_card():
    free_in_time = {"1.001193", "1.000656"}
    council = {code for code, card in CARDS.items() if card.fee.certainty == "council"} - free_in_time
    assert (
        those(
            lambda question: (
                question["kind"] == "answer"
                and any(
                    part.get("slot") == "fee" and council & {*part.get("codes", [])}
                    for part in (question, question.get("second", {}))
                )
            )
        )
        == []
    )


@pytest.mark.parametrize("kind", KINDS)
def test_there_are_enough_questions_of_the_kind_and_both_halves_have_their_share(kind):
    shares = [sum(question["kind"] == kind for question in half) for half in HALVES.values()]
    assert sum(shares) >= KINDS[kind]
    assert abs(shares[0] - shares[1]) <= 2


@pytest.mark.parametrize("form", sorted(FORMS))
def test_both_halves_have_their_share_of_every_way_of_typing(form):
    shares = [sum(question["form"] == form for question in half) for half in HALVES.values()]
    assert sum(shares) >= 30
    assert min(shares) >= 0.7 * max(shares)


def test_no_question_is_put_twice_nor_nearly_so_in_both_halves():
    assert [text for text, count in Counter(SPOKEN.values()).items() if count > 1] == []
    tuning, held_out = (
        [(question["id"], {*SPOKEN[question["id"]].split()}) for question in half] for half in HALVES.values()
    )
    near = [
        (one, other)
        for (one, words), (other, others) in product(tuning, held_out)
        if len(words & others) > 0.75 * len(words | others)
    ]
    assert near == []


def test_no_question_is_made_of_the_cards_own_text():
    names = {bare(card.name.vi) for card in CARDS.values()}
    own = names | {bare(alias) for card in CARDS.values() for alias in card.aliases}
    assert [number for number, spoken in SPOKEN.items() if spoken in own] == []
    long_names = [f" {name} " for name in names if len(name.split()) >= 5]
    within = [
        number for number, spoken in SPOKEN.items() if any(name in f" {spoken} " for name in long_names)
    ]
    assert within == []


def test_no_question_holds_personal_data():
    assert [
        (question["id"], found) for question in QUESTIONS if (found := detection.find(question["text"]))
    ] == []


def test_texts_are_composed_and_typed_as_their_form_says():
    assert (
        those(lambda question: unicodedata.normalize("NFC", question["text"]).strip() != question["text"])
        == []
    )
    unmarked = {"no_accents", "telex"}
    assert those(lambda question: question["form"] in unmarked and not question["text"].isascii()) == []
    assert those(lambda question: question["form"] not in unmarked and question["text"].isascii()) == []
    assert (
        those(lambda question: question["form"] == "long_story" and len(question["text"].split()) < 40) == []
    )


def test_what_was_typed_in_telex_can_be_read_in_the_note():
    telex = [question for question in QUESTIONS if question["form"] == "telex"]
    assert [question["id"] for question in telex if not question["note"].startswith("reads: ")] == []
    # The marks are keys behind the letters, so that the letters of the reading stand in the text in their order.
    for question in telex:
        keys = iter(fold(question["text"]))
        reading = bare(question["note"].removeprefix("reads: ").split(";")[0]).replace(" ", "")
        assert all(letter in keys for letter in reading), question["id"]
