"""The courses that come with the product: modules to read, items to be asked, sources; read from `content/`."""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec
import yaml

from aoxanh.training.quiz.item import Item, Strict, Text

FOLDER = Path(__file__).parent / "content"


class Source(Strict, frozen=True, kw_only=True):
    """A law, a document or a page of ours that a module rests on, and when it was read."""

    name: Text
    as_of: str
    url: str = ""

    @property
    def month(self) -> str:
        """Return when it was read as people write a month: 11/2026."""
        year, _, month = self.as_of.partition("-")
        return f"{month}/{year}"


class Link(Text, frozen=True, kw_only=True):
    """Where to read or watch more: an address on the web, or a path of this site. A film is a link and nothing else: it costs data."""

    url: str
    video: bool = False

    @property
    def is_outside(self) -> bool:
        return not self.url.startswith("/")


class Picture(Text, frozen=True, kw_only=True):
    """A small drawing of ours; its text says what it shows to who cannot see it, and `parts` what its numbers mean.

    The drawing holds no words, so that one file serves both languages; `file` lies below `content/`.
    """

    file: str
    parts: tuple[Text, ...] = ()

    @property
    def drawing(self) -> str:
        """Return the drawing itself, as SVG."""
        return (FOLDER / self.file).read_text(encoding="utf-8")

    @property
    def address(self) -> str:
        """Return it as an address that holds the whole drawing, for a page: nothing more is fetched, and nothing in it can run."""
        return f"data:image/svg+xml,{quote(self.drawing)}"


class Section(Strict, frozen=True, kw_only=True):
    """A part of a module: short paragraphs, pictures, then points, then what is to be said of them."""

    title: Text
    text: tuple[Text, ...] = ()
    points: tuple[Text, ...] = ()
    closing: tuple[Text, ...] = ()
    pictures: tuple[Picture, ...] = ()


class Practice(Strict, frozen=True, kw_only=True):
    """What to try with one's own hands, and how to know that it is done."""

    task: Text
    steps: tuple[Text, ...]
    done: tuple[Text, ...]


class Module(Strict, frozen=True, kw_only=True):
    """One lesson. `may`, `others` and `never` draw the volunteer's line for its subject."""

    id: str
    minutes: int
    title: Text
    goals: tuple[Text, ...]
    sections: tuple[Section, ...]
    may: tuple[Text, ...] = ()
    others: tuple[Text, ...] = ()
    never: tuple[Text, ...] = ()
    practice: Practice
    links: tuple[Link, ...] = ()
    sources: tuple[str, ...]

    @property
    def version(self) -> str:
        """The text's own name (SHA-256): progress is kept for what was read, not for what the module became.

        A picture only shows what the text says, and a film is no text: neither makes anybody read a module again.
        """
        told = msgspec.to_builtins(self)
        for section in told["sections"]:
            section.pop("pictures", None)
        for link in told.get("links", ()):
            link.pop("video", None)
        return hashlib.sha256(msgspec.json.encode(told)).hexdigest()


class Examination(Strict, frozen=True, kw_only=True):
    """How the course is examined: questions of a form, the share of the marks that passes, and what is allowed.

    At most `attempts` in any `days` days; `minutes` for one attempt, 0 for as long as one likes; with `read_first` every
    module must have been read before.
    """

    questions: int
    pass_percent: int
    attempts: int = 3
    days: int = 14
    minutes: int = 60
    read_first: bool = False


class Course(Strict, frozen=True, kw_only=True):
    """A course in its order of modules; `group` is the skill group that it leads to, "" where it leads to none."""

    code: str
    group: str
    title: Text
    about: Text
    examination: Examination
    modules: tuple[Module, ...]

    @property
    def minutes(self) -> int:
        return sum(module.minutes for module in self.modules)


class _Outline(Strict, frozen=True, kw_only=True):
    group: str
    title: Text
    about: Text
    examination: Examination
    modules: tuple[str, ...]


@cache
def sources() -> dict[str, Source]:
    """Return every source that modules name, by its id."""
    return msgspec.convert(_yaml(FOLDER / "sources.yaml"), dict[str, Source])


@cache
def courses() -> tuple[Course, ...]:
    """Return the courses in the order in which a volunteer takes them."""
    order: list[str] = _yaml(FOLDER / "courses.yaml")
    return tuple(_course(code) for code in order)


def course_of(code: str) -> Course | None:
    """Return a course by its code, or None where there is none."""
    return next((course for course in courses() if course.code == code), None)


@cache
def bank(code: str) -> tuple[Item, ...]:
    """Return the items of a course in the order of its modules. Raises KeyError for a course that is not there."""
    course = {course.code: course for course in courses()}[code]
    return tuple(_items(course))


def texts_of(module: Module) -> Iterator[tuple[str, Text]]:
    """Yield every text of a module with its dotted path."""
    yield "title", module.title
    for name in ("goals", "may", "others", "never", "links"):
        for index, text in enumerate(getattr(module, name)):
            yield f"{name}.{index}", text
    for index, section in enumerate(module.sections):
        yield f"sections.{index}.title", section.title
        for name in ("text", "points", "closing"):
            for line, text in enumerate(getattr(section, name)):
                yield f"sections.{index}.{name}.{line}", text
        for line, picture in enumerate(section.pictures):
            yield f"sections.{index}.pictures.{line}", picture
            for number, text in enumerate(picture.parts):
                yield f"sections.{index}.pictures.{line}.parts.{number}", text
    yield "practice.task", module.practice.task
    for name in ("steps", "done"):
        for index, text in enumerate(getattr(module.practice, name)):
            yield f"practice.{name}.{index}", text


def _course(code: str) -> Course:
    outline = msgspec.convert(_yaml(FOLDER / code / "course.yaml"), _Outline)
    modules = tuple(
        msgspec.convert(_yaml(FOLDER / code / f"{name}.yaml"), Module) for name in outline.modules
    )
    fields = {name: getattr(outline, name) for name in ("group", "title", "about", "examination")}
    return Course(code=code, modules=modules, **fields)


def _items(course: Course) -> Iterator[Item]:
    for module in course.modules:
        written = _yaml(FOLDER / course.code / "items" / f"{module.id}.yaml")
        yield from msgspec.convert([{"module": module.id} | item for item in written], list[Item])


def _yaml(path: Path) -> Any:
    # libyaml is in every wheel of PyYAML; the pure reader would take a second longer where it is not.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text(encoding="utf-8"), loader)  # noqa: S506 - both loaders are safe ones
