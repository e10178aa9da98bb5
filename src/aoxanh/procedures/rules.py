"""What a well-shaped card must also say, and must never say: nobody is asked to act in a citizen's place."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from aoxanh.privacy.detection import find
from aoxanh.privacy.errors import PersonalData, kinds_in_words
from aoxanh.procedures.card import Card, Flaw, Misshapen, shape, texts_of
from aoxanh.procedures.errors import CardInvalid

MOST = {"name": 300, "text": 1000, "alias": 80, "source": 500}
"""Longest texts, in characters; the database and an A4 page set them."""

_SUM = re.compile(r"\d[\d.,]*\s*(?:đồng|đ\b|dong|vnd|nghìn|ngàn|triệu|k\b)", re.IGNORECASE)
_ASKS = re.compile(r"hỏi|xem (?:lại )?(?:số tiền|mức)|chưa (?:chắc|kiểm chứng)", re.IGNORECASE)
# What only the citizen (or the official) may do. A deed is fair when the words just before it forbid it or give it to the citizen.
_FOR_THEM = r"(?:hộ|thay|giúp|giùm|dùm)\b(?!\s+(?:đổi|chồng|khẩu|nghèo|gia đình|kinh doanh|tịch|chiếu|của|cho (?:ảnh|bản|giấy)))"
_DEEDS = (
    r"(?:nộp|gửi|ký|điểm chỉ|trả tiền|thanh toán|đóng phí|đóng tiền|chuyển khoản|đăng nhập|bấm|nhập|gõ|điền|khai|đồng ý"
    r"|xác nhận|quyết định|chụp)"
)
_SECRETS = r"(?:mật khẩu|mã otp|otp|mã 6 số|mã xác thực|passcode)"
_OVERSTEPS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_DEEDS}\s+(?:\w+\s+){{0,3}}?{_FOR_THEM}",
        rf"\b{_FOR_THEM}\s+(?:cô chú|bà con|người dân)\s+(?:tự\s+)?{_DEEDS}\b",
        rf"\b(?:nhập|gõ|đọc|ghi|giữ|xin|hỏi|nhận)\s+(?:\w+\s+){{0,2}}?{_SECRETS}\b",
        r"\bbạn\s+(?:tự\s+)?(?:ký|nộp|bấm nộp|thanh toán|trả tiền|trả phí|quyết định|duyệt|đăng nhập)\b",
        r"(?<!ảnh )\b(?:chụp|giữ)\s+(?:\w+\s+){0,2}?(?:thẻ|căn cước|giấy tờ)\b",
        r"\b(?:submit|sign|pay|log in|fill in|decide)\b[^.;,]*\b(?:for|instead of) (?:them|him|her|the citizen|people)\b",
    )
]
_FAIR_BEFORE = re.compile(
    r"\b(?:không|đừng|chớ|khỏi|tránh|tự|cô chú|bà con|cả hai|not|never|themselves)(?:\s+\w+){0,2}\s*$",
    re.IGNORECASE,
)
_NUMBERS = frozenset({"id_number", "old_id_number", "email"})
_SENTENCES = re.compile(r"(?<=[.!?;])\s+")


def read_card(material: Mapping[str, Any]) -> Card:
    """Read a card and hold it to every rule. Raises CardInvalid naming the code, the field and the remedy."""
    code = str(material.get("code", "?"))
    try:
        card = shape(material)
    except Misshapen as misshapen:
        message = _("This is missing, unknown or not of its kind: {complaint}").format(
            complaint=misshapen.flaw.message
        )
        raise CardInvalid(card=code, flaws=(Flaw(misshapen.flaw.field, message),)) from misshapen
    flaws = tuple(flaws_of(card))
    if flaws:
        raise CardInvalid(card=code, flaws=flaws)
    return card


def flaws_of(card: Card) -> Iterator[Flaw]:
    """Yield everything that is wrong with a card's content."""
    for rule in _RULES:
        yield from rule(card)


def oversteps(text: str) -> str:
    """Return the sentence that asks a volunteer to act in the citizen's place, or an empty text."""
    return next((sentence for sentence in _SENTENCES.split(text) if _is_overstep(sentence)), "")


def _is_overstep(sentence: str) -> bool:
    matches = (match for pattern in _OVERSTEPS for match in pattern.finditer(sentence))
    return any(
        " tự " not in match[0] and not _FAIR_BEFORE.search(sentence[: match.start()]) for match in matches
    )


