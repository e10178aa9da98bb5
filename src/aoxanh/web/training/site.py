"""Under which address certificates name this site."""

from django.conf import settings
from django.http import HttpRequest


def site_of(request: HttpRequest) -> str:
    """Return the public address of the site, without a slash at its end."""
    return settings.PUBLIC_URL or f"{request.scheme}://{request.get_host()}"
