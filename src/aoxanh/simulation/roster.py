"""Teams and volunteers as arrays, and as rows: how many where, who speaks what, who leads."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aoxanh.desk.partitions import FIRST_MONTH
from aoxanh.kernel import clock
from aoxanh.people import copying
from aoxanh.people.models import Membership, Team
from aoxanh.simulation.demand import COUNTRY_DESK, MOBILE, TOWN_DESK
from aoxanh.simulation.land import RARE, SPEAKERS, Land
from aoxanh.simulation.names import Names
from aoxanh.simulation.plan import STREAM_TEAMS, Plan, teams_for
from aoxanh.simulation.words import cumulative
from aoxanh.training.copying import copy_certificates

KINDS = (Team.Kind.ON_DUTY, Team.Kind.MOBILE, Team.Kind.SPECIALIST)
OUTLINE_VOLUNTEERS = 2
MINORS = 0.06
TECHNOLOGY, COMMUNICATION = (0.05, 0.40, 0.85), (0.05, 0.35, 0.80)
SPEAKS = 0.6  # share of volunteers of border and remote communes who help in a language of the province
BEGINS = datetime.combine(FIRST_MONTH, time(7, 30), clock.VIETNAM)
REACHES, REACH_SHARES = (0, 5, 15, 30, 60), (0.35, 0.2, 0.25, 0.15, 0.05)
ABROAD = 0.04
TRAINED = {"vneid": 0.6, "services": 0.45, "ai": 0.15}  # share of volunteers with a certificate
CONSENT_PAPER, CONSENT_PLACE = "Đơn đồng ý của gia đình, mẫu của Đoàn xã", "Tủ hồ sơ Đoàn xã"
DAYS_AFTER_16 = 730
COURSE = "Lớp tập huấn đầu chiến dịch"
SILENT = 0.06  # share of teams that have recorded nothing yet


@dataclass(frozen=True)
class Roster:
    """Who is where; `team_*` arrays have an entry for each team, volunteers are numbered team after team."""

    team_ids: list[str]
    team_commune: NDArray[np.int32]
    team_kind: NDArray[np.int8]
    team_first: NDArray[np.int32]
    team_size: NDArray[np.int32]
    team_pattern: NDArray[np.int8]
    team_market: NDArray[np.int8]
    team_weight: NDArray[np.float64]
    volunteer_ids: list[str]
    device_ids: list[str]

    @property
    def volunteers(self) -> int:
        """How many volunteers there are."""
        return len(self.volunteer_ids)


def make_roster(plan: Plan, land: Land) -> Roster:
    """Decide teams and volunteers; one outline team of two in communes that are not played in detail."""
    rng = plan.rng(STREAM_TEAMS)
    per_commune = _teams_per_commune(plan, land)
    commune = np.repeat(np.arange(len(land.codes), dtype=np.int32), per_commune)
    rank = np.concatenate([np.arange(count) for count in per_commune])
    kind = (rank % 3).astype(np.int8)
    detailed = land.detailed[commune]
    size = np.full(len(commune), OUTLINE_VOLUNTEERS, np.int32)
    share = np.where(detailed, rng.lognormal(0.0, 0.4, len(commune)), 0.0)
    size[detailed] = _largest_remainder(share[detailed], _detailed_volunteers(plan, land), least=4)
    liveliness = np.where(rng.random(len(commune)) < SILENT, 0.0, rng.lognormal(0.0, 0.6, len(commune)))
    weight = land.weight[commune] / per_commune[commune] * np.where(detailed, 1.0, 0.12) * liveliness
    town = land.town[commune]
    first = np.concatenate([[0], np.cumsum(size)[:-1]]).astype(np.int32)
    total = int(size.sum())
    volunteers = uuids(rng, total)
    return Roster(
        texts(uuids(rng, len(commune))),
        commune,
        kind,
        first,
        size,
        np.where(kind == 1, MOBILE, np.where(town, TOWN_DESK, COUNTRY_DESK)).astype(np.int8),
        rng.integers(0, 7, len(land.codes))[commune].astype(np.int8),
        weight,
        texts(volunteers),
        texts(volunteers ^ np.array([0] * 10 + [1] + [0] * 5, np.uint8)),
    )


def write_roster(plan: Plan, land: Land, roster: Roster) -> None:
    """Copy teams, volunteers, guardians' consents, memberships, languages and certificates into their tables."""
    copying.copy_rows(copying.TEAM, _team_rows(land, roster))
    copying.copy_rows(copying.VOLUNTEER, _volunteer_rows(plan, land, roster))
    copying.copy_rows(copying.CONSENT, _consent_rows(plan, roster))
    rng = plan.rng(STREAM_TEAMS, 2)
    copying.copy_rows(copying.MEMBERSHIP, _membership_rows(rng, roster))
    copying.copy_rows(copying.LANGUAGE_SKILL, _language_rows(plan.rng(STREAM_TEAMS, 3), land, roster))
    copy_certificates(_certificate_rows(plan.rng(STREAM_TEAMS, 6), roster))


