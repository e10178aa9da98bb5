"""Marking the assistant against a file of questions: rankings and replies, by kind and by way of typing, with intervals."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scipy.stats import binomtest

from aoxanh.assistant.questions import Question, Wanted
from aoxanh.assistant.replies import Kind, Part, Reply, Sentence, Slot, Source

FOUND_KINDS = frozenset({"answer", "police", "province"})
"""Questions that mean one procedure we hold, so that a ranking of it can be right or wrong."""

TOP = 3
_NUMBER = re.compile(r"\d+(?:[.,/-]\d+)*")

Rank = Callable[[str], Sequence[str]]
"""Codes for a text, best first."""

Ask = Callable[[str], Reply]
SourceText = Callable[[Source], str]
"""What stands in the field of a card that a source names."""


@dataclass
class Share:
    """How many of how many, with the Wilson interval at 95 %."""

    hits: int = 0
    total: int = 0

    def count(self, *, hit: bool) -> None:
        self.hits += hit
        self.total += 1

    @property
    def rate(self) -> float:
        """The share; 1 of nothing, since nothing was wrong."""
        return self.hits / self.total if self.total else 1.0

    @property
    def interval(self) -> tuple[float, float]:
        if not self.total:
            return (0.0, 1.0)
        found = binomtest(self.hits, self.total).proportion_ci(method="wilson")
        return (float(found.low), float(found.high))

    def plain(self) -> dict[str, Any]:
        low, high = self.interval
        return {
            "rate": round(self.rate, 4),
            "low": round(low, 4),
            "high": round(high, 4),
            "hits": self.hits,
            "of": self.total,
        }


@dataclass
class Ranked:
    """How often a right procedure came first and among the first three: of all, by kind and by way of typing."""

    first: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))
    among: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))
    missed: list[str] = field(default_factory=list)
    """The ids whose right procedure is not first."""

    @property
    def top1(self) -> Share:
        return self.first["all"]

    @property
    def top3(self) -> Share:
        return self.among["all"]


def mark_ranking(questions: Iterable[Question], rank: Rank) -> Ranked:
    """Mark what is found for each question that means a procedure; with two questions in a message either is right."""
    marks = Ranked()
    for question in questions:
        if question.kind not in FOUND_KINDS:
            continue
        found = list(rank(question.text)[:TOP])
        is_first = bool(found) and found[0] in question.right_codes
        for group in _groups(question):
            marks.first[group].count(hit=is_first)
            marks.among[group].count(hit=not question.right_codes.isdisjoint(found))
        if not is_first:
            marks.missed.append(question.id)
    return marks


@dataclass
class Replied:
    """How replies did; `kinds` by kind and by way of typing, the rest over all questions that it concerns."""

    kinds: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))
    top1: Share = field(default_factory=Share)
    top3: Share = field(default_factory=Share)
    slot_exact: Share = field(default_factory=Share)
    """Of the questions answered from a right procedure: the very thing that was asked is told."""
    ask_precision: Share = field(default_factory=Share)
    ask_recall: Share = field(default_factory=Share)
    ask_offers_all: Share = field(default_factory=Share)
    refused: Share = field(default_factory=Share)
    """Of what must be refused or lies outside: how much was."""
    wrongly_refused: Share = field(default_factory=Share)
    uncited: list[tuple[str, str]] = field(default_factory=list)
    """Question and number, where an answer says a number, code or date that is not in its source."""
    sentences: int = 0
    wrong: list[str] = field(default_factory=list)


def mark_replies(questions: Iterable[Question], ask: Ask, text_of: SourceText) -> Replied:
    """Mark the reply to each question, each asked as the first of a dialogue."""
    marks = Replied()
    for question in questions:
        reply = ask(question.text)
        is_right = _is_of_kind(question, reply)
        for group in _groups(question):
            marks.kinds[group].count(hit=is_right)
        if not is_right:
            marks.wrong.append(question.id)
        _mark_refusal(marks, question, reply)
        _mark_asking_back(marks, question, reply)
        if question.kind in FOUND_KINDS:
            _mark_answer(marks, question, reply)
        for part in reply.parts:
            marks.sentences += len(part.sentences)
            marks.uncited += [(question.id, number) for number in uncited(part, text_of)]
    return marks


def _mark_refusal(marks: Replied, question: Question, reply: Reply) -> None:
    if question.kind in {"refuse", "outside"}:
        marks.refused.count(hit=_is_of_kind(question, reply))
    else:
        marks.wrongly_refused.count(hit=is_refused(reply))


def _mark_asking_back(marks: Replied, question: Question, reply: Reply) -> None:
    asked = next((part for part in reply.parts if part.kind is Kind.ASK_BACK), None)
    is_wanted = question.kind == "ask_back"
    if is_wanted:
        marks.ask_recall.count(hit=asked is not None)
    if asked is None:
        return
    marks.ask_precision.count(hit=is_wanted)
    if is_wanted:
        offered = {named.code for named in asked.candidates}
        marks.ask_offers_all.count(hit=set(question.codes) <= offered)


def _mark_answer(marks: Replied, question: Question, reply: Reply) -> None:
    named = [one.code for part in reply.parts for one in part.candidates[:TOP]]
    marks.top1.count(hit=bool(named) and named[0] in question.right_codes)
    marks.top3.count(hit=any(_names(part, question.right_codes) for part in reply.parts))
    for wanted in question.wanted:
        answering = [
            part for part in reply.parts if part.candidates[:1] and part.candidates[0].code in wanted.codes
        ]
        if wanted.slot is not None and question.kind == "answer" and answering:
            marks.slot_exact.count(hit=any(_tells(part, wanted) for part in answering))


def _names(part: Part, codes: frozenset[str]) -> bool:
    return any(one.code in codes for one in part.candidates[:TOP])


def _tells(part: Part, wanted: Wanted) -> bool:
    told = any(sentence.source.code in wanted.codes for sentence in part.sentences)
    return part.slot is wanted.slot and told


def is_refused(reply: Reply) -> bool:
    """Tell whether nothing is answered: every part refuses, lies outside, or meets a limit without a sentence."""
    return all(
        part.kind in {Kind.REFUSE, Kind.OUTSIDE} or (bool(part.rule) and not part.sentences)
        for part in reply.parts
        if part.kind is not Kind.POLICE
    ) and any(part.kind is not Kind.POLICE for part in reply.parts)


def _is_of_kind(question: Question, reply: Reply) -> bool:
    kinds = {part.kind for part in reply.parts}
    limits = any(part.rule for part in reply.parts)
    return {
        "answer": bool(kinds & {Kind.ANSWER, Kind.CHOOSE}),
        "ask_back": Kind.ASK_BACK in kinds,
        "refuse": Kind.REFUSE in kinds or limits,
        "police": Kind.POLICE in kinds,
        "province": Kind.PROVINCE in kinds or any(_is_left_open(part) for part in reply.parts),
        "outside": is_refused(reply),
    }[question.kind]


def _is_left_open(part: Part) -> bool:
    """Tell whether a fee is told as one that is not certain."""
    return (
        part.slot is Slot.FEE and bool(part.sentences) and not any(one.is_certain for one in part.sentences)
    )


def uncited(part: Part, text_of: SourceText) -> list[str]:
    """Return the numbers, codes and dates of a part's sentences that stand neither in their source nor in its name."""
    return [number for sentence in part.sentences for number in _unfounded(sentence, text_of)]


