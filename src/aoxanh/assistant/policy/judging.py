"""Judging a text by the rules, in the order of the file: the first that is met speaks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from aoxanh.assistant.policy.leaning import (
    LEAST_WORDS,
    OUTWEIGHED,
    is_outweighed,
    is_refused,
    leaning,
    leaning_pack,
)
from aoxanh.assistant.policy.letters import HIDDEN, LOOKALIKES
from aoxanh.assistant.policy.phrases import (
    GAP,
    NEAR,
    Choice,
    Gap,
    Listed,
    Lists,
    Matching,
    Part,
    Phrase,
    Sequel,
    Word,
    words_of,
)
from aoxanh.assistant.policy.reading import Reader, Token
from aoxanh.assistant.replies import Kind
from aoxanh.privacy import detection
from aoxanh.procedures.card import Text

PERSONAL_DATA, EXAMPLES = "personal_data", "examples"


@dataclass(frozen=True, slots=True)
class Rule:
    """One limit: what it covers, the phrases that meet it, and what is said then.

    `stops`: nothing is answered beside what the rule says. `finds`: "personal_data" in the text itself, or "examples": it is like
    what is refused.
    Where a phrase of `unless` stands, none of `phrases` is seen, though one of `always` is; with one of `not_with` anywhere
    in the text the rule is not met at all.
    """

    name: str
    covers: Text
    kind: Kind
    stops: bool
    say: Text
    go: Text
    phrases: tuple[Phrase, ...] = ()
    always: tuple[Phrase, ...] = ()
    unless: tuple[Phrase, ...] = ()
    not_with: tuple[Phrase, ...] = ()
    finds: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The rule that a text meets, what to say about it and where to go; unless it stops, the question is answered too."""

    rule: str
    kind: Kind
    stops: bool
    say: Text
    go: Text


@dataclass(frozen=True, slots=True)
class _Told:
    """A phrase, and the numbers of the sets of words it needs: most phrases are ruled out by that alone."""

    phrase: Phrase
    needs: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Ready:
    """A rule ready to judge."""

    rule: Rule
    phrases: list[_Told]
    always: list[_Told]
    unless: list[_Told]
    not_with: list[_Told]

    def is_met(self, matching: Matching, present: AbstractSet[int]) -> bool:
        return self._is_said(matching, present) and not self.is_lifted(matching, present)

    def is_lifted(self, matching: Matching, present: AbstractSet[int]) -> bool:
        """Tell whether something is said with which the rule is not met at all."""
        return any(map(matching.has, _near(self.not_with, present)))

    def _is_said(self, matching: Matching, present: AbstractSet[int]) -> bool:
        if any(map(matching.has, _near(self.always, present))):
            return True
        near = _near(self.phrases, present)
        if not any(map(matching.has, near)):
            return False
        protecting = (part for phrase in _near(self.unless, present) for part in phrase)
        barred = {at for part in protecting for span in matching.spans(part) for at in range(*span)}
        return not barred or any(map(matching.without(frozenset(barred)).has, near))


def _near(phrases: Iterable[_Told], present: AbstractSet[int]) -> list[Phrase]:
    return [told.phrase for told in phrases if told.needs <= present]


