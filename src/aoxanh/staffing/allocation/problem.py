"""What an allocation is made from: people, communes with their needs, hand edits, and what everything is worth.

Rows (`Volunteer`, `Commune`, `Edit`) are what callers write; the engine works on columns (`People`, `Communes`), one array a
field, so that a nation fits into a few dozen megabytes.
"""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

KINDS = ("outreach", "vneid", "services", "ai", "police")
OUTREACH, VNEID, SERVICES, AI, POLICE = range(5)
# The skill group whose certificate a kind of post asks for, 0 for none. Whoever pairs with the commune police is an adult.
GROUP = np.array([0, 1, 2, 3, 1])
GROUPS = (1, 2, 3)
LEVELS = 3
# Points for each level of technology and of communication (0, 1, 2), by kind of post.
TECHNOLOGY = np.array([3, 9, 11, 20, 8])
COMMUNICATION = np.array([14, 9, 8, 3, 10])
ANY_KIND = -1
NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Volunteer:
    """One person. `reach` is how far they will travel, in km by road; 0 is the home commune only.

    `shifts` are half days a week; `last` is the commune of the last plan; `refuses` are communes they said no to, and
    `available=False` says no altogether; `abroad` means ready to help a province that is short.
    """

    id: str
    home: str
    technology: int = 0
    communication: int = 0
    certificates: tuple[int, ...] = ()
    languages: tuple[str, ...] = ()
    shifts: int = 1
    reach: int = 0
    adult: bool = True
    leads: bool = False
    abroad: bool = False
    last: str = ""
    last_kind: str = ""
    refuses: tuple[str, ...] = ()
    available: bool = True


@dataclass(frozen=True, slots=True)
class Commune:
    """One commune and what it needs.

    `needs` are people by kind of post, `floors` the least of them that must not be missed; a kind without a floor gets the
    setting's share; `levels` are the technology and communication wanted, by kind. `languages` are speakers wanted, by ISO 639-3 code; `leaders` one for each team; `shifts` half days a
    week in all. `boat_km` is added to every trip here; without a `road` only its own people serve.
    """

    code: str
    province: str
    lat: float | None = None
    lon: float | None = None
    needs: dict[str, int] = field(default_factory=dict)
    floors: dict[str, int] = field(default_factory=dict)
    languages: dict[str, int] = field(default_factory=dict)
    leaders: int = 0
    shifts: int = 0
    priority: bool = False
    road: bool = True
    boat_km: int = 0
    levels: dict[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edit:
    """A hand edit: this person does (`pin`) or does not (`ban`) serve there. A ban without a kind means every post of the commune."""

    verb: str
    person: str
    commune: str
    kind: str = ""


@dataclass(frozen=True)
class Settings:
    """What things are worth, in points, and the limits. One point is about one kilometre."""

    priority_floor: int = 4000  # a place below the minimum of a border, remote or island commune
    floor: int = 1000  # a place below the minimum elsewhere
    steps: tuple[int, ...] = (400, 250, 100)  # each equal part of the need above the minimum
    priority: float = 1.5  # what counts so many times in priority communes, the minimum excepted
    language: int = 800  # a speaker who is wanted and missing
    leader: int = 600  # a team without a leader
    shift: int = 15  # a half day a week that nobody covers
    language_bonus: int = 25  # somebody who speaks one of the commune's languages
    stay: int = 15  # somebody who stays where the last plan put them
    km: int = 1
    abroad: int = 20  # leaving one's province, besides the way
    below: int = 40  # each level of technology or communication that somebody lacks in a post
    floor_share: float = 0.4
    detour: float = 1.25  # a road is so many times as long as the straight line
    minor_km: int = 5
    abroad_km: int = 150


@dataclass(frozen=True)
class Communes:
    """The communes as columns; `needs` and `floors` are (communes, kinds)."""

    codes: list[str]
    provinces: list[str]
    province: Ints
    lat: Floats
    lon: Floats
    located: Flags
    road: Flags
    boat_km: Ints
    priority: Flags
    needs: Ints
    floors: Ints
    leaders: Ints
    shifts: Ints
    languages: list[str]
    speakers: Ints  # (communes, languages): how many are wanted
    levels: Ints  # (communes, kinds, 2): technology and communication wanted

    def __len__(self) -> int:
        return len(self.codes)


@dataclass(frozen=True)
class People:
    """The people as columns. `tongue` and `noes` point into the problem's lists; `last` and `home` into the communes."""

    ids: list[str]
    home: Ints
    technology: Ints
    communication: Ints
    certificates: Ints  # bit g - 1 is skill group g
    tongue: Ints
    shifts: Ints
    reach: Ints
    adult: Flags
    leads: Flags
    abroad: Flags
    last: Ints
    last_kind: Ints
    noes: Ints
    available: Flags

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True)
class Problem:
    """A clean problem: every index is valid, every number is in range, no two hand edits contradict each other.

    `tongues` are sets of languages as rows of flags over `communes.languages`; row 0 speaks none of them. `noes` are sets of
    (commune, kind) that somebody must not serve; set 0 is empty. `pins` are rows of person, commune, kind.
    """

    people: People
    communes: Communes
    tongues: Flags
    noes: list[frozenset[tuple[int, int]]]
    pins: Ints
    settings: Settings = field(default_factory=Settings)


def may_serve(certificates: Ints, adult: Flags) -> Flags:
    """Return (n, kinds): which kinds of post people with these certificates may hold."""
    held = (GROUP == 0) | ((certificates[:, None] >> np.maximum(GROUP - 1, 0)) & 1 > 0)
    held[:, POLICE] &= adult
    return np.asarray(held, dtype=np.bool_)


def fit(technology: Ints, communication: Ints) -> Ints:
    """Return (n, kinds): points for technology and communication."""
    return np.asarray(
        technology[:, None] * TECHNOLOGY + communication[:, None] * COMMUNICATION, dtype=np.int64
    )


def levels_lacking(technology: Ints, communication: Ints, levels: Ints) -> Ints:
    """Return how many levels people lack of what posts want; `levels` ends in (technology, communication)."""
    lacking = np.maximum(0, levels[..., 0] - technology) + np.maximum(0, levels[..., 1] - communication)
    return np.asarray(lacking, dtype=np.int64)
