"""One turn of a dialogue: what is meant, what the cards say on it, and what to remember."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from msgspec import structs

from aoxanh.assistant.dialogue.choosing import NAMES, SHOWN, Choice, Chooser
from aoxanh.assistant.dialogue.hearing import Asked, Clause, Hearing
from aoxanh.assistant.dialogue.memory import chosen, dropped, remembered, told_apart
from aoxanh.assistant.dialogue.parts import Speaker
from aoxanh.assistant.dialogue.phrases import Phrases, Trouble, read_phrases
from aoxanh.assistant.replies import Kind, Part, Pinned, Reply, Slot
from aoxanh.assistant.retrieval import Found, Index, Searched
from aoxanh.procedures.card import Card, Text

SEARCHED = 8

FACTS = (Slot.FEE, Slot.TIME, Slot.PAPERS, Slot.LEGAL)
"""What a card says the same whether or not something went wrong."""


class Verdict(Protocol):
    """What a policy says of a message: which limit it meets, and whether it is answered all the same."""

    @property
    def rule(self) -> str: ...
    @property
    def kind(self) -> Kind: ...
    @property
    def stops(self) -> bool: ...
    @property
    def say(self) -> Text: ...
    @property
    def go(self) -> Text: ...


Judge = Callable[[str], Verdict | None]


@dataclass(frozen=True, slots=True)
class Meant:
    """One question of a message: its words, the slot asked for, and the procedures that may be meant."""

    clause: Clause
    slot: Slot | None
    choice: Choice
    inside: str = ""
    """The pinned procedure, when words are looked for inside its card."""

    is_police: bool = False
    """Words of the police's work were said."""


