"""Reads of reports and of the weekly briefing, each within the reader's reach; and the one lookup that anybody may make."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from aoxanh.kernel.scope import whole_nation
from aoxanh.oversight.models import Difficulty, Report
from aoxanh.oversight.periods import Period
from aoxanh.people.actors import Actor
from aoxanh.people.models import Role
from aoxanh.people.permissions import Permission, may, places_reached
from aoxanh.places import queries as places
from aoxanh.places.models import Place

_SIGNERS = {
    Place.Level.COMMUNE.value: Role.COMMUNE_SECRETARY,
    Place.Level.PROVINCE.value: Role.PROVINCE_COORDINATOR,
    Place.Level.NATION.value: Role.CENTRAL,
}
MOST_ENTRIES = 200


@dataclass(frozen=True, slots=True)
class Proven:
    """What a code on a paper stands for: the report, and the one that replaced it, if any."""

    report: Report
    newer: Report | None


@dataclass(frozen=True, slots=True)
class WeeklyCount:
    """Of so many communes, how many have a weekly report, and how many have signed it."""

    communes: int
    drafted: int
    signed: int


def reports_visible_to(actor: Actor, place: Place | None = None) -> QuerySet[Report]:
    """Return the reports of the places that the actor reaches, newest first; with `place`, of that unit alone."""
    rows = Report.objects.filter(_within(places_reached(actor, Permission.UNIT_REPORT_READ)))
    rows = rows.select_related("place__parent", "replaces__place__parent")
    return rows if place is None else rows.filter(place=place)


def report_visible_to(actor: Actor, report_id: UUID) -> Report | None:
    """Return a report, or None where there is none for this reader."""
    return reports_visible_to(actor).filter(id=report_id).first()


def signed_below(actor: Actor, place: Place) -> QuerySet[Report]:
    """Return the signed reports of the units right below a place."""
    return reports_visible_to(actor).filter(place__parent=place, state=Report.State.SIGNED)


def newest_of(place: Place, kind: str, form: str, first: date, last: date) -> Report | None:
    """Return the newest version of a unit's report of some days, a draft only where nothing is signed; for commands of the operator."""
    rows = Report.objects.select_related("place__parent", "replaces__place__parent")
    rows = rows.filter(place=place, kind=kind, form=form, first=first, last=last)
    return rows.filter(state=Report.State.SIGNED).first() or rows.first()


def signs_for(actor: Actor, place: Place, form: str) -> bool:
    """Tell whether the actor signs for this very unit; who stands above it does not."""
    permission = Permission.STATE_REPORT_SIGN if form == Report.Form.STATE else Permission.UNIT_REPORT_SIGN
    role = Role.PASC_OFFICIAL if form == Report.Form.STATE else _SIGNERS[place.level]
    holds = any(grant.role == role and grant.place_code == place.code for grant in actor.grants)
    return holds and may(actor, permission, place)


def proven(code: str) -> Proven | None:
    """Return the signed report with a code, for whoever holds the paper; None for a code that no report has."""
    wanted = "".join(code.split()).upper()
    if len(wanted) != 16 or not wanted.isascii() or not wanted.isalnum():
        return None
    # Who checks a paper reaches nothing; this looks up the one row that the paper itself names.
    with whole_nation():
        report = Report.objects.select_related("place__parent", "replaces").filter(code=wanted).first()
        if report is None:
            return None
        newer = (
            Report.objects.select_related("place__parent")
            .filter(replaces=report)
            .exclude(state="draft")
            .first()
        )
        return Proven(report, newer)


def difficulties_visible_to(actor: Actor) -> QuerySet[Difficulty]:
    """Return the entries of the briefing that the actor may read: those raised within their reach."""
    rows = Difficulty.objects.filter(_within(places_reached(actor, Permission.DIFFICULTY_READ)))
    return rows.select_related("place__parent", "owner__parent")


def overdue_difficulties(today: date) -> list[tuple[str, str, int]]:
    """Return (code, level, how many) of each unit that has not answered what it asked of itself by its day; for jobs that reach the nation."""
    late = Difficulty.objects.filter(answered_at=None, due__lt=today, owner=F("place"))
    return list(late.order_by("owner").values_list("owner", "owner__level").annotate(n=Count("id")))


def difficulties_put_up(owner: str | None = None) -> list[tuple[str, str, date, int]]:
    """Return (code, level, due day, how many) of what waits for the answer of a unit above the one that raised it; for jobs that reach the nation."""
    waiting = Difficulty.objects.filter(answered_at=None).exclude(owner=F("place"))
    waiting = waiting if owner is None else waiting.filter(owner=owner)
    grouped = waiting.order_by("owner", "due").values_list("owner", "owner__level", "due")
    return list(grouped.annotate(n=Count("id")))


def entries_for(place: Place, period: Period, actor: Actor) -> list[Difficulty]:
    """Return what a report lists of the entries that waited or were answered in its days.

    A commune lists its own; a province its own and what its communes asked of it or of the centre; the centre what it was asked.
    """
    rows = difficulties_visible_to(actor).filter(_concerning(place), made_on__lte=period.last)
    rows = rows.filter(Q(answered_at=None) | Q(answered_at__date__gte=period.first))
    return list(rows.order_by("due", "id")[:MOST_ENTRIES])


def weekly_of_communes(place: Place, first: date, last: date) -> WeeklyCount:
    """Return how many communes below a place have and have signed their weekly report of these days.

    No permission is checked here: these are three numbers about a place that the reader holds an office in.
    """
    rows = Report.objects.filter(_below(place), kind="weekly", form="union", first=first, last=last)
    made = rows.aggregate(
        drafted=Count("place", distinct=True), signed=Count("place", distinct=True, filter=Q(state="signed"))
    )
    return WeeklyCount(communes=places.communes_within([place.code]).count(), **made)


def communes_without_weekly(place: Place, first: date, last: date) -> list[str]:
    """Return the codes of the communes below a place that have no weekly report of these days yet, in order."""
    done = Report.objects.filter(_below(place), kind="weekly", form="union", first=first, last=last)
    known = set(done.values_list("place_id", flat=True))
    return [code for code in sorted(places.communes_within([place.code])) if code not in known]


def _concerning(place: Place) -> Q:
    if place.level == Place.Level.NATION:
        return Q(owner=place)
    below = Q(place__parent=place) & ~Q(owner__level=Place.Level.COMMUNE)
    return Q(place=place) | below


def _below(place: Place) -> Q:
    of_level = Q(place__level=Place.Level.COMMUNE)
    return of_level if place.level == Place.Level.NATION else of_level & Q(place__parent=place)


def _within(reached: list[str] | None) -> Q:
    return Q() if reached is None else Q(place__in=reached) | Q(place__parent__in=reached)
