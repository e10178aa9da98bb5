"""How allauth behaves here: accounts are given, never taken; guessing is slowed for the account, never for a whole office.

A commune office is one address on the internet. So failures are counted for (account, address) and, more patiently,
for the account from any address it has never been signed in from; no count stands on the address alone.
"""

from typing import Any
from uuid import UUID

from allauth.account import signals
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core.internal import ratelimit
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.usersessions.models import UserSession
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from aoxanh.people import queries as people
from aoxanh.people.models import Account
from aoxanh.web.middleware import LANGUAGE_COOKIE

APP = "allauth.account"
YEAR = 31_536_000


class AccountBackend(AuthenticationBackend):  # type: ignore[misc]
    """Reads the account of a session together with its roles and teams, for every page needs both."""

    def get_user(self, user_id: UUID) -> Account | None:
        account = people.signed_in(user_id)
        return account if account and self.user_can_authenticate(account) else None


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """No open sign-up; counts failures by account and address."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": _(
            "Too many wrong passwords. Please wait 15 minutes, or ask your coordinator for a new sign-in link."
        ),
        "username_password_mismatch": _("The account name or the password is wrong."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt before the password is looked at; a success takes its counts back."""
        name = _counted_name(credentials)
        here = ratelimit.consume(request, app=APP, action="login_failed", key=_key_here(request, name))
        if (
            here
            and not UserSession.objects.filter(user__username=name, ip=self.get_client_ip(request)).exists()
        ):
            anywhere = ratelimit.consume(
                request, app=APP, action="login_failed_anywhere", key=f"anywhere {name}"
            )
            here = anywhere and ratelimit.RateLimitUsage(here.usage + anywhere.usage)
        self._login_failed_rl_usage = here
        if not here:
            raise self.validation_error("too_many_login_attempts")

    def post_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> HttpResponse:
        """Let the person read in the language they chose on another device."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        remember_language(response, user.language)
        return response


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """An OpenID Connect identity must belong to an account that a coordinator made."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:  # noqa: ARG002 - allauth's signature
        return False


def remember_language(response: HttpResponse, language: str) -> None:
    """Keep the language on this browser for a year."""
    response.set_cookie(
        LANGUAGE_COOKIE, "en" if language == "en" else "vi", max_age=YEAR, samesite="Lax", httponly=True
    )


def _counted_name(credentials: dict[str, Any]) -> str:
    """Return the account name as the database compares it, so that no spelling of it is counted apart."""
    return str(credentials.get("username") or credentials.get("email") or "").upper().lower()


def _key_here(request: HttpRequest, name: str) -> str:
    return f"here {name} {ratelimit.get_ip(request)}"


@receiver(signals.password_reset)
def forgive_failures(request: HttpRequest, user: Account, **_kwargs: Any) -> None:
    """Forget the failures of somebody who has just proved themselves with a sign-in link."""
    name = _counted_name({"username": user.username})
    ratelimit.clear(request, app=APP, action="login_failed", key=_key_here(request, name))
    ratelimit.clear(request, app=APP, action="login_failed_anywhere", key=f"anywhere {name}")


def forgotten_password(request: HttpRequest) -> HttpResponse:
    """Tell who can give a new sign-in link; most volunteers have no e-mail address to send one to."""
    return render(request, "account/forgotten.html")
