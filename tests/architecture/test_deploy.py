"""What stands in deploy/ fits the product: units start commands that exist, alarms read metrics that exist and have a runbook."""

import configparser
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from django.conf import settings
from django.test import Client

from aoxanh.audit import checks, heads
from aoxanh.cli import main
from aoxanh.config.environment import VARIABLES
from aoxanh.kernel import backups
from aoxanh.kernel.scope import whole_nation
from tests.architecture.house import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
SERVICES = [path for path in UNITS if path.suffix == ".service"]
PROGRAM = "/srv/aoxanh/app/.venv/bin/aoxanh"
HARDENED = {
    "NoNewPrivileges": "yes", "ProtectSystem": "strict", "ProtectHome": "yes", "PrivateTmp": "yes", "PrivateDevices": "yes",
    "RestrictNamespaces": "yes", "CapabilityBoundingSet": "", "SystemCallFilter": "@system-service", "User": "aoxanh",
}  # fmt: skip
RUNBOOK = (ROOT / "docs" / "operate" / "runbook.md").read_text(encoding="utf-8")
ALERTS: list[dict[str, Any]] = yaml.safe_load((DEPLOY / "alerts.yml").read_text(encoding="utf-8"))["groups"][
    0
]["rules"]
# Of Prometheus itself.
ITS_OWN = {"up"}


def unit(path: Path) -> configparser.ConfigParser:
    parsed = configparser.ConfigParser(strict=False, interpolation=None)
    parsed.optionxform = str  # type: ignore[assignment,method-assign]
    parsed.read_string(path.read_text(encoding="utf-8"))
    return parsed


def assert_is_a_command(words: list[str]) -> None:
    """Parse the words as click would, options and arguments included."""
    command: click.Command = main
    context = click.Context(main)
    while isinstance(command, click.Group) and words:
        name, *words = words
        found = command.get_command(context, name)
        assert found is not None, f"`aoxanh {name}` does not exist"
        command, context = found, click.Context(found)
    known = {option for parameter in command.params for option in parameter.opts}
    given = [word.partition("=")[0] for word in words if word.startswith("-")]
    assert set(given) <= known


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_a_unit_starts_commands_that_exist_and_is_hardened(path: Path) -> None:
    service = unit(path)["Service"]
    for key in ("ExecStart", "ExecStop"):
        if key not in service:
            continue
        line = service[key].replace("$$(date +%%u)", "1")
        words = shlex.split(line)
        if words[0] == "/bin/sh":
            words = shlex.split(words[2])[1:]
        assert words[0] == PROGRAM
        assert_is_a_command(words[1:])
    assert {name: service.get(name) for name in HARDENED} == HARDENED


def test_there_is_a_unit_for_each_part_and_a_timer_has_its_service() -> None:
    names = {path.name for path in UNITS}
    assert {
        "aoxanh-db.service",
        "aoxanh-web.service",
        "aoxanh-worker.service",
        "aoxanh-backup.timer",
    } <= names
    for timer in (path for path in UNITS if path.suffix == ".timer"):
        assert timer.with_suffix(".service").name in names
        assert unit(timer)["Timer"]["OnCalendar"]


def test_systemd_itself_finds_nothing_wrong(tmp_path: Path) -> None:
    """Where systemd-analyze is installed it has the last word; elsewhere the tests above have it."""
    analyze = shutil.which("systemd-analyze")
    for path in UNITS:
        text = path.read_text(encoding="utf-8")
        assert text.endswith("\n")
        (tmp_path / path.name).write_text(text.replace(PROGRAM, "/bin/true"), encoding="utf-8")
    if analyze:
        command = [analyze, "verify", "--man=no", *map(str, sorted(tmp_path.iterdir()))]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")


