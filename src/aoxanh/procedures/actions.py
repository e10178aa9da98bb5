"""What people do to procedures: publish a version, let one procedure take another's place, confirm; and load the product's own."""

import hashlib
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid5

import msgspec
from django.db import transaction

from aoxanh.audit import actions as audit
from aoxanh.kernel import clock
from aoxanh.kernel.ids import uuid7
from aoxanh.people.actions.accounts import fit_name
from aoxanh.people.actors import Actor, system
from aoxanh.people.permissions import Permission, require
from aoxanh.places import queries as places
from aoxanh.places.models import Place
from aoxanh.procedures import seed
from aoxanh.procedures.card import Card, plain
from aoxanh.procedures.errors import CardInvalid, EditConflict, NotSupersedable, UnknownProcedure
from aoxanh.procedures.models import Guide, Procedure, ProcedureVersion
from aoxanh.procedures.rules import flaws_of

_OURS = UUID("6d1f6a55-3a0b-5d0f-9c5e-2f6a4c0f7a11")
"""Versions that come with the product have name-based ids (UUIDv5) under this one; versions made by people have UUIDv7."""

NATION = "VN"


@dataclass
class Loaded:
    """What a load did: codes by what became of their card, and the guides that changed."""

    made: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    guides: list[str] = field(default_factory=list)


@transaction.atomic
def load_procedures() -> Loaded:
    """Bring the cards and guides of this release into the database; safe to repeat.

    An unchanged card makes no new version. A card that people have edited since is never overwritten: it is reported as
    `kept`, and a person decides.
    """
    loaded = Loaded()
    cards = seed.read_cards()
    locked = _lock(
        [code for card in cards for code in (card.code, *card.supersedes)],
        {card.code: card.group for card in cards},
    )
    versions = _versions_by_code(list(locked))
    for card in cards:
        _load(card, locked[card.code], versions.get(card.code, []), loaded)
        _supersede_all(card, locked)
    for key, body in seed.read_guides().items():
        if _load_guide(key, body):
            loaded.guides.append(key)
    if loaded.made or loaded.guides:
        audit.record(
            chain=NATION,
            actor=str(system("load_procedures")),
            action="procedures.release.loaded",
            details={"versions": loaded.made, "guides": loaded.guides, "kept": loaded.kept},
        )
    return loaded


@transaction.atomic
def publish_version(*, card: Card, province: Place | None, base: int, by: Actor) -> ProcedureVersion:
    """Publish a card as a new version, for the nation or for one province, from the card's `valid_from` on.

    `base` is the number of the version the edit began from, 0 for a first one. Raises EditConflict when somebody
    published on the same base first, CardInvalid when a rule is broken. The version it replaces ends the day before.
    """
    place = province or _nation()
    require(by, Permission.PROCEDURE_EDIT, place)
    locked = _lock([card.code, *card.supersedes], {card.code: card.group})
    procedure = locked[card.code]
    versions = list(procedure.versions.order_by("number"))
    _check_base(versions, province, base)
    flaws = tuple(flaws_of(card))
    if flaws:
        raise CardInvalid(card=card.code, flaws=flaws)
    version = _publish(procedure, card, province, versions)
    if any(locked[code].superseded_by_id != card.code for code in card.supersedes):
        # It ends the other card for everybody, so a province's own card cannot do it.
        require(by, Permission.PROCEDURE_EDIT, _nation())
    _supersede_all(card, locked)
    _record("procedures.version.published", version, by)
    return version


@transaction.atomic
def supersede(*, old: str, new: str, by: Actor) -> Procedure:
    """Let another procedure take an old one's place from today: its cards end, and its code leads on to the new one."""
    require(by, Permission.PROCEDURE_EDIT, _nation())
    rows = {
        row.code: row
        for row in Procedure.objects.select_for_update().filter(code__in=[old, new]).order_by("code")
    }
    for code in (old, new):
        if code not in rows:
            raise UnknownProcedure(code=code)
    _end(rows[old], rows[new])
    audit.record(
        chain=NATION,
        actor=str(by),
        action="procedures.procedure.superseded",
        subject=old,
        details={"by": new},
    )
    return rows[old]


@transaction.atomic
def confirm_version(*, version_id: UUID, checked_by: str, by: Actor) -> ProcedureVersion:
    """Record that somebody has read a version against the law and the portal today, and found it right."""
    version = (
        ProcedureVersion.objects.select_for_update(of=("self",))
        .select_related("province")
        .filter(id=version_id)
        .first()
    )
    if version is None:
        raise UnknownProcedure(code="?")
    require(by, Permission.PROCEDURE_EDIT, version.province or _nation())
    version.checked_by = fit_name(checked_by or by.name, "checked_by", 120)
    version.checked_on = clock.today()
    version.confidence = ProcedureVersion.Confidence.HIGH
    version.save(update_fields=["checked_by", "checked_on", "confidence"])
    _record("procedures.version.confirmed", version, by)
    return version


def _nation() -> Place:
    return places.place_by_code(NATION)


