"""The door that free text passes before it is stored."""

import unicodedata

import pytest
from django.utils import translation

from aoxanh.privacy.detection import KINDS
from aoxanh.privacy.errors import KIND_NAMES, PersonalData, UnreadableText
from aoxanh.privacy.queries import check_text


def test_an_ordinary_note_passes_and_comes_back_composed():
    note = "Cô chú quên mật khẩu, hẹn 25/11/2026"
    assert check_text(unicodedata.normalize("NFD", note), "note") == note


def test_a_refusal_names_the_kinds_and_the_field_but_never_the_text():
    with translation.override("en"), pytest.raises(PersonalData) as refused:
        check_text("Bác Hoa 079190001234, gọi 0912345678", "note")
    shape = refused.value.as_dict()
    assert shape["code"] == "personal_data"
    assert shape["field"] == "note"
    assert "citizen number, phone number" in shape["message"]
    assert refused.value.status == 422
    told = f"{shape} {refused.value!r} {refused.value.args} {refused.value.facts}"
    assert "079190001234" not in told
    assert "0912345678" not in told


def test_every_kind_has_a_name_for_people():
    assert set(KIND_NAMES) == set(KINDS)


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "tab\x0bbed", "\x7f", "\x85", "\uffff"])
def test_text_that_no_database_or_screen_can_hold_is_refused(text):
    with pytest.raises(UnreadableText):
        check_text(text)


@pytest.mark.parametrize("text", ["", "hai dòng\nmột ghi chú", "tab\tđược"])
def test_lines_and_tabs_are_ordinary(text):
    assert check_text(text) == text
