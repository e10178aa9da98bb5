"""The inbox "Việc cần làm": what waits for a leader, a secretary or a coordinator, and what they do about it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from aoxanh.kernel.errors import DomainError
from aoxanh.oversight import supervision_queries as queries
from aoxanh.oversight.actions import tasks
from aoxanh.oversight.models import AlertRule, SupervisionTask
from aoxanh.oversight.periods import read_day
from aoxanh.oversight.supervision.board_figures import FIGURES
from aoxanh.oversight.supervision.rules import UP, policy
from aoxanh.people.actors import Actor
from aoxanh.web import numbers
from aoxanh.web.boards.choice import board_address
from aoxanh.web.supervision import push

CAUSES = {
    "difficulty_asked": ("briefing", lazy("Weekly briefing")),
    "complaint_waiting": ("feedback", lazy("Feedback")),
    "complaint_overdue": ("feedback", lazy("Feedback")),
    "difficulty_overdue": ("briefing", lazy("Weekly briefing")),
    "flag_unanswered": ("flags", lazy("Questions about figures")),
    "long_queue": ("handovers", lazy("Hand-overs")),
}


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """List what waits for the person, the most urgent first."""
    return render(request, "supervision/inbox.html", _page(request))


@require_POST
def step(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Deal with a task: done, put off or handed on."""
    actor, given = _actor(request), request.POST
    reason, chosen = given.get("reason", ""), given.get("step", "")
    try:
        if chosen == "put_off":
            until = read_day(given.get("until", ""), "until")
            tasks.put_off_task(task_id=task_id, until=until, reason=reason, by=actor)
        elif chosen == "hand_on":
            tasks.hand_on_task(task_id=task_id, reason=reason, by=actor)
        else:
            tasks.settle_task(task_id=task_id, reason=reason, by=actor)
    except DomainError as refusal:
        if refusal.status == 404:
            raise
        typed = {"refused": task_id, "reason": reason[:280], "until": given.get("until", "")[:10]}
        page = _page(request) | {"refusal": refusal} | typed
        return render(request, "supervision/inbox.html", page, status=refusal.status)
    messages.success(request, _("Noted; thank you."))
    return redirect("tasks")


def _page(request: HttpRequest) -> dict[str, Any]:
    actor = _actor(request)
    shown = queries.shown_inbox(actor)
    rows = [*shown.tasks, *shown.resting]
    ids = [UUID(row.subject.removeprefix("alert:")) for row in rows if row.subject.startswith("alert:")]
    rules = queries.alert_rules_by_id(ids, actor)
    return {
        "tasks": [_shown(row, rules) for row in shown.tasks],
        "more": shown.more,
        "resting": [_shown(row, rules) for row in shown.resting],
        "push": push.section(request),
    }


def _shown(task: SupervisionTask, rules: dict[UUID, AlertRule]) -> dict[str, Any]:
    """Return a task in words, with the page where its cause is seen."""
    alert, language = policy().alert(task.rule), get_language() or "vi"
    facts: dict[str, Any] = {
        "task": task,
        "may_hand_on": task.owner in UP,
    } | _cause(task)
    if alert is not None:
        return facts | {
            "title": alert.title.within(language),
            "say": alert.say.within(language, n=numbers.number(task.n)),
        }
    rule = rules.get(UUID(task.subject.removeprefix("alert:"))) if task.subject.startswith("alert:") else None
    return facts | {"title": _("Your own alert"), "say": rule_words(rule) if rule else ""}


def rule_words(rule: AlertRule) -> str:
    """Return an alert rule as a sentence."""
    words = {
        "figure": str(FIGURES[rule.figure][0]) if rule.figure in FIGURES else rule.figure,
        "side": str(AlertRule.Side(rule.side).label),
        "limit": numbers.number(rule.threshold),
        "days": rule.days,
    }
    return _("{figure} {side} {limit} over {days} days").format(**words)


def _cause(task: SupervisionTask) -> dict[str, Any]:
    """Return where the cause of a task is seen and mended: a page of its own, or the board of its place."""
    if task.rule in CAUSES:
        name, words = CAUSES[task.rule]
        return {"href": reverse(name), "cause": words}
    return {"href": board_address(task.place_id, task.team_id), "cause": _("See the figures")}


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
