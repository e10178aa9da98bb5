"""Evaluation cycles: which there are, the next step of one, its units and its funnel."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aoxanh.kernel import clock
from aoxanh.oversight import evaluation_queries as queries
from aoxanh.oversight.actions import cycles
from aoxanh.oversight.actions.cycles import CycleFacts
from aoxanh.oversight.indicators import indicators
from aoxanh.oversight.models import Evaluation, EvaluationCycle
from aoxanh.oversight.periods import read_day
from aoxanh.people.permissions import Permission, places_reached
from aoxanh.places import queries as places
from aoxanh.web.evaluation.drawing import Dot, funnel_plot
from aoxanh.web.evaluation.sent import actor_of, attempt, whole
from aoxanh.web.evaluation.words import BANDS, PLACE_TYPES

SHOWN = 100
STEPS = {
    "open": ("freeze", cycles.freeze_cycle),
    "frozen": ("draw", cycles.draw_files),
    "drawn": ("decide", cycles.decide_cycle),
    "decided": ("lock", cycles.lock_cycle),
}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """List the cycles the person has to do with, and let who may open one."""
    actor = actor_of(request)
    if places_reached(actor, Permission.EVALUATION_READ) == []:
        raise Http404
    wide = queries.places_run_by(actor)
    if request.method == "POST":
        if not wide:
            raise Http404
        return attempt(request, lambda: _open(request), _("The evaluation is open."), reverse("evaluations"))
    page = {
        "cycles": queries.cycles_visible_to(actor)[:SHOWN],
        "places": [places.place_by_code(code) for code in wide],
        "today": clock.today(),
    }
    if wide == ["VN"]:
        page["places"] = [places.nation(), *places.provinces()]
    return render(request, "evaluation/index.html", page)


@require_safe
@never_cache
def show(request: HttpRequest, cycle_id: UUID) -> HttpResponse:
    """Show a cycle: where it stands, its units by name (never as a league), and a funnel of like units."""
    actor, cycle = actor_of(request), _cycle(request, cycle_id)
    rows = list(queries.evaluations_visible_to(actor).filter(cycle=cycle))
    runs = queries.runs(actor, cycle)
    files = queries.files_to_review(actor, cycle)
    page: dict[str, Any] = {
        "cycle": cycle,
        "runs": runs,
        "step": STEPS.get(cycle.state, ("", None))[0] if runs else "",
        "rows": [{"row": row, "band": BANDS[row.band]} for row in rows],
        "is_graded": cycle.state in ("decided", "locked"),
        "proof": queries.proof_of(cycle),
        "files": files.count(),
        "files_left": files.filter(verdict="").count(),
        "appeals_end": cycles.appeals_end(cycle) if cycle.decided_at else None,
        **(_funnel(request, cycle, rows) if runs and cycle.state != "open" else {}),
    }
    return render(request, "evaluation/cycle.html", page)


@require_POST
def move(request: HttpRequest, cycle_id: UUID) -> HttpResponse:
    """Take the next step of a cycle: freeze, draw, decide or lock; the page says which one it meant."""
    cycle = _cycle(request, cycle_id)
    if not queries.runs(actor_of(request), cycle):
        raise Http404
    known = dict(STEPS.values())
    action = known.get(request.POST.get("step", ""))
    address = reverse("evaluation", kwargs={"cycle_id": cycle_id})
    if action is None:
        return redirect(address)
    return attempt(request, lambda: action(cycle=cycle, by=actor_of(request)), _("Done."), address)


def _open(request: HttpRequest) -> None:
    given = request.POST
    facts = CycleFacts(
        place=places.place_by_code(given.get("place", "")),
        first_day=read_day(given.get("first_day", ""), "first_day"),
        last_day=read_day(given.get("last_day", ""), "last_day"),
        files_each=whole(given.get("files_each", ""), "files_each"),
        appeal_days=whole(given.get("appeal_days", ""), "appeal_days"),
    )
    cycles.open_cycle(facts=facts, by=actor_of(request))


def _funnel(request: HttpRequest, cycle: EvaluationCycle, rows: list[Evaluation]) -> dict[str, Any]:
    """Return the funnel of one indicator over the units of one type of place, from the frozen figures."""
    frozen = [(row, content) for row in rows if (content := queries.snapshot_of(row))]
    keys = list(frozen[0][1]["figures"]) if frozen else []
    types = sorted({content["place_type"] for _row, content in frozen})
    if not keys:
        return {}
    counts = {kind: sum(content["place_type"] == kind for _row, content in frozen) for kind in types}
    indicator = request.GET.get("indicator", "")
    indicator = indicator if indicator in keys else keys[0]
    kind = request.GET.get("type", "")
    kind = kind if kind in types else max(types, key=lambda each: counts[each])
    dots = [
        Dot(
            row.unit.full_name,
            reverse("evaluation_unit", kwargs={"cycle_id": cycle.id, "code": row.unit_id}),
            min(content["figures"][indicator]["n"], content["figures"][indicator]["d"]),
            content["figures"][indicator]["d"],
        )
        for row, content in frozen
        if content["place_type"] == kind
    ]
    plot = funnel_plot(dots, _("Funnel plot"))
    return {
        "plot": plot,
        "outside": [(dot, abs(far), far > 0) for dot, far in plot.outside] if plot else [],
        "indicators": [(key, indicators()[key].words.name, key == indicator) for key in keys],
        "types": [(each, PLACE_TYPES[each], each == kind) for each in types],
        "indicator": indicators()[indicator],
        "common": round(100 * plot.common) if plot else None,
    }


def _cycle(request: HttpRequest, cycle_id: UUID) -> EvaluationCycle:
    cycle = queries.cycle_visible_to(actor_of(request), cycle_id)
    if cycle is None:
        raise Http404
    return cycle
