"""Replication candidates as a page asks for them: figures of every commune read from the database, ranked, with their reasons."""

import time
from datetime import date, timedelta
from typing import TYPE_CHECKING

from aoxanh.cli.bench import Report
from aoxanh.cli.bench.site import BenchSite, bench_site
from aoxanh.initiatives.evidence.estimate import Evidence

if TYPE_CHECKING:
    from aoxanh.initiatives.models import Effect

DAYS, TEAMS = 84, 2
# A share of finished sessions and a size for each commune, as uneven as they are; two teams on every working day.
_WORK = """
INSERT INTO desk_dailyfigure (commune_code, day, team_id, computed_at, {columns})
SELECT code, day, gen_random_uuid(), now(), {values}
FROM (SELECT code, exp(1.2 + 0.7 * sqrt(-2 * ln(random() + 1e-9)) * cos(6.283185 * random())) AS usual, 0.3 + 0.5 * random() AS share
      FROM places_place WHERE level = 'commune') place,
  generate_series(%(first)s::date, %(last)s::date, interval '1 day') AS day, generate_series(1, %(teams)s) AS team,
  LATERAL (SELECT greatest(1, round(usual * (0.5 + random())))::int AS sessions) worked
WHERE extract(isodow FROM day) < 7
"""


def measure_candidates(report: Report, evidence: Evidence, adopters: list[str]) -> None:
    """Ask once for the whole nation, in a process that has just begun, and count what it and PostgreSQL spent."""
    with bench_site() as site:
        report.versions["postgresql"] = site.version
        site.enter()
        rows = _worked(site)
        effect = _copied(evidence, adopters)
        before = _spent(site)
        found, said = _asked(effect)
        report.figures["cpu_s_candidates"] = _spent(site) - before
        report.size |= {"daily_figures": rows, "candidates": found, "reasons": said}
        from django.db import connection

        connection.close()


def _worked(site: BenchSite) -> int:
    from aoxanh.desk.rollup import MEASURES

    told = {"sessions": "sessions", "outcome_finished": "round(sessions * share)::int", "volunteers": "3"}
    statement = _WORK.format(
        columns=", ".join(MEASURES), values=", ".join(told.get(name, "0") for name in MEASURES)
    )
    last = date.today() - timedelta(days=1)  # noqa: DTZ011 - which day it is called does not matter here
    values = {"first": last - timedelta(days=DAYS - 1), "last": last, "teams": TEAMS}
    with site.connect() as connection:
        connection.execute("SELECT setseed(0.5)")
        made = connection.execute(statement, values).rowcount
        connection.execute("ANALYZE desk_dailyfigure")
    return made


def _copied(evidence: Evidence, adopters: list[str]) -> "Effect":
    """Store the campaign's copies and what they changed, as the worker would."""
    from aoxanh.initiatives.actions import store_effect
    from aoxanh.initiatives.measuring import facts_of
    from aoxanh.initiatives.models import Adoption, Initiative
    from aoxanh.initiatives.panel import Course
    from aoxanh.kernel import clock
    from aoxanh.kernel.scope import whole_nation
    from aoxanh.people.actors import system

    began = clock.today() - timedelta(days=200)
    with whole_nation():
        row = Initiative.objects.filter(state=Initiative.State.DESCRIBED).order_by("id")[0]
        Adoption.objects.bulk_create(
            Adoption(initiative=row, commune_id=code, first_day=began) for code in adopters
        )
        facts = facts_of(evidence, Course(dict.fromkeys(adopters, began), clock.today()))
        return store_effect(initiative=row, facts=facts, by=system("bench"))


def _asked(effect: "Effect") -> tuple[int, int]:
    from aoxanh.initiatives.replication import choices_for
    from aoxanh.kernel.scope import whole_nation
    from aoxanh.people.actors import system

    with whole_nation():
        choices = choices_for(system("bench"), effect, most=5000)
    return len(choices), sum(len(one.candidate.grounds) for one in choices)


def _spent(site: BenchSite) -> float:
    return time.process_time() + site.cpu_seconds()["postgresql"]
