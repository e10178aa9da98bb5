"""The list of courses and a module to read: for everybody who is signed in, without JavaScript."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from aoxanh.training import queries


@require_GET
def courses(request: HttpRequest) -> HttpResponse:
    """List the courses with their modules, in the order in which a volunteer takes them."""
    return render(request, "training/courses.html", {"courses": queries.courses()})


@require_GET
def module(request: HttpRequest, course: str, module: str) -> HttpResponse:
    """Show one module: its text, what a volunteer may and may not, the practice task, and the sources."""
    lesson = queries.lesson(course, module)
    if lesson is None:
        raise Http404(module)
    return render(request, "training/module.html", {"lesson": lesson, "module": lesson.module})
