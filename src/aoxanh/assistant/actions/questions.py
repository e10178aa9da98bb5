"""Questions without an answer: sent on purpose, checked for personal data, closed group by group."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from aoxanh.assistant.actions.told import Told, commune_of, fit, take_turns
from aoxanh.assistant.errors import QuestionsClosed, TooManyQuestions, UnfitClosing, UnfitQuestion
from aoxanh.assistant.models import AliasProposal, ApprovedAnswer, UnansweredQuestion
from aoxanh.audit import actions as audit
from aoxanh.kernel import clock
from aoxanh.kernel.errors import DomainError
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.permissions import Permission, require
from aoxanh.places.models import Place
from aoxanh.procedures import queries as procedures

LONGEST, SHORTEST = 300, 5
MOST_A_DAY = 200
MOST_OFFERED = 10


@dataclass(frozen=True, slots=True)
class QuestionFacts:
    """A question that found no answer, as its asker chose to send it, with the codes that were offered and declined."""

    id: UUID
    text: str
    why: str
    offered: tuple[str, ...] = ()


@transaction.atomic
def send_questions(*, questions: Sequence[QuestionFacts], by: Actor) -> list[Told]:
    """Send questions to the province, each once however often it is sent; each is answered by itself.

    What holds personal data is refused and kept nowhere. Who asked is not kept either. Raises NotAllowed or TooManyQuestions.
    """
    commune = commune_of(by)
    if commune is None:
        raise NotAllowed
    require(by, Permission.QUESTION_SEND, commune, owner_id=by.account_id)
    take_turns(f"questions {commune.code}")
    lately = UnansweredQuestion.objects.filter(commune=commune, sent_at__gt=clock.now() - timedelta(days=1))
    if lately.count() + len(questions) > MOST_A_DAY:
        raise TooManyQuestions
    known = procedures.known_codes()
    told = [_take(one, commune, known) for one in questions]
    stored = sum(one.status == "accepted" for one in told)
    if stored:
        audit.record(
            chain=commune.code, actor=str(by), action="assistant.question.sent", details={"count": stored}
        )
    return told


@transaction.atomic
def close_group(*, question_ids: Collection[UUID], outcome: str, by: Actor, code: str = "") -> int:
    """Close the open ones among these questions by what answers them now, and return how many.

    Raises UnfitClosing when that is not there, QuestionsClosed when none is open any more, or NotAllowed.
    """
    rows = UnansweredQuestion.objects.select_for_update(of=("self",)).filter(
        id__in=question_ids, closed_at=None
    )
    questions = list(rows.select_related("commune__parent").order_by("id"))
    for commune in {question.commune for question in questions}:
        require(by, Permission.ANSWER_APPROVE, commune)
    procedure = _answering(outcome, code)
    if not questions:
        raise QuestionsClosed
    UnansweredQuestion.objects.filter(id__in=[question.id for question in questions]).update(
        outcome=outcome, procedure=procedure, closed_at=clock.now()
    )
    audit.record(
        chain=str(questions[0].commune.parent_id),
        actor=str(by),
        action="assistant.questions.closed",
        subject=f"procedure:{procedure}" if procedure else "",
        details={"count": len(questions), "outcome": outcome},
    )
    return len(questions)


def _take(one: QuestionFacts, commune: Place, known: Collection[str]) -> Told:
    try:
        text = fit(one.text, "text")
        if not SHORTEST <= len(text) <= LONGEST or one.why not in UnansweredQuestion.Why.values:
            raise UnfitQuestion(field="text", reason=_("it is too short or too long"))
    except DomainError as refusal:
        return Told(one.id, "refused", refusal.code)
    if UnansweredQuestion.objects.filter(id=one.id).exists():
        return Told(one.id, "already")
    row = UnansweredQuestion(
        id=one.id,
        commune=commune,
        text=text,
        why=one.why,
        offered=[code for code in one.offered if code in known][:MOST_OFFERED],
    )
    # A row of this id may lie out of reach, where no look finds it.
    UnansweredQuestion.objects.bulk_create([row], ignore_conflicts=True)
    if not UnansweredQuestion.objects.filter(id=one.id).exists():
        return Told(one.id, "refused", "id_taken")
    return Told(one.id, "accepted")


def _answering(outcome: str, code: str) -> str | None:
    """Return the procedure that answers the questions now, None where they are not ours. Raises UnfitClosing."""
    if outcome not in UnansweredQuestion.Outcome.values:
        raise UnfitClosing(field="outcome", reason=_("it does not say what came of it"))
    if outcome == UnansweredQuestion.Outcome.NOT_OURS:
        return None
    if code not in procedures.known_codes():
        raise UnfitClosing(field="code", reason=_("there is no such procedure"))
    words = AliasProposal.objects.filter(procedure=code).exclude(state=AliasProposal.State.DECLINED)
    if outcome == UnansweredQuestion.Outcome.ALIAS and not words.exists():
        raise UnfitClosing(field="code", reason=_("nobody has proposed words for this procedure"))
    standing = ApprovedAnswer.objects.filter(procedure=code, ended_at=None)
    if outcome == UnansweredQuestion.Outcome.APPROVED and not standing.exists():
        raise UnfitClosing(field="code", reason=_("it has no approved answer"))
    return code