class Policy:
    """The rules of the assistant, ready to judge, and the examples that outweigh a phrase or stand in for one."""

    def __init__(
        self, rules: Sequence[Rule], lists: Lists, short: Mapping[str, Sequence[tuple[str, str]]]
    ) -> None:
        self.rules = tuple(rules)
        self._lists = dict(lists)
        self._short = {form: tuple(meanings) for form, meanings in short.items()}
        self._reader = Reader(self._known(), short)
        self._needs: dict[frozenset[str], int] = {}
        self._ready = [
            _Ready(rule, *map(self._told, (rule.phrases, rule.always, rule.unless, rule.not_with)))
            for rule in rules
        ]
        self._needed_by: dict[str, set[int]] = {}
        for words, number in self._needs.items():
            for word in words:
                self._needed_by.setdefault(word, set()).add(number)

    def judge(self, text: str) -> Verdict | None:
        """Return the verdict on a text, or None when no rule is met. Nothing of the text is kept."""
        tokens = self.tokens(text)
        for rule in self._met(text, tokens):
            may_be_outweighed = rule.kind in OUTWEIGHED and not rule.finds
            if not may_be_outweighed or not self._is_outweighed(rule, tokens):
                return Verdict(rule.name, rule.kind, rule.stops, rule.say, rule.go)
        return None

    @staticmethod
    def _is_outweighed(rule: Rule, tokens: Sequence[Token]) -> bool:
        """Tell whether each sentence is clearly to be answered: a story around a request makes it no better."""
        sentences = (list(said) for _, said in groupby(tokens, lambda token: token.sentence))
        return all(is_outweighed(rule.kind, leaning(said, rule.name)) for said in sentences)

    def met(self, text: str) -> str:
        """Return the first rule whose phrase is said or whose find is made, "" when there is none; examples are not asked."""
        met = self._met(text, self.tokens(text), by_examples=False)
        return next((rule.name for rule in met), "")

    def _met(self, text: str, tokens: Sequence[Token], *, by_examples: bool = True) -> Iterator[Rule]:
        matching = Matching(tokens, self._lists)
        present = set().union(*(self._needed_by.get(word, ()) for word in matching.where))
        for ready in self._ready:
            finds = ready.rule.finds
            if not finds:
                is_met = ready.is_met(matching, present)
            elif finds == PERSONAL_DATA:
                is_met = bool(detection.find(text))
            else:
                is_met = by_examples and len(tokens) >= LEAST_WORDS and is_refused(leaning(tokens))
            if is_met and not (finds and ready.is_lifted(matching, present)):
                yield ready.rule

    def tokens(self, text: str) -> list[Token]:
        """Return the words of a text with all that each may stand for."""
        return self._reader.read(text)

    def pack(self) -> dict[str, Any]:
        """Return what the phone's twin judges by, as JSON holds it."""
        return {
            "lists": {
                name: {
                    "options": [_packed(option) for option in one.choice.options],
                    "excepted": [_packed(part.sequel) for part in one.excepted],
                }
                for name, one in self._lists.items()
            },
            "short": {
                form: [list(meaning) for meaning in meanings] for form, meanings in self._short.items()
            },
            "lookalikes": LOOKALIKES | dict.fromkeys(HIDDEN, ""),
            "leaning": leaning_pack(),
            "gap": GAP,
            "near": NEAR,
            "rules": [
                {
                    "rule": rule.name,
                    "kind": rule.kind.value,
                    "stops": rule.stops,
                    "finds": rule.finds,
                    **{
                        name: [[_packed_part(part) for part in phrase] for phrase in getattr(rule, name)]
                        for name in ("phrases", "always", "unless", "not_with")
                    },
                    "say": {"vi": rule.say.vi, "en": rule.say.en},
                    "go": {"vi": rule.go.vi, "en": rule.go.en},
                }
                for rule in self.rules
            ],
        }

    def _told(self, phrases: Iterable[Phrase]) -> list["_Told"]:
        return [
            _Told(
                phrase,
                frozenset(
                    self._needs.setdefault(need, len(self._needs))
                    for part in phrase
                    if not part.is_absent
                    for need in part.needs
                ),
            )
            for phrase in phrases
        ]

    def _known(self) -> set[str]:
        """Return the words that the file is written with: what slips and disguises are read towards."""
        phrases = [
            phrase
            for rule in self.rules
            for phrase in (*rule.phrases, *rule.always, *rule.unless, *rule.not_with)
        ]
        sequels = [part.sequel for phrase in phrases for part in phrase]
        for one in self._lists.values():
            sequels += [*one.choice.options, *(part.sequel for part in one.excepted)]
        return {word for sequel in sequels for word in words_of(sequel) if word.isalnum()}


def _packed_part(part: Part) -> list[Any]:
    """Return a part as JSON: its sequel, after a 1 where it must not be said."""
    return [1, *_packed(part.sequel)] if part.is_absent else _packed(part.sequel)


def _packed(sequel: Sequel) -> list[Any]:
    """Return a sequel as JSON: a word "letters/marks", a gap 0, a list "{name}", a choice a list of sequels."""
    packed: list[Any] = []
    for one in sequel:
        match one:
            case Word():
                packed.append(f"{one.letters}/{one.marks}{'!' if one.is_exact else ''}")
            case Gap():
                packed.append(0)
            case Listed():
                packed.append(f"{{{one.name}}}")
            case Choice():
                packed.append([_packed(option) for option in one.options])
    return packed
