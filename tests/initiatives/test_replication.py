"""Candidates with reasons, waves drawn by lot with a comparison group, and communes that answer what they were offered."""

import io
from datetime import timedelta

import openpyxl
import pytest

from aoxanh.initiatives import actions, measuring, replication
from aoxanh.initiatives.actions.measuring import measure
from aoxanh.initiatives.actions.waves import WaveFacts
from aoxanh.initiatives.errors import OfferAnswered, ReasonMissing, UnfitInitiative, UnfitWaves
from aoxanh.initiatives.evidence.waves import Wish
from aoxanh.initiatives.models import Adoption, Effect, Initiative, Offer, WavePlan
from aoxanh.kernel import clock
from aoxanh.kernel.scope import whole_nation
from aoxanh.people.actors import system
from aoxanh.people.errors import NotAllowed
from aoxanh.places.models import Place
from tests.cast import LUNG_CU, TUYEN_QUANG
from tests.conftest import Cast
from tests.initiatives.examples import acting, recognised
from tests.initiatives.history import OTHER_PROVINCE, copied

pytestmark = pytest.mark.django_db
WISH = Wish(waves=2, waiting=6)


@pytest.fixture
def proven(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Initiative:
    monkeypatch.setattr(measuring, "DRAWS", 20)
    row = recognised(cast)
    copied(row, points=15)
    measure(initiative=row, by=system("evidence"))
    return row


def some_communes(count: int, *, province: str = TUYEN_QUANG) -> list[str]:
    with whole_nation():
        rows = Place.objects.filter(parent=province).exclude(code=LUNG_CU).order_by("code")
        return [LUNG_CU, *rows.values_list("code", flat=True)[: count - 1]]


def facts(codes: list[str], wish: Wish = WISH) -> WaveFacts:
    return WaveFacts("finished", dict.fromkeys(codes, (10.0, 4.0, 16.0)), clock.today(), wish)


def test_candidates_are_the_readers_own_with_reasons_an_interval_and_none_that_copies_it(
    cast: Cast, proven: Initiative
) -> None:
    with acting(cast, "duc") as duc:
        effect = Effect.objects.get(initiative=proven, indicator="finished")
        found = replication.choices_for(duc, effect)
        copying = set(Adoption.objects.values_list("commune", flat=True))
    assert len(found) > 20
    assert {one.commune.parent_id for one in found} == {TUYEN_QUANG}
    assert not {one.commune.code for one in found} & copying
    gains = [one.candidate.gain for one in found]
    assert gains == sorted(gains, reverse=True)
    assert all(one.candidate.gain_low < one.candidate.gain < one.candidate.gain_high for one in found)
    with acting(cast, "an") as central:
        everywhere = {one.commune.parent_id for one in replication.choices_for(central, effect)}
    assert everywhere == {TUYEN_QUANG, OTHER_PROVINCE}
    with acting(cast, "son") as son:
        assert replication.choices_for(son, effect) == []


def test_a_coordinator_draws_waves_from_the_page_and_a_commune_takes_its_place(
    cast: Cast, proven: Initiative
) -> None:
    address = f"/initiatives/{proven.id}/"
    duc = cast.client("duc")
    page = duc.get(f"{address}candidates/").content.decode()
    assert "giống" in page
    with acting(cast, "duc") as actor:
        effect = Effect.objects.get(initiative=proven, indicator="finished")
        codes = [one.commune.code for one in replication.choices_for(actor, effect, 40)]
    told = {
        "indicator": "finished", "commune": codes, "waves": 2, "waiting": 8, "apart": 3,
        "first_day": clock.today().isoformat(),
    }  # fmt: skip
    reply = duc.post(f"{address}waves/", told)
    assert reply.status_code == 302
    plan = WavePlan.objects.get()
    sizes = [plan.offers.filter(wave=wave).count() for wave in range(3)]
    assert sizes == [16, 16, 8]
    shown = cast.client("binh").get(reply.url).content.decode()
    assert str(plan.seed) in shown
    assert "take/" not in shown
    assert duc.post(f"{address}waves/", told).status_code == 400
    book = openpyxl.load_workbook(io.BytesIO(b"".join(duc.get(f"{reply.url}table/").streaming_content)))
    assert book.active.max_row == 41
    rest = duc.get(f"{address}candidates/table/?indicator=finished")
    left = openpyxl.load_workbook(io.BytesIO(b"".join(rest.streaming_content))).active
    assert not {row[0].value for row in left.iter_rows(min_row=2)} & set(codes)


def test_the_same_seed_draws_the_same_order_and_those_who_wait_begin_last(cast: Cast) -> None:
    codes = some_communes(16)
    orders = []
    for title in ("Một", "Hai"):
        row = recognised(cast, title=title)
        with acting(cast, "duc") as duc:
            plan = actions.draw_waves(initiative=row, facts=facts(codes), by=duc, seed=5)
        orders.append(dict(plan.offers.values_list("commune", "wave")))
    assert orders[0] == orders[1]
    days = [plan.offers.filter(wave=wave).first().first_day for wave in range(3)]
    assert days == [clock.today() + timedelta(days=28 * 3 * wave) for wave in range(3)]


def test_an_offer_is_taken_or_declined_once_by_its_own_commune(cast: Cast) -> None:
    row = recognised(cast)
    with acting(cast, "duc") as duc:
        plan = actions.draw_waves(initiative=row, facts=facts(some_communes(16)), by=duc)
    offer = plan.offers.get(commune=LUNG_CU)
    other = plan.offers.exclude(commune=LUNG_CU).first()
    index = cast.client("son").get("/initiatives/").content.decode()
    assert f"/initiatives/offers/{offer.id}/take/" in index
    assert cast.client("binh").post(f"/initiatives/offers/{offer.id}/take/").status_code == 404
    assert cast.client("son").post(f"/initiatives/offers/{other.id}/take/").status_code == 404
    with acting(cast, "son") as son:
        with pytest.raises(ReasonMissing):
            actions.decline_offer(offer=offer, why=" ", by=son)
        with pytest.raises(NotAllowed):
            actions.decline_offer(offer=other, why="Không.", by=son)
        copy = actions.take_offer(offer=offer, by=son)
        with pytest.raises(OfferAnswered):
            actions.decline_offer(offer=offer, why="Thôi.", by=son)
    assert copy.first_day == offer.first_day
    offer.refresh_from_db()
    assert (offer.answer, offer.adoption_id) == ("taken", copy.id)


def test_a_declined_offer_keeps_its_reason_and_leaves_the_commune_to_be_asked_again(cast: Cast) -> None:
    row = recognised(cast)
    codes = some_communes(16)
    with acting(cast, "duc") as duc:
        plan = actions.draw_waves(initiative=row, facts=facts(codes), by=duc)
        with pytest.raises(UnfitWaves):
            actions.draw_waves(initiative=row, facts=facts(codes), by=duc)
    offer = plan.offers.get(commune=LUNG_CU)
    reply = cast.client("son").post(f"/initiatives/offers/{offer.id}/decline/", {"why": "Chưa đủ người."})
    assert reply.status_code == 302
    assert "Chưa đủ người." in cast.client("duc").get(f"/initiatives/waves/{plan.id}/").content.decode()
    with acting(cast, "son") as son:
        assert not replication.offers_to_answer(son).exists()


@pytest.mark.parametrize(
    ("wish", "count"),
    [(Wish(2, 6), 12), (Wish(9, 6), 16), (Wish(1, 2), 16), (Wish(2, 6, apart=1), 16), (Wish(1, 5), 0)],
    ids=["too few", "too many waves", "nobody waits", "too close", "none"],
)
def test_waves_that_leave_nothing_fair_to_compare_are_refused(cast: Cast, wish: Wish, count: int) -> None:
    row = recognised(cast)
    codes = some_communes(count) if count else []
    with acting(cast, "duc") as duc, pytest.raises(UnfitWaves):
        actions.draw_waves(initiative=row, facts=facts(codes, wish), by=duc)
    assert not Offer.objects.exists()


def test_nobody_draws_for_communes_that_are_another_ones_or_for_a_day_that_is_over(cast: Cast) -> None:
    row = recognised(cast)
    with acting(cast, "duc") as duc, pytest.raises(NotAllowed):
        actions.draw_waves(initiative=row, facts=facts(some_communes(16, province=OTHER_PROVINCE)), by=duc)
    late = WaveFacts("finished", {}, clock.today() - timedelta(days=1), WISH)
    with acting(cast, "duc") as duc, pytest.raises(UnfitInitiative):
        actions.draw_waves(initiative=row, facts=late, by=duc)


def test_without_anything_established_no_candidates_are_offered(cast: Cast) -> None:
    row = recognised(cast)
    page = cast.client("duc").get(f"/initiatives/{row.id}/candidates/")
    assert page.status_code == 200
    assert 'name="commune"' not in page.content.decode()
    assert cast.client("son").get(f"/initiatives/{row.id}/candidates/").status_code == 404
    told = {"indicator": "finished", "waves": "x\x00", "waiting": "9" * 40}
    assert cast.client("duc").post(f"/initiatives/{row.id}/waves/", told).status_code == 400
