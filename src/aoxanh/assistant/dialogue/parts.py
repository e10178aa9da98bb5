"""One part of a reply: its kind, its sentences and the procedures it names."""

from collections.abc import Mapping, Sequence
from typing import Any

from aoxanh.assistant.dialogue.answers import Teller, is_free_in_time
from aoxanh.assistant.dialogue.choosing import Choice, Chooser
from aoxanh.assistant.dialogue.hearing import Clause
from aoxanh.assistant.dialogue.phrases import Family, Phrases, Trouble
from aoxanh.assistant.replies import Kind, Named, Part, Slot
from aoxanh.procedures.card import Card


class Speaker:
    """Puts parts together in one language."""

    def __init__(
        self,
        phrases: Phrases,
        cards: Mapping[str, Card],
        guide: Mapping[str, Any],
        chooser: Chooser,
        language: str,
    ) -> None:
        self._phrases = phrases
        self._cards = cards
        self._guide = guide
        self._chooser = chooser
        self._language = language
        self._teller = Teller(phrases, language)

    def part(self, choice: Choice, slot: Slot | None, clause: Clause) -> Part:
        """Say what the chosen procedure's card says, or ask back, or hand over."""
        if not choice.codes:
            return self.handed_over("outside")
        if choice.is_asked_back:
            return self._asked_back(choice, slot)
        card = self._cards[choice.codes[0]]
        kind, name = self._bearing(card, choice, slot, clause)
        is_withheld = name == "province"
        tell = self._teller
        sentences = tell.settled_by_province(card) if is_withheld else tell.of_slot(card, slot)
        go = tell.go(kind) if kind in (Kind.PROVINCE, Kind.POLICE) else ""
        return Part(kind, tell.say(name, tell.title(card)), slot, sentences, self.named(choice.codes), go=go)

    def inside(self, code: str, matter: Sequence[str]) -> Part | None:
        """Say what a card says on some words, or nothing."""
        card = self._cards[code]
        sentences = self._teller.inside(card, matter)
        if not sentences:
            return None
        say = self._teller.say("inside", self._teller.title(card))
        return Part(Kind.ANSWER, say, None, sentences, self.named((code,)))

    def way_out(self, trouble: Trouble, slot: Slot | None) -> Part | None:
        """Say how a problem with VNeID is mended, or nothing when the guide does not hold it."""
        problem = next((one for one in self._guide["problems"] if one["id"] == trouble.id), None)
        if problem is None:
            return None
        kind = Kind.POLICE if trouble.police else Kind.ANSWER
        say = self._teller.say(
            "problem_police" if trouble.police else "problem", problem["name"][self._language]
        )
        named = self.named([code for code in trouble.codes if code in self._cards])
        go = self._teller.go("police")
        return Part(kind, say, slot, self._teller.way_out(problem, self._guide), named, go=go)

    def handed_over(self, why: str, code: str = "") -> Part:
        """Say that nothing fits, and who can help."""
        title = self._teller.title(self._cards[code]) if code else ""
        named = self.named((code,)) if code else ()
        return Part(
            Kind.OUTSIDE, self._teller.say(why, title), candidates=named, go=self._teller.go("outside")
        )

    def named(self, codes: Sequence[str], family: Family | None = None) -> tuple[Named, ...]:
        """Return procedures by name."""
        apart = self._chooser.apart
        return tuple(
            Named(code, self._teller.title(self._cards[code]), apart(code, self._language, family))
            for code in codes
        )

    def _asked_back(self, choice: Choice, slot: Slot | None) -> Part:
        also = choice.family.also.get(self._language, "") if choice.family else ""
        say = self._teller.say("ask_back")
        return Part(Kind.ASK_BACK, say, slot, candidates=self.named(choice.codes, choice.family), go=also)

    def _bearing(self, card: Card, choice: Choice, slot: Slot | None, clause: Clause) -> tuple[Kind, str]:
        """Return of which kind the answer is, and the sentence that opens it."""
        if card.asks_province and not self._names_province(clause):
            return Kind.PROVINCE, "province"
        if self._is_council_fee(card, slot, clause):
            return Kind.PROVINCE, "province_fee"
        if any(
            one.code == card.code
            and (slot or "") in one.slots
            and all(clause.says_any(line) for line in one.said)
            for one in self._phrases.police
        ):
            return Kind.POLICE, "police"
        return (Kind.CHOOSE, "choose") if choice.is_near else (Kind.ANSWER, "answer")

    def _is_council_fee(self, card: Card, slot: Slot | None, clause: Clause) -> bool:
        if slot is not Slot.FEE or card.fee.certainty != "council":
            return False
        return not is_free_in_time(card, self._phrases) or clause.says_any(self._phrases.late)

    def _names_province(self, clause: Clause) -> bool:
        before = self._phrases.province_before
        return clause.says_any(f"{kind} {name}" for kind in before for name in self._phrases.provinces)
