"""Needs: counted from figures by one formula, corrected by the commune, confirmed by the province."""

from datetime import timedelta

import pytest

from aoxanh.desk.actions import receive_batch
from aoxanh.desk.rollup import recompute_dirty_days
from aoxanh.kernel import clock
from aoxanh.kernel.ids import uuid7
from aoxanh.kernel.scope import whole_nation
from aoxanh.oversight import ledger_queries
from aoxanh.oversight.periods import Period
from aoxanh.people.errors import NotAllowed
from aoxanh.places import queries as places
from aoxanh.staffing import actions, queries
from aoxanh.staffing.actions import NeedFacts, PostFacts
from aoxanh.staffing.errors import UnfitNeed
from aoxanh.staffing.models import Need
from aoxanh.staffing.suggestion import Week, suggest
from aoxanh.web.boards.confirmed import in_cell
from tests.cast import BA_DINH, LAN_TEAM, LUNG_CU, TUYEN_QUANG, volunteer_id
from tests.conftest import Cast
from tests.desk.record_examples import a_batch, a_record
from tests.oversight.rows import work
from tests.staffing.duty import certify


def need_in(commune: str) -> Need:
    return Need.objects.get(commune=commune)


def wanted_in(commune: str) -> dict[str, int]:
    return {post.kind: post.wanted for post in need_in(commune).posts.all()}


def test_people_wanted_follow_what_comes_in_a_week() -> None:
    found = suggest(Week(procedures=12, vneid=6, come_back=5, reached=31, synced=1, waiting=4))
    assert found.wanted == {"outreach": 2, "vneid": 1, "services": 3, "ai": 0, "police": 1}
    assert found.minimum == {"outreach": 1, "vneid": 1, "services": 2, "ai": 0, "police": 1}
    assert (found.leaders, found.half_days) == (1, 21)


def test_a_commune_without_figures_keeps_the_least_open_and_border_communes_more() -> None:
    usual, border = suggest(Week()), suggest(Week(priority=True))
    assert usual.wanted == {"outreach": 2, "vneid": 1, "services": 1, "ai": 0, "police": 0}
    assert all(border.wanted[kind] > usual.wanted[kind] for kind in usual.wanted)
    assert sum(border.minimum.values()) > sum(usual.minimum.values())
    assert border.mobile_halves
    assert not usual.mobile_halves


def test_speakers_are_wanted_in_the_share_in_which_the_language_is_spoken() -> None:
    found = suggest(Week(procedures=480, languages={"hmn": 0.4, "tyz": 0.04}))
    total = sum(found.wanted.values())
    assert found.speakers == {"hmn": -(-4 * total // 10)}
    assert suggest(Week(known_languages=("hmn",))).speakers["hmn"] == 2
    assert suggest(Week(languages={"tyz": 0.5}, known_languages=("hmn",))).speakers.keys() == {"tyz"}


def test_more_of_anything_never_asks_for_fewer_people() -> None:
    for name in ("procedures", "vneid", "come_back", "reached", "synced", "waiting"):
        before = 0
        for amount in range(0, 900, 7):
            total = sum(suggest(Week(**{name: amount})).wanted.values())
            assert total >= before
            before = total


def test_needs_are_counted_from_the_rollup_and_the_words_of_sessions(cast: Cast) -> None:
    certify(volunteer_id("lan"), "services")
    for number in range(8):
        record = a_record(language="hmn" if number % 2 else "vie", day=clock.today() - timedelta(days=1))
        receive_batch(body=a_batch(record), device_id=uuid7(), by=cast.actor("lan"))
    with whole_nation():
        while recompute_dirty_days():
            pass
        count = actions.suggest_needs(place=places.place_by_code(TUYEN_QUANG), by=cast.actor("duc"))
        assert count == len(places.communes_in(TUYEN_QUANG)) > 100
        need = need_in(LUNG_CU)
        assert need.basis["procedures"] == 2.0
        assert need.basis["languages"] == {"hmn": 0.5}
        assert need.basis["priority"]
        spoken = {row.language_id: row.speakers for row in need.languages.all()}
        assert spoken["hmn"] == -(-sum(wanted_in(LUNG_CU).values()) // 2)


def corrected(**more) -> NeedFacts:
    return NeedFacts(
        **({"posts": {"vneid": PostFacts(5, 2, 1, 2)}, "speakers": {"hmn": 3}, "leaders": 2} | more)
    )


def test_what_a_commune_corrected_is_not_counted_over_until_the_province_confirms(cast: Cast) -> None:
    with whole_nation():
        son, duc = cast.actor("son"), cast.actor("duc")
        commune, province = places.place_by_code(LUNG_CU), places.place_by_code(TUYEN_QUANG)
        actions.suggest_needs(place=province, by=duc)
        actions.correct_need(commune=commune, facts=corrected(), by=son)
        assert wanted_in(LUNG_CU)["vneid"] == 5
        actions.suggest_needs(place=province, by=duc)
        assert (need_in(LUNG_CU).state, wanted_in(LUNG_CU)["vneid"]) == ("corrected", 5)
        assert actions.confirm_needs(province=province, by=duc, communes=[LUNG_CU]) == 1
        assert need_in(LUNG_CU).state == "confirmed"
        assert Need.objects.filter(state="confirmed").count() == 1
        actions.correct_need(commune=commune, facts=corrected(leaders=1), by=son)
        assert need_in(LUNG_CU).state == "corrected"


def test_nobody_touches_needs_that_lie_elsewhere(cast: Cast) -> None:
    elsewhere = places.place_by_code(BA_DINH)
    with whole_nation():
        for name in ("son", "duc", "lan", "an"):
            with pytest.raises(NotAllowed):
                actions.correct_need(commune=elsewhere, facts=corrected(), by=cast.actor(name))
        Need.objects.create(commune_id=BA_DINH)
        assert queries.need_of(cast.actor("duc"), elsewhere) is None
        assert queries.need_of(cast.actor("an"), elsewhere) is not None


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"posts": {"vneid": PostFacts(1, 2)}}, "minimum_vneid"),
        ({"posts": {"vneid": PostFacts(-1)}}, "wanted_vneid"),
        ({"posts": {"vneid": PostFacts(2_001)}}, "wanted_vneid"),
        ({"posts": {"cooking": PostFacts(1)}}, "kind"),
        ({"posts": {"ai": PostFacts(1, 0, 3)}}, "technology_ai"),
        ({"speakers": {"xxx": 1}}, "languages"),
        ({"leaders": 101}, "leaders"),
        ({"half_days": -1}, "half_days"),
        ({"open_halves": 1 << 14}, "open_halves"),
    ],
)
def test_a_need_that_cannot_be_is_refused_at_its_field(cast: Cast, facts: dict, field: str) -> None:
    with pytest.raises(UnfitNeed) as refused:
        actions.correct_need(
            commune=places.place_by_code(LUNG_CU), facts=NeedFacts(**facts), by=cast.actor("son")
        )
    assert refused.value.field == field


