"""Reads of the procedures room. Cards are public, so nothing is filtered by who asks, only by day and province."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from aoxanh.kernel import clock
from aoxanh.kernel.text import sort_key
from aoxanh.places.models import Place
from aoxanh.procedures import seed
from aoxanh.procedures.card import Card, shape
from aoxanh.procedures.errors import UnknownProcedure
from aoxanh.procedures.models import Guide, Procedure, ProcedureGroup, ProcedureVersion

GROUPS = ProcedureGroup.values
LONGEST_CODE = 20
PORTAL = "https://dichvucong.gov.vn/dich-vu-cong-truc-tuyen/"


@dataclass(frozen=True)
class ShownCard:
    """A card as it holds for a day and a province, with the version that says so.

    `superseded_by` names the procedure that took its place. `asks_province` is true while a matter that each province
    settles itself has no card of the asked province: what the national card says is then only a general guide.
    """

    version: ProcedureVersion
    card: Card
    superseded_by: str | None
    asks_province: bool
    has_newer_national: bool = False

    @property
    def link(self) -> str:
        """The procedure's page on the national portal, or "" where it has no national code."""
        return PORTAL + self.card.code if self.card.is_on_portal else ""


def card_on(code: str, day: date | None = None, province: Place | None = None) -> ShownCard:
    """Return the card of a procedure as it held on a day (today), the province's own before the national one.

    Of a procedure that ended, the last card it had, so that old work can still be read. Raises UnknownProcedure.
    """
    day = day or clock.today()
    rows = list(_of_place(province).filter(procedure=code).select_related("procedure", "province"))
    holding = [row for row in rows if _holds(row, day)]
    if not holding and rows and rows[0].procedure.superseded_by_id:
        holding = sorted(
            (row for row in rows if row.valid_from <= day), key=lambda row: (row.valid_to or day, row.number)
        )[-1:]
    if not holding:
        raise UnknownProcedure(code=code)
    return _shown(_preferred(holding), holding)


def current_cards(
    province: Place | None = None, *, day: date | None = None, codes: Collection[str] | None = None
) -> list[ShownCard]:
    """Return every card that holds on a day (today) for a province, or for the nation: by group, then by Vietnamese name."""
    rows = _current_rows(province, day or clock.today()).select_related("procedure", "province")
    if codes is not None:
        rows = rows.filter(procedure__in=codes)
    by_code: dict[str, list[ProcedureVersion]] = {}
    for row in rows:
        by_code.setdefault(row.procedure_id, []).append(row)
    cards = [_shown(_preferred(holding), holding) for holding in by_code.values()]
    return sorted(cards, key=lambda shown: (GROUPS.index(shown.card.group), sort_key(shown.card.name.vi)))


def current_version_ids(province: Place | None = None) -> tuple[UUID, ...]:
    """Return the ids of the versions that hold today; they change whenever what can be found does. Cheap."""
    return tuple(_current_rows(province, clock.today()).order_by("id").values_list("id", flat=True))


def cards_of_versions(version_ids: Collection[UUID]) -> list[Card]:
    """Return the card of each procedure among these versions, a province's own before the national one."""
    rows = ProcedureVersion.objects.filter(id__in=version_ids)
    best: dict[str, ProcedureVersion] = {}
    for row in sorted(rows, key=lambda row: (row.province_id is not None, row.number)):
        best[row.procedure_id] = row
    return [shape(row.card) for row in best.values()]


def living_successor(code: str) -> str:
    """Return the procedure that took the place of this one in the end, or "" where none did."""
    seen: set[str] = set()
    leads = superseded_procedures() if len(code) <= LONGEST_CODE else {}
    while code in leads and code not in seen:
        seen.add(code)
        code = leads[code]
    return code if seen else ""


