"""Turns rows of the desk into what a reader understands: procedures, teams, places and languages by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language, ngettext

from aoxanh.desk import queries as desk
from aoxanh.desk import vocabulary as words
from aoxanh.desk.models import Handover, SupportSession
from aoxanh.desk.queries import RecordedWork
from aoxanh.kernel import clock
from aoxanh.people import queries as people
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, may
from aoxanh.places import queries as places
from aoxanh.places.models import Language, Place
from aoxanh.procedures import queries as procedures
from aoxanh.procedures.errors import UnknownProcedure
from aoxanh.web.numbers import number
from aoxanh.web.templatetags.cards import said

COUNTED_UNITS = {
    words.Activity.DIGITISE: "files",
    words.Activity.ID_SYNC: "people",
    words.Activity.OUTREACH: "people",
    words.Activity.CLASS: "people",
}


@dataclass(frozen=True, slots=True)
class WorkCard:
    """One piece of recorded work with its words; `volunteer` and `team` are empty for readers who may not know them."""

    work: RecordedWork
    title: str
    place: str
    team: str
    volunteer: str
    language: str
    refused: list[str]
    unit: str
    handover: Handover | None

    @property
    def row(self) -> SupportSession:
        return self.work.shown


@dataclass(frozen=True, slots=True)
class HandoverCard:
    """One hand-over with its words, and what the reader may do with it."""

    row: Handover
    title: str
    place: str
    team: str
    official: str
    may_settle: bool
    waiting_for: str


def work_cards(actor: Actor, works: list[RecordedWork]) -> list[WorkCard]:
    """Return the cards of pieces of work, in their order. Costs a handful of queries for any number."""
    rows = [work.shown for work in works]
    titles, communes, teams = _names(actor, rows)
    volunteers = _volunteers(actor, {row.volunteer_id for row in rows})
    languages = places.language_names({row.language for row in rows})
    handovers = desk.handovers_from(actor, works)
    return [
        WorkCard(
            work=work,
            title=titles.get(work.shown.procedure_id or "") or str(work.shown.get_activity_display()),
            place=communes[work.shown.commune_code].address,
            team=teams.get(work.shown.team_id, ""),
            volunteer=volunteers.get(work.shown.volunteer_id, ""),
            language=_language(languages.get(work.shown.language)),
            refused=[str(words.Refused(item).label) for item in work.shown.refused],
            unit=COUNTED_UNITS.get(words.Activity(work.shown.activity), ""),
            handover=handovers.get((work.shown.commune_code, work.shown.day, work.shown.root_id)),
        )
        for work in works
    ]


def handover_cards(actor: Actor, rows: list[Handover]) -> list[HandoverCard]:
    """Return the cards of hand-overs, in their order."""
    titles, communes, teams = _names(actor, rows)
    officials = people.display_names_of({row.official_id for row in rows if row.official_id})
    settles = {code: may(actor, Permission.HANDOVER_SETTLE, place) for code, place in communes.items()}
    return [
        HandoverCard(
            row=row,
            title=titles.get(row.procedure_id or "") or str(words.Activity.VNEID.label),
            place=communes[row.commune_code].address,
            team=teams.get(row.team_id, ""),
            official=officials.get(row.official_id, "") if row.official_id else "",
            may_settle=settles[row.commune_code],
            waiting_for=length_since(row.made_at),
        )
        for row in rows
    ]


def length_since(moment: datetime) -> str:
    """Return how long ago a moment was, in the largest unit that is full."""
    minutes = max(0, int((clock.now() - moment).total_seconds() // 60))
    if minutes < 60:
        return ngettext("%(shown)s min", "%(shown)s min", minutes) % {"shown": number(minutes)}
    if minutes < 24 * 60:
        hours = minutes // 60
        return ngettext("%(shown)s hour", "%(shown)s hours", hours) % {"shown": number(hours)}
    days = minutes // (24 * 60)
    return ngettext("%(shown)s day", "%(shown)s days", days) % {"shown": number(days)}


def procedure_names(codes: set[str]) -> dict[str, str]:
    """Return what procedures are called in the reader's language, ended ones too."""
    names = {shown.card.code: said(shown.card.name) for shown in procedures.current_cards(codes=codes)}
    for code in codes - names.keys():
        try:
            names[code] = said(procedures.card_on(code).card.name)
        except UnknownProcedure:
            names[code] = code
    return names


def _names(
    actor: Actor, rows: Sequence[SupportSession | Handover]
) -> tuple[dict[str, str], dict[str, Place], dict[UUID, str]]:
    communes = places.communes_below({row.commune_code for row in rows}) if rows else []
    teams = people.teams_visible_to(actor).filter(id__in={row.team_id for row in rows})
    return (
        procedure_names({row.procedure_id for row in rows if row.procedure_id}),
        {place.code: place for place in communes},
        {team.id: team.name for team in teams},
    )


def _volunteers(actor: Actor, ids: set[UUID]) -> dict[UUID, str]:
    rows = people.volunteers_visible_to(actor).filter(id__in=ids)
    return {row.id: row.full_name for row in rows}


def _language(language: Language | None) -> str:
    if language is None or language.code == "vie":
        return ""
    return language.name_en if get_language() == "en" else language.name_vi
