"""The blind review: one shuffled pile of recorded work, without commune, team or volunteer."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from aoxanh.desk.review_queries import blind_file
from aoxanh.oversight import evaluation_queries as queries
from aoxanh.oversight.actions.evaluations import review_file
from aoxanh.oversight.models import FileReview
from aoxanh.places import queries as places
from aoxanh.procedures import queries as procedures
from aoxanh.web.evaluation.sent import actor_of, attempt


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def review(request: HttpRequest, cycle_id: UUID) -> HttpResponse:
    """Show the next file of the pile that nobody has reviewed, and take the verdict on it."""
    actor = actor_of(request)
    cycle = queries.cycle_visible_to(actor, cycle_id)
    if cycle is None or not queries.runs(actor, cycle):
        raise Http404
    pile = queries.files_to_review(actor, cycle).select_related("evaluation")
    if request.method == "POST":
        return _take(request, cycle_id, list(pile))
    file = pile.filter(verdict="").first() if cycle.state == "drawn" else None
    shown = blind_file(actor, file.commune, file.day, file.root_id) if file else None
    page = {
        "cycle": cycle,
        "file": file,
        "shown": shown,
        "procedure": _name(shown.procedure) if shown and shown.procedure else "",
        "language": places.language_names([shown.language]).get(shown.language) if shown else None,
        "done": pile.exclude(verdict="").count(),
        "total": pile.count(),
        "verdicts": FileReview.Verdict.choices,
    }
    return render(request, "evaluation/files.html", page)


def _take(request: HttpRequest, cycle_id: UUID, pile: list[FileReview]) -> HttpResponse:
    file = next((each for each in pile if str(each.id) == request.POST.get("file", "")), None)
    if file is None:
        raise Http404
    verdict, remark = request.POST.get("verdict", ""), request.POST.get("remark", "")
    address = reverse("evaluation_files", kwargs={"cycle_id": cycle_id})
    return attempt(
        request,
        lambda: review_file(file=file, verdict=verdict, remark=remark, by=actor_of(request)),
        _("Noted; here is the next one."),
        address,
    )


def _name(code: str) -> str:
    version = procedures.card_on(code).version
    return f"{code} {version.name_en if (get_language() or '').startswith('en') else version.name_vi}"
