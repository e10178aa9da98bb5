"""The public check of a certificate, and what other programs need for it: no account, no cookie, no script, nothing kept of who asked."""

from typing import Any

from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from aoxanh.training import actions, credential_queries, queries
from aoxanh.training.credentials import credential, jose
from aoxanh.training.keys import published_keys
from aoxanh.web.training.site import site_of

# By the minute and address: an office that checks a whole team's papers stays far below it.
LIMIT = {"certificate_check": "60/m/key"}
FRESH = "public, max-age=300"


@csrf_exempt  # nothing is changed by it, and a token for it would need a cookie
@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def check(request: HttpRequest, code: str = "") -> HttpResponse:
    """Say whether a certificate is genuine and still holds, by its code in the address or by what was typed."""
    asked = code or request.POST.get("text", "")
    language = "en" if request.GET.get("lang") == "en" else "vi"
    with translation.override(language):
        if asked and not _is_within_limit(request):
            answer = render(request, "training/check.html", {"busy": True, "language": language}, status=429)
            answer["Retry-After"] = "60"
            return answer
        found = credential_queries.check(asked) if asked else None
        status = 404 if found and found.state == "unknown" else 200
        page = {"found": found, "language": language, "asked": asked}
        answer = render(request, "training/check.html", page, status=status)
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@require_safe
@login_not_required
def keys(request: HttpRequest) -> HttpResponse:
    """Give every public key whose signatures count, as a JSON Web Key Set."""
    actions.published_key()
    site = site_of(request)
    return _json(
        {"keys": [jose.jwk(key, credential.kid_of(site, name)) for name, key in published_keys().items()]}
    )


@require_safe
@login_not_required
def key(request: HttpRequest, thumbprint: str) -> HttpResponse:
    """Give one public key, under the address that credentials name it by."""
    found = published_keys().get(thumbprint)
    if found is None:
        raise Http404
    return _json(jose.jwk(found, credential.kid_of(site_of(request), thumbprint)))


@require_safe
@login_not_required
def status_list(request: HttpRequest, number: int) -> HttpResponse:
    """Give the signed list of who was taken back, which may be kept and used without a network."""
    token = credential_queries.status_list(number, site=site_of(request), key=actions.published_key())
    if token is None:
        raise Http404
    answer = HttpResponse(token, content_type="application/vc+jwt")
    answer["Cache-Control"] = FRESH
    return answer


@require_safe
@login_not_required
def issuer(request: HttpRequest) -> HttpResponse:
    """Say who stands behind the certificates."""
    return _json(credential.issuer_of(site_of(request)))


@require_safe
@login_not_required
def group(request: HttpRequest, code: str) -> HttpResponse:
    """Say what a skill group's certificate stands for."""
    found = queries.skill_groups().filter(code=code).first()
    if found is None:
        raise Http404
    return _json(credential.achievement_of(site_of(request), code, found.name_vi))


def _is_within_limit(request: HttpRequest) -> bool:
    """Count a check; what is kept for a minute is a hash of the address."""
    key = f"check {ratelimit.get_ip(request)}"
    used = ratelimit.consume(
        request, app="aoxanh", action="certificate_check", config=LIMIT, key=key, limit_get=True
    )
    return bool(used)


def _json(value: dict[str, Any]) -> HttpResponse:
    answer = JsonResponse(value, json_dumps_params={"ensure_ascii": False})
    answer["Cache-Control"] = FRESH
    return answer
