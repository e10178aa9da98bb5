"""Filters that write numbers and moments the way `web.numbers` does."""

from datetime import datetime

from django import template

from aoxanh.web import numbers

register = template.Library()


@register.filter
def number(value: float) -> str:
    """Return the number with thousands separated."""
    return numbers.number(value)


@register.filter
def moment(value: datetime) -> str:
    """Return the moment by Vietnam's clock."""
    return numbers.moment(value)
