"""What is done to needs: suggested from figures, corrected by the commune, confirmed by the province."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from aoxanh.audit import actions as audit
from aoxanh.desk.demand import Demand, demand_in
from aoxanh.kernel import clock
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, require
from aoxanh.places import queries as places
from aoxanh.places.models import Place
from aoxanh.staffing.allocation.problem import KINDS
from aoxanh.staffing.errors import UnfitNeed
from aoxanh.staffing.models import LanguageNeed, Need, Post
from aoxanh.staffing.queries import priority_communes
from aoxanh.staffing.suggestion import WEEKS, Suggestion, Week, suggest

DAYS = 7 * WEEKS
MOST_WANTED, MOST_LEADERS, MOST_HALF_DAYS, MOST_SPEAKERS, MOST_BOAT_KM = 2_000, 100, 20_000, 500, 500
VIETNAMESE = "vie"


@dataclass(frozen=True, slots=True)
class PostFacts:
    """How many people are wanted for a kind of work, the least, and the levels wanted (0 any to 2 good)."""

    wanted: int = 0
    minimum: int = 0
    technology: int = 0
    communication: int = 0


@dataclass(frozen=True, slots=True)
class NeedFacts:
    """All that a commune needs; posts by kind, speakers by language. Half days of the week are 14 bits, Monday morning first."""

    posts: Mapping[str, PostFacts] = field(default_factory=dict)
    speakers: Mapping[str, int] = field(default_factory=dict)
    leaders: int = 0
    half_days: int = 0
    open_halves: int = 0
    mobile_halves: int = 0
    has_road: bool = True
    boat_km: int = 0


@transaction.atomic
def suggest_needs(*, place: Place, by: Actor) -> int:
    """Count anew what the communes of a place need, from their last four weeks; return how many were suggested.

    What somebody corrected or confirmed stays as it is.
    """
    require(by, Permission.NEED_EDIT, place)
    communes = {commune.code: commune for commune in places.communes_below([place.code])}
    settled = Need.objects.filter(commune__in=communes).exclude(state=Need.State.SUGGESTED)
    wanted = sorted(set(communes) - set(settled.select_for_update().values_list("commune_id", flat=True)))
    for code, week in _weeks(place, wanted).items():
        found = suggest(week)
        _write(code, _as_facts(found), state=Need.State.SUGGESTED, basis=_basis(week))
    audit.record(
        chain=place.code, actor=str(by), action="staffing.needs.suggested", details={"communes": len(wanted)}
    )
    return len(wanted)


@transaction.atomic
def correct_need(*, commune: Place, facts: NeedFacts, by: Actor) -> Need:
    """Say what a commune needs; the province then confirms it. Raises UnfitNeed."""
    require(by, Permission.NEED_EDIT, commune)
    check_facts(commune, facts)
    need = _write(commune.code, facts, state=Need.State.CORRECTED)
    audit.record(chain=commune.code, actor=str(by), action="staffing.need.corrected")
    return need


@transaction.atomic
def confirm_needs(*, province: Place, by: Actor, communes: Iterable[str] | None = None) -> int:
    """Confirm the needs of a province's communes, all of them or those named; return how many were not before."""
    require(by, Permission.NEED_CONFIRM, province)
    rows = Need.objects.filter(commune__in=places.communes_within([province.code])).exclude(
        state=Need.State.CONFIRMED
    )
    if communes is not None:
        rows = rows.filter(commune__in=list(communes))
    confirmed = rows.update(state=Need.State.CONFIRMED, confirmed_at=clock.now())
    audit.record(
        chain=province.code, actor=str(by), action="staffing.needs.confirmed", details={"communes": confirmed}
    )
    return confirmed


