"""Who is calling: a phone with its token, or an officer with a session; each request reaches no further than that person."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja.errors import AuthenticationError
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from aoxanh.api.refusals import NotFromHere, SecondFactorMissing
from aoxanh.kernel.scope import NOTHING, scope
from aoxanh.people import queries as people
from aoxanh.people.actors import Actor
from aoxanh.people.errors import DeviceRevoked
from aoxanh.people.permissions import needs_second_factor
from aoxanh.people.queries import Enrolled

# What the field app itself needs; a phone shows no second factor, so it opens nothing wider to a far-reaching role.
_FIELD_PATHS = (
    "/api/v1/sync",
    "/api/v1/reference",
    "/api/v1/shifts",
    "/api/v1/attendance",
    "/api/v1/learning",
    "/api/v1/safety",
    "/api/v1/growth",
    "/api/v1/assistant",
    "/api/v1/visits",
    "/api/v1/initiatives/proposals",
)


class DeviceToken(HttpBearer):
    """A phone: `Authorization: Bearer <device token>`. Sets request.device and request.actor.

    An unknown token is 401 even when a session cookie comes along; a revoked phone is 410. For roles that must show a second
    factor the token serves the field app only.
    """

    openapi_name = "deviceToken"

    def authenticate(self, request: HttpRequest, token: str) -> Enrolled:
        enrolled = people.device_by_token(token)
        if enrolled is None:
            raise AuthenticationError
        if enrolled.device.revoked_at is not None:
            raise DeviceRevoked
        if (
            settings.REQUIRE_MFA
            and needs_second_factor(enrolled.actor)
            and not request.path.startswith(_FIELD_PATHS)
        ):
            raise SecondFactorMissing
        request.device = enrolled.device  # type: ignore[attr-defined]
        request.actor = enrolled.actor  # type: ignore[attr-defined]
        return enrolled


class Session(APIKeyCookie):
    """A signed-in person's session cookie, with the CSRF token on whatever changes something. Sets request.actor."""

    openapi_name = "session"
    param_name = settings.SESSION_COOKIE_NAME

    def _get_key(self, request: HttpRequest) -> str | None:
        return request.COOKIES.get(self.param_name)

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        if not key or not request.user.is_authenticated:
            return None
        if check_csrf(request) is not None:
            raise NotFromHere
        actor = people.actor_of(request.user)
        if settings.REQUIRE_MFA and needs_second_factor(actor) and not _has_second_factor(request):
            raise SecondFactorMissing
        request.actor = actor  # type: ignore[attr-defined]
        return actor


def _has_second_factor(request: HttpRequest) -> bool:
    from allauth.mfa.utils import is_mfa_enabled

    return bool(is_mfa_enabled(request.user, ["totp", "webauthn"]))


PERSON = [DeviceToken(), Session()]


def opens_own_reach(operation: Callable[..., Any]) -> Callable[..., Any]:
    """Mark an operation whose action opens the transaction and tells its reach itself, so that it is not told twice."""
    operation.opens_own_reach = True  # type: ignore[attr-defined]
    return operation


def in_reach(operation: Callable[..., Any]) -> Callable[..., Any]:
    """Run an operation inside a transaction that reaches as far as its actor; without one, nowhere."""
    if getattr(operation, "opens_own_reach", False):
        return operation

    @wraps(operation)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        actor: Actor | None = getattr(request, "actor", None)
        with scope(actor.scope if actor else NOTHING):
            return operation(request, *args, **kwargs)

    return run
