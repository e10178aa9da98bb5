"""The calendar feed of one volunteer's shifts (iCalendar, RFC 5545); it tells where and when, and never who else comes."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta, timezone

from icalendar import Calendar, Event

from aoxanh.staffing.rostering.problem import HALVES, Shift

# Vietnam keeps one time all year; a fixed offset spares the feed a table of time zones.
HERE = timezone(timedelta(hours=7))
HOURS = {"am": (time(7, 30), time(11, 30)), "pm": (time(13, 30), time(17, 0))}


def calendar(
    name: str,
    shifts: Iterable[tuple[Shift, str, str]],
    stamp: datetime,
    hours: dict[str, tuple[time, time]] | None = None,
) -> bytes:
    """Return the feed `name` of shifts, each with its summary and its place in words; `stamp` is when the roster was published.

    The same shifts and stamp give the same bytes, so that a server can answer "not modified".
    """
    feed = Calendar()
    feed.add("prodid", "-//Ao Xanh//Roster//VI")
    feed.add("version", "2.0")
    feed.add("method", "PUBLISH")
    feed.add("x-wr-calname", name)
    feed.add("x-wr-timezone", "Asia/Ho_Chi_Minh")
    for shift, summary, place in sorted(
        shifts, key=lambda each: (each[0].number, HALVES.index(each[0].half), each[0].id)
    ):
        feed.add_component(_event(shift, summary, place, stamp, (hours or HOURS)[shift.half]))
    return bytes(feed.to_ical())


def _event(shift: Shift, summary: str, place: str, stamp: datetime, hours: tuple[time, time]) -> Event:
    event = Event()
    event.add("uid", f"{shift.id}@aoxanh")
    event.add("dtstamp", stamp.astimezone(UTC))
    for key, hour in zip(("dtstart", "dtend"), hours, strict=True):
        event.add(key, datetime.combine(shift.day, hour, HERE).astimezone(UTC))
    event.add("summary", summary)
    if place:
        event.add("location", place)
    return event
