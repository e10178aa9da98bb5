"""Drafts stand by themselves; a model may only say their lines again, and only by the cards' own words."""

import pytest

from aoxanh.assistant import language_model
from aoxanh.assistant.drafting import make_draft
from aoxanh.assistant.errors import NotCertifiedToDraft, UnfitDraft
from aoxanh.assistant.llm.draft import DraftKind, Language, Order, fixed_words
from aoxanh.assistant.llm.drafts import draft
from aoxanh.assistant.models import LanguageModelCall
from aoxanh.cli.bench.bad_model import FAILING, LYING, BadModel, changed
from aoxanh.kernel import clock
from aoxanh.people.errors import NotAllowed
from aoxanh.privacy.errors import PersonalData
from aoxanh.procedures.card import Card, Text, texts_of
from aoxanh.procedures.seed import read_cards
from aoxanh.training.models import Certificate
from tests.assistant.llm.replies import card
from tests.cast import fixed_id, volunteer_id
from tests.conftest import Cast

TOLD = (
    "Mạng ở bản yếu, không mở được Cổng",
    "mạng ở bản yếu không mở được Cổng",
    "Bà con quên mật khẩu VNeID",
)
MADE_OF_CARDS = [DraftKind.LOUDSPEAKER, DraftKind.LESSON, DraftKind.PHRASES]


def order(kind: DraftKind) -> Order:
    return Order(kind, (), TOLD) if kind is DraftKind.DIFFICULTIES else Order(kind, (card(),))


def certify(name: str) -> None:
    Certificate.objects.create(
        id=fixed_id(90, 1),
        volunteer_id=volunteer_id(name),
        group_id="ai",
        issued_on=clock.today(),
        source="Lớp thử",
    )


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_loudspeaker_script_of_any_card_takes_a_minute_to_a_minute_and_a_half(language: Language) -> None:
    seconds = [draft(Order(DraftKind.LOUDSPEAKER, (card,), (), language)).seconds for card in read_cards()]
    assert len(seconds) > 70
    assert [second for second in seconds if not 60 <= second <= 90] == []


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("kind", MADE_OF_CARDS)
def test_every_line_of_a_plain_draft_is_a_card_s_or_one_of_our_fixed_words(
    kind: DraftKind, language: Language
) -> None:
    for shown in read_cards():
        made = draft(Order(kind, (shown,), (), language))
        from_cards = [line for line in made.lines if line.source]
        texts = {getattr(text, language) for text in all_texts(shown)} | {
            text.vi for text in all_texts(shown)
        }
        assert {line.text for line in from_cards} <= texts
        assert all(shown.name.vi in line.source or shown.name.en in line.source for line in from_cards)
        assert (
            made.title in made.text.splitlines()[0].capitalize()
            or kind is DraftKind.LOUDSPEAKER
            or made.title.upper() in made.text
        )


def all_texts(shown: Card) -> list[Text]:
    return [text for _path, text in texts_of(shown)]


@pytest.mark.parametrize("kind", MADE_OF_CARDS)
def test_a_fee_that_a_province_sets_is_never_stated(kind: DraftKind) -> None:
    unsure = [shown for shown in read_cards() if shown.fee.certainty not in ("free", "fixed")]
    assert len(unsure) > 10
    for shown in unsure:
        assert shown.fee.vi not in draft(Order(kind, (shown,))).text


def test_what_was_told_alike_is_put_together_and_counted() -> None:
    lines = draft(order(DraftKind.DIFFICULTIES)).lines
    assert [line.whole for line in lines] == [
        "(2 lượt) Mạng ở bản yếu, không mở được Cổng.",
        "Bà con quên mật khẩu VNeID.",
    ]
    assert lines[0].source == "dòng 1, 2"


def test_both_languages_have_the_same_fixed_words() -> None:
    def shape(words: object) -> object:
        return {key: shape(value) for key, value in words.items()} if isinstance(words, dict) else str

    assert shape(fixed_words()["vi"]) == shape(fixed_words()["en"])


