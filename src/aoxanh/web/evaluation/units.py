"""One unit in one cycle: its self-score, frozen figures, visit, grade with its reckoning, and appeals."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from aoxanh.oversight import evaluation_queries as queries
from aoxanh.oversight import supervision_queries
from aoxanh.oversight.actions import evaluations as actions
from aoxanh.oversight.grading.rubric import rubrics
from aoxanh.oversight.indicators import indicators
from aoxanh.oversight.models import Appeal, Evaluation
from aoxanh.oversight.periods import read_day
from aoxanh.web.evaluation.sent import actor_of, attempt, exact, wholes
from aoxanh.web.evaluation.words import ALIKE, BANDS, CRITERIA, PLACE_TYPES, VISIT_ITEMS
from aoxanh.web.supervision.visits import shown

SHOWN_VISITS = 3


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def show(request: HttpRequest, cycle_id: UUID, code: str) -> HttpResponse:
    """Show one unit's evaluation, and take what the unit or its supervisor has to say."""
    actor = actor_of(request)
    evaluation = queries.evaluation_visible_to(actor, cycle_id, code)
    if evaluation is None:
        raise Http404
    if request.method == "POST":
        return _take(request, evaluation)
    cycle, rubric = evaluation.cycle, rubrics()[evaluation.cycle.rubric]
    found = queries.recomputed(evaluation)
    visits = supervision_queries.seen_on_visits(actor, evaluation.unit, cycle.first_day)[:SHOWN_VISITS]
    runs, speaks = queries.runs(actor, cycle), queries.speaks_for(actor, evaluation.unit)
    page: dict[str, Any] = {
        "evaluation": evaluation,
        "cycle": cycle,
        "runs": runs,
        "may_score": speaks and cycle.state == "open",
        "may_visit": runs and cycle.state in ("open", "frozen", "drawn"),
        "may_appeal": speaks and cycle.state == "decided",
        "may_answer": runs and cycle.state == "decided",
        "scores": [
            (each.key, CRITERIA[each.key], evaluation.own_scores.get(each.key)) for each in rubric.scored
        ],
        "items": [(item, VISIT_ITEMS[item], evaluation.visit_marks.get(item)) for item in rubric.visit_items],
        "visits": [shown(row) for row in visits],
        "visited_on": evaluation.visited_on or (visits[0].seen_on if visits else None),
        "found": found,
        "judged": [(each, CRITERIA[each.key], evaluation.own_scores.get(each.key)) for each in found.judged]
        if found
        else [],
        "is_same": found is not None and found.points == evaluation.points,
        "band": BANDS[evaluation.band],
        "appeals": [(row, CRITERIA[row.criterion]) for row in queries.appeals_of(evaluation)],
        **_frozen(evaluation),
    }
    return render(request, "evaluation/unit.html", page)


def _frozen(evaluation: Evaluation) -> dict[str, Any]:
    content = queries.snapshot_of(evaluation)
    if content is None:
        return {}
    figures = [
        {"indicator": indicators()[key], **{name: _percent(figure[name]) for name in ("raw", "value", "low", "high", "common", "target")}, "n": figure["n"], "d": figure["d"]}
        for key, figure in content["figures"].items()
    ]  # fmt: skip
    return {
        "figures": figures,
        "peers": content["peers"],
        "place_type": PLACE_TYPES[content["place_type"]],
        "alike": [ALIKE[what] for what in content["peers"]["alike_in"]],
    }


def _percent(text: str | None) -> str:
    return "" if text is None else f"{100 * float(text):.1f}".replace(".", ",")


def _take(request: HttpRequest, evaluation: Evaluation) -> HttpResponse:
    kinds: dict[str, tuple[Callable[[HttpRequest, Evaluation], object], str]] = {
        "score": (_score, _("Your self-score is stored.")),
        "visit": (_visit, _("The visit is noted.")),
        "appeal": (_appeal, _("The appeal is on its way.")),
        "answer": (_answer, _("The appeal is answered.")),
    }
    address = reverse("evaluation_unit", kwargs={"cycle_id": evaluation.cycle_id, "code": evaluation.unit_id})
    kind = kinds.get(request.POST.get("do", ""))
    if kind is None:
        return redirect(address)
    return attempt(request, lambda: kind[0](request, evaluation), kind[1], address)


def _score(request: HttpRequest, evaluation: Evaluation) -> None:
    keys = [criterion.key for criterion in rubrics()[evaluation.cycle.rubric].scored]
    scores, note = wholes(request, keys, "score_"), request.POST.get("note", "")
    actions.score_unit(evaluation=evaluation, scores=scores, note=note, by=actor_of(request))


def _visit(request: HttpRequest, evaluation: Evaluation) -> None:
    marks = wholes(request, rubrics()[evaluation.cycle.rubric].visit_items, "mark_")
    day, note = read_day(request.POST.get("day", ""), "day"), request.POST.get("note", "")
    actions.note_visit(evaluation=evaluation, day=day, marks=marks, note=note, by=actor_of(request))


def _appeal(request: HttpRequest, evaluation: Evaluation) -> None:
    criterion, reason = request.POST.get("criterion", ""), request.POST.get("reason", "")
    actions.appeal(evaluation=evaluation, criterion=criterion, reason=reason, by=actor_of(request))


def _answer(request: HttpRequest, evaluation: Evaluation) -> None:
    wanted = request.POST.get("appeal", "")
    row = next((each for each in queries.appeals_of(evaluation) if str(each.id) == wanted), None)
    if row is None or not queries.runs(actor_of(request), evaluation.cycle):
        raise Http404
    granted = request.POST.get("verdict", "") == Appeal.State.GRANTED
    points = exact(request.POST.get("points", ""), "points") if granted else None
    answer = request.POST.get("answer", "")
    actions.answer_appeal(appeal=row, granted=granted, points=points, answer=answer, by=actor_of(request))
