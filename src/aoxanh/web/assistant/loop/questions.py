"""Questions without an answer, put together by likeness, and closed by what answers them from now on."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from aoxanh.assistant import actions, review_queries
from aoxanh.assistant.models import UnansweredQuestion
from aoxanh.kernel.errors import DomainError
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, places_reached
from aoxanh.web.assistant.loop.pages import (
    back,
    choice_of,
    frame,
    home_of,
    ids_of,
    may_approve,
    may_approve_for,
    reviewer,
)

SHOWN = 60
ALIAS = UnansweredQuestion.Outcome.ALIAS


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """List the open questions in groups, the largest first."""
    actor = reviewer(request)
    choice = choice_of(request, actor)
    found = review_queries.question_groups(actor, choice.place)
    page = {
        "groups": found[:SHOWN],
        "more": max(0, len(found) - SHOWN),
        "may_propose": places_reached(actor, Permission.ALIAS_PROPOSE) != [],
        **frame(actor, choice, "review_questions"),
    }
    return render(request, "assistant/loop/questions.html", page)


@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Close a group by adding people's words, by a card, by an approved answer, or as not ours."""
    actor, given = reviewer(request), request.POST
    try:
        done = _closed(request, actor)
    except DomainError as refusal:
        if refusal.status == 404 and refusal.code != "unknown_procedure":
            raise
        messages.error(request, f"{refusal} {refusal.remedy_text}")
    else:
        messages.success(request, done)
    return redirect(back("review_questions", given.get("place", "")))


@transaction.atomic
def _closed(request: HttpRequest, actor: Actor) -> str:
    given = request.POST
    ids, outcome = ids_of(given.getlist("question")), given.get("outcome", "")
    code = (given.get("other", "").strip() or given.get("code", "").strip())[:20]
    if outcome == ALIAS:
        place = home_of(actor)
        proposal = actions.propose_alias(
            text=given.get("words", "")[:500], code=code, place=place, from_questions=len(ids), by=actor
        )
        if not may_approve(actor):
            return _("Proposed. The province decides.")
        if may_approve_for(actor, proposal.place):
            actions.decide_alias(proposal=proposal, confirmed=True, by=actor)
    actions.close_group(question_ids=ids, outcome=outcome, code=code, by=actor)
    return _("Closed. Every phone knows it after its next sync.")
