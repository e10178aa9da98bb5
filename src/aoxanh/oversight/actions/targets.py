"""Targets: set by the centre or a province for a type of place and a period; a change keeps what was before."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from aoxanh.audit import actions as audit
from aoxanh.kernel import clock
from aoxanh.oversight.actions.evaluations import role_of
from aoxanh.oversight.evaluation_errors import UnfitTarget
from aoxanh.oversight.indicators import indicators
from aoxanh.oversight.models import Target
from aoxanh.oversight.periods import LONGEST_DAYS
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, require
from aoxanh.places.models import Place
from aoxanh.privacy.queries import check_text

MOST = Decimal(999999999)
LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class TargetFacts:
    """A target: shares as a part of 1. `place_type` is empty for all places."""

    indicator: str
    place: Place
    place_type: str
    first_day: date
    last_day: date
    value: Decimal
    reason: str


@transaction.atomic
def set_target(*, facts: TargetFacts, by: Actor) -> Target:
    """Set what an indicator should reach; one that holds for the same place, type and days is replaced and kept.

    Cycles that are frozen keep the target they were frozen with. Raises UnfitTarget or PersonalData.
    """
    require(by, Permission.TARGET_EDIT, facts.place)
    _check(facts)
    reason = check_text(facts.reason.strip(), "reason")
    if not 0 < len(reason) <= LONGEST_REASON:
        raise UnfitTarget(field="reason", reason=_("say why, in at most {most} characters").format(most=LONGEST_REASON))  # fmt: skip
    same = Target.objects.select_for_update().filter(
        indicator=facts.indicator, place=facts.place, place_type=facts.place_type, first_day=facts.first_day,
        last_day=facts.last_day, replaced_at=None,
    )  # fmt: skip
    before = same.first()
    if before is not None:
        before.replaced_at = clock.now()
        before.save(update_fields=["replaced_at"])
    target = Target.objects.create(
        indicator=facts.indicator, place=facts.place, place_type=facts.place_type, first_day=facts.first_day,
        last_day=facts.last_day, value=facts.value, reason=reason, by_role=role_of(by),
    )  # fmt: skip
    audit.record(
        chain=facts.place.code,
        actor=str(by),
        action="oversight.target.set",
        subject=f"target:{target.id}",
        details={
            "indicator": facts.indicator, "type": facts.place_type, "before": str(before.value) if before else "",
            "after": str(facts.value),
        },
    )  # fmt: skip
    return target


def _check(facts: TargetFacts) -> None:
    indicator = indicators().get(facts.indicator)
    if indicator is None or not indicator.takes_targets:
        raise UnfitTarget(field="indicator", reason=_("this indicator takes no target"))
    if facts.place.level == Place.Level.COMMUNE:
        raise UnfitTarget(field="place", reason=_("targets are set for the nation or a province"))
    if facts.place_type not in Target.PlaceType.values:
        raise UnfitTarget(field="place_type", reason=_("the type of place is unknown"))
    if facts.last_day < facts.first_day or (facts.last_day - facts.first_day).days >= LONGEST_DAYS:
        raise UnfitTarget(field="last_day", reason=_("the days are the wrong way round or too far apart"))
    most = Decimal(1) if indicator.kind == "share" else MOST
    if not facts.value.is_finite() or not 0 <= facts.value <= most:
        raise UnfitTarget(field="value", reason=_("the value is out of range"))
