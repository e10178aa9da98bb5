"""What the pages for citizens share: no cookie, nothing kept by the browser, no address passed on, and a language in the address."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from aoxanh.people.actors import ANONYMOUS
from aoxanh.web.safety.limits import Limit

View = Callable[..., HttpResponse]


def for_citizens(limit: Limit) -> Callable[[View], View]:
    """Open a page to anybody: in the language that ?lang= names, at most as often as the limit says, kept nowhere.

    No form token is asked for: it would need a cookie, and whoever is signed in does here what anybody may do.
    """

    def opened(view: View) -> View:
        @wraps(view)
        def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            # Somebody signed in looks and reports as anybody does: not even the log may tell them apart.
            request.actor = ANONYMOUS  # type: ignore[attr-defined]
            asked = request.GET.get("lang") or request.POST.get("lang")
            with translation.override("en" if asked == "en" else "vi"):
                if limit.takes(request):
                    response = view(request, *args, **kwargs)
                else:
                    response = render(request, "safety/wait.html", status=429)
                    response["Retry-After"] = str(limit.seconds)
            response["Cache-Control"] = "no-store"
            response["Referrer-Policy"] = "no-referrer"
            response["X-Robots-Tag"] = "noindex, nofollow"
            return response

        return login_not_required(csrf_exempt(run))

    return opened
