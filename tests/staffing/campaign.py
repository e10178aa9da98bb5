"""A small campaign in the database: volunteers of a province with certificates, reach and teams, and what communes need."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from aoxanh.kernel import clock
from aoxanh.kernel.ids import uuid7
from aoxanh.kernel.scope import whole_nation
from aoxanh.kernel.text import fold, sort_key
from aoxanh.people.models import LanguageSkill, Volunteer
from aoxanh.people.queries import actor_of
from aoxanh.places import queries as places
from aoxanh.staffing import actions
from aoxanh.staffing.actions import NeedFacts, PostFacts
from aoxanh.staffing.models import Plan
from aoxanh.staffing.opened import open_plan
from aoxanh.training.models import Certificate
from tests.cast import LUNG_CU, TUYEN_QUANG
from tests.conftest import Cast

DONG_VAN, MEO_VAC = "00721", "00745"


def volunteer(
    name: str, home: str = LUNG_CU, *, groups: Iterable[str] = (), speaks: str = "", **more
) -> UUID:
    """Register a volunteer who may be sent as far as they told."""
    facts = {"technology": 2, "communication": 2, "availability": 0b111, "reach_km": 60} | more
    person = Volunteer.objects.create(
        full_name=name, fold=fold(name), sort_key=sort_key(name.rsplit(maxsplit=1)[-1]), home_id=home, **facts
    )
    yesterday = clock.today() - timedelta(days=1)
    Certificate.objects.bulk_create(
        Certificate(volunteer=person, group_id=group, issued_on=yesterday, source="Lớp của tỉnh")
        for group in groups
    )
    if speaks:
        LanguageSkill.objects.create(id=uuid7(), volunteer=person, language_id=speaks, level=3)
    return person.id


def need(
    cast: Cast,
    commune: str,
    *,
    speakers: dict[str, int] | None = None,
    leaders: int = 0,
    levels: tuple[int, int] = (0, 0),
    **posts: int,
) -> None:
    """Say what a commune needs, with half of it as the minimum and the same levels of technology and communication in every post."""
    facts = NeedFacts(
        {kind: PostFacts(count, -(-count // 2), *levels) for kind, count in posts.items()},
        speakers or {},
        leaders,
    )
    with whole_nation():
        actions.correct_need(commune=places.place_by_code(commune), facts=facts, by=cast.actor("duc"))


def a_plan(cast: Cast, name: str = "Hè", place: str = TUYEN_QUANG, by: str = "duc") -> Plan:
    """Ask for a plan and have it made."""
    with whole_nation():
        actor = actor_of(cast.account(by))
        plan = actions.draft_plan(place=places.place_by_code(place), name=name, by=actor)
        made = actions.make_plan(plan_id=plan.id, by=actor)
    assert made is not None
    return made


def sent(plan: Plan) -> dict[str, tuple[str, str]]:
    """Return (commune, kind) of everybody whom a plan sends somewhere, by id."""
    return open_plan(plan).places()
