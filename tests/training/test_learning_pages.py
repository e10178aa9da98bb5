"""The learning pages, over HTTP: read by everybody signed in, in both languages, and every link leads somewhere."""

import re
from html import unescape

import pytest

from aoxanh.training import courses as shelf

pytestmark = pytest.mark.django_db
MODULES = [(course, module) for course in shelf.courses() for module in course.modules]


def text_of(response, status=200):
    assert response.status_code == status, response.content[:400]
    return unescape(response.content.decode())


def address(course, module):
    return f"/learn/{course.code}/{module.id}/"


def test_a_volunteer_finds_every_module_in_the_list(cast):
    page = text_of(cast.client("lan").get("/learn/"))
    places = [page.index(f'href="{address(course, module)}"') for course, module in MODULES]
    assert places == sorted(places)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_module_shows_all_that_it_says_in_the_readers_language(cast, language):
    client = cast.client("lan")
    client.post("/language/", {"language": language, "next": "/"})
    for course, module in MODULES:
        page = text_of(client.get(address(course, module)))
        for path, text in shelf.texts_of(module):
            assert text.told(language) in page, f"{module.id} {path}"
        for name in module.sources:
            assert shelf.sources()[name].name.told(language) in page
        assert f'<html lang="{language}">' in page
        assert f"<code>{module.version[:8]}</code>" in page


def test_links_of_modules_lead_to_pages_of_ours_or_to_the_portal(cast):
    client = cast.client("lan")
    links = {link.url for _, module in MODULES for link in module.links}
    inside = sorted(url for url in links if url.startswith("/"))
    assert len(inside) > 5
    for url in inside:
        assert client.get(url).status_code == 200, url
    assert links - set(inside) == {"https://dichvucong.gov.vn"}


def test_modules_lead_on_to_each_other(cast):
    client = cast.client("lan")
    for course in shelf.courses():
        seen, at = [], address(course, course.modules[0])
        while at:
            seen.append(at)
            onward = re.search(r'rel="next" href="([^"]+)"', text_of(client.get(at)))
            at = onward[1] if onward else ""
        assert seen == [address(course, module) for module in course.modules]


@pytest.mark.parametrize("path", ["/learn/vneid/nothing/", "/learn/nothing/scams/", "/learn/services/scams/"])
def test_a_module_that_is_not_there_is_not_found(cast, path):
    text_of(cast.client("lan").get(path), 404)


def test_answers_of_the_quiz_are_on_no_page(cast):
    """Reading prepares for the questions; the questions themselves are drawn when somebody sits them."""
    page = text_of(cast.client("lan").get("/learn/vneid/codes/"))
    assert not [item.id for item in shelf.bank("vneid") if item.ask.vi in page]
