"""`aoxanh check`: a sound installation passes, and each thing that breaks is named with its remedy."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest
from click.testing import CliRunner
from django.db import connection
from tests.cast import LUNG_CU
from tests.database import database_for_this_process
from tests.site import LiveSite

from aoxanh.cli.check import command, database, memory, reference, settings, site, work
from aoxanh.cli.check.finding import Finding, fine, wrong
from aoxanh.cli.check.memory import Part
from aoxanh.desk.partitions import make_partitions
from aoxanh.kernel import clock


def check(environment: dict[str, str], *words: str) -> tuple[int, dict[str, dict[str, str]]]:
    done = subprocess.run(
        [sys.executable, "-m", "aoxanh", "check", "--json", *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    told = json.loads(done.stdout)
    assert told["sound"] == (done.returncode == 0)
    return done.returncode, {item["name"]: item for item in told["findings"]}


@pytest.mark.faults
def test_a_running_site_is_sound_until_its_worker_dies(live_site: LiveSite) -> None:
    code, found = check(live_site.environment, "--url", live_site.url)
    assert code == 0, [item for item in found.values() if item["level"] == "problem"]
    assert found["web"]["level"] == found["worker"]["level"] == "ok"
    assert live_site.web is not None
    assert live_site.worker is not None
    assert str(live_site.web.pid) in found["memory"]["says"]
    assert str(live_site.worker.pid) in found["memory"]["says"]
    live_site.worker.kill()
    live_site.worker.wait()
    late = "INSERT INTO desk_dirtyday (commune_code, day, marked_at) VALUES (%s, %s, now() - interval '1 minute')"
    live_site.sql(late, LUNG_CU, clock.today())
    live_site.kill9()
    code, found = check(live_site.environment, "--url", live_site.url)
    assert code == 1
    assert "aoxanh worker" in found["rollup"]["remedy"]
    assert "aoxanh serve" in found["web"]["remedy"]
    assert found["memory"]["says"] == "nothing of this installation is running"


def test_a_server_that_is_away_is_named_once(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "AOXANH_DATA_DIR": str(tmp_path),
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
        "AOXANH_SECRET_KEY": "only for tests",
        "DJANGO_SETTINGS_MODULE": "aoxanh.config.settings",
    }
    code, found = check(environment)
    assert (code, found["postgresql"]["remedy"]) == (1, "Look at DATABASE_URL and at that server.")
    assert "migrations" not in found
    code, found = check(environment | {"AOXANH_PROXIES": "many"})
    assert (code, "AOXANH_PROXIES" in found["settings"]["says"]) == (1, True)


def test_an_installation_without_a_database_says_how_to_begin(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    environment |= {"AOXANH_DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "aoxanh.config.settings"}
    code, found = check(environment)
    assert code == 1
    assert found["settings"]["remedy"]


def test_every_line_that_is_not_ok_has_a_remedy(db: None) -> None:
    result = CliRunner().invoke(command, ["--json"])
    told = json.loads(result.stdout)
    assert len(told["findings"]) > 20
    for item in told["findings"]:
        assert bool(item["remedy"]) == (item["level"] != "ok"), item
    lines = CliRunner().invoke(command, []).stdout
    assert "things looked at" in lines


@pytest.fixture
def as_owner(db: None, owner_sql: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Ask the checks' questions on the owner's connection, in a transaction in which things were broken."""
    import psycopg

    with psycopg.connect(database_for_this_process().url("owner")) as broken:

        def ask(query: str, *values: Any) -> list[tuple[Any, ...]]:
            return broken.execute(query, values).fetchall()

        for room in (database, reference, work):
            monkeypatch.setattr(room, "ask", ask)
        yield lambda query, *values: broken.execute(query, values)
        broken.rollback()


def the(findings: list[Finding], name: str) -> Finding:
    (finding,) = [item for item in findings if item.name == name]
    return finding


def test_the_suites_own_database_is_sound(db: None) -> None:
    found = [*database.look(), *reference.look()]
    assert {item.name: item.level for item in found} == {item.name: "ok" for item in found}


def test_a_missing_month_is_named(as_owner: Callable[..., None]) -> None:
    assert reference.partitions().level == "ok"
    today = clock.today()
    as_owner(f"DROP TABLE desk_supportsession_{today:%Y%m}")
    finding = reference.partitions()
    assert (finding.level, f"{today:%m/%Y}" in finding.says, "aoxanh migrate" in finding.remedy) == (
        "problem",
        True,
        True,
    )


def test_a_month_far_ahead_is_only_a_warning(as_owner: Callable[..., None]) -> None:
    make_partitions()
    ((last,),) = database.ask(
        "SELECT max(inhrelid::regclass::text) FROM pg_inherits WHERE inhparent = 'desk_supportsession'::regclass"
    )
    as_owner(f"DROP TABLE {last}")
    assert reference.partitions().level == "warning"


def test_months_that_are_kept_for_too_long_or_were_never_dropped_are_named(
    as_owner: Callable[..., None],
) -> None:
    assert work.retention().level == "ok"
    as_owner("SELECT desk_make_partition('2023-03-01')")
    as_owner("SELECT desk_make_partition('2023-04-01')")
    as_owner("SELECT desk_detach_month('2023-04-01')")
    finding = work.retention()
    assert finding.level == "warning"
    assert "03/2023" in finding.says
    assert "04/2023" in finding.says
    assert "aoxanh privacy retain" in finding.remedy


