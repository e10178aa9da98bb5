"""Write questions as Moodle XML."""

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from aoxanh.training.quiz.exchange.gift_out import number, weight
from aoxanh.training.quiz.exchange.question import Question
from aoxanh.training.quiz.item import Kind

TYPES: dict[Kind, str] = {
    "single": "multichoice",
    "multiple": "multichoice",
    "truefalse": "truefalse",
    "matching": "matching",
    "numeric": "numerical",
}


def write_moodle_xml(questions: Iterable[Question]) -> str:
    """Return the questions as one Moodle XML file."""
    return '<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n' + "".join(_parts(questions)) + "</quiz>\n"


def _parts(questions: Iterable[Question]) -> Iterator[str]:
    category = ""
    for question in questions:
        if question.category != category:
            category = question.category
            yield f'<question type="category"><category>{_text(f"$course$/top/{category}")}</category></question>\n'
        yield f'<question type="{TYPES[question.kind]}">\n<name>{_text(question.name)}</name>\n'
        yield f'<questiontext format="plain_text">{_text(question.ask)}</questiontext>\n'
        yield f'<generalfeedback format="plain_text">{_text(question.why)}</generalfeedback>\n'
        yield f"<idnumber>{escape(question.name)}</idnumber>\n<defaultgrade>1</defaultgrade>\n"
        yield from _answers(question)
        yield "</question>\n"


def _answers(question: Question) -> Iterator[str]:
    if question.kind in ("single", "multiple"):
        yield f"<single>{str(question.kind == 'single').lower()}</single>\n<shuffleanswers>true</shuffleanswers>\n"
        for choice in question.choices:
            yield _answer(choice.text, weight(choice.weight), choice.why)
    elif question.kind == "truefalse":
        for claim in (True, False):
            yield _answer(str(claim).lower(), "100" if question.holds is claim else "0", "")
    elif question.kind == "matching":
        yield "<shuffleanswers>true</shuffleanswers>\n"
        for left, right in question.pairs:
            answer = f"<answer>{_text(right)}</answer>"
            yield f'<subquestion format="plain_text">{_text(left)}{answer}</subquestion>\n'
    else:
        within = f"<tolerance>{number(question.within)}</tolerance>"
        yield f'<answer fraction="100">{_text(number(question.number or 0.0))}{within}</answer>\n'


def _answer(text: str, fraction: str, why: str) -> str:
    feedback = f'<feedback format="plain_text">{_text(why)}</feedback>' if why else ""
    return f'<answer fraction="{fraction}" format="plain_text">{_text(text)}{feedback}</answer>\n'


def _text(words: str) -> str:
    return f"<text>{escape(words)}</text>"
