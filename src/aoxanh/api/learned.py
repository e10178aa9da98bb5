"""What was learned about cards since they were written: citizens' words and approved answers, as they travel with a card."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ninja import Schema

from aoxanh.api.learning import BothLanguages
from aoxanh.assistant import alias_queries, approved_queries
from aoxanh.assistant.models import ApprovedAnswer
from aoxanh.kernel import clock
from aoxanh.places.models import Place
from aoxanh.procedures import queries as procedures


class ApprovedOut(Schema):
    """An answer that an office approved for one slot, shown in place of the card's own words while this version holds."""

    slot: str
    number: int
    text: BothLanguages
    place: str
    office: str
    day: date


@dataclass(frozen=True, slots=True)
class Learned:
    """Confirmed words and standing answers, by code of the procedure."""

    said: dict[str, tuple[str, ...]]
    approved: dict[str, list[ApprovedAnswer]]

    def stamp(self, code: str) -> str:
        """Return a text that changes whenever what was learned of a card does; "" where nothing was."""
        return "|".join((*self.said.get(code, ()), *(str(row.id) for row in self.approved.get(code, ()))))

    def facts(self, code: str, version_id: UUID) -> dict[str, Any]:
        """Return what travels with a card of this version."""
        rows = [row for row in self.approved.get(code, ()) if row.version_id == version_id]
        return {"said": list(self.said.get(code, ())), "approved": [_shown(row) for row in rows]}


def learned_in(province: Place | None) -> Learned:
    """Return what holds for a province, or for the nation: two small reads."""
    versions = procedures.current_version_ids(province)
    return Learned(
        said=dict(alias_queries.said_in(province)),
        approved=approved_queries.approved_by_code(versions, province),
    )


def _shown(row: ApprovedAnswer) -> dict[str, Any]:
    return {
        "slot": row.slot,
        "number": row.number,
        "text": {"vi": row.text_vi, "en": row.text_en or row.text_vi},
        "place": row.place.full_name,
        "office": row.office,
        "day": row.approved_at.astimezone(clock.VIETNAM).date(),
    }
