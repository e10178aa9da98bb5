"""Phrases of the policy: how they are written, what they become, and where they stand in a text.

mật khẩu             these words, one after the other
(đọc|gửi cho em)     one of these
[mã] otp             may be left out
đọc ... otp          up to six words may stand between, in the same sentence
{person}             one of a list of words in the file
#                    a long number, also half hidden
{read} & {code}      both, in any order, near each other in one sentence
{read} & ~{asks}     the first, in a sentence that does not say the second
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from aoxanh.assistant.policy.letters import agree, written_words
from aoxanh.assistant.policy.reading import NUMBER, Token, marks_meant

GAP = 6
NEAR = 14
"""So many words may stand between, and so many hold what `&` joins."""

_SIGNS = re.compile(r"\.\.\.|\{[a-z0-9_]*\}|[()\[\]|&#~]|[^\s()\[\]|&#~{}]+")
_ABSENT = "~"


@dataclass(frozen=True, slots=True)
class Word:
    """One word, folded, and the marks it has."""

    letters: str
    marks: str
    is_exact: bool = False
    """Only typed with these very marks: "giả!" is not "gia"."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Some words that do not matter."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One of a list of the file."""

    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several; an empty one means that it may be left out."""

    options: tuple["Sequel", ...]
    by_first: Mapping[str, Sequence["Sequel"]]
    may_be_empty: bool


Element = Word | Gap | Listed | Choice
Sequel = tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class WordList:
    """A list of words of the file, and phrases within which they mean something else (hộ in hộ khẩu)."""

    choice: Choice
    excepted: tuple["Part", ...] = ()


Lists = Mapping[str, WordList]


@dataclass(frozen=True, slots=True)
class Part:
    """Words one after the other."""

    sequel: Sequel
    needs: tuple[frozenset[str], ...]
    """Of each of these sets a text that has the part has a word; those of the first set it can begin with."""
    is_absent: bool = False
    """The phrase is said only where this is not."""


Phrase = tuple[Part, ...]


def choice_of(options: Sequence[Sequel], lists: Lists) -> Choice:
    """Return a choice that is quick to make: by the word that stands at its place."""
    by_first: dict[str, list[Sequel]] = {}
    for option in options:
        for word in sorted(_first_words(option, lists)):
            by_first.setdefault(word, []).append(option)
    return Choice(tuple(options), by_first, any(map(_can_be_empty, options)))


class PhraseInvalid(ValueError):
    """A phrase cannot be read; the message says why."""


def read_phrase(text: str, lists: Lists) -> Phrase:
    """Read a phrase: the parts that `&` joins. Raises PhraseInvalid."""
    signs = _SIGNS.findall(text)
    parts: list[Part] = []
    while signs:
        if is_absent := signs[0] == _ABSENT:
            del signs[0]
        part = _sequel(signs, lists, "")
        if _can_be_empty(part):
            raise PhraseInvalid("a part of it says nothing")
        parts.append(Part(part, (_first_words(part, lists), *_needs(part, lists)), is_absent))
        if signs and signs.pop(0) != "&":
            raise PhraseInvalid("a bracket is closed that was not opened")
        if not signs and text.rstrip().endswith("&"):
            raise PhraseInvalid('"&" joins nothing')
    if not parts:
        raise PhraseInvalid("it is empty")
    if all(part.is_absent for part in parts):
        raise PhraseInvalid('it only says what is not said; put something before "& ~"')
    return tuple(parts)


def _sequel(signs: list[str], lists: Lists, closing: str) -> Sequel:
    found: list[Element] = []
    while signs and signs[0] not in ("&", "|", ")", "]"):
        sign = signs.pop(0)
        if sign == "...":
            found.append(Gap())
        elif sign == NUMBER:
            found.append(Word(NUMBER, ""))
        elif sign == _ABSENT:
            raise PhraseInvalid('"~" stands only at the beginning of what "&" joins')
        elif sign in "([":
            found.append(_choice(signs, lists, {"(": ")", "[": "]"}[sign]))
        elif sign.startswith("{"):
            if sign[1:-1] not in lists:
                raise PhraseInvalid(f"there is no list {sign} above it")
            found.append(Listed(sign[1:-1]))
        else:
            found += [
                Word(
                    one.letters,
                    one.marks if (exact := sign.endswith("!")) else marks_meant(one.letters, one.marks),
                    exact,
                )
                for one in written_words(sign)
            ]
    if not closing and signs and signs[0] == "|":
        raise PhraseInvalid('"|" stands outside brackets')
    if found and (isinstance(found[0], Gap) or isinstance(found[-1], Gap)):
        raise PhraseInvalid('"..." stands at an end, where it means nothing')
    return tuple(found)


def _choice(signs: list[str], lists: Lists, closing: str) -> Choice:
    options = [_sequel(signs, lists, closing)]
    while signs and signs[0] == "|":
        signs.pop(0)
        options.append(_sequel(signs, lists, closing))
    if not signs or signs.pop(0) != closing:
        raise PhraseInvalid("a bracket is not closed")
    return choice_of([*options, ()] if closing == "]" else options, lists)


def _can_be_empty(sequel: Sequel) -> bool:
    return all(isinstance(one, Gap) or (isinstance(one, Choice) and one.may_be_empty) for one in sequel)


