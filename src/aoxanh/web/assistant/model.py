"""The optional language model as the centre sees it: on or off, today's budget, how its calls end; and its switch."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from aoxanh.assistant import actions
from aoxanh.assistant import language_model_queries as queries
from aoxanh.assistant.llm.client import Outcome
from aoxanh.assistant.llm.wording import Purpose
from aoxanh.kernel.errors import DomainError
from aoxanh.people.permissions import Permission, may
from aoxanh.places import queries as places
from aoxanh.web.people.forms import show_refusal
from aoxanh.web.people.teams import actor_of

DAYS = 7
PURPOSES: dict[str, Any] = {
    Purpose.SEARCH: _("understand a question"),
    Purpose.ANSWER: _("word an answer"),
    Purpose.DRAFT: _("word a draft"),
    Purpose.CHECK: _("trial from the command line"),
}
OUTCOMES: dict[str, Any] = {
    Outcome.ANSWERED: _("answered, at least one claim held"),
    Outcome.NOTHING_HELD: _("answered, but no claim held"),
    Outcome.CACHED: _("answered from the day's memory"),
    Outcome.PERSONAL: _("not sent: personal data"),
    Outcome.BUDGET: _("not sent: the day's budget is spent"),
    Outcome.PAUSED: _("not sent: a pause after failures"),
    Outcome.BUSY: _("not sent: too many at once"),
    Outcome.TIMEOUT: _("too slow"),
    Outcome.UNREACHABLE: _("not reachable"),
    Outcome.REFUSED: _("refused by the endpoint"),
    Outcome.BROKEN: _("broken off"),
    Outcome.TOO_LONG: _("too long"),
    Outcome.MALFORMED: _("not understood"),
}


class SwitchForm(forms.Form):
    """Why the model is switched."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


@require_http_methods(["GET", "POST"])
def model(request: HttpRequest) -> HttpResponse:
    """Show the state of the model, and switch it the other way with a reason."""
    actor = actor_of(request)
    if not may(actor, Permission.MODEL_SWITCH, places.nation()):
        raise Http404
    form = SwitchForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.switch_language_model(
                is_on=request.POST.get("to") == "on", reason=form.cleaned_data["reason"], by=actor
            )
        except DomainError as error:
            show_refusal(form, error)
        else:
            return redirect("assistant_model")
    state = queries.state()
    rows = [
        (PURPOSES.get(row.purpose, row.purpose), OUTCOMES.get(row.outcome, row.outcome), row)
        for row in queries.calls_since(DAYS)
    ]
    page = {"state": state, "rows": rows, "form": form, "switches": queries.switches(), "days": DAYS}
    page["share"] = min(100, round(100 * state.used / state.budget)) if state.budget > 0 else 100
    return render(request, "assistant/model.html", page)
