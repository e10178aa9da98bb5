"""Plain replies as the dialogue gives them, from real cards."""

from aoxanh.assistant.replies import Kind, Part, Pinned, Reply, Sentence, Source
from aoxanh.procedures.card import Card
from aoxanh.procedures.seed import read_cards

BIRTH = "1.001193"


def card(code: str = BIRTH) -> Card:
    return next(card for card in read_cards() if card.code == code)


def plain_reply(kind: Kind = Kind.ANSWER, code: str = BIRTH) -> Reply:
    """Return the fee, the time and three papers of a card, word for word."""
    shown = card(code)
    texts = [
        ("fee", shown.fee.vi),
        ("time", shown.time.vi),
        *((f"papers.{at}", text.vi) for at, text in enumerate(shown.papers[:3])),
    ]
    sentences = tuple(
        Sentence(
            text, Source(code, shown.name.vi, field, shown.valid_from, shown.confidence, ""), field != "fee"
        )
        for field, text in texts
    )
    return Reply((Part(kind, shown.name.vi, sentences=sentences, go="Gặp cán bộ."),), Pinned(code))
