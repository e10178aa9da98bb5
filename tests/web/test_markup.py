"""What is written as HTML without a template escapes every text that it is given."""

import pytest
from django.utils.safestring import SafeString

from aoxanh.oversight.definitions import DEFINITIONS
from aoxanh.oversight.queries import Row
from aoxanh.web import svg
from aoxanh.web.boards import markup
from aoxanh.web.boards.cards import Card

EVIL = "<script>'\"&\n"
ROW = Row("1", EVIL, "", kind=EVIL)
DRAWN = {
    "table": markup.table_body([markup.Line(ROW, EVIL, [EVIL], f"?a={EVIL}", [EVIL])]),
    "cards": markup.card_list([Card(DEFINITIONS["sessions"], EVIL, EVIL)], lambda _item: ""),
    "bars": markup.bar_list([(EVIL, EVIL, EVIL, SafeString(""))]),
    "values": markup.value_list([(EVIL, EVIL)]),
    "columns": svg.columns([svg.Bar(1, EVIL)], EVIL),
    "map": svg.choropleth(EVIL, [svg.Shape(EVIL, EVIL, EVIL, 1)], [svg.Frame(EVIL, [0, 0, 1, 1])], EVIL),
}


@pytest.mark.parametrize("name", DRAWN)
def test_no_text_reaches_a_board_as_markup(name: str) -> None:
    drawn = DRAWN[name]
    assert "<script" not in drawn
    assert "&lt;script&gt;&#x27;&quot;&amp;" in drawn
    assert drawn.count("&lt;script") == drawn.count("script")
