"""Figures, shortages, flaws and reasons of a plan as the pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aoxanh.places import queries as places
from aoxanh.staffing.allocation.explain import Refusal, Remedy, Why
from aoxanh.staffing.allocation.problem import KINDS
from aoxanh.staffing.answers import Checked
from aoxanh.staffing.models.needs import Kind
from aoxanh.staffing.sentences import FEWER_IS_BETTER, FLAWS, MEASURES, PERCENT, RULES
from aoxanh.web import numbers


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure beside the one it is compared with, and whether that is better or worse."""

    name: str
    now: str
    before: str
    difference: str
    verdict: str  # "up" is better, "down" is worse


def measures(now: dict[str, float], before: dict[str, float]) -> list[Measure]:
    """Return the figures of a plan beside others."""
    return [_measure(key, now.get(key, 0), before.get(key, 0)) for key in MEASURES]


def _measure(key: str, now: float, before: float) -> Measure:
    digits, sign = (1, " %") if key in PERCENT else (0, "")
    difference = round(now - before, digits)
    better = (difference < 0) == (key in FEWER_IS_BETTER)
    verdict = "" if not difference or key == "reserve" else "up" if better else "down"
    told = f"{'+' if difference > 0 else ''}{numbers.number(difference, digits)}{sign}" if difference else "="
    return Measure(
        str(MEASURES[key]),
        numbers.number(now, digits) + sign,
        numbers.number(before, digits) + sign,
        told,
        verdict,
    )


def kind(word: str) -> str:
    """Return a kind of post in words, or a dash."""
    return str(Kind(word).label) if word in KINDS else numbers.NOTHING


def shortages(found: Iterable[dict[str, Any]], names: dict[str, str]) -> list[dict[str, Any]]:
    """Return shortages as shown: commune, what is missing, whether below the minimum."""
    found = list(found)
    spoken = places.language_names({each["language"] for each in found if each["language"]})
    return [
        each
        | {
            "name": capfirst(names.get(each["commune"], each["commune"])),
            "what": _missing(each, spoken[each["language"]].name_vi if each["language"] in spoken else ""),
            "is_post": each["sort"] in KINDS,
        }
        for each in found
    ]


def _missing(each: dict[str, Any], language: str) -> str:
    if each["sort"] in KINDS:
        return kind(each["sort"])
    if each["sort"] == "speakers":
        return _("speakers of {language}").format(language=language)
    return _("team leaders") if each["sort"] == "leaders" else _("half days of work a week")


def flaws(found: Iterable[dict[str, Any]], names: dict[str, str]) -> list[dict[str, Any]]:
    """Return what was wrong with the rows: sentence, the rows named, how many more, remedy."""
    return [
        {
            "what": FLAWS[flaw["code"]][0],
            "remedy": FLAWS[flaw["code"]][1],
            "rows": [_row(row, names) for row in flaw["rows"]],
            "more": flaw["count"] - len(flaw["rows"]),
        }
        for flaw in found
        if flaw["code"] in FLAWS
    ]


def _row(row: str, names: dict[str, str]) -> str:
    """Return a row of a flaw with communes and kinds in words; people by the start of their id, as lists show it."""
    said = [names.get(word) or (kind(word) if word in KINDS else word[:8]) for word in row.split()]
    return " · ".join(said)


def why(reason: Why, names: dict[str, str]) -> list[tuple[str, str]]:
    """Return the points that speak for somebody, as (what, how many)."""
    parts = [
        (_("Technology, communication, language, staying, less the way"), float(reason.own)),
        (_("Below the level wanted in this post"), float(reason.below)),
        (_("What this post is worth: how scarce people for it are"), reason.post),
        (_("Speaks a language that is wanted here"), reason.speaks),
        (_("Can lead a team here"), reason.leads),
        (_("Half days they bring"), reason.covers),
    ]
    shown = [(what, numbers.number(points)) for what, points in parts if points]
    if reason.next_best:
        text = _("Next best would be {commune}; less by").format(
            commune=names.get(reason.next_best, reason.next_best)
        )
        shown.append((text, numbers.number(max(0.0, reason.margin))))
    return shown


def refusal(reason: Refusal) -> str:
    """Return why somebody does not serve in a post."""
    if reason.rule:
        return str(RULES.get(reason.rule, reason.rule))
    if reason.loses < 1:
        return _("It would be as good: the plan chose among equals.")
    said = _("No rule forbids it, but the plan would lose at least {points} points.").format(
        points=numbers.number(reason.loses)
    )
    return f"{said} {_below(reason)}" if reason.lacks else said


def _below(reason: Refusal) -> str:
    text = ngettext(
        "The post wants {count} level more of technology or communication, which takes off {points} points.",
        "The post wants {count} levels more of technology or communication, which takes off {points} points.",
        reason.lacks,
    )
    return text.format(count=reason.lacks, points=numbers.number(reason.below))


def remedy(found: Remedy, names: dict[str, str]) -> str:
    """Return what would mend a shortage."""
    if found.verb == "train":
        text = ngettext(
            "Train {count} person of the reserve for skill group {group}: it would fill {gains}.",
            "Train {count} people of the reserve for skill group {group}: it would fill {gains}.",
            len(found.people),
        )
        return text.format(count=len(found.people), group=found.group, gains=found.gains)
    text = ngettext(
        "Ask {count} person of the reserve in {commune} to come {km} km: it would fill {gains}.",
        "Ask {count} people of the reserve in {commune} to come {km} km: it would fill {gains}.",
        len(found.people),
    )
    return text.format(
        count=len(found.people), commune=names.get(found.origin, found.origin), km=found.km, gains=found.gains
    )


def checked(found: Checked) -> str:
    """Return what planning again really gave."""
    posts = _("in this post {now} people, then {then}").format(now=found.filled, then=found.then)
    if found.points > 0:
        text = _("Planned again: the plan loses {points} points; {posts}.")
    elif found.points < 0:
        text = _("Planned again: the plan gains {points} points; {posts}.")
    else:
        text = _("Planned again: the plan is worth the same; {posts}.")
    return text.format(points=numbers.number(abs(found.points)), posts=posts)
