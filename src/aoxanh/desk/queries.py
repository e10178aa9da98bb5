"""Reads of the desk, always scoped: recorded work, hand-overs, and what a phone asks of the server."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from aoxanh.desk.errors import PlaceNeeded, UnknownBookmark, UnknownReturnCode
from aoxanh.desk.models import Handover, SupportSession, SyncEpoch
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import TABLE, Permission, places_reached
from aoxanh.places import queries as places
from aoxanh.places.models import Place

MOST_DAYS = 92
"""More days than this are never read at once."""
_OLDEST_FIRST = (Handover.State.WAITING, Handover.State.TAKEN)
_MOST_WITH_ONE_CODE = 5
_LONGEST_CODE = 8

RootKey = tuple[str, date, UUID]
"""Commune, day and first revision's id: what tells one piece of work from all others."""


@dataclass(frozen=True, slots=True)
class RecordedWork:
    """One piece of recorded work: the revision that counts and those it replaced, the latest first."""

    shown: SupportSession
    earlier: tuple[SupportSession, ...] = ()

    @property
    def is_contested(self) -> bool:
        """Corrected twice from the same revision, so that somebody should ask which correction is right."""
        revisions = [row.revision for row in (self.shown, *self.earlier)]
        return len(set(revisions)) < len(revisions)

    @property
    def bookmark(self) -> str:
        return f"{self.shown.day}.{self.shown.root_id}.{self.shown.commune_code}"


@dataclass(frozen=True, slots=True)
class WorkWanted:
    """Which recorded work a reader asks for, and after which bookmark to go on."""

    first: date
    last: date
    place: Place | None = None
    after: str = ""
    contested_only: bool = False


def sync_epoch() -> UUID:
    """Return the epoch that phones compare; it changes when the database was restored from a backup."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT epoch FROM desk_syncepoch WHERE id = 1")
        row: tuple[UUID] | None = cursor.fetchone()
    return row[0] if row else SyncEpoch.objects.get_or_create(id=1)[0].epoch


def rollup_backlog() -> tuple[int, float]:
    """Return how many days of communes wait to be counted, and for how many seconds the oldest has; for who runs the site."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), coalesce(extract(epoch FROM now() - min(marked_at)), 0) FROM desk_dirtyday"
        )
        days, seconds = cursor.fetchone()
    return days, max(float(seconds), 0.0)


def sessions_visible_to(actor: Actor, first: date, last: date) -> QuerySet[SupportSession]:
    """Return the revisions recorded between two days (both included) that the actor may see; nothing when in doubt."""
    return SupportSession.objects.filter(
        _visible(actor, Permission.SESSION_READ, _recorded_by(actor)), day__gte=first, day__lte=last
    )


def work_visible_to(actor: Actor, wanted: WorkWanted, limit: int) -> tuple[list[RecordedWork], str]:
    """Return a page of recorded work, the latest day first, and the bookmark of the next page ("" at the end).

    Somebody who recorded one revision of a piece of work sees all of it. Raises PlaceNeeded for people who reach the whole
    nation and named no place, since a week of it is too much to sort for one page.
    """
    if wanted.place is None and places_reached(actor, Permission.SESSION_READ) is None:
        raise PlaceNeeded(field="commune")
    rows = sessions_visible_to(actor, wanted.first, wanted.last).filter(_within(wanted.place))
    if wanted.contested_only:
        rows = rows.filter(Exists(_rivals_of_the_revision()))
    if wanted.after:
        rows = rows.filter(_beyond(wanted.after))
    ordered = rows.order_by("-day", "-root_id", "commune_code").distinct()
    keys = list(ordered.values_list("commune_code", "day", "root_id")[: limit + 1])
    page = _work(keys[:limit])
    return page, page[-1].bookmark if len(keys) > limit else ""


def work_with_return_code(actor: Actor, code: str) -> list[RecordedWork]:
    """Return the work that carries a citizen's return code, within the actor's reach. Raises UnknownReturnCode."""
    wanted = "".join(code.split()).replace("-", "").upper()
    rows = SupportSession.objects.filter(
        _visible(actor, Permission.SESSION_READ, _recorded_by(actor)), return_code=wanted
    )
    keys = (
        rows.order_by("-day", "-root_id", "commune_code")
        .distinct()
        .values_list("commune_code", "day", "root_id")
    )
    found = _work(list(keys[:_MOST_WITH_ONE_CODE])) if 0 < len(wanted) <= _LONGEST_CODE else []
    if not found:
        raise UnknownReturnCode(field="code")
    return found


def handovers_visible_to(actor: Actor) -> QuerySet[Handover]:
    """Return the hand-overs the actor may see, the longest waiting first; a volunteer's own work is theirs to see."""
    own = Q(Exists(_own_revisions_of_the_handover(actor.volunteer_id))) if actor.volunteer_id else None
    return (
        Handover.objects.filter(_visible(actor, Permission.HANDOVER_READ, own))
        .select_related("procedure")
        .order_by("made_at", "id")
    )