class Assistant:
    """Answers from cards. It holds no dialogue: what there is to remember goes out with a reply and comes in with the next."""

    def __init__(
        self,
        cards: Sequence[Card],
        index: Index,
        judge: Judge | None = None,
        phrases: Phrases | None = None,
        vneid: Mapping[str, Any] | None = None,
    ) -> None:
        self._cards = {card.code: card for card in cards}
        self._index = index
        self._judge = judge
        self._phrases = phrases or read_phrases()
        self._guide = vneid or {"problems": []}
        self._hearing = Hearing(index, self._phrases)
        self._chooser = Chooser(self._phrases, self._hearing, cards)

    def turn(self, text: str, pinned: Pinned = Pinned(), language: str = "vi") -> Reply:  # noqa: B008 - frozen
        """Reply to a message. `pinned` is what the reply before this one gave to remember."""
        speaker = Speaker(self._phrases, self._cards, self._guide, self._chooser, language)
        pinned = self._known(pinned)
        verdict = self._judge(text) if self._judge else None
        if verdict is not None and verdict.stops:
            return Reply((_limited(Part(verdict.kind, ""), verdict, language),), pinned, language)
        parts, pinned = self._parts(text, pinned, speaker)
        if verdict is not None:
            parts = (_limited(parts[0], verdict, language), *parts[1:])
        return Reply(parts, pinned, language)

    def _known(self, pinned: Pinned) -> Pinned:
        """Forget codes that no card is held of any more."""
        offered = tuple(code for code in pinned.offered if code in self._cards)
        code, before = (one if one in self._cards else "" for one in (pinned.code, pinned.before))
        return Pinned(code, pinned.slot, offered, before)

    def _parts(self, text: str, pinned: Pinned, speaker: Speaker) -> tuple[tuple[Part, ...], Pinned]:
        clause = self._hearing.clause(text)
        if text in pinned.offered:
            # A name was tapped: what was asked about the others is asked about this one.
            tapped = speaker.part(Choice((text,)), pinned.slot, clause)
            return (tapped,), remembered(pinned, tapped)
        if not any(reading.strip(" .") for reading in clause.readings):
            return (speaker.handed_over("empty"),), pinned
        if clause.says_any(self._phrases.moves.none):
            return (speaker.handed_over("none"),), dropped(pinned)
        if not self._hearing.matter(clause, self._moves()) and (
            moved := self._moved(clause, pinned, speaker)
        ):
            return (moved,), remembered(pinned, moved)
        parts = []
        for meant in self._meant(clause, pinned):
            part = self._told(meant, speaker)
            pinned = remembered(pinned, part)
            parts.append(part)
        return tuple(parts), pinned

    def _moves(self) -> list[str]:
        moves = self._phrases.moves
        return [*(cue for cues in moves.ordinals for cue in cues), *moves.last, *moves.back, *moves.correct]

    def _moved(self, clause: Clause, pinned: Pinned, speaker: Speaker) -> Part | None:
        """Follow a move that names nothing by itself: the second one, the one before, not this one."""
        slot = self._hearing.slot_of(clause)[0] or pinned.slot
        code = chosen(clause, pinned, self._phrases)
        if code is None and clause.says_any(self._phrases.moves.back):
            if not pinned.before:
                return speaker.handed_over("nothing_before")
            code = pinned.before
        if code is None and clause.says_any(self._phrases.moves.correct):
            code = next((one for one in pinned.offered if one != pinned.code), "")
        if code is None:
            return None
        if not code:
            return speaker.handed_over("not_offered")
        return speaker.part(Choice((code,)), slot, clause)

    def _meant(self, clause: Clause, pinned: Pinned) -> list[Meant]:
        """Return what each question of a message means."""
        asked = self._hearing.questions(clause)
        if len(asked) == 1:
            return [self._one(asked[0], clause, pinned)]
        # What only asks ("hết bao nhiêu tiền") names nothing, whatever is called by such words.
        found = [
            self._search(one.text)
            if self._hearing.matter(self._hearing.clause(one.text))
            else Searched([], 0.0)
            for one in asked
        ]
        tops = ["" if _is_weak(one) else one.found[0].code for one in found]
        if all(tops) and tops[0] != tops[1]:
            return [self._one(one, self._hearing.clause(one.text), pinned) for one in asked]
        whole = self._one(Asked(clause.text, asked[-1].slot), clause, pinned)
        if asked[0].slot == asked[1].slot:
            return [whole]
        return [Meant(whole.clause, one.slot, whole.choice) for one in asked]

    def _one(self, asked: Asked, clause: Clause, pinned: Pinned) -> Meant:
        searched = self._search(asked.text)
        found = searched.found
        if police := self._only_police(clause, found):
            return Meant(clause, asked.slot, police, is_police=True)
        is_corrected = bool(pinned.code) and clause.says_any(self._phrases.moves.correct)
        if is_corrected:
            others = replace(searched, found=[one for one in found if one.code != pinned.code])
            return Meant(clause, asked.slot or pinned.slot, self._chooser.choose(clause, others))
        if not pinned.code and pinned.offered and (code := self._settled(clause, found, pinned)):
            return Meant(clause, asked.slot or pinned.slot, Choice((code,)))
        choice = self._chooser.choose(clause, searched)
        return (
            self._under(pinned, clause, asked, searched, choice)
            if pinned.code
            else Meant(clause, asked.slot, choice)
        )

    def _under(
        self, pinned: Pinned, clause: Clause, asked: Asked, searched: Searched, choice: Choice
    ) -> Meant:
        """Return what a question means under a topic, which settles what the question leaves open."""
        follows = bool(asked.slot) or not choice.is_asked_back
        names_nothing = follows and not self._hearing.matter(clause, self._phrases.follow)
        is_left_open = choice.is_asked_back and pinned.code in choice.codes
        if names_nothing or is_left_open or (_is_weak(searched) and asked.slot):
            return Meant(clause, asked.slot or pinned.slot, Choice((pinned.code,)))
        asks_no_field = self._hearing.slot_of(clause)[0] is None
        if _is_weak(searched) or (asks_no_field and choice.codes[:1] == (pinned.code,)):
            return Meant(clause, None, choice, pinned.code)
        return Meant(clause, asked.slot, choice)

    def _search(self, text: str) -> Searched:
        return self._index.weigh(self._hearing.searched(text), SEARCHED)

    def _settled(self, clause: Clause, found: Sequence[Found], pinned: Pinned) -> str:
        """Return which of the procedures that were asked back is meant now, "" when the message is another matter."""
        if found and found[0].code not in pinned.offered and self._chooser.says_title(clause, found[0].code):
            return ""
        if code := told_apart(clause, pinned, self._phrases):
            return code
        if found and found[0].code in pinned.offered and self._hearing.slot_of(clause)[0] is None:
            return found[0].code
        return ""

    def _only_police(self, clause: Clause, found: Sequence[Found]) -> Choice | None:
        """Return the procedure that words of the police's work mean, whatever else was found."""
        for one in self._phrases.police:
            if one.said and one.code in self._cards and all(clause.says_any(line) for line in one.said):
                others = [each.code for each in found if each.code != one.code]
                return Choice((one.code, *others[: SHOWN - 1]))
        return None

    def _told(self, meant: Meant, speaker: Speaker) -> Part:
        trouble = None if meant.is_police else self._trouble(meant.clause)
        if trouble and meant.slot in FACTS:
            codes = [code for code in trouble.codes if code in self._cards]
            return speaker.part(Choice(tuple(codes)), meant.slot, meant.clause)
        if trouble and (part := speaker.way_out(trouble, meant.slot)):
            return part
        if meant.inside:
            matter = self._hearing.matter(meant.clause, self._phrases.follow)
            if part := speaker.inside(meant.inside, matter):
                return part
            if not meant.choice.codes:
                return speaker.handed_over("not_inside", meant.inside)
        return speaker.part(meant.choice, meant.slot, meant.clause)

    def _trouble(self, clause: Clause) -> Trouble | None:
        """Return the problem with VNeID that is told of, if any."""
        return next(
            (one for one in self._phrases.problems if all(clause.says_any(line) for line in one.said)), None
        )


def _is_weak(searched: Searched) -> bool:
    return searched.lead <= 0 or searched.found[0].score < NAMES


def _limited(part: Part, verdict: Verdict, language: str) -> Part:
    """Return a part under the limit that a message meets: its kind, its reason and where to go."""
    say, go = (verdict.say.en, verdict.go.en) if language == "en" else (verdict.say.vi, verdict.go.vi)
    return structs.replace(part, kind=verdict.kind, rule=verdict.rule, say=say, go=go)
