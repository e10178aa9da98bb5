"""What citizens say of a team in three taps, and the answer that a complaint gets from a person with a deadline."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction

from aoxanh.audit import actions as audit
from aoxanh.kernel import clock
from aoxanh.kernel.scope import Scope, scope
from aoxanh.oversight.feedback_errors import (
    ComplaintAnswered,
    TooMuchFeedback,
    UnfitComplaintAnswer,
    UnfitFeedback,
)
from aoxanh.oversight.models import Feedback
from aoxanh.people import coaching
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.models import Team
from aoxanh.people.permissions import Permission, require
from aoxanh.places import queries as places
from aoxanh.privacy.queries import check_text

LONGEST, SHORTEST_ANSWER = 500, 10
MOST_A_DAY = 300
"""What is said of one team within a day; no team helps so many."""
DAYS_TO_ANSWER = 5


@dataclass(frozen=True, slots=True)
class FeedbackFacts:
    """Three taps and perhaps a sentence about a team, by nobody in particular; `at` is the place of the poster, by `place_behind`."""

    team: Team
    helped: str
    treated: str
    waited: str
    text: str = ""
    wants_answer: bool = False
    at: str = ""


def give_feedback(*, facts: FeedbackFacts) -> Feedback:
    """Keep what a citizen says of a team; being treated badly, or wanting an answer, makes it a complaint.

    A complaint goes to one person in charge who is not of the team, and is to be answered within five days. Raises UnfitFeedback,
    PersonalData or TooMuchFeedback.
    """
    text = check_text(" ".join(facts.text.split()), "text")
    if not _is_fit(facts) or len(text) > LONGEST:
        raise UnfitFeedback(most=LONGEST)
    is_complaint = facts.treated == Feedback.Treated.BADLY or facts.wants_answer
    now, team = clock.now(), facts.team
    # The citizen reaches nothing; this one row lies in the team's commune.
    with scope(Scope(communes=frozenset({team.commune_id}))), transaction.atomic():
        _check_crowd(team)
        row = Feedback.objects.create(
            commune_id=team.commune_id, team=team, helped=facts.helped, treated=facts.treated, waited=facts.waited, text=text, at=facts.at,
            is_complaint=is_complaint,
            handler_id=coaching.complaint_reader_for(team) if is_complaint else None,
            due_at=now + timedelta(days=DAYS_TO_ANSWER) if is_complaint else None,
            answered_at=None if is_complaint else now,
        )  # fmt: skip
        audit.record(
            chain=team.commune_id, actor="anonymous", action="oversight.feedback.given", subject=f"feedback:{row.id}",
            details={"team": str(team.id), "complaint": is_complaint},
        )  # fmt: skip
    return row


@transaction.atomic
def answer_complaint(*, feedback_id: UUID, commune: str, answer: str, by: Actor) -> Feedback:
    """Answer a complaint and so close it; the citizen reads the answer by the address they kept.

    Whoever is in charge may answer, not only the person named, but nobody of the team. Raises NotAllowed, ComplaintAnswered,
    UnfitComplaintAnswer or PersonalData.
    """
    row = (
        Feedback.objects.select_for_update(of=("self",))
        .select_related("commune")
        .filter(id=feedback_id, commune=commune)
        .first()
    )
    if row is None or row.team_id in by.teams:
        raise NotAllowed
    require(by, Permission.FEEDBACK_ANSWER, places.place_by_code(row.commune_id))
    if not row.is_open:
        raise ComplaintAnswered
    text = check_text(" ".join(answer.split()), "answer")
    if not SHORTEST_ANSWER <= len(text) <= LONGEST:
        raise UnfitComplaintAnswer(field="answer", most=LONGEST)
    row.answer, row.answered_at, row.handler_id = text, clock.now(), by.account_id
    row.save(update_fields=["answer", "answered_at", "handler_id"])
    audit.record(
        chain=row.commune_id,
        actor=str(by),
        action="oversight.complaint.answered",
        subject=f"feedback:{row.id}",
    )
    return row


def _is_fit(facts: FeedbackFacts) -> bool:
    return (
        facts.helped in Feedback.Helped.values
        and facts.treated in Feedback.Treated.values
        and facts.waited in Feedback.Waited.values
    )


def _check_crowd(team: Team) -> None:
    """Count what was said of the team within a day; those who come at once wait for each other, so that the limit holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('feedback ' || %s, 0))", [str(team.id)])
    since = clock.now() - timedelta(days=1)
    said = Feedback.objects.filter(commune=team.commune_id, team=team, made_at__gte=since)
    if said.count() >= MOST_A_DAY:
        raise TooMuchFeedback
