"""Plain text out of the marked-up text of other programs."""

import re
from html.parser import HTMLParser

from aoxanh.training.quiz.exchange.question import LONGEST_SOURCE, LeftOut

MARKED_UP = re.compile(
    r"</?(?:p|br|b|i|u|em|strong|span|div|ul|ol|li|sub|sup|a|img|table|h[1-6]|code|pre|font|script|style|audio|video|iframe)\b[^<>]*>",
    re.IGNORECASE,
)
_FORMULA = re.compile(r"\\\(|\\\[|\$\$")
_MEDIA = {"img", "audio", "video", "iframe", "object", "embed", "svg", "math", "table"}
_UNSEEN = {"script", "style"}
_BREAKS = {"p", "br", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "tr"}
_DEEPEST = 2_000


class _Text(HTMLParser):
    """Gathers what a reader sees."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.unseen = 0
        self.kept = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's signature
        if tag in _MEDIA:
            raise LeftOut("media", tag)
        if tag in _UNSEEN:
            self.unseen += 1
        if tag == "pre":
            self.kept += 1
        if tag in _BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        if tag == "pre":
            self.kept = max(0, self.kept - 1)
        if tag in _BREAKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep words; the ends of lines in the source are blanks to a reader, but for text set as it is typed."""
        if not self.unseen:
            self.parts.append(data if self.kept else re.sub(r"[ \t\r\n\f\v]+", " ", data))


def plain(text: str, form: str) -> str:
    """Return the text without markup. `form` is Moodle's word for it; only "html" and its automatic form may hold tags.

    Raises LeftOut for pictures, sound, formulas and tables: the words alone would ask something else.
    """
    if len(text) > LONGEST_SOURCE:
        raise LeftOut("long")
    if "@@PLUGINFILE@@" in text:
        raise LeftOut("media", "file")
    if form not in ("plain", "plain_text") and _FORMULA.search(text):
        raise LeftOut("media", "formula")
    if form == "html" or (form in ("moodle", "moodle_auto_format") and MARKED_UP.search(text)):
        text = _seen(text)
    return text.strip()


def _seen(text: str) -> str:
    if text.count("<") > _DEEPEST:
        raise LeftOut("markup")
    reader = _Text()
    reader.feed(text)
    reader.close()
    lines = (re.sub(r"[ \t\r\f\v]+", " ", line).strip() for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in lines if line)
