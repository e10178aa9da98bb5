"""What officials and supervisors enter by a citizen's code: an answer from a slip or a call, a case that came back, a second look.

Each is taken once, from somebody who had no part in the help, and from one person only so many a day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection, transaction

from aoxanh.audit import actions as audit
from aoxanh.desk.answers import keep_answer
from aoxanh.desk.channels import ENTERED, OPEN_DAYS, Answer, Channel
from aoxanh.desk.codes import Help, help_behind, not_own, the_one
from aoxanh.desk.errors import (
    AnsweredAlready,
    DailyLimitReached,
    EnteredAlready,
    ReturnTooLate,
    UnfitAnswer,
    UnfitEntry,
    UnfitReturnDay,
)
from aoxanh.desk.ledger import RETURNED_WITHIN
from aoxanh.desk.models import CaseReturned, EntryCount, WorkCheck
from aoxanh.desk.receive import mark_dirty
from aoxanh.kernel import clock
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission
from aoxanh.privacy.queries import check_text

Kind = EntryCount.Kind
MOST_A_DAY: dict[str, int] = {Kind.SLIP: 200, Kind.CALLBACK: 80, Kind.RETURN: 100, Kind.CHECK: 60}
"""A box of slips, a day at the telephone, a day at the counter, a day of visits; more is no honest day's work."""
CHECK_DAYS = 60
LONGEST_REASON = 200
_BY_CODE = (WorkCheck.Kind.VISIT, WorkCheck.Kind.TEST)
_VERDICTS = (WorkCheck.Verdict.PASSED, WorkCheck.Verdict.FAILED, WorkCheck.Verdict.UNCLEAR)
_COUNT = """
INSERT INTO desk_entrycount AS held (commune_code, day, account_id, kind, count) VALUES (%s, %s, %s, %s, 1)
ON CONFLICT (commune_code, day, account_id, kind) DO UPDATE SET count = held.count + 1 RETURNING count
"""


@dataclass(frozen=True, slots=True)
class Entered:
    """What was entered for which help; `is_new` is false when the same had been told before."""

    help: Help
    is_new: bool


@transaction.atomic
def enter_answer(*, code: str, channel: str, answer: str, by: Actor, day: date | None = None) -> Entered:
    """Enter what a citizen wrote on a paper slip or said on the telephone; the same again changes nothing.

    `day` is needed only where the code stands for help on several days. Raises NotAllowed, UnfitEntry, UnfitAnswer,
    UnknownReturnCode, SeveralDays, OwnWork, EnteredAlready, DailyLimitReached or TooManyWrongCodes.
    """
    today = clock.today()
    found = help_behind(
        code=code, permission=Permission.ANSWER_ENTER, days=(today - timedelta(days=OPEN_DAYS), today), by=by
    )
    if channel not in ENTERED:
        raise UnfitEntry(field="channel", field_name="channel")
    if answer not in Answer.values:
        raise UnfitAnswer(field="answer")
    one = the_one(found, day, by)
    try:
        is_new = keep_answer(key=one.key, code=one.code, answer=answer, channel=Channel(channel))
    except AnsweredAlready:
        raise EnteredAlready from None
    if is_new:
        _noted(one, channel, by, action="desk.answer.entered", details={"channel": channel})
    return Entered(one, is_new)


@transaction.atomic
def note_return(*, code: str, why: str, happened_on: date, by: Actor) -> Entered:
    """Note that a dossier was returned, or that its citizen had to come back, within 30 days of the help; once.

    The latest help before that day is meant. Raises NotAllowed, UnfitEntry, UnfitReturnDay, UnknownReturnCode, ReturnTooLate,
    OwnWork, DailyLimitReached or TooManyWrongCodes.
    """
    today, within = clock.today(), timedelta(days=RETURNED_WITHIN)
    # Looked up over all days that could be meant, so that a code too old is told from one that nobody holds.
    found = help_behind(code=code, permission=Permission.RETURN_NOTE, days=(today - 3 * within, today), by=by)
    if why not in CaseReturned.Why.values:
        raise UnfitEntry(field="why", field_name="why")
    if not today - within <= happened_on <= today:
        raise UnfitReturnDay(field="happened_on", days=RETURNED_WITHIN)
    # Somebody who comes again on the same day is still being helped; a dossier may be returned within hours.
    until = happened_on if why == CaseReturned.Why.DOSSIER else happened_on - timedelta(days=1)
    before = [one for one in found if happened_on - within <= one.day <= until]
    if not before:
        raise ReturnTooLate(field="happened_on", days=RETURNED_WITHIN)
    one = not_own(before[0], by)
    _row, is_new = CaseReturned.objects.get_or_create(
        commune_code=one.commune, day=one.day, id=one.id, defaults={"why": why, "happened_on": happened_on}
    )
    if is_new:
        _noted(one, Kind.RETURN, by, action="desk.case.returned", details={"why": why})
    return Entered(one, is_new)


@transaction.atomic
def note_check(*, code: str, kind: str, verdict: str, reason: str, by: Actor, day: date | None = None) -> Entered:  # fmt: skip
    """Note what a supervisor found about one piece of help on a visit, or as a visitor whom nobody knew; once a kind.

    What is not right needs a reason. Raises NotAllowed, UnfitEntry, PersonalData, UnknownReturnCode, SeveralDays, OwnWork,
    EnteredAlready, DailyLimitReached or TooManyWrongCodes.
    """
    today = clock.today()
    found = help_behind(
        code=code, permission=Permission.CHECK_NOTE, days=(today - timedelta(days=CHECK_DAYS), today), by=by
    )
    if kind not in _BY_CODE or verdict not in _VERDICTS:
        wrong = "kind" if kind not in _BY_CODE else "verdict"
        raise UnfitEntry(field=wrong, field_name=wrong)
    words = check_text(" ".join(reason.split()), "reason")
    if len(words) > LONGEST_REASON or (verdict != WorkCheck.Verdict.PASSED and not words):
        raise UnfitEntry(field="reason", field_name="reason")
    one = the_one(found, day, by)
    row, is_new = WorkCheck.objects.get_or_create(
        commune_code=one.commune,
        day=one.day,
        id=one.id,
        kind=kind,
        defaults={"verdict": verdict, "reason": words, "checked_at": clock.now()},
    )
    if not is_new and (row.verdict, row.reason) != (verdict, words):
        raise EnteredAlready
    if is_new:
        details = {"kind": kind, "verdict": verdict}
        _noted(one, Kind.CHECK, by, action="desk.work.checked", details=details)
    return Entered(one, is_new)


def _noted(one: Help, kind: str, by: Actor, *, action: str, details: Mapping[str, object]) -> None:
    """Count it against the person's day, mark the day of the help as out of date and tell the audit. Raises DailyLimitReached."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [one.commune, clock.today(), by.account_id, kind])
        (count,) = cursor.fetchone()
    if count > MOST_A_DAY[kind]:
        raise DailyLimitReached(most=MOST_A_DAY[kind])
    mark_dirty({(one.commune, one.day.isoformat())})
    audit.record(
        chain=one.commune, actor=str(by), action=action, subject=f"session:{one.id}", details=details
    )
