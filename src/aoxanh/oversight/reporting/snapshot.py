"""The figures of a report, gathered once and kept as plain JSON: what is shown, what it counts, and what it is compared with.

Labels and definitions are part of it, in the report's language, so that a signed report reads the same whatever the code says later.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import override

from aoxanh.kernel import clock
from aoxanh.oversight import queries
from aoxanh.oversight.definitions import DEFINITIONS
from aoxanh.oversight.ledger_queries import confirmed_share
from aoxanh.oversight.measures import BREAKDOWNS
from aoxanh.oversight.models import Difficulty
from aoxanh.oversight.periods import Period
from aoxanh.oversight.queries import NO_SUMS, Figures, Row, Sums
from aoxanh.oversight.reporting.confirmed import as_plain, confirmed_shares
from aoxanh.people.actors import Actor
from aoxanh.places.models import Place

SCHEMA = 1
Snapshot = dict[str, Any]
SHARES = {"finished": "outcome_finished", "handed_over": "outcome_handed_over"}
_COUNTED = (
    "files_digitise",
    "people_id_sync",
    "people_outreach",
    "people_class",
    "other_language",
    "old_age",
)


def gather(
    place: Place, period: Period, actor: Actor, language: str, entries: Sequence[Difficulty]
) -> Snapshot:
    """Return the snapshot of a place's report; `entries` are the difficulties and proposals it lists.

    Raises NotAllowed where the actor may not read the board of the place. The same figures give the same snapshot.
    """
    figures = queries.figures(place, period, actor)
    confirmed = confirmed_shares(place, period, actor)
    with override(language):
        return {
            "schema": SCHEMA,
            "language": language,
            "place": _place(place),
            "period": _days(period),
            "before": _days(period.before) if period.before else None,
            "as_of": figures.as_of.isoformat() if figures.as_of else None,
            "figures": [*_headcounts(figures), *_sums(figures)],
            "breakdowns": [_breakdown(breakdown, figures.sums, figures.before) for breakdown in BREAKDOWNS],
            "units": [_unit(row) for row in figures.rows],
            "confirmed": confirmed,
            "entries": [_entry(entry) for entry in entries],
        }


def digest(content: Any) -> str:
    """Return the SHA-256 of JSON in the one canonical form: sorted keys, no spaces, UTF-8."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def figure(snapshot: Snapshot, key: str) -> dict[str, Any]:
    """Return one figure of a snapshot by its key."""
    found: dict[str, Any] = next(item for item in snapshot["figures"] if item["key"] == key)
    return found


def _place(place: Place) -> dict[str, str]:
    parent = place.parent if place.level == Place.Level.COMMUNE else None
    return {
        "code": place.code,
        "level": place.level,
        "kind": place.kind,
        "name": place.name,
        "parent": parent.name if parent else "",
        "parent_kind": parent.kind if parent else "",
    }


def _days(period: Period) -> dict[str, str]:
    return {"first": period.first.isoformat(), "last": period.last.isoformat()}


def _headcounts(figures: Figures) -> list[dict[str, Any]]:
    told = [("teams", figures.headcount.teams), ("volunteers", figures.headcount.members)]
    if figures.communes:
        told.append(("communes_active", figures.active))
    found = [_figure(key, value, None) for key, value in told]
    if figures.communes:
        found[-1]["of"] = figures.communes
    return found


def _sums(figures: Figures) -> Iterable[dict[str, Any]]:
    now, before = figures.sums, figures.before
    plain = (("sessions", "sessions"), ("volunteer_days", "volunteers"))
    for key, column in plain:
        yield _figure(key, now[column], before[column] if before else None)
    yield _figure(
        "minutes", round(now["minutes"] / 60, 1), round(before["minutes"] / 60, 1) if before else None
    )
    for key in ("finished", "handed_over", "obstructed"):
        yield _figure(key, _part(now, key), _part(before, key) if before else None) | {"is_share": True}
    for key in (*_COUNTED, "refusals"):
        yield _figure(key, now[key], before[key] if before else None)


def _part(sums: Sums, key: str) -> float | None:
    """Return a share of all sessions; None where there were none."""
    if not sums["sessions"]:
        return None
    hits = sums["sessions"] - sums["obstacle_none"] if key == "obstructed" else sums[SHARES[key]]
    return round(hits / sums["sessions"], 6)


def _figure(key: str, now: float | None, before: float | None) -> dict[str, Any]:
    meant = DEFINITIONS[key]
    return {
        "key": key,
        "name": str(meant.name),
        "unit": str(meant.unit),
        "counts": str(meant.counts),
        "now": now,
        "before": before,
    }


def _breakdown(breakdown: Any, sums: Sums, before: Sums | None) -> dict[str, Any]:
    lines = [
        {
            "label": capfirst(str(label)),
            "now": sums[column],
            "before": before[column] if before else None,
            "is_nothing": word == "none",
        }
        for (word, label), column in zip(breakdown.words, breakdown.columns, strict=True)
    ]
    return {"key": breakdown.key, "name": str(DEFINITIONS[breakdown.key].name), "lines": lines}


def _unit(row: Row) -> dict[str, Any]:
    sums = NO_SUMS | row.sums
    before = row.before
    return {
        "name": row.name,
        "sessions": sums["sessions"],
        "before": before["sessions"] if before is not None else None,
        "teams": row.headcount.teams,
        "volunteers": row.headcount.members,
        "days": sums["volunteers"],
        "minutes": sums["minutes"],
        "finished": sums["outcome_finished"],
        "handed_over": sums["outcome_handed_over"],
        "obstructed": sums["sessions"] - sums["obstacle_none"],
        "counted": {key: sums[key] for key in _COUNTED[:4]},
        "confirmed": as_plain(confirmed_share(sums)),
    }


def _entry(entry: Difficulty) -> dict[str, Any]:
    return {
        "kind": entry.kind,
        "from": entry.place.full_name if entry.place.level != Place.Level.NATION else "",
        "to": {"level": entry.owner.level, "name": entry.owner.full_name},
        "text": entry.text,
        "due": entry.due.isoformat(),
        "answer": entry.answer,
        "answered_on": _on(entry),
    }


def _on(entry: Difficulty) -> str | None:
    """Return the day in Vietnam on which it was answered."""
    return entry.answered_at.astimezone(clock.VIETNAM).date().isoformat() if entry.answered_at else None
