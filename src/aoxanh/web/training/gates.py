"""From which day on work asks for a certificate: the decisions about a place, and a form for the next one."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from aoxanh.kernel import clock
from aoxanh.kernel.errors import DomainError
from aoxanh.people.permissions import Permission, may, places_reached
from aoxanh.places import queries as places
from aoxanh.places.errors import UnknownPlace
from aoxanh.places.models import Place
from aoxanh.training import actions, certificate_queries, queries
from aoxanh.training.actions import GateFacts
from aoxanh.training.models import SkillGroup
from aoxanh.web.people.forms import show_refusal
from aoxanh.web.people.teams import actor_of


class GateForm(forms.Form):
    """A decision: which skill group, from which day on, and why."""

    group = forms.ModelChoiceField(
        label=_("Skill group"), queryset=SkillGroup.objects.none(), empty_label=None
    )
    holds_from = forms.DateField(
        label=_("Asked for from this day on"),
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Leave it empty if no certificate is to be asked for."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["group"].queryset = queries.skill_groups()  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
def gates(request: HttpRequest) -> HttpResponse:
    """Show what was decided for the place named by ?place (one's own at first), and take the next decision."""
    actor = actor_of(request)
    place = _place(request)
    form = GateForm(request.POST or None, initial={"holds_from": clock.today()})
    if form.is_valid():
        try:
            actions.decide_gate(place=place, facts=GateFacts(**form.cleaned_data), by=actor)
        except DomainError as error:
            show_refusal(form, error)
        else:
            return redirect(f"{request.path}?place={place.code}")
    above = [place.code, "VN", *([place.parent_id] if place.parent_id else [])]
    page = {"place": place, "form": form, "decisions": certificate_queries.gates_of(above)}
    return render(request, "training/gates.html", page)


def _place(request: HttpRequest) -> Place:
    """Return the place asked for, or the first that the person decides for; nothing there for others."""
    actor = actor_of(request)
    reached = places_reached(actor, Permission.GATE_EDIT)
    if reached == []:
        raise Http404
    code = request.GET.get("place") or (reached[0] if reached else "VN")
    try:
        place = places.place_by_code(code)
    except UnknownPlace:
        raise Http404 from None
    if not may(actor, Permission.GATE_EDIT, place):
        raise Http404
    return place