def a_form(**more: object) -> dict[str, object]:
    form: dict[str, object] = {
        "leaders": 1,
        "half_days": 9,
        "boat_km": 0,
        "has_road": "on",
        "open_halves": [0, 1],
    }
    for kind in ("outreach", "vneid", "services", "ai", "police"):
        form |= {
            f"wanted_{kind}": 2,
            f"minimum_{kind}": 1,
            f"technology_{kind}": 0,
            f"communication_{kind}": 0,
        }
    return form | {"language_0": "hmn", "speakers_0": 2} | more


def test_the_coordinator_counts_the_secretary_corrects_and_the_coordinator_confirms(cast: Cast) -> None:
    duc, son = cast.client("duc"), cast.client("son")
    duc.post("/staffing/needs/suggest/", {"place": TUYEN_QUANG})
    assert "Lũng Cú" in duc.get("/staffing/needs/").content.decode()
    page = f"/staffing/needs/{LUNG_CU}/"
    assert son.post(page, a_form(minimum_ai=3)).context["form"].errors["minimum_ai"]
    assert son.post(page, a_form(wanted_ai="many")).context["form"].errors["wanted_ai"]
    assert son.post(page, a_form()).status_code == 302
    duc.post("/staffing/needs/confirm/", {"place": TUYEN_QUANG})
    with whole_nation():
        need = need_in(LUNG_CU)
        assert (need.state, need.open_halves, need.half_days) == ("confirmed", 3, 9)
        assert need.confirmed_at is not None
        assert need.confirmed_at <= clock.now()
        assert Need.objects.exclude(state="confirmed").count() == 0
    assert 'value="hmn" selected' in son.get(page).content.decode()


def test_the_figures_behind_a_need_stand_beside_what_citizens_confirmed(cast: Cast) -> None:
    day = clock.today() - timedelta(days=2)
    work(LUNG_CU, day, LAN_TEAM, 80, asked=50, said_qr=30, team_days=1, asked_squared=2500)
    cast.client("duc").post("/staffing/needs/suggest/", {"place": TUYEN_QUANG})
    with whole_nation():
        told = ledger_queries.shares(
            place=places.place_by_code(LUNG_CU), days=Period(day, day), by=cast.actor("son")
        )
    page = cast.client("son").get(f"/staffing/needs/{LUNG_CU}/").content.decode()
    assert f"<dd>{in_cell(told.confirmed_share)}</dd>" in page
