"""Health, readiness and metrics: who may ask, what is told, and what one request leaves behind."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from aoxanh.kernel import clock
from aoxanh.kernel.scope import whole_nation
from aoxanh.people.models import Device
from aoxanh.web.watch import health, migrations, requests
from tests.cast import LUNG_CU, account_id


def samples(text: str) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def value(name: str, **labels: str) -> float:
    told = samples(Client().get("/metrics").content.decode())
    return told.get((name, frozenset(labels.items())), 0.0)


def run(query: str, *values: Any) -> None:
    with whole_nation(), connection.cursor() as cursor:
        cursor.execute(query, values)


def a_worker_is_heard() -> None:
    run("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")


def test_metrics_are_shown_on_this_machine_only(db: None) -> None:
    assert Client().get("/metrics").status_code == 200
    assert Client().get("/metrics", REMOTE_ADDR="203.0.113.9").status_code == 404
    assert Client().get("/metrics", REMOTE_ADDR="::1").status_code == 200
    assert Client().get("/metrics", REMOTE_ADDR="").status_code == 404


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP", "X-Forwarded-Proto"])
def test_metrics_never_pass_the_proxy_of_this_machine(db: None, header: str) -> None:
    for path in ("/metrics", "/readyz"):
        assert Client().get(path, headers={header: "203.0.113.9"}).status_code == 404


def test_a_token_opens_metrics_from_anywhere_and_nothing_else_does(db: None, settings: Any) -> None:
    settings.METRICS_TOKEN = "đo-lường"
    far = Client(REMOTE_ADDR="203.0.113.9")
    shown = {"Authorization": "Bearer đo-lường".encode().decode("latin-1")}
    for path, good in (("/metrics", 200), ("/readyz", 503)):
        assert far.get(path, headers=shown).status_code == good
        for wrong in ("Bearer other", "Bearer ", "đo-lường", "Bearer đo"):
            assert far.get(path, headers={"Authorization": wrong}).status_code == 404
        assert Client().get(path).status_code == 404


def test_requests_are_counted_by_route_name_and_status(db: None, cast: Any) -> None:
    team = "/teams/01970000-0000-7000-8000-000999999999/"
    before = value("aoxanh_http_requests_total", method="GET", route="team", status="404")
    assert cast.client("lan").get(team).status_code == 404
    assert value("aoxanh_http_requests_total", method="GET", route="team", status="404") == before + 1
    assert value("aoxanh_http_request_seconds_count", route="team") > 0
    text = Client().get("/metrics").content.decode()
    assert "01970000" not in text
    assert str(account_id("lan")) not in text


def test_words_that_a_caller_makes_up_never_become_labels(db: None) -> None:
    Client().get("/so-0912345678/")
    Client().generic("0912345678", "/")
    text = Client().get("/metrics").content.decode()
    assert "0912345678" not in text
    assert 'method="OTHER"' in text
    assert 'route="none"' in text


def test_what_waits_is_measured(db: None) -> None:
    assert value("aoxanh_dirty_days") == 0
    run(
        "INSERT INTO desk_dirtyday (commune_code, day, marked_at) VALUES (%s, %s, now() - interval '90 seconds')",
        LUNG_CU,
        clock.today(),
    )
    run("INSERT INTO procrastinate_jobs (queue_name, task_name, status) VALUES ('default', 'x', 'failed')")
    Device.objects.create(
        id=uuid4(),
        account_id=account_id("lan"),
        token_hash="x",
        pending=2,
        last_seen_at=clock.now() - 2 * Device.OVERDUE,
    )
    assert value("aoxanh_dirty_days") == 1
    assert value("aoxanh_dirty_days_oldest_seconds") >= 90
    assert value("aoxanh_jobs", state="failed") == 1
    assert value("aoxanh_devices_overdue") == 1
    assert value("aoxanh_worker_alive") == 0
    a_worker_is_heard()
    assert value("aoxanh_worker_alive") == 1


def test_standing_facts_are_measured(db: None) -> None:
    assert value("aoxanh_database_up") == 1
    assert value("aoxanh_database_size_bytes") > 1_000_000
    assert value("aoxanh_partitions_ahead") == 6
    assert value("aoxanh_migrations_unapplied") == 0
    assert value("aoxanh_disk_free_bytes") > 0
    assert value("aoxanh_web_resident_bytes") > 10_000_000
    assert value("aoxanh_web_processes") == 1


def test_a_broken_chain_shows_in_the_metrics(db: None, owner_sql: Any, settings: Any, tmp_path: Path) -> None:
    from aoxanh.audit import actions, checks

    settings.DATA_DIR = tmp_path
    with whole_nation():
        actions.record(chain="VN", actor="system:test", action="test.done")
        assert checks.check_all().holds
    assert value("aoxanh_audit_breaks") == 0
    assert value("aoxanh_audit_checked_timestamp_seconds") > 0
    run("UPDATE audit_audithead SET hash = %s WHERE chain = 'VN'", "f" * 64)
    with whole_nation():
        checks.check_all()
    assert value("aoxanh_audit_breaks") == 1


def test_ready_means_database_migrations_worker_and_rollup(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def ready() -> tuple[int, dict[str, bool]]:
        answer = Client().get("/readyz")
        told = json.loads(answer.content)
        assert told["ready"] == (answer.status_code == 200)
        return answer.status_code, told["checks"]

    assert ready() == (503, {"database": True, "migrations": True, "worker": False, "rollup": True})
    a_worker_is_heard()
    assert ready()[0] == 200
    run(
        "INSERT INTO desk_dirtyday (commune_code, day, marked_at) VALUES (%s, %s, now() - interval '5 minutes')",
        LUNG_CU,
        clock.today(),
    )
    assert ready() == (503, {"database": True, "migrations": True, "worker": True, "rollup": False})
    monkeypatch.setattr(health, "unapplied", lambda: [("desk", "0099_later")])
    assert ready()[1]["migrations"] is False


def test_a_migration_that_was_not_run_is_seen(db: None) -> None:
    assert migrations.unapplied() == []
    run("DELETE FROM django_migrations WHERE app = 'desk' AND name = '0003_scope_policies'")
    assert migrations.unapplied() == [("desk", "0003_scope_policies")]


ASK_WITHOUT_A_DATABASE = """
import django; django.setup()
from django.test import Client
for path in ("/readyz", "/metrics"):
    answer = Client(raise_request_exception=False).get(path)
    print(answer.status_code, answer.content.decode())
