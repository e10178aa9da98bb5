"""Gives the one error shape to what is refused before, or beside, the API's own operations."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from aoxanh.api.refusals import by_status

Next = Callable[[HttpRequest], HttpResponse]


class OneErrorShape:
    """Turns pages of refusal under /api/ (unknown address, wrong method, hostile input) into the JSON shape."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_json = response.headers.get("Content-Type", "").startswith("application/json")
        if not request.path.startswith("/api/") or response.status_code < 400 or is_json:
            return response
        shaped = by_status(response.status_code)
        for header in ("Allow", "Retry-After"):
            if header in response.headers:
                shaped[header] = response.headers[header]
        return shaped
