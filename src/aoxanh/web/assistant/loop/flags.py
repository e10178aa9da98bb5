"""Wrong answers: told by volunteers, answered by the province or the centre, and what came of one's own."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aoxanh.assistant import actions, review_queries
from aoxanh.assistant.actions import FlagFacts
from aoxanh.assistant.errors import UnfitFlag
from aoxanh.assistant.models import Flag
from aoxanh.kernel import clock
from aoxanh.kernel.errors import DomainError
from aoxanh.kernel.ids import uuid7
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.web.assistant.loop.pages import back, choice_of, frame, ids_of, reviewer

SHOWN_OWN = 100
_REFUSED = {"personal_data": gettext_lazy("the note holds personal data")}


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """List the answers that volunteers call wrong, those told most often first."""
    actor = reviewer(request)
    choice = choice_of(request, actor)
    page = {
        "answers": review_queries.flagged_answers(actor, choice.place),
        "outcomes": Flag.Outcome.choices,
        **frame(actor, choice, "review_flags"),
    }
    return render(request, "assistant/loop/flags.html", page)


@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """Answer every flag about one answer at once."""
    actor, given = reviewer(request), request.POST
    try:
        actions.answer_flags(
            flag_ids=ids_of(given.getlist("flag")),
            outcome=given.get("outcome", ""),
            answer=given.get("answer", ""),
            by=actor,
        )
    except DomainError as refusal:
        if refusal.status == 404:
            raise
        messages.error(request, f"{refusal} {refusal.remedy_text}")
    else:
        messages.success(request, _("Answered. The volunteers who told see it."))
    return redirect(back("review_flags", given.get("place", "")))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def own(request: HttpRequest) -> HttpResponse:
    """Show a volunteer what they flagged and what came of it; take a new flag."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.volunteer_id is None:
        raise NotAllowed
    if request.method == "POST":
        _take(request, actor)
        return redirect("assistant_flags")
    flags = review_queries.own_flags(actor)[:SHOWN_OWN]
    return render(request, "assistant/loop/own.html", {"flags": flags})


def _take(request: HttpRequest, actor: Actor) -> None:
    given = request.POST
    facts = FlagFacts(
        id=uuid7(),
        code=given.get("code", "")[:20],
        version=_number(given.get("version", "")),
        slot=given.get("slot", ""),
        reason=given.get("reason", ""),
        approved=_number(given.get("approved", "")),
        note=given.get("note", "")[:1000],
        made_at=clock.now(),
    )
    [told] = actions.flag_answers(flags=[facts], by=actor)
    if told.status == "refused":
        refusal = UnfitFlag(reason=_REFUSED.get(told.code, _("there is no such answer")))
        messages.error(request, f"{refusal} {refusal.remedy_text}")
    else:
        messages.success(request, _("Thank you. The province looks at it; what comes of it is shown here."))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
