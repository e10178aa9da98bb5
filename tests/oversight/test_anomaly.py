"""The engine that looks for figures unlike those of comparable people: what it finds, whom it leaves in peace, and what it tells."""

from dataclasses import fields, replace

import numpy as np
import pytest

from aoxanh.oversight.anomaly import Calendar, Finding, Looked, People, Work, look
from aoxanh.oversight.anomaly.peers import judge
from aoxanh.oversight.anomaly.signs import Units
from aoxanh.oversight.anomaly.work import DAY, HOUR, VIETNAM_OFFSET

FIRST_DAY, DAYS, VOLUNTEERS, TEAM = 20_000, 30, 400, 8
SUNDAYS = frozenset(range(FIRST_DAY + 6, FIRST_DAY + DAYS, 7))
CALENDAR = Calendar(closed=SUNDAYS, closing=frozenset({FIRST_DAY + 28, FIRST_DAY + 29}))
PEOPLE = People(np.zeros(VOLUNTEERS, np.int64), np.arange(VOLUNTEERS) // TEAM)


def columns(volunteer: object, day: object, clock: object, **told: object) -> Work:
    """Return work as honest people tell it, but for the columns that are given."""
    who = np.asarray(volunteer, np.int64)
    rng = np.random.default_rng(int(who.sum()) + len(who))
    size = len(who)
    values = {
        "volunteer": who, "commune": who // TEAM, "device": who, "day": np.asarray(day, np.int64),
        "saved": (np.asarray(day) * DAY - VIETNAM_OFFSET + np.asarray(clock) * HOUR).astype(np.int64),
        "kind": np.zeros(size, np.int64), "mode": rng.integers(1, 4, size), "content": rng.integers(0, 1 << 40, size),
        "minutes": rng.integers(6, 34, size), "quantity": np.zeros(size, np.int64), "helped": np.ones(size, bool),
        "smooth": rng.random(size) < 0.5,
    }  # fmt: skip
    return Work(**values | {name: np.broadcast_to(value, size).copy() for name, value in told.items()})  # type: ignore[arg-type]


def honest(seed: int = 1) -> Work:
    """Return a month of 400 people, each on duty on about a third of the days."""
    rng = np.random.default_rng(seed)
    duty = np.argwhere(rng.random((VOLUNTEERS, DAYS)) < 0.35)
    cell = np.repeat(np.arange(len(duty)), rng.integers(1, 9, len(duty)))
    counted = rng.random(len(cell)) < 0.1
    quantity = np.where(counted, rng.integers(20, 180, len(cell)), 0)
    told = {
        "quantity": quantity,
        "helped": ~counted,
        "smooth": (rng.random(len(cell)) < 0.5) & ~counted,
        "content": rng.integers(0, 1 << 40, len(cell)),
    }
    return columns(duty[cell, 0], FIRST_DAY + duty[cell, 1], 7.5 + 9 * rng.random(len(cell)), **told)


def joined(*parts: Work) -> Work:
    return Work(**{f.name: np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(Work)})


def on_days(who: int, each: int, clock: np.ndarray, *, days: range, **told: object) -> Work:
    day = np.repeat(list(days), each)
    return columns(np.full(len(day), who), day, np.tile(clock, len(days)), **told)


def found_in(looked: Looked, who: int) -> Finding:
    [finding] = [one for one in looked.volunteers if one.owner == who]
    return finding


def keys(finding: Finding) -> set[str]:
    return {reason.key for reason in finding.reasons}


WEEK = range(FIRST_DAY + 8, FIRST_DAY + 13)
ODDITIES = {
    "hours": on_days(3, 30, np.linspace(6, 20, 30), days=WEEK, minutes=40),
    "pace": on_days(3, 12, 15 + np.arange(12) / 90, days=WEEK),
    "night": on_days(3, 9, np.linspace(22.2, 23.8, 9), days=WEEK),
    "closed": joined(*(on_days(3, 5, np.linspace(8, 16, 5), days=range(day, day + 1), mode=0) for day in sorted(SUNDAYS))),
    "copies": on_days(3, 10, np.linspace(8, 16, 10), days=WEEK, content=77),
    "device": on_days(3, 4, np.linspace(8, 16, 4), days=WEEK, device=4),
    "counts": on_days(3, 1, np.array([9.0]), days=WEEK, quantity=8_000, helped=False, smooth=False),
    "heaping": on_days(3, 8, np.linspace(8, 16, 8), days=range(FIRST_DAY, FIRST_DAY + 20), minutes=15),
    "smooth": on_days(3, 8, np.linspace(8, 16, 8), days=range(FIRST_DAY, FIRST_DAY + 20), smooth=True),
    "closing": on_days(3, 40, np.linspace(7, 17, 40), days=range(FIRST_DAY + 28, FIRST_DAY + 30), minutes=6),
}  # fmt: skip


@pytest.mark.parametrize("key", sorted(ODDITIES))
def test_each_kind_of_oddity_is_found_and_named(key: str) -> None:
    base = honest()
    if key == "device":
        base = joined(base, on_days(4, 4, np.linspace(8, 16, 4), days=WEEK, device=4))
    finding = found_in(look(joined(base, ODDITIES[key]), PEOPLE, CALENDAR), 3)
    assert key in keys(finding)


def test_two_people_who_record_the_same_are_each_told_of_the_other() -> None:
    first = on_days(3, 6, np.linspace(8, 16, 6), days=WEEK)
    second = replace(first, volunteer=first.volunteer + 2, saved=first.saved + 55_000)
    looked = look(joined(honest(), first, second), PEOPLE, CALENDAR)
    for one, other in ((3, 5), (5, 3)):
        [reason] = [reason for reason in found_in(looked, one).reasons if reason.key == "lockstep"]
        assert (reason.partner, reason.hits, reason.days) == (other, 5, tuple(WEEK))


def test_citizens_who_do_not_confirm_are_asked_about_only_where_many_were_asked() -> None:
    rng = np.random.default_rng(4)
    asked = np.full(VOLUNTEERS, 40)
    confirmed = rng.binomial(40, 0.85, VOLUNTEERS)
    asked[7], confirmed[7] = 40, 12
    asked[9], confirmed[9] = 3, 0
    people = replace(PEOPLE, asked=asked, confirmed=confirmed)
    looked = look(honest(), people, CALENDAR)
    assert keys(found_in(looked, 7)) == {"confirmed"}
    assert all(finding.owner != 9 for finding in looked.volunteers)


def test_among_honest_people_hardly_anybody_is_found() -> None:
    found = sum(len(look(honest(seed), PEOPLE, CALENDAR).volunteers) for seed in range(10, 20))
    assert found <= 0.002 * 10 * VOLUNTEERS


def test_one_odd_day_is_no_reason_to_ask() -> None:
    night = on_days(3, 9, np.linspace(22.2, 23.8, 9), days=range(FIRST_DAY + 8, FIRST_DAY + 9))
    assert not look(joined(honest(), night), PEOPLE, CALENDAR).volunteers


def test_what_many_peers_do_is_not_odd() -> None:
    nights = [on_days(who, 4, np.linspace(22.2, 23.8, 4), days=WEEK) for who in range(0, VOLUNTEERS, 6)]
    looked = look(joined(honest(), *nights), PEOPLE, CALENDAR)
    assert len(looked.volunteers) < 0.02 * VOLUNTEERS


def test_a_reason_tells_figures_that_a_person_can_count_again() -> None:
    work = joined(honest(), ODDITIES["night"])
    [reason] = [one for one in found_in(look(work, PEOPLE, CALENDAR), 3).reasons if one.key == "night"]
    mine = work.volunteer == 3
    days = sorted({int(day) for day in work.day[mine]})
    late = [
        day for day in days
        if 2 * np.sum(mine & (work.day == day) & ((work.saved + VIETNAM_OFFSET) % DAY >= 22 * HOUR)) >= np.sum(mine & (work.day == day))
    ]  # fmt: skip
    assert (reason.hits, reason.units, reason.days) == (len(late), len(days), tuple(late))
    assert reason.peers == VOLUNTEERS - 1
    assert reason.expected < 0.1


def test_the_order_in_which_work_arrives_changes_nothing() -> None:
    work = joined(honest(), ODDITIES["copies"])
    shuffled = work.take(np.random.default_rng(9).permutation(len(work)))
    assert look(work, PEOPLE, CALENDAR) == look(shuffled, PEOPLE, CALENDAR)


def test_a_whole_team_that_rounds_its_minutes_is_found_as_a_team() -> None:
    work = honest()
    work.minutes[(work.volunteer // TEAM == 2) & work.helped] = 15
    assert [finding.owner for finding in look(work, PEOPLE, CALENDAR).teams] == [2]


def test_no_work_leads_to_no_finding() -> None:
    assert look(honest().take(np.arange(0)), PEOPLE, CALENDAR) == Looked([], [], 0)


@pytest.mark.parametrize("share", [True, False], ids=["habit", "event"])
@pytest.mark.parametrize("spread", [0.02, 0.15])
def test_chances_are_not_smaller_than_they_are_among_peers_who_differ(share: bool, spread: float) -> None:
    rng = np.random.default_rng(11)
    count, mean = 3_000, 0.5 if share else 0.03
    own = rng.beta(mean * (1 / spread - 1), (1 - mean) * (1 / spread - 1), count)
    owner = np.repeat(np.arange(count), rng.integers(1, 40, count))
    hit = rng.random(len(owner)) < own[owner]
    zeros = np.zeros(len(owner), np.int64)
    units = Units("smooth" if share else "night", owner, zeros, hit, zeros, share=share)
    judged = judge(units, owner, np.zeros(count, np.int64))
    for level in (0.05, 0.01, 0.001):
        assert np.mean(judged.p <= level) <= level * 1.35 + 2 / count
