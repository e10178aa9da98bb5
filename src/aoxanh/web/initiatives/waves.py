"""Where a model would help next: candidates with reasons, waves drawn by lot, and communes that answer what they were offered."""

import tempfile
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from aoxanh.initiatives import actions, queries, replication
from aoxanh.initiatives.actions.waves import WaveFacts
from aoxanh.initiatives.errors import UnfitWaves
from aoxanh.initiatives.evidence.candidates import Ground, Reason
from aoxanh.initiatives.evidence.grade import FEWEST_ADOPTERS
from aoxanh.initiatives.evidence.waves import MOST_WAVES, Wish
from aoxanh.initiatives.models import Effect, Initiative, WavePlan
from aoxanh.initiatives.replication import Choice
from aoxanh.initiatives.wording import WHAT
from aoxanh.kernel import clock
from aoxanh.kernel.errors import DomainError
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.permissions import Permission, places_reached
from aoxanh.places import queries as places
from aoxanh.sheets.writing import Cell, Workbook
from aoxanh.web import numbers
from aoxanh.web.initiatives import changes
from aoxanh.web.initiatives.forms import day_field
from aoxanh.web.initiatives.registry import actor_of
from aoxanh.web.sheets.files import XLSX

SHOWN = 60
KINDS = {
    "hard": gettext_lazy("border, island and remote communes"),
    "easy": gettext_lazy("communes without such hardship"),
}
TRAITS = {"ward": gettext_lazy("wards"), "hard": gettext_lazy("border, island or remote")}
BALANCED = 0.5  # standard deviations; more than this between groups is told as uneven

# Of the workbook that follows a draw.
WIDTHS = [10, 12, 40, 12, 18, 12, 12, 10, *changes.WIDTHS, 50, 50]


class WaveForm(forms.Form):
    """How the waves follow each other."""

    waves = forms.IntegerField(label=gettext_lazy("waves"), min_value=1, max_value=MOST_WAVES, initial=2)
    waiting = forms.IntegerField(
        label=gettext_lazy("communes that wait, to compare with"),
        min_value=FEWEST_ADOPTERS,
        max_value=400,
        initial=10,
    )
    apart = forms.IntegerField(
        label=gettext_lazy("periods of four weeks between waves"), min_value=2, max_value=13, initial=3
    )
    first_day = day_field(gettext_lazy("first day of the first wave"))


@require_safe
@never_cache
def candidates(request: HttpRequest, initiative_id: UUID) -> HttpResponse:
    """Offer the communes that would gain most, with reasons, and the form that draws waves among them."""
    actor, row = _row(request, initiative_id)
    return render(request, "initiatives/candidates.html", _page(actor, row, request.GET.get("indicator", "")))


@require_safe
@never_cache
def candidates_table(request: HttpRequest, initiative_id: UUID) -> HttpResponseBase:
    """Give the candidates as .xlsx."""
    actor, row = _row(request, initiative_id)
    effect = _effect(row, request.GET.get("indicator", ""))
    choices = replication.choices_for(actor, effect) if effect else []
    titles = [
        _("Commune code"),
        _("Commune"),
        _("Expected in four weeks"),
        _("From"),
        _("To"),
        _("Likeness, %"),
        _("Reasons"),
    ]
    lines = [_candidate_row(one) for one in choices]
    name = f"noi-nen-nhan-rong-{str(row.id)[-8:]}"
    return _workbook(name, _("Candidates"), titles, [12, 40, 12, 10, 10, 12, 90], lines)


@require_POST
def draw(request: HttpRequest, initiative_id: UUID) -> HttpResponse:
    """Draw by lot who copies when and who waits, among the communes that were left ticked."""
    actor, row = _row(request, initiative_id)
    given, form = request.POST, WaveForm(request.POST)
    effect = _effect(row, given.get("indicator", ""))
    refusal: DomainError | None = None
    if effect and form.is_valid():
        try:
            return redirect("waves", plan_id=_drawn(actor, row, effect, form, given.getlist("commune")).id)
        except DomainError as raised:
            if raised.status == 404:
                raise
            refusal = raised
    page = _page(actor, row, given.get("indicator", ""), form=form, refusal=refusal)
    return render(request, "initiatives/candidates.html", page, status=refusal.status if refusal else 400)


