"""What others say of sessions, counted: the ledger's columns of the daily figures, and the same counts by volunteer."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from aoxanh.desk.channels import TERMS, Answer, Channel

HELP = "activity IN ('procedure', 'vneid')"
RETURNED_WITHIN = 30
"""Days after the help within which a returned dossier, or the citizen's coming back, tells against it."""


def _counted(condition: str) -> str:
    return f"count(*) FILTER (WHERE {HELP} AND {condition})"


_ASKED = _counted("return_code <> ''")
_SAID = {channel: _counted(f"credited AND channel = '{channel}'") for channel in Channel}
_CREDIT = " + ".join(f"{TERMS[channel].weight} * {said}" for channel, said in _SAID.items())
# The squares and products of team days, which add up over days and places like any count, tell how far team days differ.
LEDGER: dict[str, str] = {
    "asked": _ASKED,
    **{f"said_{channel}": said for channel, said in _SAID.items()},
    "denied": _counted(f"answer = '{Answer.NOT_HELPED}'"),
    "doubted": _counted(f"answer <> '{Answer.NOT_HELPED}' AND NOT credited"),
    "checked": _counted("(passed OR failed OR unclear)"),
    "checks_passed": _counted("passed AND NOT failed"),
    "checks_failed": _counted("failed"),
    "returned": _counted("came_back"),
    "team_days": f"least({_ASKED}, 1)",
    "asked_squared": f"{_ASKED} * {_ASKED}",
    "credit_asked": f"({_CREDIT}) * {_ASKED}",
    "credit_squared": f"({_CREDIT}) * ({_CREDIT})",
}
# Effective is the highest (revision, id) of each root, as desk.sync.merge.effective says.
EFFECTIVE = """effective AS MATERIALIZED (
    SELECT DISTINCT ON (s.commune_code, s.day, s.root_id) s.*, p."group" AS procedure_group
    FROM desk_supportsession s LEFT JOIN procedures_procedure p ON p.code = s.procedure_id
    {wanted}
    ORDER BY s.commune_code, s.day, s.root_id, s.revision DESC, s.id DESC)"""
_LIMITS = " ".join(f"WHEN '{channel}' THEN {terms.most_a_day}" for channel, terms in TERMS.items())
_HELPED = f"c.answer <> '{Answer.NOT_HELPED}'"
# An answer counts only with the session's own code; of one volunteer's day the earliest count.
HEARD = f"""heard AS (
    SELECT e.commune_code, e.day, e.root_id, c.channel, c.answer, {_HELPED} AND NOT c.crowded AND row_number() OVER (
            PARTITION BY e.commune_code, e.day, e.volunteer_id, c.channel, {_HELPED} AND NOT c.crowded ORDER BY c.made_at, c.id
        ) <= CASE c.channel {_LIMITS} END AS credited
    FROM effective e JOIN desk_confirmation c
        ON c.commune_code = e.commune_code AND c.day = e.day AND c.id = e.root_id AND c.code = e.return_code
    WHERE NOT e.withdrawn AND e.return_code <> ''),
judged AS (
    SELECT e.commune_code, e.day, e.root_id, bool_or(k.verdict = 'passed') AS passed, bool_or(k.verdict = 'failed') AS failed,
        bool_or(k.verdict = 'unclear') AS unclear
    FROM effective e JOIN desk_workcheck k ON k.commune_code = e.commune_code AND k.day = e.day AND k.id = e.root_id
    WHERE k.verdict <> '' GROUP BY 1, 2, 3),
told AS (
    SELECT e.*, heard.channel, heard.answer, heard.credited, judged.passed, judged.failed, judged.unclear, r.id IS NOT NULL AS came_back
    FROM effective e LEFT JOIN heard USING (commune_code, day, root_id) LEFT JOIN judged USING (commune_code, day, root_id)
        LEFT JOIN desk_casereturned r ON r.commune_code = e.commune_code AND r.day = e.day AND r.id = e.root_id
    WHERE NOT e.withdrawn)"""
_SUMS = ", ".join(f"sum({column})::bigint" for column in ("sessions", *LEDGER))
_BY_VOLUNTEER = f"""
WITH {EFFECTIVE}, {HEARD},
days AS (
    SELECT volunteer_id, commune_code, day, {_counted("true")} AS sessions,
        {", ".join(f"{counted} AS {column}" for column, counted in LEDGER.items())}
    FROM told GROUP BY volunteer_id, commune_code, day)
SELECT volunteer_id, day <= %s AS is_due, {_SUMS} FROM days GROUP BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Days, and communes; None for the whole nation."""

    first: date
    last: date
    communes: tuple[str, ...] | None = None


def counts_by_volunteer(wanted: Wanted, due_by: date) -> dict[UUID, dict[bool, dict[str, int]]]:
    """Return each volunteer's sessions and ledger counts from the raw rows, split by whether the day is `due_by` or earlier.

    No permission is checked here. Reads every session of the days wanted: for jobs and single communes.
    """
    where, values = "WHERE s.day BETWEEN %s AND %s", [wanted.first, wanted.last]
    if wanted.communes is not None:
        where, values = f"{where} AND s.commune_code = ANY(%s)", [*values, list(wanted.communes)]  # type: ignore[list-item]
    with connection.cursor() as cursor:
        cursor.execute(_BY_VOLUNTEER.format(wanted=where), [*values, due_by])
        found: dict[UUID, dict[bool, dict[str, int]]] = {}
        for volunteer, is_due, *sums in cursor.fetchall():
            found.setdefault(volunteer, {})[is_due] = dict(zip(("sessions", *LEDGER), sums, strict=True))
    return found
