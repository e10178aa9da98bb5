"""Which hamlets a text names: whole folded words, and where two names overlap the longer one ("Thôn 1" is not in "Thôn 12")."""

from collections.abc import Collection, Iterable


def named_in(text: str, names: Collection[str]) -> set[str]:
    """Return the names that stand in a text; both are folded the same way, words apart by one space."""
    words = text.split()
    longest = max((name.count(" ") + 1 for name in names), default=0)
    spans = [
        (first, after)
        for first in range(len(words))
        for after in range(first + 1, min(first + longest, len(words)) + 1)
        if " ".join(words[first:after]) in names
    ]
    taken: set[int] = set()
    found: set[str] = set()
    for first, after in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        if taken.isdisjoint(range(first, after)):
            taken.update(range(first, after))
            found.add(" ".join(words[first:after]))
    return found


def named_in_any(texts: Iterable[str], names: Collection[str]) -> set[str]:
    """Return the names that stand in at least one of some texts."""
    return {name for text in texts for name in named_in(text, names)}
