"""Questions about figures: asked by the weekly look, answered by the volunteer, talked over, appealed, closed with a reason."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from aoxanh.audit import actions as audit
from aoxanh.kernel import clock
from aoxanh.kernel.scope import Scope, scope
from aoxanh.oversight import flag_queries
from aoxanh.oversight.comparing import EPOCH, Compared, compared
from aoxanh.oversight.errors import FlagMovedOn, NobodyElse, UnfitWords
from aoxanh.oversight.models import Flag
from aoxanh.people import coaching
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.models import Team
from aoxanh.people.permissions import Permission, require
from aoxanh.places.models import Place
from aoxanh.privacy.queries import check_text

if TYPE_CHECKING:
    from aoxanh.oversight.anomaly import Finding, Reason

DAYS = 56
"""How far a look goes back: long enough for habits to show, short enough for people to remember."""
TIME_TO_TALK = timedelta(days=10)
LONGEST = 1000
MOST_A_COACH = 5
"""Nobody talks well with more people than these at once; the others are asked about in the weeks to come."""
State = Flag.State


def look_at_province(*, province: Place, by: Actor, last: date | None = None) -> list[Flag]:
    """Compare the last weeks of a province's work and open what is to be asked; returns the new questions.

    Only the system looks: nobody chooses whom to suspect. Safe to repeat: who has an open question is asked no other, and work up to
    a question's last day is never asked about again. Raises NotAllowed.
    """
    if not by.is_system:
        raise NotAllowed
    until = last or clock.today() - timedelta(days=1)
    first = until - timedelta(days=DAYS - 1)
    with scope(Scope(provinces=frozenset({province.code}))), transaction.atomic():
        _hand_on(province)
        rows = compared(province, first, until, flag_queries.asked_until(province))
        return _ask(rows, province, (first, until), by) if rows else []


def _ask(rows: Compared, province: Place, between: tuple[date, date], by: Actor) -> list[Flag]:
    from aoxanh.oversight.anomaly import look

    looked = look(rows.work, rows.people, rows.calendar)
    busy = flag_queries.open_by_coach(province)
    asked = flag_queries.open_volunteers(province)
    flags = []
    for finding, about_team in [(one, False) for one in looked.volunteers] + [
        (one, True) for one in looked.teams
    ]:
        flag = _question(rows, finding, between, about_team=about_team)
        if (
            flag is None
            or (flag.volunteer_id, about_team) in asked
            or busy.get(flag.coach_id, 0) >= MOST_A_COACH
        ):
            continue
        asked.add((flag.volunteer_id, about_team))
        busy[flag.coach_id] = busy.get(flag.coach_id, 0) + 1
        flag.save(force_insert=True)
        flags.append(flag)
    audit.record(
        chain=province.code,
        actor=str(by),
        action="oversight.figures.compared",
        details={"volunteers": looked.looked_at, "asked": len(flags)},
    )
    return flags


def _question(
    rows: Compared, finding: "Finding", between: tuple[date, date], *, about_team: bool
) -> Flag | None:
    """Return the question, not yet stored; None when nobody could be asked or could talk."""
    team = rows.teams[finding.owner if about_team else rows.home_team[finding.owner]]
    volunteer = rows.volunteers[finding.owner] if not about_team else _leader(team)
    coach = coaching.coach_for(team, volunteer) if volunteer else None
    if volunteer is None or coach is None or not coaching.is_still_there(volunteer):
        return None
    return Flag(
        commune=team.commune, team=team, volunteer_id=volunteer, about_team=about_team, coach_id=coach,
        first_day=between[0], last_day=between[1], due_on=clock.today() + TIME_TO_TALK,
        evidence=[_as_told(reason) for reason in finding.reasons],
    )  # fmt: skip


def _leader(team: Team) -> UUID | None:
    leader = coaching.leader_of(team)
    return leader.volunteer_id if leader else None


def _as_told(reason: "Reason") -> dict[str, Any]:
    """Return one figure as the snapshot keeps it; who else was in it is left out, for they are asked themselves."""
    days = [(EPOCH + timedelta(days=day)).isoformat() for day in reason.days]
    return {
        "key": reason.key, "by": reason.by, "hits": reason.hits, "units": reason.units,
        "expected": round(reason.expected, 2), "peers": reason.peers, "days": days,
    }  # fmt: skip


def _hand_on(province: Place) -> None:
    """Give questions whose coach is no longer in charge to who is now, so that none is forgotten."""
    for flag in flag_queries.open_in(province).exclude(state=State.APPEALED).select_related("team__commune"):
        coach = coaching.coach_for(flag.team, flag.volunteer_id)
        if not coaching.is_in_charge(flag.coach_id, flag.team) and coach is not None:
            flag.coach_id = coach
            flag.save(update_fields=["coach"])


@transaction.atomic
def explain_flag(*, flag_id: UUID, words: str, by: Actor) -> Flag:
    """Take the volunteer's own account of what happened. Raises FlagMovedOn, UnfitWords or PersonalData."""
    flag = _own(flag_id, by)
    _in_state(flag, State.OPEN)
    flag.answer, flag.answered_at, flag.state = _fit(words), clock.now(), State.EXPLAINED
    flag.save(update_fields=["answer", "answered_at", "state"])
    _record(flag, by, action="oversight.flag.explained")
    return flag


