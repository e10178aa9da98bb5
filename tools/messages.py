"""Texts that a person meets: collect them from the code, hold the Vietnamese catalogue to them, and compile it.

`python tools/messages.py check|compile|missing`. English msgids stand in the code and are the English text; Vietnamese
stands in one `src/aoxanh/locale/vi/<area>.po` for each area, so that people who write different rooms never meet in one file.
"""

import argparse
import importlib.util
import io
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
from babel.messages.extract import extract
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "aoxanh"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    # As gettext_lazy and gettext are imported where both are needed.
    "lazy": None,
    "translate": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
TEMPLATES = (".html", ".txt")
HOLES = re.compile(r"%\(\w+\)[sd]|\{\w*[^{}]*\}|%[sd]")
# "#. Of allauth" above an entry says that the English text stands in that installed package, not in our code.
BORROWED = re.compile(r"^Of (\w+)$", re.MULTILINE)
DOORS = ("web", "api", "cli", "config")
AREAS = {
    "account": "people",
    "sign_in": "people",
    "mfa": "people",
    "boards": "boards",
    "field": "field",
    "sync": "desk",
}
HEADER = {
    "Project-Id-Version": "Ao Xanh",
    "Language": "vi",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}

Key = tuple[str, str]
"""(context or "", English text)."""


@dataclass
class Message:
    """One English text of the code, and where it stands."""

    text: str
    context: str = ""
    plural: str = ""
    places: list[str] = field(default_factory=list)

    @property
    def key(self) -> Key:
        return self.context, self.text


@dataclass(frozen=True)
class Catalogue:
    """The code's texts and the Vietnamese area files that must answer them."""

    package: Path = PACKAGE

    @property
    def folder(self) -> Path:
        return self.package / "locale" / "vi"

    @property
    def compiled(self) -> Path:
        return self.folder / "LC_MESSAGES" / "django.mo"

    def messages(self) -> dict[Key, Message]:
        """Return every text of our Python modules and templates."""
        return collect(self.package)

    def areas(self) -> dict[str, polib.POFile]:
        """Return the area files by name, in alphabetical order."""
        return {path.stem: polib.pofile(str(path), wrapwidth=0) for path in sorted(self.folder.glob("*.po"))}

    def merged(self) -> polib.POFile:
        """Return all areas as one catalogue, in an order that does not depend on the files."""
        whole = polib.POFile(wrapwidth=0)
        whole.metadata = dict(HEADER)
        entries = {
            _key(entry): entry for area in self.areas().values() for entry in area if entry.translated()
        }
        whole.extend(entries[key] for key in sorted(entries))
        return whole

    def compile(self) -> None:
        """Write the one file that Django reads."""
        self.compiled.parent.mkdir(parents=True, exist_ok=True)
        self.compiled.write_bytes(self.merged().to_binary())

    def flaws(self) -> list[str]:
        """Return what is wrong, one sentence each; nothing when Vietnamese readers meet Vietnamese everywhere."""
        messages, areas = self.messages(), self.areas()
        found = [*_missing(messages, areas), *_unused(messages, areas)]
        for name, area in areas.items():
            for entry in area:
                found += [f"{name}.po: “{entry.msgid}” {flaw}" for flaw in _flaws_of(entry)]
        found += _disagreements(areas)
        if not self.compiled.exists() or self.compiled.read_bytes() != self.merged().to_binary():
            found.append(
                "LC_MESSAGES/django.mo is not made from these files: run `python tools/messages.py compile`."
            )
        return found

    def stubs(self) -> str:
        """Return the missing entries as PO text, grouped by the area they most likely belong to."""
        known = {_key(entry) for area in self.areas().values() for entry in area}
        groups: dict[str, polib.POFile] = {}
        for message in self.messages().values():
            if message.key not in known:
                groups.setdefault(_area_of(message.places[0]), polib.POFile(wrapwidth=0)).append(
                    _stub(message)
                )
        return "\n".join(f"### {name}.po\n{_without_header(area)}" for name, area in sorted(groups.items()))


def collect(folder: Path) -> dict[Key, Message]:
    """Return every text that the modules and templates below a folder ask to have translated."""
    found: dict[Key, Message] = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".py":
            source = path.read_bytes()
        elif path.suffix in TEMPLATES and "templates" in path.parts:
            source = _as_python(path)
        else:
            continue
        for line, message in _extract(source):
            known = found.setdefault(message.key, message)
            known.plural = known.plural or message.plural
            known.places.append(f"{path.relative_to(folder)}:{line}")
    return found


