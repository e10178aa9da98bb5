"""The procedure pages, over HTTP."""

from datetime import date

import pytest

from aoxanh.kernel import clock
from aoxanh.places.queries import place_by_code
from aoxanh.procedures import queries
from aoxanh.procedures.actions import publish_version
from aoxanh.procedures.models import ProcedureVersion
from aoxanh.web.procedures.form import fields_of
from tests.procedures.card_examples import CARD, a_card, bent

pytestmark = pytest.mark.django_db
BIRTH, LAND, CODE = "1.001193", "1.013978", "9.000001"


def text_of(response, status=200):
    assert response.status_code == status, response.content[:400]
    return response.content.decode()


def typed(material, **more):
    """Return a card's material as the browser would send the filled form."""
    fields = fields_of(material)
    form = {
        f"{item['name']}.{language}": item[language] for item in fields["texts"] for language in ("vi", "en")
    }
    for group in fields["lists"]:
        for row in group["rows"]:
            form |= {f"{row['name']}.{key}": row.get(key, "") for key in ("vi", "en", "at", "who")}
    form |= {item["name"]: item["value"] for item in (*fields["lines"], *fields["choices"])}
    form |= {name: material[name] or "" for name in ("source", "valid_from", "time_working_days")}
    form |= {"channels": material["channels"]} | (
        {"asks_province": "on"} if material["asks_province"] else {}
    )
    return form | more


def test_anyone_finds_a_card_without_signing_in(client):
    page = text_of(client.get("/procedures/", {"q": "lam khai sinh"}))
    assert f'href="/procedures/{BIRTH}/' in page
    assert "Đăng ký khai sinh" in page
    assert text_of(client.get("/procedures/")).count('<li><a href="/procedures/') == 74


def test_nothing_found_says_what_to_try(client):
    assert 'href="/procedures/"' in text_of(client.get("/procedures/", {"q": "xyz qwerty"}))


def test_a_card_tells_papers_fee_bodies_steps_and_limits(client):
    page, card = text_of(client.get(f"/procedures/{BIRTH}/")), queries.card_on(BIRTH).card
    texts = [card.name, card.fee, card.bodies.decide, *card.papers, *card.steps, *card.never]
    for text in texts:
        assert text.vi.split(".")[0].replace('"', "&quot;").replace("'", "&#x27;") in page
    assert f"https://dichvucong.gov.vn/dich-vu-cong-truc-tuyen/{BIRTH}" in page
    for who in ("citizen", "volunteer", "official"):
        assert f'<li class="{who}">' in page


def test_a_card_is_shown_in_english_when_that_was_chosen(client):
    client.cookies["language"] = "en"
    assert "Birth registration" in text_of(client.get(f"/procedures/{BIRTH}/"))


@pytest.mark.parametrize(
    "address", ["/procedures/9.999999/", "/procedures/9.999999/history/", f"/procedures/{LAND}/?province=99"]
)
def test_what_is_unknown_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_land_asks_for_the_province_and_shows_its_card(client, cast):
    page = text_of(client.get(f"/procedures/{LAND}/"))
    assert '<select id="province"' in page
    card = a_card(code=LAND, asks_province=True, name__vi="Sổ đỏ của tỉnh")
    publish_version(card=card, province=place_by_code("08"), base=1, by=cast.actor("duc"))
    assert "Sổ đỏ của tỉnh" in text_of(client.get(f"/procedures/{LAND}/?province=08"))
    assert "Sổ đỏ của tỉnh" not in text_of(client.get(f"/procedures/{LAND}/?province=01"))
    assert "Sổ đỏ của tỉnh" in text_of(cast.client("lan").get(f"/procedures/{LAND}/"))


def test_an_old_version_says_that_it_is_old(client, cast):
    card = bent(name__vi="Bản mới", valid_from=clock.today().isoformat())
    an = cast.actor("an")
    publish_version(card=a_card(), province=None, base=0, by=an)
    publish_version(card=a_card(**card), province=None, base=1, by=an)
    old = text_of(client.get(f"/procedures/{CODE}/?version=1"))
    assert "Xin cấp thẻ thư viện xã" in old
    assert 'class="notice warning" role="status"' in old
    assert 'class="notice warning" role="status"' not in text_of(client.get(f"/procedures/{CODE}/"))


