"""Drafting a loudspeaker script, a class, phrase cards or a summary: choose, read, change, copy. Nothing is stored."""

from itertools import groupby
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from aoxanh.assistant import drafting, language_model
from aoxanh.assistant.llm.draft import MOST_CARDS, MOST_TEXTS, DraftKind, Order
from aoxanh.kernel.errors import DomainError
from aoxanh.procedures import queries as procedures
from aoxanh.procedures.models import ProcedureGroup
from aoxanh.web.people.forms import show_refusal
from aoxanh.web.people.teams import actor_of

KINDS = {
    DraftKind.LOUDSPEAKER: _("Loudspeaker script of 60 to 90 seconds"),
    DraftKind.LESSON: _("Plan of a class of 45 minutes"),
    DraftKind.PHRASES: _("Phrase card in Vietnamese and English"),
    DraftKind.DIFFICULTIES: _("Summary of difficulties"),
}
LONGEST_TEXTS = 6000


class DraftForm(forms.Form):
    """What is to be drafted, from what, in which language."""

    kind = forms.ChoiceField(
        label=_("What to draft"), choices=[(kind.value, name) for kind, name in KINDS.items()]
    )
    card_1 = forms.ChoiceField(label=_("Procedure"), required=False)
    card_2 = forms.ChoiceField(label=_("Second procedure, if wanted"), required=False)
    card_3 = forms.ChoiceField(label=_("Third procedure, if wanted"), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=[("vi", "Tiếng Việt"), ("en", "English")])
    texts = forms.CharField(
        label=_("Difficulties, one a line (for a summary only)"),
        required=False,
        max_length=LONGEST_TEXTS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Write what went wrong, never who it happened to."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = "en" if get_language() == "en" else "vi"
        cards = [shown.card for shown in procedures.current_cards()]
        groups = [
            (ProcedureGroup(group).label, [(card.code, getattr(card.name, language)) for card in some])
            for group, some in groupby(cards, key=lambda card: card.group)
        ]
        for number in range(1, MOST_CARDS + 1):
            self.fields[f"card_{number}"].choices = [("", "—"), *groups]  # type: ignore[attr-defined]

    @property
    def order(self) -> Order:
        """Return the order as told; codes twice count once."""
        told = self.cleaned_data
        codes = dict.fromkeys(told[f"card_{number}"] for number in range(1, MOST_CARDS + 1))
        known = {
            shown.card.code: shown.card
            for shown in procedures.current_cards(codes=[code for code in codes if code])
        }
        kind = DraftKind(told["kind"])
        lines = [line.strip() for line in told["texts"].splitlines() if line.strip()]
        if kind is DraftKind.DIFFICULTIES:
            return Order(kind, (), tuple(lines[:MOST_TEXTS]), told["language"])
        return Order(kind, tuple(known[code] for code in codes if code in known), (), told["language"])


@require_http_methods(["GET", "POST"])
def drafts(request: HttpRequest) -> HttpResponse:
    """Show the form, and after a post the draft; who lacks the certificate is told so with the way to it."""
    actor = actor_of(request)
    if not drafting.may_draft(actor):
        raise Http404
    missing = drafting.missing_certificate(actor)
    form = DraftForm(
        request.POST if request.method == "POST" else None, initial={"card_1": request.GET.get("code", "")}
    )
    page: dict[str, Any] = {
        "form": form,
        "missing": missing,
        "model_on": language_model.is_on(),
        "draft": None,
    }
    if request.method == "POST" and (missing or form.is_valid()):
        try:
            page["draft"] = drafting.make_draft(Order(DraftKind.LESSON) if missing else form.order, by=actor)
        except DomainError as error:
            if missing:
                raise
            show_refusal(form, error)
    return render(request, "assistant/drafts.html", page)
