"""What citizens call things: proposals to confirm or decline, and the words that every search knows by now."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from aoxanh.assistant import actions, alias_queries
from aoxanh.assistant.models import AliasProposal
from aoxanh.kernel.errors import DomainError
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, places_reached
from aoxanh.procedures import queries as procedures
from aoxanh.web.assistant.loop.pages import back, choice_of, frame, home_of, may_approve_for, reviewer

SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """List the proposals that wait and what was decided; take a new proposal."""
    actor = reviewer(request)
    if request.method == "POST":
        _propose(request, actor)
        return redirect(back("review_aliases", request.POST.get("place", "")))
    choice = choice_of(request, actor)
    rows = alias_queries.aliases_visible_to(actor, choice.place)
    waiting = list(rows.filter(state=AliasProposal.State.PROPOSED)[:SHOWN])
    decided = list(rows.exclude(state=AliasProposal.State.PROPOSED)[:SHOWN])
    codes = {row.procedure_id for row in (*waiting, *decided)}
    titles = {shown.card.code: shown.card.name.vi for shown in procedures.current_cards(codes=codes)}
    page = {
        "waiting": [_shown(row, titles, actor) for row in waiting],
        "decided": [_shown(row, titles, actor) for row in decided],
        "may_propose": places_reached(actor, Permission.ALIAS_PROPOSE) != [],
        "reaches_nation": places_reached(actor, Permission.ANSWER_APPROVE) is None,
        "code": request.GET.get("code", "")[:20],
        **frame(actor, choice, "review_aliases"),
    }
    return render(request, "assistant/loop/aliases.html", page)


@require_POST
def decide(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Confirm a proposal, for the province or the nation, decline it, or take confirmed words back."""
    actor, given = reviewer(request), request.POST
    proposal = alias_queries.aliases_visible_to(actor).filter(id=proposal_id).first()
    if proposal is None:
        raise Http404
    step = given.get("step", "")
    try:
        if step == "withdraw":
            actions.withdraw_alias(proposal=proposal, by=actor)
        else:
            confirmed = step in ("confirm", "confirm_nation")
            nationwide = step == "confirm_nation"
            actions.decide_alias(proposal=proposal, confirmed=confirmed, nationwide=nationwide, by=actor)
    except DomainError as refusal:
        if refusal.status == 404:
            raise
        messages.error(request, f"{refusal} {refusal.remedy_text}")
    else:
        messages.success(request, _("Decided."))
    return redirect(back("review_aliases", given.get("place", "")))


def _propose(request: HttpRequest, actor: Actor) -> None:
    given = request.POST
    try:
        actions.propose_alias(
            text=given.get("text", "")[:500],
            code=given.get("code", "").strip()[:20],
            place=home_of(actor),
            by=actor,
        )
    except DomainError as refusal:
        if refusal.status == 404 and refusal.code != "unknown_procedure":
            raise
        messages.error(request, f"{refusal} {refusal.remedy_text}")
    else:
        messages.success(request, _("Proposed."))


def _shown(row: AliasProposal, titles: dict[str, str], actor: Actor) -> dict[str, object]:
    return {
        "row": row,
        "title": titles.get(row.procedure_id, ""),
        "may_decide": may_approve_for(actor, row.place),
    }