def test_the_owning_role_in_place_of_the_application_role_is_a_problem(as_owner: Callable[..., None]) -> None:
    found = database.look()
    assert "is a superuser" in the(found, "role").says
    assert "DATABASE_OWNER_URL" in the(found, "role").remedy
    assert "UPDATE, DELETE, TRUNCATE" in the(found, "audit").says
    assert "aoxanh migrate" in the(found, "audit").remedy


@pytest.mark.parametrize(
    ("facts", "level"), [("superuser", "problem"), ("bypasses", "problem"), ("owns", "warning"), ("", "ok")]
)
def test_a_role_that_nothing_binds_is_named(facts: str, level: str) -> None:
    held = {name: name == facts for name in ("superuser", "bypasses", "owns")}
    finding = database.role("aoxanh_app", **held)
    assert finding.level == level
    assert ("CREATE ROLE" in finding.remedy) == (level == "problem")


def test_row_security_that_was_switched_off_is_named(as_owner: Callable[..., None]) -> None:
    as_owner("ALTER TABLE desk_handover DISABLE ROW LEVEL SECURITY")
    finding = the(database.look(), "row_security")
    assert finding.says == "Off on desk_handover."
    assert "ALTER TABLE desk_handover ENABLE" in finding.remedy


def test_missing_places_are_named(as_owner: Callable[..., None]) -> None:
    as_owner("DELETE FROM procedures_procedureversion")
    as_owner("DELETE FROM procedures_procedure")
    finding = reference.reference_data()
    assert (finding.level, "3321 communes, 0 procedures" in finding.says) == ("problem", True)


def test_a_migration_that_was_not_applied_and_one_from_the_future_are_named(
    db: None, owner_sql: Callable[..., Any]
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE django_migrations SET name = '0999_of_tomorrow' WHERE app = 'desk' AND name LIKE '0003%%'"
        )
    finding = reference.migrations()
    assert (finding.level, "desk.0003" in finding.says) == ("problem", True)
    assert reference.look() == [finding]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('desk', '0003_scope_policies', now())"
        )
    finding = reference.migrations()
    assert "newer than this program: desk.0999_of_tomorrow" in finding.says


def test_jobs_given_up_are_named(as_owner: Callable[..., None]) -> None:
    as_owner(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, status) VALUES ('default', 'desk.sweep', 'failed')"
    )
    assert "desk.sweep (1)" in work.jobs().says


def test_a_key_that_others_can_read_is_named(tmp_path: Path) -> None:
    key = tmp_path / "secret-key"
    key.touch(mode=0o644)
    key.chmod(0o644)
    assert site.secrets_kept(tmp_path) == wrong("secrets", f"Others can read {key}.", f"chmod 600 {key}")
    key.chmod(0o600)
    assert site.secrets_kept(tmp_path).level == "ok"


@pytest.mark.parametrize(("free", "level"), [(10, "ok"), (3, "warning"), (0.2, "problem")])
def test_a_full_disk_is_named(free: float, level: str) -> None:
    assert site.disk(Path("/"), int(free * site.GIB)).level == level


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"DEBUG": True}, "debug"),
        ({"ALLOWED_HOSTS": ["*"]}, "hosts"),
        ({"ALLOWED_HOSTS": ["aoxanh.example"]}, "https"),
        ({"HTTPS": True, "CSRF_TRUSTED_ORIGINS": ["http://aoxanh.example"]}, "https"),
    ],
)
def test_settings_that_do_not_suit_a_public_site_are_named(
    pytestconfig: Any, changes: dict[str, Any], name: str
) -> None:
    from django.test import override_settings

    with override_settings(**changes):
        assert the(settings.look(), name).level == "problem"


def test_an_address_that_is_none_or_silent_is_named() -> None:
    for url in ("file:///etc", "nonsense", "http://127.0.0.1:1", "http://[bad"):
        assert site.answering(url).level == "problem", url


def test_memory_over_the_goal_is_a_warning() -> None:
    assert memory.judge([Part("web", (1, 2), 300, 400), Part("worker", (3,), 100, 120)]).level == "ok"
    assert memory.judge([Part("web", (1, 2), 500, 600)]).level == "warning"


def test_only_this_installations_processes_are_counted(tmp_path: Path) -> None:
    sleeper = tmp_path / "aoxanh"
    sleeper.write_text("import sys, time\nprint('up', flush=True)\ntime.sleep(60)\n")
    started = subprocess.Popen(
        [sys.executable, str(sleeper), "worker"],
        env={**os.environ, "AOXANH_DATA_DIR": str(tmp_path)},
        stdout=subprocess.PIPE,
    )
    try:
        assert started.stdout is not None
        started.stdout.readline()
        (part,) = memory.running_parts(tmp_path, private=False)
        assert (part.name, part.pids) == ("worker", (started.pid,))
        assert 0 < part.own <= psutil.Process(started.pid).memory_info().rss / memory.MIB + 1
        assert memory.running_parts(tmp_path / "elsewhere", private=False) == []
    finally:
        started.kill()
        started.communicate()


def test_a_finding_reads_as_one_line_and_its_remedy_as_the_next() -> None:
    from aoxanh.cli.check import _line

    assert _line(fine("disk", "plenty")) == "ok       disk: plenty"
    assert _line(wrong("disk", "full", "Make room.")).splitlines()[1].strip() == "-> Make room."
