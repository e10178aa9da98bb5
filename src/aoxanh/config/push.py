"""Settings of Web Push; without a key made by `aoxanh push keys` and a contact nothing is pushed, and no page speaks of it."""

import re
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from aoxanh.config import environment as env

_CONTACT = re.compile(r"mailto:[^\s@]+@[\w-]+(\.[\w-]+)+|https://[\w-]+(\.[\w-]+)+", re.ASCII)
_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")


def push_key(data_dir: Path) -> Path:
    """Return the file that holds the key."""
    named = env.text(
        "AOXANH_PUSH_KEY",
        "",
        "File with the key by which push services know the site; in the data folder when empty",
    )
    return Path(named or data_dir / "push-key")


def _contact() -> str:
    contact = env.text(
        "AOXANH_PUSH_CONTACT",
        "",
        "How push services reach the operator, e.g. mailto:operator@aoxanh.example; nothing is pushed when empty",
    ).strip()
    if contact and not _CONTACT.fullmatch(contact):
        raise ImproperlyConfigured(
            "AOXANH_PUSH_CONTACT must be mailto: with an address, or https:// with a host; see docs/reference/settings.md"
        )
    return contact


def _hosts() -> tuple[str, ...]:
    """Return the hosts that may be posted to, with all below them; an address instead of a name stops the start."""
    hosts = tuple(
        host.lower()
        for host in env.words(
            "AOXANH_PUSH_HOSTS",
            "fcm.googleapis.com,push.services.mozilla.com,push.apple.com,notify.windows.com",
            "Hosts of push services, with all names below them, that messages may be posted to; no other is ever asked",
        )
    )
    for host in hosts:
        if not _HOST.fullmatch(host) or host.rsplit(".", 1)[-1].isdigit():
            raise ImproperlyConfigured(
                f"AOXANH_PUSH_HOSTS: {host!r} is no name of a host; see docs/reference/settings.md"
            )
    return hosts


PUSH_CONTACT = _contact()
PUSH_HOSTS = _hosts()
