"""What the alerts look at, measured over the whole nation in a few statements; for the job of each morning."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from uuid import NAMESPACE_OID, UUID, uuid5

from django.apps import apps
from django.db import connection
from django.db.models import Model

from aoxanh.assistant.asked_queries import overdue_questions
from aoxanh.desk import queries as desk
from aoxanh.oversight.feedback_queries import overdue_complaints, waiting_complaints
from aoxanh.oversight.report_queries import difficulties_put_up, overdue_difficulties
from aoxanh.oversight.supervision.rules import Measured, Policy
from aoxanh.people.coaching import still_in_charge
from aoxanh.people.headcounts import communes_of_teams
from aoxanh.people.supervising import teams_of_members
from aoxanh.places.models import Place
from aoxanh.staffing.duty_queries import last_shift_days
from aoxanh.training.certificate_queries import lapsing_certificates

FLAG = ("oversight", "Flag")
PUT_UP = "difficulty_asked"
_ANSWERS = {
    Place.Level.COMMUNE.value: "commune_secretary",
    Place.Level.PROVINCE.value: "province_coordinator",
    Place.Level.NATION.value: "central",
}
_WORKED = (
    "SELECT DISTINCT team_id, day FROM desk_dailyfigure WHERE day BETWEEN %s AND %s"
    " AND sessions + files_digitise + people_id_sync + people_outreach + people_class > 0"
)


def measure(policy: Policy, today: date) -> list[Measured]:
    """Return everything that some alert looks at, whatever its threshold says about it."""
    found: list[Measured] = []
    found += _silence(policy, today)
    found += [
        Measured("long_queue", f"commune:{code}", code, n) for code, n in desk.waiting_by_commune().items()
    ]
    found += _lapsing(policy.looked_at.certificate_days)
    found += _flags(policy.looked_at.flag_days, today)
    found += _difficulties(today)
    found += _complaints()
    found += [
        Measured("question_overdue", f"commune:{code}", code, n)
        for code, n in overdue_questions(policy.looked_at.question_days).items()
    ]
    return found


def _silence(policy: Policy, today: date) -> Iterator[Measured]:
    """Yield, for each team, how many of its last shifts in a row have nothing recorded; today's may still come."""
    alert = policy.alert("silent_team")
    if alert is None:
        return
    first, last = today - timedelta(days=policy.looked_at.shift_days_back), today - timedelta(days=1)
    shifts = last_shift_days(first, last, alert.threshold)
    worked = _worked(first, last)
    communes = communes_of_teams(shifts)
    for team, days in shifts.items():
        silent = 0
        for day in days:
            if (team, day) in worked:
                break
            silent += 1
        if silent and team in communes:
            yield Measured("silent_team", f"team:{team}", communes[team].code, silent, str(team))


def _worked(first: date, last: date) -> set[tuple[UUID, date]]:
    with connection.cursor() as cursor:
        cursor.execute(_WORKED, [first, last])
        return set(cursor.fetchall())


def _lapsing(days: int) -> Iterator[Measured]:
    """Yield, for each team, how many certificates of its members end soon; nobody is named."""
    held = lapsing_certificates(days)
    teams = teams_of_members([volunteer for volunteer, _group in held])
    counts = Counter(team for volunteer, _group in held for team in teams.get(volunteer, ()))
    for (team, commune), n in counts.items():
        yield Measured("certificate_lapsing", f"team:{team}", commune, n, str(team))


def _flags(days: int, today: date) -> Iterator[Measured]:
    """Yield, for each coach and commune, how many questions about figures wait too long; whoever coaches is told, nobody else.

    An installation without such questions has none.
    """
    try:
        model: type[Model] = apps.get_model(*FLAG)
    except LookupError:
        return
    limit = today - timedelta(days=days)
    rows = model._default_manager.exclude(state="closed").filter(made_at__date__lt=limit)  # noqa: SLF001 - Django's name for any model's manager
    counts = Counter((str(commune), coach) for commune, coach in rows.values_list("commune", "coach"))
    for (commune, coach), n in counts.items():
        # The subject must not lead to a person, the task's account does.
        subject = f"flags:{uuid5(NAMESPACE_OID, f'{commune} {coach}')}"
        yield Measured("flag_unanswered", subject, commune, n, account=str(coach or ""))


def _difficulties(today: date) -> Iterator[Measured]:
    """Yield how many entries of the briefing each unit was to settle itself by a day that is past, and what units below put to it."""
    for code, level, n in overdue_difficulties(today):
        yield Measured("difficulty_overdue", f"unit:{code}", code, n, owner=_ANSWERS[level])
    yield from put_up()


def put_up(owner: str | None = None) -> Iterator[Measured]:
    """Yield, for each unit (or one) and each day that was agreed, how many entries of units below wait for its answer."""
    for code, level, due, n in difficulties_put_up(owner):
        yield Measured(PUT_UP, f"asked:{code}:{due:%Y%m%d}", code, n, owner=_ANSWERS[level], due=due)


def _complaints() -> Iterator[Measured]:
    """Yield what waits for each person named by a complaint, and for the province what is past its day.

    Where who was named is no longer in charge, whoever is now has the task.
    """
    waiting = waiting_complaints()
    there = still_in_charge({handler for _commune, handler in waiting if handler})
    counts: Counter[tuple[str, UUID | None]] = Counter()
    for (commune, handler), n in waiting.items():
        counts[commune, handler if handler in there else None] += n
    for (commune, handler), n in counts.items():
        subject = f"complaints:{uuid5(NAMESPACE_OID, f'{commune} {handler}')}"
        yield Measured("complaint_waiting", subject, commune, n, account=str(handler or ""))
    for commune, n in overdue_complaints().items():
        yield Measured("complaint_overdue", f"commune:{commune}", commune, n)


def silent_days(communes: Iterable[str], today: date, most: int) -> dict[str, int]:
    """Return for how many days nothing was recorded in each commune, `most` at most; for the plan of visits."""
    wanted = list(communes)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT commune_code, max(day) FROM desk_dailyfigure WHERE commune_code = ANY(%s) AND day BETWEEN %s AND %s"
            " AND sessions > 0 GROUP BY commune_code",
            [wanted, today - timedelta(days=most), today],
        )
        last = defaultdict(lambda: today - timedelta(days=most), dict(cursor.fetchall()))
    return {code: (today - last[code]).days for code in wanted}
