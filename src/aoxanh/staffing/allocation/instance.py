"""A synthetic campaign of the size of the nation, from a seed: no personal data, nobody's real numbers.

Communes come from the caller with their real points and traits; population, needs, skills and willingness are drawn from
distributions that differ between towns, countryside and remote communes. Used by benches and tests.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aoxanh.staffing.allocation.problem import Communes, Flags, Floats, Ints, People, Problem, Settings

SHARES = np.array([0.12, 0.38, 0.36, 0.09, 0.05])
# Technology and communication wanted by kind of post, as provinces might ask for them.
WANTED = np.array([[0, 1], [1, 0], [1, 1], [2, 1], [1, 1]])
TOWN, COUNTRY, REMOTE = range(3)
PEOPLE = 240_000
TEAMS = 4_800
SPEAKERS_SHARE = 0.22


@dataclass(frozen=True)
class Place:
    """What the instance needs to know about a real commune."""

    code: str
    province: str
    lat: float
    lon: float
    town: bool
    border: bool
    remote: bool
    island: bool
    languages: tuple[str, ...]


def synthetic(places: list[Place], seed: int, people: int = PEOPLE, teams: int = TEAMS) -> Problem:
    """Return a problem on these communes; fewer communes get their share of the people."""
    random = np.random.default_rng(seed)
    kind = np.array([TOWN if p.town else REMOTE if p.remote or p.island else COUNTRY for p in places])
    weight = random.lognormal(0, 0.45, len(places)) * np.array([1.35, 1.0, 0.45])[kind]
    communes = _communes(random, places, kind, weight, people, teams)
    tongues = np.vstack(
        [np.zeros(len(communes.languages), bool), np.eye(len(communes.languages), dtype=bool)]
    )
    who = _people(random, communes, kind, weight, people)
    return Problem(who, communes, tongues, [frozenset()], np.zeros((0, 3), dtype=np.int64), Settings())


def _communes(
    random: np.random.Generator, places: list[Place], kind: Ints, weight: Floats, people: int, teams: int
) -> Communes:
    size = len(places)
    languages = sorted({language for place in places for language in place.languages})
    wish = weight * np.array([0.85, 1.1, 2.2])[kind] * random.lognormal(0, 0.25, size)
    wish *= people / wish.sum()
    needs = np.maximum(1, np.rint(wish[:, None] * random.dirichlet(SHARES * 60, size))).astype(np.int64)
    total = needs.sum(axis=1)
    spoken = np.array(
        [[language in place.languages for language in languages] for place in places], dtype=bool
    )
    # A province has a handful of languages; each commune mostly one or two of them.
    spoken &= random.uniform(size=spoken.shape) < np.array([0.12, 0.35, 0.55])[kind][:, None]
    speakers = np.where(
        spoken, np.maximum(2, np.ceil(0.12 * total[:, None] * random.uniform(0.5, 1.5, spoken.shape))), 0
    )
    extra = random.multinomial(max(0, teams - size), weight / weight.sum())
    provinces = sorted({place.province for place in places})
    island = np.array([place.island for place in places])
    settings = Settings()
    return Communes(
        [place.code for place in places], provinces,
        np.array([provinces.index(place.province) for place in places]),
        np.array([place.lat for place in places]), np.array([place.lon for place in places]),
        np.ones(size, dtype=bool), np.ones(size, dtype=bool), np.where(island, 15, 0),
        np.array([place.border or place.remote or place.island for place in places]),
        needs, np.ceil(settings.floor_share * needs).astype(np.int64),
        1 + extra, np.ceil(2.3 * total).astype(np.int64), languages, speakers.astype(np.int64),
        np.broadcast_to(WANTED, (size, *WANTED.shape)),
    )  # fmt: skip


def _people(
    random: np.random.Generator, communes: Communes, kind: Ints, weight: Floats, people: int
) -> People:
    supply = weight * np.array([1.35, 0.95, 0.6])[kind] * random.lognormal(0, 0.4, len(kind))
    home = np.repeat(np.arange(len(kind)), random.multinomial(people, supply / supply.sum()))
    here = kind[home]
    technology = _pick(random, here, [[0.12, 0.46, 0.42], [0.28, 0.50, 0.22], [0.45, 0.42, 0.13]])
    communication = _pick(random, here, [[0.22, 0.50, 0.28], [0.25, 0.52, 0.23], [0.28, 0.52, 0.20]])
    mobile = _pick(random, here, [[0.48, 0.34, 0.18], [0.62, 0.30, 0.08], [0.72, 0.22, 0.06]])
    reach = np.array([0, 20, 80])[mobile]
    stayed = random.uniform(size=people) < 0.9
    return People(
        [f"v{number:06d}" for number in range(people)], home, technology, communication,
        _certificates(random, here, technology), _tongue(random, communes, home),
        random.choice([1, 3, 5], size=people, p=[0.35, 0.45, 0.20]), reach,
        random.uniform(size=people) > 0.06, random.uniform(size=people) < 0.035 + 0.03 * communication,
        (mobile == 2) & (random.uniform(size=people) < 0.3),
        np.where(stayed, home, -1), np.full(people, -1), np.zeros(people, dtype=np.int64),
        random.uniform(size=people) > 0.01,
    )  # fmt: skip


def _pick(random: np.random.Generator, row: Ints, shares: list[list[float]]) -> Ints:
    edges = np.cumsum(np.array(shares), axis=1)[row]
    return np.asarray(
        np.minimum((random.uniform(size=len(row))[:, None] > edges).sum(axis=1), 2), dtype=np.int64
    )


def _certificates(random: np.random.Generator, here: Ints, technology: Ints) -> Ints:
    able = np.stack([
        np.array([0.78, 0.72, 0.60])[here],
        np.array([0.62, 0.52, 0.40])[here] + 0.08 * (technology - 1),
        np.array([0.26, 0.13, 0.06])[here] + 0.06 * (technology - 1),
    ], axis=1)  # fmt: skip
    return np.asarray((random.uniform(size=able.shape) < able) @ np.array([1, 2, 4]), dtype=np.int64)


def _tongue(random: np.random.Generator, communes: Communes, home: Ints) -> Ints:
    spoken: Flags = (communes.speakers > 0)[home]
    speaks: npt.NDArray[np.bool_] = spoken & (random.uniform(size=spoken.shape) < SPEAKERS_SHARE)
    return np.where(speaks.any(axis=1), speaks.argmax(axis=1) + 1, 0)
