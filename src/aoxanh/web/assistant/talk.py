"""Asking the assistant on a page: without JavaScript, and nothing of a question is kept on the server."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from aoxanh.assistant import actions, queries
from aoxanh.assistant.actions import QuestionFacts
from aoxanh.assistant.actions.told import commune_of
from aoxanh.assistant.pace import keep_pace
from aoxanh.assistant.queries import NONE_OF_THESE
from aoxanh.assistant.replies import Kind, Reply
from aoxanh.kernel.errors import DomainError
from aoxanh.kernel.ids import uuid7
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, may
from aoxanh.places.models import Place
from aoxanh.procedures import queries as procedures
from aoxanh.web.assistant.memory import Memory, read, written
from aoxanh.web.assistant.shown import line_of, shown
from aoxanh.web.navigation import address_of
from aoxanh.web.procedures.pages import chosen_province
from aoxanh.web.templatetags.cards import said

EXAMPLES = (
    _("What papers does a birth registration need?"),
    _("How long does temporary residence take, and what does it cost?"),
    _("My level 2 code does not arrive, what now?"),
    _("The red book is lost, whom do I ask?"),
)

NONE = _("None of these")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """Show the beginning of a dialogue, or the reply to the message that was posted."""
    given = request.POST
    province = chosen_province(request)
    if request.method != "POST":
        return _rendered(request, province, Memory())
    memory = read(given.get("memory", ""))
    if given.get("send"):
        return _sent(request, province, memory)
    text, told = _said(given, province)
    try:
        keep_pace(request.actor)  # type: ignore[attr-defined]
        reply = queries.ask(text, memory.pinned, _language(), province)
    except DomainError as refusal:
        return _rendered(request, province, memory, refusal=refusal)
    actions.count_asked(reply=reply, by=request.actor)  # type: ignore[attr-defined]
    after = memory.after(told, line_of(reply), reply.pinned)
    return _rendered(request, province, after, reply=reply)


def _sent(request: HttpRequest, province: Place | None, memory: Memory) -> HttpResponse:
    """Send the last question that was typed to the province, because its asker chose to."""
    declined = memory.turns[-1].asked == str(NONE) if memory.turns else False
    asked = [turn.asked for turn in memory.turns if turn.asked != str(NONE)]
    if not asked:
        return _rendered(request, province, memory)
    question = QuestionFacts(uuid7(), asked[-1], "none" if declined else "outside", memory.pinned.offered)
    try:
        [told] = actions.send_questions(questions=[question], by=request.actor)  # type: ignore[attr-defined]
    except DomainError as refusal:
        return _rendered(request, province, memory, refusal=refusal)
    return _rendered(request, province, memory, sent=told.status)


def _said(given: QueryDict, province: Place | None) -> tuple[str, str]:
    """Return what the assistant reads and what the page shows of it: a button stands for a code, or for none of those offered."""
    if given.get("none"):
        return NONE_OF_THESE, str(NONE)
    if code := given.get("pick", "")[:40]:
        cards = procedures.current_cards(province, codes=[code])
        return code, said(cards[0].card.name) if cards else code
    return given.get("text", ""), given.get("text", "").strip()


def _rendered(
    request: HttpRequest,
    province: Place | None,
    memory: Memory,
    *,
    reply: Reply | None = None,
    refusal: DomainError | None = None,
    sent: str = "",
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    answers_now = reply is not None
    context: dict[str, Any] = {
        "memory": written(memory),
        "earlier": memory.turns[:-1] if answers_now else memory.turns,
        "asked": memory.turns[-1].asked if answers_now else "",
        "notes": reply.notes if reply else (),
        "parts": shown(reply, province) if reply else [],
        "sent": sent,
        "sends": _may_send(actor, reply),
        "offers": any(part.candidates for part in reply.parts) if reply else False,
        "refusal": refusal,
        "text": request.POST.get("text", "") if refusal else "",
        "province": province,
        "examples": EXAMPLES,
        # Telling of a wrong answer is another page's; only a volunteer may.
        "flags": address_of("assistant_flags") if actor.volunteer_id else "",
        "limit": queries.LONGEST_QUESTION,
    }
    response = render(request, "assistant/talk.html", context, status=refusal.status if refusal else 200)
    if refusal and refusal.retry_seconds:
        response["Retry-After"] = str(refusal.retry_seconds)
    return response


def _may_send(actor: Actor, reply: Reply | None) -> bool:
    """Tell whether there is a question without an answer, and somebody of a commune who may send it on."""
    unanswered = reply is not None and all(part.kind == Kind.OUTSIDE for part in reply.parts)
    commune = commune_of(actor) if unanswered else None
    return commune is not None and may(actor, Permission.QUESTION_SEND, commune, owner_id=actor.account_id)


def _language() -> str:
    return "en" if get_language() == "en" else "vi"
