"""The courses and their items are whole: both languages, real sources, and no answer that its own shape gives away."""

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import msgspec
import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from aoxanh.training import courses as shelf
from aoxanh.training.courses import Course, Link, Module, Picture
from aoxanh.training.handout import document
from aoxanh.training.queries import skill_groups
from aoxanh.training.quiz.item import LANGUAGES, Item, Language, texts_of
from aoxanh.training.quiz.rules import flaws_of_bank

COURSES = shelf.courses()
MODULES = [(course, module) for course in COURSES for module in course.modules]
VIETNAMESE = re.compile(
    "[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE
)
each_course = pytest.mark.parametrize("course", COURSES, ids=lambda course: course.code)
each_module = pytest.mark.parametrize(
    ("course", "module"), MODULES, ids=lambda thing: getattr(thing, "id", "")
)
each_language = pytest.mark.parametrize("language", LANGUAGES)


def all_texts(module: Module) -> Iterator[tuple[str, str, str]]:
    for path, text in shelf.texts_of(module):
        yield path, text.vi, text.en


@pytest.mark.django_db
def test_each_skill_group_has_a_course_of_at_least_six_modules_and_forty_items() -> None:
    led_to = {course.group: course for course in COURSES if course.group}
    assert set(led_to) >= {group.code for group in skill_groups()}
    for course in led_to.values():
        assert len(course.modules) >= 6
        assert len(shelf.bank(course.code)) >= 40


def test_conduct_comes_first_and_leads_to_no_group() -> None:
    assert (COURSES[0].code, COURSES[0].group) == ("conduct", "")
    assert len(COURSES[0].modules) >= 3
    assert len(shelf.bank("conduct")) >= 15


@each_course
def test_every_item_can_be_asked_and_belongs_to_a_module(course: Course) -> None:
    assert flaws_of_bank(shelf.bank(course.code), [module.id for module in course.modules]) == []


@each_course
def test_every_module_is_examined_and_a_form_can_be_filled(course: Course) -> None:
    asked = Counter(item.module for item in shelf.bank(course.code))
    assert all(asked[module.id] >= 5 for module in course.modules)
    assert course.examination.questions <= len(shelf.bank(course.code)) // 2 + 3
    assert 50 <= course.examination.pass_percent <= 100


def test_ids_are_one_of_a_kind_over_all_courses() -> None:
    modules = [module.id for _, module in MODULES]
    items = [item.id for course in COURSES for item in shelf.bank(course.code)]
    assert len(set(modules)) == len(modules)
    assert len(set(items)) == len(items)


@each_module
def test_a_module_says_everything_in_both_languages(course: Course, module: Module) -> None:
    for path, vi, en in all_texts(module):
        assert vi.strip() == vi != "", path
        assert en.strip() == en != "", path
        assert vi != en, path


