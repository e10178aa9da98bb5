"""A phone whose clock jumps by two days between records: nothing is refused for it, and the server keeps its own order."""

from datetime import UTC, datetime, timedelta
from random import Random

from aoxanh.kernel import clock
from aoxanh.simulation.phone import Phone
from tests.desk.record_examples import a_record
from tests.faults.test_sync_faults import enrol
from tests.site import LiveSite

JUMPS = (-48, 48, 0, 47, -47, -1, 1, 48, -48, 24)


def jump(phone: Phone, hours: int) -> dict[str, object]:
    """Set the phone's clock wrong by that much and record as its app would: day and moment by that clock."""
    phone.clock_off_ms = hours * 3_600_000
    now = datetime.now(UTC) + timedelta(hours=hours)
    return a_record(day=now.astimezone(clock.VIETNAM).date(), captured_at=clock.milliseconds(now))


def test_a_clock_that_jumps_two_days_either_way_between_records_gets_none_of_them_refused(
    live_site: LiveSite,
) -> None:
    phone = enrol(live_site, 900)[0]
    sent: list[str] = []
    for hours in JUMPS:
        record = jump(phone, hours)
        phone.save(record)
        sent.append(str(record["id"]))
        assert [result["status"] for result in phone.sync(200)] == ["accepted"]
    rows = live_site.sql(
        "SELECT id::text, received_at, captured_at FROM desk_supportsession WHERE device_id = %s ORDER BY received_at",
        phone.device,
    )
    assert [id_ for id_, _, _ in rows] == sent
    assert [captured for _, _, captured in rows] != sorted(captured for _, _, captured in rows)
    assert all(abs(received - captured) < timedelta(hours=49) for _, received, captured in rows)
    latest = live_site.sql("SELECT skew_ms FROM people_device WHERE id = %s", phone.device)[0][0]
    assert abs(latest + JUMPS[-1] * 3_600_000) < 60_000


def test_records_of_a_jumping_clock_that_come_late_in_one_batch_are_all_taken(live_site: LiveSite) -> None:
    phone = enrol(live_site, 901)[0]
    random = Random(901)
    for _ in range(60):
        phone.save(jump(phone, random.randint(-48, 48)))
    assert {result["status"] for result in phone.sync(200)} == {"accepted"}
    assert phone.outbox == {}
    seqs = live_site.sql(
        "SELECT seq FROM desk_supportsession WHERE device_id = %s ORDER BY seq", phone.device
    )
    assert [seq for (seq,) in seqs] == list(range(1, 61))


def test_a_phone_that_believes_in_a_far_wrong_year_is_told_which_field_and_loses_nothing(
    live_site: LiveSite,
) -> None:
    phone = enrol(live_site, 902)[0]
    wrong, right = jump(phone, 24 * 365), jump(phone, 0)
    phone.save(wrong)
    phone.save(right)
    answers = {result["id"]: result for result in phone.sync(200)}
    assert answers[str(right["id"])]["status"] == "accepted"
    refused = answers[str(wrong["id"])]
    assert (refused["status"], refused["error"]["code"], refused["error"]["field"]) == (
        "rejected",
        "day_out_of_range",
        "day",
    )
    assert str(wrong["id"]) in phone.rejected
