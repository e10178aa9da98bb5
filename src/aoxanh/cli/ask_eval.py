"""`aoxanh ask eval FILE`: mark the assistant against a file of questions, ours or anybody's."""

import importlib
import importlib.util
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from aoxanh.assistant import marking
from aoxanh.assistant.questions import Question, QuestionsInvalid, read_questions
from aoxanh.assistant.replies import Reply, Source

SHARES = (
    "top1",
    "top3",
    "slot_exact",
    "ask_precision",
    "ask_recall",
    "ask_offers_all",
    "refused",
    "wrongly_refused",
)


@click.command("eval")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, last.")
@click.option(
    "--totals", is_flag=True, help="No ids of questions that went wrong: for a set that is kept unseen."
)
@click.option(
    "--leave-out",
    is_flag=True,
    help="Also take away the right procedures and see what is still asserted; slow.",
)
def command(*, file: Path, as_json: bool, totals: bool, leave_out: bool) -> None:
    """Mark the assistant against FILE, a list of questions as docs/develop/assistant.md describes; cards as this release brings them."""
    try:
        questions = read_questions(file)
    except QuestionsInvalid as error:
        raise click.ClickException(str(error)) from None
    report = evaluate(questions, leave_out=leave_out)
    if totals:
        report.pop("missed", None)
        report.pop("wrong", None)
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False))
        return
    _print(report)


def evaluate(questions: tuple[Question, ...], *, leave_out: bool = False) -> dict[str, Any]:
    """Return the marks of rankings and, where the dialogue is there, of replies, as JSON holds them."""
    from aoxanh.assistant.entries import index_of
    from aoxanh.procedures import seed

    cards = seed.read_cards()
    index = index_of(cards)
    ranked = marking.mark_ranking(
        questions, lambda text: [found.code for found in index.search(text, marking.TOP)]
    )
    report: dict[str, Any] = {
        "questions": len(questions),
        "ranking": {
            group: {"top1": share.plain(), "top3": ranked.among[group].plain()}
            for group, share in sorted(ranked.first.items())
        },
        "missed": ranked.missed,
    }
    ask, text_of = replier(), source_texts()
    if ask is not None:
        report |= _replies(marking.mark_replies(questions, ask, text_of))
        if leave_out:
            abstained = marking.mark_abstention(questions, lambda codes: replier(codes) or ask)
            report["abstained_without"] = abstained.plain()
    return report


def replier(without: frozenset[str] = frozenset()) -> Callable[[str], Reply] | None:
    """Return the assistant over the cards of this release, less some; None while there is no dialogue."""
    if importlib.util.find_spec("aoxanh.assistant.dialogue") is None:
        return None
    from aoxanh.assistant.entries import index_of
    from aoxanh.procedures import seed

    dialogue: Any = importlib.import_module("aoxanh.assistant.dialogue")
    judge = None
    if importlib.util.find_spec("aoxanh.assistant.policy") is not None:
        judge = importlib.import_module("aoxanh.assistant.policy").read_policy().judge
    cards = [card for card in seed.read_cards() if card.code not in without]
    assistant = dialogue.Assistant(cards, index_of(cards), judge, vneid=seed.read_guides()["vneid"])

    def ask(text: str) -> Reply:
        reply: Reply = assistant.turn(text)
        return reply

    return ask


def source_texts() -> Callable[[Source], str]:
    """Return a reading of what stands in a source."""
    from aoxanh.assistant.citations import texts_of
    from aoxanh.procedures import seed

    return texts_of(seed.read_cards(), seed.read_guides()["vneid"])


def _replies(marks: marking.Replied) -> dict[str, Any]:
    return {
        "replies": {name: getattr(marks, name).plain() for name in SHARES},
        "kinds": {group: share.plain() for group, share in sorted(marks.kinds.items())},
        "sentences": marks.sentences,
        "uncited": [list(found) for found in marks.uncited],
        "wrong": marks.wrong,
    }


def _print(report: Mapping[str, Any]) -> None:
    click.echo(f"{report['questions']} questions")
    click.echo(f"\n{'right procedure':<24}{'first':>8}  95 %{'':<13}{'first 3':>8}  95 %{'':<13}{'of':>5}")
    for group, shares in report["ranking"].items():
        one, three = shares["top1"], shares["top3"]
        click.echo(f"{group:<24}{_share(one)}{_share(three)}{one['of']:>5}")
    for title in ("replies", "kinds"):
        if title in report:
            click.echo(f"\n{title:<24}{'share':>8}  95 %{'':<13}{'of':>5}")
        for group, share in report.get(title, {}).items():
            click.echo(f"{group:<24}{_share(share)}{share['of']:>5}")
    if "uncited" in report:
        click.echo(f"\n{len(report['uncited'])} numbers without a source in {report['sentences']} sentences")
    if "abstained_without" in report:
        click.echo(f"right procedure taken away, nothing asserted: {_share(report['abstained_without'])}")
    for title in ("missed", "wrong"):
        if report.get(title):
            click.echo(f"\n{title}: {' '.join(report[title])}")


def _share(share: Mapping[str, Any]) -> str:
    return f"{share['rate']:>8.3f}  {share['low']:.3f} to {share['high']:.3f}   "
