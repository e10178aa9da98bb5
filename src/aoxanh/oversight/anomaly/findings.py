"""Findings: whom to ask, about which figures, compared with whom, with the share of false ones bounded.

False discoveries are bounded by Benjamini and Hochberg (1995) over all people: signs of people who share a team or a phone move
together in one direction, under which that procedure holds (Benjamini and Yekutieli, 2001). Their own procedure would also hold
under any dependence, at the price of a factor of ln(240,000) = 13, which would silence honest questions about small samples.
"""

from dataclasses import dataclass

import numpy as np

from aoxanh.oversight.anomaly.peers import Judged, judge
from aoxanh.oversight.anomaly.signs import Key, Units, all_signs
from aoxanh.oversight.anomaly.work import Calendar, Flags, Floats, Ints, People, Work, person_days

FALSE_DISCOVERIES = 0.05
# A difference that nobody could see is no reason to ask, however sure it is.
LEAST_EVENTS, TIMES_EXPECTED = 3, 3.0
LEAST_ENTRIES, POINTS_ABOVE = 15, 0.15
MOST_DAYS_TOLD = 12


@dataclass(frozen=True, slots=True)
class Reason:
    """One figure to ask about: `hits` of `units`, where `peers` like people show `expected`; the days to look at, and who else if anybody."""

    key: Key
    by: str
    hits: int
    units: int
    expected: float
    peers: int
    p: float
    days: tuple[int, ...]
    partner: int = -1


@dataclass(frozen=True, slots=True)
class Finding:
    """One volunteer or team to ask; `q` is the largest share of false ones among all findings that are at least as sure."""

    owner: int
    q: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Looked:
    """All findings, the surest first, and of how many people and teams."""

    volunteers: list[Finding]
    teams: list[Finding]
    looked_at: int


def look(work: Work, people: People, calendar: Calendar) -> Looked:
    """Look at everybody's work; costs about 10 CPU seconds for a million entries and nothing is written anywhere."""
    if not len(work):
        return Looked([], [], 0)
    days = person_days(work)
    signs = list(all_signs(days, people, calendar))
    teams = int(people.team.max(initial=-1)) + 1
    group_of_team = np.zeros(teams, np.int64)
    group_of_team[people.team] = people.group
    persons = [(units, units.owner) for units in signs]
    by_team = [(units, people.team[units.owner]) for units in signs]
    return Looked(
        _findings(persons, people.group),
        _findings(by_team, group_of_team),
        len(np.unique(days.volunteer)),
    )


def _findings(signs: list[tuple[Units, Ints]], group: Ints) -> list[Finding]:
    judged = [judge(units, owner, group) for units, owner in signs]
    told = [_is_visible(units, one) for (units, _), one in zip(signs, judged, strict=True)]
    values = np.stack([np.where(seen, one.p, 1.0) for one, seen in zip(judged, told, strict=True)])
    # Bonferroni within a person, over the signs that they could have shown at all.
    could = np.stack([one.units > 0 for one in judged]).sum(axis=0)
    least = np.minimum(1.0, values.min(axis=0) * np.maximum(1, could))
    q = _adjusted(least[could > 0])
    whole = np.ones(len(group))
    whole[could > 0] = q
    chosen = np.flatnonzero(whole <= FALSE_DISCOVERIES)
    limit = least[chosen].max(initial=FALSE_DISCOVERIES / max(1, len(q)))
    return [
        Finding(int(owner), float(whole[owner]), _reasons(int(owner), signs, judged, values, could, limit))
        for owner in chosen[np.argsort(least[chosen], kind="stable")]
    ]


def _is_visible(units: Units, one: Judged) -> Flags:
    if units.share:
        enough = one.units >= LEAST_ENTRIES
        return enough & (one.hits - one.expected >= POINTS_ABOVE * one.units)
    return (one.hits >= LEAST_EVENTS) & (one.hits >= TIMES_EXPECTED * one.expected)


def _adjusted(p: Floats) -> Floats:
    """Return Benjamini and Hochberg's adjusted values."""
    from statsmodels.stats.multitest import multipletests

    adjusted: Floats = multipletests(p, method="fdr_bh")[1]
    return adjusted


def _reasons(
    owner: int,
    signs: list[tuple[Units, Ints]],
    judged: list[Judged],
    values: Floats,
    could: Ints,
    limit: float,
) -> tuple[Reason, ...]:
    """Return every sign of a person that would be reason enough by itself, the surest first."""
    found = []
    for number, ((units, owners), one) in enumerate(zip(signs, judged, strict=True)):
        if values[number, owner] * could[owner] <= limit:
            mine = np.flatnonzero((owners == owner) & units.hit)
            found.append(_reason(units, one, owner, mine))
    return tuple(sorted(found, key=lambda reason: reason.p))


def _reason(units: Units, one: Judged, owner: int, mine: np.ndarray[tuple[int], np.dtype[np.intp]]) -> Reason:
    days, times = np.unique(units.day[mine][units.day[mine] >= 0], return_counts=True)
    heaviest = days[np.argsort(-times, kind="stable")[:MOST_DAYS_TOLD]]
    partner = -1
    if units.partner is not None:
        others, met = np.unique(units.partner[mine], return_counts=True)
        partner = int(others[np.argmax(met)])
    return Reason(
        units.key, units.by, int(one.hits[owner]), int(one.units[owner]), float(one.expected[owner]),
        int(one.peers[owner]), float(one.p[owner]), tuple(sorted(heaviest.tolist())), partner,
    )  # fmt: skip
