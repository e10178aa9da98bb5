"""The reply by names alone: the procedures that may be meant, best first, and nothing said of them.

The sentences travel to phones as data, so that both say the same; `byName` in static/field/later/assist/turn.js is the same.
"""

from collections.abc import Sequence

from aoxanh.assistant.replies import Kind, Named, Part, Pinned, Reply
from aoxanh.kernel.text import fold
from aoxanh.procedures.card import Card

MOST_OFFERED = 5
NONE_OF_THESE = "không có cái nào"
SENTENCES = {
    "found": {
        "vi": "Có thể bạn đang hỏi một trong các thủ tục này. Bạn chọn đúng tên rồi đọc với bà con.",
        "en": "You may be asking about one of these procedures. Choose the right name, then read its card with the citizen.",
    },
    "none": {
        "vi": "Trong các thủ tục đã lưu không có việc này, nên trợ lý không đoán.",
        "en": "None of the procedures held here is about this, so nothing is guessed.",
    },
    "ask_official": {
        "vi": "Bạn hỏi cán bộ trực ở xã, phường, hoặc gọi tổng đài 18001096 của Cổng Dịch vụ công.",
        "en": "Ask the official on duty at the commune, or call the portal's hotline 18001096.",
    },
}


def by_name(cards: Sequence[Card], text: str, pinned: Pinned, language: str) -> Reply:
    """Offer the cards found for a text, best first; for none, or when none of those offered was meant, hand over."""
    if not cards or fold(text).strip(" .!?") == fold(NONE_OF_THESE):
        handed = Part(Kind.OUTSIDE, _said("none", language), go=_said("ask_official", language))
        return Reply((handed,), Pinned(before=pinned.code), language)
    offered = tuple(Named(card.code, _name(card, language)) for card in cards[:MOST_OFFERED])
    codes = tuple(named.code for named in offered)
    held = Pinned(codes[0] if len(codes) == 1 else "", None, codes, pinned.code)
    return Reply((Part(Kind.ANSWER, _said("found", language), candidates=offered),), held, language)


def _name(card: Card, language: str) -> str:
    return card.name.en if language == "en" else card.name.vi


def _said(key: str, language: str) -> str:
    return SENTENCES[key]["en" if language == "en" else "vi"]
