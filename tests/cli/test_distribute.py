"""`aoxanh db distribute`: prints its plan, says plainly when there is no Citus, and carries the plan out once."""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator

import psycopg
import pytest
from tests.database import Database, clone

# What the command needs of Citus, as functions that note how they were called. Citus itself cannot be had here.
STAND_IN = """
CREATE TABLE pg_dist_partition (logicalrelid regclass PRIMARY KEY, spread text);
CREATE FUNCTION create_reference_table(regclass) RETURNS void LANGUAGE sql AS
    $$ INSERT INTO pg_dist_partition VALUES ($1, 'copied') $$;
CREATE FUNCTION create_distributed_table(regclass, text, colocate_with text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT relrowsecurity FROM pg_class WHERE oid = $1) THEN
        RAISE EXCEPTION 'cannot create policy: subqueries are not supported';
    END IF;
    INSERT INTO pg_dist_partition VALUES ($1, $2 || ' beside ' || $3);
END $$;
"""


@pytest.fixture
def database() -> Iterator[Database]:
    made = clone(f"aoxanh_distribute_{secrets.token_hex(4)}")
    yield made
    made.drop()


def distribute(database: Database, *options: str) -> "subprocess.CompletedProcess[str]":
    environment = {
        **os.environ,
        "AOXANH_DATA_DIR": str(database.data_dir),
        "DATABASE_URL": database.url("app"),
        "DATABASE_OWNER_URL": database.url("owner"),
        "DJANGO_SETTINGS_MODULE": "aoxanh.config.settings",
    }
    command = [sys.executable, "-m", "aoxanh", "db", "distribute", *options]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)


def spread(database: Database) -> dict[str, str]:
    with psycopg.connect(database.url("owner")) as connection:
        return dict(connection.execute("SELECT logicalrelid::text, spread FROM pg_dist_partition").fetchall())


def test_a_server_without_citus_is_told_apart_and_left_as_it_is(database: Database) -> None:
    told = distribute(database)
    assert told.returncode == 1
    assert "has no Citus, so nothing was done" in told.stderr
    assert "Traceback" not in told.stderr
    with psycopg.connect(database.url("owner")) as connection:
        secured = connection.execute(
            "SELECT relrowsecurity FROM pg_class WHERE relname = 'desk_handover'"
        ).fetchone()
    assert secured == (True,)


def test_a_dry_run_prints_statements_and_needs_no_citus(database: Database) -> None:
    told = distribute(database, "--dry-run")
    assert told.returncode == 0
    assert "SELECT create_distributed_table('desk_supportsession', 'commune_code'" in told.stdout
    assert all(line.endswith(";") for line in told.stdout.strip().splitlines())


def test_the_plan_is_carried_out_whole_and_only_once(database: Database) -> None:
    with psycopg.connect(database.url("owner")) as connection:
        connection.execute(STAND_IN)
    told = distribute(database)
    assert told.returncode == 0, told.stderr
    found = spread(database)
    beside = {how for how in found.values() if how.startswith("commune_code")}
    assert len(beside) == 2, "they do not all lie beside one"
    assert "commune_code beside none" in beside
    assert found["desk_supportsession"] == found["desk_handover"]
    assert found["places_place"] == "copied"
    assert "desk_dirtyday" not in found
    again = distribute(database)
    assert (again.returncode, again.stdout.strip()) == (0, "Every table is where it belongs already.")


def test_a_refusal_of_the_server_changes_nothing(database: Database) -> None:
    refusing = STAND_IN.replace(
        "IF (SELECT relrowsecurity", "IF $1 = 'desk_supportsession'::regclass OR (SELECT relrowsecurity"
    )
    with psycopg.connect(database.url("owner")) as connection:
        connection.execute(refusing)
    told = distribute(database)
    assert told.returncode == 1
    assert "Nothing was changed. The server says: cannot create policy" in told.stderr
    assert spread(database) == {}
