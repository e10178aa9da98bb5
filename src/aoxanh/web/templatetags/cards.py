"""Showing the texts of guided cards in the reader's language."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


@register.filter
def said(text: Any) -> str:
    """Return a two-language text (an object or a mapping) in the reader's language, Vietnamese unless that is English."""
    language = "en" if get_language() == "en" else "vi"
    value = text[language] if isinstance(text, dict) else getattr(text, language, "")
    return str(value)


@register.filter
def flaw_ids(flaws: dict[str, str], name: str) -> SafeString | str:
    """Return the attributes that tie a field to the complaint about it, or nothing."""
    if name not in flaws:
        return ""
    return format_html('aria-invalid="true" aria-describedby="flaw-{}"', name)


@register.filter
def at(mapping: dict[str, Any], key: str) -> Any:
    """Return the value under a key, or an empty text."""
    return mapping.get(key, "")