@require_safe
@never_cache
def show(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Show a draw: its seed, how even it is, and what became of each offer."""
    plan, actor = replication.plan_of(plan_id), actor_of(request)
    offers = list(replication.offers_of(plan))
    groups = [
        (wave, wave == plan.waves, [one for one in offers if one.wave == wave])
        for wave in range(plan.waves + 1)
    ]
    page = {
        "plan": plan,
        "what": capfirst(str(WHAT[plan.indicator])),
        "groups": groups,
        "balance": _balance(plan),
        "mine": set(replication.offers_to_answer(actor).filter(plan=plan).values_list("id", flat=True)),
    }
    return render(request, "initiatives/waves.html", page)


@require_safe
@never_cache
def table(request: HttpRequest, plan_id: UUID) -> HttpResponseBase:
    """Give a draw and what became of it as .xlsx."""
    del request
    plan = replication.plan_of(plan_id)
    titles = [
        _("Wave"),
        _("Commune code"),
        _("Commune"),
        _("May begin"),
        _("Answer"),
        _("Began"),
        _("Stopped"),
        _("Fidelity, %"),
        *changes.titles(),
        _("What was adapted"),
        _("Why declined or stopped"),
    ]
    lines = [_offer_row(plan, one) for one in replication.offers_of(plan)]
    return _workbook(f"dot-nhan-rong-{plan.seed}", _("Waves"), titles, WIDTHS, lines)


@require_POST
def answer(request: HttpRequest, offer_id: UUID, said_yes: str) -> HttpResponse:
    """Take or decline an offer for a commune."""
    actor = actor_of(request)
    offer = replication.offer_to(actor, offer_id)
    try:
        if said_yes == "take":
            copy = actions.take_offer(offer=offer, adapted=request.POST.get("adapted", ""), by=actor)
            return redirect("adoption", adoption_id=copy.id)
        actions.decline_offer(offer=offer, why=request.POST.get("why", ""), by=actor)
    except DomainError as refusal:
        if refusal.status == 404:
            raise
        messages.error(request, f"{refusal} {refusal.remedy_text}")
    else:
        messages.success(request, _("Noted; thank you."))
    return redirect("waves", plan_id=offer.plan_id)


def said(ground: Ground) -> str:
    """Return a ground in words."""
    value, beside = numbers.number(ground.value, 1), numbers.number(ground.beside, 1)
    if ground.reason is Reason.ALIKE:
        commune = places.place_by_code(ground.other).address
        share = numbers.number(round(100 * ground.value))
        return _("{share} % like {commune}, which copies it").format(share=share, commune=commune)
    if ground.reason is Reason.KIND:
        kind = KINDS.get(ground.other, ground.other)
        return _("{kind}: {value} expected there").format(kind=kind, value=f"{ground.value:+.1f}")
    if ground.reason is Reason.BEHIND:
        return _("it stands at {value}, the usual is {beside}").format(value=value, beside=beside)
    if ground.reason is Reason.NEAR_CEILING:
        return _("it stands at {value} already; little is left to gain").format(value=value)
    if ground.reason is Reason.BUSY:
        return _("{value} cases in four weeks, the usual is {beside}").format(value=value, beside=beside)
    return _("{value} communes of its province copy it").format(value=numbers.number(round(ground.value)))


def ends_of(one: Choice) -> tuple[float, float, float]:
    """Return how many cases in four weeks a commune is expected to gain: value, lower and upper end.

    Fewer is a gain where fewer is better; so is the sign turned, and the ends with it.
    """
    found = one.candidate
    if found.gain >= 0:
        return found.gain, found.gain_low, found.gain_high
    return -found.gain, -found.gain_high, -found.gain_low


def _row(request: HttpRequest, initiative_id: UUID) -> tuple[Actor, Initiative]:
    actor = actor_of(request)
    if places_reached(actor, Permission.INITIATIVE_REVIEW) == []:
        raise NotAllowed
    return actor, queries.initiative_visible_to(actor, initiative_id)


def _effect(row: Initiative, indicator: str) -> Effect | None:
    found = replication.copyable_effects(row)
    return next((one for one in found if one.indicator == indicator), found[0] if found else None)


def _page(
    actor: Actor,
    row: Initiative,
    indicator: str,
    *,
    form: WaveForm | None = None,
    refusal: DomainError | None = None,
) -> dict[str, Any]:
    effect = _effect(row, indicator)
    choices = replication.choices_for(actor, effect, SHOWN) if effect and row.is_adoptable else []
    return {
        "row": row,
        "effect": effect,
        "effects": [(one, capfirst(str(WHAT[one.indicator]))) for one in replication.copyable_effects(row)],
        "choices": [
            (one, *ends_of(one), [said(ground) for ground in one.candidate.grounds]) for one in choices
        ],
        "plans": replication.plans_of(row),
        "form": form or WaveForm(initial={"first_day": _next_monday(clock.today())}),
        "refusal": refusal,
    }


def _drawn(actor: Actor, row: Initiative, effect: Effect, form: WaveForm, ticked: Iterable[str]) -> WavePlan:
    wanted, told = set(ticked), form.cleaned_data
    gains = {
        one.commune.code: ends_of(one)
        for one in replication.choices_for(actor, effect, SHOWN)
        if one.commune.code in wanted
    }
    if len(gains) != len(wanted):
        raise UnfitWaves(field="commune", reason=_("a commune among them is no candidate any more"))
    wish = Wish(waves=told["waves"], waiting=told["waiting"], apart=told["apart"])
    facts = WaveFacts(effect.indicator, gains, told["first_day"], wish)
    return actions.draw_waves(initiative=row, facts=facts, by=actor)


def _next_monday(day: date) -> date:
    return day + timedelta(days=7 - day.weekday())


def _candidate_row(one: Choice) -> list[Cell]:
    return [
        one.commune.code,
        capfirst(one.commune.address),
        *(round(edge) for edge in ends_of(one)),
        round(100 * one.candidate.likeness),
        "; ".join(said(ground) for ground in one.candidate.grounds),
    ]


def _balance(plan: WavePlan) -> list[tuple[str, list[int], bool]]:
    return [
        (str(TRAITS.get(name, name)), [round(100 * mean) for mean in means], worst <= BALANCED)
        for name, means, worst in plan.balance
    ]


def _offer_row(plan: WavePlan, offer: Any) -> list[Cell]:
    copy = offer.adoption
    checks = list(copy.checks.all()) if copy else []
    wave = _("waits") if offer.wave == plan.waves else str(offer.wave + 1)
    began: list[Cell] = [copy.first_day if copy else None, copy.last_day if copy else None]
    return [
        wave,
        offer.commune.code,
        capfirst(offer.commune.address),
        offer.first_day,
        capfirst(offer.get_answer_display()),
        *began,
        checks[0].percent if checks else None,
        *changes.cells(copy),
        copy.adapted if copy else "",
        offer.declined_why or (copy.stopped_why if copy else ""),
    ]


def _workbook(
    name: str, title: str, titles: list[str], widths: list[int], lines: Iterable[list[Cell]]
) -> HttpResponseBase:
    with tempfile.TemporaryDirectory(prefix="aoxanh-waves-") as folder:
        path = Path(folder) / "waves.xlsx"
        book = Workbook(path)
        sheet = book.sheet(title[:31], titles, widths)
        for line in lines:
            sheet.add(line)
        book.close()
        return FileResponse(path.open("rb"), as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)