def words_of(sequel: Sequel) -> Iterator[str]:
    """Yield the folded words that a sequel is written with."""
    for one in sequel:
        if isinstance(one, Word):
            yield one.letters
        elif isinstance(one, Choice):
            for option in one.options:
                yield from words_of(option)


def _first_words(sequel: Sequel, lists: Lists) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    for one in sequel:
        if isinstance(one, Word):
            return found | {one.letters}
        if not isinstance(one, Gap):
            choice = lists[one.name].choice if isinstance(one, Listed) else one
            found = found.union(choice.by_first)
            if not choice.may_be_empty:
                break
    return found


def _needs(sequel: Sequel, lists: Lists) -> Iterator[frozenset[str]]:
    for one in sequel:
        choice = lists[one.name].choice if isinstance(one, Listed) else one
        if isinstance(choice, Word):
            yield frozenset((choice.letters,))
        elif isinstance(choice, Choice) and not choice.may_be_empty:
            yield frozenset(choice.by_first)


class Matching:
    """Finds phrases in one text; places in `barred` belong to something else."""

    def __init__(self, tokens: Sequence[Token], lists: Lists, barred: frozenset[int] = frozenset()) -> None:
        self.tokens = tokens
        self._lists = lists
        self._barred = barred
        self._listed_ends: dict[tuple[str, int], frozenset[int]] = {}
        self._excepted: dict[str, frozenset[int]] = {}
        self.where: dict[str, list[int]] = {}
        for place, token in enumerate(tokens):
            for letters, _ in token.options:
                self.where.setdefault(letters, []).append(place)

    def without(self, barred: frozenset[int]) -> "Matching":
        """Return the same text with places that belong to something else."""
        return Matching(self.tokens, self._lists, barred)

    def has(self, phrase: Phrase) -> bool:
        """Tell whether the text says all parts near each other, none twice with the same words."""
        if len(phrase) == 1:
            return any(self._ends(phrase[0].sequel, at) for at in self._starts(phrase[0]))
        found: list[list[tuple[int, int]]] = []
        for part in phrase:
            if part.is_absent:
                continue
            spans = self.spans(part)
            if not spans:
                return False
            found.append(spans)
        absent = [part for part in phrase if part.is_absent]
        if not absent:
            return self._are_near(found, [])
        without = {self.tokens[at].sentence for part in absent for at, _ in self.spans(part)}
        left = [[span for span in spans if self.tokens[span[0]].sentence not in without] for spans in found]
        return self._are_near(left, [])

    def spans(self, part: Part) -> list[tuple[int, int]]:
        """Return where it stands: first place and the place behind the last."""
        return [(at, end) for at in self._starts(part) for end in sorted(self._ends(part.sequel, at))]

    def _starts(self, part: Part) -> list[int]:
        return sorted({at for letters in self.where.keys() & part.needs[0] for at in self.where[letters]})

    def _ends(self, sequel: Sequel, at: int) -> frozenset[int]:
        """Return the places behind it in the same sentence, if it begins there; a set, for there may be several."""
        places = frozenset((at,))
        sentence = self.tokens[at].sentence if at < len(self.tokens) else 0
        for one in sequel:
            places = frozenset(
                end
                for place in places
                for end in self._after(one, place)
                if end == at or self.tokens[end - 1].sentence == sentence
            )
            if not places:
                break
        return places

    def _after(self, one: Element, place: int) -> Iterable[int]:
        match one:
            case Word():
                return (place + 1,) if self._is(one, place) else ()
            case Gap():
                return range(place, min(place + GAP, len(self.tokens) - 1) + 1)
            case Listed():
                return self._listed(one.name, place)
            case Choice():
                return self._one_of(one, place)

    def _is(self, word: Word, place: int) -> bool:
        if place >= len(self.tokens) or place in self._barred:
            return False
        for letters, marks in self.tokens[place].options:
            if letters == word.letters:
                is_meant = marks == word.marks if word.is_exact else agree(marks, word.marks)
                if is_meant:
                    return True
        return False

    def _listed(self, name: str, at: int) -> frozenset[int]:
        known = self._listed_ends.get((name, at))
        if known is None:
            is_free = at not in self._within_excepted(name)
            known = self._one_of(self._lists[name].choice, at) if is_free else frozenset()
            self._listed_ends[name, at] = known
        return known

    def _one_of(self, choice: Choice, at: int) -> frozenset[int]:
        found = {at} if choice.may_be_empty else set()
        if at < len(self.tokens):
            for letters, _ in self.tokens[at].options:
                for option in choice.by_first.get(letters, ()):
                    found |= self._ends(option, at)
        return frozenset(found)

    def _within_excepted(self, name: str) -> frozenset[int]:
        known = self._excepted.get(name)
        if known is None:
            spans = [span for part in self._lists[name].excepted for span in self.spans(part)]
            known = self._excepted[name] = frozenset(at for start, end in spans for at in range(start, end))
        return known

    def _are_near(self, left: list[list[tuple[int, int]]], chosen: list[tuple[int, int]]) -> bool:
        if not left:
            start, end = min(at for at, _ in chosen), max(end for _, end in chosen)
            return end - start <= NEAR and self.tokens[start].sentence == self.tokens[end - 1].sentence
        return any(
            self._are_near(left[1:], [*chosen, span])
            for span in left[0]
            if all(span[1] <= start or end <= span[0] for start, end in chosen)
        )