def handovers_in(
    actor: Actor, *, state: str = "", place: Place | None = None, after: UUID | None = None
) -> QuerySet[Handover]:
    """Return the hand-overs of one state (all when empty) and place: what is still open oldest first, the rest newest first.

    `after` is the id of the last one already read. Raises UnknownBookmark when the actor cannot see that one.
    """
    rows = handovers_visible_to(actor).filter(_within(place))
    if state:
        rows = rows.filter(state=state)
    forward = state in _OLDEST_FIRST
    if after is not None:
        last = handovers_visible_to(actor).filter(id=after).first()
        if last is None:
            raise UnknownBookmark(field="after")
        way = "gt" if forward else "lt"
        rows = rows.filter(
            Q(**{f"made_at__{way}": last.made_at}) | Q(**{"made_at": last.made_at, f"id__{way}": last.id})
        )
    return rows.order_by("made_at", "id") if forward else rows.order_by("-made_at", "-id")


def handover_counts(actor: Actor, place: Place | None = None) -> dict[str, int]:
    """Return how many hand-overs of a place are in each state, as far as the actor may see them."""
    rows = handovers_visible_to(actor).filter(_within(place)).order_by()
    return dict(rows.values_list("state").annotate(times=Count("id")))


def handover_visible_to(actor: Actor, commune: str, day: date, id_: UUID) -> Handover | None:
    """Return one hand-over, or None when there is none that the actor may see."""
    return handovers_visible_to(actor).filter(commune_code=commune, day=day, id=id_).first()


def handovers_from(actor: Actor, works: Iterable[RecordedWork]) -> dict[RootKey, Handover]:
    """Return the hand-overs that pieces of work led to, as far as the actor may see them."""
    keys = {_key(work.shown) for work in works}
    rows = handovers_visible_to(actor).filter(id__in={root for _, _, root in keys})
    found = {(row.commune_code, row.day, row.id): row for row in rows}
    return {key: found[key] for key in keys & found.keys()}


def _visible(actor: Actor, permission: Permission, own: Q | None) -> Q:
    """Return the filter of an actor's reach, with what is their own if they have any; "no filter" only for the nation."""
    reached = places_reached(actor, permission)
    if reached is None:
        return Q()
    visible = Q(commune_code__in=places.communes_within(reached))
    held = {(grant.place_code, TABLE.get((permission, grant.role))) for grant in actor.grants}
    # Leading a team is not enough: the role that reads its work may have been taken back.
    visible |= Q(team_id__in=actor.leads, commune_code__in=[code for code, reach in held if reach == "team"])
    if own is not None and any(reach in ("own", "team") for _code, reach in held):
        visible |= own
    return visible


def _recorded_by(actor: Actor) -> Q | None:
    return Q(volunteer_id=actor.volunteer_id) if actor.volunteer_id else None


def _own_revisions_of_the_handover(volunteer_id: UUID) -> QuerySet[SupportSession]:
    return SupportSession.objects.filter(
        commune_code=OuterRef("commune_code"),
        day=OuterRef("day"),
        root_id=OuterRef("id"),
        volunteer_id=volunteer_id,
    )


def _rivals_of_the_revision() -> QuerySet[SupportSession]:
    """Return the other revisions of the same work with the same number: it was corrected twice from one revision."""
    same = SupportSession.objects.filter(
        commune_code=OuterRef("commune_code"),
        day=OuterRef("day"),
        root_id=OuterRef("root_id"),
        revision=OuterRef("revision"),
    )
    return same.exclude(id=OuterRef("id"))


def _within(place: Place | None) -> Q:
    if place is None or place.level == Place.Level.NATION:
        return Q()
    if place.level == Place.Level.COMMUNE:
        return Q(commune_code=place.code)
    return Q(commune_code__in=places.communes_within([place.code]))


def _beyond(bookmark: str) -> Q:
    """Return the filter for what comes after a bookmark in the order of `work_visible_to`. Raises UnknownBookmark."""
    try:
        day_text, root_text, commune = bookmark.split(".")
        day, root = date.fromisoformat(day_text), UUID(root_text)
    except ValueError:
        raise UnknownBookmark(field="after") from None
    return (
        Q(day__lt=day) | Q(day=day, root_id__lt=root) | Q(day=day, root_id=root, commune_code__gt=commune[:5])
    )


def _work(keys: list[RootKey]) -> list[RecordedWork]:
    """Return the whole work of each key, in the keys' order; the highest (revision, id) counts, as in the rollup."""
    if not keys:
        return []
    rows = SupportSession.objects.filter(
        commune_code__in={commune for commune, _, _ in keys},
        day__in={day for _, day, _ in keys},
        root_id__in={root for _, _, root in keys},
    )
    by_key: defaultdict[RootKey, list[SupportSession]] = defaultdict(list)
    for row in rows.select_related("procedure").order_by("-revision", "-id"):
        by_key[_key(row)].append(row)
    return [RecordedWork(by_key[key][0], tuple(by_key[key][1:])) for key in keys]


def _key(row: SupportSession) -> RootKey:
    return row.commune_code, row.day, row.root_id


def waiting_by_commune() -> dict[str, int]:
    """Return how many hand-overs nobody has taken on in each commune that has any; for jobs that reach the nation."""
    rows = Handover.objects.filter(state=Handover.State.WAITING).order_by()
    return dict(rows.values_list("commune_code").annotate(times=Count("id")))
