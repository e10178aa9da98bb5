"""The life of an initiative: proposed, confirmed, reviewed, recognised, copied, sent back, retired, merged; never by the wrong person."""

import pytest

from aoxanh.audit.models import AuditEntry
from aoxanh.initiatives import actions, queries
from aoxanh.initiatives.errors import (
    InitiativeMovedOn,
    NotTheSame,
    ReasonMissing,
    UnfitInitiative,
    UnknownInitiative,
)
from aoxanh.initiatives.life import WAYS, ways_for
from aoxanh.initiatives.models import Decision, Initiative
from aoxanh.initiatives.queries import Wanted
from aoxanh.kernel.scope import whole_nation
from aoxanh.people.errors import NotAllowed
from aoxanh.places.models import Place
from aoxanh.privacy.errors import PersonalData
from tests.cast import BA_DINH, LUNG_CU, TUYEN_QUANG
from tests.conftest import Cast
from tests.initiatives.examples import FACTS, acting, adopted, decided, proposed, recognised

pytestmark = pytest.mark.django_db


def test_a_proposal_goes_from_a_volunteer_to_recognition_and_each_step_is_kept(cast: Cast) -> None:
    row = recognised(cast)
    assert (row.state, row.is_public) == ("recognised", True)
    steps = queries.decisions_of(row).values_list("step", "role", "place")
    assert [tuple(map(str, step)) for step in steps] == [
        ("confirm", "commune_secretary", LUNG_CU),
        ("review", "province_coordinator", LUNG_CU),
        ("recognise", "province_coordinator", LUNG_CU),
    ]
    actions_told = AuditEntry.objects.filter(subject=f"initiative:{row.id}").values_list("action", flat=True)
    assert sorted(actions_told) == ["initiatives.initiative.decided"] * 3 + [
        "initiatives.initiative.proposed"
    ]


@pytest.mark.parametrize(
    ("name", "step"),
    [
        ("lan", "confirm"),
        ("minh", "confirm"),
        ("ha", "confirm"),
        ("duc", "confirm"),
        ("son", "review"),
        ("son", "recognise"),
    ],
)
def test_nobody_takes_a_step_that_is_another_ones(cast: Cast, name: str, step: str) -> None:
    row = proposed(cast)
    with acting(cast, name) as actor, pytest.raises(NotAllowed):
        actions.decide(initiative=row, step=step, by=actor, reason="x")


def test_no_step_is_left_out(cast: Cast) -> None:
    row = proposed(cast)
    with acting(cast, "duc") as actor, pytest.raises(InitiativeMovedOn):
        actions.decide(initiative=row, step="recognise", by=actor)


def test_what_is_sent_back_says_why_and_comes_again_changed(cast: Cast) -> None:
    row = proposed(cast)
    with acting(cast, "son") as son:
        with pytest.raises(ReasonMissing):
            actions.decide(initiative=row, step="send_back", by=son, reason="  ")
        row = actions.decide(initiative=row, step="send_back", by=son, reason="Thêm số trước và sau.")
    with acting(cast, "lan") as lan:
        row = actions.change(initiative=row, facts=FACTS, by=lan)
    assert row.state == "proposed"
    assert [one.step for one in queries.decisions_of(row)] == ["send_back", "hand_in"]


def test_personal_data_stop_a_text_wherever_it_stands(cast: Cast) -> None:
    for field in ("title", "problem", "steps", "where", "equipment", "result", "conditions", "limits"):
        with pytest.raises(PersonalData) as refusal:
            proposed(cast, **{field: "Gọi 0912 345 678 để hỏi"})
        assert refusal.value.field == field


@pytest.mark.parametrize(
    "more",
    [
        {"kind": "unheard"},
        {"title": " "},
        {"title": "x" * 121},
        {"people": {"nobody": 1}},
        {"people": {"volunteers": -1}},
        {"cost_vnd": 10**15},
    ],
    ids=["kind", "no title", "long title", "role", "count", "cost"],
)
def test_what_cannot_be_right_is_refused(cast: Cast, more: dict[str, object]) -> None:
    with pytest.raises(UnfitInitiative):
        proposed(cast, **more)