@transaction.atomic
def coach_flag(*, flag_id: UUID, words: str, by: Actor) -> Flag:
    """Note that coach and volunteer talked it over, and what they agreed. Raises FlagMovedOn, UnfitWords or PersonalData."""
    flag = _as_coach(flag_id, by)
    _in_state(flag, State.OPEN, State.EXPLAINED)
    flag.note, flag.coached_at, flag.state = _fit(words), clock.now(), State.COACHED
    flag.save(update_fields=["note", "coached_at", "state"])
    _record(flag, by, action="oversight.flag.coached")
    return flag


@transaction.atomic
def appeal_flag(*, flag_id: UUID, words: str, by: Actor) -> Flag:
    """Put the question before somebody else, as the volunteer may at any time until it is closed.

    Raises FlagMovedOn, NobodyElse, UnfitWords or PersonalData.
    """
    flag = _own(flag_id, by)
    _in_state(flag, State.OPEN, State.EXPLAINED, State.COACHED)
    flag.appeal = _fit(words)
    flag.reader_id = coaching.other_reader(
        flag.team, flag.volunteer_id, [flag.coach_id] if flag.coach_id else []
    )
    if flag.reader_id is None:
        raise NobodyElse
    flag.appealed_at, flag.state, flag.due_on = clock.now(), State.APPEALED, clock.today() + TIME_TO_TALK
    flag.save(update_fields=["appeal", "reader", "appealed_at", "state", "due_on"])
    _record(flag, by, action="oversight.flag.appealed")
    return flag


@transaction.atomic
def close_flag(*, flag_id: UUID, outcome: str, words: str, by: Actor) -> Flag:
    """End the question with a reason: its coach once there was a word about it, after an appeal its reader alone.

    Raises FlagMovedOn, UnfitWords or PersonalData.
    """
    flag = _locked(flag_id)
    _require_closer(flag, by)
    _in_state(flag, State.EXPLAINED, State.COACHED, State.APPEALED)
    if outcome not in Flag.Outcome.values:
        raise UnfitWords(field="outcome")
    flag.reason, flag.outcome, flag.closed_at, flag.state = _fit(words), outcome, clock.now(), State.CLOSED
    flag.save(update_fields=["reason", "outcome", "closed_at", "state"])
    _record(flag, by, action="oversight.flag.closed")
    return flag


def _locked(flag_id: UUID) -> Flag:
    rows = Flag.objects.select_for_update(of=("self",)).select_related("commune__parent", "team__commune")
    flag = rows.filter(id=flag_id).first()
    if flag is None:
        raise NotAllowed
    return flag


def _own(flag_id: UUID, by: Actor) -> Flag:
    flag = _locked(flag_id)
    require(by, Permission.FLAG_ANSWER, flag.commune, owner_id=flag.volunteer_id)
    return flag


def _as_coach(flag_id: UUID, by: Actor) -> Flag:
    flag = _locked(flag_id)
    if flag.state == State.APPEALED:
        raise FlagMovedOn if flag_queries.is_coach(flag, by) else NotAllowed
    if not flag_queries.is_coach(flag, by):
        raise NotAllowed
    return flag


def _require_closer(flag: Flag, by: Actor) -> None:
    closes = flag_queries.is_reader(flag, by) if flag.appealed_at else flag_queries.is_coach(flag, by)
    if not closes:
        raise NotAllowed


def _in_state(flag: Flag, *states: str) -> None:
    if flag.state not in states:
        raise FlagMovedOn


def _fit(words: str) -> str:
    text = check_text(" ".join(words.split()), "words")
    if not 0 < len(text) <= LONGEST:
        raise UnfitWords(field="words")
    return text


def _record(flag: Flag, by: Actor, *, action: str) -> None:
    audit.record(chain=flag.commune_id, actor=str(by), action=action, subject=f"question:{flag.id}")
