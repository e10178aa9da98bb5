"""The settings: that they can be read, and that they suit how the site is reached."""

import re

from aoxanh.cli.check.finding import Finding, fine, warn, wrong
from aoxanh.kernel.errors import DomainError

LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}
# What Django says of a site without HTTPS; said once by ourselves, and only where people come from outside.
ABOUT_HTTPS = {
    "security.W004",
    "security.W008",
    "security.W012",
    "security.W016",
    "security.W018",
    "security.W021",
}


def load() -> Finding | None:
    """Start Django, or return why the settings cannot be read."""
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except DomainError as error:
        return wrong(
            "settings", str(error), error.remedy_text or "Run `aoxanh db start`, then `aoxanh migrate`."
        )
    except ImproperlyConfigured as error:
        return wrong(
            "settings", str(error), "Correct the variable; docs/reference/settings.md lists them all."
        )
    return None


def look() -> list[Finding]:
    """Look at what the environment says."""
    return [_debug(), _hosts(), _https(), _second_factor(), *_deployment()]


def _debug() -> Finding:
    from django.conf import settings

    if settings.DEBUG:
        return wrong("debug", "Pages show error details to everybody.", "Unset AOXANH_DEBUG and start again.")
    return fine("debug", "off")


def _hosts() -> Finding:
    from django.conf import settings

    hosts = ", ".join(settings.ALLOWED_HOSTS)
    if "*" in settings.ALLOWED_HOSTS:
        return wrong("hosts", "The site answers to any name.", "Name the site's own hosts in AOXANH_HOSTS.")
    if not settings.ALLOWED_HOSTS:
        return wrong("hosts", "The site answers to no name.", "Name the site's own hosts in AOXANH_HOSTS.")
    return fine("hosts", hosts)


def _https() -> Finding:
    from django.conf import settings

    outside = sorted(set(settings.ALLOWED_HOSTS) - LOOPBACK)
    plain = [origin for origin in settings.CSRF_TRUSTED_ORIGINS if not re.match(r"https://", origin)]
    if plain and settings.HTTPS:
        return wrong("https", f"These origins are not HTTPS: {', '.join(plain)}.", "Correct AOXANH_ORIGINS.")
    if outside and not settings.HTTPS:
        return wrong(
            "https",
            f"{', '.join(outside)} would be served without HTTPS; phones then keep no offline app, and passwords travel open.",
            "Put a proxy with TLS in front and set AOXANH_HTTPS=true (docs/operate/install.md).",
        )
    return fine("https", "on" if settings.HTTPS else "off; reached from this machine only")


def _second_factor() -> Finding:
    from django.conf import settings

    if not settings.REQUIRE_MFA:
        return warn(
            "second_factor",
            "Far-reaching roles can sign in with a password alone.",
            "Set AOXANH_REQUIRE_MFA=true outside of demonstrations.",
        )
    return fine("second_factor", "asked of roles above the commune")


def _deployment() -> list[Finding]:
    from django.conf import settings
    from django.core.checks import WARNING, run_checks

    said = [item for item in run_checks(include_deployment_checks=True) if item.level >= WARNING]
    told = [item for item in said if settings.HTTPS or item.id not in ABOUT_HTTPS]
    if not told:
        return [fine("django", "no warnings of its deployment checks")]
    return [
        warn("django", f"{item.id}: {item.msg}", item.hint or "See Django's deployment checklist.")
        for item in told
    ]
