"""`aoxanh ask`: the assistant on the command line, one question or a whole dialogue; nothing of it is kept."""

import importlib.util
import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

import click

from aoxanh.cli.django import with_django

if TYPE_CHECKING:
    from aoxanh.assistant.approved_queries import Approved
    from aoxanh.assistant.replies import Part, Pinned, Reply, Sentence
    from aoxanh.places.models import Place


class Asking(click.Group):
    """Takes whatever is no command of its own for a question."""

    others: ClassVar[dict[str, str]] = {"eval": "aoxanh.cli.ask_eval"}

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return ["question", *(name for name in self.others if self._holds(name))]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if self._holds(cmd_name):
            other: click.Command = importlib.import_module(self.others[cmd_name]).command
            return other
        return super().get_command(ctx, cmd_name)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or not (args[0] == "--help" or self._holds(args[0])):
            args = ["question", *args]
        return super().parse_args(ctx, args)

    def _holds(self, name: str) -> bool:
        return name in self.others and importlib.util.find_spec(self.others[name]) is not None


@click.group(cls=Asking)
def command() -> None:
    """Ask the assistant: `aoxanh ask "khai sinh cần giấy gì?"`; without a question it reads one a line and keeps the dialogue."""


@command.command()
@click.argument("text", nargs=-1)
@click.option("--lang", "language", type=click.Choice(["vi", "en"]), default="vi", show_default=True)
@click.option("--province", default="", help="Code of a province or commune whose own cards come first.")
@click.option(
    "--pinned", default="", help="What the dialogue remembers: `pinned` of an earlier --json reply."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a reply.")
@with_django
def question(*, text: tuple[str, ...], language: str, province: str, pinned: str, as_json: bool) -> None:
    """Answer a question, or each line of the standard input until it ends."""
    place, held = _place(province), _remembered(pinned)
    asked = iter([" ".join(text)]) if text else _lines()
    for line in asked:
        reply = _reply(line, held, language, place, goes_on=not text)
        if reply is not None:
            held = reply.pinned
            _print(reply, place, as_json=as_json)


def _reply(
    line: str, held: "Pinned", language: str, place: "Place | None", *, goes_on: bool
) -> "Reply | None":
    """Return the reply; in a dialogue a refused line is told and the dialogue goes on."""
    from django.utils import translation

    from aoxanh.assistant.queries import ask
    from aoxanh.kernel.errors import DomainError

    with translation.override(language):
        try:
            return ask(line, held, language, place)
        except DomainError as refusal:
            if not goes_on:
                raise
            click.echo(f"{refusal}\n{refusal.remedy_text}", err=True)
            return None


def _lines() -> Iterator[str]:
    """Yield what is typed, line by line; a terminal is shown a prompt."""
    while True:
        if sys.stdin.isatty():
            click.echo("? ", nl=False, err=True)
        line = sys.stdin.readline()
        if not line:
            return
        if line.strip():
            yield line


def _place(code: str) -> "Place | None":
    from aoxanh.places.queries import place_by_code

    place = place_by_code(code) if code else None
    if place is None or place.level == "nation":
        return None
    return place.parent if place.level == "commune" else place


def _remembered(given: str) -> "Pinned":
    import msgspec

    from aoxanh.assistant.replies import Pinned

    try:
        return msgspec.json.decode(given, type=Pinned) if given else Pinned()
    except msgspec.DecodeError as error:
        raise click.BadParameter(
            f"{error}; give the `pinned` of a --json reply", param_hint="--pinned"
        ) from error


def _print(reply: "Reply", place: "Place | None", *, as_json: bool) -> None:
    from aoxanh.assistant.approved_queries import approved_in, plain_with_approved

    if as_json:
        _echo(json.dumps(plain_with_approved(reply, place), ensure_ascii=False))
        return
    for note in reply.notes:
        _echo(note)
    for part in reply.parts:
        for line in _told(part, approved_in(part, place, reply.language)):
            _echo(line)


def _told(part: "Part", approved: "Approved | None") -> Iterator[str]:
    yield f"[{part.kind}] {part.say}".rstrip()
    if approved is not None:
        yield f"  = {approved.text}"
        yield f"    {approved.office} | {approved.place} | {approved.day:%d/%m/%Y}"
    shown: dict[str, Any] = {}
    for sentence in part.sentences:
        yield f"  {'' if sentence.is_certain else '(?) '}{sentence.text}"
        shown.setdefault(sentence.source.code, sentence)
    for sentence in shown.values():
        yield f"    {_source(sentence)}"
    for number, named in enumerate(part.candidates, 1):
        yield f"  {number}. {named.code:<10}  {named.title}{f' ({named.apart})' if named.apart else ''}"
    if part.go:
        yield f"  -> {part.go}"


def _source(sentence: "Sentence") -> str:
    source = sentence.source
    parts = (source.code, source.title, f"{source.valid_from:%d/%m/%Y}", source.confidence, source.link)
    return " | ".join(part for part in parts if part)


def _echo(line: str) -> None:
    click.echo(line)
    sys.stdout.flush()
