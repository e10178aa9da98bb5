"""The translation gate: what it collects, and each thing it must refuse."""

import gettext
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.translation import gettext as translated
from tools.messages import Catalogue

MODULE = """
from django.utils.translation import gettext_lazy as _, ngettext
A = _("One")
B = _("Hello {name}")
C = ngettext("%(n)s commune", "%(n)s communes", 3)
"""
TEMPLATE = """{% load i18n %}
<p title="{% translate 'A title' %}">
  {% blocktranslate trimmed with place=place.name %}
    Help in {{ place }}
  {% endblocktranslate %}
</p>
"""
ONE = 'msgid "One"\nmsgstr "Một"\n'
REST = (
    'msgid "Hello {name}"\nmsgstr "Chào {name}"\n\n'
    'msgid "%(n)s commune"\nmsgid_plural "%(n)s communes"\nmsgstr[0] "%(n)s xã"\n\n'
    'msgid "A title"\nmsgstr "Tiêu đề"\n\nmsgid "Help in %(place)s"\nmsgstr "Hỗ trợ tại %(place)s"\n'
)


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    (tmp_path / "desk" / "templates").mkdir(parents=True)
    (tmp_path / "desk" / "words.py").write_text(MODULE)
    (tmp_path / "desk" / "templates" / "page.html").write_text(TEMPLATE)
    (tmp_path / "locale" / "vi").mkdir(parents=True)
    made = Catalogue(tmp_path)
    write(made, desk=ONE + "\n" + REST)
    return made


def write(catalogue: Catalogue, **areas: str) -> None:
    for name, text in areas.items():
        header = 'msgid ""\nmsgstr "Language: vi\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'
        (catalogue.folder / f"{name}.po").write_text(header + text)
    catalogue.compile()


def test_a_whole_catalogue_passes(catalogue: Catalogue) -> None:
    assert catalogue.flaws() == []


def test_texts_come_from_modules_and_templates(catalogue: Catalogue) -> None:
    assert {text for _context, text in catalogue.messages()} == {
        "One",
        "Hello {name}",
        "%(n)s commune",
        "A title",
        "Help in %(place)s",
    }


@pytest.mark.parametrize(
    ("areas", "flaw"),
    [
        ({"desk": REST}, "“One” has no Vietnamese"),
        ({"desk": REST + '\nmsgid "One"\nmsgstr ""\n'}, "“One” has an empty translation"),
        ({"desk": REST + '\n#, fuzzy\nmsgid "One"\nmsgstr "Một"\n'}, "“One” is marked fuzzy"),
        ({"desk": ONE + REST + '\nmsgid "Gone"\nmsgstr "Hết"\n'}, "“Gone” stands nowhere in our code"),
        ({"desk": ONE + "\n" + REST.replace("Chào {name}", "Chào {ten}")}, "has the placeholders ['{ten}']"),
        ({"desk": ONE + "\n" + REST.replace("tại %(place)s", "tại đây")}, "has the placeholders []"),
        ({"desk": ONE + "\n" + REST, "web": 'msgid "One"\nmsgstr "Số một"\n'}, "translate “One” differently"),
        (
            {"desk": ONE + "\n" + REST, "web": '#. Of allauth\nmsgid "No such words"\nmsgstr "x"\n'},
            "stands nowhere in allauth",
        ),
    ],
)
def test_each_flaw_is_found(catalogue: Catalogue, areas: dict[str, str], flaw: str) -> None:
    write(catalogue, **areas)
    assert [found for found in catalogue.flaws() if flaw in found]


def test_words_of_a_package_we_use_may_be_translated_too(catalogue: Catalogue) -> None:
    write(catalogue, web='#. Of allauth\nmsgid "Sign In"\nmsgstr "Đăng nhập"\n')
    assert catalogue.flaws() == []


def test_a_stale_compiled_file_is_found(catalogue: Catalogue) -> None:
    catalogue.compiled.write_bytes(b"old")
    assert [found for found in catalogue.flaws() if "django.mo" in found]


def test_the_compiled_file_answers(catalogue: Catalogue) -> None:
    with catalogue.compiled.open("rb") as file:
        answers = gettext.GNUTranslations(file)
    assert answers.gettext("One") == "Một"
    assert answers.ngettext("%(n)s commune", "%(n)s communes", 2) == "%(n)s xã"


def test_stubs_name_the_area_and_the_place(catalogue: Catalogue) -> None:
    write(catalogue, desk=REST)
    stubs = catalogue.stubs()
    assert "### desk.po" in stubs
    assert "desk/words.py:3" in stubs
    assert 'msgid "One"' in stubs


def test_our_own_texts_are_all_in_vietnamese() -> None:
    assert Catalogue().flaws() == []


def test_both_languages_answer() -> None:
    with translation.override("vi"):
        assert translated("Send the same batch again.") == "Bạn hãy gửi lại đúng lô dữ liệu này."
    with translation.override("en"):
        assert translated("Send the same batch again.") == "Send the same batch again."