def test_history_shows_what_changed_word_by_word(client, cast):
    an = cast.actor("an")
    publish_version(card=a_card(), province=None, base=0, by=an)
    publish_version(
        card=a_card(fee__vi="6.000 đồng", papers=[*CARD["papers"], {"vi": "Ảnh", "en": "Photo"}]),
        province=None,
        base=1,
        by=an,
    )
    page = text_of(client.get(f"/procedures/{CODE}/history/"))
    assert "<del>5.000</del> <ins>6.000</ins> đồng" in page
    assert "<ins>Ảnh</ins>" in page
    same = text_of(client.get(f"/procedures/{CODE}/history/?old=2&new=2"))
    assert "<ins>" not in same


def test_the_vneid_page_is_open_to_all(client):
    page = text_of(client.get("/guides/vneid/"))
    assert "OTP" in page
    assert page.count("<details") == 13


@pytest.mark.parametrize("name", ["lan", "minh", "ha", "son", "thu", "duc"])
def test_the_national_editor_is_for_the_centre_only(cast, name):
    assert cast.client(name).get(f"/procedures/{BIRTH}/edit/").status_code == 404
    assert cast.client(name).post(f"/procedures/{BIRTH}/supersede/", {"new": LAND}).status_code == 404
    assert (
        cast.client(name)
        .post(f"/procedures/{BIRTH}/confirm/", {"version": "1", "checked_by": "x"})
        .status_code
        == 404
    )


def test_the_editor_asks_to_sign_in(client):
    assert client.get(f"/procedures/{BIRTH}/edit/").status_code == 302


def test_publishing_an_unchanged_form_gives_the_same_card_as_a_new_version(cast):
    client, card = cast.client("an"), queries.card_on(BIRTH).card
    form = {**typed(queries.card_on(BIRTH).version.card), "base": "1"}
    assert client.post(f"/procedures/{BIRTH}/edit/", form).status_code == 302
    shown = queries.card_on(BIRTH)
    assert shown.version.number == 2
    assert shown.card == card


def test_a_coordinator_publishes_for_the_own_province_only(cast):
    client, form = cast.client("duc"), {**typed(queries.card_on(LAND).version.card), "base": "1"}
    assert client.post(f"/procedures/{LAND}/edit/?province=01", form).status_code == 404
    assert client.post(f"/procedures/{LAND}/edit/?province=08", form).status_code == 302
    assert ProcedureVersion.objects.get(procedure=LAND, number=2).province_id == "08"


def test_steps_move_and_emptied_lines_fall_away(cast):
    publish_version(card=a_card(), province=None, base=0, by=cast.actor("an"))
    form = typed(CARD) | {
        "steps.0.at": "2.5",
        "never.1.vi": "Không giữ giấy tờ.",
        "never.1.en": "Keep no papers.",
    }
    form |= {"never.0.vi": "", "never.0.en": "", "base": "1", "valid_from": "2026-02-01"}
    assert cast.client("an").post(f"/procedures/{CODE}/edit/", form).status_code == 302
    card = queries.card_on(CODE).card
    assert [step.who for step in card.steps] == ["citizen", "volunteer", "official"]
    assert [line.vi for line in card.never] == ["Không giữ giấy tờ."]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name.vi": ""}, "name.vi"),
        ({"steps.0.vi": "Bạn ký thay cô chú."}, "steps.0.vi"),
        ({"fee.certainty": "council"}, "fee.vi"),
        ({"valid_from": "31/31/2026"}, "valid_from"),
        ({"time_working_days": "-5"}, "time_working_days"),
        ({"aliases": ""}, "aliases"),
        ({"aliases": "x" * 90}, "aliases"),
        ({"group": "cooking"}, "group"),
        ({"papers.0.en": ""}, "papers.0.en"),
        ({"supersedes": CODE}, "supersedes"),
    ],
)
def test_a_mistake_is_told_at_its_field_and_nothing_typed_is_lost(cast, change, field):
    form = typed(bent(name__en="Kept as typed"), base="0", code=CODE) | change
    page = text_of(cast.client("an").post("/procedures/new/", form), 422)
    assert f'id="flaw-{field}"' in page
    assert f'aria-describedby="flaw-{field}"' in page or field == "steps"
    assert "Kept as typed" in page
    assert not ProcedureVersion.objects.filter(procedure=CODE).exists()


