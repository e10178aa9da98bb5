"""Changing a place from a day on."""

from datetime import date, timedelta

import pytest

from aoxanh.audit.models import AuditEntry
from aoxanh.kernel import clock
from aoxanh.places import queries
from aoxanh.places.actions import change_place, refresh_names
from aoxanh.places.errors import ChangeOutOfOrder, UnknownPlace, WrongKindOfPlace
from aoxanh.places.seed import Change

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 1)


def change(code="00715", on=DAY, kind="phuong", name="Lũng Cú"):
    return change_place(change=Change(code, on, kind, name, "NQ 1/2026"), by="system:test")


def test_a_change_ends_the_version_before_and_shows_at_once():
    change(name="Lu\u0303ng Cu\u0301 Mới")
    place = queries.place_by_code("00715")
    assert (place.full_name, place.fold) == ("phường Lũng Cú Mới", "lung cu moi")
    assert [(one.kind, one.valid_from, one.valid_to) for one in queries.history(place)] == [
        ("xa", date(2025, 7, 1), DAY),
        ("phuong", DAY, None),
    ]


def test_a_change_to_come_waits_for_its_day():
    tomorrow = clock.today() + timedelta(days=1)
    change(on=tomorrow)
    assert queries.place_by_code("00715").kind == "xa"
    refresh_names(on=tomorrow)
    assert queries.place_by_code("00715").kind == "phuong"


def test_a_change_is_recorded_under_the_place():
    change()
    entry = AuditEntry.objects.get(action="places.change")
    assert (entry.chain, entry.subject, entry.actor) == ("00715", "place:00715", "system:test")


def test_history_is_never_rewritten():
    change()
    with pytest.raises(ChangeOutOfOrder) as refusal:
        change(on=DAY, kind="xa")
    assert "01/09/2026" in str(refusal.value)
    assert len(queries.history(queries.place_by_code("00715"))) == 2


@pytest.mark.parametrize("kind", ["tinh", "thanh_pho", "thi_tran", "nation", ""])
def test_a_commune_only_becomes_another_kind_of_commune(kind):
    with pytest.raises(WrongKindOfPlace):
        change(kind=kind)


@pytest.mark.parametrize("code", ["99999", "VN", "", "1"])
def test_an_unknown_place_is_refused(code):
    with pytest.raises(UnknownPlace):
        change(code=code)
