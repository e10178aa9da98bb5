"""What others say of the sessions: citizens' answers by each channel, second looks, dossiers that were returned."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from aoxanh.desk.bulk import copy_said
from aoxanh.simulation.batch import DAY, HOUR, MINUTE, Batch, Column
from aoxanh.simulation.plan import STREAM_VOICES
from aoxanh.simulation.roster import uuid_texts
from aoxanh.simulation.rows import codes_as_text, stamps
from aoxanh.simulation.sessions import FINISHED, Campaign
from aoxanh.simulation.words import cumulative, draw

READINESS = (2.0, 3.5)  # Beta: the share of a team's citizens who answer
MADE_UP_ANSWERED = 0.06  # made-up help has nobody to speak for it but its author's own thumb
RETURNED, CHECKED, MADE_UP_CHECKED = 0.045, 0.004, 0.02
TOWN = {"qr": 0.70, "button": 0.16, "slip": 0.05, "callback": 0.09}
COUNTRY = {"qr": 0.42, "button": 0.26, "slip": 0.20, "callback": 0.12}
CHANNELS, ANSWERS, KINDS = tuple(TOWN), ("done", "not_yet", "not_helped"), ("file", "visit", "test")
VERDICTS, WHYS = ("passed", "failed", "unclear"), ("dossier", "person")
OF_FINISHED = {"done": 0.92, "not_yet": 0.06, "not_helped": 0.02}
OF_OTHERS = {"done": 0.06, "not_yet": 0.84, "not_helped": 0.10}
KIND = {"file": 0.6, "visit": 0.3, "test": 0.1}
HONEST, MADE_UP = (
    {"passed": 0.91, "failed": 0.05, "unclear": 0.04},
    {"passed": 0.15, "failed": 0.70, "unclear": 0.15},
)
WHY = {"dossier": 0.7, "person": 0.3}
_BUTTON = CHANNELS.index("button")
_AWAY = np.isin(CHANNELS, ("slip", "callback"))


class Voices:
    """Draws what is said of one block after the other, by random numbers of its own, and writes it month by month."""

    def __init__(self, campaign: Campaign) -> None:
        self._campaign = campaign
        rng = campaign.plan.rng(STREAM_VOICES)
        self._readiness = rng.beta(*READINESS, len(campaign.roster.team_ids))
        self._communes = np.array(campaign.land.codes, dtype=object)
        self._cutoff = int(campaign.plan.cutoff.timestamp() * 1000)
        self._told: dict[str, list[str]] = {"confirmation": [], "workcheck": [], "casereturned": []}

    def hear(self, batch: Batch, raw: NDArray[np.uint8], province: str, month: date) -> None:
        """Draw what is said of a province's month; `raw` are the ids of its sessions."""
        rng = self._campaign.plan.rng(STREAM_VOICES, int(province), month.year * 12 + month.month)
        asked = np.flatnonzero((batch.revision == 0) & (batch.code >= 0))
        heard, ids = batch.take(asked), raw[asked]
        self._answers(rng, heard, ids)
        self._checks(rng, heard, ids)
        self._returned(rng, heard, ids)

    def write(self) -> None:
        """Copy what was drawn since the last time."""
        for table, lines in self._told.items():
            copy_said(table, lines)
            lines.clear()

    def _answers(self, rng: np.random.Generator, batch: Batch, raw: NDArray[np.uint8]) -> None:
        fake, town = (
            batch.planted >= 0,
            self._campaign.land.town[self._campaign.roster.team_commune[batch.team]],
        )
        answers = rng.random(len(batch)) < np.where(fake, MADE_UP_ANSWERED, self._readiness[batch.team])
        channel = _either(rng, town, TOWN, COUNTRY, CHANNELS)
        channel[fake] = _BUTTON
        answer = _either(rng, batch.outcome == FINISHED, OF_FINISHED, OF_OTHERS, ANSWERS)
        answer[fake] = 0
        moment = batch.captured + np.where(
            _AWAY[channel], rng.integers(DAY, 9 * DAY, len(batch)), rng.integers(MINUTE, HOUR, len(batch))
        )
        said = answers & (moment < self._cutoff)
        told = (
            codes_as_text(batch.code),
            np.array(CHANNELS)[channel],
            np.array(ANSWERS)[answer],
            stamps(moment),
        )
        self._tell("confirmation", batch, raw, said, *told)

    def _checks(self, rng: np.random.Generator, batch: Batch, raw: NDArray[np.uint8]) -> None:
        fake = batch.planted >= 0
        checked = rng.random(len(batch)) < np.where(fake, MADE_UP_CHECKED, CHECKED)
        kind = draw(rng, len(batch), cumulative(KIND, KINDS))
        verdict = _either(rng, fake, MADE_UP, HONEST, VERDICTS)
        moment = batch.captured + rng.integers(2 * DAY, 20 * DAY, len(batch))
        told = np.array(KINDS)[kind], np.array(VERDICTS)[verdict], stamps(moment)
        self._tell("workcheck", batch, raw, checked & (moment < self._cutoff), *told)

    def _returned(self, rng: np.random.Generator, batch: Batch, raw: NDArray[np.uint8]) -> None:
        returned = rng.random(len(batch)) < np.where(batch.obstacle > 0, 2 * RETURNED, RETURNED)
        why = draw(rng, len(batch), cumulative(WHY, WHYS))
        moment = batch.captured + rng.integers(2 * DAY, 25 * DAY, len(batch))
        keep = returned & (batch.planted < 0) & (moment < self._cutoff)
        self._tell("casereturned", batch, raw, keep, np.array(WHYS)[why], stamps(moment))

    def _tell(
        self, table: str, batch: Batch, raw: NDArray[np.uint8], chosen: Column, *columns: Column | list[str]
    ) -> None:
        """Keep the chosen rows as lines of COPY: commune, day, id, then the table's own columns."""
        at = np.flatnonzero(chosen)
        commune = self._communes[self._campaign.roster.team_commune[batch.team[at]]]
        days = np.datetime_as_string((batch.day[at]).astype("M8[D]"))
        own = [np.asarray(column)[at].tolist() for column in columns]
        rows = zip(commune.tolist(), days.tolist(), uuid_texts(raw[at]).tolist(), *own, strict=True)
        self._told[table] += ["\t".join(row) + "+00\n" for row in rows]


def _either(
    rng: np.random.Generator,
    first: Column,
    one: dict[str, float],
    other: dict[str, float],
    order: tuple[str, ...],
) -> Column:
    chance = rng.random(len(first))
    tables = (np.searchsorted(cumulative(shares, order), chance, side="right") for shares in (one, other))
    return np.where(first, *tables).astype(np.int16)
