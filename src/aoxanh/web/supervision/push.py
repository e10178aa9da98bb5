"""Being told in a browser: turned on and off on the inbox page, and ended by whoever signs out of it.

A signed cookie says which of the person's browsers this one is; it outlives the session, so that signing out ends what was turned
on in an earlier one.
"""

from typing import Any
from uuid import UUID

from allauth.account import signals
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.core import signing
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from aoxanh.oversight import push_queries as queries
from aoxanh.oversight.actions import pushing
from aoxanh.oversight.pushing.envelope import Keys
from aoxanh.people.actors import Actor
from aoxanh.people.models import Account
from aoxanh.web.supervision.browsers import browser_named
from aoxanh.web.supervision.worker import code

COOKIE, YEAR = "push", 31_536_000


@require_safe
@login_not_required
@never_cache
def worker(_request: HttpRequest) -> HttpResponse:
    """Return the service worker that shows messages; it lies in its own scope and touches no request."""
    return HttpResponse(code(), content_type="text/javascript; charset=utf-8")


@require_POST
def on(request: HttpRequest) -> HttpResponse:
    """Tell the person in this browser from now on."""
    given, by = request.POST, _actor(request)
    facts = pushing.BrowserFacts(
        given.get("endpoint", ""),
        Keys(given.get("p256dh", ""), given.get("auth", "")),
        browser_named(request.headers.get("User-Agent", "")),
    )
    row = pushing.turn_on(facts=facts, by=by, instead_of=this_browser(request))
    messages.success(request, _("This browser will tell you when something waits."))
    response = redirect("tasks")
    response.set_signed_cookie(
        COOKIE, str(row.id), max_age=YEAR, httponly=True, samesite="Lax", secure=settings.HTTPS
    )
    return response


@require_POST
def off(request: HttpRequest, browser_id: UUID) -> HttpResponse:
    """Tell the person no longer in one of their browsers."""
    pushing.turn_off(browser_id=browser_id, by=_actor(request))
    messages.success(request, _("That browser tells you nothing any more."))
    response = redirect("tasks")
    if browser_id == this_browser(request):
        response.delete_cookie(COOKIE, samesite="Lax")
    return response


def section(request: HttpRequest) -> dict[str, Any] | None:
    """Return what the inbox page says of browsers; None where nothing is pushed."""
    speaks, here = queries.sender(), this_browser(request)
    if speaks is None:
        return None
    rows = list(queries.own_browsers(_actor(request)))
    mark = speaks.key.mark
    return {
        "key": speaks.key.public,
        "browsers": [(row, row.id == here) for row in rows],
        "here": any(row.id == here and row.server_key == mark for row in rows),
    }


def this_browser(request: HttpRequest) -> UUID | None:
    """Return by which of its subscriptions this browser is known, if by any."""
    try:
        return UUID(request.get_signed_cookie(COOKIE, default="", max_age=YEAR))
    except (signing.BadSignature, ValueError):
        return None


@receiver(user_logged_out)
def end_with_the_sign_in(request: HttpRequest, user: Account | None, **_more: Any) -> None:
    """Tell somebody nothing more in the browser that they sign out of."""
    browser = this_browser(request) if user else None
    if user and browser:
        pushing.end_in_browser(browser_id=browser, by=Actor(name="signing out", account_id=user.id))


@receiver(user_logged_in)
def end_for_whoever_was_here_before(request: HttpRequest, user: Account, **_more: Any) -> None:
    """Tell nothing more to whoever used a browser before, once somebody else signs in on it."""
    browser = this_browser(request)
    if browser:
        by = Actor(name="signing in", account_id=user.id)
        pushing.end_in_browser(browser_id=browser, by=by, others_only=True)


@receiver([signals.password_changed, signals.password_set, signals.password_reset])
def end_with_the_password(request: HttpRequest, user: Account, **_more: Any) -> None:
    """Tell the other browsers of somebody with a new password nothing more; the old one may have been known to others."""
    by = Actor(name="new password", account_id=user.id)
    pushing.end_everywhere(account=user, by=by, but=this_browser(request))


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
