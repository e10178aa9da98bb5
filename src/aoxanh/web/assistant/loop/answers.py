"""Approved answers: those that stand, those whose card has changed since, and the form that approves or corrects one."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aoxanh.assistant import actions, approved_queries, review_queries
from aoxanh.assistant.actions import AnswerFacts
from aoxanh.assistant.models import SlotName
from aoxanh.kernel.errors import DomainError
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.permissions import Permission, places_reached
from aoxanh.places import queries as places
from aoxanh.places.models import Place
from aoxanh.procedures import queries as procedures
from aoxanh.procedures.queries import ShownCard
from aoxanh.web.assistant.loop.pages import back, choice_of, frame, may_approve_for, reviewer
from aoxanh.web.people.forms import show_refusal


class AnswerForm(forms.Form):
    """An answer as it is approved; what fits is decided by the action."""

    version = forms.UUIDField(widget=forms.HiddenInput)
    text_vi = forms.CharField(
        label=gettext_lazy("answer in Vietnamese"), max_length=600, widget=forms.Textarea({"rows": 5})
    )
    text_en = forms.CharField(
        label=gettext_lazy("answer in English"),
        max_length=600,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    office = forms.CharField(label=gettext_lazy("office that answers for it"), max_length=120)


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """List the approved answers, those to be looked at again first."""
    actor = reviewer(request)
    choice = choice_of(request, actor)
    standing = approved_queries.standing_answers(actor, choice.place)
    page = {
        "standing": [(one, may_approve_for(actor, one.answer.place)) for one in standing],
        "slots": SlotName.choices,
        **frame(actor, choice, "review_answers"),
    }
    return render(request, "assistant/loop/answers.html", page)


@require_safe
def new(request: HttpRequest) -> HttpResponse:
    """Lead from a code and what is asked to the form."""
    reviewer(request)
    code, slot = request.GET.get("code", "").strip()[:20], request.GET.get("slot", "")
    if code not in procedures.known_codes() or slot not in SlotName.values:
        messages.error(request, _("There is no procedure with this code."))
        return redirect("review_answers")
    return redirect("review_answer", code=code, slot=slot)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def edit(request: HttpRequest, code: str, slot: str) -> HttpResponse:
    """Show the card's own words beside the form, and approve what is written there."""
    actor = reviewer(request)
    place = _approved_for(request, actor)
    if slot not in SlotName.values:
        raise Http404
    shown = procedures.card_on(code, province=place if place.level == Place.Level.PROVINCE else None)
    form = (
        AnswerForm(request.POST)
        if request.method == "POST"
        else AnswerForm(initial=_begun(place, shown, slot))
    )
    if request.method == "POST" and _approved(form, place, code, slot, actor):
        messages.success(request, _("Approved. It is shown until the procedure’s card changes."))
        return redirect(back("review_answers", ""))
    page = {
        "form": form,
        "place": place,
        "shown": shown,
        "slot_name": SlotName(slot).label,
        "says": review_queries.words_of(shown.card, slot),
        "before": approved_queries.answer_for(place, code, slot),
    }
    return render(request, "assistant/loop/answer.html", page)


@require_POST
def withdraw(request: HttpRequest, answer_id: UUID) -> HttpResponse:
    """Take an approved answer back."""
    actor = reviewer(request)
    answer = approved_queries.standing_answer(answer_id, actor)
    if answer is None:
        raise Http404
    actions.withdraw_answer(answer=answer, by=actor)
    messages.success(request, _("Taken back. The card speaks for itself again."))
    return redirect(back("review_answers", request.POST.get("place", "")))


def _approved_for(request: HttpRequest, actor: Actor) -> Place:
    """Return the place that the answer is for: the one named, else the actor's widest. Raises NotAllowed or UnknownPlace."""
    reached = places_reached(actor, Permission.ANSWER_APPROVE)
    if reached == []:
        raise NotAllowed
    named = request.GET.get("for", "")
    place = places.place_by_code(named or (reached[0] if reached else "VN"))
    if place.level == Place.Level.COMMUNE and place.parent is not None:
        place = place.parent
    if not may_approve_for(actor, place):
        raise NotAllowed
    return place


def _begun(place: Place, shown: ShownCard, slot: str) -> dict[str, Any]:
    before = approved_queries.answer_for(place, shown.card.code, slot)
    begun: dict[str, Any] = {"version": shown.version.id}
    if before is not None:
        begun |= {"text_vi": before.text_vi, "text_en": before.text_en, "office": before.office}
    return begun


def _approved(form: AnswerForm, place: Place, code: str, slot: str, actor: Actor) -> bool:
    if not form.is_valid():
        return False
    try:
        actions.approve_answer(
            facts=AnswerFacts(place=place, code=code, slot=slot, **form.cleaned_data), by=actor
        )
    except DomainError as refusal:
        if refusal.status == 404:
            raise
        show_refusal(form, refusal)
        return False
    return True
