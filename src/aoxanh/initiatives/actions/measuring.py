"""Measuring what an initiative changed: read, estimated outside of any transaction, stored."""

from aoxanh.initiatives.actions.adoptions import store_effect
from aoxanh.initiatives.measuring import answered, question_about
from aoxanh.initiatives.models import Effect, Initiative
from aoxanh.kernel.scope import whole_nation
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed


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
