"""Charts and numbers: drawn to scale, escaped, and written in the reader's language."""

import re

from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from aoxanh.web import numbers, svg

COUNTS = st.lists(st.integers(0, 10_000_000), max_size=400)


@given(COUNTS.filter(any))
def test_the_shades_of_a_map_are_in_order_and_all_used_by_somebody(values: list[int]) -> None:
    bounds = svg.shade_bounds(values)
    assert bounds == sorted(set(bounds))
    assert 1 <= len(bounds) <= svg.SHADES
    assert svg.shade(0, bounds) == 0
    assert all(svg.shade(value, bounds) >= 1 for value in values if value)
    assert {svg.shade(value, bounds) for value in values if value} == set(range(1, len(bounds) + 1))


def test_a_map_without_any_value_has_no_shade() -> None:
    assert svg.shade_bounds([0, 0]) == []


@given(COUNTS)
def test_a_line_stays_inside_its_box(values: list[int]) -> None:
    points = re.search(r'points="([^"]*)"', svg.sparkline(values))
    assert points
    for point in points[1].split():
        across, down = map(float, point.split(","))
        assert 0 <= across <= 96.05
        assert 2 <= down <= 26


def test_bars_are_as_long_as_their_values() -> None:
    drawn = svg.columns([svg.Bar(5, "a"), svg.Bar(10, "b")], "label")
    assert re.findall(r'height="([\d.]+)"><?', str(drawn).replace("/>", ">"))[1::2] == ["50.00", "100.00"]
    assert 'width="25.0"' in svg.meter(1, 4)
    assert 'width="0.0"' in svg.meter(0, 0)


def test_what_a_chart_says_is_text_and_never_markup() -> None:
    shape = svg.Shape("M0 0z", "<b>", 'x"y', 1)
    drawn = svg.choropleth("0 0 1 1", [shape], [svg.Frame("<i>", [0, 0, 1, 1])], "<u>")
    assert not re.search(r"<[biu]>", drawn)
    assert 'x"y' not in drawn


def test_numbers_are_written_in_the_readers_language() -> None:
    with translation.override("vi"):
        assert (numbers.number(1234567), numbers.share(1, 3), numbers.change(108, 100)) == (
            "1.234.567",
            "33,3%",
            "+8,0%",
        )
        assert (numbers.number(-5), numbers.change(0, 100), numbers.change(100, 100)) == (
            "−5",
            "−100%",
            "0,0%",
        )
    with translation.override("en"):
        assert numbers.number(1234.5, 1) == "1,234.5"


def test_there_is_no_share_of_nothing_and_no_change_from_nothing() -> None:
    assert numbers.share(0, 0) == numbers.change(5, 0) == numbers.change(5, None) == "–"
