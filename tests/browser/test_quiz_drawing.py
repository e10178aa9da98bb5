"""A phone draws the very form that the server marks: BLAKE2b and drawing agree on many seeds, courses and sizes."""

import hashlib
import random
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Playwright

from aoxanh.kernel.ids import uuid7
from aoxanh.training import courses as shelf
from aoxanh.training import handout
from aoxanh.training.quiz.drawing import draw
from tests.browser.phone import ARGUMENTS, chromium
from tests.site import LiveSite

pytestmark = pytest.mark.browser
SEEDS = 40


@pytest.fixture(scope="module")
def page(playwright: Playwright, site: LiveSite) -> Iterator[Page]:
    """Open a page of the site's own origin, in which the app's modules can be called one by one."""
    browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
    opened = browser.new_page()
    opened.goto(f"{site.url}/field/manifest.webmanifest")
    yield opened
    browser.close()


@pytest.mark.parametrize("course", [course.code for course in shelf.courses()])
def test_the_phone_draws_the_form_that_the_server_draws(page: Page, course: str) -> None:
    bank = handout.bank_of(course)
    wanted = []
    for at in range(SEEDS):
        seed, size = str(uuid7()), 1 + at % len(bank.items)
        form = draw(bank.items, seed=seed, size=size)
        wanted.append([seed, size, [[asked.item, list(asked.order)] for asked in form.questions]])
    drawn = page.evaluate(
        """async ([items, cases]) => {
          const { draw } = await import("/static/field/later/learn/drawing.js");
          return cases.map(([seed, size]) => [seed, size, draw(items, seed, size).map(({ item, order }) => [item.id, order])]);
        }""",
        [handout.document(course)["items"], wanted],
    )
    assert drawn == wanted


def test_the_phones_blake2b_gives_the_digests_of_the_standard(page: Page) -> None:
    lengths = [0, 1, 3, 64, 127, 128, 129, 255, 256, 257, 1000, *random.Random(7).sample(range(2000), 30)]
    data = [random.Random(length).randbytes(length) for length in lengths]
    made = page.evaluate(
        """async (texts) => {
          const { blake2b } = await import("/static/field/later/learn/blake2b.js");
          return texts.map((bytes) => [blake2b(new Uint8Array(bytes)), blake2b(new Uint8Array(bytes), 64)]);
        }""",
        [list(one) for one in data],
    )
    assert made == [[hashlib.blake2b(one, digest_size=size).hexdigest() for size in (16, 64)] for one in data]