@each_module
def test_english_holds_no_vietnamese_but_names(course: Course, module: Module) -> None:
    """A sentence left in Vietnamese in the English text would be full of accents; a name has one or two."""
    for path, _, en in all_texts(module):
        words = en.split()
        assert sum(bool(VIETNAMESE.search(word)) for word in words) <= max(2, len(words) // 4), path


@each_course
def test_an_item_says_everything_in_both_languages(course: Course) -> None:
    for item in shelf.bank(course.code):
        for path, text in texts_of(item):
            same = text.vi == text.en and not text.vi.isascii()
            assert not same, f"{item.id} {path}"


@each_module
def test_a_module_can_be_learnt_from(course: Course, module: Module) -> None:
    assert 5 <= module.minutes <= 20
    assert module.goals
    assert len(module.sections) >= 2
    assert module.never, "what a volunteer never does belongs to every subject"
    assert module.practice.steps
    assert module.practice.done


@each_module
def test_paragraphs_stay_short(course: Course, module: Module) -> None:
    for path, vi, en in all_texts(module):
        assert len(vi.split()) <= 80, path
        assert len(en.split()) <= 80, path


@each_module
def test_every_source_named_is_in_the_list(course: Course, module: Module) -> None:
    assert module.sources
    assert set(module.sources) <= set(shelf.sources())


def test_every_source_in_the_list_is_named_and_dated() -> None:
    used = {source for _, module in MODULES for source in module.sources}
    assert used == set(shelf.sources())
    for source in shelf.sources().values():
        assert re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", source.as_of)


def test_every_law_that_a_text_numbers_is_in_the_list_of_sources() -> None:
    """A number of a law that is not among the sources would be one that nobody can look up; examples of inventions are marked as such."""
    numbered = re.compile(r"\b\d{1,4}(?:\.\d)?/20\d\d/[A-ZĐ\-\d]+")
    named = " ".join(source.name.vi for source in shelf.sources().values())
    items = [text.vi for course in COURSES for item in shelf.bank(course.code) for _, text in texts_of(item)]
    texts = [vi for _, module in MODULES for _, vi, _ in all_texts(module)] + items
    found = {number for text in texts for number in numbered.findall(text)}
    assert found
    assert not [number for number in sorted(found) if number not in named]


@each_course
@each_language
def test_the_right_answer_is_not_given_away_by_its_length(course: Course, language: Language) -> None:
    asked = [item for item in shelf.bank(course.code) if item.kind == "single"]
    for stands_out in (max, min):
        given_away = [item.id for item in asked if alone_at_the(stands_out, item, language)]
        assert len(given_away) <= 0.4 * len(asked), given_away


@each_course
def test_the_right_answer_has_no_favourite_place(course: Course) -> None:
    asked = [item for item in shelf.bank(course.code) if item.kind == "single"]
    places = Counter([option.right for option in item.options].index(True) for item in asked)
    assert max(places.values()) <= 0.45 * len(asked)
    assert len(places) >= 4


def test_claims_are_as_often_true_as_false() -> None:
    claims = [
        item.holds for course in COURSES for item in shelf.bank(course.code) if item.kind == "truefalse"
    ]
    assert 0.35 <= sum(bool(claim) for claim in claims) / len(claims) <= 0.65


def test_each_module_has_a_version_that_changes_with_its_text() -> None:
    import msgspec

    _, module = MODULES[0]
    versions = {module.version for _, module in MODULES}
    assert len(versions) == len(MODULES)
    assert msgspec.structs.replace(module, minutes=module.minutes + 1).version not in versions
    assert msgspec.structs.replace(module).version == module.version


def alone_at_the(end: object, item: Item, language: Language) -> bool:
    """Tell whether the right option alone is the longest (or shortest) of its item."""
    lengths = [len(option.told(language)) for option in item.options]
    right = next(len(option.told(language)) for option in item.options if option.right)
    extreme = max(lengths) if end is max else min(lengths)
    return right == extreme and lengths.count(extreme) == 1


def pictures_of(module: Module) -> Iterator[Picture]:
    for section in module.sections:
        yield from section.pictures


@each_course
def test_each_course_shows_something_and_its_drawings_are_light(course: Course) -> None:
    drawn = [picture for module in course.modules for picture in pictures_of(module)]
    assert drawn
    for picture in drawn:
        assert picture.file.startswith(f"{course.code}/pictures/")
        assert len(picture.drawing.encode()) < 6000


def test_a_drawing_is_shapes_alone_and_no_file_lies_about_unused() -> None:
    """Nothing in it runs, leads elsewhere or says a word: one file serves both languages, wherever it is shown."""
    used = {picture.file for _course, module in MODULES for picture in pictures_of(module)}
    files = {path.relative_to(shelf.FOLDER).as_posix() for path in shelf.FOLDER.glob("**/*.svg")}
    assert used == files
    for name in used:
        root = ET.fromstring((shelf.FOLDER / name).read_text(encoding="utf-8"))  # noqa: S314 - ours
        elements = list(root.iter())
        assert {one.tag.rsplit("}")[-1] for one in elements} <= {"svg", "g", "path", "rect", "circle"}
        attributes = {name for one in elements for name in one.attrib}
        assert not {name for name in attributes if name.startswith("on") or "href" in name or name == "style"}
        assert {"viewBox", "width", "height"} <= set(root.attrib)


def test_a_films_address_lies_outside_and_costs_the_module_no_version() -> None:
    films = [link for _course, module in MODULES for link in module.links if link.video]
    assert all(link.url.startswith("https://") for link in films)
    module = next(module for _course, module in MODULES if any(pictures_of(module)))
    film = Link(vi="Phim", en="Film", url="https://example.org/1", video=True)
    plain = msgspec.structs.replace(film, video=False)
    bare = tuple(msgspec.structs.replace(section, pictures=()) for section in module.sections)
    with_film = msgspec.structs.replace(module, links=(film,))
    assert with_film.version == msgspec.structs.replace(module, links=(plain,)).version != module.version
    assert msgspec.structs.replace(module, sections=bare).version == module.version


def test_a_page_shows_a_drawing_with_its_words_and_says_that_a_film_costs_data() -> None:
    course, module = next(pair for pair in MODULES if any(pictures_of(pair[1])))
    film = Link(vi="Xem phim", en="Watch", url="https://example.org/1", video=True)
    lesson = {"course": course, "sources": [], "number": 1}
    page = {"module": msgspec.structs.replace(module, links=(film,)), "lesson": lesson}
    with override("en"):
        told = render_to_string("training/module.html", page)
    picture = next(pictures_of(module))
    assert f'alt="{picture.en}"' in told
    assert picture.parts[0].en in told
    assert picture.address in told
    assert "Video: it costs data." in told


def test_a_phone_gets_the_drawings_with_the_course() -> None:
    course, module = next(pair for pair in MODULES if any(pictures_of(pair[1])))
    told = next(one for one in document(course.code)["modules"] if one["id"] == module.id)
    drawn = [one for section in told["sections"] for one in section.get("pictures", [])]
    assert [one["drawing"] for one in drawn] == [picture.drawing for picture in pictures_of(module)]
    assert all("file" not in one and one["vi"] for one in drawn)
