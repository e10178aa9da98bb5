"""Citizens' words for procedures: proposed, decided, and then found in every search of their place."""

import pytest

from aoxanh.assistant import actions, alias_queries, queries
from aoxanh.assistant.entries import index_of
from aoxanh.assistant.errors import AliasDecided, AliasKnown, UnfitAlias
from aoxanh.assistant.models import AliasProposal
from aoxanh.people.errors import NotAllowed
from aoxanh.places.queries import place_by_code
from aoxanh.privacy.errors import PersonalData
from aoxanh.procedures import seed
from aoxanh.procedures.errors import UnknownProcedure
from tests.assistant.loop import BIRTH, MARRIAGE, province
from tests.cast import HA_NOI, LUNG_CU, TUYEN_QUANG
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
WORDS = "vào sổ cho thằng cu"


def propose(cast: Cast, text: str = WORDS, by: str = "duc", place: str = TUYEN_QUANG, code: str = BIRTH):
    return actions.propose_alias(text=text, code=code, place=place_by_code(place), by=cast.actor(by))


def confirm(cast: Cast, proposal: AliasProposal, by: str = "duc", *, nationwide: bool = False):
    return actions.decide_alias(proposal=proposal, confirmed=True, nationwide=nationwide, by=cast.actor(by))


def first(text: str, code: str = TUYEN_QUANG) -> str:
    return queries.find_procedures(text, province(code))[0].card.code


def test_confirmed_words_find_the_procedure_in_their_province_and_no_other(cast: Cast) -> None:
    before = first(WORDS, HA_NOI)
    proposal = propose(cast)
    assert alias_queries.said_in(province()) == ()
    confirm(cast, proposal)
    assert first(WORDS) == BIRTH
    assert before != BIRTH
    assert first(WORDS, HA_NOI) == before
    actions.withdraw_alias(proposal=proposal, by=cast.actor("duc"))
    assert first(WORDS) == before


def test_the_centre_confirms_for_the_whole_country(cast: Cast) -> None:
    proposal = propose(cast, by="ha", place=LUNG_CU)
    assert proposal.place_id == TUYEN_QUANG
    with pytest.raises(NotAllowed):
        confirm(cast, proposal, nationwide=True)
    confirm(cast, proposal, "an", nationwide=True)
    assert first(WORDS, HA_NOI) == BIRTH
    with pytest.raises(AliasKnown):
        propose(cast, by="an", place=HA_NOI)


def test_confirmed_words_reach_phones_with_the_card(cast: Cast) -> None:
    lan, binh = cast.client("lan"), cast.client("binh")
    before = [client.get("/api/v1/reference").json()["cursor"] for client in (lan, binh)]
    confirm(cast, propose(cast))
    [card] = lan.get("/api/v1/reference", {"cursor": before[0]}).json()["procedures"]
    assert (card["code"], card["said"]) == (BIRTH, [WORDS])
    assert binh.get("/api/v1/reference", {"cursor": before[1]}).json()["procedures"] == []


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("giấy", UnfitAlias),
        ("a b c d e f g h i j k l m", UnfitAlias),
        ("?!", UnfitAlias),
        ("đăng ký khai sinh", AliasKnown),
        ("chị Nguyễn Thị Hoa hay hỏi", PersonalData),
    ],
    ids=["one word", "thirteen words", "no word", "on the card", "a name"],
)
def test_unfit_words_are_refused(cast: Cast, text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        propose(cast, text)
    assert not AliasProposal.objects.exists()


def test_the_same_words_are_proposed_once_however_they_are_written(cast: Cast) -> None:
    propose(cast)
    with pytest.raises(AliasKnown):
        propose(cast, "Vao so cho THANG CU")
    propose(cast, code=MARRIAGE)
    with pytest.raises(UnknownProcedure):
        propose(cast, code="9.999999")


def test_a_proposal_is_decided_once_but_no_may_become_yes(cast: Cast) -> None:
    proposal, duc = propose(cast), cast.actor("duc")
    actions.decide_alias(proposal=proposal, confirmed=False, by=duc)
    with pytest.raises(AliasDecided):
        actions.decide_alias(proposal=proposal, confirmed=False, by=duc)
    confirm(cast, proposal)
    with pytest.raises(AliasDecided):
        confirm(cast, proposal)
    actions.withdraw_alias(proposal=proposal, by=duc)
    with pytest.raises(AliasDecided):
        actions.withdraw_alias(proposal=proposal, by=duc)


def test_who_proposes_and_who_decides(cast: Cast) -> None:
    for name in ("lan", "minh", "son", "thu", "binh"):
        with pytest.raises(NotAllowed):
            propose(cast, by=name, place=LUNG_CU)
    with pytest.raises(NotAllowed):
        propose(cast, place=HA_NOI)
    proposal = propose(cast)
    for name in ("ha", "son", "lan", "thu"):
        with pytest.raises(NotAllowed):
            confirm(cast, proposal, name)


def test_reviewers_see_the_words_of_their_place(cast: Cast) -> None:
    propose(cast)
    propose(cast, "giấy cưới hỏi của đôi trẻ", "an", HA_NOI, MARRIAGE)
    seen = {name: alias_queries.aliases_visible_to(cast.actor(name)).count() for name in ("ha", "duc", "an", "lan")}  # fmt: skip
    assert seen == {"ha": 1, "duc": 1, "an": 2, "lan": 0}
    assert alias_queries.aliases_visible_to(cast.actor("an"), province(HA_NOI)).count() == 1


def test_a_card_without_confirmed_words_scores_as_before() -> None:
    cards = seed.read_cards()
    plain, grown = index_of(cards), index_of(cards, {MARRIAGE: ("giấy cưới hỏi của đôi trẻ",)})
    found = {one.code: one.score for one in plain.search("xyz lam khai sinh")}
    assert found[BIRTH] == pytest.approx({one.code: one.score for one in grown.search("xyz lam khai sinh")}[BIRTH], rel=0.05)  # fmt: skip
    assert plain.search("cưới hỏi của đôi trẻ")[0].score < grown.search("cưới hỏi của đôi trẻ")[0].score
