"""Official totals: what a commune's own books say of a period, and its answer where they differ from what was recorded."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from aoxanh.audit import actions as audit
from aoxanh.kernel import clock
from aoxanh.oversight.evaluation_errors import UnfitTotal
from aoxanh.oversight.indicators import indicators
from aoxanh.oversight.models import OfficialTotal
from aoxanh.oversight.periods import CAMPAIGN_BEGAN, LONGEST_DAYS
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, may, require
from aoxanh.places.models import Place
from aoxanh.privacy.queries import check_text

MOST = 1_000_000_000
LONGEST_SOURCE, LONGEST_ANSWER = 200, 500


@dataclass(frozen=True, slots=True)
class TotalFacts:
    """One figure of a commune's own: of which indicator, from which day to which, and from which book."""

    commune: Place
    indicator: str
    first_day: date
    last_day: date
    count: int
    source: str


@transaction.atomic
def tell_total(*, facts: TotalFacts, by: Actor) -> OfficialTotal:
    """Store what the commune's books say, told by the commune or by its province; a correction replaces the earlier row, which stays. Raises UnfitTotal or PersonalData."""
    require(by, Permission.TOTAL_EDIT, facts.commune)
    _check(facts)
    source = check_text(facts.source.strip(), "source")
    if not 0 < len(source) <= LONGEST_SOURCE:
        raise UnfitTotal(field="source", reason=_("name the book or the report"))
    same = OfficialTotal.objects.select_for_update().filter(
        commune=facts.commune, indicator=facts.indicator, first_day=facts.first_day, last_day=facts.last_day,
        replaced_at=None,
    )  # fmt: skip
    before = same.first()
    if before is not None and (before.count, before.source) == (facts.count, source):
        return before
    if before is not None:
        before.replaced_at = clock.now()
        before.save(update_fields=["replaced_at"])
    total = OfficialTotal.objects.create(
        commune=facts.commune, indicator=facts.indicator, first_day=facts.first_day, last_day=facts.last_day,
        count=facts.count, source=source, by_province=not may(by, Permission.TOTAL_ANSWER, facts.commune),
    )  # fmt: skip
    details = {"indicator": facts.indicator, "before": before.count if before else None, "after": facts.count}
    _record(total, by, action="oversight.total.told", details=details)
    return total


@transaction.atomic
def answer_difference(*, total: OfficialTotal, reason: str, answer: str, by: Actor) -> OfficialTotal:
    """Say why the commune's books and the volunteers' records differ. Raises UnfitTotal or PersonalData."""
    row = OfficialTotal.objects.select_for_update(of=("self",)).select_related("commune").get(id=total.id)
    require(by, Permission.TOTAL_ANSWER, row.commune)
    if row.replaced_at is not None:
        raise UnfitTotal(field="reason", reason=_("the figure was corrected meanwhile"))
    if reason not in OfficialTotal.Reason.values:
        raise UnfitTotal(field="reason", reason=_("choose one of the reasons"))
    text = check_text(answer.strip(), "answer")
    if len(text) > LONGEST_ANSWER or (reason == OfficialTotal.Reason.OTHER and not text):
        raise UnfitTotal(
            field="answer", reason=_("say which, in at most {most} characters").format(most=LONGEST_ANSWER)
        )
    row.reason, row.answer, row.answered_at = reason, text, clock.now()
    row.save(update_fields=["reason", "answer", "answered_at"])
    _record(
        row, by, action="oversight.total.answered", details={"indicator": row.indicator, "reason": reason}
    )
    return row


def _check(facts: TotalFacts) -> None:
    indicator = indicators().get(facts.indicator)
    if indicator is None or indicator.kind != "count" or indicator.source != "rollup":
        raise UnfitTotal(field="indicator", reason=_("choose a figure that volunteers record too"))
    if facts.commune.level != Place.Level.COMMUNE:
        raise UnfitTotal(field="commune", reason=_("official totals are told by commune"))
    if facts.first_day < CAMPAIGN_BEGAN or facts.last_day < facts.first_day or facts.last_day > clock.today():
        raise UnfitTotal(
            field="first_day", reason=_("the days are the wrong way round, too early or not over")
        )
    if (facts.last_day - facts.first_day).days >= LONGEST_DAYS:
        raise UnfitTotal(field="last_day", reason=_("the period is too long"))
    if not 0 <= facts.count <= MOST:
        raise UnfitTotal(field="count", reason=_("the number is out of range"))


def _record(total: OfficialTotal, by: Actor, *, action: str, details: Mapping[str, object]) -> None:
    audit.record(
        chain=total.commune_id, actor=str(by), action=action, subject=f"total:{total.id}", details=details
    )