def card_stamps(province: Place | None = None) -> dict[str, str]:
    """Return, for every card that holds today, a text that changes whenever what `current_cards` tells of it does. Cheap."""
    rows = _current_rows(province, clock.today()).order_by("procedure", "number")
    stamps: dict[str, str] = {}
    for code, *facts in rows.values_list(
        "procedure", "id", "province", "valid_to", "confidence", "checked_by", "checked_on"
    ):
        stamps[code] = stamps.get(code, "") + "|".join(map(str, facts)) + "\n"
    return stamps


def newer_than(code: str, number: int, province: Place | None = None) -> ProcedureVersion | None:
    """Return the version that holds today instead of the numbered one, or None while that one still holds."""
    try:
        current = card_on(code, province=province).version
    except UnknownProcedure:
        return None
    return current if current.number != number else None


def versions_of(code: str) -> QuerySet[ProcedureVersion]:
    """Return every version a procedure ever had, newest first, of the nation and of all provinces."""
    return (
        ProcedureVersion.objects.filter(procedure=code)
        .select_related("procedure", "province")
        .order_by("-number")
    )


def shown_version(version: ProcedureVersion) -> ShownCard:
    """Return one version, of whatever age, as a card to be shown."""
    return _shown(version, [version])


def newest_number(code: str, province: Place | None = None) -> int:
    """Return the number an edit of this card must give as its base: of the province's newest, else the nation's, else 0."""
    numbers: dict[str | None, int] = dict(
        _of_place(province).filter(procedure=code).order_by("number").values_list("province", "number")
    )
    own = numbers.get(province.code) if province else None
    return own or numbers.get(None, 0)


def superseded_procedures() -> dict[str, str]:
    """Return the codes that lead on to another procedure, each with that one."""
    rows = Procedure.objects.exclude(superseded_by=None).values_list("code", "superseded_by")
    return {old: new for old, new in rows if new is not None}


def known_codes() -> set[str]:
    """Return every code that work may be recorded under, old ones too."""
    return set(Procedure.objects.values_list("code", flat=True))


def successor_of(code: str) -> str | None:
    """Return the code of the procedure that took this one's place, if any. Raises UnknownProcedure."""
    found = Procedure.objects.filter(code=code).values_list("superseded_by", flat=True)
    if not found:
        raise UnknownProcedure(code=code)
    return found[0]


def guides() -> dict[str, Any]:
    """Return the body of every guide by its key."""
    return dict(Guide.objects.order_by("key").values_list("key", "body"))


def guide(key: str) -> Guide:
    """Return one guide. Raises UnknownProcedure."""
    found = Guide.objects.filter(key=key).first()
    if found is None:
        raise UnknownProcedure(code=key)
    return found


def essential_services() -> tuple[seed.EssentialService, ...]:
    """Return the 25 essential online services of Decision 06/QĐ-TTg; those with a code have a card."""
    return seed.essential_services()


def _of_place(province: Place | None) -> QuerySet[ProcedureVersion]:
    return ProcedureVersion.objects.filter(
        Q(province=None) | Q(province=province) if province else Q(province=None)
    )


def _current_rows(province: Place | None, day: date) -> QuerySet[ProcedureVersion]:
    holds = Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))
    return _of_place(province).filter(holds, procedure__superseded_by=None)


def _holds(row: ProcedureVersion, day: date) -> bool:
    return row.valid_from <= day and (row.valid_to is None or day < row.valid_to)


def _preferred(holding: list[ProcedureVersion]) -> ProcedureVersion:
    """Choose the province's own card before the national one, and the highest number of those."""
    return max(holding, key=lambda row: (row.province_id is not None, row.number))


def _shown(version: ProcedureVersion, holding: list[ProcedureVersion]) -> ShownCard:
    card = shape(version.card)
    national = max((row.number for row in holding if row.province_id is None), default=0)
    return ShownCard(
        version=version,
        card=card,
        superseded_by=version.procedure.superseded_by_id,
        asks_province=card.asks_province and version.province_id is None,
        has_newer_national=version.province_id is not None and national > version.number,
    )
