"""Measuring what an initiative changed, and each of its copies: read, estimated outside of any transaction, stored."""

from aoxanh.audit import actions as audit
from aoxanh.initiatives.actions.adoptions import store_effect
from aoxanh.initiatives.copies import Judged, copies_by_province, judged
from aoxanh.initiatives.evidence.copies import CopyEvidence
from aoxanh.initiatives.measuring import answered, question_about
from aoxanh.initiatives.models import CopyEffect, Effect, Initiative
from aoxanh.kernel import clock
from aoxanh.kernel.scope import whole_nation
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed

STORED = (
    "verdict",
    "lack",
    "cases",
    "estimate",
    "low",
    "high",
    "alike",
    "placebos",
    "last_day",
    "measured_at",
)


def measure(*, initiative: Initiative, by: Actor) -> list[Effect]:
    """Estimate every indicator of an initiative anew; nothing is stored where nobody adopted it. For the job, and nobody else.

    The estimate takes seconds to minutes, so no transaction is open meanwhile.
    """
    if not by.is_system:
        raise NotAllowed
    with whole_nation():
        question = question_about(initiative, by)
    if question is None:
        return []
    found = answered(question)
    with whole_nation():
        return [store_effect(initiative=initiative, facts=facts, by=by) for facts in found]


def measure_copies(*, initiative: Initiative, by: Actor) -> int:
    """Judge every copy of an initiative anew, in place of what was said before; returns how many. For the job, and nobody else.

    A province is a transaction, of a second or two at most.
    """
    if not by.is_system:
        raise NotAllowed
    with whole_nation():
        provinces = copies_by_province(initiative)
    for province, copies in provinces.items():
        with whole_nation():
            _store(judged(province, copies))
    number = sum(len(copies) for copies in provinces.values())
    if number:
        with whole_nation():
            audit.record(
                chain=initiative.place_id,
                actor=str(by),
                action="initiatives.copies.measured",
                subject=f"initiative:{initiative.id}",
                details={"copies": number},
            )
    return number


def _store(found: list[Judged]) -> None:
    CopyEffect.objects.bulk_create(
        [_row(copy, told) for copy in found for told in copy.found],
        update_conflicts=True,
        unique_fields=["adoption", "indicator"],
        update_fields=STORED,
    )


def _row(copy: Judged, told: CopyEvidence) -> CopyEffect:
    return CopyEffect(
        adoption_id=copy.adoption_id,
        indicator=told.indicator.key,
        verdict=told.verdict.value,
        lack=told.lack.value if told.lack else "",
        cases=told.cases,
        estimate=told.value,
        low=told.low,
        high=told.high,
        alike=told.alike,
        placebos=told.placebos,
        last_day=copy.last,
        measured_at=clock.now(),
    )
