"""Which procedure is meant: one, one of two, or several that the question does not tell apart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aoxanh.assistant.dialogue import features
from aoxanh.assistant.dialogue.hearing import Clause, Hearing
from aoxanh.assistant.dialogue.phrases import Family, Phrases
from aoxanh.assistant.retrieval import Found, Searched
from aoxanh.assistant.retrieval.words import pairs, words
from aoxanh.assistant.weighing import Features, learned
from aoxanh.procedures.card import Card

SHOWN = 3
"""So many candidates are named beside an answer."""

NAMES = 28.0
"""From this score on a question names a procedure by itself."""

NEAR = 8.0
"""A second one that is so few points behind the first is offered beside it."""

SURELY_ELSEWHERE = 30.0
"""So many points more for none of ours than for the first one leave nothing to ask back."""

ASKED_BACK = -7.0
"""From so many points more for asking back than for answering on, it is asked back: a question too many costs less than a wrong answer."""

TITLE_SAID = 10.0
"""And from so many where what is said is a title: "khai sinh" alone leaves more open than "khai sinh mất bao lâu"."""

FAR_AHEAD = 70.0
"""With such a lead over the second one nothing is left open."""

ACT = "Đăng ký "
"""What is registered is called by its name alone: khai sinh, kết hôn, khai tử."""

SEVERAL, MOST_SIBLINGS = 3, 5

CLEARLY, A_PAIR = 2, 2
"""One of a family is told apart when it is called by so many words more than the next; a pair of neighbours counts as so many."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The codes that may be meant, best first; `family` where a word of the question names several."""

    codes: tuple[str, ...]
    is_asked_back: bool = False
    is_near: bool = False
    family: Family | None = None


class Chooser:
    """Chooses among what the search found."""

    def __init__(self, phrases: Phrases, hearing: Hearing, cards: Iterable[Card]) -> None:
        self._phrases = phrases
        self._hearing = hearing
        cards = list(cards)
        self._named = {card.code: _named(card) for card in cards}
        self._titles = {card.code: {hearing.telling(title) for title in _titles(card)} for card in cards}

    def choose(self, clause: Clause, searched: Searched) -> Choice:
        """Choose; no codes at all when nothing of ours is meant."""
        found = searched.found
        behind = searched.elsewhere - found[0].score if found else SURELY_ELSEWHERE
        if behind >= SURELY_ELSEWHERE:
            return Choice(())
        if self._is_asked_back(clause, searched):
            return self._asked_back(clause, found)
        if behind >= 0:
            return Choice(())
        is_near = len(found) > 1 and found[0].score - found[1].score <= NEAR
        return Choice(tuple(one.code for one in found[:SHOWN]), is_near=is_near)

    def seen(self, clause: Clause, searched: Searched) -> Features:
        """Return what examples decide by whether to ask back."""
        return features.of_asking_back(
            clause.words,
            self._hearing.matter(clause),
            searched,
            self._hearing.slot_of(clause),
            is_named=any(self._hearing.names(clause, one.said) for one in self._phrases.siblings),
            is_family=self._family(clause, searched.found) is not None,
        )

    def says_title(self, clause: Clause, code: str) -> bool:
        """Tell whether a question says the title of a procedure, with or without the act, and nothing else that tells."""
        said = " ".join(self._hearing.matter(clause))
        return said in self._titles[code] and not clause.says_any(self._phrases.vague)

    def _is_asked_back(self, clause: Clause, searched: Searched) -> bool:
        found = searched.found
        if len(found) == 1 or found[0].score - found[1].score >= FAR_AHEAD:
            return False
        points = learned(features.ASKING_BACK).points(self.seen(clause, searched))
        least = TITLE_SAID if self.says_title(clause, found[0].code) else ASKED_BACK
        return points[features.ASK] - points[features.ANSWER] >= least

    def _asked_back(self, clause: Clause, found: Sequence[Found]) -> Choice:
        family = self._family(clause, found) or self._named_family(clause, found)
        if family is not None:
            return self._of_family(family, clause, found)
        return Choice(tuple(one.code for one in found[:MOST_SIBLINGS]), is_asked_back=True)

    def _of_family(self, family: Family, clause: Clause, found: Sequence[Found]) -> Choice:
        """Ask which of a family is meant; where what was said leaves one or two of several, the likelier is answered."""
        order = {one.code: at for at, one in enumerate(found)}
        members = [one for one in family.among if one.code in self._named]
        members.sort(key=lambda one: order.get(one.code, len(order)))
        left = [one.code for one in members if not clause.says_any(one.not_with)]
        if len(left) == len(members) or not left or len(left) >= SEVERAL:
            return Choice(tuple(left or [one.code for one in members]), is_asked_back=True, family=family)
        out = [one.code for one in members if one.code not in left]
        return Choice((*left, *out)[:SHOWN], is_near=len(left) > 1)

    def apart(self, code: str, language: str, family: Family | None) -> str:
        """Return what tells a procedure from its siblings, of this family or of any; "" when nothing is known."""
        for each in (family,) if family else self._phrases.siblings:
            for one in each.among:
                if one.code == code:
                    return one.apart[language]
        return ""

    def _family(self, clause: Clause, found: Sequence[Found]) -> Family | None:
        """Return the family that a question names without telling its members apart."""
        for family in self._phrases.siblings:
            if not self._hearing.names(clause, family.said) or clause.says_any(family.elsewhere):
                continue
            rest = self._hearing.unasked(clause, self._phrases.vague)
            if any(rest.says_any(self._apart(family, rest, one.tells)) for one in family.among):
                continue
            matter = self._hearing.matter(clause, family.said)
            if not matter or (_is_about(family, found) and not self._tells(family, matter, clause)):
                return family
        return None

    def _named_family(self, clause: Clause, found: Sequence[Found]) -> Family | None:
        """Return the family that a question names and that the first one found is of."""
        named = (one for one in self._phrases.siblings if self._hearing.names(clause, one.said))
        return next((one for one in named if found and _is_about(one, found)), None)

    @staticmethod
    def _apart(family: Family, rest: Clause, tells: Sequence[str]) -> list[str]:
        """Return the words that settle it, less those within a longer name that was said of the whole family."""
        names = [f" {name} " for name in family.said if rest.says(name)]
        return [tell for tell in tells if not any(f" {tell} " in name != f" {tell} " for name in names)]

    def _tells(self, family: Family, matter: Sequence[str], clause: Clause) -> bool:
        """Tell whether words stand in the names of one of a family clearly more than in any other's; vague ones tell nothing."""
        if clause.says_any(self._phrases.vague):
            return False
        said = [*matter, *(pair for pair in pairs(matter) for _ in range(A_PAIR))]
        names = (self._named[one.code] for one in family.among if one.code in self._named)
        held = sorted((sum(term in named for term in said) for named in names), reverse=True)
        return bool(held) and held[0] - sum(held[1:2]) >= CLEARLY


def _is_about(family: Family, found: Sequence[Found]) -> bool:
    return not found or found[0].code in {one.code for one in family.among}


def _names(card: Card) -> tuple[str, ...]:
    return (card.name.vi, card.name.en, *card.aliases, card.result.vi)


def _titles(card: Card) -> tuple[str, ...]:
    """Return a card's title, and what it says without the act of an office."""
    return (card.name.vi, card.name.vi.removeprefix(ACT))


def _named(card: Card) -> frozenset[str]:
    """Return the words, and the pairs of neighbours, in a card's names and in what comes of it."""
    names = [words(name) for name in _names(card)]
    return frozenset(term for name in names for term in (*name, *pairs(name)))
