"""Taking a citizen's answer about one session: once, blind, from nobody in particular, and perhaps before the session is there."""

from datetime import date, timedelta
from uuid import UUID

from django.db import connection, transaction

from aoxanh.audit import actions as audit
from aoxanh.desk.answer_tokens import Token
from aoxanh.desk.channels import OPEN_DAYS, Answer, Channel, outweighs
from aoxanh.desk.errors import AnswerClosed, AnsweredAlready, TooManyAnswers, UnfitAnswer, UnknownAnswerCode
from aoxanh.desk.models import Confirmation, SupportSession
from aoxanh.desk.receive import FUTURE_DAYS, mark_dirty
from aoxanh.kernel import clock
from aoxanh.kernel.scope import Scope, scope, whole_nation
from aoxanh.places import queries as places

MOST_WAITING = 2_000
"""Answers of one commune's day that may wait for their sessions; more than that no day of help has ever had."""
WAIT_DAYS = 60
_LOST_DAYS = 120
_LONE = """
SELECT count(*) FROM desk_confirmation c WHERE c.commune_code = %s AND c.day = %s AND NOT EXISTS (
    SELECT FROM desk_supportsession s WHERE s.commune_code = c.commune_code AND s.day = c.day AND s.root_id = c.id)
"""
_LET_GO = """
DELETE FROM desk_confirmation c WHERE c.day BETWEEN %s AND %s AND NOT EXISTS (
    SELECT FROM desk_supportsession s WHERE s.commune_code = c.commune_code AND s.day = c.day AND s.root_id = c.id)
"""


def check_open(token: Token) -> None:
    """Refuse a token whose day is over or has not come, and one of no commune. Raises AnswerClosed or UnknownAnswerCode."""
    today = clock.today()
    if not today - timedelta(days=OPEN_DAYS) <= token.day <= today + timedelta(days=FUTURE_DAYS):
        raise AnswerClosed(days=OPEN_DAYS)
    if token.commune not in set(places.communes_within([token.commune])):
        raise UnknownAnswerCode


def take_answer(*, token: Token, answer: str, channel: Channel, crowded: bool = False) -> None:
    """Keep what a citizen says of the session behind a token. Telling the same again changes nothing.

    Nobody acts here, so that nothing about the citizen can be kept. An answer by a weightier channel takes the place of an
    earlier one. Raises UnfitAnswer, AnswerClosed, UnknownAnswerCode, AnsweredAlready or TooManyAnswers.
    """
    if answer not in Answer.values:
        raise UnfitAnswer(field="answer")
    check_open(token)
    # The citizen reaches nothing; this one row lies in the commune that the token names.
    with scope(Scope(communes=frozenset({token.commune}))), transaction.atomic():
        _check_known(token)
        key = (token.commune, token.day, token.id)
        if not keep_answer(key=key, code=token.code, answer=answer, channel=channel, crowded=crowded):
            return
        mark_dirty({(token.commune, token.day.isoformat())})
        audit.record(
            chain=token.commune,
            actor="anonymous",
            action="desk.session.answered",
            subject=f"session:{token.id}",
            details={"channel": str(channel)},
        )


def keep_answer(
    *, key: tuple[str, date, UUID], code: str, answer: str, channel: Channel, crowded: bool = False
) -> bool:
    """Keep an answer about one session in the caller's transaction; tell whether anything changed. Raises AnsweredAlready."""
    commune, day, root = key
    row, is_new = Confirmation.objects.select_for_update().get_or_create(
        commune_code=commune,
        day=day,
        id=root,
        defaults={"code": code, "answer": answer, "channel": channel, "crowded": crowded},
    )
    if is_new:
        return True
    if (row.code, row.answer, row.channel) == (code, answer, channel):
        return False
    if row.code == code and not outweighs(channel, row.channel):
        raise AnsweredAlready
    row.code, row.answer, row.channel, row.crowded = code, answer, channel, crowded
    row.made_at = clock.now()
    row.save()
    return True


def let_lone_answers_go() -> int:
    """Delete answers whose session never came, and return how many; for the daily job."""
    today = clock.today()
    with whole_nation(), connection.cursor() as cursor:
        cursor.execute(_LET_GO, [today - timedelta(days=_LOST_DAYS), today - timedelta(days=WAIT_DAYS)])
        return int(cursor.rowcount)


def _check_known(token: Token) -> None:
    """Compare the code with the session's, if it is there; else make sure that no heap of made-up answers gathers."""
    rows = SupportSession.objects.filter(commune_code=token.commune, day=token.day, root_id=token.id)
    codes = set(rows.values_list("return_code", flat=True))
    if codes and token.code not in codes:
        raise UnknownAnswerCode
    if not codes:
        with connection.cursor() as cursor:
            cursor.execute(_LONE, [token.commune, token.day])
            if cursor.fetchone()[0] >= MOST_WAITING:
                raise TooManyAnswers
