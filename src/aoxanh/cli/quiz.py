"""`aoxanh quiz`: check the bank, send it to Moodle, read items from there, and see which do badly."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aoxanh.cli.django import with_django

if TYPE_CHECKING:
    from aoxanh.training.courses import Course
    from aoxanh.training.item_queries import Judged
    from aoxanh.training.quiz.exchange.question import Reading, Remark
    from aoxanh.training.quiz.item import Item
    from aoxanh.training.quiz.rules import Flaw

FORMATS = {"gift": ".txt", "xml": ".xml"}
REMARKS = {
    "shortanswer": "a short answer is typed, which we do not mark; left out",
    "essay": "an essay is marked by a person; left out",
    "description": "there is nothing to answer; left out",
    "no_text": "a text is empty; left out",
    "no_answer": "no answer is marked as right; left out",
    "one_right": "exactly one option must be right; left out",
    "some_right": "at least one option must be right and one wrong; left out",
    "how_many": "it needs between 2 and 8 options or pairs; left out",
    "several_numbers": "exactly one number must give everything; left out",
    "several_answers": "there is more than one pair of braces; left out",
    "not_a_number": "this is not a number; left out",
    "weight": "a weight lies between -100 and 100; left out",
    "no_end": "the closing brace is missing; left out",
    "media": "pictures, sound, formulas and tables cannot be taken; left out",
    "markup": "too much markup; left out",
    "long": "it is too long; left out",
    "not_understood": "this is not understood; left out",
    "weights": "taken, but part marks follow our rule and not those of the file",
    "extra_sides": "taken without right sides that belong to no left side",
    "no_translation": "taken without English: the other file has no question of this name",
    "unlike": "taken without English: the other file has another kind or other right answers",
    "no_original": "only in the English file; left out",
}
FLAWS = {
    "name": "an id is made of small letters, digits and - _ . between them",
    "empty": "this text is empty",
    "edges": "this text begins or ends with a blank",
    "long": "this text is too long",
    "letters": "this text holds signs that cannot be seen",
    "how_many": "it needs between 2 and 8 of them",
    "one_right": "exactly one must be right",
    "some_right": "at least one must be right and one wrong",
    "alike": "two of them are the same",
    "arrow": "an arrow (->) cannot be written in GIFT",
    "no_answer": "the answer is missing",
    "foreign": "this belongs to another kind of item",
    "twice": "another item has the same id",
    "no_module": "there is no such module",
}
UNREADABLE = {
    "size": "is larger than 5 MB",
    "encoding": "is not UTF-8 text",
    "many": "holds more than 5,000 questions",
    "entities": "declares a document type, which no quiz needs",
    "shape": "is nested or repeated beyond what a quiz needs",
    "not_a_quiz": "is XML, but no Moodle quiz",
    "not_xml": "is not well-formed XML",
}

_course = click.option("--course", "code", required=True, help="Code of the course, such as vneid.")


@click.group()
def command() -> None:
    """Items of the courses' quizzes: check them, exchange them with Moodle."""


@command.command()
def check() -> None:
    """Check every item and module of this version. Ends with 1 when something is wrong."""
    from aoxanh.training.courses import bank, courses
    from aoxanh.training.quiz.rules import flaws_of_bank

    wrong = False
    for course in courses():
        items = bank(course.code)
        flaws = flaws_of_bank(items, [module.id for module in course.modules])
        _print_flaws(flaws)
        wrong = wrong or bool(flaws)
        click.echo(f"{course.code}: {len(course.modules)} modules, {len(items)} items")
    if wrong:
        raise SystemExit(1)


@command.command()
@_course
@click.option("--language", type=click.Choice(["vi", "en"]), default="vi", show_default=True)
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="gift", show_default=True)
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write here instead of printing."
)
def export(*, code: str, language: Any, form: str, output: Path | None) -> None:
    """Write a course's items as GIFT or Moodle XML, in one language."""
    from aoxanh.training.courses import bank
    from aoxanh.training.quiz.exchange.bilingual import questions_of
    from aoxanh.training.quiz.exchange.gift_out import write_gift
    from aoxanh.training.quiz.exchange.xml_out import write_moodle_xml

    questions = questions_of(bank(_known(code).code), language, code)
    written = write_gift(questions) if form == "gift" else write_moodle_xml(questions)
    if output is None:
        click.echo(written, nl=False)
        return
    output.write_text(written, encoding="utf-8")
    click.echo(f"{len(questions)} items written to {output}")


