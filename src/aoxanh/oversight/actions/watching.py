"""What somebody keeps of the boards: views under a name, and alerts on a figure."""

import math
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from aoxanh.audit import actions as audit
from aoxanh.oversight.models import AlertRule, SavedView, SupervisionTask
from aoxanh.oversight.supervision.board_figures import FIGURES
from aoxanh.oversight.supervision_errors import UnfitView
from aoxanh.oversight.supervision_queries import own_alert_rules, own_views
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.permissions import Permission, require
from aoxanh.places.models import Place
from aoxanh.privacy.queries import check_text

MOST_VIEWS, MOST_RULES = 30, 20
LONGEST_DAYS, LARGEST = 92, 1e9


@dataclass(frozen=True, slots=True)
class AlertFacts:
    """A figure of a place's board, the limit beyond which it matters, and over how many days."""

    place: Place
    figure: str
    side: str
    threshold: float
    days: int


def save_view(*, name: str, address: str, by: Actor) -> SavedView:
    """Keep a board's address under a name; the same name again takes the new address. Raises UnfitView, PersonalData."""
    if by.account_id is None:
        raise NotAllowed
    title = check_text(" ".join(name.split()), "name")
    if not 0 < len(title) <= 60 or not 0 < len(address) <= 300:
        raise UnfitView(field="name", reason=_("the name is empty or longer than 60 characters"))
    with transaction.atomic():
        views = own_views(by)
        if views.count() >= MOST_VIEWS and not views.filter(name=title).exists():
            raise UnfitView(field="name", reason=_("there are 30 views already"))
        view, _made = SavedView.objects.update_or_create(
            account_id=by.account_id, name=title, defaults={"address": address}
        )
        audit.record(chain="VN", actor=str(by), action="oversight.view.saved", subject=f"view:{view.id}")
    return view


def drop_view(*, view_id: UUID, by: Actor) -> None:
    """Delete a view of the actor's own. Raises NotAllowed."""
    with transaction.atomic():
        if not own_views(by).filter(id=view_id).delete()[0]:
            raise NotAllowed
        audit.record(chain="VN", actor=str(by), action="oversight.view.dropped", subject=f"view:{view_id}")


def set_alert(*, facts: AlertFacts, by: Actor) -> AlertRule:
    """Ask to be told when a figure passes a limit. Raises NotAllowed, UnfitView."""
    require(by, Permission.BOARD_READ, facts.place)
    if by.account_id is None:
        raise NotAllowed
    if facts.figure not in FIGURES or facts.side not in AlertRule.Side.values:
        raise UnfitView(field="figure", reason=_("the figure or the side is unknown"))
    if not math.isfinite(facts.threshold) or not 0 <= facts.threshold <= LARGEST:
        raise UnfitView(field="threshold", reason=_("the limit is not a number from 0 on"))
    if not 1 <= facts.days <= LONGEST_DAYS:
        raise UnfitView(field="days", reason=_("the days are not between 1 and 92"))
    with transaction.atomic():
        if own_alert_rules(by).count() >= MOST_RULES:
            raise UnfitView(field="figure", reason=_("there are 20 alerts already"))
        rule = AlertRule.objects.create(
            account_id=by.account_id, place=facts.place, figure=facts.figure, side=facts.side, threshold=facts.threshold, days=facts.days
        )  # fmt: skip
        audit.record(
            chain=facts.place.code, actor=str(by), action="oversight.alert.set", subject=f"alert:{rule.id}",
            details={"figure": rule.figure, "side": rule.side, "days": rule.days},
        )  # fmt: skip
    return rule


def drop_alert(*, rule_id: UUID, by: Actor) -> None:
    """Delete an alert of the actor's own, with the task it may have made. Raises NotAllowed."""
    with transaction.atomic():
        rule = own_alert_rules(by).filter(id=rule_id).first()
        if rule is None:
            raise NotAllowed
        SupervisionTask.objects.filter(subject=f"alert:{rule.id}", account=by.account_id).delete()
        rule.delete()
        audit.record(
            chain=rule.place_id, actor=str(by), action="oversight.alert.dropped", subject=f"alert:{rule_id}"
        )
