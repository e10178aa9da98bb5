"""Writing a synthetic campaign into an empty installation."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from aoxanh.audit import actions as audit
from aoxanh.desk.bulk import MonthLoader, settle_handovers_before, vacuum_loaded
from aoxanh.desk.rollup import recompute_all_between
from aoxanh.kernel.errors import DomainError
from aoxanh.kernel.scope import whole_nation
from aoxanh.people import copying
from aoxanh.people.actors import Actor
from aoxanh.simulation.accounts import make_accounts, new_password
from aoxanh.simulation.batch import Batch
from aoxanh.simulation.catalogue import read_catalogue
from aoxanh.simulation.corrections import with_corrections
from aoxanh.simulation.fabricators import Fabricator, choose_fabricators, made_up
from aoxanh.simulation.land import read_land
from aoxanh.simulation.plan import STREAM_BLOCK, STREAM_ROSTER, Plan
from aoxanh.simulation.roster import make_roster, write_roster
from aoxanh.simulation.rows import CHUNK, RowWriter, session_ids
from aoxanh.simulation.sessions import EPOCH, Campaign, honest, prepare
from aoxanh.simulation.truth import Planted
from aoxanh.simulation.voices import Voices

Progress = Callable[[str, int, int], None]
"""Told the step's name, how much of it is done, and how much there is."""


class NotEmpty(DomainError):
    """Synthetic people and figures must never be mixed into a real campaign."""

    code = "not_empty"
    message = _("This installation already has teams; a simulated campaign would mix with them.")
    remedy = _("Use an empty installation: set AOXANH_DATA_DIR to a new folder.")


@dataclass
class Simulated:
    """What was made; `seconds` by step. `planted` is for the truth file alone."""

    password: str
    volunteers: int = 0
    teams: int = 0
    sessions: int = 0
    commune_days: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    planted: list[Planted] = field(default_factory=list)


def simulate(*, plan: Plan, by: Actor, progress: Progress, chunk: int = CHUNK) -> Simulated:
    """Fill an empty installation with a campaign, whole or not at all, and return what was made.

    Needs the owning role. The same plan gives the same rows but for the accounts' password, which is random so that no
    installation has a known one; `chunk` (rows written at a time) changes nothing. Raises NotEmpty, SessionsExist, NotTheOwner.
    """
    made = Simulated(new_password())
    with transaction.atomic(), whole_nation():
        if copying.has_people():
            raise NotEmpty
        loader = MonthLoader()
        with _timed(made, "people"):
            campaign = _people(plan, made, progress)
        fabricators = choose_fabricators(campaign)
        with _timed(made, "sessions"):
            _sessions(campaign, fabricators, loader, made, progress, chunk)
            loader.attach()
        with _timed(made, "figures"):
            _figures(plan, made, progress)
        audit.record(
            chain="VN",
            actor=str(by),
            action="simulation.seeded",
            details={"seed": plan.seed, "scale": plan.scale, "sessions": made.sessions},
        )
    with _timed(made, "statistics"):
        vacuum_loaded()
        copying.vacuum_copied()
    return made


def _people(plan: Plan, made: Simulated, progress: Progress) -> Campaign:
    progress("people", 0, 1)
    land = read_land(plan, plan.rng(STREAM_ROSTER))
    roster = make_roster(plan, land)
    write_roster(plan, land, roster)
    make_accounts(plan, land, roster, made.password)
    made.volunteers, made.teams = roster.volunteers, len(roster.team_ids)
    progress("people", 1, 1)
    return prepare(plan, land, roster, read_catalogue(plan, land))


def _sessions(
    campaign: Campaign,
    fabricators: list[Fabricator],
    loader: MonthLoader,
    made: Simulated,
    progress: Progress,
    chunk: int,
) -> None:
    """Draw and copy month after month, province after province; what is made up is mixed in and counted."""
    writer, voices = RowWriter(campaign, chunk=chunk), Voices(campaign)
    uploaded: dict[int, list[int]] = {number: [] for number in range(len(fabricators))}

    def chunks(month: date) -> Iterator[bytes]:
        for province, batch, rng in blocks(campaign, fabricators, month):
            made.sessions += len(batch)
            for number, day in zip(*_planted(batch), strict=True):
                uploaded[number].append(day)
            raw = session_ids(batch.captured, rng)
            voices.hear(batch, raw, province, month)
            yield from writer.chunks(batch, raw)
            progress("sessions", min(made.sessions, campaign.plan.sessions), campaign.plan.sessions)

    for month in campaign.plan.months():
        loader.load(month, chunks(month))
        voices.write()
    progress("sessions", campaign.plan.sessions, campaign.plan.sessions)
    made.planted = [_told(campaign, person, uploaded[number]) for number, person in enumerate(fabricators)]


def blocks(
    campaign: Campaign, fabricators: list[Fabricator], month: date
) -> Iterator[tuple[str, Batch, np.random.Generator]]:
    """Yield each province's month with the random numbers that go on with it; a block depends on nothing but its place."""
    end = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
    between = ((month - EPOCH).days, (end - EPOCH).days)
    provinces = sorted(set(campaign.land.provinces))
    home = [campaign.land.provinces[campaign.roster.team_commune[person.team]] for person in fabricators]
    cutoff = int(campaign.plan.cutoff.timestamp() * 1000)
    for province in provinces:
        rng = campaign.plan.rng(STREAM_BLOCK, int(province), month.year * 12 + month.month)
        batch = with_corrections(rng, honest(campaign, rng, province, month), between[1])
        here = [pair for pair, place in zip(enumerate(fabricators), home, strict=True) if place == province]
        extra = made_up(campaign, rng, province, here, between)
        batch = Batch.joined([batch, extra]) if extra else batch
        order = np.argsort(batch.received, kind="stable")
        yield province, batch.keep(order[batch.received[order] < cutoff]), rng


def _planted(batch: Batch) -> tuple[list[int], list[int]]:
    rows = batch.planted >= 0
    return batch.planted[rows].tolist(), batch.day[rows].tolist()


def _told(campaign: Campaign, person: Fabricator, days: list[int]) -> Planted:
    roster = campaign.roster
    return Planted(
        roster.volunteer_ids[person.volunteer],
        roster.team_ids[person.team],
        campaign.land.codes[roster.team_commune[person.team]],
        person.kind,
        tuple(sorted(set(days))),
        len(days),
        roster.volunteer_ids[person.partner] if person.partner >= 0 else "",
    )


def _figures(plan: Plan, made: Simulated, progress: Progress) -> None:
    """Compute the daily figures month by month; what was handed over two days ago or earlier has been settled since."""
    months = plan.months()
    for number, month in enumerate(months):
        progress("figures", number, len(months))
        end = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
        made.commune_days += recompute_all_between(month, end)
    settle_handovers_before(plan.until - timedelta(days=2))
    progress("figures", len(months), len(months))


@contextmanager
def _timed(made: Simulated, step: str) -> Iterator[None]:
    started = time.perf_counter()
    yield
    made.seconds[step] = time.perf_counter() - started
