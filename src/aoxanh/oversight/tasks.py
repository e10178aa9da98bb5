"""Background jobs of the oversight room: thin, idempotent, calling the room's own actions."""

from datetime import date
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from aoxanh.kernel import clock
from aoxanh.kernel.scope import scope, whole_nation
from aoxanh.oversight import push_queries
from aoxanh.oversight.actions import pushing
from aoxanh.oversight.actions.flags import look_at_province
from aoxanh.oversight.actions.tasks import refresh_asked, refresh_tasks
from aoxanh.oversight.waiting import waiting_for
from aoxanh.people.actors import system
from aoxanh.people.queries import actor_of
from aoxanh.people.supervising import supervisors_at, supervisors_with_mail
from aoxanh.places import queries as places
from aoxanh.places.queries import place_by_code

LOOKER = "figures"


@app.periodic(cron="30 19 * * 0")
@app.task(queueing_lock="oversight.look_at_figures", pass_context=False)
def look_at_figures(timestamp: int) -> None:  # noqa: ARG001 - every periodic task gets one
    """Order a look at every province, in the night to Monday (the queue's clock is UTC), one job each."""
    for province in places.provinces():
        look_at_one.defer(province_code=province.code)


@app.task(name="oversight.look_at_one", pass_context=False)
def look_at_one(province_code: str) -> None:
    """Compare the figures of one province and open what is to be asked."""
    with whole_nation():
        look_at_province(province=places.place_by_code(province_code), by=system(LOOKER))


# Half past five in Vietnam: before the first shift, after the night's rollups.
@app.periodic(cron="30 22 * * *")
@app.task(queueing_lock="oversight.refresh_tasks", pass_context=False)
def open_and_close_tasks(timestamp: int) -> None:  # noqa: ARG001 - every periodic task gets one
    """Open and close the tasks of supervision each morning, then tell by mail how many wait."""
    with whole_nation():
        refresh_tasks(by=system("supervision"))
    if settings.EMAIL_HOST:
        mail_digest.defer()


@app.task(name="oversight.tell_who_is_asked", pass_context=False)
def tell_who_is_asked(owner_code: str) -> None:
    """Make what units below put to a unit a task of it, and close it once it is answered; each morning's look does so too."""
    with whole_nation():
        changed = refresh_asked(owner=owner_code, by=system("supervision"))
        asked = supervisors_at(owner_code) if changed.opened and pushing.is_daytime(clock.now()) else []
    if asked and push_queries.sender():
        order_push(push_queries.browsers_asked(asked, owner_code))


@app.task(name="oversight.mail_digest", queueing_lock="oversight.mail_digest", pass_context=False)
def mail_digest() -> None:
    """Tell each supervisor who gave an address how many tasks wait; what they are about stays in the inbox."""
    with whole_nation():
        accounts = supervisors_with_mail()
        actors = [(account, actor_of(account)) for account in accounts]
    for account, actor in actors:
        with scope(actor.scope):
            count = waiting_for(actor).tasks
        if count:
            with translation.override(account.language):
                subject = _("{n} tasks wait for you").format(n=count)
                body = _("Please sign in and open “Tasks”. The most urgent stand first.")
            EmailMessage(subject, body, to=[account.email]).send()


# Seven in Vietnam: nobody's phone sounds before.
@app.periodic(cron="0 0 * * *")
@app.task(queueing_lock="oversight.push_morning", pass_context=False)
def push_morning(timestamp: int) -> None:  # noqa: ARG001 - every periodic task gets one
    """Tell everybody who wants to be told in a browser, and for whom something waits."""
    if push_queries.sender():
        order_push(push_queries.browsers_waited_for())


def order_push(browsers: list[UUID]) -> None:
    """Order the rounds in which browsers are told, each to one push service."""
    for ids in pushing.rounds_of(browsers):
        push_round.defer(ids=[str(one) for one in ids], attempt=0)


@app.task(name="oversight.push_round", pass_context=False)
def push_round(ids: list[str], attempt: int) -> None:
    """Tell some browsers; those whose push service has no time are told again later."""
    again = pushing.send_round(ids=[UUID(one) for one in ids], attempt=attempt, by=system("push"))
    if again:
        later = push_round.configure(schedule_in={"seconds": again.seconds})
        later.defer(ids=[str(one) for one in again.ids], attempt=attempt + 1)


@app.task(name="oversight.draft_reports", pass_context=False)
def draft_reports(place_code: str, first: str, last: str) -> None:
    """Draft the weekly reports that a province or the centre ordered; what is there already stays as it is."""
    from aoxanh.oversight import actions

    with whole_nation():
        place = place_by_code(place_code)
    actions.draft_for_communes(
        place=place, first=date.fromisoformat(first), last=date.fromisoformat(last), by=system("reporter")
    )
