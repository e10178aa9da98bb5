"""What an operator may set for messages to browsers, and at which hours people are told."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ImproperlyConfigured

from aoxanh.config import push as push_settings
from aoxanh.kernel import clock
from aoxanh.oversight.actions import pushing


@pytest.mark.parametrize(
    ("hour", "expected"), [(6, False), (7, True), (12, True), (20, True), (21, False), (23, False)]
)
def test_people_are_told_in_the_daytime_of_vietnam(hour: int, expected: bool) -> None:
    moment = datetime(2026, 7, 1, hour, 30, tzinfo=clock.VIETNAM).astimezone(UTC)
    assert pushing.is_daytime(moment) is expected


@pytest.mark.parametrize(
    ("name", "value"),
    [("AOXANH_PUSH_CONTACT", "operator@aoxanh.example"), ("AOXANH_PUSH_CONTACT", "mailto:x"), ("AOXANH_PUSH_CONTACT", "http://x.vn"),
     ("AOXANH_PUSH_HOSTS", "localhost"), ("AOXANH_PUSH_HOSTS", "127.0.0.1"), ("AOXANH_PUSH_HOSTS", "https://x.vn"), ("AOXANH_PUSH_HOSTS", "*.x.vn")],
)  # fmt: skip
def test_a_setting_that_cannot_be_meant_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    read = push_settings._contact if name.endswith("CONTACT") else push_settings._hosts
    with pytest.raises(ImproperlyConfigured, match=name):
        read()
