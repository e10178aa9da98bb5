"""`aoxanh assistant llm check`: ask the language model one harmless question, and show what came and what of it held."""

import time
from typing import TYPE_CHECKING

import click

from aoxanh.cli.django import with_django

if TYPE_CHECKING:
    from aoxanh.assistant.llm.wording import Judged

PASSAGES = (
    "Khai sinh đúng hạn thì không mất phí. Quá hạn thì mức phí do HĐND tỉnh quyết định.",
    "Thời hạn giải quyết là 1 ngày làm việc.",
)
LONGEST_SHOWN = 2000


@click.group()
def command() -> None:
    """Look after the assistant."""


@command.group()
def llm() -> None:
    """Try the optional language model."""


@llm.command()
@with_django
def check() -> None:
    """Ask the model to say two sentences again. Prints its answer, the time, and each claim with the check's verdict.

    Counts against the day's budget. Ends with 1 when nothing usable came.
    """
    from aoxanh.assistant import language_model, language_model_queries
    from aoxanh.assistant.llm.passages import passages_of, read_claims
    from aoxanh.assistant.llm.prompts import Task, saying_again
    from aoxanh.assistant.llm.verify import Verifier
    from aoxanh.assistant.llm.wording import Judged, Purpose
    from aoxanh.assistant.models import LanguageModelCall

    state = language_model_queries.state()
    if not state.is_on:
        raise click.ClickException(
            "The model is off. Needed: AOXANH_LLM_URL and AOXANH_LLM_MODEL"
            f" ({'set' if state.is_configured else 'missing'}), AOXANH_LLM_ENABLED=true"
            f" ({'set' if state.is_enabled else 'missing'}), and the switch on /assistant/model/"
            f" ({'on' if state.is_switched_on else 'off'})."
        )
    passages = passages_of(list(PASSAGES))
    verifier = Verifier(passages, language_model.wording().weights)

    def judge(answer: str) -> "Judged | None":
        click.echo(answer[:LONGEST_SHOWN])
        read = read_claims(answer)
        doubts = [(claim, verifier.doubt(claim)) for claim in read.claims] if read else []
        for claim, doubt in doubts:
            click.echo(f"{'held' if doubt is None else f'dropped ({doubt})'}: {claim.text}")
        held = sum(doubt is None for _claim, doubt in doubts)
        return Judged({}, held, len(doubts) - held) if read else None

    click.echo(f"{state.model} at {state.host}, {state.used} of {state.budget} tokens used today")
    begun = time.monotonic()
    judged = language_model.consult(
        Purpose.CHECK, saying_again(Task.ANSWER, passages, "Khai sinh mất phí không?"), judge
    )
    last = LanguageModelCall.objects.filter(purpose=Purpose.CHECK).order_by("-id").first()
    click.echo(
        f"{last.outcome if last else 'off'}, {time.monotonic() - begun:.1f} s, {last.tokens if last else 0} tokens"
    )
    if judged is None:
        raise SystemExit(1)