def check_facts(commune: Place, facts: NeedFacts) -> None:
    """Raise UnfitNeed for a number out of range, a minimum above the need, an unknown kind or language."""
    if commune.level != Place.Level.COMMUNE:
        raise UnfitNeed(reason=_("needs are told by commune"))
    for kind, post in facts.posts.items():
        if kind not in KINDS:
            raise UnfitNeed(field="kind", reason=_("the kind of post is unknown"))
        _within(f"wanted_{kind}", post.wanted, MOST_WANTED)
        if not 0 <= post.minimum <= post.wanted:
            raise UnfitNeed(field=f"minimum_{kind}", reason=_("the minimum is above the need"))
        _within(f"technology_{kind}", post.technology, 2)
        _within(f"communication_{kind}", post.communication, 2)
    for language, speakers in facts.speakers.items():
        if language not in places.known_languages():
            raise UnfitNeed(field="languages", reason=_("the language is unknown"))
        _within("languages", speakers, MOST_SPEAKERS)
    _within("leaders", facts.leaders, MOST_LEADERS)
    _within("half_days", facts.half_days, MOST_HALF_DAYS)
    _within("boat_km", facts.boat_km, MOST_BOAT_KM)
    _within("open_halves", facts.open_halves, (1 << 14) - 1)
    _within("mobile_halves", facts.mobile_halves, (1 << 14) - 1)


def _within(name: str, number: int, most: int) -> None:
    if not 0 <= number <= most:
        raise UnfitNeed(field=name, reason=_("numbers go from 0 to {most}").format(most=most))


def _write(code: str, facts: NeedFacts, *, state: Need.State, basis: dict[str, object] | None = None) -> Need:
    told = {
        "state": state,
        "leaders": facts.leaders,
        "half_days": facts.half_days,
        "open_halves": facts.open_halves,
        "mobile_halves": facts.mobile_halves,
        "has_road": facts.has_road,
        "boat_km": facts.boat_km,
        "changed_at": clock.now(),
        "confirmed_at": None,
    }
    if basis is not None:
        told["basis"] = basis
    need, _made = Need.objects.update_or_create(commune_id=code, defaults=told)
    Post.objects.bulk_create(
        [
            Post(need=need, kind=kind, wanted=post.wanted, minimum=post.minimum, technology=post.technology, communication=post.communication)
            for kind, post in facts.posts.items()
        ],
        update_conflicts=True,
        unique_fields=["need", "kind"],
        update_fields=["wanted", "minimum", "technology", "communication"],
    )  # fmt: skip
    LanguageNeed.objects.filter(need=need).delete()
    LanguageNeed.objects.bulk_create(
        LanguageNeed(need=need, language_id=language, speakers=speakers)
        for language, speakers in facts.speakers.items()
        if speakers
    )
    return need


def _as_facts(found: Suggestion) -> NeedFacts:
    return NeedFacts(
        {kind: PostFacts(found.wanted[kind], found.minimum[kind]) for kind in KINDS},
        found.speakers, found.leaders, found.half_days, found.open_halves, found.mobile_halves,
    )  # fmt: skip


def _weeks(place: Place, communes: list[str]) -> dict[str, Week]:
    last = clock.today() - timedelta(days=1)
    demand = demand_in(communes, last - timedelta(days=DAYS - 1), last)
    first_ones = priority_communes(place)
    known = places.languages_of_communes(communes)
    return {code: _week(demand[code], known.get(code, ()), priority=code in first_ones) for code in communes}


def _week(demand: Demand, known: tuple[str, ...], *, priority: bool) -> Week:
    sums = demand.sums
    sessions = sum(demand.languages.values())
    shares = {
        language: count / sessions for language, count in demand.languages.items() if language != VIETNAMESE
    }
    if sessions and not shares:
        known = ()
    return Week(
        procedures=(sums["sessions"] - sums["group_vneid"]) / WEEKS,
        vneid=sums["group_vneid"] / WEEKS,
        come_back=sums["outcome_come_back"] / WEEKS,
        reached=(sums["people_outreach"] + sums["people_class"]) / WEEKS,
        synced=sums["people_id_sync"] / WEEKS,
        waiting=demand.waiting,
        outside=(sums["mode_mobile"] + sums["mode_home"]) / WEEKS,
        languages=shares,
        known_languages=known,
        priority=priority,
    )


def _basis(week: Week) -> dict[str, object]:
    return {
        "days": DAYS,
        "procedures": week.procedures,
        "vneid": week.vneid,
        "come_back": week.come_back,
        "reached": week.reached,
        "synced": week.synced,
        "waiting": week.waiting,
        "languages": {code: round(share, 3) for code, share in week.languages.items()},
        "known_languages": list(week.known_languages),
        "priority": week.priority,
    }
