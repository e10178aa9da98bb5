"""Badges on paper for a team: whom they are for, until when, and the sheet to print; taken back when one is lost."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from aoxanh.kernel import clock
from aoxanh.kernel.errors import DomainError
from aoxanh.people import actions, badge_queries, queries
from aoxanh.people.badges import paper, tokens
from aoxanh.people.models import Membership, PrintedBadge, Team
from aoxanh.people.permissions import Permission, require
from aoxanh.web.people.forms import show_refusal
from aoxanh.web.people.teams import actor_of


class PrintForm(forms.Form):
    """Whom to print badges for, and until when they are good."""

    volunteers = forms.TypedMultipleChoiceField(
        label=gettext_lazy("For"), coerce=UUID, widget=forms.CheckboxSelectMultiple
    )
    last_day = forms.DateField(
        label=gettext_lazy("Good until"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, members: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(one.volunteer_id), one.volunteer.full_name) for one in members]
        self.fields["volunteers"].choices = choices  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def team(request: HttpRequest, team_id: UUID) -> HttpResponse:
    """Show a team's badges on paper, and print new ones."""
    actor = actor_of(request)
    found = queries.teams_visible_to(actor).filter(id=team_id).first()
    if found is None:
        raise Http404
    require(actor, Permission.BADGE_PRINT, found.commune, team_id=found.id)
    members = list(queries.members_visible_to(actor, found))
    form = PrintForm(request.POST if request.method == "POST" else None, members=members)
    if form.is_valid():
        try:
            badges = actions.print_badges(
                team=found,
                volunteers=form.cleaned_data["volunteers"],
                last_day=form.cleaned_data["last_day"],
                by=actor,
            )
        except DomainError as refusal:
            show_refusal(form, refusal)
        else:
            names = {one.volunteer_id: one.volunteer.full_name for one in members}
            return _sheet(request, found, badges, names)
    held = badge_queries.printed_badges_of(actor, found)
    return render(request, "safety/prints.html", {"team": found, "form": form, "held": held})


@require_POST
def revoke(request: HttpRequest, badge_id: UUID) -> HttpResponse:
    """Take a badge on paper back."""
    badge = badge_queries.printed_badge(actor_of(request), badge_id)
    if badge is None:
        raise Http404
    actions.revoke_printed_badge(badge=badge, by=actor_of(request))
    return redirect("badges_on_paper", team_id=badge.team_id)


def _sheet(
    request: HttpRequest, team: Team, badges: list[PrintedBadge], names: dict[UUID, str]
) -> HttpResponse:
    key = tokens.server_key(settings.SECRET_KEY)
    cards = [
        paper.Card(
            name=names[badge.volunteer_id],
            team=team.name,
            commune=team.commune.address,
            number=badge.id.hex[-6:].upper(),
            last_day=badge.last_day.strftime("%d/%m/%Y"),
            address=request.build_absolute_uri(
                reverse("badge", args=[tokens.printed(badge.id, badge.last_day, key)])
            ),
        )
        for badge in badges
    ]
    words = paper.Words(
        campaign="ÁO XANH",
        title=_("Volunteer’s badge"),
        valid=_("Good until"),
        number=_("No."),
        check=_("Scan to check"),
        never=_("Never asks for your one-time code, password, a picture of your card, or money."),
    )
    response = HttpResponse(paper.sheet(cards, words, get_language() or "vi"), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="badges-{clock.today()}.pdf"'
    return response
