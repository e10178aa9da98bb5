"""A list of this machine, read, compared and stored by a command in one transaction."""

from pathlib import Path

import pytest
from django.db import transaction

from aoxanh.people.models import Volunteer
from aoxanh.sheets import actions, queries
from aoxanh.sheets.models import SheetImport, SheetPiece
from tests.conftest import Cast
from tests.sheets import lists
from tests.sheets.lists import TITLES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("store", "state", "stored"), [("nothing", "ready", 0), ("all", "ready", 0), ("good", "stored", 1)]
)
def test_a_command_stores_what_an_upload_would_and_shows_what_is_bad(
    cast: Cast, tmp_path: Path, store: actions.Store, state: str, stored: int
) -> None:
    path = lists.xlsx(tmp_path / "list.xlsx", TITLES, lists.ROWS[0], [2, "Ai Đó"])
    before = Volunteer.objects.count()
    sheet = actions.import_file(kind="volunteers", path=path, by=cast.actor("son"), store=store)
    assert (sheet.state, sheet.new, sheet.bad) == (state, 1, 1)
    assert Volunteer.objects.count() == before + stored
    assert [row.number for row in queries.bad_rows(sheet)] == [3]
    assert not SheetPiece.objects.exists()


def test_a_command_that_fails_midway_leaves_nothing(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = lists.xlsx(tmp_path / "list.xlsx", TITLES, *lists.ROWS)
    before = Volunteer.objects.count()
    with monkeypatch.context() as broken:
        broken.setattr("aoxanh.people.rosters.record_list", lambda *_arguments, **_facts: 1 / 0)
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            actions.import_file(kind="volunteers", path=path, by=cast.actor("son"), store="all")
    assert (Volunteer.objects.count(), SheetImport.objects.count()) == (before, 0)