def test_until_recognition_others_do_not_see_it_and_then_everybody_does(cast: Cast) -> None:
    row = proposed(cast)
    with acting(cast, "binh") as binh, pytest.raises(UnknownInitiative):
        queries.initiative_visible_to(binh, row.id)
    with acting(cast, "minh") as minh, pytest.raises(UnknownInitiative):
        queries.initiative_visible_to(minh, row.id)
    for name in ("lan", "son", "ha", "duc", "an", "thu"):
        with acting(cast, name) as actor:
            assert queries.initiative_visible_to(actor, row.id) == row
    decided(cast, row, ("son", "confirm"), ("duc", "review"), ("duc", "recognise"))
    with acting(cast, "binh") as binh:
        assert queries.initiative_visible_to(binh, row.id) == row


def test_the_first_copy_elsewhere_makes_it_replicated_and_one_at_home_does_not(cast: Cast) -> None:
    row = recognised(cast)
    adopted(cast, row)
    row.refresh_from_db()
    assert row.state == "recognised"
    with whole_nation():
        other = Place.objects.filter(parent=TUYEN_QUANG).exclude(code=LUNG_CU).order_by("code")[0].code
    adopted(cast, row, by="duc", commune=other)
    row.refresh_from_db()
    assert row.state == "replicated"
    assert row.decisions.get(step="replicate").role == "province_coordinator"


def test_a_retired_one_stays_readable_with_its_reason(cast: Cast) -> None:
    row = decided(cast, recognised(cast), ("duc", "retire"))
    with acting(cast, "binh") as binh:
        assert queries.initiative_visible_to(binh, row.id).state == "retired"
    assert not row.is_adoptable


def test_a_near_duplicate_is_found_and_merged(cast: Cast) -> None:
    first = recognised(cast)
    again = proposed(cast, title="Thẻ câu nói bằng tiếng Mông ở chợ phiên")
    far = proposed(cast, title="Xe lưu động cuối tuần", kind="mobile_centre", problem="Xa.", steps="Đi.")
    decided(cast, again, ("son", "confirm"))
    with acting(cast, "duc") as duc:
        alike = [row for _score, row in queries.near_duplicates(duc, again)]
        assert alike[0] == first
        assert far not in alike
        with pytest.raises(NotTheSame):
            actions.merge(initiative=again, into=again, by=duc, reason="Giống nhau.")
        with pytest.raises(ReasonMissing):
            actions.merge(initiative=again, into=first, by=duc, reason="")
        merged = actions.merge(initiative=again, into=first, by=duc, reason="Giống nhau.")
        assert (merged.state, merged.merged_into) == ("merged", first)
        assert merged not in queries.found_by(duc, Wanted())
    with acting(cast, "son") as son, pytest.raises(NotAllowed):
        actions.merge(initiative=far, into=first, by=son, reason="Giống nhau.")


@pytest.mark.parametrize("words", ["the cau noi mong", "Thẻ câu nói", "CHO PHIEN", "tieng mông"])
def test_a_search_finds_with_and_without_accents(cast: Cast, words: str) -> None:
    row = recognised(cast)
    with acting(cast, "binh") as binh:
        assert row in queries.found_by(binh, Wanted(words=words))
        assert row not in queries.found_by(binh, Wanted(words=f"{words} xyz"))
        assert row not in queries.found_by(binh, Wanted(words=words, place=Place.objects.get(code=BA_DINH)))


def test_each_decision_that_may_be_taken_is_offered_and_no_other(cast: Cast) -> None:
    row = proposed(cast)
    offered = {
        name: {way.step for way in ways_for(cast.actor(name), row)} for name in ("lan", "son", "duc", "thu")
    }
    assert offered == {"lan": set(), "son": {"confirm", "send_back"}, "duc": {"retire"}, "thu": set()}
    assert {way.step for way in WAYS} < set(Decision.Step.values)


def test_what_comes_with_the_product_is_described_not_recognised(cast: Cast) -> None:
    with acting(cast, "binh") as binh:
        rows = list(queries.found_by(binh, Wanted(state="described")))
    assert len(rows) == 15
    assert {"one_to_one", "interpreter", "literacy", "loudspeaker", "joint_duty"} <= {
        row.kind for row in rows
    }
    assert not [row.title for row in rows if row.result or not row.limits or not row.english.get("steps")]
    with whole_nation():
        assert actions.load_models() == 0


def test_a_described_one_can_be_copied_and_stays_described(cast: Cast) -> None:
    with whole_nation():
        row = Initiative.objects.get(kind="literacy", state="described")
    adopted(cast, row)
    row.refresh_from_db()
    assert row.state == "described"
