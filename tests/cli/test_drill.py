"""`aoxanh db drill`: a good dump passes, and whatever is not as it was is named with its table."""

import json
import os
import re
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from tests.cast import BINH_TEAM
from tests.database import Database, clone

from aoxanh.kernel import backups
from aoxanh.kernel.cluster.comparison import sums_file


@pytest.fixture(scope="module")
def source() -> Iterator[Database]:
    """Give a database of its own with the cast and a few audited things in it."""
    made = clone(f"aoxanh_drill_{secrets.token_hex(4)}")
    yield made
    made.drop()


@pytest.fixture(scope="module")
def dump(source: Database) -> Path:
    path = source.data_dir / "all.dump"
    done = run(source, "dump", str(path))
    assert done.returncode == 0, done.stderr
    return path


def run(source: Database, *words: str) -> "subprocess.CompletedProcess[str]":
    environment = {
        **os.environ,
        "AOXANH_DATA_DIR": str(source.data_dir),
        "DATABASE_URL": source.url("app"),
        "DATABASE_OWNER_URL": source.url("owner"),
    }
    command = [sys.executable, "-m", "aoxanh", "db", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def drill(source: Database, *words: str) -> tuple[int, dict[str, Any]]:
    before = set(Path(tempfile.gettempdir()).glob("aoxanh-drill-*"))
    done = run(source, "drill", "--json", *words)
    assert set(Path(tempfile.gettempdir()).glob("aoxanh-drill-*")) == before
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


def sql(source: Database, query: str) -> None:
    with psycopg.connect(source.url("owner")) as connection:
        connection.execute(query)  # type: ignore[call-overload]


def test_a_fresh_dump_comes_back_whole_and_opens_its_pages(source: Database) -> None:
    code, told = drill(source)
    assert (code, told["passed"], told["differences"]) == (0, True, []), told["steps"]
    assert list(told["steps"]) == ["restore", "compare", "migrate", "audit", "pages"]
    assert told["tables"] > 40
    assert told["rows"] > 3321
    assert told["audit"]["entries"] > 0
    assert [page["status"] for page in told["pages"]] == [200] * 5
    kept = backups.read(source.data_dir)
    assert kept.drill_passed
    assert kept.drilled_at is not None


def test_a_changed_row_fails_the_drill_against_the_living_database_and_names_the_table(
    source: Database, dump: Path
) -> None:
    sql(source, f"UPDATE people_team SET name = 'Đội khác' WHERE id = '{BINH_TEAM}'")
    code, told = drill(source, str(dump), "--live")
    assert (code, told["passed"]) == (1, False)
    assert [item["table"] for item in told["differences"]] == ["people_team"]
    assert told["steps"]["compare"] == "people_team has other content in 2 rows"
    assert not backups.read(source.data_dir).drill_passed


def test_a_dump_that_lost_a_row_is_found(source: Database, dump: Path) -> None:
    noted = json.loads(sums_file(dump).read_text())
    noted["people_membership"]["rows"] += 1
    other = dump.with_name("other.dump")
    other.write_bytes(dump.read_bytes())
    sums_file(other).write_text(json.dumps(noted))
    code, told = drill(source, str(other))
    # Compared with what was noted, so what others changed since is not held against it.
    assert (code, told["compared_with"]) == (1, "what was noted when it was taken")
    assert [item["table"] for item in told["differences"]] == ["people_membership"]
    assert told["steps"]["compare"] == "people_membership has 3 rows instead of 4"


def test_a_damaged_dump_fails_and_names_the_table_at_work(source: Database, dump: Path) -> None:
    content = bytearray(dump.read_bytes())
    # The rows of the places, compressed, are the last third of the file; the list of what it holds comes first and grows with us.
    spot = len(content) * 4 // 5
    content[spot : spot + 64] = bytes(byte ^ 0xFF for byte in content[spot : spot + 64])
    hurt = dump.with_name("hurt.dump")
    hurt.write_bytes(content)
    done = run(source, "drill", str(hurt))
    assert done.returncode == 1
    assert re.search(r"restore .* processing data for table .?public\.", done.stdout, re.DOTALL)
    assert "not reached" in done.stdout
    assert "THE DRILL FAILED" in done.stdout


def test_the_sums_beside_a_dump_are_for_its_owner_only(dump: Path) -> None:
    assert sums_file(dump).stat().st_mode & 0o077 == 0
    assert backups.read(dump.parent).dumped_at is not None
