"""bench load: the evening hour of a national campaign at a fixed rate, then the highest rate that is still answered quickly."""

from random import Random
from typing import Any

import click
import psycopg

from aoxanh.cli.bench import Report
from aoxanh.cli.bench.campaign import QUICK, QUICK_PART, simulate_in
from aoxanh.cli.bench.site import BenchSite, bench_site
from aoxanh.cli.bench.traffic import BATCHES, MIX, Person, Ride, make_people, ride

# 240,000 volunteers who hand in one batch each within the evening hour are 67 syncs a second; as much again is read.
RATE = 120
SECONDS = 60
SESSIONS, VOLUNTEERS = 1_000_000, 240_000
PEOPLE = 64
MOST_MS = 500
# The search: steps of a third up from the fixed rate (or down, when that was too much), then halves between the last two.
STEP_SECONDS, STEP, STEPS, HALVES = 10, 4 / 3, 7, 2


def measure(*, seed: int, size: float) -> Report:
    """Return latencies, errors and CPU of a minute at the fixed rate, and the highest rate with a p95 under half a second."""
    report = Report(goals={"p95_ms": ("<=", MOST_MS), "errors": ("<=", 0), "acked_missing": ("<=", 0)})
    random, part, is_quick = Random(seed), min(1.0, size), size < QUICK
    with bench_site() as site, site.connect() as connection:
        made = simulate_in(
            site.folder,
            sessions=int(SESSIONS * size / (2 if is_quick else 1)),
            volunteers=max(8_000, int(VOLUNTEERS * part / (3 if is_quick else 1))),
            seed=seed,
            **(QUICK_PART if is_quick else {}),
        )
        people = make_people(connection, site.url, random, PEOPLE)
        for person in people:
            for kind in MIX:
                person.ask(kind)
        report.versions["postgresql"] = site.version
        report.size |= {"sessions": made["sessions"], "volunteers": made["volunteers"], "people": PEOPLE}
        _fixed(site, people, random, report, SECONDS * part)
        _search(people, random, report, STEP_SECONDS * part)
        report.figures["acked_missing"] = _missing(connection, people)
    return report


def _fixed(site: BenchSite, people: list[Person], random: Random, report: Report, seconds: float) -> None:
    before = site.cpu_seconds()
    done = ride(people, random, RATE, seconds)
    used = {name: now - before[name] for name, now in site.cpu_seconds().items()}
    requests = len(done.latencies)
    report.figures |= {
        "rate_per_s": RATE,
        "p50_ms": done.ms(50),
        "p95_ms": done.ms(95),
        "p99_ms": done.ms(99),
        "errors": len(done.failures),
        "cpu_ms_per_request": sum(used.values()) / requests * 1000,
    }
    report.figures |= {f"cpu_ms_per_request_{name}": value / requests * 1000 for name, value in used.items()}
    report.size |= {"requests": requests, "seconds": int(seconds)}
    report.size["sessions_in_100_requests"] = round(MIX["sync"] * sum(BATCHES) / len(BATCHES))
    if done.failures:
        click.echo("\n".join(sorted(set(done.failures))[:10]), err=True)


def _search(people: list[Person], random: Random, report: Report, seconds: float) -> None:
    """Find the highest held rate in a bounded number of steps; every step is told in the baselines' terms of rate and p95."""
    held, failed = 0.0, 0.0
    rate = float(RATE) if report.figures["p95_ms"] < MOST_MS and not report.figures["errors"] else RATE / STEP
    for _ in range(STEPS):
        is_held = _try(people, random, rate, seconds).is_held(MOST_MS)
        held, failed = (rate, failed) if is_held else (held, rate)
        if held and failed:
            break
        rate = rate * STEP if is_held else rate / STEP
    for _ in range(HALVES if held and failed else 0):
        rate = (held + failed) / 2
        is_held = _try(people, random, rate, seconds).is_held(MOST_MS)
        held, failed = (rate, failed) if is_held else (held, rate)
    report.figures["rate_held_per_s"] = held


def _try(people: list[Person], random: Random, rate: float, seconds: float) -> Ride:
    done = ride(people, random, rate, seconds)
    click.echo(f"  {rate:.0f}/s: p95 {done.ms(95):.0f} ms, {len(done.failures)} errors", err=True)
    return done


def _missing(connection: "psycopg.Connection[Any]", people: list[Person]) -> int:
    """Count the sessions that a phone was told are stored and are not."""
    told = [id_ for person in people for id_ in person.phone.acknowledged]
    ((missing,),) = connection.execute(
        "SELECT count(*) FROM unnest(%s::uuid[]) AS told (id)"
        " WHERE NOT EXISTS (SELECT FROM desk_supportsession stored WHERE stored.id = told.id AND stored.day >= current_date - 2)",
        [told],
    ).fetchall()
    return int(missing)
