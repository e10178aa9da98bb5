"""`aoxanh check`: what is wrong with this installation, line by line, each with its remedy."""

import json
import sys
from dataclasses import asdict

import click

from aoxanh.cli.check.finding import Finding

MARKS = {"ok": "ok     ", "warning": "warning", "problem": "PROBLEM"}


@click.command()
@click.option("--url", help="Ask the running site at this address too, e.g. http://localhost:8000.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(*, url: str | None, as_json: bool) -> None:
    """Diagnose the installation; ends with 1 when something must be put right. Nothing is changed."""
    findings = diagnose(url)
    sound = not any(finding.level == "problem" for finding in findings)
    if as_json:
        told = {"sound": sound, "findings": [asdict(finding) for finding in findings]}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            click.echo(_line(finding))
        click.echo(_summary(findings))
    sys.exit(0 if sound else 1)


def diagnose(url: str | None = None) -> list[Finding]:
    """Return everything that was looked at; what needs settings or the database is left out when those are missing."""
    from aoxanh.cli.check import database, memory, reference, settings, site, work

    findings = [site.python_version()]
    unread = settings.load()
    if unread:
        return [*findings, unread]
    findings += [*settings.look(), *site.look(url)]
    away = database.reach()
    findings += (
        [away] if away.level == "problem" else [away, *database.look(), *reference.look(), *work.look()]
    )
    return [*findings, memory.look()]


def _line(finding: Finding) -> str:
    line = f"{MARKS[finding.level]}  {finding.name}: {finding.says}"
    return f"{line}\n         -> {finding.remedy}" if finding.remedy else line


def _summary(findings: list[Finding]) -> str:
    problems = sum(1 for finding in findings if finding.level == "problem")
    warnings = sum(1 for finding in findings if finding.level == "warning")
    return f"{len(findings)} things looked at: {problems} to put right, {warnings} to know about."
