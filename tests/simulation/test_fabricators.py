"""Planted fabricators: the truth file tells all of them, the database none."""

import json
from collections import Counter
from datetime import date
from typing import Any

import pytest

from aoxanh.simulation.demand import is_closed
from aoxanh.simulation.fabricators import KINDS
from tests.simulation.conftest import Installation


@pytest.fixture(scope="module")
def truth(simulated: Installation) -> list[dict[str, Any]]:
    people: list[dict[str, Any]] = json.loads(simulated.truth.read_text(encoding="utf-8"))
    return people


def days_of(simulated: Installation, person: dict[str, Any], columns: str) -> list[tuple[Any, ...]]:
    return simulated.sql(
        f"SELECT {columns} FROM desk_supportsession WHERE volunteer_id = %s AND day = ANY (%s::date[]) AND revision = 0 GROUP BY day",
        person["volunteer_id"],
        person["days"],
    )


def of_kind(truth: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    found = [person for person in truth if person["kind"] == kind]
    assert found
    return found


def test_every_kind_is_there_and_every_row_can_be_found(
    simulated: Installation, truth: list[dict[str, Any]]
) -> None:
    assert {person["kind"] for person in truth} == set(KINDS)
    assert len({person["volunteer_id"] for person in truth}) == len(truth)
    for person in truth:
        stored = sum(count for (count,) in days_of(simulated, person, "count(*)"))
        assert stored >= person["rows"] > 0
        assert len(days_of(simulated, person, "1")) == len(person["days"])


def test_the_database_says_nothing_of_it(simulated: Installation) -> None:
    tables = simulated.sql(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition"
    )
    for (table,) in tables:
        pattern = "|".join([*KINDS, "planted", "fabricat"])
        assert simulated.sql(f"SELECT count(*) FROM {table} t WHERE t::text ~ %s", pattern) == [(0,)]
    assert "planted" not in simulated.said


def test_bursts_copy_one_session_at_round_minutes(
    simulated: Installation, truth: list[dict[str, Any]]
) -> None:
    for person in of_kind(truth, "burst_copies"):
        columns = (
            "mode() WITHIN GROUP (ORDER BY minutes), max((SELECT count(*) FROM unnest(ARRAY[1]))), count(*)"
        )
        for minutes, _, count in days_of(simulated, person, columns):
            assert minutes in (10, 15, 20, 30)
            assert count >= 12


def test_some_report_more_hours_than_a_day_of_work_has(
    simulated: Installation, truth: list[dict[str, Any]]
) -> None:
    for person in of_kind(truth, "beyond_hours"):
        assert all(minutes > 9 * 60 for (minutes,) in days_of(simulated, person, "sum(minutes)"))


def test_nights_are_flawless(simulated: Installation, truth: list[dict[str, Any]]) -> None:
    at_night = (
        "count(*) FILTER (WHERE extract(hour FROM captured_at AT TIME ZONE 'Asia/Ho_Chi_Minh') NOT BETWEEN 5 AND 21"
        " AND outcome = 'finished' AND obstacle = 'none')"
    )
    for person in of_kind(truth, "flawless_nights"):
        assert sum(count for (count,) in days_of(simulated, person, at_night)) == person["rows"]


def test_a_pair_shares_its_rhythm(simulated: Installation, truth: list[dict[str, Any]]) -> None:
    by_id = {person["volunteer_id"]: person for person in truth}
    for person in of_kind(truth, "shared_rhythm"):
        partner = by_id[person["partner_id"]]
        assert partner["partner_id"] == person["volunteer_id"]
        assert partner["days"] == person["days"]
        moments = [
            [row[0] for row in simulated.sql(
                "SELECT captured_at FROM desk_supportsession WHERE volunteer_id = %s AND day = %s AND revision = 0 ORDER BY 1",
                who["volunteer_id"], person["days"][0],
            )]
            for who in (person, partner)
        ]  # fmt: skip
        lags = Counter(round(abs((b - a).total_seconds()) / 3) for a in moments[0] for b in moments[1])
        assert lags.most_common(1)[0][1] >= 8


def test_a_shut_centre_has_work_at_its_desk(simulated: Installation, truth: list[dict[str, Any]]) -> None:
    for person in of_kind(truth, "closed_days"):
        assert all(is_closed(date.fromisoformat(day)) for day in person["days"])
        desk = days_of(simulated, person, "count(*) FILTER (WHERE mode = 'desk')")
        assert sum(count for (count,) in desk) >= person["rows"]


def test_counts_are_inflated(simulated: Installation, truth: list[dict[str, Any]]) -> None:
    for person in of_kind(truth, "inflated_counts"):
        assert all(most >= 900 for (most,) in days_of(simulated, person, "max(quantity)"))
