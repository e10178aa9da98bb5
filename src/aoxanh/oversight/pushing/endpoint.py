"""Which addresses may be posted to: those of the browsers' push services, never one within somebody's network. Pure."""

import re
from collections.abc import Collection
from ipaddress import IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

LONGEST = 1000
_PLAIN = re.compile(r"https?://[!-~]+")
_NAME = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
_NAT64 = IPv6Network("64:ff9b::/96")


def is_allowed(endpoint: str, hosts: Collection[str], *, loopback: bool = False) -> bool:
    """Tell whether an address is https on its usual port at one of the hosts or below it; `loopback` lets tests use this machine."""
    if len(endpoint) > LONGEST or not _PLAIN.fullmatch(endpoint) or "\\" in endpoint or "#" in endpoint:
        return False
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        return False
    if loopback and parts.scheme == "http" and parts.hostname == "127.0.0.1":
        return parts.username is None
    name = parts.hostname or ""
    return (
        parts.scheme == "https"
        and "@" not in parts.netloc
        and port in (None, 443)
        and _NAME.fullmatch(name) is not None
        and any(name == host or name.endswith(f".{host}") for host in hosts)
    )


def service_of(endpoint: str) -> str:
    """Return which push service an allowed address belongs to: its host, with the port where one is named."""
    return urlsplit(endpoint).netloc


def is_public(address: str) -> bool:
    """Tell whether an address that a name led to is one of the open internet, also where it wraps an older one."""
    found = ip_address(address)
    if isinstance(found, IPv6Address):
        if found.sixtofour or found.teredo:
            return False
        inner = found.ipv4_mapped
        if inner is None and found in _NAT64:
            return is_public(str(ip_address(int(found) & 0xFFFFFFFF)))
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)
