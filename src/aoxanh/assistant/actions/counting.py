"""Counting what people ask: a number a day, commune, kind, procedure and slot; no word of a question, nobody who asked."""

import re
from collections import Counter

from django.db import connection, transaction

from aoxanh.assistant.actions.told import commune_of
from aoxanh.assistant.replies import Kind, Part, Reply
from aoxanh.kernel import clock
from aoxanh.people.actors import Actor
from aoxanh.procedures import queries as procedures

Key = tuple[str, str, str]
"""Kind, topic and slot."""

_RULE = re.compile(r"[a-z][a-z0-9_.-]{0,39}")
_ADD = (
    "INSERT INTO assistant_askedcount AS known (commune_code, day, kind, topic, slot, count)"
    " SELECT %s, %s, kind, topic, slot, count FROM unnest(%s::text[], %s::text[], %s::text[], %s::int[])"
    " AS added (kind, topic, slot, count) ORDER BY 3, 4, 5"
    " ON CONFLICT (commune_code, day, kind, topic, slot)"
    " DO UPDATE SET count = known.count + excluded.count"
)


@transaction.atomic
def count_asked(*, reply: Reply, by: Actor) -> None:
    """Count the parts of a reply that somebody of a commune was given. Leaves no line in the audit: nothing of it leads to anybody."""
    commune = commune_of(by)
    if commune is None or not reply.parts:
        return
    known = procedures.known_codes()
    counts = Counter(_key(part, known) for part in reply.parts)
    keys = list(counts)
    with connection.cursor() as cursor:
        cursor.execute(
            _ADD,
            [
                commune.code,
                clock.today(),
                *([key[at] for key in keys] for at in range(3)),
                list(counts.values()),
            ],
        )


def _key(part: Part, known: set[str]) -> Key:
    """Return what a part is counted under; only codes and rules of ours, so that no text can slip in."""
    topic = part.candidates[0].code if part.candidates and part.kind != Kind.ASK_BACK else ""
    if topic not in known:
        topic = ""
    if part.kind in (Kind.REFUSE, Kind.OUTSIDE) and _RULE.fullmatch(part.rule):
        topic = part.rule
    return str(part.kind), topic, str(part.slot or "")
