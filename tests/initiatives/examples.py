"""Initiatives as the cast would tell them, and steps of their lives, each taken within the reach of whoever takes it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

from aoxanh.initiatives import actions
from aoxanh.initiatives.actions import InitiativeFacts
from aoxanh.initiatives.models import Adoption, Initiative
from aoxanh.kernel.scope import scope
from aoxanh.people.actors import Actor
from aoxanh.places.models import Place
from tests.cast import LUNG_CU
from tests.conftest import Cast

FACTS = InitiativeFacts(
    kind="interpreter",
    title="Thẻ câu nói tiếng Mông ở chợ phiên",
    problem="Bà con đi chợ phiên nghe tiếng Việt chưa quen nên bỏ dở hồ sơ.",
    steps="Chọn mười câu hay dùng.\nNhờ người biết tiếng xem lại.\nĐể thẻ ở bàn đón tiếp.",
    people={"volunteers": 6, "police": 1},
    limits="Có từ chưa dịch được.",
)


@contextmanager
def acting(cast: Cast, name: str) -> Iterator[Actor]:
    actor = cast.actor(name)
    with scope(actor.scope):
        yield actor


def proposed(cast: Cast, by: str = "lan", place: str = LUNG_CU, **more: Any) -> Initiative:
    with acting(cast, by) as actor:
        return actions.propose(facts=replace(FACTS, **more), place=Place.objects.get(code=place), by=actor)


def decided(cast: Cast, initiative: Initiative, *steps: tuple[str, str]) -> Initiative:
    for by, step in steps:
        with acting(cast, by) as actor:
            initiative = actions.decide(initiative=initiative, step=step, by=actor, reason="Đúng như đã làm.")
    return initiative


def recognised(cast: Cast, **more: Any) -> Initiative:
    return decided(cast, proposed(cast, **more), ("son", "confirm"), ("duc", "review"), ("duc", "recognise"))


def adopted(
    cast: Cast, initiative: Initiative, by: str = "son", commune: str = LUNG_CU, **more: Any
) -> Adoption:
    told = {"first_day": date(2026, 6, 1)} | more
    with acting(cast, by) as actor:
        return actions.adopt(initiative=initiative, commune=Place.objects.get(code=commune), by=actor, **told)
