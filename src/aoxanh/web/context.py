"""What every template may use: the actor and the product's version."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from aoxanh.people.actors import ANONYMOUS


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the names that base.html reads."""
    return {"actor": getattr(request, "actor", ANONYMOUS), "version": settings.VERSION}
