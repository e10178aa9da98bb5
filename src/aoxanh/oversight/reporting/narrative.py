"""The body of a report, drafted from its figures by plain templates: what rose and fell with its numbers, and no cause but those noted.

A section is plain text: "1. …" opens a part, "- …" is an item of a list, every other line is a paragraph. Whoever signs may rewrite
all of it; the annex they may not.
"""

from datetime import date, timedelta
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from aoxanh.oversight.reporting import written
from aoxanh.oversight.reporting.snapshot import Snapshot, figure
from aoxanh.places.models import Place, full_name

SECTIONS = ("situation", "results", "assessment", "tasks", "proposals")
NAMED = 10  # units without work that are named one by one
_LARGEST = 3


def draft(snapshot: Snapshot) -> dict[str, str]:
    """Return the text of each section, in the language of the snapshot."""
    with override(snapshot["language"]):
        told = _Told(snapshot)
        return {
            "situation": "\n".join(_situation(told)),
            "results": "\n".join(_results(told)),
            "assessment": "\n".join(_assessment(told)),
            "tasks": "\n".join(_tasks(told)),
            "proposals": "\n".join(_proposals(told)),
        }


def place_in_words(snapshot: Snapshot) -> str:
    """Return the place as a sentence names it: "xã Lũng Cú", "cả nước"."""
    place = snapshot["place"]
    if place["level"] == Place.Level.NATION:
        return _("the whole country")
    return full_name(place["kind"], place["name"])


def within(label: str) -> str:
    """Return a label as it stands inside a sentence; abbreviations keep their capitals."""
    return label if label[1:2].isupper() else f"{label[:1].lower()}{label[1:]}"


