"""Telling people in their browser: turned on and off by themselves, ended with their sign-in, sent by the worker."""

import logging
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import translation
from django.utils.translation import gettext as _

from aoxanh.audit import actions as audit
from aoxanh.kernel import clock
from aoxanh.kernel.scope import whole_nation
from aoxanh.oversight.models import PushSubscription
from aoxanh.oversight.push_errors import NoSuchBrowser, PushIsOff, UnfitBrowser
from aoxanh.oversight.push_queries import own_browsers, sender
from aoxanh.oversight.pushing.endpoint import is_allowed, service_of
from aoxanh.oversight.pushing.envelope import Keys, Words
from aoxanh.oversight.pushing.post import Outcome, Reply
from aoxanh.oversight.pushing.sending import Letter
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.models import Account

MOST_BROWSERS = 5
MOST_REFUSALS = 5
ROUND = 200
AGAIN_SECONDS = (60, 300, 1800, 7200)
"""How long to wait before each further try; together less than a message is worth keeping."""
DAY_BEGINS, DAY_ENDS = 7, 21
TOPIC = "my-tasks"
_TURN = 7_203_008
log = logging.getLogger("aoxanh.push")


@dataclass(frozen=True, slots=True)
class BrowserFacts:
    """What a browser gave when its owner turned it on, and a name to know it by."""

    endpoint: str = field(repr=False)
    keys: Keys
    label: str = ""


@dataclass(frozen=True, slots=True)
class Again:
    """Browsers to be told later."""

    ids: list[UUID]
    seconds: int


def turn_on(*, facts: BrowserFacts, by: Actor, instead_of: UUID | None = None) -> PushSubscription:
    """Tell the actor in this browser from now on; whoever was told in it before no longer is. Raises PushIsOff, UnfitBrowser.

    `instead_of` is what the browser was known by until now. Of more browsers than one needs, the one silent longest goes.
    """
    speaks = sender()
    if by.account_id is None:
        raise NotAllowed
    if speaks is None:
        raise PushIsOff
    if not is_allowed(facts.endpoint, settings.PUSH_HOSTS, loopback=settings.PUSH_TO_LOOPBACK):
        raise UnfitBrowser(field="endpoint", reason=_("its push service is none that this site knows"))
    if not facts.keys.are_fit:
        raise UnfitBrowser(field="p256dh", reason=_("its keys are no keys"))
    with transaction.atomic():
        _take_turns(facts.endpoint)
        with whole_nation():
            PushSubscription.objects.filter(endpoint=facts.endpoint).exclude(account=by.account_id).delete()
        if instead_of is not None:
            own_browsers(by).filter(id=instead_of).exclude(endpoint=facts.endpoint).delete()
        row, _made = PushSubscription.objects.update_or_create(
            account_id=by.account_id, endpoint=facts.endpoint,
            defaults={
                "public_key": facts.keys.public, "auth": facts.keys.auth, "server_key": speaks.key.mark,
                "label": facts.label[:40], "refusals": 0,
            },
        )  # fmt: skip
        _drop_most_silent(row, by)
        _record(by, "oversight.push.on", row.id)
    return row


def turn_off(*, browser_id: UUID, by: Actor) -> None:
    """Tell the actor no longer in one of their browsers. Raises NoSuchBrowser."""
    with transaction.atomic():
        if not own_browsers(by).filter(id=browser_id).delete()[0]:
            raise NoSuchBrowser
        _record(by, "oversight.push.off", browser_id)


def end_in_browser(*, browser_id: UUID, by: Actor, others_only: bool = False) -> None:
    """End what a browser is told, since its person signs out of it or, with `others_only`, since somebody else signs in."""
    with whole_nation():
        rows = PushSubscription.objects.filter(id=browser_id)
        rows = rows.exclude(account=by.account_id) if others_only else rows.filter(account=by.account_id)
        if by.account_id is not None and rows.delete()[0]:
            _record(by, "oversight.push.ended", browser_id)


