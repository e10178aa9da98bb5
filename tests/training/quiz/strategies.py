"""Items of every kind, with texts made to be awkward for formats that give signs a meaning."""

from hypothesis import strategies as st

from aoxanh.training.quiz.item import Item, Option, Pair, Text

AWKWARD = "~=#{}:\\%<>&\"'[]$/-*? \nabcđệ1🙂\u00a0\u2028"
SENTENCES = [
    "->",
    "=-> ~%50%",
    "::x::",
    "####",
    "//",
    "$CATEGORY: x",
    "[html]<b>",
    "]]>",
    "&amp;",
    "T",
    "#1:2",
    "<p>",
    "\\n",
]


def words() -> st.SearchStrategy[str]:
    letters = st.text(AWKWARD, min_size=1, max_size=12)
    parts = st.lists(st.one_of(letters, st.sampled_from(SENTENCES)), min_size=1, max_size=3)
    return parts.map(lambda found: "".join(found).strip()).filter(bool)


texts = st.builds(Text, vi=words(), en=words())


def told_apart(count: int) -> st.SearchStrategy[list[Text]]:
    key = (lambda text: text.vi.casefold(), lambda text: text.en.casefold())
    return st.lists(texts, min_size=count, max_size=count, unique_by=key)


def has_no_arrow(sides: tuple[list[Text], ...]) -> bool:
    return not any("->" in words for side in sides for text in side for words in (text.vi, text.en))


@st.composite
def choices(draw: st.DrawFn, *, several: bool) -> tuple[Option, ...]:
    found = draw(st.integers(2, 6).flatmap(told_apart))
    most = len(found) - 1 if several else 1
    right = draw(st.sets(st.integers(0, len(found) - 1), min_size=1, max_size=most))
    whys = draw(st.lists(st.one_of(st.none(), texts), min_size=len(found), max_size=len(found)))
    return tuple(
        Option(vi=text.vi, en=text.en, right=at in right, why=why)
        for at, (text, why) in enumerate(zip(found, whys, strict=True))
    )


@st.composite
def items(draw: st.DrawFn, name: str = "m-01", module: str = "m") -> Item:
    kind = draw(st.sampled_from(["single", "multiple", "truefalse", "matching", "numeric"]))
    fields: dict[str, object] = {}
    if kind in ("single", "multiple"):
        fields["options"] = draw(choices(several=kind == "multiple"))
    elif kind == "truefalse":
        fields["holds"] = draw(st.booleans())
    elif kind == "matching":
        sides = draw(
            st.integers(2, 5).flatmap(lambda n: st.tuples(told_apart(n), told_apart(n))).filter(has_no_arrow)
        )
        fields["pairs"] = tuple(Pair(left=left, right=right) for left, right in zip(*sides, strict=True))
    else:
        number = st.floats(-1e9, 1e9, allow_nan=False).map(lambda value: value or 0.0)
        fields |= {"number": draw(number), "within": abs(draw(number))}
    return Item(id=name, module=module, kind=kind, ask=draw(texts), why=draw(texts), **fields)


@st.composite
def banks(draw: st.DrawFn, most: int = 12) -> list[Item]:
    modules = draw(st.lists(st.sampled_from(["m", "n-2", "o"]), min_size=1, max_size=most))
    return [draw(items(name=f"q-{at}", module=module)) for at, module in enumerate(modules)]