@pytest.mark.parametrize("kind", list(DraftKind))
def test_a_model_s_true_lines_stand_with_their_quotes(model: BadModel, kind: DraftKind) -> None:
    model.answering = changed(lambda text: "Cụ thể, " + text[0].lower() + text[1:])
    made = draft(order(kind), language_model.wording())
    assert made.checked
    for line in made.checked:
        assert line.source
        assert line.quote.lower()[:20] in line.text.lower()


@pytest.mark.parametrize("kind", list(DraftKind))
@pytest.mark.parametrize(
    "way",
    ["cut_stream", "status_500", "prose", "number_added", "agency_added", "secret_asked", "threat_added"],
)
def test_a_model_that_fails_or_lies_leaves_the_plain_draft(
    model: BadModel, kind: DraftKind, way: str
) -> None:
    assert way in FAILING or way in LYING
    if way in LYING:
        model.answering = LYING[way]
    else:
        model.mode = way
    assert draft(order(kind), language_model.wording()) == draft(order(kind))


def test_only_with_the_certificate_of_the_third_group_does_a_volunteer_draft(cast: Cast) -> None:
    with pytest.raises(NotCertifiedToDraft):
        make_draft(order(DraftKind.LOUDSPEAKER), by=cast.actor("lan"))
    certify("lan")
    assert make_draft(order(DraftKind.LOUDSPEAKER), by=cast.actor("lan")).seconds >= 60
    assert make_draft(order(DraftKind.LOUDSPEAKER), by=cast.actor("son")).seconds >= 60
    with pytest.raises(NotAllowed):
        make_draft(order(DraftKind.LOUDSPEAKER), by=cast.actor("thu"))


def test_personal_data_is_refused_and_goes_nowhere(cast: Cast, model: BadModel) -> None:
    told = Order(DraftKind.DIFFICULTIES, (), ("Ông Nguyễn Văn An, 001099012345, không vào được VNeID",))
    with pytest.raises(PersonalData):
        make_draft(told, by=cast.actor("ha"))
    assert model.requests == []
    assert not LanguageModelCall.objects.exists()


@pytest.mark.parametrize("kind", list(DraftKind))
def test_of_nothing_no_draft_is_made(cast: Cast, kind: DraftKind) -> None:
    with pytest.raises(UnfitDraft):
        make_draft(Order(kind), by=cast.actor("ha"))


def test_the_page_drafts_for_an_officer_and_leads_a_volunteer_to_the_course(cast: Cast) -> None:
    shown = cast.client("ha").post(
        "/assistant/drafts/", {"kind": "loudspeaker", "card_1": "1.001193", "language": "vi", "texts": ""}
    )
    page = shown.content.decode()
    assert "Kính thưa bà con" in page
    assert "Giấy chứng sinh" in page
    assert "/learn/" in cast.client("lan").get("/assistant/drafts/").content.decode()
    certify("lan")
    assert 'name="kind"' in cast.client("lan").get("/assistant/drafts/").content.decode()


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"kind": "poem", "card_1": "1.001193", "language": "vi"},
        {"kind": "lesson", "card_1": "9.999999", "language": "vi"},
        {"kind": "lesson", "card_1": "", "language": "vi"},
        {"kind": "difficulties", "language": "vi", "texts": "gọi 0912345678"},
        {"kind": "difficulties", "language": "xx", "texts": "a"},
        {"kind": "difficulties", "language": "vi", "texts": "a" * 7000},
    ],
    ids=["nothing", "kind", "card", "no_card", "phone", "language", "long"],
)
def test_bad_input_is_shown_at_its_field(cast: Cast, told: dict[str, str]) -> None:
    answer = cast.client("ha").post("/assistant/drafts/", told)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert 'class="error' in page
    assert "draft-text" not in page


def test_the_centre_sees_and_switches_the_model(cast: Cast, model: BadModel) -> None:
    client = cast.client("an")
    assert "tiny" in client.get("/assistant/model/").content.decode()
    answer = client.post("/assistant/model/", {"to": "off", "reason": "Máy chủ bảo trì"})
    assert answer.status_code == 302
    assert not language_model.is_on()
    page = client.get("/assistant/model/").content.decode()
    assert "Máy chủ bảo trì" in page
    assert "sk-never" not in page