def test_more_lines_can_be_asked_for_without_losing_what_was_typed(cast):
    form = typed(CARD, base="0", code=CODE, more="papers", **{"name.vi": "Đang gõ"})
    page = text_of(cast.client("an").post("/procedures/new/", form))
    assert "Đang gõ" in page
    assert 'name="papers.6.vi"' in page


def test_the_second_of_two_editors_is_told_and_loses_nothing(cast):
    client = cast.client("an")
    publish_version(card=a_card(), province=None, base=0, by=cast.actor("an"))
    form = typed(CARD, base="1") | {"valid_from": "2026-02-01"}
    assert client.post(f"/procedures/{CODE}/edit/", form).status_code == 302
    page = text_of(client.post(f"/procedures/{CODE}/edit/", form | {"name.vi": "Của người thứ hai"}), 409)
    assert "Của người thứ hai" in page
    assert ProcedureVersion.objects.filter(procedure=CODE).count() == 2


def test_confirming_shows_who_checked_and_when(cast):
    client = cast.client("an")
    form = {"version": "1", "checked_by": "Sở Tư pháp tỉnh Tuyên Quang"}
    assert client.post(f"/procedures/{BIRTH}/confirm/", form).status_code == 302
    page = text_of(client.get(f"/procedures/{BIRTH}/"))
    assert "Sở Tư pháp tỉnh Tuyên Quang" in page
    assert clock.today().strftime("%d/%m/%Y") in page
    for number in ("", "x", "99", "²"):
        assert (
            client.post(f"/procedures/{BIRTH}/confirm/", {"version": number, "checked_by": "x"}).status_code
            == 404
        )


def test_ending_a_procedure_leads_on_to_the_one_that_follows(cast):
    client = cast.client("an")
    publish_version(
        card=a_card(valid_from=date(2026, 1, 1).isoformat()), province=None, base=0, by=cast.actor("an")
    )
    assert client.post(f"/procedures/{CODE}/supersede/", {"new": "9.999999"}).status_code == 302
    assert client.post(f"/procedures/{CODE}/supersede/", {"new": BIRTH}).status_code == 302
    assert f'<a href="/procedures/{BIRTH}/">{BIRTH}</a>' in text_of(client.get(f"/procedures/{CODE}/"))


@pytest.mark.parametrize(
    "junk", [{}, {"steps.0.at": "NaN"}, {"base": "9" * 30}, {"time_working_days": "٣"}, {"more": "nothing"}]
)
def test_no_form_breaks_the_server(cast, junk):
    response = cast.client("an").post(f"/procedures/{BIRTH}/edit/", junk)
    assert response.status_code in (200, 409, 422)


def test_history_tells_choices_and_dates_in_words(client, cast):
    an = cast.actor("an")
    publish_version(card=a_card(), province=None, base=0, by=an)
    steps = [*CARD["steps"], {**CARD["steps"][0], "who": "official"}]
    card = a_card(fee__certainty="varies", valid_from="2026-06-01", asks_province=True, steps=steps)
    publish_version(card=card, province=None, base=1, by=an)
    page = text_of(client.get(f"/procedures/{CODE}/history/"))
    assert "<del>01/01/2026</del> <ins>01/06/2026</ins>" in page
    for word in ("fixed", "varies", "True", "volunteer:", "official:"):
        assert f">{word}" not in page
