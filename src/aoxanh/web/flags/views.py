"""Questions about figures: what I am asked, what I talk over with somebody, what I read after an appeal."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from aoxanh.kernel.errors import DomainError
from aoxanh.oversight import flag_queries
from aoxanh.oversight.actions import flags as actions
from aoxanh.oversight.models import Flag
from aoxanh.people.actors import Actor
from aoxanh.web.flags.words import told

SHOWN = 100
State = Flag.State
_WORDS: dict[str, Callable[..., Flag]] = {
    "explain": actions.explain_flag,
    "coach": actions.coach_flag,
    "appeal": actions.appeal_flag,
}


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """List the questions that concern the person: their own first, then their tasks."""
    actor = _actor(request)
    flags = flag_queries.flags_of(actor)[:SHOWN]
    page = {
        "own": [flag for flag in flags if flag_queries.is_asked(flag, actor)],
        "tasks": [flag for flag in flags if not flag_queries.is_asked(flag, actor)],
    }
    return render(request, "flags/index.html", page)


@require_safe
@never_cache
def show(request: HttpRequest, flag_id: UUID) -> HttpResponse:
    """Show one question with its figures, what was said, and the next steps."""
    actor = _actor(request)
    return render(request, "flags/one.html", _page(_flag(actor, flag_id), actor))


@require_POST
def move(request: HttpRequest, flag_id: UUID, step: str) -> HttpResponse:
    """Take one step: explain, coach, appeal or close."""
    actor = _actor(request)
    flag, words = _flag(actor, flag_id), request.POST.get("words", "")
    try:
        if step == "close":
            outcome = request.POST.get("outcome", "")
            actions.close_flag(flag_id=flag_id, outcome=outcome, words=words, by=actor)
        elif step in _WORDS:
            _WORDS[step](flag_id=flag_id, words=words, by=actor)
        else:
            raise Http404
    except DomainError as refusal:
        if refusal.status == 404:
            raise
        page = _page(flag, actor) | {"refusal": refusal, "words": words[:2000], "step": step}
        return render(request, "flags/one.html", page, status=refusal.status)
    messages.success(request, _("Noted; thank you."))
    return redirect("flag", flag_id=flag_id)


def _page(flag: Flag, actor: Actor) -> dict[str, Any]:
    """Return what the page of one question shows to this person, with the steps they may take now."""
    asked = flag_queries.is_asked(flag, actor)
    coach, reader = flag_queries.is_coach(flag, actor), flag_queries.is_reader(flag, actor)
    spoken = flag.state in (State.EXPLAINED, State.COACHED)
    return {
        "flag": flag,
        "told": told(flag.evidence),
        "is_asked": asked,
        "may_explain": asked and flag.state == State.OPEN,
        "may_appeal": asked and flag.state in (State.OPEN, State.EXPLAINED, State.COACHED),
        "may_coach": coach and flag.state in (State.OPEN, State.EXPLAINED),
        "may_close": (coach and spoken) or (reader and flag.state == State.APPEALED),
        "outcomes": Flag.Outcome.choices,
    }


def _flag(actor: Actor, flag_id: UUID) -> Flag:
    flag = flag_queries.flag_seen_by(actor, flag_id)
    if flag is None:
        raise Http404
    return flag


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
