"""Turns audit entries into lines that a person reads: the place, what was done, who by, with which roles."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from aoxanh.audit.models import AuditEntry
from aoxanh.people.models import Role
from aoxanh.places import queries as places
from aoxanh.web.audit.meanings import meaning

_GRANT = re.compile(r"([a-z_]+)@(VN|\d{5}|\d{2})")


@dataclass(frozen=True, slots=True)
class Line:
    """One entry with its words; `who` is an account id or a job, never a name."""

    entry: AuditEntry
    meaning: str
    place: str
    who: str
    roles: list[str]


def lines_of(entries: list[AuditEntry]) -> list[Line]:
    """Return the lines of entries, in their order. Costs two queries for any number."""
    codes = {entry.chain for entry in entries} | {
        code for entry in entries for _role, code in _GRANT.findall(entry.actor)
    }
    addresses = _addresses(codes)
    return [_line(entry, addresses) for entry in entries]


def place_name(chain: str) -> str:
    """Return what a chain's place is called."""
    return _addresses([chain])[chain]


def _line(entry: AuditEntry, addresses: dict[str, str]) -> Line:
    who, _space, _roles = entry.actor.partition(" ")
    roles = [f"{_role(role)}, {addresses[code]}" for role, code in _GRANT.findall(entry.actor)]
    return Line(entry, meaning(entry.action), addresses[entry.chain], who, roles)


def _role(name: str) -> str:
    return str(Role(name).label) if name in Role else name


def _addresses(codes: Iterable[str]) -> dict[str, str]:
    """Return what the places of these codes are called; a code that is no place stands for itself."""
    wanted = set(codes)
    names = {code: code for code in wanted} | {"VN": _("the whole country")}
    names |= {place.code: place.full_name for place in places.provinces()}
    return names | {
        place.code: place.address
        for place in places.communes_below({code for code in wanted if len(code) == 5})
    }