def texts(raw: NDArray[np.uint8]) -> list[str]:
    """Return UUIDs, given as rows of 16 bytes, in their text form."""
    return uuid_texts(raw).tolist()  # type: ignore[no-any-return]


_HEX = np.frombuffer(b"0123456789abcdef", np.uint8)
_PLACES = np.array([index for index in range(36) if index not in (8, 13, 18, 23)])


def uuid_texts(raw: NDArray[np.uint8]) -> NDArray[np.str_]:
    """Return UUIDs, given as rows of 16 bytes, as an array of text."""
    out = np.full((len(raw), 36), ord("-"), np.uint8)
    out[:, _PLACES[0::2]] = _HEX[raw >> 4]
    out[:, _PLACES[1::2]] = _HEX[raw & 15]
    return np.ascontiguousarray(out).view("S36").ravel().astype("U36")


def uuids(rng: np.random.Generator, count: int) -> NDArray[np.uint8]:
    """Return UUIDs in version 7 form that the seed decides, all of the campaign's first morning."""
    raw = rng.integers(0, 256, (count, 16), dtype=np.uint8)
    raw[:, :2] = (0x01, 0x97)
    raw[:, 6] = raw[:, 6] & 0x0F | 0x70
    raw[:, 8] = raw[:, 8] & 0x3F | 0x80
    return raw


def _detailed_volunteers(plan: Plan, land: Land) -> int:
    """Return the national number, or its share for the communes that are played in detail."""
    detailed = int(land.detailed.sum())
    return plan.volunteers if plan.scale == "national" else round(plan.volunteers * detailed / 3321)


def _teams_per_commune(plan: Plan, land: Land) -> NDArray[np.int64]:
    detailed = int(land.detailed.sum())
    wanted = teams_for(plan.volunteers)
    wanted = wanted if plan.scale == "national" else round(wanted * detailed / 3321)
    counts = np.ones(len(land.codes), np.int64)
    counts[land.detailed] = _largest_remainder(land.weight[land.detailed], max(wanted, detailed), least=1)
    return counts


def _largest_remainder(weights: NDArray[np.float64], total: int, *, least: int) -> NDArray[np.int64]:
    """Share `total` out by weight, at least `least` each (which comes first when there is too little)."""
    rest = max(0, total - least * len(weights))
    exact = weights / weights.sum() * rest
    counts: NDArray[np.int64] = np.floor(exact).astype(np.int64) + least
    order = np.argsort(-(exact - counts), kind="stable")
    counts[order[: max(0, total - int(counts.sum()))]] += 1
    return counts


def _team_rows(land: Land, roster: Roster) -> Iterator[tuple[Any, ...]]:
    rank: dict[int, int] = {}
    for number, id_ in enumerate(roster.team_ids):
        commune = int(roster.team_commune[number])
        rank[commune] = rank.get(commune, 0) + 1
        name = f"Đội hình {land.names[commune]}" + (f" {rank[commune]}" if rank[commune] > 1 else "")
        yield id_, land.codes[commune], name, KINDS[roster.team_kind[number]].value, FIRST_MONTH


def _grown_up_after(plan: Plan, roster: Roster) -> list[int]:
    """Return for each volunteer in how many days after the campaign's last they turn 18; 0 for adults."""
    days = plan.rng(STREAM_TEAMS, 7).integers(60, 700, roster.volunteers)
    grown: list[int] = np.where(minors(plan, roster), days, 0).tolist()
    return grown


