"""Reads of Web Push: whether it is on, one's own browsers, and for jobs the browsers of those for whom something waits."""

from collections.abc import Callable, Collection
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from aoxanh.kernel import clock
from aoxanh.kernel.scope import scope, whole_nation
from aoxanh.oversight.models import PushSubscription
from aoxanh.oversight.pushing.keys import key_at
from aoxanh.oversight.pushing.sending import Sender
from aoxanh.oversight.supervision.gathering import PUT_UP
from aoxanh.oversight.supervision_queries import inbox
from aoxanh.oversight.waiting import waiting_for
from aoxanh.people.actors import Actor
from aoxanh.people.models import Account
from aoxanh.people.queries import actor_of


def sender() -> Sender | None:
    """Return by whom messages are sent; None where nobody made a key or named a contact, and nothing is pushed."""
    key = key_at(settings.PUSH_KEY) if settings.PUSH_CONTACT else None
    if key is None:
        return None
    return Sender(key, settings.PUSH_CONTACT, settings.PUSH_HOSTS, settings.PUSH_TO_LOOPBACK)


def own_browsers(actor: Actor) -> QuerySet[PushSubscription]:
    """Return the browsers in which the actor wants to be told, the newest first."""
    rows = PushSubscription.objects.filter(account=actor.account_id, account__isnull=False)
    return rows.order_by("-made_at", "-id")


def browsers_waited_for() -> list[UUID]:
    """Return the browsers of everybody in whose inbox something waits; for the morning's round."""
    return _browsers(Q(), lambda actor: waiting_for(actor).tasks)


def browsers_asked(accounts: Collection[UUID], owner: str) -> list[UUID]:
    """Return the browsers of those accounts who today got a task from what was put to a unit."""

    def asked(actor: Actor) -> int:
        today = clock.today()
        return inbox(actor).filter(rule=PUT_UP, place=owner, opened_on=today, resting_until=None).count()

    return _browsers(Q(account__in=accounts), asked)


def _browsers(condition: Q, count: Callable[[Actor], int]) -> list[UUID]:
    """Return the browsers of active people for whom something counts, each person looked at with their own reach."""
    with whole_nation():
        rows = PushSubscription.objects.filter(condition, account__is_active=True).select_related("account")
        by_account: dict[Account, list[UUID]] = {}
        for row in rows.order_by("account", "id"):
            by_account.setdefault(row.account, []).append(row.id)
        people = [(actor_of(account), ids) for account, ids in by_account.items()]
    found: list[UUID] = []
    for actor, ids in people:
        with scope(actor.scope):
            if count(actor):
                found += ids
    return found


def count_browsers() -> int:
    """Return how many browsers are told; the caller reaches the nation."""
    return PushSubscription.objects.count()
