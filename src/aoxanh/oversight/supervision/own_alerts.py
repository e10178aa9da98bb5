"""Alert rules that people set on boards, looked at each morning with what their owner may read on that day."""

from datetime import date, timedelta

from aoxanh.oversight import reading
from aoxanh.oversight.models import AlertRule
from aoxanh.oversight.periods import Period
from aoxanh.oversight.supervision.board_figures import is_reached, value_of
from aoxanh.oversight.supervision.rules import Measured, Wanted
from aoxanh.people.permissions import Permission, may
from aoxanh.people.queries import actor_of

OWN = "own_alert"
DAYS = 2


def alerts_reached(today: date) -> list[Wanted]:
    """Return a task for each rule whose figure lies beyond its limit, if its owner may still read that board."""
    found = []
    sums: dict[tuple[str, int], dict[str, int]] = {}
    for rule in AlertRule.objects.select_related("place", "account").order_by("id"):
        key = (rule.place_id, rule.days)
        if not rule.account.is_active or not may(actor_of(rule.account), Permission.BOARD_READ, rule.place):
            continue
        if key not in sums:
            period = Period(today - timedelta(days=rule.days), today - timedelta(days=1))
            sums[key] = reading.sums(reading.added_up(rule.place, None), period)
        value = value_of(rule.figure, sums[key])
        if value is not None and is_reached(value, rule.side, rule.threshold):
            told = Measured(
                OWN, f"alert:{rule.id}", rule.place_id, round(value), account=str(rule.account_id)
            )
            found.append(Wanted(told, "", today + timedelta(days=DAYS)))
    return found
