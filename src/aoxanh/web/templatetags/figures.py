"""Filters that write numbers and moments the way `web.numbers` does."""

from datetime import datetime
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from aoxanh.oversight.definitions import DEFINITIONS, Definition
from aoxanh.web import numbers
from aoxanh.web.boards import markup
from aoxanh.web.boards.cards import Card

register = template.Library()


@register.filter
def number(value: float) -> str:
    """Return the number with thousands separated."""
    return numbers.number(value)


@register.filter
def moment(value: datetime) -> str:
    """Return the moment by Vietnam's clock."""
    return numbers.moment(value)


@register.filter
def what(definition: Definition) -> SafeString:
    """Return the mark that tells what a figure counts; a board holds twenty, so each is drawn once a language."""
    return _what(definition.key, get_language())


@register.filter
def drawn(cards: list[Card]) -> SafeString:
    """Return the cards of a board's key figures."""
    return markup.card_list(cards, what)


@lru_cache(maxsize=256)
def _what(key: str, _language: str | None) -> SafeString:
    return render_to_string("boards/what.html", {"item": DEFINITIONS[key]})


@register.simple_tag
def meanings() -> SafeString:
    """Return what every figure counts and where it comes from, as the foot of every board; drawn once a language."""
    return _meanings(get_language())


@lru_cache(maxsize=8)
def _meanings(_language: str | None) -> SafeString:
    sources = dict.fromkeys(str(item.source) for item in DEFINITIONS.values())
    return render_to_string("boards/meanings.html", {"definitions": DEFINITIONS.values(), "sources": sources})
