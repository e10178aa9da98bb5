"""The list of courses and a module to read: for everybody who is signed in, without JavaScript."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from aoxanh.people.actors import Actor
from aoxanh.training import attempt_queries, item_queries, queries


@require_GET
def courses(request: HttpRequest) -> HttpResponse:
    """List the courses with their modules, what the reader has read of them, and how their latest quiz ended."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    progress = attempt_queries.progress_of(actor.volunteer_id)
    page: dict[str, Any] = {
        "courses": [(course, progress.get(course.code)) for course in queries.courses()],
        "may_take": attempt_queries.may_take(actor),
        "may_read_items": item_queries.may_read_items(actor),
    }
    return render(request, "training/courses.html", page)


@require_GET
def module(request: HttpRequest, course: str, module: str) -> HttpResponse:
    """Show one module: its text, what a volunteer may and may not, the practice task, and the sources."""
    lesson = queries.lesson(course, module)
    if lesson is None:
        raise Http404(module)
    return render(request, "training/module.html", {"lesson": lesson, "module": lesson.module})
