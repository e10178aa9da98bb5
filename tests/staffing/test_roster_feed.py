"""A volunteer's calendar holds their shifts at the right hours, and nothing of anybody else."""

from datetime import UTC, datetime

from icalendar import Calendar

from aoxanh.staffing.rostering.feed import calendar
from tests.staffing.rosters import shift

STAMP = datetime(2026, 5, 30, 3, 0, tzinfo=UTC)


def test_a_feed_tells_each_shift_in_order_at_its_hours():
    shifts = [(shift(1, "pm"), "Trực quầy; nhóm 2", "Trung tâm, xã Mường Lống"), (shift(0), "Trực quầy", "")]
    feed = calendar("Lịch trực", shifts, STAMP)
    first, second = Calendar.from_ical(feed).walk("VEVENT")
    assert first["uid"] == "0-am-duty@aoxanh"
    assert first["dtstart"].dt == datetime(2026, 6, 1, 0, 30, tzinfo=UTC)
    assert second["dtend"].dt == datetime(2026, 6, 2, 10, 0, tzinfo=UTC)
    assert second["summary"] == "Trực quầy; nhóm 2"
    assert second["location"] == "Trung tâm, xã Mường Lống"
    assert "location" not in first


def test_the_same_roster_gives_the_same_bytes_in_lines_that_every_calendar_reads():
    shifts = [(shift(day), "Trực " * 30, "x") for day in range(3)]
    feed = calendar("Lịch trực", shifts, STAMP)
    assert feed == calendar("Lịch trực", reversed(shifts), STAMP)
    assert all(len(line) <= 75 for line in feed.split(b"\r\n"))


def test_what_somebody_wrote_cannot_add_lines_to_the_feed():
    feed = calendar("x", [(shift(), "a\r\nBEGIN:VALARM", "b\nATTENDEE:c")], STAMP)
    lines = feed.split(b"\r\n")
    assert b"BEGIN:VALARM" not in lines
    assert not any(line.startswith(b"ATTENDEE") for line in lines)
    assert len(Calendar.from_ical(feed).walk("VEVENT")) == 1
