"""The main menu and addresses of pages that may be absent, for templates."""

from typing import Any

from django import template

from aoxanh.web import navigation

register = template.Library()


@register.inclusion_tag("nav.html", takes_context=True)
def main_menu(context: dict[str, Any]) -> dict[str, Any]:
    """Show the menu of the person asking; on error pages without a request, none."""
    request = context.get("request")
    signed_in = bool(request and getattr(request, "user", None) and request.user.is_authenticated)
    return {
        "entries": navigation.entries(request) if request else [],
        "signed_in": signed_in,
        "request": request,
    }
