"""What a roster is made from: the members of a team, its shifts, absences and wishes, and what everything is worth."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from aoxanh.staffing.allocation.problem import GROUP, KINDS

HALVES = ("am", "pm")
SORTS = ("duty", "mobile", "home_visit")
OUTDOORS = frozenset({"mobile", "home_visit"})
SATURDAY = 5
ANY_HALF = (1 << 14) - 1
# The skill group whose certificate a seat asks for, 0 for none. Dossiers are entered on the seats of `services`.
ASKS: dict[str, int] = dict(zip(KINDS, GROUP.tolist(), strict=True))
DOSSIERS = "services"
POLICE = "police"


@dataclass(frozen=True, slots=True)
class Member:
    """One person of the team.

    Bit `2 * weekday + (0 morning, 1 afternoon)` of `halves` says when they can come, Monday first. `most` is the cap of half
    days a week, `wished` what they would like; `reach` the farthest trip and `week_km` all trips of a week, in km by road. From
    `barred_from` to the day before `barred_to` they may hold no seat at all.
    """

    id: str
    certificates: tuple[int, ...] = ()
    languages: tuple[str, ...] = ()
    adult: bool = True
    leads: bool = False
    experienced: bool = False
    halves: int = ANY_HALF
    most: int = 6
    wished: int = 3
    reach: int = 40
    week_km: int = 160
    barred_from: date | None = None
    barred_to: date | None = None

    def is_barred(self, day: date) -> bool:
        """Tell whether somebody may hold no seat on a day: a minor without a guardian's consent, until they are of age."""
        return (
            self.barred_from is not None
            and self.barred_from <= day
            and (self.barred_to is None or day < self.barred_to)
        )


@dataclass(frozen=True, slots=True)
class Shift:
    """One half day of work at one place; `seats` are people wanted by kind of post.

    `km` is the way from the team's seat, `hot` a day with a heat warning, `language` a speaker who must be there (market days).
    """

    id: str
    day: date
    half: str = "am"
    kind: str = "duty"
    seats: dict[str, int] = field(default_factory=dict)
    leader: bool = True
    language: str = ""
    place: str = ""
    km: int = 0
    hot: bool = False

    @property
    def number(self) -> int:
        """The day as a number; numbers of following days follow each other."""
        return self.day.toordinal()

    @property
    def week(self) -> int:
        """The number of the week, Monday to Sunday."""
        return (self.number - 1) // 7

    @property
    def weekday(self) -> int:
        return (self.number - 1) % 7

    @property
    def bit(self) -> int:
        """The bit of this half day in a member's week."""
        return 1 << (2 * self.weekday + HALVES.index(self.half))

    @property
    def slot(self) -> tuple[int, str]:
        return self.number, self.half

    @property
    def outdoors(self) -> bool:
        return self.kind in OUTDOORS


@dataclass(frozen=True, slots=True)
class Absence:
    """Exam, leave or sickness from the first to the last day; of one half only if `half` is set."""

    member: str
    first: date
    last: date
    half: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody would like, or would rather not have, a day or a weekday (0 Monday); both halves unless `half` is set."""

    member: str
    likes: bool
    day: date | None = None
    weekday: int | None = None
    half: str = ""

    def meets(self, shift: Shift) -> bool:
        return (
            (self.day is None or self.day == shift.day)
            and (self.weekday is None or self.weekday == shift.weekday)
            and self.half in {"", shift.half}
        )


@dataclass(frozen=True, slots=True, order=True)
class Taken:
    """Somebody holds a seat on a shift."""

    shift: str
    member: str
    seat: str


@dataclass(frozen=True, slots=True)
class Settings:
    """Prices in points, all of them for what is missing or unwelcome, and the limits of the hard rules."""

    empty: int = 300  # a kind of seat on a shift that nobody holds
    missing: int = 60  # every other seat that stays empty
    leader: int = 150  # a shift without leader or experienced person
    language: int = 120  # a shift without the speaker it wants
    alone: int = 1000  # somebody whom a hand edit leaves alone on the road
    idle: int = 12  # somebody who could come and gets nothing at all
    above: int = 2  # the first half day above the wish of a week; the second costs twice that, and so on
    saturday: int = 4  # the second Saturday half day; the third costs twice that, and so on
    disliked: int = 6
    unliked: int = 1  # a half day that nobody asked for, where its holder wished for others
    change: int = 40  # a half day given or taken against the published roster
    reseat: int = 3  # another seat on a shift that somebody holds already
    days_in_row: int = 5
    days_a_week: int = 6
    minor_km: int = 5
    far_km: int = 25  # after a trip this far the next morning is free
    between_km: int = 20  # two places on one day are no farther apart, over the team's seat
    hot_a_day: int = 1  # half days outdoors on a day with a heat warning
    hot_a_week: int = 3


@dataclass(frozen=True)
class Problem:
    """A clean problem: ids are unique, every row refers to something that is there, no two pins contradict each other.

    `pins` stay as they are: hand edits, and days already served.
    """

    members: tuple[Member, ...]
    shifts: tuple[Shift, ...]
    absences: tuple[Absence, ...] = ()
    wishes: tuple[Wish, ...] = ()
    pins: tuple[Taken, ...] = ()
    settings: Settings = field(default_factory=Settings)

    @cached_property
    def member(self) -> dict[str, Member]:
        return {each.id: each for each in self.members}

    @cached_property
    def shift(self) -> dict[str, Shift]:
        return {each.id: each for each in self.shifts}

    @cached_property
    def away(self) -> frozenset[tuple[str, str]]:
        """Pairs of member and shift that an absence parts."""
        by_slot: dict[tuple[int, str], list[str]] = {}
        for shift in self.shifts:
            by_slot.setdefault(shift.slot, []).append(shift.id)
        return frozenset(
            (each.member, shift)
            for each in self.absences
            for slot in _slots(each)
            for shift in by_slot.get(slot, ())
        )

    @cached_property
    def wish(self) -> dict[tuple[str, str], int]:
        """The price of a half day for somebody with wishes: dislike wins over like."""
        found: dict[tuple[str, str], int] = {}
        by_member: dict[str, list[Wish]] = {}
        for wish in self.wishes:
            by_member.setdefault(wish.member, []).append(wish)
        for member, wishes in by_member.items():
            likes = any(wish.likes for wish in wishes)
            for shift in self.shifts:
                met = {wish.likes for wish in wishes if wish.meets(shift)}
                if False in met:
                    found[member, shift.id] = self.settings.disliked
                elif likes and True not in met:
                    found[member, shift.id] = self.settings.unliked
        return found


def _slots(absence: Absence) -> Iterator[tuple[int, str]]:
    for number in range(absence.first.toordinal(), absence.last.toordinal() + 1):
        for half in HALVES:
            if absence.half in {"", half}:
                yield number, half
