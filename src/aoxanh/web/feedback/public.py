"""The page behind a team's poster: three taps and perhaps a sentence, without account, cookie, JavaScript or name."""

from typing import Any
from uuid import UUID

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from aoxanh.kernel import clock
from aoxanh.kernel.errors import DomainError
from aoxanh.oversight import feedback_queries as queries
from aoxanh.oversight.actions.feedback import LONGEST, FeedbackFacts, give_feedback
from aoxanh.oversight.feedback_errors import TooMuchFeedback
from aoxanh.oversight.models import Feedback
from aoxanh.oversight.poster_places import place_behind
from aoxanh.people import queries as people
from aoxanh.people.models import Team
from aoxanh.web.safety.limits import Limit, SharedLimit
from aoxanh.web.safety.public import for_citizens

ASKS = Limit(most=120, seconds=60)
# A commune's office is one address for everybody it serves.
TOLD = SharedLimit("feedback", most=60, seconds=3600)
_ASKED: tuple[tuple[str, Any, Any], ...] = (
    ("helped", _("Were you helped?"), Feedback.Helped),
    ("treated", _("How were you treated?"), Feedback.Treated),
    ("waited", _("How long did you wait?"), Feedback.Waited),
)


@require_http_methods(["GET", "HEAD", "POST"])
@for_citizens(ASKS)
def give(request: HttpRequest, team_id: UUID) -> HttpResponse:
    """Ask three questions about a team and take the answers."""
    team = _team(team_id)
    at = place_behind(team, request.GET.get("at", "")[:20])
    given = request.POST.dict() if request.method == "POST" else {}
    if request.method != "POST":
        return render(request, "feedback/give.html", _page(team, at, given))
    if given.get("website"):
        # A field that people do not see: whatever fills it in is thanked, and nothing is kept.
        return render(request, "feedback/thanks.html", {"team": team})
    try:
        if not TOLD.takes(request):
            raise TooMuchFeedback
        row = give_feedback(
            facts=FeedbackFacts(
                team=team,
                helped=given.get("helped", ""),
                treated=given.get("treated", ""),
                waited=given.get("waited", ""),
                text=given.get("text", ""),
                wants_answer=given.get("wants_answer") == "yes",
                at=at,
            )
        )
    except DomainError as refusal:
        page = _page(team, at, given) | {"refusal": refusal}
        return render(request, "feedback/give.html", page, status=refusal.status)
    language = "?lang=en" if given.get("lang") == "en" else ""
    return redirect(f"{reverse('feedback_said', args=[row.commune_id, row.id])}{language}")


@require_safe
@for_citizens(ASKS)
def said(request: HttpRequest, commune: str, feedback_id: UUID) -> HttpResponse:
    """Thank for what was said; of a complaint tell by when it is answered, and later the answer. Who keeps the address may come back."""
    told = queries.said_by(commune, feedback_id)
    if told is None:
        raise Http404
    page: dict[str, Any] = {"told": told}
    if told.is_complaint and told.is_open:
        page["address"] = request.build_absolute_uri(request.path)
        drawn = segno.make(page["address"], error="m", micro=False).svg_inline(omitsize=True, border=2)
        page["qr"] = mark_safe(drawn)  # noqa: S308 - drawn by us from an address of ours
    return render(request, "feedback/thanks.html", page)


def _team(team_id: UUID) -> Team:
    team = people.team_with_id(team_id)
    if team is None or (team.active_to is not None and team.active_to <= clock.today()):
        raise Http404
    return team


def _page(team: Team, at: str, given: dict[str, str]) -> dict[str, Any]:
    return {
        "team": team,
        "at": at,
        "rows": [
            (name, legend, [(value, label, given.get(name) == value) for value, label in asked.choices])
            for name, legend, asked in _ASKED
        ],
        "text": given.get("text", "")[: 2 * LONGEST],
        "wants_answer": given.get("wants_answer") == "yes",
        "longest": LONGEST,
    }
