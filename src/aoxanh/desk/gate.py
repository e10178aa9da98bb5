"""Which work asks for a certificate of its skill group, and the records that are refused for want of one.

A record refused here stays on the phone: once a certificate for that day is recorded, handing it in again is enough.
"""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from aoxanh.desk.sync.records import Flaw, SessionRecord
from aoxanh.desk.vocabulary import Activity
from aoxanh.people.actors import Actor
from aoxanh.training import certificate_queries as training
from aoxanh.training import queries as groups
from aoxanh.training.certificate_queries import Standing

# Without a certificate a volunteer does outreach only, as on a roster. Documented in docs/use/certificates.md.
NEEDS = {
    str(Activity.PROCEDURE): "services",
    str(Activity.VNEID): "vneid",
    str(Activity.DIGITISE): "services",
    str(Activity.ID_SYNC): "vneid",
    str(Activity.CLASS): "services",
}

_WHO = (
    "SELECT root_id, volunteer_id FROM desk_supportsession WHERE id = root_id"
    " AND (commune_code, day, root_id) IN (SELECT * FROM unnest(%s::text[], %s::date[], %s::uuid[]))"
)
_STORED = (
    "SELECT id FROM desk_supportsession"
    " WHERE (commune_code, day, id) IN (SELECT * FROM unnest(%s::text[], %s::date[], %s::uuid[]))"
)


def flaws_of_uncertified(
    batch: list[SessionRecord], flaws: list[Flaw | None], by: Actor
) -> list[Flaw | None]:
    """Return the flaws with those added of work that its helper held no certificate for on its day.

    Costs one statement for a batch whose certificates hold, more only for corrections, which count for whoever did the work, and
    where a certificate is missing. What is stored
    already and what withdraws is never refused.
    """
    asked = [
        record
        for record, flaw in zip(batch, flaws, strict=True)
        if flaw is None and not record.withdrawn and record.activity in NEEDS
    ]
    if not asked or by.volunteer_id is None:
        return flaws
    helpers = _helpers([record for record in asked if record.revision > 0])
    held = Standing(training.held_by({by.volunteer_id, *helpers.values()}), {})
    lacking = [
        record
        for record in asked
        if not held.holds(helpers.get(record.root, by.volunteer_id), NEEDS[record.activity], record.day)
    ]
    if not lacking:
        return flaws
    rules = Standing({}, training.decided_in({record.commune for record in lacking}))
    without = [record for record in lacking if rules.asks(record.commune, NEEDS[record.activity], record.day)]
    return _with_refusals(batch, flaws, without) if without else flaws


def asked_of(standing: Standing, commune: str) -> list[dict[str, str | None]]:
    """Return what a phone should know about a commune: each kind of work that asks for a certificate, and from which day on."""
    rows: list[dict[str, str | None]] = []
    for activity, group in NEEDS.items():
        first = standing.decided.get((commune, group), date.min)
        if first is not None:
            rows.append(
                {
                    "activity": activity,
                    "group": group,
                    "from": None if first <= date.min else first.isoformat(),
                }
            )
    return rows


def _with_refusals(
    batch: list[SessionRecord], flaws: list[Flaw | None], without: list[SessionRecord]
) -> list[Flaw | None]:
    stored = {row[0] for row in _rows(_STORED, [(one.commune, one.day, one.id) for one in without])}
    names = {group.code: str(group) for group in groups.skill_groups()}
    refused = {id(record) for record in without if record.id not in stored}
    return [
        Flaw("not_certified", "activity", names.get(NEEDS[record.activity], ""))
        if id(record) in refused
        else flaw
        for record, flaw in zip(batch, flaws, strict=True)
    ]


def _helpers(corrections: list[SessionRecord]) -> dict[UUID, UUID]:
    """Return who did the work that these corrections are about, by its root; what is not stored yet is the sender's own."""
    if not corrections:
        return {}
    rows = _rows(_WHO, [(one.commune, one.day, one.root) for one in corrections])
    return dict(rows)


def _rows(query: str, keys: list[tuple[str, date, UUID]]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, list(map(list, zip(*keys, strict=True))))
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