def end_everywhere(*, account: Account, by: Actor, but: UUID | None = None) -> None:
    """End what every browser of an account is told, or every other one: it was signed out everywhere, or has a new password."""
    with whole_nation():
        rows = PushSubscription.objects.filter(account=account)
        count = (rows.exclude(id=but) if but else rows).delete()[0]
        if count:
            audit.record(
                chain="VN", actor=str(by), action="oversight.push.ended_everywhere",
                subject=f"account:{account.id}", details={"browsers": count},
            )  # fmt: skip


def on_signed_out_everywhere(*, account: Account, by: Actor, **_more: Any) -> None:
    """Hear from the people room that somebody was signed out everywhere."""
    end_everywhere(account=account, by=by)


def is_daytime(moment: datetime) -> bool:
    """Tell whether people may be told now; at night the morning's round is soon enough."""
    return DAY_BEGINS <= moment.astimezone(clock.VIETNAM).hour < DAY_ENDS


def rounds_of(browsers: Sequence[UUID]) -> Iterator[list[UUID]]:
    """Yield browsers in rounds, each of one push service, so that one that is busy holds up only its own."""
    by_service: dict[str, list[UUID]] = defaultdict(list)
    with whole_nation():
        rows = PushSubscription.objects.filter(id__in=browsers).order_by("id").values_list("id", "endpoint")
        for key, endpoint in rows:
            by_service[service_of(endpoint)].append(key)
    for ids in by_service.values():
        yield from (ids[start : start + ROUND] for start in range(0, len(ids), ROUND))


def send_round(*, ids: Sequence[UUID], attempt: int, by: Actor) -> Again | None:
    """Tell these browsers that something waits; return those that are to be told again later. No transaction is open meanwhile."""
    speaks = sender()
    if speaks is None or not by.is_system:
        return None
    with whole_nation():
        rows = PushSubscription.objects.filter(id__in=ids, account__is_active=True)
        # A browser agrees to one key; what is signed by another is refused by its push service for ever.
        rows.exclude(server_key=speaks.key.mark).delete()
        letters = [
            Letter(row.id, row.endpoint, Keys(row.public_key, row.auth), words_in(row.account.language))
            for row in rows.select_related("account").order_by("id")
        ]
    replies = speaks.send(letters)
    _keep(replies)
    later = [key for key, reply in replies.items() if reply.outcome == Outcome.LATER]
    if not later:
        return None
    if attempt >= len(AGAIN_SECONDS):
        log.warning("Push: gave up on %d browsers, whose push service had no time.", len(later))
        return None
    return Again(later, max(AGAIN_SECONDS[attempt], *(replies[key].wait for key in later)))


def words_in(language: str) -> Words:
    """Return what a lock screen shows: that something waits and where to look, nothing of what it is."""
    with translation.override(language):
        return Words("Áo Xanh", _("A task waits for you. Open “Tasks” to see it."), TOPIC)


def _keep(replies: dict[UUID, Reply]) -> None:
    """Note what became of each message; a browser that is gone, or refused too often, goes."""
    by_outcome: dict[Outcome, list[UUID]] = defaultdict(list)
    for key, reply in replies.items():
        by_outcome[reply.outcome].append(key)
    with whole_nation():
        rows = PushSubscription.objects
        rows.filter(id__in=by_outcome[Outcome.SENT]).update(last_success_at=clock.now(), refusals=0)
        rows.filter(id__in=by_outcome[Outcome.GONE]).delete()
        rows.filter(id__in=by_outcome[Outcome.REFUSED]).update(refusals=F("refusals") + 1)
        rows.filter(id__in=by_outcome[Outcome.REFUSED], refusals__gte=MOST_REFUSALS).delete()
    counts = Counter(reply.outcome for reply in replies.values())
    if replies:
        log.info("Push: %s.", ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items())))


def _drop_most_silent(kept: PushSubscription, by: Actor) -> None:
    others = own_browsers(by).exclude(id=kept.id)
    newest = others.order_by(Coalesce("last_success_at", "made_at").desc(), "-id")
    PushSubscription.objects.filter(id__in=[row.id for row in newest[MOST_BROWSERS - 1 :]]).delete()


def _take_turns(endpoint: str) -> None:
    """Let one transaction at a time decide whose browser this is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_TURN, endpoint])


def _record(by: Actor, action: str, browser_id: UUID) -> None:
    audit.record(chain="VN", actor=str(by), action=action, subject=f"push:{browser_id}")
