"""Asking the assistant on a page: without JavaScript, and nothing of a question is kept on the server."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from aoxanh.assistant import queries
from aoxanh.assistant.pace import keep_pace
from aoxanh.assistant.queries import NONE_OF_THESE
from aoxanh.assistant.replies import Reply
from aoxanh.kernel.errors import DomainError
from aoxanh.people.actors import Actor
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


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """Show the beginning of a dialogue, or the reply to the message that was posted."""
    given = request.POST
    province = chosen_province(request)
    if request.method != "POST":
        return _rendered(request, province, Memory())
    memory = read(given.get("memory", ""))
    text, told = _said(given, province)
    try:
        keep_pace(request.actor)  # type: ignore[attr-defined]
        reply = queries.ask(text, memory.pinned, _language(), province)
    except DomainError as refusal:
        return _rendered(request, province, memory, refusal=refusal, text=text)
    after = memory.after(told, line_of(reply), reply.pinned)
    return _rendered(request, province, after, reply=reply)


def _said(given: QueryDict, province: Place | None) -> tuple[str, str]:
    """Return what the assistant reads and what the page shows of it: a button stands for a code, or for none of those offered."""
    if given.get("none"):
        return NONE_OF_THESE, str(_("None of these"))
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
    text: str = "",
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    answers_now = reply is not None
    context: dict[str, Any] = {
        "memory": written(memory),
        "earlier": memory.turns[:-1] if answers_now else memory.turns,
        "asked": memory.turns[-1].asked if answers_now else "",
        "parts": shown(reply, province) if reply else [],
        "offers": any(part.candidates for part in reply.parts) if reply else False,
        "refusal": refusal,
        "text": text,
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


def _language() -> str:
    return "en" if get_language() == "en" else "vi"
