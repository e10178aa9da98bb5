"""The weekly briefing: difficulties and proposals of the units, who must answer them, by when, and what was answered."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from aoxanh.kernel import clock
from aoxanh.kernel.errors import DomainError
from aoxanh.oversight import actions, report_queries
from aoxanh.oversight.actions import DifficultyFacts
from aoxanh.oversight.models import Difficulty
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, may, places_reached
from aoxanh.places import queries as places
from aoxanh.places.models import Place
from aoxanh.web.people.forms import show_refusal
from aoxanh.web.people.teams import actor_of
from aoxanh.web.reports.pages import unit_name

SHOWN = 100


class RaiseForm(forms.Form):
    """An entry as it is raised; what fits is decided by the action."""

    kind = forms.ChoiceField(label=lazy("Kind"), choices=Difficulty.Kind.choices)
    text = forms.CharField(label=lazy("In a few words"), max_length=600, widget=forms.Textarea({"rows": 3}))
    owner = forms.ChoiceField(label=lazy("Who should answer"))
    due = forms.DateField(
        label=lazy("Answer wanted by"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place = place
        self.asked = {unit.code: unit for unit in actions.asked_by(place)}
        self.fields["owner"].choices = [(code, owner_name(unit)) for code, unit in self.asked.items()]  # type: ignore[attr-defined]

    def clean_owner(self) -> Place:
        return self.asked[self.cleaned_data["owner"]]


def owner_name(place: Place) -> str:
    """Return the unit that must answer as a list names it."""
    return _("the Central Union") if place.level == Place.Level.NATION else unit_name(place)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """List what waits by its day and what was answered lately; take a new entry."""
    actor = _reader(request)
    form = _form(actor, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid() and _raised(form, actor):
            messages.success(request, _("On the list."))
            return redirect("briefing")
    rows = report_queries.difficulties_visible_to(actor)
    waiting = rows.filter(answered_at=None)
    page = {
        "form": form,
        "waiting": [_line(actor, entry) for entry in waiting[:SHOWN]],
        "answered": [
            _line(actor, entry) for entry in rows.exclude(answered_at=None).order_by("-answered_at")[:SHOWN]
        ],
        "count": waiting.count(),
        "late": waiting.filter(due__lt=clock.today()).count(),
    }
    return render(request, "reports/briefing.html", page, status=400 if form and form.errors else 200)


@require_POST
def answer(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Answer an entry that one's unit was asked."""
    entry = _entry(request, entry_id)
    try:
        actions.answer_difficulty(
            entry_id=entry.id, answer=request.POST.get("answer", ""), by=actor_of(request)
        )
    except DomainError as refusal:
        return _back(request, refusal)
    messages.success(request, _("Answered."))
    return redirect("briefing")


@require_POST
def hand_up(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Hand an entry on to the unit above."""
    entry = _entry(request, entry_id)
    try:
        actions.hand_up_difficulty(entry_id=entry.id, by=actor_of(request))
    except DomainError as refusal:
        return _back(request, refusal)
    messages.success(request, _("Handed on to the unit above."))
    return redirect("briefing")


def _reader(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if places_reached(actor, Permission.DIFFICULTY_READ) == []:
        raise Http404
    return actor


def _form(actor: Actor, given: Any) -> RaiseForm | None:
    reached = places_reached(actor, Permission.DIFFICULTY_RAISE) or []
    if not reached:
        return None
    place = places.place_by_code(max(reached, key=lambda code: (len(code), code)))
    return RaiseForm(given, place=place, initial={"due": clock.today()})


def _raised(form: RaiseForm, actor: Actor) -> bool:
    try:
        actions.raise_difficulty(facts=DifficultyFacts(place=form.place, **form.cleaned_data), by=actor)
    except DomainError as refusal:
        if refusal.status == 404:
            raise
        show_refusal(form, refusal)
        return False
    return True


def _line(actor: Actor, entry: Difficulty) -> dict[str, Any]:
    answers = entry.is_open and may(actor, Permission.DIFFICULTY_ANSWER, entry.owner)
    return {
        "entry": entry,
        "place": unit_name(entry.place),
        "owner": owner_name(entry.owner),
        "may_answer": answers,
        "may_hand_up": answers and entry.owner.level != Place.Level.NATION,
    }


def _entry(request: HttpRequest, entry_id: UUID) -> Difficulty:
    entry = report_queries.difficulties_visible_to(_reader(request)).filter(id=entry_id).first()
    if entry is None:
        raise Http404
    return entry


def _back(request: HttpRequest, refusal: DomainError) -> HttpResponse:
    if refusal.status == 404:
        raise refusal
    messages.error(request, f"{refusal} {refusal.remedy_text}".strip())
    return redirect("briefing")
