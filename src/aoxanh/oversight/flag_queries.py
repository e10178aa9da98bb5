"""Reads of questions about figures: shown to the three people they concern, counted for nobody by person or team."""

from datetime import date
from uuid import UUID

from django.db.models import Count, F, Max, Q, QuerySet

from aoxanh.oversight.models import Flag
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, may
from aoxanh.places.models import Place


def flags_of(actor: Actor) -> list[Flag]:
    """Return the questions that the actor is asked, talks over or reads after an appeal; open ones first, by the day they are due."""
    own = Q(volunteer=actor.volunteer_id) if actor.volunteer_id else Q(pk__in=[])
    charged = Q(coach=actor.account_id) | Q(reader=actor.account_id) if actor.account_id else Q(pk__in=[])
    rows = Flag.objects.filter(Q() if actor.is_system else own | charged)
    rows = rows.select_related("commune__parent", "team", "volunteer")
    ordered = rows.order_by(F("closed_at").desc(nulls_first=True), "due_on", "id")
    return [flag for flag in ordered if may_see(flag, actor)]


def flag_seen_by(actor: Actor, flag_id: UUID) -> Flag | None:
    """Return one question, if the actor is one of those it concerns."""
    return next((flag for flag in flags_of(actor) if flag.id == flag_id), None)


def may_see(flag: Flag, actor: Actor) -> bool:
    """Tell whether a question concerns the actor; having been its coach or reader is not enough without the role."""
    return is_asked(flag, actor) or is_coach(flag, actor) or is_reader(flag, actor)


def is_asked(flag: Flag, actor: Actor) -> bool:
    """Tell whether the question is put to the actor."""
    return may(actor, Permission.FLAG_ANSWER, flag.commune, owner_id=flag.volunteer_id)


def is_coach(flag: Flag, actor: Actor) -> bool:
    """Tell whether the actor talks it over with the volunteer."""
    charged = actor.is_system or (flag.coach_id == actor.account_id and flag.coach_id is not None)
    return charged and may(actor, Permission.FLAG_COACH, flag.commune, team_id=flag.team_id)


def is_reader(flag: Flag, actor: Actor) -> bool:
    """Tell whether the actor reads it after an appeal."""
    charged = actor.is_system or (flag.reader_id == actor.account_id and flag.reader_id is not None)
    return charged and may(actor, Permission.FLAG_READ, flag.commune)


def open_in(province: Place) -> QuerySet[Flag]:
    """Return the open questions of a province, for the weekly look."""
    return Flag.objects.filter(closed_at=None, commune__parent=province)


def open_volunteers(province: Place) -> set[tuple[UUID, bool]]:
    """Return who has an open question, with whether it is about their team."""
    return set(open_in(province).values_list("volunteer_id", "about_team"))


def open_by_coach(province: Place) -> dict[UUID | None, int]:
    """Return how many open questions each coach has."""
    return dict(open_in(province).values_list("coach_id").annotate(open=Count("id")).order_by())


def asked_until(province: Place) -> dict[UUID, date]:
    """Return up to which day each volunteer's work has been asked about already."""
    rows = Flag.objects.filter(commune__parent=province, about_team=False)
    return dict(rows.values_list("volunteer_id").annotate(last=Max("last_day")).order_by())


def counts_by_state() -> dict[str, dict[str, int]]:
    """Return how many questions each province has in each state, for who runs the site: no names, no teams."""
    rows = (
        Flag.objects.values_list("commune__parent", "state")
        .annotate(times=Count("id"))
        .order_by("commune__parent", "state")
    )
    found: dict[str, dict[str, int]] = {}
    for province, state, times in rows:
        found.setdefault(str(province), {})[state] = times
    return found