def _as_python(path: Path) -> bytes:
    """Return a template as lines that Python's tokenizer can read: what is no text of ours becomes bare names."""
    code = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    return "\n".join(line.strip() for line in code.splitlines()).encode()


def _extract(source: bytes) -> Iterator[tuple[int, Message]]:
    for line, found, _comments, context in extract(
        "python", io.BytesIO(source), KEYWORDS, (), {"encoding": "utf-8"}
    ):
        text, plural = (found[0], found[-1]) if isinstance(found, tuple) else (found, "")
        if text:
            yield line, Message(text, context or "", plural)


def _key(entry: polib.POEntry) -> Key:
    return entry.msgctxt or "", entry.msgid


def _missing(messages: dict[Key, Message], areas: dict[str, polib.POFile]) -> Iterator[str]:
    known = {_key(entry) for area in areas.values() for entry in area}
    for key, message in messages.items():
        if key not in known:
            yield f"{message.places[0]}: “{message.text}” has no Vietnamese; add it to {_area_of(message.places[0])}.po."


def _unused(messages: dict[Key, Message], areas: dict[str, polib.POFile]) -> Iterator[str]:
    borrowed: dict[str, dict[Key, Message]] = {}
    for name, area in areas.items():
        for entry in area:
            lender = BORROWED.search(entry.comment)
            if lender and lender[1] not in borrowed:
                borrowed[lender[1]] = _texts_of(lender[1])
            if _key(entry) not in (borrowed[lender[1]] if lender else messages):
                where = f"in {lender[1]}" if lender else "in our code"
                yield f"{name}.po: “{entry.msgid}” stands nowhere {where}; remove it."


def _texts_of(package: str) -> dict[Key, Message]:
    spec = importlib.util.find_spec(package)
    return collect(Path(spec.origin).parent) if spec and spec.origin else {}


def _flaws_of(entry: polib.POEntry) -> Iterator[str]:
    if entry.fuzzy:
        yield "is marked fuzzy: read it and remove the mark."
    texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if not texts or not all(text.strip() for text in texts):
        yield "has an empty translation."
    wanted = _holes(entry.msgid) | _holes(entry.msgid_plural)
    for text in texts:
        if text and _holes(text) != wanted:
            yield f"has the placeholders {sorted(_holes(text))}, but the English has {sorted(wanted)}."


def _holes(text: str) -> set[str]:
    return set(HOLES.findall(text.replace("%%", "")))


def _disagreements(areas: dict[str, polib.POFile]) -> Iterator[str]:
    first: dict[Key, tuple[str, polib.POEntry]] = {}
    for name, area in areas.items():
        for entry in area:
            other, known = first.setdefault(_key(entry), (name, entry))
            if known.msgstr != entry.msgstr or known.msgstr_plural != entry.msgstr_plural:
                yield f"{name}.po and {other}.po translate “{entry.msgid}” differently."


def _area_of(place: str) -> str:
    """Guess the area file of "web/templates/places/find.html:3": the room, the page's group, or the doors' own "web"."""
    parts = Path(place.rsplit(":", 1)[0]).with_suffix("").parts
    if parts[0] not in DOORS:
        return parts[0]
    named = [AREAS.get(part, part) for part in parts[1:]]
    return next((part for part in named if (PACKAGE / part).is_dir() or part in AREAS.values()), "web")


def _stub(message: Message) -> polib.POEntry:
    plural = {0: ""} if message.plural else {}
    return polib.POEntry(
        msgid=message.text,
        msgctxt=message.context or None,
        msgid_plural=message.plural,
        msgstr_plural=plural,
        comment=", ".join(message.places[:3]),
    )


def _without_header(area: polib.POFile) -> str:
    return "\n".join(str(entry) for entry in area)


def _report(flaws: Iterable[str]) -> int:
    for flaw in flaws:
        print(flaw, file=sys.stderr)
    return 1 if flaws else 0


def main() -> int:
    """Run one of the three commands."""
    parser = argparse.ArgumentParser(description="Hold the Vietnamese texts to the code.")
    parser.add_argument("command", choices=["check", "compile", "missing"])
    command = parser.parse_args().command
    catalogue = Catalogue()
    if command == "compile":
        catalogue.compile()
    elif command == "missing":
        print(catalogue.stubs())
    else:
        return _report(catalogue.flaws())
    return 0


if __name__ == "__main__":
    sys.exit(main())
