"""Having the rosters of every team of a place drafted in one job, team by team, with progress."""

import logging
from datetime import date, timedelta
from uuid import UUID

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F

from aoxanh.audit import actions as audit
from aoxanh.kernel.errors import DomainError
from aoxanh.kernel.scope import whole_nation
from aoxanh.people import queries as people
from aoxanh.people.actors import Actor
from aoxanh.people.models import Team
from aoxanh.people.permissions import Permission, require
from aoxanh.places.models import Place
from aoxanh.staffing.actions.rosters import draft_roster, fit_weeks, order_roster
from aoxanh.staffing.models import Roster, RosterRun
from aoxanh.staffing.patterns import usual_week
from aoxanh.staffing.roster_errors import UnfitRoster
from aoxanh.staffing.roster_queries import LIVE

log = logging.getLogger("aoxanh.staffing")
UNFINISHED = (RosterRun.State.WAITING, RosterRun.State.WORKING)


@transaction.atomic
def order_run(*, place: Place, first_day: date, weeks: int, by: Actor) -> RosterRun:
    """Have the worker draft a roster for each team of a place that has none for these weeks. Raises UnfitRoster."""
    require(by, Permission.ROSTER_EDIT, place)
    fit_weeks(first_day, weeks)
    if place.level == Place.Level.NATION:
        raise UnfitRoster(field="place", reason="")
    run = RosterRun.objects.create(
        account_id=by.account_id, place=place, first_day=first_day, weeks=weeks,
        total=people.teams_serving(place, first_day, _last_day(first_day, weeks)).count(),
    )  # fmt: skip
    audit.record(
        chain=place.code, actor=str(by), action="staffing.run.ordered", subject=f"run:{run.id}",
        details={"first_day": first_day, "weeks": weeks, "teams": run.total},
    )  # fmt: skip
    return run


def carry_out_run(*, run_id: UUID, by: Actor) -> None:
    """Draft the rosters of a run, each in transactions of its own; called again after it was cut off it goes on.

    A team that has a roster for these weeks, published or drafted, is left alone. Nothing is published.
    """
    with whole_nation():
        run = RosterRun.objects.select_related("place").filter(id=run_id, state__in=UNFINISHED).first()
        if run is None:
            return
        # Counted anew from the first team: those with a draft of this run are simply found to have one.
        RosterRun.objects.filter(id=run_id).update(
            state=RosterRun.State.WORKING, done=0, drafted=0, had_one=0, unable=0
        )
        teams = list(people.teams_serving(run.place, run.first_day, _last_day(run.first_day, run.weeks)))
        RosterRun.objects.filter(id=run_id).update(total=len(teams))
    for team in teams:
        outcome = _one_team(run, team, by)
        with whole_nation():
            RosterRun.objects.filter(id=run_id).update(done=F("done") + 1, **{outcome: F(outcome) + 1})
    with whole_nation():
        RosterRun.objects.filter(id=run_id).update(state=RosterRun.State.DONE)


def _one_team(run: RosterRun, team: Team, by: Actor) -> str:
    with whole_nation():
        roster = (
            Roster.objects.filter(
                team=team, state__in=LIVE, first_day__lte=_last_day(run.first_day, run.weeks), last_day__gte=run.first_day
            )
            .order_by("made_at")
            .first()
        )  # fmt: skip
        if roster is not None and not (roster.run_id == run.id and roster.is_at_work):
            return "drafted" if roster.run_id == run.id else "had_one"
        if roster is None:
            try:
                with transaction.atomic():
                    roster = order_roster(
                        team=team, first_day=run.first_day, weeks=run.weeks, pattern=usual_week(team), by=by, run=run
                    )  # fmt: skip
            except DomainError:
                return "unable"
    try:
        draft_roster(roster_id=roster.id, by=by)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        # It is given up and says so; the other teams wait for theirs.
        log.exception("a roster of a run was given up", extra={"facts": {"roster": str(roster.id)}})
        return "unable"
    return "drafted"


def _last_day(first_day: date, weeks: int) -> date:
    return first_day + timedelta(days=7 * weeks - 1)
