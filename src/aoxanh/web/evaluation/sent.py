"""What the pages of evaluation read from a form, and how a refusal is shown."""

from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from aoxanh.kernel.errors import DomainError
from aoxanh.oversight.evaluation_errors import UnfitScore
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.permissions import Permission, places_reached, require
from aoxanh.places import queries as places
from aoxanh.places.models import Place

_LONGEST = 12


def actor_of(request: HttpRequest) -> Actor:
    """Return who asks."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def whole(text: str, field: str) -> int:
    """Read a whole number. Raises UnfitScore."""
    digits = text.strip().replace(".", "").replace(" ", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST):
        raise UnfitScore(field=field, reason=_("“{text}” is not a whole number").format(text=text[:20]))
    return int(digits)


def wholes(request: HttpRequest, names: Iterable[str], prefix: str) -> dict[str, int]:
    """Read a whole number for each name. Raises UnfitScore."""
    return {name: whole(request.POST.get(f"{prefix}{name}", ""), name) for name in names}


def exact(text: str, field: str) -> Decimal:
    """Read a number with a decimal comma or point. Raises UnfitScore."""
    try:
        if len(text) > _LONGEST:
            raise InvalidOperation  # noqa: TRY301 - one way out for both
        value = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        raise UnfitScore(field=field, reason=_("“{text}” is not a number").format(text=text[:20])) from None
    if not value.is_finite():
        raise UnfitScore(field=field, reason=_("“{text}” is not a number").format(text=text[:20]))
    return value


def attempt(request: HttpRequest, action: Callable[[], Any], done: str, to: str) -> HttpResponse:
    """Do something that may be refused, say how it went, and lead on; what is not there stays a 404."""
    try:
        action()
    except DomainError as refusal:
        if refusal.status == 404:
            raise
        messages.error(request, f"{refusal} {refusal.remedy_text}")
    else:
        messages.success(request, done)
    return redirect(to)


def place_asked(request: HttpRequest, permission: Permission) -> Place:
    """Return the place that ?place= names, or the widest that the person has the permission at. Raises NotAllowed."""
    actor = actor_of(request)
    reached = places_reached(actor, permission)
    if reached == []:
        raise NotAllowed
    place = places.place_by_code(request.GET.get("place", "") or (reached[0] if reached else "VN"))
    require(actor, permission, place)
    return place
