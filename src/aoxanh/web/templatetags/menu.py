"""The main menu, for templates."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from aoxanh.web import navigation

register = template.Library()


@register.simple_tag(takes_context=True)
def main_menu(context: dict[str, Any]) -> SafeString:
    """Show the menu of the person asking; on error pages without a request, that of nobody."""
    return navigation.drawn(context.get("request"))
