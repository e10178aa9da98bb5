"""How the questions of each course do: for the centre, which looks after them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.training import item_queries, queries

FLAGS = {
    "negative": _("those who do well get it wrong: is the key right?"),
    "weak": _("does not tell those who know from those who do not"),
    "too_hard": _("too hard"),
    "too_easy": _("too easy"),
    "dead_distractor": _("a wrong option that nobody chooses"),
}


@require_GET
def items(request: HttpRequest, course: str = "") -> HttpResponse:
    """Show the items of a course with their figures, the bad ones first."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not item_queries.may_read_items(actor):
        raise NotAllowed
    courses = {one.code: one for one in queries.courses()}
    chosen = courses.get(course or next(iter(courses)))
    if chosen is None:
        raise Http404(course)
    judged = item_queries.judged_items(chosen)
    page = {
        "courses": courses.values(),
        "course": chosen,
        "taken": item_queries.taken(chosen),
        "titles": {module.id: module.title for module in chosen.modules},
        "judged": [(one, [FLAGS[flag] for flag in one.figures.flags], _choices(one)) for one in judged],
        "bad": sum(one.figures.is_bad for one in judged),
    }
    return render(request, "training/items.html", page)


def _choices(judged: item_queries.Judged) -> list[tuple[object, int]]:
    """Return the options with how often each was chosen."""
    return list(zip(judged.item.options, judged.figures.chosen, strict=True))
