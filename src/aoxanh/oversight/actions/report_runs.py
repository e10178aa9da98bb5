"""The weekly reports of all communes of a province or the nation in one job that can be broken off and taken up again."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import partial

from django.db import transaction

from aoxanh.audit import actions as audit
from aoxanh.kernel.scope import Scope, scope, whole_nation
from aoxanh.oversight import tasks
from aoxanh.oversight.actions.reports import ReportFacts, draft_report
from aoxanh.oversight.errors import ReportAlreadyDrafted, UnfitReportPlace
from aoxanh.oversight.models import Report
from aoxanh.oversight.report_queries import communes_without_weekly
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, require
from aoxanh.places import queries as places
from aoxanh.places.models import Place

Progress = Callable[[int, int], None]


@transaction.atomic
def order_reports(*, place: Place, first: date, last: date, by: Actor) -> None:
    """Have the weekly report of every commune below a place drafted by the worker. Raises UnfitReportPlace for a commune.

    Ordering twice does nothing more: a commune that has its report keeps it.
    """
    require(by, Permission.UNIT_REPORT_WRITE, place)
    if place.level == Place.Level.COMMUNE:
        raise UnfitReportPlace(field="place")
    days = {"first": first.isoformat(), "last": last.isoformat()}
    audit.record(
        chain=place.code,
        actor=str(by),
        action="oversight.reports.ordered",
        subject=f"place:{place.code}",
        details=days,
    )
    transaction.on_commit(partial(tasks.draft_reports.defer, place_code=place.code, **days))


def draft_for_communes(
    *, place: Place, first: date, last: date, by: Actor, progress: Progress | None = None
) -> int:
    """Draft the weekly report of every commune below a place that has none of these days; return how many were drafted.

    Each is a transaction of its own within its own commune, so what is done stays done however the job ends, and the next
    run goes on where this one stopped.
    """
    with whole_nation():
        require(by, Permission.UNIT_REPORT_WRITE, place)
        waiting = communes_without_weekly(place, first, last)
    made = 0
    for number, code in enumerate(waiting, start=1):
        made += _draft(code, first, last, by)
        if progress:
            progress(number, len(waiting))
    return made


def _draft(code: str, first: date, last: date, by: Actor) -> int:
    """Draft one; somebody may have done it by hand meanwhile."""
    with suppress(ReportAlreadyDrafted), scope(Scope(communes=frozenset({code}))):
        facts = ReportFacts(
            place=places.place_by_code(code),
            kind=Report.Kind.WEEKLY,
            form=Report.Form.UNION,
            first=first,
            last=last,
        )
        draft_report(facts=facts, by=by)
        return 1
    return 0
