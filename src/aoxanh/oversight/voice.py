"""The citizens' voice: how many of a place's sessions they were asked about and confirmed, and what checks found."""

from dataclasses import dataclass

from aoxanh.oversight import ledger_queries
from aoxanh.oversight.intervals import Share
from aoxanh.oversight.periods import Period
from aoxanh.people.actors import Actor
from aoxanh.places.models import Place


@dataclass(frozen=True, slots=True)
class Voice:
    """What citizens and checks say of a place's sessions in a period: counts of sessions, and the ledger's shares."""

    reported: int
    asked: int
    confirmed: int
    denied: int
    checked: int
    checks_passed: int
    confirmed_share: Share
    passed_share: Share

    @property
    def answered(self) -> int:
        return self.confirmed + self.denied


def voice_of(place: Place, period: Period, by: Actor) -> Voice:
    """Return the voice of a place's citizens. Raises NotAllowed where the actor may not read its board."""
    told = ledger_queries.shares(place=place, days=period, by=by)
    return Voice(
        reported=told.reported,
        asked=told.asked,
        confirmed=told.confirmed,
        denied=told.denied,
        checked=told.checked,
        checks_passed=told.checks_passed,
        confirmed_share=told.confirmed_share,
        passed_share=told.passed_share,
    )
