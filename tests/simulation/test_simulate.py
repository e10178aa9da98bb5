"""`aoxanh simulate`: the same seed gives the same rows, every one of them valid, and nothing is ever left half-made."""

import json
from collections.abc import Callable
from typing import Any

import msgspec

from aoxanh.desk.sync import records
from aoxanh.kernel import clock
from aoxanh.privacy.detection import find
from tests.simulation.conftest import OPTIONS, UNTIL, Installation

Make = Callable[[], Installation]

# What may differ between two runs: the accounts' random password, and when a figure was computed.
TABLES = {
    "desk_supportsession": "",
    "desk_handover": "",
    "desk_confirmation": "",
    "desk_workcheck": "",
    "desk_casereturned": "",
    "desk_dailyfigure": "computed_at",
    "oversight_provinceday": "computed_at",
    "people_team": "",
    "people_volunteer": "",
    "people_membership": "",
    "people_languageskill": "",
    "people_roleassignment": "",
    "people_account": "password",
}
FIELDS = {
    "root_id": "root",
    "commune_code": "commune",
    "team_id": "team",
    "procedure_id": "procedure",
}
REPLAY = """
import json
from datetime import date
from aoxanh.kernel import clock
clock.today = lambda: date.fromisoformat({until!r})
from aoxanh.desk.receive import receive_batch
from aoxanh.desk.rollup import recompute_dirty_days
from aoxanh.kernel.scope import whole_nation
from aoxanh.people.models import Account, RoleAssignment, Volunteer
from aoxanh.people.queries import actor_of
told = json.load(open({path!r}))
with whole_nation():
    account = Account.objects.create(username="phone", display_name="Phone")
    Volunteer.objects.filter(id=told["volunteer"]).update(account=account)
    RoleAssignment.objects.create(account=account, role="volunteer", place_id=told["commune"], valid_from=date(2025, 7, 1))
    by = actor_of(account)
    body = json.dumps({{"sent_at": 1, "records": told["records"]}}).encode()
    receipt = receive_batch(body=body, device_id=told["device"], by=by)
    print([answer.as_dict()["status"] for answer in receipt.answers])
"""


def checksums(installation: Installation) -> dict[str, tuple[Any, ...]]:
    return {
        table: installation.sql(
            f"SELECT count(*), md5(string_agg(line, chr(10) ORDER BY line)) FROM"
            f" (SELECT (to_jsonb(t) - %s)::text AS line FROM {table} t) AS rows",
            without,
        )[0]
        for table, without in TABLES.items()
    }


def as_sent(row: dict[str, Any]) -> dict[str, Any]:
    """Return a stored row as the phone would send it again."""
    names = records.SessionRecord.__struct_fields__
    sent = {name: value for name, value in ((FIELDS.get(k, k), v) for k, v in row.items()) if name in names}
    return json.loads(json.dumps(sent | {"captured_at": clock.milliseconds(row["captured_at"])}, default=str))


def stored_rows(installation: Installation, condition: str = "true") -> list[dict[str, Any]]:
    names = [
        row[0]
        for row in installation.sql(
            "SELECT attname FROM pg_attribute WHERE attrelid = 'desk_supportsession'::regclass AND attnum > 0"
        )
    ]
    rows = installation.sql(
        f"SELECT {', '.join(names)} FROM desk_supportsession WHERE {condition} ORDER BY volunteer_id, seq"
    )
    return [dict(zip(names, row, strict=True)) for row in rows]


def test_the_same_seed_gives_the_same_rows_however_they_are_cut_into_chunks(
    simulated: Installation, empty_installation: Make
) -> None:
    other = empty_installation()
    code = (
        "from datetime import date; from aoxanh.people.actors import system\n"
        "from aoxanh.simulation.actions import simulate; from aoxanh.simulation.plan import make_plan\n"
        f"plan = make_plan(scale='commune', seed=7, until=date.fromisoformat('{UNTIL}'))\n"
        "simulate(plan=plan, by=system('simulation'), progress=lambda *_: None, chunk=97)"
    )
    other.run_python(code, AOXANH_AS_OWNER="true")
    assert checksums(other) == checksums(simulated)
    assert checksums(simulated)["desk_supportsession"][0] == simulated.said["sessions"] > 3_000


def test_every_row_reads_as_a_record_with_the_hash_of_its_meaning_and_no_personal_data(
    simulated: Installation,
) -> None:
    rows = stored_rows(simulated)
    for row in rows:
        record = records.read_record(msgspec.Raw(json.dumps(as_sent(row)).encode()))
        assert records.meaning(record) == row["sha256"]
        assert not find(row["note"])
        assert not find(row["reason"])
    assert {row["revision"] for row in rows} == {0, 1, 2}
    assert {row["activity"] for row in rows} == {
        "procedure",
        "vneid",
        "digitise",
        "id_sync",
        "outreach",
        "class",
    }
    assert any(row["withdrawn"] for row in rows)


def test_every_row_lies_within_a_membership_and_each_phone_counts_without_a_gap(
    simulated: Installation,
) -> None:
    assert simulated.sql(
        "SELECT count(*) FROM desk_supportsession s WHERE NOT EXISTS (SELECT FROM people_membership m JOIN people_team t ON t.id = m.team_id"
        " WHERE m.volunteer_id = s.volunteer_id AND m.team_id = s.team_id AND t.commune_id = s.commune_code AND m.valid_from <= s.day)"
    ) == [(0,)]
    assert simulated.sql(
        "SELECT count(*) FROM (SELECT device_id, max(seq) <> count(*) OR min(seq) <> 1 OR count(DISTINCT seq) <> count(*) AS broken"
        " FROM desk_supportsession GROUP BY device_id) AS phones WHERE broken"
    ) == [(0,)]