def _consent_rows(plan: Plan, roster: Roster) -> Iterator[tuple[Any, ...]]:
    """Yield a guardian's consent for every minor, signed on the campaign's first day or once they were 16."""
    young = [(number, days) for number, days in enumerate(_grown_up_after(plan, roster)) if days]
    ids = texts(uuids(plan.rng(STREAM_TEAMS, 8), len(young)))
    for id_, (number, days) in zip(ids, young, strict=True):
        adult_on = plan.until + timedelta(days=days)
        given_on = max(FIRST_MONTH, adult_on - timedelta(days=DAYS_AFTER_16))
        yield id_, roster.volunteer_ids[number], given_on, CONSENT_PAPER, CONSENT_PLACE, adult_on, BEGINS


def _volunteer_rows(plan: Plan, land: Land, roster: Roster) -> Iterator[tuple[Any, ...]]:
    rng, names = plan.rng(STREAM_TEAMS, 1), Names()
    commune = np.repeat(roster.team_commune, roster.team_size)
    upland = (land.border | land.remote)[commune]
    count = roster.volunteers
    travel = plan.rng(STREAM_TEAMS, 5)
    columns = zip(
        roster.volunteer_ids,
        names.choose(rng, upland),
        commune.tolist(),
        np.searchsorted(TECHNOLOGY, rng.random(count)).tolist(),
        np.searchsorted(COMMUNICATION, rng.random(count)).tolist(),
        rng.integers(0, 1 << 12, count).tolist(),
        _grown_up_after(plan, roster),
        travel.choice(REACHES, count, p=REACH_SHARES).tolist(),
        (travel.random(count) < ABROAD).tolist(),
        strict=True,
    )
    for id_, (name, folded, key), home, technology, communication, hours, grows_up, reach, abroad in columns:
        adult_on = plan.until + timedelta(days=grows_up) if grows_up else None
        yield (
            *(id_, name, folded, key, land.codes[home], technology, communication, hours),
            *(adult_on, True, BEGINS, reach, abroad),
        )


def _certificate_rows(rng: np.random.Generator, roster: Roster) -> Iterator[tuple[Any, ...]]:
    """Yield a certificate for each skill group that a volunteer was trained for; whoever leads was trained for the first two."""
    held = rng.random((roster.volunteers, len(TRAINED))) < list(TRAINED.values())
    held[roster.team_first, :2] = True
    who, group = np.nonzero(held)
    ids, codes = texts(uuids(rng, len(who))), list(TRAINED)
    for id_, volunteer, number in zip(ids, who.tolist(), group.tolist(), strict=True):
        yield id_, roster.volunteer_ids[volunteer], codes[number], FIRST_MONTH, COURSE, BEGINS


def minors(plan: Plan, roster: Roster) -> NDArray[np.bool_]:
    """Tell which volunteers are not yet of age; whoever leads a team is."""
    young = plan.rng(STREAM_TEAMS, 4).random(roster.volunteers) < MINORS
    young[roster.team_first] = False
    return young


def _membership_rows(rng: np.random.Generator, roster: Roster) -> Iterator[tuple[Any, ...]]:
    ids = texts(uuids(rng, roster.volunteers))
    for number, team in enumerate(roster.team_ids):
        first, size = int(roster.team_first[number]), int(roster.team_size[number])
        for member in range(size):
            place = Membership.Position.LEADER if member == 0 else Membership.Position.MEMBER
            place = Membership.Position.DEPUTY if member == 1 and size > 5 else place
            yield ids[first + member], team, roster.volunteer_ids[first + member], place.value, FIRST_MONTH


def _language_rows(rng: np.random.Generator, land: Land, roster: Roster) -> Iterator[tuple[Any, ...]]:
    """Yield one language for most volunteers where it is spoken around them, by how many people speak it."""
    commune = np.repeat(roster.team_commune, roster.team_size)
    speaks = (rng.random(roster.volunteers) < SPEAKS) & (land.foreign_share[commune] > 0.2)
    speakers = np.flatnonzero(speaks)
    ids = texts(uuids(rng, len(speakers)))
    columns = zip(
        ids,
        speakers.tolist(),
        rng.random(len(speakers)),
        rng.integers(1, 4, len(speakers)).tolist(),
        strict=True,
    )
    for id_, volunteer, chance, level in columns:
        spoken = land.languages[commune[volunteer]]
        yield (
            id_,
            roster.volunteer_ids[volunteer],
            spoken[int(np.searchsorted(tongues(spoken), chance))],
            level,
        )


def tongues(spoken: tuple[str, ...]) -> NDArray[np.float64]:
    """Return the cumulative shares of a province's languages, by how many people speak them."""
    return cumulative({language: SPEAKERS.get(language, RARE) for language in spoken}, spoken)
