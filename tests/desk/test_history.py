"""What is stored already holds a sender to it: one id is one record, and a session is corrected by those whose it is."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from aoxanh.desk import queries
from aoxanh.desk.actions import check_digest, receive_batch
from aoxanh.desk.errors import DamagedBody
from aoxanh.desk.models import DailyFigure, Handover, SupportSession
from aoxanh.desk.rollup import recompute_dirty_days
from aoxanh.kernel import clock
from aoxanh.kernel.ids import uuid7
from aoxanh.kernel.scope import scope, whole_nation
from aoxanh.people.models import Membership, Role, RoleAssignment, Team
from tests.cast import FIRST_DAY, LAN_TEAM, LUNG_CU, account_id, volunteer_id
from tests.conftest import Cast
from tests.desk.record_examples import a_batch, a_correction, a_record

DEVICE = uuid7()
SECOND_TEAM = uuid7()


def hand_in(cast: Cast, *records: Any, name: str = "lan") -> list[tuple[str, str]]:
    receipt = receive_batch(body=a_batch(*records), device_id=DEVICE, by=cast.actor(name))
    return [(answer.status, answer.flaw.code if answer.flaw else "") for answer in receipt.answers]


@pytest.fixture
def elsewhere(cast: Cast) -> dict[str, Any]:
    """Let Lan and Bình serve in another commune of Lan's province; return what a record of there says."""
    Team.objects.create(id=SECOND_TEAM, commune_id="00706", name="Đội hình thứ hai", active_from=FIRST_DAY)
    for name in ("lan", "binh"):
        Membership.objects.create(team_id=SECOND_TEAM, volunteer_id=volunteer_id(name), valid_from=FIRST_DAY)
    return {"commune": "00706", "team": str(SECOND_TEAM)}


def test_an_id_filed_under_another_day_is_a_clash_and_counts_once(cast: Cast) -> None:
    record = a_record()
    moved = record | {"day": (clock.today() - timedelta(days=1)).isoformat()}
    assert hand_in(cast, record) == [("accepted", "")]
    assert hand_in(cast, moved) == [("rejected", "clash")]
    assert hand_in(cast, record) == [("already", "")]
    with whole_nation():
        assert SupportSession.objects.count() == 1


def test_an_id_filed_under_two_keys_in_one_batch_is_accepted_once(
    cast: Cast, elsewhere: dict[str, Any]
) -> None:
    record = a_record()
    assert hand_in(cast, record, record | elsewhere, record) == [
        ("accepted", ""),
        ("rejected", "clash"),
        ("already", ""),
    ]


def test_a_correction_keeps_the_day_and_the_commune_of_its_root(
    cast: Cast, elsewhere: dict[str, Any]
) -> None:
    record = a_record()
    yesterday = (clock.today() - timedelta(days=1)).isoformat()
    hand_in(cast, record)
    moves = ({"day": yesterday}, elsewhere)
    assert (
        hand_in(cast, *[a_correction(record, **move) for move in moves])
        == [("rejected", "invalid_field")] * 2
    )


def test_only_who_recorded_a_session_or_leads_its_team_corrects_it(
    cast: Cast, elsewhere: dict[str, Any]
) -> None:
    lans, mates = a_record(**elsewhere), a_record()
    hand_in(cast, lans, mates)
    assert hand_in(cast, a_correction(lans, withdrawn=True), name="binh") == [("rejected", "not_your_record")]
    assert hand_in(cast, a_correction(lans, minutes=5)) == [("accepted", "")]
    assert hand_in(cast, a_correction(mates, minutes=5), name="minh") == [("accepted", "")]
    with whole_nation():
        assert not SupportSession.objects.filter(withdrawn=True).exists()


def test_a_leader_whose_role_was_taken_back_reads_and_corrects_no_team(cast: Cast) -> None:
    record = a_record(outcome="handed_over", handover_reason="police")
    hand_in(cast, record)
    recompute_dirty_days()
    today = clock.today()
    RoleAssignment.objects.filter(account_id=account_id("minh"), role=Role.TEAM_LEADER).update(valid_to=today)
    minh = cast.actor("minh")
    assert minh.leads == {LAN_TEAM}
    assert hand_in(cast, a_correction(record, outcome="finished", handover_reason=""), name="minh") == [
        ("rejected", "not_your_record")
    ]
    with scope(minh.scope):
        assert Handover.objects.exists()
        assert not queries.sessions_visible_to(minh, today, today).exists()
        assert not queries.handovers_visible_to(minh).exists()


def test_numbers_of_one_team_too_large_for_a_column_do_not_stop_the_figures(cast: Cast) -> None:
    record = a_record(activity="outreach", procedure=None, procedure_version=None, quantity=100_000)
    hand_in(cast, record)
    many = (
        "INSERT INTO desk_supportsession SELECT (jsonb_populate_record(s, jsonb_build_object('id', fresh.id, 'root_id', fresh.id))).*"
        " FROM desk_supportsession s, LATERAL (SELECT gen_random_uuid() AS id FROM generate_series(1, 21500)) AS fresh"
    )
    with whole_nation(), transaction.get_connection().cursor() as cursor:
        cursor.execute(many)
    assert recompute_dirty_days() == 1
    with whole_nation():
        assert DailyFigure.objects.get(commune_code=LUNG_CU).people_outreach == 2**31 - 1


@pytest.mark.parametrize("digest", ["sha-256=:é:", "sha-256=:\ud83d:", "sha-256", "", "sha-256=::", "é"])
def test_a_digest_that_is_none_is_a_damaged_body(digest: str) -> None:
    with pytest.raises(DamagedBody):
        check_digest(b"{}", digest)


@pytest.mark.parametrize("code", ["LAN234\n", "\n", "٢٣٤٥٦٧"])
def test_a_return_code_with_anything_around_it_is_refused(cast: Cast, code: str) -> None:
    assert hand_in(cast, a_record(return_code=code)) == [("rejected", "invalid_field")]


def test_a_day_before_the_first_month_is_out_of_range_however_early_it_is_handed_in(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda: FIRST_DAY + timedelta(days=10))
    Membership.objects.filter(team_id=LAN_TEAM).update(valid_from=FIRST_DAY - timedelta(days=60))
    record = a_record(day=FIRST_DAY - timedelta(days=1))
    assert hand_in(cast, record) == [("rejected", "day_out_of_range")]
