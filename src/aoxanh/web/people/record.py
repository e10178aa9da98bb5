"""A volunteer's own record, for themselves and for those who answer for them; section by section, and nobody else's."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from aoxanh.desk.vocabulary import Activity, Obstacle
from aoxanh.oversight.records import DAYS, Record, record_of
from aoxanh.people.models import Volunteer
from aoxanh.training.event_queries import known_among
from aoxanh.training.practice import checklists
from aoxanh.training.practice_queries import Seen
from aoxanh.training.quiz.item import Language, Text
from aoxanh.web.people.teams import actor_of
from aoxanh.web.people.volunteers import visible


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Show somebody their own record."""
    own = actor_of(request).volunteer_id
    if own is None:
        raise Http404
    return _page(request, visible(request, own))


@require_GET
def show(request: HttpRequest, volunteer_id: UUID) -> HttpResponse:
    """Show the record of a volunteer to themselves and to those who answer for them."""
    return _page(request, visible(request, volunteer_id))


def _page(request: HttpRequest, volunteer: Volunteer) -> HttpResponse:
    actor = actor_of(request)
    record = record_of(volunteer, actor)
    facts = {
        "record": record,
        "volunteer": volunteer,
        "is_own": volunteer.id == actor.volunteer_id,
        "days": DAYS,
        "known": known_among(actor, [one.event for one in record.attended]),
        "steps": _steps(record),
        "seen": [_seen(one) for one in record.seen],
        "kinds": [(Activity(kind).label, times) for kind, times in record.tally.kinds.most_common()],
        "obstacles": [(Obstacle(name).label, times) for name, times in record.tally.obstacles.most_common()],
    }
    return render(request, "people/record.html", facts)


def _steps(record: Record) -> list[dict[str, object]]:
    return [
        {
            "course": step.course.code,
            "module": step.module.id,
            "title": step.module.title.told(_language()),
            "points": [reason.point.told(_language()) for reason in step.reasons if reason.point],
            "met": [
                (Obstacle(reason.obstacle).label, reason.times, reason.of)
                for reason in step.reasons
                if reason.obstacle
            ],
        }
        for step in record.steps
    ]


def _seen(one: Seen) -> dict[str, object]:
    title: Text = checklists()[one.observation.checklist].title
    return {
        "title": title.told(_language()),
        "observation": one.observation,
        "done": one.done,
        "watched": one.watched,
        "points": [(point.told(_language()), mark) for point, mark in one.points],
    }


def _language() -> Language:
    return "en" if get_language() == "en" else "vi"
