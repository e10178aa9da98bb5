"""Dumps come back whole or not at all, and never over data that somebody may still want."""

import stat

import psycopg
import pytest

from aoxanh.kernel.cluster.errors import ArchiveFailed, DatabaseNotEmpty


def names_in(cluster, dbname):
    with psycopg.connect(cluster.url("owner", dbname)) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM people ORDER BY name")]


def databases(cluster):
    with psycopg.connect(cluster.url("owner", "postgres")) as connection:
        return {name for (name,) in connection.execute("SELECT datname FROM pg_database")}


@pytest.fixture
def source(running):
    """Give the name of a database that holds two people, one table more, and a grant."""
    running.create_database("source")
    with psycopg.connect(running.url("owner", "source")) as connection:
        connection.execute("CREATE TABLE people (name text PRIMARY KEY)")
        connection.execute("CREATE TABLE teams (name text)")
        connection.execute("INSERT INTO people VALUES ('Lan'), ('Đức')")
        connection.execute("GRANT SELECT ON people TO aoxanh_app")
    yield "source"
    for name in databases(running) - {"postgres", "template0", "template1", "aoxanh"}:
        running.drop_database(name)


@pytest.fixture
def archive(running, source, tmp_path):
    running.dump(tmp_path / "all.dump", source)
    return tmp_path / "all.dump"


def test_dump_restores_rows_and_grants_into_a_new_database(running, archive):
    running.restore(archive, "copy")
    assert names_in(running, "copy") == ["Lan", "Đức"]
    with psycopg.connect(running.url("app", "copy")) as connection:
        assert connection.execute("SELECT count(*) FROM people").fetchone() == (2,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT * FROM teams")


def test_restore_fills_an_empty_database(running, archive):
    running.create_database("empty")
    running.restore(archive, "empty")
    assert names_in(running, "empty") == ["Lan", "Đức"]


def test_restore_refuses_a_database_that_holds_tables(running, source, archive):
    with pytest.raises(DatabaseNotEmpty, match="2 tables"):
        running.restore(archive, source)
    assert names_in(running, source) == ["Lan", "Đức"]


def test_forced_restore_replaces_a_database_in_use(running, source, archive):
    with psycopg.connect(running.url("owner", source), autocommit=True) as user:
        user.execute("INSERT INTO people VALUES ('An')")
        running.restore(archive, source, force=True)
    assert names_in(running, source) == ["Lan", "Đức"]
    assert not {"source_restoring", "source_replaced"} & databases(running)


def test_damaged_archive_leaves_everything_as_it_was(running, source, archive):
    whole = archive.read_bytes()
    for damaged in (whole[: len(whole) // 2], whole[:-40], b"not a dump"):
        archive.write_bytes(damaged)
        with pytest.raises(ArchiveFailed, match="nothing was changed"):
            running.restore(archive, source, force=True)
    assert names_in(running, source) == ["Lan", "Đức"]
    assert "source_restoring" not in databases(running)


def test_leftover_of_a_killed_restore_is_cleared_by_the_next(running, source, archive):
    running.create_database("source_restoring")
    running.restore(archive, source, force=True)
    assert "source_restoring" not in databases(running)


def test_failed_dump_keeps_the_older_file(running, archive, tmp_path):
    before = archive.read_bytes()
    with pytest.raises(ArchiveFailed):
        running.dump(archive, "no_such_database")
    assert archive.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all.dump", "all.dump.sums"]


def test_dump_is_readable_by_its_owner_only(archive):
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600


def test_progress_counts_tables_up_to_all(running, source, archive):
    seen = []
    running.dump(archive, source, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 2), (2, 2)]
    seen.clear()
    running.restore(archive, "copy", progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 2), (2, 2)]
