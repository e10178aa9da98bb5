"""How much waits for a person, as every page's menu tells it: one statement, written out because every page asks it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from aoxanh.kernel import clock
from aoxanh.oversight.supervision_queries import Claim, claims
from aoxanh.people.actors import Actor


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many tasks wait in a person's inbox, those put off left out, and how many complaints for their answer."""

    tasks: int = 0
    complaints: int = 0


def waiting_for(actor: Actor) -> Waiting:
    """Return what waits for the actor; nothing for somebody without an account, the system included."""
    if actor.account_id is None:
        return Waiting()
    today = clock.today()
    mine: list[str] = ["task.account_id = %s"]
    values: list[Any] = [today, actor.account_id]
    for claim in claims(actor):
        condition, asked = _task_of(claim, today)
        mine.append(condition)
        values += asked
    statement = (
        "SELECT (SELECT count(*) FROM oversight_supervisiontask task JOIN places_place place ON place.code = task.place_id"
        " WHERE task.closed_at IS NULL AND (task.resting_until IS NULL OR task.resting_until <= %s)"
        f" AND ({' OR '.join(mine)})),"
        " (SELECT count(*) FROM oversight_feedback WHERE answered_at IS NULL AND handler_id = %s)"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, actor.account_id])
        return Waiting(*cursor.fetchone())


def _task_of(claim: Claim, today: date) -> tuple[str, list[Any]]:
    """Return what is true of the tasks of a claim, as `supervision_queries.inbox` says it, and the values of the condition."""
    team, teams = ("", []) if claim.teams is None else (" AND task.team_id = ANY(%s)", [list(claim.teams)])
    condition = (
        "task.account_id IS NULL AND (task.owner = %s OR task.owner = %s AND task.due_on < %s)"
        f" AND (task.place_id = %s OR place.parent_id = %s){team}"
    )
    values = [claim.owner, claim.below or claim.owner, today, claim.place_code, claim.place_code, *teams]
    return f"({condition})", values
