"""The field app's page, its service worker and its manifest; all three are public and the same for everyone."""

import json

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from aoxanh.web.field import shell


@require_safe
@login_not_required
@never_cache
def app(request: HttpRequest) -> HttpResponse:
    """Show the field app's shell; the service worker keeps this page for work without a network."""
    entry, *modules = (static(name) for name in shell.first_scripts())
    page = {
        "entry": entry,
        "modules": modules,
        "styles": [static(name) for name in shell.STYLES],
        "shell_version": shell.version(),
    }
    return render(request, "field/app.html", page)


@require_safe
@login_not_required
@never_cache
def service_worker(_request: HttpRequest) -> HttpResponse:
    """Return the service worker with the list of files of this version written before it."""
    pages = [reverse(f"field:{name}") for name in ("app", "manifest", "rules")]
    kept = {
        "VERSION": shell.version(),
        "SHELL": [*pages, *shell.addresses()],
        "LATER": shell.later_addresses(),
    }
    head = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in kept.items())
    code = (shell.STATIC / shell.WORKER).read_text(encoding="utf-8")
    return HttpResponse(head + code, content_type="text/javascript; charset=utf-8")


@require_safe
@login_not_required
@never_cache
def guard_rules(_request: HttpRequest) -> HttpResponse:
    """Return the rules by which the phone finds personal data in free text: the very ones the server uses."""
    return HttpResponse(shell.GUARD_RULES.read_bytes(), content_type="application/json")


@require_safe
@login_not_required
def manifest(_request: HttpRequest) -> JsonResponse:
    """Return the web app manifest, so that phones can install the app on the home screen."""
    icons = [
        {
            "src": static(f"field/icons/{name}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for name, size, purpose in (
            ("icon-192", 192, "any"),
            ("icon-512", 512, "any"),
            ("maskable-512", 512, "maskable"),
        )
    ]
    body = {
        "id": reverse("field:app"),
        "name": "Áo Xanh",
        "short_name": "Áo Xanh",
        "description": _("Help people use online public services, with or without a network."),
        "lang": settings.LANGUAGE_CODE,
        "start_url": reverse("field:app"),
        "scope": reverse("field:app"),
        "display": "standalone",
        "orientation": "any",
        "background_color": "#f3f6f9",
        "theme_color": "#0b5cab",
        "icons": icons,
    }
    return JsonResponse(body, content_type="application/manifest+json")