"""


def test_without_a_database_metrics_still_answer_and_say_so(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "AOXANH_DATA_DIR": str(tmp_path),
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
        "AOXANH_SECRET_KEY": "only for tests",
        "DJANGO_SETTINGS_MODULE": "aoxanh.config.settings",
        "AOXANH_HOSTS": "testserver",
    }
    said = subprocess.run(
        [sys.executable, "-c", ASK_WITHOUT_A_DATABASE],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert said.startswith('503 {"ready": false, "checks": {"database": false')
    assert "\naoxanh_database_up 0.0\n" in said
    assert "aoxanh_disk_free_bytes" in said


def test_an_id_of_the_proxy_is_kept_and_any_other_is_replaced(db: None) -> None:
    made_up = "0123456789abcdef0123456789abcdef"
    assert Client().get("/healthz", headers={"X-Request-ID": made_up})["X-Request-ID"] == made_up
    told = Client().get("/healthz", headers={"X-Request-ID": "0912345678"})["X-Request-ID"]
    assert requests.MADE_UP.fullmatch(told)


def test_a_request_leaves_one_line_with_the_route_and_the_account(
    cast: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "aoxanh.access")
    cast.client("lan").get("/teams/01970000-0000-7000-8000-000999999999/?note=0912345678")
    Client().get("/healthz")
    (record,) = [item for item in caplog.records if item.name == "aoxanh.access"]
    facts = record.facts  # type: ignore[attr-defined]
    assert facts.pop("ms") >= 0
    assert facts == {"method": "GET", "route": "team", "status": 404, "account": str(account_id("lan"))}
