"""Which procedure is meant: one, one of two, or several that the question does not tell apart."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aoxanh.assistant.dialogue.hearing import Clause, Hearing
from aoxanh.assistant.dialogue.phrases import Family, Phrases
from aoxanh.assistant.retrieval import Found
from aoxanh.assistant.retrieval.words import pairs, words
from aoxanh.procedures.card import Card

SHOWN = 3
"""So many candidates are named beside an answer."""

LEAST, NAMES = 20.0, 28.0
"""From the second score on a question names a procedure by itself. From the first on it does when two neighbouring words of it
stand in the procedure's name; below it, when all its other words do as well."""

NEAR = 0.9
"""A second one that scores this share of the first is offered beside it."""

ALIKE = 0.6
"""Of a vague question, all that score this share of the first are meant."""

SEVERAL, MOST_SIBLINGS = 3, 5

CLEARLY, A_PAIR = 2, 2
"""One of a family is told apart when it is called by so many words more than the next; a pair of neighbours counts as so many."""

COMMON = 4
"""A word in so many titles is an act of offices (đăng ký, cấp) and tells no procedure apart."""

KINDRED, OF_KIN = 0.68, 0.5
"""When the third scores this share of the first and the question says only what the names of all three share, nothing tells
them apart; then all with that in their names are offered that score the smaller share. Set on the tuning half."""


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
        self._plainly = _told_apart_by([(card.code, hearing.telling(card.name.vi).split()) for card in cards])
        self._whole = {card.code: {hearing.telling(name) for name in _names(card)} for card in cards}

    def choose(self, clause: Clause, found: Sequence[Found]) -> Choice:
        """Choose; no codes at all when nothing of ours is meant."""
        family = self._family(clause, found)
        if family is not None:
            return self._of_family(family, clause, found)
        if len(siblings := self._siblings(clause, found)) >= SEVERAL:
            return Choice(tuple(siblings[:MOST_SIBLINGS]), is_asked_back=True)
        if not self._fits(clause, found):
            return Choice(())
        if kin := self._kin(clause, found):
            return Choice(tuple(kin[:MOST_SIBLINGS]), is_asked_back=True)
        alike = [one.code for one in found if one.score >= ALIKE * found[0].score]
        if clause.says_any(self._phrases.vague) and len(alike) >= SEVERAL:
            return Choice(tuple(alike[:MOST_SIBLINGS]), is_asked_back=True)
        is_near = len(found) > 1 and found[1].score >= NEAR * found[0].score
        return Choice(tuple(one.code for one in found[:SHOWN]), is_near=is_near)

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

    def _fits(self, clause: Clause, found: Sequence[Found]) -> bool:
        if not found or found[0].score >= NAMES:
            return bool(found)
        named = self._named[found[0].code]
        if named.isdisjoint(pair for said in clause.readings for pair in self._hearing.telling_pairs(said)):
            return False
        return found[0].score >= LEAST or named.issuperset(self._hearing.matter(clause))

    def _family(self, clause: Clause, found: Sequence[Found]) -> Family | None:
        """Return the family that a question names without telling its members apart."""
        for family in self._phrases.siblings:
            if not self._hearing.names(clause, family.said) or clause.says_any(family.elsewhere):
                continue
            rest = self._hearing.unasked(clause, self._phrases.vague)
            if any(rest.says_any(self._apart(family, rest, one.tells)) for one in family.among):
                continue
            matter = self._hearing.matter(clause, family.said)
            if not matter or (self._is_about(family, found) and not self._tells(family, matter, clause)):
                return family
        return None

    @staticmethod
    def _apart(family: Family, rest: Clause, tells: Sequence[str]) -> list[str]:
        """Return the words that settle it, less those within a longer name that was said of the whole family."""
        names = [f" {name} " for name in family.said if rest.says(name)]
        return [tell for tell in tells if not any(f" {tell} " in name != f" {tell} " for name in names)]

    def _is_about(self, family: Family, found: Sequence[Found]) -> bool:
        return not found or found[0].code in {one.code for one in family.among}

    def _tells(self, family: Family, matter: Sequence[str], clause: Clause) -> bool:
        """Tell whether words stand in the names of one of a family clearly more than in any other's; vague ones tell nothing."""
        if clause.says_any(self._phrases.vague):
            return False
        said = [*matter, *(pair for pair in pairs(matter) for _ in range(A_PAIR))]
        names = (self._named[one.code] for one in family.among if one.code in self._named)
        held = sorted((sum(term in named for term in said) for named in names), reverse=True)
        return bool(held) and held[0] - sum(held[1:2]) >= CLEARLY

    def _kin(self, clause: Clause, found: Sequence[Found]) -> list[str]:
        """Return a family found in the cards' own names: near candidates, and a question that says only what they share.

        One whose title says no more than that is what people mean by the bare word, unless they only ask about it.
        """
        first = found[:SEVERAL]
        if len(first) < SEVERAL or first[-1].score < KINDRED * first[0].score:
            return []
        shared = {
            pair
            for pair in self._hearing.said_pairs(clause)
            if all(pair in self._named[one.code] for one in first)
        }
        said = {word for pair in shared for word in pair.split()}
        if not said or not said.issuperset(self._hearing.matter(clause)):
            return []
        if self._plainly[first[0].code] <= said and not clause.says_any(self._phrases.vague):
            return []
        near = [one for one in found if one.score >= OF_KIN * first[0].score]
        return [one.code for one in near if not shared.isdisjoint(self._named[one.code])]

    def _siblings(self, clause: Clause, found: Sequence[Found]) -> list[str]:
        """Return those whose names hold all that the question names, none when it is the whole name of one."""
        matter = self._hearing.matter(clause)
        said = set(pairs(matter))
        siblings = [one.code for one in found if said and said <= self._named[one.code]]
        whole = " ".join(matter)
        return [] if any(whole in self._whole[code] for code in siblings) else siblings


def _told_apart_by(titles: Sequence[tuple[str, Sequence[str]]]) -> dict[str, frozenset[str]]:
    """Return by code the words of its title that are not in many titles."""
    seen = Counter(word for _, title in titles for word in set(title))
    return {code: frozenset(word for word in title if seen[word] < COMMON) for code, title in titles}


def _names(card: Card) -> tuple[str, ...]:
    return (card.name.vi, card.name.en, *card.aliases, card.result.vi)


def _named(card: Card) -> frozenset[str]:
    """Return the words, and the pairs of neighbours, in a card's names and in what comes of it."""
    names = [words(name) for name in _names(card)]
    return frozenset(term for name in names for term in (*name, *pairs(name)))
