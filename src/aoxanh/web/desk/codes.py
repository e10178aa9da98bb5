"""The page on which an official enters what came of help by the citizen's code, and a supervisor what a second look found."""

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from aoxanh.desk import actions
from aoxanh.desk.channels import ENTERED, OPEN_DAYS, Answer
from aoxanh.desk.entering import CHECK_DAYS, Entered
from aoxanh.desk.ledger import RETURNED_WITHIN
from aoxanh.desk.models import CaseReturned, WorkCheck
from aoxanh.kernel import clock
from aoxanh.kernel.errors import DomainError
from aoxanh.oversight.periods import read_day
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.permissions import Permission, places_reached
from aoxanh.web import numbers

_KEPT = ("channel", "why", "kind")
"""Who works through a box of slips chooses once; the citizen's own words are never kept."""
SLIPS_A_SHEET = 8
_VERDICTS = [choice for choice in WorkCheck.Verdict.choices if choice[0]]


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """Show the forms that the person may fill in."""
    kept = {name: request.GET.get(name, "") for name in _KEPT}
    return render(request, "desk/codes.html", _page(_actor(request), kept))


@require_safe
@never_cache
def slips(request: HttpRequest) -> HttpResponse:
    """Show a sheet of paper slips to print and cut: a place for the code and the three answers."""
    if not places_reached(_actor(request), Permission.ANSWER_ENTER):
        raise NotAllowed
    page = {"answers": Answer.choices, "slips": range(SLIPS_A_SHEET), "days": OPEN_DAYS}
    return render(request, "desk/slips.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def answer(request: HttpRequest) -> HttpResponse:
    """Take what a citizen wrote on a slip or said on the telephone."""

    def enter(actor: Actor, given: dict[str, str]) -> Entered:
        return actions.enter_answer(
            code=given.get("code", ""),
            channel=given.get("channel", ""),
            answer=given.get("answer", ""),
            day=_day(given.get("day", ""), "day"),
            by=actor,
        )

    return _entered(request, "answer", enter)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def came_back(request: HttpRequest) -> HttpResponse:
    """Take that a dossier was returned or that its citizen came back."""

    def note(actor: Actor, given: dict[str, str]) -> Entered:
        return actions.note_return(
            code=given.get("code", ""),
            why=given.get("why", ""),
            happened_on=_day(given.get("happened_on", ""), "happened_on") or clock.today(),
            by=actor,
        )

    return _entered(request, "return", note)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def check(request: HttpRequest) -> HttpResponse:
    """Take what a supervisor found about one piece of help."""

    def note(actor: Actor, given: dict[str, str]) -> Entered:
        return actions.note_check(
            code=given.get("code", ""),
            kind=given.get("kind", ""),
            verdict=given.get("verdict", ""),
            reason=given.get("reason", ""),
            day=_day(given.get("day", ""), "day"),
            by=actor,
        )

    return _entered(request, "check", note)


def _entered(
    request: HttpRequest, form: str, enter: Callable[[Actor, dict[str, str]], Entered]
) -> HttpResponse:
    """Enter what was posted and lead back to an empty form, or show the form again with the refusal."""
    actor, given = _actor(request), request.POST.dict()
    if request.method != "POST":
        return redirect("codes")
    try:
        done = enter(actor, given)
    except NotAllowed:
        raise
    except DomainError as refusal:
        page = _page(actor, given) | {"refusal": refusal, "refused": form}
        response = render(request, "desk/codes.html", page, status=refusal.status)
        if refusal.retry_seconds:
            response["Retry-After"] = str(refusal.retry_seconds)
        return response
    words = _("Noted for the help of {day}.") if done.is_new else _("This was noted before, for the help of {day}; it counts once.")  # fmt: skip
    messages.success(request, words.format(day=numbers.day(done.help.day)))
    kept = urlencode({name: given[name][:10] for name in _KEPT if given.get(name)})
    return redirect(f"{reverse('codes')}?{kept}" if kept else "codes")


def _page(actor: Actor, given: dict[str, str]) -> dict[str, Any]:
    enters, notes, checks = (
        bool(places_reached(actor, permission)) and actor.account_id is not None
        for permission in (Permission.ANSWER_ENTER, Permission.RETURN_NOTE, Permission.CHECK_NOTE)
    )
    if not (enters or notes or checks):
        raise NotAllowed
    return {
        "enters": enters,
        "notes": notes,
        "checks": checks,
        "given": {name: text[:200] for name, text in given.items()},
        "channels": [(channel.value, channel.label) for channel in ENTERED],
        "answers": Answer.choices,
        "whys": CaseReturned.Why.choices,
        "kinds": [choice for choice in WorkCheck.Kind.choices if choice[0] != WorkCheck.Kind.FILE],
        "verdicts": _VERDICTS,
        "open_days": OPEN_DAYS,
        "within": RETURNED_WITHIN,
        "check_days": CHECK_DAYS,
        "today": numbers.day(clock.today()),
    }


def _day(text: str, field: str) -> date | None:
    return read_day(text, field) if text.strip() else None


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