class _Told:
    """A snapshot with its numbers in words."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.language: str = snapshot["language"]
        self.sessions = int(figure(snapshot, "sessions")["now"])
        self.before: float | None = figure(snapshot, "sessions")["before"]

    def number(self, value: float, digits: int = 0) -> str:
        return written.number(value, self.language, digits)

    def figure(self, key: str, digits: int = 0) -> str:
        return self.number(figure(self.snapshot, key)["now"], digits)

    def share(self, part: float, whole: float) -> str:
        return written.share(part, whole, self.language)

    def lines(self, key: str) -> list[dict[str, Any]]:
        """Return the lines of a breakdown that were counted at all, the largest first."""
        found = next(item for item in self.snapshot["breakdowns"] if item["key"] == key)
        return sorted((line for line in found["lines"] if line["now"]), key=lambda line: -line["now"])

    def listed(self, lines: list[dict[str, Any]]) -> str:
        return "; ".join(
            f"{within(line['label'])} {self.number(line['now'])} ({self.share(line['now'], self.sessions)})"
            for line in lines
        )

    @property
    def idle(self) -> list[str]:
        """The units without a session, in the order of their names."""
        return [unit["name"] for unit in self.snapshot["units"] if not unit["sessions"]]

    @property
    def has_communes(self) -> bool:
        level: str = self.snapshot["place"]["level"]
        return level != Place.Level.COMMUNE

    @property
    def waiting(self) -> list[dict[str, Any]]:
        return [entry for entry in self.snapshot["entries"] if not entry["answer"]]


def _situation(told: _Told) -> list[str]:
    period = told.snapshot["period"]
    last = written.day(period["last"])
    facts = {"day": last, "place": place_in_words(told.snapshot)}
    if figure(told.snapshot, "teams")["now"]:
        facts |= {"teams": told.figure("teams"), "volunteers": told.figure("volunteers")}
        said = [
            _("On {day}, {place} had {teams} volunteer youth teams with {volunteers} volunteers.").format(
                **facts
            )
        ]
    else:
        said = [_("On {day}, {place} had no active volunteer youth team yet.").format(**facts)]
    if told.has_communes:
        active = figure(told.snapshot, "communes_active")
        said.append(
            _(
                "{active} of {all} communes, wards and special zones recorded support sessions ({share})."
            ).format(
                active=told.number(active["now"]),
                all=told.number(active["of"]),
                share=told.share(active["now"], active["of"]),
            )
        )
    said.append(
        _(
            "The figures of this report cover the days from {first} to {last}, as volunteers recorded them on their phones."
        ).format(first=written.day(period["first"]), last=last)
    )
    return said


def _results(told: _Told) -> list[str]:
    said = [_("1. Figures"), _sessions(told)]
    if told.sessions:
        said += _work(told)
    said += _counted(told)
    said += _confirmed(told)
    if told.has_communes and told.idle:
        said.append(_("2. Places without a session"))
        said.append(_idle(told))
    return said


def _sessions(told: _Told) -> str:
    if not told.sessions:
        return _("No support session was recorded.")
    before = told.snapshot["before"]
    count = told.number(told.sessions)
    if before is None or told.before is None:
        return ngettext(
            "The teams recorded {count} support session.",
            "The teams recorded {count} support sessions.",
            told.sessions,
        ).format(count=count)
    days = (date.fromisoformat(before["last"]) - date.fromisoformat(before["first"])).days + 1
    facts = {"count": count, "days": told.number(days), "before": told.number(told.before)}
    difference = told.sessions - int(told.before)
    if not told.before:
        return _(
            "The teams recorded {count} support sessions; in the {days} days before there were none."
        ).format(**facts)
    if not difference:
        return _("The teams recorded {count} support sessions, as many as in the {days} days before.").format(
            **facts
        )
    facts |= {
        "difference": told.number(abs(difference)),
        "percent": written.percent(abs(difference) / told.before, told.language),
    }
    if difference > 0:
        return _(
            "The teams recorded {count} support sessions, {difference} ({percent}) more than the {before} of the {days} days before."
        ).format(**facts)
    return _(
        "The teams recorded {count} support sessions, {difference} ({percent}) fewer than the {before} of the {days} days before."
    ).format(**facts)


def _work(told: _Told) -> list[str]:
    return [
        _("- Work done: {hours} hours in {days} volunteer days.").format(
            hours=told.figure("minutes", 1), days=told.figure("volunteer_days")
        ),
        _("- Outcome: {listed}.").format(listed=told.listed(told.lines("outcome"))),
        _("- Most frequent errands: {listed}.").format(listed=told.listed(told.lines("group")[:_LARGEST])),
        _("- Where help was given: {listed}.").format(listed=told.listed(told.lines("mode"))),
    ]


def _counted(told: _Told) -> list[str]:
    keys = (
        "files_digitise",
        "people_id_sync",
        "people_outreach",
        "people_class",
        "other_language",
        "old_age",
    )
    shown = [figure(told.snapshot, key) for key in keys]
    said = [f"- {item['name']}: {told.number(item['now'])} {item['unit']}." for item in shown if item["now"]]
    refusals = figure(told.snapshot, "refusals")["now"]
    if refusals:
        said.append(
            _("- Volunteers rightly refused {count} requests for something forbidden.").format(
                count=told.number(refusals)
            )
        )
    return said


def _confirmed(told: _Told) -> list[str]:
    held = told.snapshot["confirmed"]
    if not (held["asked"] or held["checked"]):
        return (
            [
                _(
                    "- These figures are what volunteers recorded; no citizen was asked to confirm them in these days."
                )
            ]
            if told.sessions
            else []
        )
    said = []
    if held["asked"]:
        said.append(
            _(
                "- Citizens were asked about {asked} sessions and confirmed {confirmed}; weighted by channel that is {share} (95% interval {low} to {high})."
            ).format(
                asked=told.number(held["asked"]),
                confirmed=told.number(held["confirmed"]),
                **_interval(told, held["confirmed_share"]),
            )
        )
    if held["checked"]:
        said.append(
            _(
                "- {checked} sessions were checked and {passed} found in order: {share} (95% interval {low} to {high})."
            ).format(
                checked=told.number(held["checked"]),
                passed=told.number(held["checks_passed"]),
                **_interval(told, held["passed_share"]),
            )
        )
    return said


def _interval(told: _Told, share: dict[str, float | None]) -> dict[str, str]:
    return {
        name: written.NOTHING if (value := share[key]) is None else written.percent(value, told.language)
        for name, key in (("share", "value"), ("low", "low"), ("high", "high"))
    }


def _idle(told: _Told) -> str:
    names = told.idle
    count = {"idle": told.number(len(names)), "all": told.number(len(told.snapshot["units"]))}
    if len(names) > NAMED:
        return _("{idle} of {all} units recorded no session; the annex names them.").format(**count)
    return _("{idle} of {all} units recorded no session: {names}.").format(names=", ".join(names), **count)


def _assessment(told: _Told) -> list[str]:
    better: list[str] = []
    worse: list[str] = []
    for key, good in (("finished", 1), ("obstructed", -1)):
        sentence, direction = _moved(told, key)
        if direction:
            (better if direction == good else worse).append(sentence)
    if told.before and told.sessions != told.before:
        (better if told.sessions > told.before else worse).append(
            _("- Support sessions: {now}, after {before} before ({change}).").format(
                now=told.number(told.sessions),
                before=told.number(told.before),
                change=written.change(told.sessions, told.before, told.language),
            )
        )
    if told.has_communes and told.idle:
        worse.append(
            _("- {idle} of {all} units recorded no session.").format(
                idle=told.number(len(told.idle)), all=told.number(len(told.snapshot["units"]))
            )
        )
    worse += _late(told)
    if told.snapshot["before"] is None:
        no_better = _("- There is no earlier period to compare with.")
        no_worse = _("- The figures alone show no shortcoming.")
    else:
        no_better, no_worse = _("- No figure rose in these days."), _("- No figure fell in these days.")
    said = [_("1. What went well"), *(better or [no_better])]
    said += [_("2. What fell short"), *(worse or [no_worse])]
    return said + _causes(told)


def _moved(told: _Told, key: str) -> tuple[str, int]:
    """Return how a share of sessions moved, and whether up (1), down (-1) or not by as much as is written (0)."""
    item = figure(told.snapshot, key)
    if item["now"] is None or item["before"] is None:
        return "", 0
    points = round(100 * item["now"], 1) - round(100 * item["before"], 1)
    if abs(points) < 0.05:
        return "", 0
    facts = {
        "name": item["name"],
        "now": written.percent(item["now"], told.language),
        "before": written.percent(item["before"], told.language),
        "points": told.number(abs(points), 1),
    }
    if points > 0:
        return _("- {name}: {now} of sessions, {points} points more than before ({before}).").format(
            **facts
        ), 1
    return _("- {name}: {now} of sessions, {points} points less than before ({before}).").format(**facts), -1


def _late(told: _Told) -> list[str]:
    last = told.snapshot["period"]["last"]
    late = [entry for entry in told.waiting if entry["due"] < last]
    if not late:
        return []
    return [
        ngettext(
            "- {count} difficulty or proposal is past its day without an answer.",
            "- {count} difficulties and proposals are past their day without an answer.",
            len(late),
        ).format(count=told.number(len(late)))
    ]


def _causes(told: _Told) -> list[str]:
    """Return what volunteers noted as standing in the way; no other cause can be known from figures."""
    noted = [line for line in told.lines("obstacle") if not line["is_nothing"]][:_LARGEST]
    if not noted:
        return []
    return [
        _("3. Causes that volunteers noted"),
        _("- What most often stood in the way: {listed}.").format(listed=told.listed(noted)),
    ]


def _tasks(told: _Told) -> list[str]:
    following = date.fromisoformat(told.snapshot["period"]["last"]) + timedelta(days=1)
    said = [
        _("From {day} on:").format(day=written.day(following)),
        _("- Keep the teams on duty and go on guiding citizens without doing the officials’ work for them."),
    ]
    noted = [within(line["label"]) for line in told.lines("obstacle") if not line["is_nothing"]][:_LARGEST]
    if noted:
        said.append(
            _("- Work on what stood in the way most often: {listed}.").format(listed="; ".join(noted))
        )
    if told.has_communes and told.idle:
        said.append(
            _("- Look into the {count} units without a session and help them begin.").format(
                count=told.number(len(told.idle))
            )
        )
    if told.waiting:
        said.append(
            _("- Answer the {count} difficulties and proposals that wait.").format(
                count=told.number(len(told.waiting))
            )
        )
    return said


def _proposals(told: _Told) -> list[str]:
    if not told.waiting:
        return [_("No difficulty or proposal waits for an answer.")]
    return [_proposal(told, entry) for entry in told.waiting[:20]]


def _proposal(told: _Told, entry: dict[str, Any]) -> str:
    """Return one entry with who raised it and who was asked, where these are not the unit that reports."""
    place = told.snapshot["place"]
    own = full_name(place["kind"], place["name"])
    is_asked = entry["to"]["level"] == place["level"] and entry["to"]["name"] == own
    from_below = entry["from"] not in ("", own)
    facts = {
        "unit": capfirst(entry["from"]),
        "owner": owner_in_words(entry["to"]),
        "text": entry["text"].rstrip(". "),
        "day": written.day(entry["due"]),
    }
    if is_asked and from_below:
        return _("- {unit}: {text} (answer due by {day})").format(**facts)
    if is_asked:
        return _("- To be settled by the unit itself: {text} (by {day})").format(**facts)
    if from_below:
        return _("- {unit} to {owner}: {text} (answer wanted by {day})").format(**facts)
    return _("- To {owner}: {text} (answer wanted by {day})").format(**facts)


def owner_in_words(owner: dict[str, str]) -> str:
    """Return the unit that must answer, as a report names it."""
    if owner["level"] == Place.Level.NATION:
        return _("the Central Union")
    return owner["name"]
