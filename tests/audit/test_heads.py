"""Exported heads: signed, chained line by line, a day's file whole or not there."""

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.conf import settings

from aoxanh.audit import signing
from aoxanh.audit.actions import record
from aoxanh.audit.checks import check_all, last_check
from aoxanh.audit.heads import Head, current_heads, export_heads, newest_heads
from aoxanh.audit.verify import verify
from aoxanh.cli import main
from aoxanh.kernel import clock


def write(chain: str = "88888") -> None:
    record(chain=chain, actor="account:x", action="tests.thing.done")


@pytest.mark.django_db
def test_the_newest_heads_are_the_present_ones(tmp_path):
    write()
    export_heads(tmp_path)
    assert newest_heads(tmp_path).heads == current_heads()
    assert newest_heads(tmp_path).bad_lines == []


@pytest.mark.django_db
def test_a_day_s_later_lines_tell_only_what_moved(tmp_path):
    write()
    export_heads(tmp_path)
    write()
    path = export_heads(tmp_path)
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert [line["whole"] for line in lines] == [True, False]
    assert set(lines[1]["heads"]) == {"88888"}
    assert newest_heads(tmp_path).heads["88888"] == Head(2, lines[1]["heads"]["88888"][1])


@pytest.mark.django_db
def test_a_new_day_starts_a_whole_file_that_follows_the_one_before(tmp_path, monkeypatch):
    write()
    first = export_heads(tmp_path)
    tomorrow = clock.today() + timedelta(days=1)
    monkeypatch.setattr(clock, "today", lambda: tomorrow)
    second = export_heads(tmp_path)
    assert first != second
    assert newest_heads(tmp_path).heads == current_heads()
    first.write_text(first.read_text().replace('"at":"2', '"at":"3'))
    assert newest_heads(tmp_path).bad_lines == [1]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("damage", "bad"),
    [
        (lambda lines: [lines[0].replace('"88888":[1', '"88888":[7'), *lines[1:]], [1, 2]),
        (lambda lines: lines[1:], [1]),
        (lambda lines: [lines[0], lines[2]], [2]),
        (lambda lines: [lines[1], lines[0], lines[2]], [1, 2, 3]),
        (lambda lines: [*lines, "{}"], [4]),
        (lambda lines: [*lines, "[]"], [4]),
        (lambda lines: [*lines, "\x00"], [4]),
        (lambda lines: lines[:0], [1]),
    ],
)
def test_lines_that_were_touched_are_named_and_not_believed(tmp_path, damage, bad):
    for _ in range(3):
        write()
        path = export_heads(tmp_path)
    path.write_text("".join(line + "\n" for line in damage(path.read_text().splitlines())))
    seen = verify("88888", directory=tmp_path)
    assert seen.exported.bad_lines == bad
    assert not seen.holds
    assert seen.breaks == []


@pytest.mark.django_db
def test_another_installation_s_signature_counts_for_nothing(tmp_path, monkeypatch, settings):
    write()
    export_heads(tmp_path / "copy")
    settings.DATA_DIR = tmp_path
    assert verify("88888", directory=tmp_path / "copy").exported.bad_lines == [1]


def test_the_key_is_for_its_owner_only_and_stays_the_same(tmp_path):
    signature = signing.sign(tmp_path, b"heads")
    assert (tmp_path / signing.KEY).stat().st_mode & 0o777 == 0o600
    public = signing.public_key(tmp_path)
    assert signing.is_signed(public, b"heads", signature)
    assert not signing.is_signed(public, b"tails", signature)
    assert not signing.is_signed(public, b"heads", "not hex")
    assert [path.name for path in tmp_path.iterdir()] == [signing.KEY]


@pytest.mark.django_db
def test_the_commands_export_check_and_end_with_one_when_broken(tmp_path):
    write()
    said = CliRunner().invoke(main, ["audit", "export", "--to", str(tmp_path)])
    assert said.exit_code == 0, said.output
    path = tmp_path / said.stdout.strip().rpartition("/")[2]
    said = CliRunner().invoke(main, ["audit", "verify", "--chain", "88888", "--heads", str(tmp_path)])
    assert said.exit_code == 0, said.output
    assert "1 entries in 1 chains" in said.stdout
    path.write_text(path.read_text().replace('"88888":[1', '"88888":[2'))
    said = CliRunner().invoke(main, ["audit", "verify", "--heads", str(tmp_path), "--json"])
    assert said.exit_code == 1
    told = json.loads(said.stdout)
    assert told["holds"] is False
    assert told["exported"]["bad_lines"] == [1]


@pytest.mark.django_db
def test_the_nightly_walk_is_kept_for_the_auditor(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    assert last_check() is None
    write()
    check = check_all()
    assert check.holds
    assert last_check() == check
    (tmp_path / "audit-heads" / "last-check.json").write_text("[]")
    assert last_check() is None


def test_the_key_lives_in_the_data_folder():
    signing.sign(settings.DATA_DIR, b"")
    assert (settings.DATA_DIR / signing.KEY).exists()
