"""What must be true after a storm: nobody's personal data anywhere, no half of anything, chains that verify."""

import json
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.db import connection

from aoxanh.audit.verify import verify
from aoxanh.desk.models import SupportSession
from aoxanh.kernel.scope import whole_nation
from tests.database import Database
from tests.fuzz.thrower import Tally
from tests.fuzz.words import Planted

_RUNS = re.compile(r"\d+")


@contextmanager
def kept_log(path: Path) -> Iterator[None]:
    """Write what the product logs to a file instead of the terminal, as an operator's log would hold it."""
    root = logging.getLogger()
    before = root.handlers[:]
    handler = logging.FileHandler(path, encoding="utf-8", errors="backslashreplace")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root.handlers = [handler]
    try:
        yield
    finally:
        root.handlers = before
        handler.close()


def check_aftermath(tally: Tally, planted: Planted, ground: Database, log: Path) -> None:
    """Look through every row of every table and every line of the log, and at what joins the tables."""
    connection.close()
    for table, line in dumped(ground):
        for mark in planted.found_in(line):
            tally.breach("personal_data_stored", table, f"{mark} in {table}: {line[:300]}")
    for line in log.read_text(encoding="utf-8").splitlines():
        for mark in planted.found_in(line):
            tally.breach("personal_data_logged", _RUNS.sub("", line[20:])[:80], f"{mark}: {line[:300]}")
    for wrong in _halves():
        tally.breach("half_done", wrong.split()[0], wrong)


def dumped(ground: Database) -> Iterator[tuple[str, str]]:
    """Yield (table, row as text) of the whole database, as its owner with the reach of the nation sees it."""
    with psycopg.connect(ground.url("owner")) as owner:
        owner.execute("SELECT set_config('aoxanh.reach', 'nation', false)")
        tables = owner.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition"
        ).fetchall()
        for (table,) in tables:
            for (row,) in owner.execute(f'SELECT t::text FROM "{table}" t'):
                yield table, row


def _halves() -> Iterator[str]:
    """Yield what was done by half: an audit chain that does not verify, a session without its entry or its dirty day."""
    with whole_nation():
        report = verify()
        if not report.holds:
            yield f"audit: {report}"
        stored = {str(id_) for id_ in SupportSession.objects.values_list("id", flat=True)}
    with connection.cursor() as cursor:
        cursor.execute("SELECT details FROM audit_auditentry WHERE action = 'desk.session.accepted'")
        told = {id_ for (details,) in cursor.fetchall() for id_ in json.loads(details)["ids"]}
    for id_ in sorted(stored ^ told):
        yield f"session {id_} is {'not in the audit' if id_ in stored else 'in the audit alone'}"
    with whole_nation(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT commune_code, day FROM desk_supportsession EXCEPT SELECT commune_code, day FROM desk_dirtyday"
        )
        yield from (f"{commune} {day} has sessions and no dirty mark" for commune, day in cursor.fetchall())
