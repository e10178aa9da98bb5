"""The usual week of a team: on which half days it serves where, and how many people that takes."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from aoxanh.kernel import clock
from aoxanh.people import queries as people
from aoxanh.people.models import Team
from aoxanh.places import queries as places
from aoxanh.staffing.allocation.problem import KINDS
from aoxanh.staffing.models import Half, Need, Shift

# Service centres are open from Monday to Friday; Saturday morning is the usual time in hamlets and at markets.
OFFICE_HOURS = (1 << 10) - 1
SATURDAY_MORNING = 1 << 10
HALVES = (Half.AM, Half.PM)
INDOORS, OUTSIDE = ("services", "vneid", "ai"), ("outreach", "police")
HALF_DAYS_EACH = 3  # half days a week that one person of a need serves
MOST_SEATS = 60
FARTHEST_KM = 200


@dataclass(frozen=True)
class Pattern:
    """A week: 14 bits of half days (Monday morning first) at the service centre and outdoors, with the seats of each.

    `language` is the speaker wanted on `market` half days, at the market or wherever the team then is.
    """

    duty: int = OFFICE_HOURS
    duty_seats: dict[str, int] = field(default_factory=lambda: {"services": 1, "vneid": 1})
    mobile: int = SATURDAY_MORNING
    mobile_seats: dict[str, int] = field(default_factory=lambda: {"outreach": 2})
    place: str = ""
    km: int = 0
    language: str = ""
    market: int = 0

    def is_fit(self) -> bool:
        """Tell whether it asks for anything, and nothing impossible."""
        bits = (self.duty, self.mobile, self.market)
        seats = {**self.duty_seats, **self.mobile_seats}
        numbers = (*self.duty_seats.values(), *self.mobile_seats.values())
        return (
            all(0 <= each < 1 << 14 for each in bits)
            and set(seats) <= set(KINDS)
            and all(0 <= number <= MOST_SEATS for number in numbers)
            and 0 <= self.km <= FARTHEST_KM
            and bool((self.duty and any(self.duty_seats.values())) or (self.mobile and any(self.mobile_seats.values())))
        )  # fmt: skip


def usual_week(team: Team) -> Pattern:
    """Return the week that a team most likely has: by what its commune needs, where that is known, its kind and languages."""
    usual = _by_kind(team)
    need = Need.objects.prefetch_related("posts", "languages").filter(commune=team.commune_id).first()
    if need is None:
        return usual
    today = clock.today()
    teams = max(1, people.teams_serving(team.commune, today, today).count())
    wanted = {post.kind: post.wanted * HALF_DAYS_EACH / teams for post in need.posts.all() if post.wanted}
    spoken = max(need.languages.all(), key=lambda row: row.speakers, default=None)
    language = spoken.language_id if spoken and spoken.speakers else usual.language
    duty = (need.open_halves or usual.duty) if usual.duty else 0
    mobile = need.mobile_halves or usual.mobile
    return replace(
        usual,
        duty=duty, duty_seats=_spread(wanted, INDOORS, duty) or usual.duty_seats,
        mobile=mobile, mobile_seats=_spread(wanted, OUTSIDE, mobile) or usual.mobile_seats,
        language=language, market=mobile if language else 0,
    )  # fmt: skip


def _spread(wanted: dict[str, float], kinds: tuple[str, ...], halves: int) -> dict[str, int]:
    """Return the seats of each half day when the half days of work that a week needs are spread evenly."""
    count = halves.bit_count()
    if not count:
        return {}
    return {kind: min(MOST_SEATS, math.ceil(wanted[kind] / count)) for kind in kinds if kind in wanted}


def _by_kind(team: Team) -> Pattern:
    # Languages of the whole province say little about one commune's market.
    languages = sorted(
        trait.value
        for trait in places.traits_of(team.commune)
        if trait.trait == "language" and trait.value and trait.place_id == team.commune_id
    )
    language = languages[0] if languages else ""
    market = SATURDAY_MORNING if language else 0
    if team.kind == Team.Kind.MOBILE:
        out = 1 << 2 | 1 << 6 | SATURDAY_MORNING  # Tuesday, Thursday and Saturday morning
        seats = {"outreach": 2, "vneid": 1}
        return Pattern(duty=0, mobile=out, mobile_seats=seats, language=language, market=market)
    return Pattern(language=language, market=market)


def shifts_of(pattern: Pattern, first_day: date, last_day: date, since: date) -> Iterator[Shift]:
    """Yield the shifts of the weeks, unsaved and without their roster; days before `since` have none."""
    for number in range((last_day - first_day).days + 1):
        day = first_day + timedelta(number)
        if day < since:
            continue
        for half, name in enumerate(HALVES):
            bit = 1 << 2 * day.weekday() + half
            language = pattern.language if pattern.market & bit else ""
            if pattern.duty & bit and (seats := _wanted(pattern.duty_seats)):
                yield Shift(day=day, half=name, seats=seats, language=language)
            if pattern.mobile & bit and (seats := _wanted(pattern.mobile_seats)):
                yield Shift(
                    day=day, half=name, kind=Shift.Kind.MOBILE, seats=seats, language=language, place=pattern.place, km=pattern.km
                )  # fmt: skip


def _wanted(seats: dict[str, int]) -> dict[str, int]:
    return {kind: seats[kind] for kind in KINDS if seats.get(kind)}
