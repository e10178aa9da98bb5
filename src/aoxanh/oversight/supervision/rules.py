"""Which tasks there should be: from what was measured and the alerts as data; what to open, what to close, in which order. Pure."""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import yaml

DATA = Path(__file__).parent.parent / "data" / "alerts.yaml"
UP = {"team_leader": "commune_secretary", "commune_secretary": "province_coordinator"}
"""To whom a task may be handed on."""

Key = tuple[str, str]
"""Rule and subject: of each there is one open task at most."""


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text in both languages."""

    vi: str
    en: str

    def within(self, language: str, **facts: Any) -> str:
        """Return the text in a language with its holes filled."""
        return (self.en if language == "en" else self.vi).format(**facts)


class Alert(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One rule as data: from which figure on somebody has a task, who, and until when."""

    name: str
    title: Words
    say: Words
    threshold: int
    owner: str
    days: int
    weight: float


class LookedAt(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far back or ahead the measures look, in days."""

    shift_days_back: int
    certificate_days: int
    flag_days: int
    question_days: int


class VisitRates(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What makes a visit worth while, and what it costs."""

    half_day_minutes: int
    visit_minutes: int
    km_an_hour: float
    detour: float
    per_week_unvisited: float
    most_weeks: int
    per_silent_day: float
    most_silent_days: int


class Policy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that alerts.yaml says."""

    alerts: tuple[Alert, ...]
    looked_at: LookedAt
    most_shown: int
    visits: VisitRates

    def alert(self, name: str) -> Alert | None:
        """Return the alert of a name; None where it is gone from the data."""
        return next((one for one in self.alerts if one.name == name), None)


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of one subject for one rule, and where it lies; with `account` one person alone is told.

    `owner` answers where it is not who the alert names, and by `due` where that day is agreed already.
    """

    rule: str
    subject: str
    place: str
    n: int
    team: str = ""
    account: str = ""
    owner: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A task that there should be."""

    measured: Measured
    owner: str
    due_on: date

    @property
    def key(self) -> Key:
        return self.measured.rule, self.measured.subject


@cache
def policy() -> Policy:
    """Return the alerts and rates as the data say."""
    return msgspec.convert(yaml.safe_load(DATA.read_text(encoding="utf-8")), Policy)


def wanted(measured: Iterable[Measured], alerts: Collection[Alert], today: date) -> list[Wanted]:
    """Return the tasks that there should be, one for each rule and subject that reached its threshold."""
    by_name = {alert.name: alert for alert in alerts}
    found: dict[Key, Wanted] = {}
    for one in measured:
        alert = by_name.get(one.rule)
        if alert is None or one.n < alert.threshold:
            continue
        owner = "" if one.account else one.owner or alert.owner
        task = Wanted(one, owner, one.due or today + timedelta(days=alert.days))
        held = found.get(task.key)
        if held is None or held.measured.n < one.n:
            found[task.key] = task
    return [found[key] for key in sorted(found)]


@dataclass(frozen=True, slots=True)
class Changes:
    """What to do so that the open tasks are those there should be."""

    open: tuple[Wanted, ...]
    keep: tuple[Wanted, ...]
    close: tuple[Key, ...]


def changes(
    tasks: Sequence[Wanted], held: Collection[Key], rested: Mapping[Key, date], today: date
) -> Changes:
    """Return what to open, what stays (its figure may have moved), and what closes since its cause is gone.

    `held` are the open tasks; `rested` says until which day a subject that somebody has dealt with is left alone.
    """
    there = {task.key for task in tasks}
    fresh = tuple(task for task in tasks if task.key not in held and rested.get(task.key, today) <= today)
    kept = tuple(task for task in tasks if task.key in held)
    return Changes(fresh, kept, tuple(sorted(set(held) - there)))


def urgency(due_on: date, weight: float, handed_on: int, today: date) -> float:
    """Return how much a task presses: its weight, more with each day past due and each time it was handed up."""
    return weight * (1 + handed_on) * math.exp2(max(-10, min(10, (today - due_on).days)) / 2)
