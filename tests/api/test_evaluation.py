"""The door of evaluation gives what the pages give, to the same readers: no grade of others, no count without how sure it is."""

from datetime import timedelta
from uuid import UUID

import pytest
from tests.cast import BA_DINH, LAN_TEAM, LUNG_CU, TUYEN_QUANG
from tests.conftest import Cast
from tests.oversight.rows import work

from aoxanh.kernel import clock
from aoxanh.kernel.ids import uuid7
from aoxanh.kernel.scope import scope
from aoxanh.oversight.actions.cycles import CycleFacts, freeze_cycle, open_cycle
from aoxanh.places.models import Place

CYCLES, INDICATORS, QUESTIONS = "/api/v1/evaluations", "/api/v1/indicators", "/api/v1/questions"


@pytest.fixture
def cycle(cast: Cast) -> UUID:
    """A frozen cycle of the communes of Tuyên Quang."""
    yesterday = clock.today() - timedelta(days=1)
    work(
        LUNG_CU,
        yesterday,
        LAN_TEAM,
        60,
        outcome_finished=40,
        asked=50,
        said_qr=30,
        team_days=1,
        asked_squared=2500,
    )
    duc = cast.actor("duc")
    with scope(duc.scope):
        place = Place.objects.get(code=TUYEN_QUANG)
        made = open_cycle(facts=CycleFacts(place, yesterday, yesterday), by=duc)
        freeze_cycle(cycle=made, by=duc)
    return made.id


def test_who_runs_a_cycle_gets_all_its_units_and_a_unit_only_itself(cast: Cast, cycle: UUID) -> None:
    (told,) = cast.client("duc").get(CYCLES).json()["cycles"]
    assert (told["id"], told["place"], told["state"]) == (str(cycle), TUYEN_QUANG, "frozen")
    assert len(told["commitment"]) == len(told["frozen_sha256"]) == 64
    units = cast.client("duc").get(f"{CYCLES}/{cycle}").json()["units"]
    assert len(units) == Place.objects.filter(parent=TUYEN_QUANG).count()
    (own,) = cast.client("son").get(f"{CYCLES}/{cycle}").json()["units"]
    assert own in units
    assert (own["unit"], own["points"], own["band"]) == (LUNG_CU, None, None)
    assert len(own["snapshot_sha256"]) == 64


@pytest.mark.parametrize("name", ["lan", "minh", "ha", "binh"])
def test_others_get_no_cycle(cast: Cast, cycle: UUID, name: str) -> None:
    assert cast.client(name).get(CYCLES).json() == {"cycles": []}
    assert cast.client(name).get(f"{CYCLES}/{cycle}").status_code == 404
    assert cast.client("duc").get(f"{CYCLES}/{uuid7()}").status_code == 404


def test_indicators_come_with_their_intervals_and_how_sure_the_counts_are(cast: Cast, cycle: UUID) -> None:
    day = f"{clock.today() - timedelta(days=1):%d/%m/%Y}"
    told = cast.client("son").get(f"{INDICATORS}/{LUNG_CU}?from={day}&to={day}").json()
    by_key = {each["key"]: each for each in told["indicators"]}
    assert (by_key["assists"]["value"], by_key["assists"]["low"]) == (60, None)
    share = by_key["finished_share"]
    assert (share["numerator"], share["denominator"]) == (40, 60)
    assert share["value"] == pytest.approx(2 / 3)
    assert share["low"] < share["value"] < share["high"]
    sure = told["sure"]
    assert (sure["asked"], sure["confirmed"]) == (50, 30)
    assert sure["confirmed_low"] < sure["confirmed_share"] < sure["confirmed_high"]
    assert sure["passed_share"] is None


@pytest.mark.parametrize(("name", "place"), [("lan", LUNG_CU), ("son", BA_DINH), ("son", "VN"), ("binh", LUNG_CU), ("son", "99999")])  # fmt: skip
def test_nobody_gets_the_indicators_of_a_place_whose_board_they_do_not_read(
    cast: Cast, name: str, place: str
) -> None:
    assert cast.client(name).get(f"{INDICATORS}/{place}").status_code == 404


def test_questions_are_told_to_those_they_concern(cast: Cast) -> None:
    for name in ("lan", "minh", "an"):
        assert cast.client(name).get(QUESTIONS).json() == {"questions": []}
    assert cast.client(None).get(QUESTIONS).status_code == 401