def _unfounded(sentence: Sentence, text_of: SourceText) -> list[str]:
    source = sentence.source
    day = source.valid_from
    held = (
        f"{text_of(source)} {source.title} {day:%d/%m/%Y} {day.isoformat()} {day.day}/{day.month}/{day.year}"
    )
    known = {source.code, *_NUMBER.findall(held)}
    return [number for number in _NUMBER.findall(sentence.text) if number not in known]


def mark_abstention(questions: Sequence[Question], ask_without: Callable[[frozenset[str]], Ask]) -> Share:
    """Return how often nothing is asserted when the right procedures are taken out of what the assistant holds.

    Handing over, asking back and refusing assert nothing; an answer from another procedure does.
    """
    marks = Share()
    of_codes: Mapping[frozenset[str], list[Question]] = _by_codes(questions)
    for codes, asked in sorted(of_codes.items(), key=lambda item: sorted(item[0])):
        ask = ask_without(codes)
        for question in asked:
            kinds = {part.kind for part in ask(question.text).parts}
            marks.count(hit=not kinds & {Kind.ANSWER, Kind.CHOOSE, Kind.POLICE, Kind.PROVINCE})
    return marks


def separation(present: Sequence[float], absent: Sequence[float]) -> float:
    """Return how surely the best score tells a held procedure from one that was taken away (AUROC; 0.5 is a coin)."""
    pairs = len(present) * len(absent)
    if not pairs:
        return 0.5
    above = sum(1.0 if one > other else 0.5 * (one == other) for one in present for other in absent)
    return above / pairs


def best_scores_without(
    questions: Sequence[Question], best_score: Callable[[frozenset[str]], Callable[[str], float]]
) -> list[float]:
    """Return the best score of each question with its right procedures taken away."""
    return [
        score(question.text)
        for codes, asked in sorted(_by_codes(questions).items(), key=lambda item: sorted(item[0]))
        for score in (best_score(codes),)
        for question in asked
    ]


def _by_codes(questions: Iterable[Question]) -> dict[frozenset[str], list[Question]]:
    found: dict[frozenset[str], list[Question]] = defaultdict(list)
    for question in questions:
        if question.kind == "answer":
            found[question.right_codes].append(question)
    return found


def _groups(question: Question) -> list[str]:
    return ["all", question.kind, *([f"form {question.form}"] if question.form else [])]
