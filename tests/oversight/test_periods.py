"""Periods: the ready-made ones, one's own, and how a day may be written."""

from datetime import date

import pytest

from aoxanh.oversight.errors import UnfitPeriod, UnreadableDay
from aoxanh.oversight.periods import Period, custom_period, named_period, read_day

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("today", date(2026, 3, 1), date(2026, 3, 1)),
        ("7days", date(2026, 2, 23), date(2026, 3, 1)),
        ("month", date(2026, 3, 1), date(2026, 3, 1)),
        ("last_month", date(2026, 2, 1), date(2026, 2, 28)),
        ("all", date(2025, 7, 1), date(2026, 3, 1)),
        ("nonsense", date(2026, 2, 23), date(2026, 3, 1)),
    ],
)
def test_a_named_period_ends_today_or_with_the_last_month(name: str, first: date, last: date) -> None:
    period = named_period(name, TODAY)
    assert (period.first, period.last) == (first, last)


def test_the_period_before_touches_and_equals() -> None:
    assert named_period("7days", TODAY).before == Period(date(2026, 2, 16), date(2026, 2, 22))


def test_there_is_no_period_before_the_campaign() -> None:
    assert custom_period(date(2025, 7, 3), date(2025, 7, 5)).before is None


@pytest.mark.parametrize("text", ["5/8/2025", "05/08/2025", " 05-08-2025 ", "5.8.2025", "2025-08-05"])
def test_a_day_is_read_as_people_and_machines_write_it(text: str) -> None:
    assert read_day(text) == date(2025, 8, 5)


@pytest.mark.parametrize(
    "text", ["", "31/02/2026", "2025-13-01", "hôm nay", "1/1/9999", "٥/٨/2025", "0/0/0000", "1" * 5000]
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(UnreadableDay):
        read_day(text)


def test_a_period_neither_runs_backwards_nor_for_ever() -> None:
    with pytest.raises(UnfitPeriod):
        custom_period(date(2026, 3, 2), date(2026, 3, 1))
    with pytest.raises(UnfitPeriod):
        custom_period(date(2020, 1, 1), date(2026, 3, 1))