def test_a_phone_that_sends_its_work_again_is_told_that_it_is_there_already(simulated: Installation) -> None:
    volunteer, commune, device = simulated.sql(
        "SELECT volunteer_id, commune_code, device_id FROM desk_supportsession WHERE revision = 2 ORDER BY id LIMIT 1"
    )[0]
    rows = stored_rows(simulated, f"volunteer_id = '{volunteer}'")[:150]
    path = simulated.database.data_dir / "replay.json"
    told = {
        "volunteer": str(volunteer),
        "commune": commune,
        "device": str(device),
        "records": [as_sent(row) for row in rows],
    }
    path.write_text(json.dumps(told))
    before = checksums(simulated)["desk_supportsession"]
    try:
        answers = simulated.run_python(REPLAY.format(path=str(path), until=UNTIL))
    finally:
        simulated.sql("UPDATE people_volunteer SET account_id = NULL WHERE id = %s", volunteer)
        simulated.sql(
            "DELETE FROM people_roleassignment WHERE account_id IN (SELECT id FROM people_account WHERE username = 'phone')"
        )
        simulated.sql("DELETE FROM people_account WHERE username = 'phone'")
    assert answers.strip() == str(["already"] * len(rows))
    assert checksums(simulated)["desk_supportsession"] == before


def test_the_figures_are_those_that_the_worker_would_compute(simulated: Installation) -> None:
    before = checksums(simulated)
    simulated.sql(
        "INSERT INTO desk_dirtyday (commune_code, day, marked_at) SELECT DISTINCT commune_code, day, now() FROM desk_supportsession"
    )
    simulated.run_python(
        "from aoxanh.desk.rollup import recompute_dirty_days\nwhile recompute_dirty_days(): pass"
    )
    assert checksums(simulated) == before
    assert before["desk_dailyfigure"][0] > 100


def test_a_place_with_people_in_it_is_refused_and_left_alone(simulated: Installation) -> None:
    before = checksums(simulated)
    refused = simulated.run("simulate", *OPTIONS)
    assert refused.returncode == 1
    assert "AOXANH_DATA_DIR" in refused.stderr
    assert checksums(simulated) == before


def test_a_run_that_fails_late_leaves_nothing(empty_installation: Make) -> None:
    installation = empty_installation()
    before = checksums(installation)
    partitions = "SELECT count(*) FROM pg_inherits WHERE inhparent = 'desk_supportsession'::regclass"
    months = installation.sql(partitions)
    code = (
        "from aoxanh.people.actors import system\n"
        "from aoxanh.simulation.actions import simulate; from aoxanh.simulation.plan import make_plan\n"
        "def stop(step, *_):\n"
        "    if step == 'figures': raise KeyboardInterrupt\n"
        "try: simulate(plan=make_plan(scale='commune', seed=1, sessions=300), by=system('simulation'), progress=stop)\n"
        "except KeyboardInterrupt: print('stopped')"
    )
    assert installation.run_python(code, AOXANH_AS_OWNER="true").strip() == "stopped"
    assert checksums(installation) == before
    assert installation.sql(partitions) == months


def test_the_application_role_is_told_that_it_may_not(empty_installation: Make) -> None:
    installation = empty_installation()
    installation.database.data_dir.joinpath("x").touch()
    code = (
        "from aoxanh.people.actors import system; from aoxanh.desk.errors import NotTheOwner\n"
        "from aoxanh.simulation.actions import simulate; from aoxanh.simulation.plan import make_plan\n"
        "try: simulate(plan=make_plan(scale='commune', seed=1), by=system('simulation'), progress=lambda *_: None)\n"
        "except NotTheOwner as error: print(error.code)"
    )
    assert installation.run_python(code, AOXANH_AS_OWNER="false").strip() == "not_the_owner"


def test_impossible_wishes_are_refused_with_a_remedy(simulated: Installation) -> None:
    for wish in (
        ("--until", "2025-06-30"),
        ("--days", "0"),
        ("--sessions", "0"),
        ("--truth", "/nowhere/truth.csv"),
    ):
        refused = simulated.run("simulate", "--scale", "commune", *wish)
        assert refused.returncode == 1
        assert len(refused.stderr.strip().splitlines()) == 2


def test_the_accounts_of_the_demonstration_can_sign_in_with_the_printed_password(
    simulated: Installation,
) -> None:
    names = simulated.run_python(
        "from aoxanh.people.models import Account\n"
        f"print(sorted(a.username for a in Account.objects.all() if a.check_password({simulated.said['password']!r})))"
    )
    assert names.strip() == str(["an", "binh", "duc", "ha", "lan", "minh", "son", "thu"])


def test_citizens_answer_by_every_channel_and_some_work_is_checked_or_comes_back(
    simulated: Installation,
) -> None:
    (row,) = simulated.sql(
        "SELECT sum(asked), sum(said_qr), sum(said_button), sum(said_slip), sum(said_callback), sum(checked), sum(returned)"
        " FROM desk_dailyfigure"
    )
    asked, *said, checked, returned = map(int, row)
    assert min(said) > 0
    assert 0.15 < sum(said) / asked < 0.6
    assert 0 < checked < asked / 50
    assert 0.02 < returned / asked < 0.12