@command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("english", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--module", default="", help="Module of items whose file names no category.")
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write here instead of printing."
)
def import_(*, file: Path, english: Path | None, module: str, output: Path | None) -> None:
    """Turn a Vietnamese file (GIFT or Moodle XML), and its English twin, into items as the bank holds them.

    What could not be taken is named with its line. Ends with 1 when an item still lacks something, 2 when a file cannot be
    read. Nothing is stored: a person reads the items, then puts them beside their module.
    """
    from aoxanh.training.quiz.exchange.bilingual import join
    from aoxanh.training.quiz.rules import flaws_of

    original, translated = _read(file), _read(english) if english else None
    joined = join(original.questions, translated.questions if translated else [], module=module)
    _print_remarks(file, (*original.remarks, *joined.remarks))
    if english and translated:
        _print_remarks(english, translated.remarks)
    written = _as_yaml(joined.items)
    if output is None:
        click.echo(written, nl=False)
    else:
        output.write_text(written, encoding="utf-8")
    click.echo(f"{len(joined.items)} items taken", err=True)
    flaws = [flaw for item in joined.items for flaw in flaws_of(item)]
    _print_flaws(flaws)
    if flaws:
        raise SystemExit(1)


@command.command("analyse")
@_course
@click.option(
    "--sittings", type=click.IntRange(1), default=20_000, show_default=True, help="Latest ones to judge by."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@with_django
def analyse(*, code: str, sittings: int, as_json: bool) -> None:
    """Tell how each item does among real answers, by version, the bad ones first: n, p, r, how often each option was taken."""
    from aoxanh.training.item_queries import judged_items

    rows = [_judged(one) for one in judged_items(_known(code), most=sittings)]
    if as_json:
        click.echo(json.dumps({"course": code, "items": rows}))
        return
    click.echo(f"{'item':16} {'version':8} {'n':>6} {'p':>5} {'r':>6}  verdict")
    for row in rows:
        p, r = ("-" if row[name] is None else f"{row[name]:.2f}" for name in ("p", "r"))
        waiting = [f"waits for {name}" for name in row["waiting"]]
        verdict = ", ".join([*row["flags"], *waiting]) or "good"
        old = "" if row["present"] else " (older version)"
        click.echo(f"{row['item']:16} {row['version'][:8]} {row['n']:6} {p:>5} {r:>6}  {verdict}{old}")


def _judged(one: "Judged") -> dict[str, Any]:
    figures = one.figures
    told = {name: getattr(figures, name) for name in ("n", "p", "r", "chosen", "flags", "waiting")}
    return {"item": one.item.id, "version": one.version, "present": one.is_present} | told


def _known(code: str) -> "Course":
    from aoxanh.training.courses import courses

    found = {course.code: course for course in courses()}
    if code not in found:
        raise click.UsageError(f"There is no course {code}; there are {', '.join(found)}.")
    return found[code]


def _read(path: Path) -> "Reading":
    from aoxanh.training.quiz.exchange.gift_in import read_gift
    from aoxanh.training.quiz.exchange.question import MOST_BYTES, Unreadable
    from aoxanh.training.quiz.exchange.xml_in import read_moodle_xml

    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    is_xml = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<"
    try:
        return read_moodle_xml(data) if is_xml else read_gift(data)
    except Unreadable as refusal:
        where = f", line {refusal.line}" if refusal.line else ""
        click.echo(f"{path}{where}: the file {UNREADABLE[refusal.code]}.", err=True)
        raise SystemExit(2) from refusal


def _as_yaml(items: "Iterable[Item]") -> str:
    import msgspec
    import yaml

    plain = msgspec.to_builtins(list(items))
    text: str = yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=110) if plain else ""
    return text


def _print_remarks(path: Path, remarks: "Iterable[Remark]") -> None:
    for remark in remarks:
        what = REMARKS.get(remark.code, f"items of the kind {remark.code} cannot be taken; left out")
        name = f" “{remark.name}”" if remark.name else ""
        detail = f" ({remark.detail})" if remark.detail else ""
        click.echo(f"{path}, line {remark.line}{name}: {what}{detail}.", err=True)


def _print_flaws(flaws: "Iterable[Flaw]") -> None:
    for flaw in flaws:
        click.echo(f"{flaw.item}, {flaw.field}: {FLAWS[flaw.code]}.", err=True)
