"""Drafting: the plain draft of the cards, with the lines that a model says in easier words and its quotes bear out."""

from dataclasses import replace

from aoxanh.assistant.llm.draft import Draft, DraftKind, Line, Order, Section, fixed_words, said_by
from aoxanh.assistant.llm.prompts import Task
from aoxanh.assistant.llm.templates import plain_draft
from aoxanh.assistant.llm.wording import Purpose, Wording

_TASKS = {
    DraftKind.LOUDSPEAKER: Task.LOUDSPEAKER,
    DraftKind.LESSON: Task.LESSON,
    DraftKind.PHRASES: Task.PHRASES,
}


def draft(order: Order, wording: Wording | None = None) -> Draft:
    """Return a draft. With a model each line stands as the model says it, if its claims hold and leave nothing out; else as it was."""
    plain = plain_draft(order)
    if wording is None:
        return plain
    if order.kind is DraftKind.DIFFICULTIES:
        return _summed_up(plain, order, wording)
    spots = [
        (at, place)
        for at, section in enumerate(plain.sections)
        for place, line in enumerate(section.lines)
        if line.source
    ]
    texts = [plain.sections[at].lines[place].text for at, place in spots]
    told = wording.say_again(texts, _TASKS[order.kind], Purpose.DRAFT)
    by_spot = {spots[number]: claims for number, claims in told.items()}
    sections = tuple(
        replace(
            section,
            lines=tuple(
                new
                for place, line in enumerate(section.lines)
                for new in (said_by(line, by_spot[at, place]) if (at, place) in by_spot else [line])
            ),
        )
        for at, section in enumerate(plain.sections)
    )
    return replace(plain, sections=sections)


def _summed_up(plain: Draft, order: Order, wording: Wording) -> Draft:
    """Put a checked summary before what was told; what was told stays, since a summary may leave things out."""
    lines = plain.lines
    claims = wording.claims_about([line.text for line in lines], Task.SUMMARY, Purpose.DRAFT)
    if not claims:
        return plain
    heading = fixed_words()[order.language]["difficulties"]["summary"]
    summary = tuple(Line(claim.text, "", lines[number].source, quote=claim.quote) for number, claim in claims)
    return replace(plain, sections=(Section(heading, summary), *plain.sections))
