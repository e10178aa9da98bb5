"""The one error shape of the API, whatever went wrong: {"error": {"code", "message", "remedy", "field"}}."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from aoxanh.kernel.errors import DomainError


class RefusalOut(Schema):
    """Why something was refused, and what to do instead; `field` names the input that was wrong, if one was."""

    code: str
    message: str
    remedy: str
    field: str


class Refused(Schema):
    """The body of every answer from 400 up."""

    error: RefusalOut


# For the `response=` of an operation, next to its own answer: `response={200: TeamPage, **REFUSALS}`.
REFUSALS: dict[int, type[Schema]] = dict.fromkeys(
    (400, 401, 403, 404, 409, 410, 413, 422, 429, 500, 503), Refused
)


class NotSignedIn(DomainError):
    """No valid device token and no session."""

    code = "not_signed_in"
    status = 401
    message = _("You are not signed in.")
    remedy = _("Sign in again; nothing on your phone is lost.")


class NotFromHere(DomainError):
    """The cross-site token is missing or wrong."""

    code = "csrf"
    status = 403
    message = _("The request does not come from a page of ours.")
    remedy = _("Fetch /api/v1/csrf and send its token as X-CSRFToken.")


class SecondFactorMissing(DomainError):
    """The role asks for a second factor that is not set up."""

    code = "second_factor_missing"
    status = 403
    message = _("Your role needs a second factor before anything else.")
    remedy = _("Open the page of your account and set one up.")


class DamagedBody(DomainError):
    """The body is not JSON that can be stored."""

    code = "bad_json"
    status = 400
    message = _("The body is not plain JSON in UTF-8.")
    remedy = _("Send a JSON object without NUL characters, lone surrogates or deep nesting.")


class BodyTooLarge(DomainError):
    """The body is larger than the address takes."""

    code = "too_large"
    status = 413
    message = _("The body is too large.")
    remedy = _("Send it in smaller pieces.")


class BadInput(DomainError):
    """A value is missing or not of its kind."""

    code = "bad_input"
    status = 400
    message = _("The value of {name} is missing or not of its kind: {why}")
    remedy = _("Compare with the API's description under /api/v1/openapi.json.")


class NothingThere(DomainError):
    """The address leads nowhere, or nowhere for this person."""

    code = "not_found"
    status = 404
    message = _("There is nothing here for you.")
    remedy = _("Check the address, or ask your coordinator for the role you need.")


class OtherRefusal(DomainError):
    """Any other refusal of the server, by its HTTP status alone."""

    code = "refused"
    message = _("The request was refused ({status}).")
    remedy = _("Compare with the API's description under /api/v1/openapi.json.")


def answer(error: DomainError, status: int | None = None) -> HttpResponse:
    """Return the response for a refusal; a revoked phone is told to erase what it holds."""
    response = JsonResponse({"error": error.as_dict()}, status=status or error.status)
    if error.retry_seconds:
        response["Retry-After"] = str(error.retry_seconds)
    if response.status_code == 410:
        response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def by_status(status: int) -> HttpResponse:
    """Return the refusal that fits an HTTP status when nothing more is known."""
    known: dict[int, type[DomainError]] = {401: NotSignedIn, 404: NothingThere, 413: BodyTooLarge}
    return answer(known.get(status, OtherRefusal)(status=status), status)


def teach(api: NinjaAPI) -> None:
    """Make every refusal of the API take the one shape; what nobody foresaw goes on to the site's own error page."""
    api.add_exception_handler(DomainError, _domain)
    api.add_exception_handler(AuthenticationError, lambda _request, _error: answer(NotSignedIn()))
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(HttpError, _refused)
    api.add_exception_handler(Http404, lambda _request, _error: answer(NothingThere()))
    api.add_exception_handler(RequestDataTooBig, lambda _request, _error: answer(BodyTooLarge()))


def _domain(_request: HttpRequest, error: Any) -> HttpResponse:
    return answer(error)


def _invalid(_request: HttpRequest, error: Any) -> HttpResponse:
    first = error.errors[0]
    # ["body", "wanted", "device"]: where the value stood, what we call it inside, and the sender's own name for it.
    name = ".".join(str(part) for part in first["loc"][2:]) or str(first["loc"][-1])
    return answer(BadInput(field=name, name=name, why=first["msg"]))


def _refused(_request: HttpRequest, error: Any) -> HttpResponse:
    cause = error.__cause__
    if isinstance(cause, RequestDataTooBig):
        return answer(BodyTooLarge())
    if isinstance(cause, DomainError):
        return answer(cause)
    if cause is not None:
        return answer(DamagedBody())
    return by_status(error.status_code)
