"""Reads of approved answers: what is shown in place of a card's own words, and what must be looked at again."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from aoxanh.assistant.models import ApprovedAnswer
from aoxanh.assistant.replies import Part, Reply, plain
from aoxanh.kernel import clock
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, places_reached
from aoxanh.places import queries as places
from aoxanh.places.models import Place
from aoxanh.procedures import queries as procedures


@dataclass(frozen=True, slots=True)
class Approved:
    """An approved answer as a reply shows it: "approved by `office` (`place`) on `day`". `number` goes into a flag about it."""

    text: str
    place: str
    office: str
    day: date
    number: int
    version: int


@dataclass(frozen=True, slots=True)
class Standing:
    """An approved answer that nobody ended, and whether its card has changed since."""

    answer: ApprovedAnswer
    title: str
    is_due: bool


def approved(code: str, slot: str, province: Place | None = None, language: str = "vi") -> Approved | None:
    """Return the answer that holds today for a province, or the nation's; None where none does or its card has changed."""
    here = ["VN"] if province is None else ["VN", province.code]
    rows = ApprovedAnswer.objects.filter(procedure=code, slot=slot, ended_at=None, place__in=here)
    standing = list(rows.select_related("place", "version"))
    if not standing:
        return None
    current = procedures.card_on(code, province=province).version.id
    holding = [row for row in standing if row.version_id == current]
    # The province's own before the nation's.
    holding.sort(key=lambda row: row.place.level == Place.Level.NATION)
    return _shown(holding[0], language) if holding else None


def approved_in(part: Part, province: Place | None = None, language: str = "vi") -> Approved | None:
    """Return the approved answer that stands in place of what a part of a reply tells; None where it tells no slot of a card."""
    if part.slot is None or not part.sentences:
        return None
    return approved(part.sentences[0].source.code, part.slot, province, language)


def plain_with_approved(reply: Reply, province: Place | None = None) -> dict[str, Any]:
    """Return a reply as JSON holds it, each part with the `approved` answer that goes before its sentences, or null."""
    told = plain(reply)
    for shown, part in zip(told["parts"], reply.parts, strict=True):
        answer = approved_in(part, province, reply.language)
        shown["approved"] = asdict(answer) | {"day": answer.day.isoformat()} if answer else None
    return told


def approved_by_code(
    version_ids: Collection[UUID], province: Place | None = None
) -> dict[str, list[ApprovedAnswer]]:
    """Return the answers that stand beside these versions of cards, by code, one a slot: the province's before the nation's."""
    here = ["VN"] if province is None else ["VN", province.code]
    rows = ApprovedAnswer.objects.filter(version__in=version_ids, ended_at=None, place__in=here)
    best: dict[tuple[str, str], ApprovedAnswer] = {}
    for row in rows.select_related("place").order_by("procedure", "slot"):
        key = (row.procedure_id, row.slot)
        if key not in best or row.place.level == Place.Level.PROVINCE:
            best[key] = row
    found: dict[str, list[ApprovedAnswer]] = {}
    for (code, _slot), row in best.items():
        found.setdefault(code, []).append(row)
    return found


def standing_answers(actor: Actor, place: Place | None = None) -> list[Standing]:
    """Return the answers that stand where the actor reviews: those whose card has changed first, then the newest."""
    rows = list(_reviewed(actor, place).order_by("-approved_at", "id"))
    current: dict[str, dict[str, tuple[UUID, str]]] = {}
    for home in {row.place_id: row.place for row in rows}.values():
        province = home if home.level == Place.Level.PROVINCE else None
        codes = {row.procedure_id for row in rows if row.place_id == home.code}
        cards = procedures.current_cards(province, codes=codes)
        current[home.code] = {shown.card.code: (shown.version.id, shown.card.name.vi) for shown in cards}
    standing = []
    for row in rows:
        version, title = current[row.place_id].get(row.procedure_id, (None, row.version.name_vi))
        standing.append(Standing(row, title, version != row.version_id))
    return sorted(standing, key=lambda one: not one.is_due)


def standing_answer(answer_id: UUID, actor: Actor) -> ApprovedAnswer | None:
    """Return one answer, if the actor reviews its place."""
    return _reviewed(actor, None).filter(id=answer_id).first()


def answer_for(place: Place, code: str, slot: str) -> ApprovedAnswer | None:
    """Return the answer that stands for exactly this place, due or not, to be corrected."""
    rows = ApprovedAnswer.objects.filter(place=place, procedure=code, slot=slot, ended_at=None)
    return rows.select_related("place", "version").first()


def _reviewed(actor: Actor, place: Place | None) -> QuerySet[ApprovedAnswer]:
    rows = ApprovedAnswer.objects.filter(ended_at=None).select_related("place", "version")
    reached = places_reached(actor, Permission.ANSWER_REVIEW)
    if reached is not None:
        if not reached:
            return rows.none()
        rows = rows.filter(
            Q(place__in=reached)
            | Q(place__in=places.provinces_of(reached))
            | Q(place__level=Place.Level.NATION)
        )
    if place is not None and place.level != Place.Level.NATION:
        province = place.parent if place.level == Place.Level.COMMUNE else place
        rows = rows.filter(Q(place=province) | Q(place__level=Place.Level.NATION))
    return rows


def _shown(row: ApprovedAnswer, language: str) -> Approved:
    return Approved(
        text=row.text_en if language == "en" and row.text_en else row.text_vi,
        place=row.place.full_name,
        office=row.office,
        day=row.approved_at.astimezone(clock.VIETNAM).date(),
        number=row.number,
        version=row.version.number,
    )