def test_the_container_copies_what_is_there_and_runs_as_nobody_special() -> None:
    lines = (DEPLOY / "Containerfile").read_text(encoding="utf-8").splitlines()
    copied = [
        word
        for line in lines
        if line.startswith("COPY ") and "--from" not in line
        for word in line.split()[1:-1]
    ]
    assert copied
    assert not [name for name in copied if not (ROOT / name).exists()]
    bases = [line.split()[1] for line in lines if line.startswith("FROM ")]
    assert all(re.fullmatch(r"[a-z]+:[\w.-]+", base) for base in bases)
    assert "USER aoxanh" in lines
    assert 'ENTRYPOINT ["aoxanh"]' in lines
    (command,) = [line.removeprefix("CMD ") for line in lines if line.startswith("CMD ")]
    assert_is_a_command(yaml.safe_load(command))
    (health,) = [line for line in lines if line.startswith("HEALTHCHECK ")]
    assert "/healthz" in health


def test_the_examples_fit_the_settings() -> None:
    variables = re.findall(
        r"^#? ?([A-Z_]+)=", (DEPLOY / "aoxanh.env.example").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert len(variables) > 5
    assert set(variables) <= set(VARIABLES)
    proxy = (DEPLOY / "nginx.conf.example").read_text(encoding="utf-8")
    assert "client_max_body_size 1m;" in proxy
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE == 1024 * 1024
    assert "^/(metrics|readyz)$" in proxy
    assert proxy.count("{") == proxy.count("}")


@pytest.fixture
def metrics(db: None, settings: Any, tmp_path: Path) -> set[str]:
    """Give the names of all that /metrics can tell, each as an expression may use it."""
    settings.DATA_DIR = tmp_path
    with whole_nation():
        heads.export_heads()
        checks.check_all()
    backups.note_dump(tmp_path)
    backups.note_drill(tmp_path, passed=True)
    return set(re.findall(r"^# TYPE (\w+) ", Client().get("/metrics").content.decode(), re.MULTILINE))


def test_every_alarm_reads_metrics_that_exist(metrics: set[str]) -> None:
    assert len(ALERTS) == len({rule["alert"] for rule in ALERTS}) > 15
    for rule in ALERTS:
        bare = re.sub(r"\{[^}]*\}", "", rule["expr"])
        used = set(re.findall(r"\baoxanh_\w+|\bup\b", bare))
        assert used
        known = {re.sub(r"_(bucket|count|sum)$", "", name) if name not in metrics else name for name in used}
        assert known <= metrics | ITS_OWN, rule["alert"]
        assert rule["expr"].count("(") == rule["expr"].count(")")
        assert rule["labels"]["severity"] in ("page", "ticket")


def test_every_alarm_has_its_section_in_the_runbook_and_no_section_is_left_over() -> None:
    sections = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", RUNBOOK, re.MULTILINE | re.DOTALL))
    assert list(sections) == [rule["alert"] for rule in ALERTS]
    for rule in ALERTS:
        text = sections[rule["alert"]]
        assert rule["annotations"]["summary"] in text
        assert rule["annotations"]["runbook"] == f"docs/operate/runbook.md#{rule['alert'].lower()}"
        for word in ("Means", "Look", "Act", "Escalate"):
            assert f"- **{word}:** " in text


def test_commands_that_the_runbook_names_exist() -> None:
    named = re.findall(r"`aoxanh ([a-z][^`<]*?)(?: <[^`]*)?`", RUNBOOK)
    assert len(named) > 8
    for words in named:
        assert_is_a_command(words.split())


def test_every_metric_is_explained(metrics: set[str]) -> None:
    page = (ROOT / "docs" / "operate" / "monitoring.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^\| `(aoxanh_\w+)` \|", page, re.MULTILINE))
    # When WAL was last archived and a worker last heard of are told only where there is such a time.
    assert metrics <= explained
    assert explained - metrics <= {
        "aoxanh_wal_archived_timestamp_seconds",
        "aoxanh_worker_heartbeat_timestamp_seconds",
    }