def _lock(codes: list[str], groups: dict[str, str]) -> dict[str, Procedure]:
    """Lock the procedures' rows in code order, making those that are new; orders all writers of one procedure."""
    group_of = {**dict.fromkeys(codes, next(iter(groups.values()))), **groups}
    Procedure.objects.bulk_create(
        [Procedure(code=code, group=group_of[code]) for code in sorted(set(codes))], ignore_conflicts=True
    )
    return {
        row.code: row for row in Procedure.objects.select_for_update().filter(code__in=codes).order_by("code")
    }


def _check_base(versions: list[ProcedureVersion], province: Place | None, base: int) -> None:
    """Refuse an edit whose base is no longer the newest of its place (or of the nation, for a province's first card)."""
    place = province.code if province else None
    own = [version.number for version in versions if version.province_id == place]
    national = [version.number for version in versions if version.province_id is None]
    newest = max(own or national, default=0)
    if base != newest:
        raise EditConflict(newest=newest)


def _publish(
    procedure: Procedure,
    card: Card,
    province: Place | None,
    versions: list[ProcedureVersion],
    *,
    ours: bool = False,
) -> ProcedureVersion:
    """Write the version, and end the ones of the same place where it begins."""
    number = max((version.number for version in versions), default=0) + 1
    place = province.code if province else None
    same = [version for version in versions if version.province_id == place]
    version = ProcedureVersion(
        id=_our_id(card, number) if ours else uuid7(),
        procedure=procedure,
        number=number,
        province=province,
        valid_from=card.valid_from,
        valid_to=_make_room(same, card),
        name_vi=card.name.vi,
        name_en=card.name.en,
        card=plain(card),
        confidence=card.confidence,
        source=card.source,
    )
    version.save(force_insert=True)
    if procedure.group != card.group and province is None:
        procedure.group = card.group
        procedure.save(update_fields=["group"])
    return version


def _make_room(versions: list[ProcedureVersion], card: Card) -> date | None:
    """End the live versions where the card begins; return where it ends itself: at the next one already announced.

    A version that began later than the card, but has begun, is replaced as a mistake: it then held on no day at all.
    """
    today = clock.today()
    ends = None
    for version in versions:
        if version.valid_to is not None and version.valid_to <= max(version.valid_from, card.valid_from):
            continue
        if version.valid_from > max(card.valid_from, today):
            ends = min(ends or version.valid_from, version.valid_from)
            continue
        version.valid_to = max(version.valid_from, card.valid_from)
        version.save(update_fields=["valid_to"])
    return ends


def _versions_by_code(codes: list[str]) -> dict[str, list[ProcedureVersion]]:
    found: dict[str, list[ProcedureVersion]] = {}
    for version in ProcedureVersion.objects.filter(procedure__in=codes).order_by("procedure", "number"):
        found.setdefault(version.procedure_id, []).append(version)
    return found


def _load(card: Card, procedure: Procedure, versions: list[ProcedureVersion], loaded: Loaded) -> None:
    national = [version for version in versions if version.province_id is None]
    ours = [version for version in national if version.id.version == 5]
    if ours and ours[-1].card == plain(card):
        loaded.unchanged.append(card.code)
    elif procedure.superseded_by_id or (national and national[-1].id.version != 5):
        loaded.kept.append(card.code)
    else:
        version = _publish(procedure, card, None, versions, ours=True)
        loaded.made.append(f"{card.code}#{version.number}")


def _our_id(card: Card, number: int) -> UUID:
    digest = hashlib.sha256(msgspec.json.encode(card, order="sorted")).hexdigest()
    return uuid5(_OURS, f"{card.code}#{number}#{digest}")


def _supersede_all(card: Card, locked: dict[str, Procedure]) -> None:
    for code in card.supersedes:
        if locked[code].superseded_by_id != card.code:
            _end(locked[code], locked[card.code])


def _end(old: Procedure, new: Procedure) -> None:
    if _leads_to(new, old.code):
        raise NotSupersedable(old=old.code, new=new.code)
    old.superseded_by = new
    old.save(update_fields=["superseded_by"])
    today = clock.today()
    for version in old.versions.filter(valid_to=None):
        version.valid_to = max(version.valid_from, today)
        version.save(update_fields=["valid_to"])


def _leads_to(procedure: Procedure, code: str) -> bool:
    step: Procedure | None = procedure
    while step is not None:
        if step.code == code:
            return True
        step = step.superseded_by
    return False


def _load_guide(key: str, body: Any) -> bool:
    guide, is_new = Guide.objects.get_or_create(key=key, defaults={"body": body})
    if is_new or guide.body == body:
        return is_new
    guide.body, guide.number, guide.published_at = body, guide.number + 1, clock.now()
    guide.save()
    return True


def _record(action: str, version: ProcedureVersion, by: Actor) -> None:
    audit.record(
        chain=version.province_id or NATION,
        actor=str(by),
        action=action,
        subject=f"{version.procedure_id}#{version.number}",
        details={"valid_from": version.valid_from, "confidence": version.confidence},
    )