def _texts_are_filled(card: Card) -> Iterator[Flaw]:
    for path, text in texts_of(card):
        most = MOST["name"] if path == "name" else MOST["text"]
        for language, value in (("vi", text.vi), ("en", text.en)):
            yield from _filled(f"{path}.{language}", value, most)
    yield from _filled("code", card.code, 20)
    yield from _filled("source", card.source, MOST["source"])
    for name in ("aliases", "legal"):
        for index, value in enumerate(getattr(card, name)):
            yield from _filled(f"{name}.{index}", value, MOST["alias"] if name == "aliases" else MOST["text"])


def _filled(field: str, value: str, most: int) -> Iterator[Flaw]:
    if not value.strip():
        yield Flaw(field, _("This text is empty."))
    elif not unicodedata.is_normalized("NFC", value) or value != value.strip():
        yield Flaw(field, _("This text is not composed (NFC) or has spaces around it."))
    elif len(value) > most:
        yield Flaw(field, _("This text is longer than {most} characters.").format(most=most))


def _nobodys_numbers(card: Card) -> Iterator[Flaw]:
    """Refuse a citizen's number or e-mail address left in an example; hotlines and offices' telephones are fair."""
    texts = [
        (f"{path}.{language}", getattr(text, language))
        for path, text in texts_of(card)
        for language in ("vi", "en")
    ]
    texts += [("source", card.source)]
    texts += [
        (f"{name}.{at}", line) for name in ("aliases", "legal") for at, line in enumerate(getattr(card, name))
    ]
    for field, value in texts:
        if found := [item for item in find(value) if item.kind in _NUMBERS]:
            yield Flaw(field, str(PersonalData(kinds=kinds_in_words(found))))


def _everyone_has_a_step(card: Card) -> Iterator[Flaw]:
    missing = {"citizen", "volunteer", "official"} - {step.who for step in card.steps}
    if missing:
        names = {"citizen": _("the citizen"), "volunteer": _("the volunteer"), "official": _("the official")}
        who = ", ".join(names[one] for one in sorted(missing))
        yield Flaw("steps", _("No step says what is done by: {who}.").format(who=who))


def _lists_are_there(card: Card) -> Iterator[Flaw]:
    for name in ("papers", "never", "legal", "aliases", "channels"):
        if not getattr(card, name):
            yield Flaw(name, _("At least one line is needed."))
    if card.time_working_days is not None and not 0 <= card.time_working_days <= 365:
        yield Flaw("time_working_days", _("Working days lie between 0 and 365."))


def _fee_is_as_sure_as_it_says(card: Card) -> Iterator[Flaw]:
    has_sum = any(_SUM.search(text) for text in (card.fee.vi, card.fee.en))
    if card.fee.certainty == "council" and has_sum:
        yield Flaw("fee.vi", _("The provincial council sets this fee, so the card must not state a sum."))
    if card.fee.certainty == "free" and has_sum:
        yield Flaw("fee.vi", _("A free procedure has no sum to pay."))
    if card.fee.certainty == "fixed" and not has_sum:
        yield Flaw("fee.vi", _("A fixed fee names its sum."))
    if card.fee.certainty in ("council", "unverified") and not _ASKS.search(card.fee.vi):
        yield Flaw("fee.vi", _("Say where the citizen asks for the fee, since it is not certain."))


def _volunteer_stays_a_helper(card: Card) -> Iterator[Flaw]:
    for index, step in enumerate(card.steps):
        if step.who == "volunteer":
            yield from _fair(f"steps.{index}.vi", step.vi)
            yield from _fair(f"steps.{index}.en", step.en)


def _fair(field: str, text: str) -> Iterator[Flaw]:
    sentence = oversteps(text)
    if sentence:
        yield Flaw(
            field,
            _("A volunteer explains and points; only the citizen does this: “{sentence}”").format(
                sentence=sentence
            ),
        )


def _nothing_supersedes_itself(card: Card) -> Iterator[Flaw]:
    if card.code in card.supersedes:
        yield Flaw("supersedes", _("A procedure cannot take its own place."))


_RULES: tuple[Callable[[Card], Iterator[Flaw]], ...] = (
    _texts_are_filled,
    _nobodys_numbers,
    _everyone_has_a_step,
    _lists_are_there,
    _fee_is_as_sure_as_it_says,
    _volunteer_stays_a_helper,
    _nothing_supersedes_itself,
)
