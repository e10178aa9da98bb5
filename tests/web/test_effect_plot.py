"""The plot shows each period's interval and says it in words."""

from xml.etree import ElementTree as ET

from django.utils.translation import override

from aoxanh.initiatives.evidence.estimate import estimate
from aoxanh.initiatives.evidence.panel import Indicator
from aoxanh.web.initiatives.effect_plot import effect_plot
from tests.initiatives.campaigns import campaign


def test_every_period_is_drawn_within_the_picture_and_told() -> None:
    course = estimate(campaign(points=10), Indicator("finished")).course
    with override("en"):
        drawing = ET.fromstring(effect_plot(course, 'Effect of <"1-1">'))  # noqa: S314 - our own drawing
    assert drawing.get("aria-label") == 'Effect of <"1-1">'
    points = [group for group in drawing.findall("g") if group.find("circle") is not None]
    assert [group.get("class") for group in points] == ["before"] * 6 + ["after"] * 6
    for group, point in zip(points, course, strict=True):
        title, line = group.find("title"), group.find("line")
        assert title is not None
        assert line is not None
        assert title.text is not None
        assert f"{point.effect.value:.1f}".lstrip("-") in title.text
        assert 0 <= float(line.get("y1", "-1")) < float(line.get("y2", "-1")) <= 240


def test_without_a_course_nothing_is_drawn() -> None:
    assert effect_plot((), "nothing") == ""
